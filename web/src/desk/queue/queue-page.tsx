import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { caseQuery, useCases, useQueues } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { announce } from '../announce.tsx'
import { CaseView, type Done } from '../detail/case-view.tsx'
import { useKeys } from '../keyboard.ts'
import { Link } from '../link.tsx'
import { useNarrow } from '../media.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import type { BulkResult } from './bulk.ts'
import { BulkBar } from './bulk-bar.tsx'
import { CaseRow } from './case-row.tsx'
import { useChoice } from './choice.ts'
import { LoadMore } from './load-more.tsx'

const SORTS = [
  { id: 'due', label: '先到期' },
  { id: 'received', label: '先收到' },
  { id: '-received', label: '新收到' },
  { id: '-updated', label: '新变动' },
] as const
type Sort = (typeof SORTS)[number]['id']

/** Queues whose cases stand at different stages. */
const MIXED: ReadonlySet<string> = new Set([
  ...['overdue', 'open', 'urged', 'assisting', 'paused', 'supervised', 'notices', 'unsatisfied'],
])

/** Queue (队列): list, detail, act, next. */
export function QueuePage({ queue, session }: { readonly queue: string; readonly session: Session }) {
  const place = usePlace()
  const narrow = useNarrow()
  const client = useQueryClient()
  const sort = SORTS.find(({ id }) => id === place.query.get('sort'))?.id ?? 'due'
  const { rows, total, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useCases({
    queue,
    sort,
  })
  const [doneIds, setDoneIds] = useState<ReadonlySet<string>>(new Set())
  const shown = rows.filter(({ id, version }) => !doneIds.has(`${id} ${version}`))
  const selected = place.query.get('sel')
  const index = shown.findIndex(({ number }) => number === selected)
  const choice = useChoice(shown)
  const label = useQueues().data?.items.find(({ id }) => id === queue)?.label ?? '队列'

  const address = (number: string | null) => withQuery(place, { sel: number, tab: null })
  const open = (number: string | null) => go(address(number), { replace: !narrow || selected !== null })
  const move = (step: number) => {
    const target = shown[index === -1 ? 0 : index + step]
    if (target) open(target.number)
    else if (step > 0 && hasNextPage) void fetchNextPage()
  }
  const next = (index === -1 ? undefined : shown[index + 1])?.number
  useEffect(() => {
    if (next !== undefined) void client.prefetchQuery(caseQuery(next))
  }, [next, client])
  const first = shown[0]?.number
  useEffect(() => {
    // On a wide screen the first case is open at once; on a phone the list comes first.
    if (!narrow && selected === null && first !== undefined) go(withQuery(place, { sel: first }), { replace: true })
  })
  useEffect(() => {
    document.title = `${label}${total ? `（${total.value}）` : ''} · 工作台`
  }, [label, total])

  const done: Done = ({ action, before, after }) => {
    const words = action.label
    if (before.stage === after.stage && before.round === after.round) return announce(`已${words}`)
    const following = shown[index + 1] ?? shown[index - 1]
    setDoneIds((ids) => new Set(ids).add(`${before.id} ${before.version}`))
    announce(following === undefined ? `已${words}，本队列都办完了` : `已${words}，下一件`)
    go(withQuery(place, { sel: following?.number ?? null, tab: null }), { replace: true })
  }
  const settled = (results: readonly BulkResult[]) => {
    const done = new Set(results.filter(({ ok }) => ok).map(({ id }) => id))
    const versions = shown.filter(({ id }) => done.has(id)).map(({ id, version }) => `${id} ${version}`)
    const left = shown.filter(({ id }) => !done.has(id))
    setDoneIds((ids) => new Set([...ids, ...versions]))
    choice.keep(new Set(results.filter(({ ok }) => !ok).map(({ id }) => id)))
    void client.invalidateQueries({ queryKey: ['case'] })
    if (selected !== null && !left.some(({ number }) => number === selected))
      go(withQuery(place, { sel: left[0]?.number ?? null, tab: null }), { replace: true })
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => (selected === null ? move(0) : focusDetail()),
    o: () => (selected === null ? move(0) : focusDetail()),
    x: () => shown[index] && choice.toggle(shown[index].id, false),
    Escape: () => (choice.chosen.length > 0 ? choice.clear() : narrow && open(null)),
  })
  const showsDetail = selected !== null
  return (
    <div className={`queue ${showsDetail ? 'has-detail' : ''}`}>
      <section className="list-pane" aria-label={`${label}列表`} inert={narrow && showsDetail}>
        <header className="list-head">
          <label className="list-all">
            <input
              type="checkbox"
              aria-label="选中已列出的全部"
              checked={shown.length > 0 && choice.chosen.length === shown.length}
              ref={(box) => {
                if (box) box.indeterminate = choice.chosen.length > 0 && choice.chosen.length < shown.length
              }}
              onChange={(event) => (event.target.checked ? choice.all() : choice.clear())}
            />
          </label>
          <h1>{label}</h1>
          {total && <span className="list-total">{total.exact ? total.value : `${total.value}+`} 件</span>}
          <select
            className="list-sort"
            aria-label="排序"
            value={sort}
            onChange={(event) => go(withQuery(place, { sort: event.target.value as Sort }), { replace: true })}
          >
            {SORTS.map(({ id, label: word }) => (
              <option key={id} value={id}>
                {word}
              </option>
            ))}
          </select>
        </header>
        {choice.chosen.length > 0 && (
          <BulkBar chosen={choice.chosen} session={session} clear={choice.clear} settled={settled} />
        )}
        <div className="list-scroll">
          {error && rows.length === 0 && <ErrorView error={error} retry={() => void refetch()} />}
          {isPending && <Skeleton rows={8} className="skeleton-list" />}
          {!isPending && !error && shown.length === 0 && (
            <EmptyView
              action={
                <Link to="/w/c?sort=due" className="button">
                  到台账看看即将到期的
                </Link>
              }
            >
              都办完了
            </EmptyView>
          )}
          <ul className="rows">
            {shown.map((row) => (
              <CaseRow
                key={row.id}
                row={row}
                to={address(row.number)}
                replace={!narrow}
                current={row.number === selected}
                checked={choice.has(row.id)}
                check={choice.toggle}
                showStage={MIXED.has(queue)}
              />
            ))}
          </ul>
          <LoadMore more={hasNextPage} busy={isFetchingNextPage} load={() => void fetchNextPage()} />
        </div>
      </section>
      <section className="detail-pane" aria-label="事项详情">
        {selected !== null && (
          <CaseView
            key={selected}
            number={selected}
            preview={shown[index]}
            done={done}
            close={() => open(null)}
            step={{
              back: index > 0 ? () => move(-1) : undefined,
              on: index < shown.length - 1 ? () => move(1) : undefined,
            }}
          />
        )}
        {selected === null && !narrow && !isPending && <p className="detail-none">选一件事项，在这里办理</p>}
      </section>
    </div>
  )
}

const focusDetail = () => document.querySelector<HTMLElement>('.detail-pane .case-title')?.focus()
