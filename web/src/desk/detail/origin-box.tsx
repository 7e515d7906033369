import { Link } from '../link.tsx'
import { useOrigins } from '../meetings/query.ts'

/** From where a case comes (来由): the meeting that decided it, the leader who instructed it. Nothing where it has no such origin. */
export function OriginBox({ id }: { readonly id: string }) {
  const { data } = useOrigins(id)
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className="box" aria-label="来由">
      <h2>来由</h2>
      {data.items.map((one) => (
        <div key={`${one.kind} ${one.id}`}>
          <Link to={one.kind === 'meeting' ? `/w/meetings/${one.id}` : '/w/instructions'} className="related-title">
            {one.title}
          </Link>
          <p className="related-facts">
            <span>{one.kind === 'meeting' ? '会议' : '批示'}</span>
            <span>{one.on}</span>
            {one.number !== null && <span>{one.number}</span>}
          </p>
          <p className="box-text box-brief">{one.text}</p>
        </div>
      ))}
    </section>
  )
}
