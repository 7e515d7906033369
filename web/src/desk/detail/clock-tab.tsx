import { dayOf, dueText, momentText, weekdayText, weeksOf } from '../../shared/moment.ts'
import { limitText } from '../../shared/remaining.ts'
import type { Clock, Kase } from '../../shared/shape.ts'
import { LightMark } from '../light-mark.tsx'
import { EmptyView } from '../state-view.tsx'
import { TimeBoxes } from './hard-box.tsx'

/** Why this day (时限说明): every clock with the days it counted. */
export function ClockTab({ kase, clocks }: { readonly kase: Kase; readonly clocks: readonly Clock[] }) {
  if (clocks.length === 0) return <EmptyView>此事项没有时限。</EmptyView>
  const running = clocks.filter(({ endedAt }) => endedAt === null)
  const ended = clocks.filter(({ endedAt }) => endedAt !== null)
  return (
    <div className="clocks">
      {[...running, ...ended].map((clock) => (
        <ClockBox key={`${clock.kind} ${clock.round} ${clock.startedAt}`} clock={clock} kase={kase} />
      ))}
      <TimeBoxes kase={kase} />
    </div>
  )
}

const STATE = { running: '计时中', paused: '暂停', met: '按时完成', missed: '超时完成' } as const

function ClockBox({ clock, kase }: { readonly clock: Clock; readonly kase: Kase }) {
  const ended = clock.endedAt !== null
  return (
    <section className={`clock ${ended ? 'is-ended' : ''}`} aria-label={`${clock.label}时限`}>
      <header className="clock-head">
        <h2>
          {clock.label}
          {clock.round > 1 && <span className="flag">第 {clock.round} 轮</span>}
        </h2>
        <span className="clock-limit">{limitText(clock.limit)}</span>
        {ended ? (
          <span className={`tag ${clock.state === 'met' ? 'tag-good' : clock.state === 'missed' ? 'tag-bad' : ''}`}>
            {STATE[clock.state]}
          </span>
        ) : (
          <LightMark light={clock.light} remaining={clock.remaining} />
        )}
      </header>
      <p className="clock-line">
        {momentText(clock.startedAt)} 起算，最迟 <b>{dueText(clock.dueAt)}</b>
        {ended && clock.endedAt && `，${momentText(clock.endedAt)} 完成`}
        {clock.provisional && '（下一年度放假安排尚未公布，日期可能调整）'}
      </p>
      <Moved clock={clock} kase={kase} />
      <p className="muted">{clock.rule}</p>
      {clock.days.length > 1 && !ended && <Calendar clock={clock} />}
      {clock.days.length > 0 && (
        <details className="clock-days">
          <summary>逐日说明</summary>
          <ol>
            {clock.days.map(({ date, counted, why }) => (
              <li key={date} className={counted > 0 ? 'is-counted' : ''}>
                <span className="number">{date}</span>
                <span>{why}</span>
                <span className="clock-counted">{counted > 0 ? `计 ${counted}` : '不计'}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

/** Why the last day is not the one first promised: extensions and stops, with who approved them. */
function Moved({ clock, kase }: { readonly clock: Clock; readonly kase: Kase }) {
  const { originalDueAt, dueAt, extra, limit, round } = clock
  const stops = clock.stops.length > 0 ? kase.stops.filter((stop) => stop.round === round) : []
  const granted = kase.extensions.filter((one) => one.round === round).map(({ approvedBy }) => approvedBy)
  return (
    <>
      {extra > 0 && (
        <p className="clock-moved">
          原定 {dueText(originalDueAt)}，经批准延长 {limitText({ amount: extra, unit: limit.unit })}
          {granted.length > 0 && `（${[...new Set(granted)].join('、')}批准）`}
          {stops.length === 0 && `，改为 ${dueText(dueAt)}`}
        </p>
      )}
      {stops.length > 0 && (
        <ul className="clock-stops" aria-label="暂停计时">
          {stops.map((stop) => (
            <li key={`${stop.from} ${stop.reason}`}>
              <span aria-hidden="true">◇ </span>
              {`${stop.longTerm ? '挂账' : '暂停'} ${weekdayText(stop.from)}至${weekdayText(stop.to ?? stop.until)}`}
              <span className="muted">
                {!stop.longTerm && `${stop.reasonLabel} · `}
                {stop.approvedBy}批准
              </span>
              {stop.backdated && <span className="flag flag-urged">补录</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const

/** Weeks as rows; days that count are coloured, the last day is framed. */
function Calendar({ clock }: { readonly clock: Clock }) {
  const today = dayOf(new Date())
  const due = dayOf(clock.dueAt)
  const weeks = weeksOf(clock.days)
  return (
    <table className="calendar">
      <caption className="sr-only">{clock.label}时限逐日</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day !== null)?.date}>
            {week.map((day, index) =>
              day === null ? (
                <td key={index} />
              ) : (
                <td key={day.date} title={`${day.date} ${day.why}`} className={classOf(day, clock, today, due)}>
                  <span>
                    {day.date.endsWith('-01') ? `${Number(day.date.slice(5, 7))}/1` : Number(day.date.slice(8))}
                  </span>
                  <small>
                    {day.date === due
                      ? '止'
                      : day.date === today
                        ? '今'
                        : /暂停/.test(day.why)
                          ? '停'
                          : day.counted > 0
                            ? ''
                            : /假|节|元旦/.test(day.why)
                              ? '假'
                              : /起算/.test(day.why)
                                ? '起'
                                : '休'}
                  </small>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const classOf = (day: Clock['days'][number], clock: Clock, today: string, due: string) =>
  [
    'day',
    day.counted > 0 ? (day.counted === 0.5 && clock.limit.unit === 'workingDay' ? 'is-half' : 'is-counted') : '',
    day.date < today ? 'is-past' : '',
    day.date === today ? 'is-today' : '',
    day.date === due ? 'is-due' : '',
  ]
    .filter(Boolean)
    .join(' ')
