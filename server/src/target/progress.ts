import type { CheckCadence, Progress, ProgressLight } from '@banjie/contract'
import { type Calendar, countWorkdays } from '#calendar'
import { type ProgressRule, STANDARD_PROGRESS } from '#case'

/** Days of work, both counted. */
export interface Span {
  readonly from: string
  readonly to: string
}
const DAY_MS = 86_400_000
const shift = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
const earlier = (a: string, b: string) => (a < b ? a : b)

/**
 * The share that should be done (计划进度) when a day begins: working days gone by, of all the working days that the spans take.
 * @returns 0 … 1; null where there is nothing to count
 */
function plannedShare(calendar: Calendar, spans: readonly Span[], today: string): number | null {
  const sum = (counted: (span: Span) => number) => spans.reduce((all, span) => all + counted(span), 0)
  const total = sum(({ from, to }) => countWorkdays(calendar, from, to))
  if (total === 0) return null
  return sum(({ from, to }) => countWorkdays(calendar, from, earlier(to, shift(today, -1)))) / total
}

const SUNDAY = 7
const weekdayOf = (day: string) => new Date(Date.parse(day)).getUTCDay() || SUNDAY
const endOfMonth = (day: string, more: number) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) + more, 0)).toISOString().slice(0, 10)
/** The end of the period a day lies in, or of one that many periods later. */
const PERIOD_END: Readonly<Record<CheckCadence, (day: string, later: number) => string>> = {
  weekly: (day, later) => shift(day, SUNDAY - weekdayOf(day) + SUNDAY * later),
  monthly: (day, later) => endOfMonth(day, later),
}
/** The day by which the next check-in is owed (下次点检): every period has one, counted from the start or from the last one. */
const nextCheckIn = (cadence: CheckCadence, startOn: string, lastOn: string | null): string =>
  lastOn === null || lastOn < startOn ? PERIOD_END[cadence](startOn, 0) : PERIOD_END[cadence](lastOn, 1)

export interface Standing {
  readonly reached: number
  readonly total: number
  readonly unit: string
  readonly share: number
  /** Of a target with tasks: the share of their work that is done. A quantity may come only when the last task ends. */
  readonly worked?: number | null
  /** False: still drafted, so nothing is late. */
  readonly runs: boolean
  readonly startOn: string | null
  readonly dueOn: string | null
  /** What the line is drawn over: the target's own days, or those of its tasks as they are scheduled back from the end. */
  readonly spans: readonly Span[]
  readonly cadence: CheckCadence | null
  readonly lastOn: string | null
  /** When the light turns; the default profile where nothing is said. */
  readonly rule?: ProgressRule | undefined
  /** A task's last day to begin. */
  readonly latestStart?: string | null | undefined
}

const points = (share: number) => Math.round(share * 100)
const percent = (share: number) => `${points(share)}%`

/** How far something is and what light that gives (进度与灯). */
export function progressOf(calendar: Calendar, standing: Standing, today: string): Progress {
  const { reached, total, unit, share, worked = null, runs, startOn, dueOn, cadence, lastOn } = standing
  const planned = dueOn === null ? null : plannedShare(calendar, standing.spans, today)
  const nextCheckInBy =
    runs && cadence !== null && startOn !== null && share < 1 ? nextCheckIn(cadence, startOn, lastOn) : null
  const told = { reached, total, unit, text: `${reached}/${total}${unit}`, share, worked, planned, nextCheckInBy }
  if (!runs) return { ...told, light: null, reason: '编制中，公布之后才计进度' }
  const [light, reason] = lightOf(calendar, { ...standing, planned, nextCheckInBy }, today)
  return { ...told, light, reason }
}

type Lit = Standing & Pick<Progress, 'planned' | 'nextCheckInBy'>
function lightOf(calendar: Calendar, at: Lit, today: string): [ProgressLight, string] {
  if (at.share >= 1) return ['done', `已完成 ${at.reached}${at.unit}`]
  const left = `还差 ${percent(1 - at.share)}`
  if (at.dueOn !== null && today > at.dueOn)
    return [
      'red',
      `应于 ${at.dueOn} 完成，已超期 ${countWorkdays(calendar, shift(at.dueOn, 1), today)} 个工作日，${left}`,
    ]
  const actual = at.worked ?? at.share
  const line = `按计划今天应完成 ${percent(at.planned ?? 0)}，${at.worked == null ? '实际' : '任务'} ${percent(actual)}`
  // Of the figures as they are told: 82 and 67 are 15 apart, whatever was rounded.
  const behind = points(at.planned ?? 0) - points(actual)
  const { redPoints, yellowPoints } = at.rule ?? STANDARD_PROGRESS
  if (behind >= redPoints) return ['red', `${line}，落后 ${behind} 个百分点`]
  if (at.latestStart != null && today > at.latestStart && at.lastOn === null)
    return ['red', `最迟应于 ${at.latestStart} 开工，还没有点检`]
  if (behind >= yellowPoints) return ['yellow', `${line}，落后 ${behind} 个百分点`]
  if (at.nextCheckInBy !== null && today > at.nextCheckInBy)
    return ['yellow', `应于 ${at.nextCheckInBy} 前点检，还没有报`]
  return ['green', at.startOn !== null && today < at.startOn ? `${at.startOn} 开始` : line]
}
