import type { CaseId } from '@banjie/contract'
import { type Address, type CaseState, findCase } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { countFrom, hasMeToo, insertMeToo, listCounts } from './me-too.sql.ts'
import { subscribe } from './subscribe.ts'

/** Somebody says: me too. */
export interface JoiningIn {
  readonly caseId: CaseId
  /** A hash of the device (`deviceOf`). */
  readonly device: string
  /** A hash of the network address (`addressHash`). */
  readonly address: string
  /** Where to tell what becomes of it. */
  readonly contact?: Address | undefined
}
/** `once`: this device has been counted before. `address`: too many devices from one address today. */
export interface Joined {
  readonly caseId: CaseId
  readonly number: string
  readonly count: number
  readonly counted: boolean
  readonly because: 'new' | 'once' | 'address'
}

/** Devices that one network address may add to a case in a day: a family or an office, not a script. */
export const MOST_PER_ADDRESS = 20
const DAY_MS = 86_400_000

/**
 * Me too (同感): counts a device once on an open appeal or problem that is not confidential. With a contact it also subscribes.
 * @throws Fault 'case.not_found' | 'meToo.closed' | 'subscription.too_many'
 */
export async function joinIn(tx: Tx, input: JoiningIn, by: Actor): Promise<Joined> {
  const kase = await joinable(tx, input.caseId)
  const because = await voice(tx, kase, input, by.at)
  const { contact } = input
  if (contact?.email !== undefined) await subscribe(tx, follow(kase, { email: contact.email }), by)
  if (contact?.phone !== undefined) await subscribe(tx, follow(kase, { phone: contact.phone }), by)
  const count = (await countMeToo(tx, [kase.id])).get(kase.id) ?? 0
  return { caseId: kase.id, number: kase.number, count, counted: because === 'new', because }
}

/** What is said in confidence is not there for others. */
async function joinable(tx: Tx, id: string): Promise<CaseState> {
  const kase = await findCase(tx, id)
  if (kase === undefined || kase.confidential || !['appeal', 'problem'].includes(kase.type))
    throw new Fault('case.not_found')
  if (kase.closedAt !== null) throw new Fault('meToo.closed')
  return kase
}

async function voice(
  tx: Tx,
  { id: caseId }: CaseState,
  { device, address }: JoiningIn,
  at: Date,
): Promise<Joined['because']> {
  if (await hasMeToo(tx, caseId, device)) return 'once'
  if ((await countFrom(tx, caseId, address, new Date(at.getTime() - DAY_MS))) >= MOST_PER_ADDRESS) return 'address'
  return (await insertMeToo(tx, { caseId, device, address, at })) ? 'new' : 'once'
}

const follow = ({ id: caseId }: CaseState, address: Address) => ({ caseId, address, own: false })

/** Times (人次) by case; a problem has the sum of what was merged into it. */
export const countMeToo = async (tx: Tx, cases: readonly CaseId[]): Promise<ReadonlyMap<CaseId, number>> =>
  new Map((await listCounts(tx, cases)).map(({ caseId, count }) => [caseId, count]))
