import { LIST_KIND, LIST_STATE, type PromiseTotals } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePromiseTotals } from '../promises/query.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { BrokenCommitments } from './broken-commitments.tsx'
import { Goals } from './goals.tsx'
import { mayKeep } from './keeper.ts'
import { NewList } from './new-list.tsx'
import { type List, useLists } from './query.ts'
import { Share } from './share.tsx'
import '../page/page.css'
import './lists.css'

/** Problem lists (问题清单): every list with its figures, the goals bound to them, who has given its word, and whose word was broken. */
export function ListsPage({ session }: { readonly session: Session }) {
  const { data, error, isPending, refetch } = useLists()
  useTitle('问题清单')
  return (
    <div className="page page-wide lists">
      <header className="page-head">
        <h1>问题清单</h1>
        <a className="button button-small" href="/open/lists" target="_blank" rel="noreferrer">
          群众看到的页面
        </a>
      </header>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} className="skeleton-text" />}
      {data && (
        <>
          <Goals lists={data.items} session={session} />
          <Coverage />
          <Lists lists={data.items} keeps={mayKeep(session)} />
          {mayKeep(session) && <NewList first={data.items.length === 0} />}
          <BrokenCommitments />
        </>
      )}
    </div>
  )
}

/** P30: units with a published commitment out of all that owe one, over all published lists. */
function Coverage() {
  const { data } = useQuery({
    queryKey: ['lists', 'coverage'],
    queryFn: ({ signal }) => api('commitmentCoverage', { signal }),
  })
  if (data === undefined || data.owing === 0) return null
  const without = data.units.filter(({ published }) => published === 0)
  return (
    <section className="panel" aria-label="公开承诺">
      <p className="list-figure">
        <b>
          {data.having}/{data.owing}
        </b>
        <span>个责任单位已公开承诺（{data.share}%）</span>
      </p>
      {without.length > 0 && (
        <details className="mapping">
          <summary>还没有承诺的单位 {without.length} 个</summary>
          <ul className="list-plain">
            {without.map(({ unit, items }) => (
              <li key={unit.id}>
                {unit.name} <span className="muted">{items.length} 个问题</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Lists({ lists, keeps }: { readonly lists: readonly List[]; readonly keeps: boolean }) {
  const { data: promises } = usePromiseTotals()
  const rows = [
    ...lists.map((list) => <ListRow key={list.id} list={list} />),
    ...(promises !== undefined && promises.promises > 0 ? [<PromisesRow key="promises" totals={promises} />] : []),
  ]
  return (
    <TableSection
      title="清单"
      count={rows.length}
      head={['清单', '种类', '状态', '问题', '已销号', '超期', '责任单位']}
      empty={keeps ? '还没有清单，请在下面建立第一份。' : '还没有公布的清单。'}
    >
      {rows}
    </TableSection>
  )
}

const ListRow = ({ list }: { readonly list: List }) => (
  <tr>
    <td className="list-title">
      <Link to={`/w/lists/${list.id}`}>{list.title}</Link>
      {list.sourceDocument && <span className="muted">{list.sourceDocument}</span>}
    </td>
    <td>{LIST_KIND[list.kind]}</td>
    <td>
      <span className={`tag ${list.state === 'published' ? 'tag-good' : ''}`}>{LIST_STATE[list.state]}</span>
    </td>
    <td className="is-count">{list.items}</td>
    <td>
      <Share part={list.accepted} whole={list.items} />
    </td>
    <td>{list.overdue > 0 ? <span className="tag tag-bad">■ {list.overdue}</span> : '—'}</td>
    <td>{list.ownerUnit?.name ?? '—'}</td>
  </tr>
)

/** Broken promises as a list (失信违诺清单): its items and figures are those of the register, which is read and kept there. */
const PromisesRow = ({ totals: { promises, open, overdue } }: { readonly totals: PromiseTotals }) => (
  <tr>
    <td className="list-title">
      <Link to="/w/promises">政府对企业失信违诺</Link>
      <span className="muted">逐企逐项登记，企业确认才销号</span>
    </td>
    <td>{LIST_KIND.brokenPromise}</td>
    <td>
      <span className="tag">登记册</span>
    </td>
    <td className="is-count">{promises}</td>
    <td>
      <Share part={promises - open} whole={promises} />
    </td>
    <td>{overdue > 0 ? <span className="tag tag-bad">■ {overdue}</span> : '—'}</td>
    <td>—</td>
  </tr>
)
