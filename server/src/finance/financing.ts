import {
  FINANCING_STATE,
  type Financing,
  type FinancingBy,
  type FinancingId,
  type FinancingState,
  type MoveFinancing,
  moneyText,
  type NewFinancing,
} from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import {
  countFinancings,
  type FinancingFilter,
  type FinancingRow,
  insertEvent,
  insertFinancing,
  listFinancings,
  lockFinancing,
  setFinancing,
  sumFinancings,
} from './financing.sql.ts'
import { hasMeeting } from './firm.sql.ts'
import { getFirm, refuseFuture } from './firm.ts'
import { keeps, refuseUnlessReader } from './keeper.ts'
import { getProduct } from './product.ts'

type Move = MoveFinancing['to']
/** Which states follow which (融资环节). */
const NEXT: Readonly<Record<FinancingState, readonly Move[]>> = {
  intent: ['approval', 'failed'],
  approval: ['lent', 'failed'],
  lent: ['repaid'],
  repaid: [],
  failed: [],
}

const viewOf = (row: FinancingRow, by: Actor): Financing => ({
  ...row,
  events: [...row.events],
  late: row.expected !== null && ['intent', 'approval'].includes(row.state) && row.expected.to < dayOf(by.at),
  next: keeps(by) ? [...NEXT[row.state]] : [],
})

/** Financings (融资台账). @throws Fault 'forbidden' */
export async function financingsOf(tx: Tx, filter: FinancingFilter, by: Actor) {
  refuseUnlessReader(by)
  const items = (await listFinancings(tx, filter)).map((row) => viewOf(row, by))
  return { items, total: await countFinancings(tx, filter), mayKeep: keeps(by) }
}

/** How many, of how many enterprises, how much (融资统计). @throws Fault 'forbidden' */
export async function figuresOf(tx: Tx, grouping: FinancingBy, filter: FinancingFilter, by: Actor) {
  refuseUnlessReader(by)
  const items = await sumFinancings(tx, grouping, filter)
  if (grouping !== 'state') return { by: grouping, items }
  const labelled = items.map((one) => ({ ...one, label: FINANCING_STATE[one.key as FinancingState] }))
  return { by: grouping, items: labelled }
}

/**
 * Records an intent (登记意向).
 * @throws Fault 'forbidden' | 'finance.future' | 'finance.enterprise_unknown' | 'finance.product_unknown' | 'finance.meeting_unknown'
 */
export async function intend(tx: Tx, given: NewFinancing, by: Actor): Promise<Financing> {
  refuseUnless(keeps(by))
  refuseFuture(given.on, dayOf(by.at))
  const firm = await getFirm(tx, given.enterpriseId)
  const product = await getProduct(tx, given.product)
  if (given.meetingId !== undefined && !(await hasMeeting(tx, given.meetingId)))
    throw new Fault('finance.meeting_unknown')
  const id = newId<FinancingId>()
  await insertFinancing(tx, id, given)
  const note = given.note === undefined ? undefined : maskPersonal(given.note)
  await insertEvent(tx, id, { state: 'intent', on: given.on, fen: given.intendedFen, note }, by)
  await audit(tx, by, {
    ...{ action: 'newFinancing', objectKind: 'financing', objectId: id },
    note: `${firm.name} ${product.label} ${moneyText(given.intendedFen)}`,
  })
  return getFinancing(tx, id, by)
}

/**
 * Takes a financing to its next state. What is approved is never more than was intended, what is lent never more than was approved.
 * @throws Fault 'forbidden' | 'finance.not_found' | 'finance.move_not_allowed' | 'finance.future' | 'finance.before_last' | 'finance.amount_needed' |
 * 'finance.amount_not_asked' | 'finance.reason_needed' | 'finance.above_intent' | 'finance.above_approval'
 */
export async function moveFinancing(tx: Tx, id: FinancingId, given: MoveFinancing, by: Actor): Promise<Financing> {
  refuseUnless(keeps(by))
  await lockFinancing(tx, id)
  const row = await getFinancing(tx, id, by)
  refuseStep(row, given, dayOf(by.at))
  const { to, on, fen, expected } = given
  const note = given.note === undefined ? undefined : maskPersonal(given.note)
  await setFinancing(tx, id, { state: to, on, fen, expected })
  await insertEvent(tx, id, { state: to, on, fen, note }, by)
  await audit(tx, by, {
    ...{ action: 'moveFinancing', objectKind: 'financing', objectId: id },
    note: [row.enterprise.name, FINANCING_STATE[to], fen && moneyText(fen), note].filter(Boolean).join(' '),
  })
  return getFinancing(tx, id, by)
}

function refuseStep(row: Financing, { to, on, fen, note }: MoveFinancing, today: string): void {
  const word = FINANCING_STATE[to]
  if (!NEXT[row.state].includes(to))
    throw new Fault('finance.move_not_allowed', { state: FINANCING_STATE[row.state], to: word })
  refuseFuture(on, today)
  const last = row.events.at(-1)?.on ?? on
  if (on < last) throw new Fault('finance.before_last', { day: on, last })
  if (to === 'failed' && note === undefined) throw new Fault('finance.reason_needed')
  // An amount may still be open when the approval begins; what was lent is always known.
  if (to === 'lent' && fen === undefined) throw new Fault('finance.amount_needed', { what: word })
  if (fen === undefined) return
  if (to === 'repaid' || to === 'failed') throw new Fault('finance.amount_not_asked', { to: word })
  if (fen > row.intendedFen) {
    const amounts = { fen: moneyText(fen), intent: moneyText(row.intendedFen) }
    throw new Fault('finance.above_intent', { what: word, ...amounts })
  }
  if (to === 'lent' && row.approvedFen !== null && fen > row.approvedFen)
    throw new Fault('finance.above_approval', { fen: moneyText(fen), approved: moneyText(row.approvedFen) })
}

async function getFinancing(tx: Tx, id: FinancingId, by: Actor): Promise<Financing> {
  const [row] = await listFinancings(tx, { id })
  if (row === undefined) throw new Fault('finance.not_found')
  return viewOf(row, by)
}
