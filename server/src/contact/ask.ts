import type { Ask, AskId, AskState, NewAsk, Queue } from '@banjie/contract'
import { ASK_KIND, ASK_STATE } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, lockUnits } from '#org'
import { type AskRow, decideAsk, insertAsk, listAsks, lockAsk, markRead, withdrawAskOf } from './ask.sql.ts'
import { askPreviewOf } from './burden.ts'
import { mayAgree, mayOversee, refuseUnlessPlanner, unitsOf } from './planner.ts'

function askView({ byPerson, decidedBy, decidedAt, note, ...row }: AskRow, by: Actor): Ask {
  const own = unitsOf(by)
  const isAsker = byPerson === by.personId
  const unread = row.units.some(({ id, readAt }) => readAt === null && own.includes(id))
  return {
    ...row,
    at: row.at.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    units: row.units.map(({ readAt, ...unit }) => ({
      ...unit,
      readAt: readAt === null ? null : new Date(readAt).toISOString(),
    })),
    decision: decidedBy === null || decidedAt === null ? null : { by: decidedBy, at: decidedAt.toISOString(), note },
    may: {
      decide: row.state === 'waiting' && mayAgree(by) && !isAsker,
      withdraw: isLive(row.state) && (isAsker || mayOversee(by)),
      read: row.state === 'sent' && row.readReceipt && unread,
    },
  }
}
const isLive = (state: AskState) => state === 'waiting' || state === 'sent'

/** Asks (基层要求): everybody's for who agrees to them, else those of or to the caller's units. */
export async function asksOf(tx: Tx, state: AskState | undefined, by: Actor): Promise<Ask[]> {
  const seesAll = mayOversee(by) || by.roles.has('auditor')
  const rows = await listAsks(tx, { state, ...(!seesAll && { near: unitsOf(by) }) })
  return rows.map((row) => askView(row, by))
}

/** @throws Fault 'ask.not_found' */
async function getAsk(tx: Tx, id: AskId): Promise<AskRow> {
  const [ask] = await listAsks(tx, { id })
  if (ask === undefined) throw new Fault('ask.not_found')
  return ask
}
async function lockedAsk(tx: Tx, id: AskId): Promise<AskRow> {
  await lockAsk(tx, id)
  return getAsk(tx, id)
}

/**
 * Asks something of grass-roots units (向基层提要求). Within the cap it is sent at once; above it waits until a leader agrees. The units are
 * locked: two who ask at once see each other's.
 * @throws Fault 'forbidden' | 'ask.no_unit' | 'ask.due_past' | 'ask.study_no_receipt' | 'ask.receipt_only_order' | 'ask.above_cap' | what
 *   `askPreviewOf` throws
 */
export async function putAsk(tx: Tx, input: NewAsk, by: Actor): Promise<Ask> {
  refuseUnlessPlanner(by)
  if (by.unitId === null) throw new Fault('ask.no_unit')
  if (input.dueOn < dayOf(by.at)) throw new Fault('ask.due_past', { day: input.dueOn })
  refuseWrongReceipt(input)
  const unitIds = [...new Set(input.unitIds)]
  await lockUnits(tx, unitIds)
  const { needsAgreement, items, limit } = await askPreviewOf(tx, { unitIds, fields: input.fields }, by)
  if (needsAgreement && input.reason === undefined) {
    const units = items.filter(({ after }) => after.over).map(({ unit }) => unit.name)
    const { asksPerWeek: asks, fieldsPerWeek: fields } = limit
    throw new Fault('ask.above_cap', { units: units.join('、'), asks, fields })
  }
  const id = newId<AskId>()
  const mask = (words: string | undefined) => (words === undefined ? undefined : maskPersonal(words))
  const texts = { title: maskPersonal(input.title), detail: mask(input.detail), reason: mask(input.reason) }
  const state = needsAgreement ? 'waiting' : 'sent'
  await insertAsk(tx, id, { ...input, ...texts, unitIds, unitId: by.unitId, state }, by)
  const note = `${texts.title}（${ASK_KIND[input.kind]}）：${items.map(({ unit }) => unit.name).join('、')}`
  await tell(tx, by, needsAgreement ? 'newAskWaiting' : 'newAsk', id, note)
  return askView(await getAsk(tx, id), by)
}

