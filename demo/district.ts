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
/** A demo liaison target (包保对象): who is bound to it, by account, and when they went there. */
export interface DemoAsk {
  readonly daysAgo: number
  /** The account that asks. */
  readonly by: string
  readonly title: string
  readonly kind: string
  /** Codes of the units. */
  readonly units: readonly string[]
  readonly fields: number
  /** Days after it was asked. */
  readonly due: number
  readonly readReceipt?: boolean
  /** Given where it is above the cap; then it waits. */
  readonly reason?: string
}
/** Contacts that are planned and shared, do-not-disturb, and what the grass roots are asked. */
export interface DemoContacts {
  readonly plans: readonly {
    readonly plannedAgo: number
    /** Days after the demo's end, or before it. */
    readonly in: number
    readonly target: string
    readonly by: string
    readonly kind: string
    readonly purpose: string
    readonly statutory?: boolean
    readonly basis?: string
    readonly joinedBy?: readonly {
      readonly by: string
      readonly kind: string
      readonly purpose: string
      readonly statutory?: boolean
      readonly basis?: string
    }[]
  }[]
  readonly quiets: readonly {
    readonly daysAgo: number
    readonly days: number
    readonly target: string
    readonly by: string
    readonly words: string
  }[]
  readonly asks: readonly DemoAsk[]
}
export interface DemoLiaison {
  readonly kind: string
  readonly name: string
  readonly divisionCode?: string
  /** Absent: nobody answers for it. */
  readonly liaison?: string
  readonly pipeline?: string
  /** The enterprise says it is on the normal track; nobody has approved it yet. */
  readonly normalTrack?: { readonly daysAgo: number; readonly confirmedBy: string; readonly words: string }
  /** Why a period was missed, in the words of who is bound to it. */
  readonly excuse?: { readonly daysAgo: number; readonly text: string }
  readonly visits: readonly {
    readonly daysAgo: number
    readonly kind: string
    readonly note?: string
    readonly purpose?: string
    readonly quote?: string
    readonly mayQuote?: boolean
    readonly policies?: string
    readonly facts?: string
    readonly wishes?: string
    readonly services?: string
    readonly tags?: readonly string[]
    readonly problems?: readonly { readonly content: string; readonly aspect?: string }[]
    /** The unit that answers what was raised first. */
    readonly handledBy?: string
    /** It is about what was raised before. */
    readonly follows?: boolean
    /** Who went along, by account. */
    readonly with?: readonly string[]
  }[]
}
/** A demo campaign: begun so many days ago, for so many days, over all targets of these kinds. */
export interface DemoCampaign {
  readonly title: string
  readonly tag: string
  readonly banner: string
  readonly superior: string
  readonly unitId: string
  /** Who answers for it, by account. */
  readonly owner: string
  readonly checkUnitId: string
  readonly daysAgo: number
  readonly days: number
  readonly kinds: readonly string[]
  readonly results: readonly { readonly daysAgo: number; readonly text: string }[]
}
/** An opinion of a demo drive; `day` counts from the drive's first. */
export interface DemoOpinion {
  readonly day: number
  readonly channel: string
  readonly content: string
  readonly course: 'atOnce' | 'merge' | 'withdrawn'
  readonly mergeInto?: number
  readonly answer?: string
  readonly link?: string
  readonly forum?: boolean
}
/** A demo drive (集中征集) with its questionnaires and its session at the window. */
export interface DemoDrive {
  readonly title: string
  readonly daysAgo: number
  readonly days: number
  readonly unitId: string
  readonly audience: string
  readonly topics: readonly string[]
  readonly channels: readonly string[]
  readonly forum: {
    readonly title: string
    readonly day: number
    readonly place: string
    readonly unitIds: readonly string[]
    readonly audience: string
    readonly presidedBy: string
  }
  readonly issues: readonly {
    readonly day: number
    readonly quantity: number
    readonly recipients: string
    readonly unitId: string
  }[]
  readonly sheets: readonly {
    readonly number: string
    readonly day: number
    readonly voidReason?: string
    readonly opinions?: readonly string[]
  }[]
  readonly opinions: readonly DemoOpinion[]
  readonly notes: Readonly<Record<string, string>>
  readonly claims: readonly { readonly line: string; readonly value: number; readonly source: string }[]
}
/** A text that is published some days before the demo's end, or waits for review. */
interface DemoText {
  readonly text: string
  readonly source: string
  readonly daysAgo: number
  readonly validDays: number
  readonly reason?: string
  readonly waits?: boolean
}
export interface DemoDisclosure {
  readonly unitId: string
  readonly name?: string
  readonly trade: string
  readonly texts: readonly (DemoText & { readonly part: string })[]
}
export interface DemoNotice extends DemoText {
  readonly unitId: string
  readonly kind: string
  readonly title: string
  readonly audiences: readonly string[]
}
/** An item for the media with its visits on each of the days since, and what was filed through its link. */
export interface DemoMediaItem {
  readonly kind: string
  readonly daysAgo: number
  readonly visits: readonly number[]
  readonly filed: readonly string[]
}
interface DemoAnswering {
  readonly unitId: string
  readonly duty: string
  readonly checkUnitId: string
  readonly cadence: string
}
/** A check-in some days before the demo's end; objects by name, tasks and milestones by their place. */
interface DemoCheckIn {
  readonly daysAgo: number
  readonly object?: string
  readonly task?: number
  readonly milestone?: number
  readonly quantity?: number
  readonly measured?: number
  readonly words?: readonly string[]
  readonly done?: boolean
  readonly evidence: string
  readonly issues?: string
}
interface DemoTask extends DemoAnswering {
  readonly title: string
  readonly days: number
  readonly due: number
  readonly after?: readonly number[]
  readonly redLine?: boolean
  readonly quantity?: number
  readonly unit?: string
  readonly milestones?: readonly (readonly [title: string, due: number])[]
  readonly budget?: { readonly fen: number; readonly source: string }
  /** Days ago on which the one who answers for it opened the order; absent, not yet. */
  readonly opened?: number
  readonly spendings?: readonly { readonly daysAgo: number; readonly fen: number; readonly document: string }[]
  /** The problem of the district's own list that holds it up. */
  readonly problem?: { readonly daysAgo: number; readonly title: string; readonly note: string }
  /** A change of its working days that waits for approval. */
  readonly change?: { readonly daysAgo: number; readonly days: number; readonly reason: string }
}
/** `from`: days before the end on which it begins; `due`: days after the end, negative where it is past. */
export interface DemoTarget extends DemoAnswering {
  readonly title: string
  readonly definition: object
  readonly from: number
  readonly due: number
  readonly objects?: readonly { readonly name: string; readonly unitId?: string }[]
  readonly tasks?: readonly DemoTask[]
  readonly checkIns: readonly DemoCheckIn[]
  /** A change of the number that waits for approval. */
  readonly change?: { readonly daysAgo: number; readonly value: number; readonly reason: string }
}
export interface DemoPlan {
  readonly title: string
  readonly banner: string
  readonly daysAgo: number
  readonly fields: readonly { readonly name: string; readonly targets: readonly DemoTarget[] }[]
}
export type DemoDistrict = District & {
  readonly plan?: DemoPlan
  readonly drives?: readonly DemoDrive[]
  readonly disclosures?: readonly DemoDisclosure[]
  readonly publicNotices?: readonly DemoNotice[]
  readonly mediaItems?: readonly DemoMediaItem[]
  readonly appeals: readonly DemoAppeal[]
  readonly problems: readonly DemoProblem[]
  readonly liaisons?: readonly DemoLiaison[]
  readonly contacts?: DemoContacts
  readonly campaigns?: readonly DemoCampaign[]
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

/** What is read of the answers by those who take a case its course. */
export interface Acted {
  readonly case: DemoCase
  readonly actions: readonly {
    readonly name: string
    readonly proposal?: { readonly leadUnitId: string; readonly assistingUnitIds: readonly string[] }
  }[]
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
