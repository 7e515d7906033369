const DAY_MS = 86_400_000
const at = (day: string) => Date.parse(day) / DAY_MS

/** The stretch of days a chart shows. */
export interface Scale {
  readonly from: string
  readonly to: string
}
const place = ({ from, to }: Scale, day: string, more = 0) =>
  `${Math.min(100, Math.max(0, ((at(day) + more - at(from)) / Math.max(1, at(to) + 1 - at(from))) * 100))}%`

/** Whole months around the days of a plan. */
export function scaleOf(beginOn: string, endOn: string): Scale {
  const end = new Date(Date.UTC(Number(endOn.slice(0, 4)), Number(endOn.slice(5, 7)), 0)).toISOString().slice(0, 10)
  return { from: `${beginOn.slice(0, 7)}-01`, to: end }
}
function monthsOf({ from, to }: Scale): string[] {
  const months: string[] = []
  for (let day = from; day <= to; ) {
    months.push(day)
    day = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 1)).toISOString().slice(0, 10)
  }
  return months
}

/** The months over a chart. */
export const Months = ({ scale }: { readonly scale: Scale }) => (
  <span className="gantt gantt-months" aria-hidden="true">
    {monthsOf(scale).map((day) => (
      <span key={day} style={{ insetInlineStart: place(scale, day) }}>
        {day.endsWith('-01-01') || day === scale.from ? `${day.slice(2, 4)}年` : ''}
        {Number(day.slice(5, 7))}月
      </span>
    ))}
  </span>
)

interface BarProps {
  readonly scale: Scale
  readonly today: string
  readonly from: string | null
  readonly to: string | null
  readonly light: string | null
  readonly share: number
  readonly critical?: boolean
  readonly redLine?: boolean
  readonly label: string
}
/** One bar from its first day to its last (甘特条), filled as far as it is done; the line is today. */
export const Bar = ({ scale, today, from, to, light, share, critical = false, redLine = false, label }: BarProps) => (
  <span className="gantt" role="img" aria-label={label} title={label}>
    {today >= scale.from && today <= scale.to && (
      <span className="gantt-today" style={{ insetInlineStart: place(scale, today) }} />
    )}
    {from !== null && to !== null && (
      <span
        className={`gantt-bar gantt-${light ?? 'none'} ${critical ? 'is-critical' : ''}`}
        style={{ insetInlineStart: place(scale, from), insetInlineEnd: `calc(100% - ${place(scale, to, 1)})` }}
      >
        <span className="gantt-fill" style={{ width: `${share * 100}%` }} />
      </span>
    )}
    {redLine && to !== null && <span className="gantt-line" style={{ insetInlineStart: place(scale, to, 1) }} />}
  </span>
)
