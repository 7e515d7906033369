interface BurdenBarProps {
  readonly total: number
  readonly cap: number
  /** What would come on top. */
  readonly more?: number
}

/** How much of the week's cap is used; what is above it stands out and is said in words beside it. */
export function BurdenBar({ total, cap, more = 0 }: BurdenBarProps) {
  const whole = Math.max(total + more, cap)
  const share = (n: number) => `${(n / whole) * 100}%`
  return (
    <span className={total + more > cap ? 'burden-bar is-over' : 'burden-bar'} aria-hidden="true">
      <span className="burden-now" style={{ width: share(total) }} />
      {more > 0 && <span className="burden-more" style={{ width: share(more) }} />}
      <span className="burden-cap" style={{ left: share(cap) }} />
    </span>
  )
}
