import { Link } from '../link.tsx'
import { LoadMore } from '../queue/load-more.tsx'
import { go, type Place, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { GroupList } from './group-list.tsx'
import { OpinionRow } from './opinion-row.tsx'
import type { Group, useGrouping, useOpinions } from './query.ts'
import type { Selection } from './selection.ts'

interface OpinionPaneProps {
  readonly opinions: ReturnType<typeof useOpinions>
  /** Present while suggested groups are shown in place of the list. */
  readonly grouping: ReturnType<typeof useGrouping> | undefined
  /** What was merged since the groups were computed. */
  readonly gone: ReadonlySet<string>
  readonly place: Place
  readonly cursor: number
  readonly selection: Selection
  readonly dragged: (id: string) => readonly string[]
  readonly attach: (ids: readonly string[], into: string) => void
  readonly create: (group: Group) => void
  readonly apart: (some: readonly string[], others: readonly string[]) => void
  readonly mayCreate: boolean
}

/** The left side: raw opinions one by one, or in suggested groups. */
export const OpinionPane = (props: OpinionPaneProps) => (
  <section className="merge-pane" aria-label="原始意见">
    {props.grouping === undefined ? <Opinions {...props} /> : <Groups {...props} grouping={props.grouping} />}
  </section>
)

function Opinions({ opinions, cursor, selection, dragged }: OpinionPaneProps) {
  const { rows, total, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = opinions
  const listed = rows.filter(({ mergeable }) => mergeable).map(({ id }) => id)
  const all = listed.length > 0 && listed.every((id) => selection.has(id))
  return (
    <>
      <header className="merge-bar">
        <label className="row-check">
          <input
            type="checkbox"
            aria-label="选中已列出的全部"
            disabled={listed.length === 0}
            checked={all}
            onChange={() => selection.toggle(listed, !all)}
          />
        </label>
        <h2>
          意见
          {total && (
            <span className="table-count">
              {total.value.toLocaleString('zh-CN')}
              {total.exact ? '' : '+'}
            </span>
          )}
        </h2>
      </header>
      <div className="list-scroll">
        {error && rows.length === 0 && <ErrorView error={error} retry={() => void refetch()} />}
        {isPending && <Skeleton rows={8} className="skeleton-list" />}
        {!isPending && !error && rows.length === 0 && (
          <EmptyView
            action={
              <Link to="/w/merge?merged=all" className="button">
                看全部意见
              </Link>
            }
          >
            没有符合条件的意见。
          </EmptyView>
        )}
        <ul className="rows">
          {rows.map((opinion, index) => (
            <OpinionRow
              key={opinion.id}
              opinion={opinion}
              current={index === cursor}
              checked={selection.has(opinion.id)}
              check={(id) => selection.toggle([id])}
              dragged={dragged}
            />
          ))}
        </ul>
        <LoadMore more={hasNextPage} busy={isFetchingNextPage} load={() => void fetchNextPage()} />
      </div>
    </>
  )
}

function Groups({
  grouping: { data, error, refetch },
  gone,
  place,
  selection,
  dragged,
  attach,
  create,
  apart,
  mayCreate,
}: OpinionPaneProps & { readonly grouping: ReturnType<typeof useGrouping> }) {
  const back = () => go(withQuery(place, { grouping: null }), { replace: true })
  return (
    <>
      <header className="merge-bar">
        <h2>
          相似的意见
          {data?.state === 'done' && <span className="table-count">{data.groups.length} 组</span>}
        </h2>
        {data?.state === 'done' && (
          <span className="hint">
            比对 {data.opinions.toLocaleString('zh-CN')} 件{data.truncated && '（最新的）'}，{data.single} 件没有相似的
          </span>
        )}
        <button type="button" className="button button-small merge-back" onClick={back}>
          逐件看
        </button>
      </header>
      <div className="list-scroll">
        {error && <ErrorView error={error} retry={() => void refetch()} />}
        {data?.state === 'failed' && <EmptyView action={<Back back={back} />}>比对没有完成，请稍后再试。</EmptyView>}
        {!error && (data === undefined || data.state === 'running') && (
          <div className="merge-running" role="status">
            <progress aria-label="正在比对" />
            <p>正在比对{data && ` ${data.opinions.toLocaleString('zh-CN')} 件意见`}，通常只要几秒。</p>
          </div>
        )}
        {data?.state === 'done' && data.groups.length === 0 && (
          <EmptyView action={<Back back={back} />}>没有相似的意见。</EmptyView>
        )}
        {data?.state === 'done' && (
          <GroupList
            run={data.id}
            groups={data.groups}
            gone={gone}
            selection={selection}
            attach={attach}
            create={create}
            apart={apart}
            dragged={dragged}
            mayCreate={mayCreate}
          />
        )}
      </div>
    </>
  )
}

const Back = ({ back }: { readonly back: () => void }) => (
  <button type="button" className="button" onClick={back}>
    逐件看
  </button>
)
