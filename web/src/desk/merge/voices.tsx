import { LoadMore } from '../queue/load-more.tsx'
import { Skeleton } from '../state-view.tsx'
import { OpinionRow } from './opinion-row.tsx'
import { useOpinions } from './query.ts'
import { useSelection } from './selection.ts'

interface VoicesProps {
  readonly problem: string
  readonly split: (ids: readonly string[]) => void
  readonly busy: boolean
}

/** The voices of a problem; those that do not belong to it are taken out, and no later grouping brings them back. */
export function Voices({ problem, split, busy }: VoicesProps) {
  const selection = useSelection()
  const { rows, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useOpinions({ problem })
  if (isPending) return <Skeleton rows={3} className="skeleton-list" />
  const chosen = rows.filter(({ id }) => selection.has(id)).map(({ id }) => id)
  return (
    <div className="voices">
      {chosen.length > 0 && (
        <button
          type="button"
          className="button button-small"
          disabled={busy}
          onClick={() => {
            split(chosen)
            selection.clear()
          }}
        >
          移出 {chosen.length} 件（不是一回事）
        </button>
      )}
      <ul className="rows">
        {rows.map((opinion) => (
          <OpinionRow
            key={opinion.id}
            opinion={{ ...opinion, problem: null }}
            checked={selection.has(opinion.id)}
            check={(id) => selection.toggle([id])}
          />
        ))}
      </ul>
      <LoadMore more={hasNextPage} busy={isFetchingNextPage} load={() => void fetchNextPage()} />
    </div>
  )
}
