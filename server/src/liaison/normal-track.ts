import type {
  AskNormalTrack,
  LiaisonTargetId,
  NormalTrack,
  NormalTrackId,
  NormalTrackState,
  Queue,
  Role,
} from '@banjie/contract'
import { LIAISON_END_GROUND } from '@banjie/contract'
import type { Calendar } from '#calendar'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listBonds } from './bond.sql.ts'
import { bondView } from './bond.ts'
import { endTarget } from './end-target.ts'
import { mayKeep } from './keeper.ts'
import { decideTrack, insertTrack, listTracks, type TrackRow } from './normal-track.sql.ts'
import { lockTarget, type TargetRow } from './target.sql.ts'

const APPROVERS: readonly Role[] = ['leader', 'supervisor']
const mayApprove = (by: Actor) => APPROVERS.some((role) => by.roles.has(role))
const isOwn = (row: Pick<TrackRow, 'byPerson'>, by: Actor) => row.byPerson !== null && row.byPerson === by.personId

/** What the enterprise said is read by others only with its consent, as on a visit. */
const trackView = ({ byPerson, words, ...row }: TrackRow, by: Actor): NormalTrack => ({
  ...row,
  words: row.mayQuote || mayApprove(by) || isOwn({ byPerson }, by) ? words : '（未同意引用）',
  askedAt: row.askedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  mayDecide: row.state === 'waiting' && mayApprove(by) && !isOwn({ byPerson }, by),
})

export const tracksOf = async (
  tx: Tx,
  filter: { target?: LiaisonTargetId; state?: NormalTrackState | undefined },
  by: Actor,
): Promise<NormalTrack[]> => (await listTracks(tx, filter)).map((row) => trackView(row, by))

/** Whoever is bound to the enterprise, or keeps the register, asks. */
export async function mayAsk(tx: Tx, target: Pick<TargetRow, 'id' | 'kind' | 'closedOn'>, by: Actor): Promise<boolean> {
  if (target.kind !== 'enterprise' || target.closedOn !== null) return false
  if (mayKeep(by)) return true
  const bonds = (await listBonds(tx, { target: target.id })).map((bond) => bondView(bond, dayOf(by.at)))
  return bonds.some(({ current, person }) => current && person.id === by.personId)
}

/**
 * Asks to end the liaison of an enterprise that says it is on the normal track (步入正常轨道).
 * @throws Fault 'liaison.target_not_found' | 'liaison.target_closed' | 'normalTrack.not_enterprise' | 'forbidden' | 'normalTrack.in_future' |
 *   'normalTrack.before_confirmed' | 'normalTrack.waiting'
 */
export async function askNormalTrack(
  tx: Tx,
  id: LiaisonTargetId,
  input: AskNormalTrack,
  by: Actor,
): Promise<NormalTrack> {
  // The target is locked: of two who ask at once, the second finds the first's request.
  const target = await lockTarget(tx, id)
  if (target === undefined) throw new Fault('liaison.target_not_found')
  if (target.closedOn !== null) throw new Fault('liaison.target_closed', { name: target.name, day: target.closedOn })
  if (target.kind !== 'enterprise') throw new Fault('normalTrack.not_enterprise')
  if (!(await mayAsk(tx, target, by))) throw new Fault('forbidden')
  if (input.confirmedOn > dayOf(by.at)) throw new Fault('normalTrack.in_future', { day: input.confirmedOn })
  if (input.on < input.confirmedOn) throw new Fault('normalTrack.before_confirmed', { day: input.confirmedOn })
  if ((await listTracks(tx, { target: id, state: 'waiting' })).length > 0)
    throw new Fault('normalTrack.waiting', { name: target.name })
  const trackId = newId<NormalTrackId>()
  const masked = { confirmedBy: maskPersonal(input.confirmedBy), words: maskPersonal(input.words) }
  await insertTrack(tx, trackId, id, { ...input, ...masked }, by)
  const note = `${target.name} ${LIAISON_END_GROUND[input.ground]} ${input.confirmedOn}`
  await audit(tx, by, { action: 'askNormalTrack', objectKind: 'liaisonTarget', objectId: id, note })
  return trackView(await getTrack(tx, trackId), by)
}

async function getTrack(tx: Tx, id: NormalTrackId): Promise<TrackRow> {
  const [row] = await listTracks(tx, { id })
  if (row === undefined) throw new Fault('normalTrack.not_found')
  return row
}

/**
 * Approves (批准步入正常轨道): the liaison and everything owed to the enterprise end with the day that was asked for.
 * @throws Fault 'normalTrack.not_found' | 'forbidden' | 'normalTrack.own' | 'normalTrack.decided' | 'liaison.target_closed'
 */
export async function approveNormalTrack(
  tx: Tx,
  id: NormalTrackId,
  calendar: Calendar,
  by: Actor,
): Promise<NormalTrack> {
  const row = await lockWaiting(tx, id, by)
  await decideTrack(tx, id, { state: 'approved', reason: null }, by)
  await endTarget(tx, row.target.id, { on: row.on, reason: LIAISON_END_GROUND[row.ground] }, calendar, by)
  return trackView(await getTrack(tx, id), by)
}

/** Returns the request (退回) with the reason; the liaison goes on. @throws Fault as `approveNormalTrack` */
export async function returnNormalTrack(tx: Tx, id: NormalTrackId, reason: string, by: Actor): Promise<NormalTrack> {
  const row = await lockWaiting(tx, id, by)
  const masked = maskPersonal(reason)
  await decideTrack(tx, id, { state: 'returned', reason: masked }, by)
  const entry = { action: 'returnNormalTrack', objectKind: 'liaisonTarget', objectId: row.target.id }
  await audit(tx, by, { ...entry, note: `${row.target.name}：${masked}` })
  return trackView(await getTrack(tx, id), by)
}

/** A request that waits, under the lock of its target, for somebody who may decide it. */
async function lockWaiting(tx: Tx, id: NormalTrackId, by: Actor): Promise<TrackRow> {
  await lockTarget(tx, (await getTrack(tx, id)).target.id)
  const row = await getTrack(tx, id)
  if (!mayApprove(by)) throw new Fault('forbidden')
  if (isOwn(row, by)) throw new Fault('normalTrack.own')
  if (row.state !== 'waiting') throw new Fault('normalTrack.decided', { name: row.decidedBy ?? '他人' })
  return row
}

/** What waits for an approver (待批步入正常轨道). */
export async function normalTrackQueue(tx: Tx, by: Actor): Promise<Queue[]> {
  if (!mayApprove(by)) return []
  const count = (await tracksOf(tx, { state: 'waiting' }, by)).filter(({ mayDecide }) => mayDecide).length
  return count === 0 ? [] : [{ id: 'normalTracks', label: '待批正常轨道', count, red: 0, to: '/w/normal-tracks' }]
}
