/** Counts failures per key in a fixed window of real time. Held per process: an attacker gains at most a factor of the number of processes. */
export interface Limiter {
  /** Seconds until the key may try again, 0 if it may now. */
  waitSeconds(key: string, now: Date): number
  fail(key: string, now: Date): void
  clear(key: string): void
}

const MOST_KEYS = 50_000

/** @param max failures allowed in one window */
export function createLimiter(max: number, windowSeconds: number): Limiter {
  const windows = new Map<string, { count: number; until: number }>()
  const current = (key: string, now: Date) => {
    const window = windows.get(key)
    return window !== undefined && window.until > now.getTime() ? window : undefined
  }
  return {
    waitSeconds(key, now) {
      const window = current(key, now)
      return window !== undefined && window.count >= max ? Math.ceil((window.until - now.getTime()) / 1000) : 0
    },
    fail(key, now) {
      const window = current(key, now)
      if (window !== undefined) window.count++
      else {
        // Oldest first out: a flood of made-up keys must not fill the memory.
        if (windows.size >= MOST_KEYS) windows.delete(windows.keys().next().value ?? '')
        windows.set(key, { count: 1, until: now.getTime() + windowSeconds * 1000 })
      }
    },
    clear: (key) => void windows.delete(key),
  }
}
