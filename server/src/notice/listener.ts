import type { CaseId, SubscriptionEvent } from '@banjie/contract'
import { type Addressee, type Happening, type Listener, listAddressees, listCountsAt } from '#case'
import { newId } from '#kernel/id'
import { insertOutbox } from '#kernel/outbox'
import type { Tx } from '#kernel/store'
import { insertSubscriptions, listFollowing, type SubscriptionRow } from './subscription.sql.ts'
import { telling } from './telling.ts'

/** Which ways out are set up: who left a number is told by default only where somebody sends. */
export interface Ways {
  readonly mail: boolean
  readonly sms: boolean
}

/** What the asker is told without asking for it: that it has arrived, what the answer is, and if that was wrong. */
const BY_DEFAULT: readonly SubscriptionEvent[] = ['received', 'answered', 'corrected']
/** What happens on a problem and concerns everybody whose voice was merged into it; each has an answer of its own. */
const SHARED: ReadonlySet<SubscriptionEvent> = new Set(['dispatched', 'dateMoved', 'struckOff'])
const DATE_MOVED: ReadonlySet<string> = new Set(['suspend', 'resume', 'extend', 'reproject'])
const HOUR_MS = 3_600_000
const MOST_RECEIPTS_PER_HOUR = 5

/** Listens to the heart (进展通知): whatever happens to a followed case becomes outbox rows in the same transaction. */
export const noticeListener =
  (ways: Ways): Listener =>
  async (tx, happenings) => {
    const opened = happenings.filter(({ before }) => before === undefined)
    if (opened.length > 0) await welcome(tx, opened, ways)
    await tellFollowers(
      tx,
      happenings.flatMap((happening) => {
        const what = whatHappened(happening)
        return what === undefined ? [] : [{ ...happening, what }]
      }),
    )
  }

/** What the public reads is corrected only once a second person has published it. */
const CORRECTIONS: ReadonlySet<string> = new Set(['correctAnswer', 'publishCorrection'])

/** The one thing to tell of an event; read from the case before and after it, so that every way of answering is an answer. */
function whatHappened({ event, before, kase }: Happening): SubscriptionEvent | undefined {
  if (before === undefined) return undefined
  if (CORRECTIONS.has(event.action)) return kase.answer === before.answer ? undefined : 'corrected'
  if (kase.round > before.round) return 'reopened'
  if (kase.answeredAt !== null && before.answeredAt === null) return 'answered'
  if (kase.type === 'problem' && kase.closedAt !== null && before.closedAt === null) return 'struckOff'
  if (DATE_MOVED.has(event.action)) return 'dateMoved'
  if (kase.leadUnitId !== null && kase.leadUnitId !== before.leadUnitId) return 'dispatched'
  if (kase.acceptedAt !== null && before.acceptedAt === null) return 'accepted'
  return undefined
}

async function tellFollowers(
  tx: Tx,
  told: readonly (Happening & { readonly what: SubscriptionEvent })[],
): Promise<void> {
  if (told.length === 0) return
  const idsOf = (some: typeof told) => some.map(({ kase }) => kase.id)
  const following = await listFollowing(tx, idsOf(told), idsOf(told.filter(isOfProblem)))
  const messages = told.flatMap((one) =>
    following
      .filter((row) => row.events.includes(one.what) && concerns(one, row))
      .map((row) => telling(row, { what: one.what, key: `${one.event.id}:${row.id}`, at: one.event.at })),
  )
  await insertOutbox(tx, messages, told[0]?.event.at ?? new Date(0))
}

const isOfProblem = ({ kase }: Happening) => kase.type === 'problem'
const concerns = (
  { kase, what }: { readonly kase: { readonly id: CaseId }; readonly what: SubscriptionEvent },
  row: Pick<SubscriptionRow, 'caseId'> & { readonly problemId: CaseId | null },
) => row.caseId === kase.id || (row.problemId === kase.id && SHARED.has(what))

/** What people bring and are owed an answer to; what is opened for it has nobody to tell. */
const BROUGHT: ReadonlySet<string> = new Set(['appeal', 'proposal'])

/**
 * Subscribes those who left an address when they filed, and sends the receipt. A batch from elsewhere has had its receipt there. Cost: four
 * statements, however many were opened.
 */
async function welcome(tx: Tx, opened: readonly Happening[], ways: Ways): Promise<void> {
  const filed = opened.filter(
    ({ kase }) => BROUGHT.has(kase.type) && kase.partyId !== null && kase.batchId === null && kase.parentId === null,
  )
  if (filed.length === 0 || !(ways.mail || ways.sms || filed.some(({ kase }) => kase.channel === 'mail'))) return
  const addressees = await listAddressees(
    tx,
    filed.flatMap(({ kase }) => kase.partyId ?? []),
  )
  const partyOf = new Map<string, Addressee>(addressees.map((party) => [party.id, party]))
  const welcomed = filed.flatMap(({ kase, event }) => {
    const party = partyOf.get(kase.partyId ?? '')
    const via = party && wayTo(party, ways, kase.channel)
    if (party === undefined || via === undefined) return []
    const row = {
      ...{ id: newId<string>(), caseId: kase.id, partyId: party.id as SubscriptionRow['partyId'], via, own: true },
      ...{ events: BY_DEFAULT, createdAt: event.at, confirmedAt: event.at },
    }
    return [{ row, event }]
  })
  const now = welcomed[0]?.event.at
  if (now === undefined) return
  await insertSubscriptions(
    tx,
    welcomed.map(({ row }) => row),
  )
  const hour = await listCountsAt(
    tx,
    welcomed.map(({ row }) => row.partyId),
    new Date(now.getTime() - HOUR_MS),
  )
  // Two robots that answer each other must come to an end.
  const told = welcomed.filter(({ row }) => (hour.get(row.partyId) ?? 0) <= MOST_RECEIPTS_PER_HOUR)
  await insertOutbox(
    tx,
    told.map(({ row, event }) => telling(row, { what: 'received', key: `${event.id}:${row.id}`, at: event.at })),
    now,
  )
}

const wayTo = ({ email, phone }: Addressee, ways: Ways, channel: string): 'mail' | 'sms' | undefined => {
  if (email !== null && (ways.mail || channel === 'mail')) return 'mail'
  return phone !== null && ways.sms ? 'sms' : undefined
}
