import type { District } from '../contract/src/index.ts'

/** A demo appeal: what was said, when, and how far it got. */
export interface DemoAppeal {
  readonly daysAgo: number
  readonly at: string
  readonly channel: string
  readonly topicId: string
  readonly divisionCode?: string
  readonly title?: string
  readonly content: string
  readonly address?: string
  readonly contact?: { name: string; phone: string }
  readonly urgency?: string
  readonly confidential?: boolean
  readonly course: Course
  readonly answer?: string
  readonly outcome?: string
  readonly grade?: number
  /** Index of the problem it is merged into. */
  readonly mergeInto?: number
}
export type Course =
  | 'new'
  | 'accepted'
  | 'dispatched'
  | 'signed'
  | 'drafted'
  | 'answered'
  | 'closed'
  | 'round2'
  | 'declined'
  | 'atOnce'
  | 'withdrawn'
  | 'overdue'
  | 'deemed'
  | 'paused'
  | 'extended'
  | 'asked'
  | 'refused'
  | 'longTerm'
  | 'merged'
export type DemoDistrict = District & {
  readonly appeals: readonly DemoAppeal[]
  readonly problems: readonly DemoProblem[]
  readonly lists: {
    readonly own: object
    readonly superior: object
    readonly asked: readonly { aspect: string; title: string; content: string; unit: string }[]
  }
}

/** A demo problem: an item of the district's own list, what was promised about it, and which of the superior's items it answers to. */
export interface DemoProblem {
  readonly title: string
  readonly content: string
  readonly daysAgo: number
  readonly aspect: string
  readonly foundBy: string
  readonly symptom: string
  readonly rootCause: string
  readonly measures: string
  readonly answersTo: string
  readonly promise?: { readonly text: string; readonly days: number }
  readonly correction?: {
    readonly after: number
    readonly text: string
    readonly days: number
    readonly reason: string
  }
}

/** What the loader gives to those who plan a course: the API, the units, and the calendar of steps. */
export interface Stage {
  readonly call: (
    account: string,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: object,
  ) => Promise<{
    case: DemoCase
    actions: { name: string; proposal?: { leadUnitId: string; assistingUnitIds: string[] } }[]
  }>
  readonly codes: ReadonlyMap<string, string>
  readonly codesByName: ReadonlyMap<string, string>
  readonly heads: ReadonlyMap<string, { handler: string; head: string }>
  readonly plan: (at: Date, run: () => Promise<void>) => void
  readonly end: Date
  /** Numbers of the problems, in the file's order. */
  readonly numbers: readonly string[]
}
export interface Related {
  readonly id: string
  readonly type: string
  readonly stage: string
  readonly unit: string | null
}
export interface DemoCase {
  readonly outcome: string | null
  readonly number: string
  readonly id: string
  readonly version: number
  readonly stage: string
}
