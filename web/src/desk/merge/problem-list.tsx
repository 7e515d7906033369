import { type DragEvent, useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import { groupNumber } from '../../shared/number.ts'
import { Link } from '../link.tsx'
import { LoadMore } from '../queue/load-more.tsx'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { DRAGGED } from './opinion-row.tsx'
import { type ProblemToMerge, useProblems } from './query.ts'
import { Voices } from './voices.tsx'

interface ProblemListProps {
  readonly aspects: readonly string[]
  readonly list: string | undefined
  readonly target: string | null
  readonly choose: (number: string) => void
  readonly attach: (ids: readonly string[], into: string) => void
  readonly split: (ids: readonly string[]) => void
  readonly busy: boolean
  readonly create: (() => void) | undefined
}

/** The problems that opinions may be merged into: drop opinions on one, or choose it and press M. */
export function ProblemList({ aspects, list, target, choose, attach, split, busy, create }: ProblemListProps) {
  const [q, setQ] = useState('')
  const [aspect, setAspect] = useState('')
  const scope = { ...(q.trim() !== '' && { q: q.trim() }), ...(aspect !== '' && { aspect }), ...(list && { list }) }
  const { rows, total, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useProblems(scope)
  return (
    <section className="merge-pane" aria-label="问题清单">
      <header className="merge-bar">
        <h2>问题{total !== undefined && <span className="table-count">{total}</span>}</h2>
        <search className="merge-search top-search">
          <Icon name="search" />
          <input
            type="search"
            aria-label="查找问题"
            placeholder="查找问题"
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        </search>
        {aspects.length > 0 && (
          <select
            className="filter-button"
            aria-label="方面"
            value={aspect}
            onChange={(event) => setAspect(event.target.value)}
          >
            <option value="">全部方面</option>
            {aspects.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
        {create && (
          <button type="button" className="button button-small" onClick={create}>
            <Icon name="plus" size={14} />
            新问题
          </button>
        )}
      </header>
      <div className="list-scroll">
        {error && <ErrorView error={error} retry={() => void refetch()} />}
        {isPending && <Skeleton rows={6} className="skeleton-list" />}
        {!isPending && !error && rows.length === 0 && (
          <EmptyView
            action={
              create && (
                <button type="button" className="button" onClick={create}>
                  立一个新问题
                </button>
              )
            }
          >
            {q === '' && aspect === '' ? '还没有问题。' : '没有符合条件的问题。'}
          </EmptyView>
        )}
        <ul className="problems">
          {rows.map((problem) => (
            <ProblemItem
              key={problem.id}
              problem={problem}
              isTarget={problem.number === target}
              choose={choose}
              attach={attach}
              split={split}
              busy={busy}
            />
          ))}
        </ul>
        <LoadMore more={hasNextPage} busy={isFetchingNextPage} load={() => void fetchNextPage()} />
      </div>
    </section>
  )
}

interface ProblemItemProps extends Pick<ProblemListProps, 'choose' | 'attach' | 'split' | 'busy'> {
  readonly problem: ProblemToMerge
  readonly isTarget: boolean
}

function ProblemItem({ problem, isTarget, choose, attach, split, busy }: ProblemItemProps) {
  const [open, setOpen] = useState(false)
  const [over, setOver] = useState(false)
  const { number, title, aspect, voices } = problem
  const drop = (event: DragEvent) => {
    setOver(false)
    const ids = draggedIds(event)
    if (ids.length === 0) return
    event.preventDefault()
    attach(ids, number)
  }
  return (
    <li
      className={`problem ${isTarget ? 'is-current' : ''} ${over ? 'is-over' : ''}`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="problem-line">
        <label className="problem-choose">
          <input type="radio" name="merge-target" checked={isTarget} onChange={() => choose(number)} />
          <span>
            <b>{title}</b>
            <span className="problem-facts">
              {[aspect, problem.categoryLabel, problem.leadUnit, problem.stageLabel].filter(Boolean).join(' · ')}
              {problem.confidential && <span className="flag flag-secret">保密</span>}
            </span>
          </span>
        </label>
        <button
          type="button"
          className="problem-voices"
          aria-expanded={open}
          disabled={voices === 0}
          onClick={() => setOpen(!open)}
        >
          {voices.toLocaleString('zh-CN')} 件{voices > 0 && <Icon name={open ? 'up' : 'down'} size={14} />}
        </button>
      </div>
      {open && (
        <>
          <p className="problem-number">
            <Link to={`/w/c/${number}`} className="number">
              {groupNumber(number)}
            </Link>
          </p>
          <Voices problem={number} split={split} busy={busy} />
        </>
      )}
    </li>
  )
}

/** What was dropped came from this page, or it is nothing. */
function draggedIds(event: DragEvent): string[] {
  const given = event.dataTransfer.getData(DRAGGED)
  const ids: unknown = given === '' ? [] : JSON.parse(given)
  return Array.isArray(ids) ? ids.map(String) : []
}
