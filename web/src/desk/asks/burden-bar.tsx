import type { Burdens } from './query.ts'

interface Load {
  readonly total: number
  readonly fields: number
}
interface BurdenBarProps {
  readonly now: Load
  /** With what would come on top. */
  readonly after?: Load
  readonly limit: Burdens['limit']
}

/** How much of the week's cap is used, by asks or by fields, whichever is more; what is above it stands out and is said in words beside it. */
export function BurdenBar({ now, after = now, limit }: BurdenBarProps) {
  const used = ({ total, fields }: Load) => Math.max(total / limit.asksPerWeek, fields / limit.fieldsPerWeek)
  const whole = Math.max(used(after), 1)
  const width = (share: number) => `${(share / whole) * 100}%`
  return (
    <span className={used(after) > 1 ? 'burden-bar is-over' : 'burden-bar'} aria-hidden="true">
      <span className="burden-now" style={{ width: width(used(now)) }} />
      <span className="burden-more" style={{ width: width(used(after) - used(now)) }} />
      {whole > 1 && <span className="burden-cap" style={{ left: width(1) }} />}
    </span>
  )
}
