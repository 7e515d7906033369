import { CLASS, CLOCK, HANDLING_MODE, LIMIT_UNIT, NOTICE_KIND, REQUEST_KIND, URGENCY } from '@banjie/contract'
import type { Answer, Request } from '../../shared/api.ts'

export type RuleSet = Answer<'ruleSets'>['items'][number]
/** What a rule set says, as the route takes it. */
export type Rules = Request<'newRuleSet'>['body']['rules']
export type Clock = keyof typeof CLOCK
export interface Limit {
  readonly amount: number
  readonly unit: keyof typeof LIMIT_UNIT
}
export type Limits = Readonly<Partial<Record<Clock, Readonly<Record<string, Limit>>>>>

/** The words of the keys that a limit is given for; a case takes the first that fits, from the mode down to any. */
export const LIMIT_KEY: Readonly<Record<string, string>> = {
  any: '一般',
  ...CLASS,
  urgent: URGENCY.urgent,
  critical: URGENCY.critical,
  ...HANDLING_MODE,
  problem: '突出问题',
  ...REQUEST_KIND,
  ...NOTICE_KIND,
}
export const clockText = (clock: string) => CLOCK[clock as Clock] ?? clock
export const limitWords = ({ amount, unit }: Limit) =>
  `${amount} ${unit === 'workingDay' ? '个工作日' : unit === 'workingHour' ? '个工作小时' : LIMIT_UNIT[unit]}`

/** The parts that a new version may carry over; a part that it leaves out would fall back to the default, not to the version before. */
const PARTS = {
  limits: true,
  callBackTries: true,
  callBackGapHours: true,
  citizenReopens: true,
  margins: true,
  refusal: true,
  suspension: true,
  extension: true,
  longTerm: true,
  ending: true,
  leadChange: true,
  ladder: true,
  ladderRepeats: true,
  openCommentDays: true,
  progress: true,
  recurrence: true,
  cannot: true,
  checklist: true,
} as const satisfies Record<keyof Rules, true>

export const rulesOf = ({ rules }: RuleSet): Rules =>
  Object.fromEntries(Object.keys(PARTS).flatMap((part) => (part in rules ? [[part, rules[part]]] : [])))

/** The version in force on a day: the last that is valid by then. */
export const inForce = (sets: readonly RuleSet[], day: string): RuleSet | undefined =>
  sets
    .filter(({ validFrom }) => validFrom <= day)
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .at(-1) ?? sets[0]

/** A limit that the new version sets anew. */
export interface Change {
  readonly clock: Clock
  readonly key: string
  readonly limit: Limit
}

/** The rules of the version before with the changed limits laid over them. */
export function withChanges(rules: Rules, changes: readonly Change[]): Rules {
  const limits: Record<string, Record<string, Limit>> = { ...(rules.limits as Record<string, Record<string, Limit>>) }
  for (const { clock, key, limit } of changes) limits[clock] = { ...limits[clock], [key]: limit }
  return { ...rules, limits }
}
