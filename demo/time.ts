export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** Moves an instant outside office hours to the next morning; weekends go to Monday. */
export function officeTime(at: Date): Date {
  const local = new Date(at.getTime() + 8 * HOUR)
  const hour = local.getUTCHours()
  if (hour >= 17) local.setUTCHours(33, local.getUTCMinutes() % 50)
  else if (hour < 9) local.setUTCHours(9, local.getUTCMinutes() % 50)
  while (local.getUTCDay() % 6 === 0) local.setUTCDate(local.getUTCDate() + 1)
  return new Date(local.getTime() - 8 * HOUR)
}

/** The local day so many days after an instant. */
export const dayAfter = (at: Date, days: number) =>
  new Date(at.getTime() + days * DAY + 8 * HOUR).toISOString().slice(0, 10)
