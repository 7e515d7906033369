import { Link } from '../link.tsx'
import { type Figures, rowsOf } from './query.ts'

const HEIGHT = 96
const WIDTH = 420
const GAP = 3
const DAY_MS = 86_400_000

/** Every day from one to another, both included. */
function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

interface TimelineProps {
  readonly id: string
  readonly days: Figures['perDay']
  readonly from: string
  readonly to: string
}

/** How many came in on each day of the drive; a bar leads to that day's rows. */
export function Timeline({ id, days, from, to }: TimelineProps) {
  const counts = new Map(days.map(({ day, count }) => [day, count]))
  const all = daysBetween(from, to)
  const most = Math.max(1, ...counts.values())
  const step = WIDTH / Math.max(1, all.length)
  const peak = days.find(({ count }) => count === most)
  return (
    <section className="panel" aria-label="每天收到">
      <h2>每天收到</h2>
      {days.length === 0 ? (
        <p className="muted">还没有收到意见。</p>
      ) : (
        <>
          <svg className="timeline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-label="每天收到的意见">
            {all.map((day, i) => {
              const count = counts.get(day) ?? 0
              const height = count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT)
              const bar = (
                <rect x={i * step} y={HEIGHT - height} width={Math.max(1, step - GAP)} height={height} rx={1}>
                  <title>{`${day}：${count} 条`}</title>
                </rect>
              )
              return count === 0 ? (
                <g key={day} className="is-none">
                  {bar}
                </g>
              ) : (
                <Link key={day} to={rowsOf(id, { from: day, to: day })} aria-label={`${day}，${count} 条`}>
                  {bar}
                </Link>
              )
            })}
          </svg>
          <p className="timeline-ends">
            <span>{from}</span>
            <span>
              最多 {peak?.day.slice(5)}，{most} 条
            </span>
            <span>{to}</span>
          </p>
        </>
      )}
    </section>
  )
}
