import { dayOf } from '../../shared/moment.ts'
import { go, type Place, withQuery } from '../router.ts'
import { type Choice, GROUPS, type Group, monthAfter, monthText } from './choice.ts'

const PERIODS = { month: '按月', days: '按起止日期' } as const

/** Which period and which rows; every change is a new address. */
export function ChoiceBar({ place, choice }: { readonly place: Place; readonly choice: Choice }) {
  const { from, to, month, by } = choice
  const set = (changes: Readonly<Record<string, string | null>>) =>
    go(withQuery(place, { ...changes, show: null, key: null, kind: null, counted: null }), { replace: true })
  return (
    <div className="choice">
      <fieldset className="segments" aria-label="统计期间">
        {Object.entries(PERIODS).map(([id, label]) => (
          <Segment
            key={id}
            name="period"
            label={label}
            checked={(id === 'month') === (month !== null)}
            choose={() =>
              set(id === 'month' ? { month: from.slice(0, 7), from: null, to: null } : { from, to, month: null })
            }
          />
        ))}
      </fieldset>
      {month !== null ? <MonthField month={month} set={set} /> : <DayFields from={from} to={to} set={set} />}
      <fieldset className="segments choice-by" aria-label="分组">
        {(Object.entries(GROUPS) as [Group, string][]).map(([id, label]) => (
          <Segment key={id} name="by" label={label} checked={by === id} choose={() => set({ by: id, sort: null })} />
        ))}
      </fieldset>
    </div>
  )
}

interface SegmentProps {
  readonly name: string
  readonly label: string
  readonly checked: boolean
  readonly choose: () => void
}
const Segment = ({ name, label, checked, choose }: SegmentProps) => (
  <label className="segment">
    <input type="radio" name={name} checked={checked} onChange={choose} />
    <span>{label}</span>
  </label>
)

type Set = (changes: Readonly<Record<string, string | null>>) => void

function MonthField({ month, set }: { readonly month: string; readonly set: Set }) {
  const running = dayOf(new Date()).slice(0, 7)
  return (
    <div className="choice-month">
      <button
        type="button"
        className="button"
        aria-label="上一月"
        onClick={() => set({ month: monthAfter(month, -1) })}
      >
        ‹
      </button>
      <input
        type="month"
        className="input"
        aria-label={`月份，现为${monthText(month)}`}
        value={month}
        min="2007-01"
        onChange={(event) => event.target.value !== '' && set({ month: event.target.value })}
      />
      <button
        type="button"
        className="button"
        aria-label="下一月"
        disabled={month >= running}
        onClick={() => set({ month: monthAfter(month, 1) })}
      >
        ›
      </button>
    </div>
  )
}

function DayFields({ from, to, set }: { readonly from: string; readonly to: string; readonly set: Set }) {
  return (
    <div className="choice-days">
      <input
        type="date"
        className="input"
        aria-label="起"
        value={from}
        max={to}
        onChange={(event) => event.target.value !== '' && set({ from: event.target.value })}
      />
      <span aria-hidden="true">至</span>
      <input
        type="date"
        className="input"
        aria-label="止"
        value={to}
        min={from}
        onChange={(event) => event.target.value !== '' && set({ to: event.target.value })}
      />
    </div>
  )
}
