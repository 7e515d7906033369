import { ROSTER_AWAY, ROSTER_DAY, SHIFT } from '@banjie/contract'
import { useState } from 'react'
import { weeksOf } from '../../shared/moment.ts'
import type { Entry, Roster, RosterPost } from './query.ts'
import { RotateForm } from './rotate-form.tsx'
import { ShiftForm } from './shift-form.tsx'

const WEEK = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const
type Slot = RosterPost['gaps'][number]
type Day = Roster['days'][number]

interface GridProps {
  readonly roster: Roster
  readonly post: RosterPost
  readonly me: string
}
/** A month of one post, week by week; on a narrow screen day by day. Whoever keeps it fills and swaps where the day stands. */
export function MonthGrid({ roster, post, me }: GridProps) {
  const [open, setOpen] = useState<'rotate' | { readonly slot: Slot; readonly entry: Entry | undefined }>()
  const close = () => setOpen(undefined)
  const coming = post.gaps.filter(({ day }) => day >= roster.today).length
  const weeks = weeksOf(roster.days.map((day) => ({ ...day, date: day.day })))
  const [year, month] = roster.month.split('-').map(Number)
  return (
    <section className="roster-post" aria-label={post.name}>
      <div className="roster-bar">
        <h2>
          {post.name}
          <span className="print-only">
            {year}年{month}月值班表
          </span>
        </h2>
        <span className="muted">
          {post.unit.name} · 值班电话 {post.phone}
        </span>
        {coming > 0 && <span className="tag tag-bad no-print">■ 空班 {coming}</span>}
        {post.mayKeep && (
          <span className="roster-acts no-print">
            <button type="button" className="button button-small button-primary" onClick={() => setOpen('rotate')}>
              轮流排班
            </button>
          </span>
        )}
      </div>
      {open === 'rotate' && <RotateForm roster={roster} post={post} close={close} />}
      {open !== undefined && open !== 'rotate' && (
        <ShiftForm key={`${open.slot.day} ${open.slot.shift}`} post={post} {...open} close={close} />
      )}
      <div className="roster-grid">
        {WEEK.map((word) => (
          <span key={word} className="roster-weekday" aria-hidden="true">
            {word}
          </span>
        ))}
        {weeks.flatMap((week, w) =>
          week.map((day, d) =>
            day === null ? (
              <span key={`empty ${w} ${d}`} className="roster-day is-empty" />
            ) : (
              <Cell key={day.day} {...{ day, weekday: WEEK[d] ?? '', post, me, today: roster.today, open: setOpen }} />
            ),
          ),
        )}
      </div>
    </section>
  )
}

interface CellProps {
  readonly day: Day
  readonly weekday: string
  readonly post: RosterPost
  readonly me: string
  readonly today: string
  readonly open: (what: { readonly slot: Slot; readonly entry: Entry | undefined }) => void
}
function Cell({ day: { day, kind, name }, weekday, post, me, today, open }: CellProps) {
  const shifts = day < post.from ? [] : post.shifts
  return (
    <div className={`roster-day is-${kind} ${day === today ? 'is-today' : ''}`}>
      <span className="roster-date">
        <b>{Number(day.slice(8))}</b>
        <span className="roster-narrow">{weekday}</span>
        {kind !== 'work' || name !== null ? <small>{name ?? ROSTER_DAY[kind]}</small> : null}
      </span>
      {shifts.map((shift) => {
        const entry = post.entries.find((one) => one.day === day && one.shift === shift)
        const isBad = entry === undefined || entry.away !== null
        const mayTouch = day >= today && (post.mayKeep || entry?.person.id === me)
        const face = (
          <>
            {post.shifts.length > 1 && <small>{SHIFT[shift]} </small>}
            {entry === undefined ? '■ 空班' : entry.person.name}
            {entry?.away != null && `（■ ${ROSTER_AWAY[entry.away]}）`}
            {entry?.swapped && <small>（调）</small>}
            {entry?.leader && <small className="roster-leader">带班 {entry.leader.name}</small>}
          </>
        )
        const className = `roster-shift ${isBad ? 'is-bad' : ''}`
        return mayTouch ? (
          <button
            key={shift}
            type="button"
            className={className}
            aria-label={`${day} ${SHIFT[shift]} ${entry?.person.name ?? '空班'}，${entry === undefined ? '排班' : '调班'}`}
            onClick={() => open({ slot: { day, shift }, entry })}
          >
            {face}
          </button>
        ) : (
          <span key={shift} className={className}>
            {face}
          </span>
        )
      })}
    </div>
  )
}
