import { type Days, monthWeeks } from './days.ts'

interface YearViewProps {
  readonly year: number
  readonly off: Days
  readonly work: Days
}

const WEEK = ['一', '二', '三', '四', '五', '六', '日'] as const
const MONTHS = Array.from({ length: 12 }, (_, place) => place + 1)

/** Twelve small months: days off say 休, make-up working days say 班, as printed calendars do. */
export function YearView({ year, off, work }: YearViewProps) {
  return (
    <section className="year" aria-label={`${year}年全年`}>
      {MONTHS.map((month) => (
        <table key={month} className="month">
          <caption>{month}月</caption>
          <thead>
            <tr>
              {WEEK.map((day) => (
                <th key={day} scope="col">
                  {day}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {monthWeeks(year, month).map((week, row) => (
              <tr key={row}>
                {week.map((day, column) => (
                  <Cell key={column} day={day} weekend={column > 4} off={off} work={work} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  )
}

interface CellProps {
  readonly day: string | null
  readonly weekend: boolean
  readonly off: Days
  readonly work: Days
}

function Cell({ day, weekend, off, work }: CellProps) {
  if (day === null) return <td />
  const number = Number(day.slice(8))
  const [rest, makeUp] = [off[day], work[day]]
  if (rest !== undefined && makeUp !== undefined)
    return (
      <td className="is-both" title={`${rest}；${makeUp}`}>
        {number}
        <i>重</i>
      </td>
    )
  if (rest !== undefined)
    return (
      <td className="is-off" title={rest}>
        {number}
        <i>休</i>
      </td>
    )
  if (makeUp !== undefined)
    return (
      <td className="is-work" title={makeUp}>
        {number}
        <i>班</i>
      </td>
    )
  return <td className={weekend ? 'is-weekend' : ''}>{number}</td>
}
