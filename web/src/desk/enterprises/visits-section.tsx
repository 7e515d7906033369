import { VisitList } from '../duties/visit-list.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { useEnterpriseVisits } from './query.ts'
import '../duties/duties.css'

/** The visits to an enterprise (走访), newest first. */
export function VisitsSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useEnterpriseVisits(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  return (
    <section className="duty-group" aria-label="走访">
      <h2>
        走访<span className="table-count">{data.items.length}</span>
      </h2>
      {data.items.length === 0 && <p className="muted">还没有走访。</p>}
      <VisitList visits={data.items} />
    </section>
  )
}
