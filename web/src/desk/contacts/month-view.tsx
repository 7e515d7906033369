import { monthWeeks } from '../calendar/days.ts'
import { monthText, standingOf, wordsOf } from './entry.ts'
import type { Calendar, Entry } from './query.ts'

const WEEK = ['一', '二', '三', '四', '五', '六', '日'] as const
interface MonthViewProps {
  readonly month: string
  readonly data: Calendar
  /** Given where the caller may plan: called with the day that was chosen. */
  readonly plan: ((day: string) => void) | undefined
}

/** A month with every contact on its day, and the days on which the target wants to be left alone. Where the screen is narrow the list stands alone. */
export function MonthView({ month, data, plan }: MonthViewProps) {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return (
    <table className="contact-month">
      <caption className="sr-only">{monthText(month)}接触日历</caption>
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
        {monthWeeks(year, number).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, column) =>
              day === null ? (
                <td key={`blank ${WEEK[column]}`} />
              ) : (
                <Cell key={day} {...{ day, plan, data }} items={data.items.filter(({ on }) => on === day)} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface CellProps {
  readonly day: string
  readonly data: Calendar
  readonly items: readonly Entry[]
  readonly plan: MonthViewProps['plan']
}
function Cell({ day, data: { today, quiets }, items, plan }: CellProps) {
  const isQuiet = quiets.some(({ from, to }) => from <= day && day <= to)
  const number = Number(day.slice(8))
  return (
    <td className={[isQuiet && 'is-quiet', day === today && 'is-today'].filter(Boolean).join(' ') || undefined}>
      <span className="contact-day">
        {plan !== undefined && day >= today ? (
          <button type="button" aria-label={`${number} 日，计划接触`} onClick={() => plan(day)}>
            {number}
          </button>
        ) : (
          number
        )}
        {day === today && <i>今天</i>}
        {isQuiet && <i>免打扰</i>}
      </span>
      {items.map((entry) => {
        const { shape, word, name } = standingOf(entry)
        return (
          <span key={entry.id} className={`contact-chip is-${name}`} title={`${word}：${wordsOf(entry)}`}>
            <span aria-hidden="true">{shape}</span> <span className="sr-only">{word}，</span>
            {wordsOf(entry)}
          </span>
        )
      })}
    </td>
  )
}