/** Reading is asked for only where a duty is given (已读回执只限工作交办), and never of those who study. */
function refuseWrongReceipt({ readReceipt, kind }: NewAsk): void {
  if (!readReceipt || kind === 'order') return
  if (kind === 'study') throw new Fault('ask.study_no_receipt')
  throw new Fault('ask.receipt_only_order', { kind: ASK_KIND[kind] })
}

const tell = (tx: Tx, by: Actor, action: string, id: AskId, note: string) =>
  audit(tx, by, { action, objectKind: 'ask', objectId: id, note })

interface Decision {
  readonly state: 'sent' | 'declined'
  readonly note: string | undefined
}
/**
 * A leader agrees to an ask above the cap, and it is sent, or does not (同意、不同意).
 * @throws Fault 'forbidden' | 'ask.not_found' | 'ask.not_waiting' | 'ask.own'
 */
export async function decide(tx: Tx, id: AskId, { state, note }: Decision, by: Actor): Promise<Ask> {
  if (!mayAgree(by)) throw new Fault('forbidden')
  const ask = await lockedAsk(tx, id)
  if (ask.state !== 'waiting') throw new Fault('ask.not_waiting', { state: ASK_STATE[ask.state] })
  if (ask.byPerson === by.personId) throw new Fault('ask.own')
  const words = note === undefined ? null : maskPersonal(note)
  await decideAsk(tx, id, state, words, by)
  await tell(tx, by, state === 'sent' ? 'agreeAsk' : 'declineAsk', id, [ask.title, words].filter(Boolean).join('：'))
  return askView(await getAsk(tx, id), by)
}

/** Takes an ask back (撤回): it no longer burdens anybody. @throws Fault 'forbidden' | 'ask.not_found' | 'ask.gone' */
export async function withdrawAsk(tx: Tx, id: AskId, reason: string, by: Actor): Promise<Ask> {
  const ask = await lockedAsk(tx, id)
  if (ask.byPerson !== by.personId && !mayOversee(by)) throw new Fault('forbidden')
  if (!isLive(ask.state)) throw new Fault('ask.gone', { state: ASK_STATE[ask.state] })
  await withdrawAskOf(tx, id)
  await tell(tx, by, 'withdrawAsk', id, `${ask.title}：${maskPersonal(reason)}`)
  return askView(await getAsk(tx, id), by)
}

/** A unit has read an order (已读回执). @throws Fault 'ask.not_found' | 'ask.no_receipt' | 'ask.not_addressed' */
export async function readAsk(tx: Tx, id: AskId, by: Actor): Promise<Ask> {
  const ask = await lockedAsk(tx, id)
  if (!ask.readReceipt || ask.state !== 'sent') throw new Fault('ask.no_receipt')
  const own = ask.units.filter((unit) => unitsOf(by).includes(unit.id)).map((unit) => unit.id)
  if (own.length === 0) throw new Fault('ask.not_addressed')
  await markRead(tx, id, own, by)
  await tell(tx, by, 'readAsk', id, ask.title)
  return askView(await getAsk(tx, id), by)
}

/** The queue of asks that wait for somebody's agreement (待同意). Absent for whoever agrees to none. */
export async function askQueue(tx: Tx, by: Actor): Promise<Queue[]> {
  if (!mayAgree(by)) return []
  const count = (await asksOf(tx, 'waiting', by)).filter(({ may }) => may.decide).length
  return count === 0 ? [] : [{ id: 'asks', label: '基层要求待同意', count, red: 0, to: '/w/asks' }]
}
