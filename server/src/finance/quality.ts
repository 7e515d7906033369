import {
  type Light,
  type MoveQualityRequest,
  type NewQualityProvider,
  type NewQualityRequest,
  QUALITY_SERVICE,
  QUALITY_STATE,
  type QualityRequestId,
  type QualityState,
} from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { holdObligations, keepObligations, termOf } from '#obligation'
import { dayOf } from '#org'
import { findUnitName } from './disbursement.sql.ts'
import { getFirm, refuseFuture } from './firm.ts'
import { keeps, mayKeep, refuseUnlessReader } from './keeper.ts'
import {
  countRequests,
  insertProvider,
  insertRequest,
  listProviders,
  listRequests,
  lockRequest,
  type QualityFilter,
  type QualityRow,
  setEnd,
  setQuote,
} from './quality.sql.ts'

const THIRD = 3
const DAY_MS = 86_400_000
const isOver = (state: QualityState) => state === 'done' || state === 'withdrawn'
/** From which instant the last third of the term runs. */
function yellowFrom(on: string, dueOn: string): Date {
  const { beginsAt, dueAt } = termOf(on, dueOn)
  const [from, to] = [beginsAt.getTime(), dueAt.getTime()]
  return new Date(Math.max(from, to - Math.max(DAY_MS, (to - from) / THIRD)))
}
function lightOn({ state, on, dueOn }: QualityRow, now: Date): Light {
  if (isOver(state)) return 'done'
  if (termOf(on, dueOn).dueAt < now) return 'red'
  return yellowFrom(on, dueOn) <= now ? 'yellow' : 'green'
}
const viewOf = (row: QualityRow, by: Actor) => ({
  ...row,
  services: [...row.services],
  light: lightOn(row, by.at),
  mayMove: !isOver(row.state) && mayKeep(by, row.unit.id),
})

/** Requests to the quality one-stop (质量服务需求) and how many enterprises were served. @throws Fault 'forbidden' */
export async function requestsOf(tx: Tx, filter: QualityFilter, by: Actor) {
  refuseUnlessReader(by)
  const items = (await listRequests(tx, filter)).map((row) => viewOf(row, by))
  return { items, ...(await countRequests(tx, filter)), mayKeep: keeps(by) }
}

/** Who offers quality services (质量服务机构). @throws Fault 'forbidden' */
export async function providersOf(tx: Tx, by: Actor) {
  refuseUnlessReader(by)
  return listProviders(tx)
}

/** Adds a provider to the directory (登记机构). @throws Fault 'forbidden' | 'finance.provider_taken' */
export async function addProvider(tx: Tx, given: NewQualityProvider, by: Actor) {
  refuseUnless(keeps(by))
  const id = newId()
  if (!(await insertProvider(tx, id, given, by))) throw new Fault('finance.provider_taken', { name: given.name })
  await audit(tx, by, { action: 'newQualityProvider', objectKind: 'qualityProvider', objectId: id, note: given.name })
  return { id, ...given }
}

/** Takes a request (登记需求): from now on it stands on the ledger of its unit. @throws Fault 'unit.not_found' | 'forbidden' | 'finance.future' | 'finance.enterprise_unknown' */
export async function takeRequest(tx: Tx, given: NewQualityRequest, by: Actor) {
  if ((await findUnitName(tx, given.unitId)) === undefined) throw new Fault('unit.not_found')
  refuseUnless(keeps(by))
  refuseFuture(given.on, dayOf(by.at))
  const firm = await getFirm(tx, given.enterpriseId)
  const id = newId<QualityRequestId>()
  await insertRequest(tx, id, { ...given, services: [...new Set(given.services)], need: maskPersonal(given.need) }, by)
  const note = `${firm.name} ${wordsOf(given.services)}`
  await audit(tx, by, { action: 'newQualityRequest', objectKind: 'qualityRequest', objectId: id, note })
  return settled(tx, id, by)
}

