import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import type { Kase } from '../../shared/shape.ts'
import { Link } from '../link.tsx'

/** The tasks of the battle map that this case holds up (作战图难点); nothing where there are none. */
export function PlanTasksBox({ kase }: { readonly kase: Kase }) {
  const { data } = useQuery({
    queryKey: ['plan', 'case', kase.id],
    queryFn: ({ signal }) => api('tasksOfCase', { params: { id: kase.id }, signal }),
  })
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className="box" aria-label="作战图难点">
      <h2>作战图难点</h2>
      <ul>
        {data.items.map(({ id, title, target, dueOn, unit }) => (
          <li key={id}>
            <Link to={`/w/plan/tasks/${id}`}>{title}</Link>{' '}
            <span className="muted">
              {[target.title, unit?.name, dueOn && `${dueOn} 前`].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
