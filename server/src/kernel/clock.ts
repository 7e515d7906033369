/**
 * Clock (时钟): the only reader of the wall clock. Everything else is told the time.
 *
 * The test clock runs ahead of the wall clock by an offset and only moves forwards; sessions and rate limits stay on real time.
 */
export interface Clock {
  /** The district's time. */
  now(): Date
  /** Real time, for sessions, rate limits and durations. */
  real(): Date
  /** Moves the district's time forwards to `now`. Returns false, and does nothing, if that would be backwards. */
  forward(now: Date): boolean
}

export function systemClock(aheadMs = 0): Clock {
  let offset = aheadMs
  return {
    now: () => new Date(Date.now() + offset),
    real: () => new Date(),
    forward(now) {
      const ahead = now.getTime() - Date.now()
      if (ahead < offset) return false
      offset = ahead
      return true
    },
  }
}

/** A clock that stands still until it is set; for tests and for making a demo district's past. */
export function manualClock(start: Date): Clock {
  let current = start
  return {
    now: () => current,
    real: () => new Date(),
    forward(now) {
      if (now < current) return false
      current = now
      return true
    },
  }
}

/** Milliseconds for measuring a span; no relation to any date. */
export const stopwatch = () => {
  const start = performance.now()
  return () => performance.now() - start
}
