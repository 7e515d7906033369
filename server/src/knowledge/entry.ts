import type { UnitId } from '@banjie/contract'

/** What an entry says (条目内容): its words, whose they are, where they come from and until when they hold. */
export interface EntryText {
  readonly kind: 'policy' | 'question' | 'answer'
  readonly title: string
  readonly phrasings: readonly string[]
  readonly text: string
  readonly category: string | null
  readonly ownerUnitId: UnitId | null
  readonly source: string | null
  readonly sourceUrl: string | null
  readonly validFrom: string | null
  readonly expiresOn: string | null
  readonly public: boolean
}
/** Words that wait for somebody who did not write them. */
export interface WaitingText extends EntryText {
  readonly author: string
  readonly authorId: string | null
  readonly at: string
}
/** An entry (知识条目) as it is kept: what is offered, and what waits to take its place. */
export interface Entry extends EntryText {
  readonly id: string
  readonly state: 'draft' | 'approved' | 'retired'
  readonly version: number
  readonly approver: string | null
  readonly waiting: WaitingText | null
  readonly fromCase: string | null
  readonly owner: string | null
  readonly used: number
  readonly useful: number
  readonly useless: number
}

/** Days before its last day on which an entry is put on its owner's desk. */
export const REVIEW_DAYS = 30
const DAY = 86_400_000
/** The day so many days later. */
export const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

type Dated = Pick<Entry, 'state' | 'validFrom' | 'expiresOn'>
export const isExpired = ({ expiresOn }: Pick<Entry, 'expiresOn'>, today: string) =>
  expiresOn !== null && expiresOn < today
/** Whether an entry may be used for an answer today: approved, begun, not past its last day. */
export const isOffered = (entry: Dated, today: string) =>
  entry.state === 'approved' && !isExpired(entry, today) && (entry.validFrom === null || entry.validFrom <= today)

/** The words alone, as they are kept in the history. */
export const textOf = (entry: EntryText): EntryText => ({
  ...{ kind: entry.kind, title: entry.title, phrasings: entry.phrasings, text: entry.text, category: entry.category },
  ...{ ownerUnitId: entry.ownerUnitId, source: entry.source, sourceUrl: entry.sourceUrl },
  ...{ validFrom: entry.validFrom, expiresOn: entry.expiresOn, public: entry.public },
})