/** Which states follow which; a request may be quoted anew. */
const NEXT: Readonly<Record<QualityState, readonly MoveQualityRequest['to'][]>> = {
  requested: ['quoted', 'withdrawn'],
  quoted: ['quoted', 'done', 'withdrawn'],
  done: [],
  withdrawn: [],
}
/**
 * Takes a request to its next step (报价、完成、撤回).
 * @throws Fault 'finance.not_found' | 'forbidden' | 'finance.quality_move' | 'finance.future' | 'finance.before_last' | 'finance.quote_needed' |
 * 'finance.provider_unknown' | 'finance.provider_unfit' | 'finance.reason_needed'
 */
export async function moveRequest(tx: Tx, id: QualityRequestId, given: MoveQualityRequest, by: Actor) {
  await lockRequest(tx, id)
  const row = await getRequest(tx, id)
  refuseUnless(mayKeep(by, row.unit.id))
  const { to, on } = given
  if (!NEXT[row.state].includes(to))
    throw new Fault('finance.quality_move', { state: QUALITY_STATE[row.state], to: QUALITY_STATE[to] })
  refuseFuture(on, dayOf(by.at))
  const last = row.quotedOn ?? row.on
  if (on < last) throw new Fault('finance.before_last', { day: on, last })
  if (to === 'quoted') await quote(tx, row, given)
  else {
    if (to === 'withdrawn' && given.note === undefined) throw new Fault('finance.reason_needed')
    await setEnd(tx, id, { state: to, on, note: given.note === undefined ? null : maskPersonal(given.note) })
  }
  const note = `${row.enterprise.name} ${QUALITY_STATE[to]}`
  await audit(tx, by, { action: 'moveQualityRequest', objectKind: 'qualityRequest', objectId: id, note })
  return settled(tx, id, by)
}

async function quote(tx: Tx, { id, services }: QualityRow, { on, providerId, feeFen }: MoveQualityRequest) {
  if (providerId === undefined || feeFen === undefined) throw new Fault('finance.quote_needed')
  const provider = (await listProviders(tx)).find((one) => one.id === providerId)
  if (provider === undefined) throw new Fault('finance.provider_unknown')
  const missing = services.filter((service) => !provider.services.includes(service))
  if (missing.length > 0) throw new Fault('finance.provider_unfit', { name: provider.name, services: wordsOf(missing) })
  await setQuote(tx, id, { on, providerId, feeFen })
}

const wordsOf = (services: readonly (keyof typeof QUALITY_SERVICE)[]) =>
  services.map((one) => QUALITY_SERVICE[one]).join('、')

/** What the unit owes stands on the ledger as it now is (入账): until the request is done; one that was withdrawn is owed no longer. */
async function settled(tx: Tx, id: QualityRequestId, by: Actor) {
  const row = await getRequest(tx, id)
  const { on, dueOn, unit, state, services, enterprise } = row
  const term = termOf(on, dueOn)
  const isMet = state === 'done'
  const owed = {
    ...{ key: `demand quality ${id}`, form: 'quantity' as const, kind: 'demand' as const, subjectId: id, ruleId: null },
    ...{ title: `质量服务（${wordsOf(services)}）：${enterprise.name}`, leadUnitId: unit.id, unitIds: [unit.id] },
    ...{ personIds: [], checkUnitId: null, ...term, yellowAt: yellowFrom(on, dueOn), redAt: term.dueAt },
    ...{ done: isMet ? 1 : 0, needed: 1, unitWord: '项', cause: null },
    state: isMet ? ('met' as const) : ('running' as const),
  }
  await holdObligations(tx, 'demand', 'part')
  await keepObligations(tx, state === 'withdrawn' ? [] : [owed], { kinds: ['demand'], subjects: [id] }, by.at)
  return viewOf(row, by)
}

async function getRequest(tx: Tx, id: QualityRequestId): Promise<QualityRow> {
  const [row] = await listRequests(tx, { id })
  if (row === undefined) throw new Fault('finance.not_found')
  return row
}
