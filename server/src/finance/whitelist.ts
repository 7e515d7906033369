import {
  type EnterpriseId,
  type NewWhitelist,
  SCREENING_STATE,
  type ScreenCandidate,
  type WhitelistId,
} from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listFirms } from './firm.sql.ts'
import { getFirm } from './firm.ts'
import { keeps, refuseUnlessReader } from './keeper.ts'
import { getProduct } from './product.ts'
import { insertCandidates, insertWhitelist, listWhitelists, setCandidate, type WhitelistRow } from './whitelist.sql.ts'

const viewOf = (row: WhitelistRow, by: Actor) => ({
  ...row,
  conditions: [...row.conditions],
  candidates: [...row.candidates],
  inForce: row.validTo >= dayOf(by.at),
  mayKeep: keeps(by),
})

/** Whitelists (白名单) and how far they are screened. @throws Fault 'forbidden' */
export async function whitelistsOf(tx: Tx, by: Actor) {
  refuseUnlessReader(by)
  return (await listWhitelists(tx)).map((row) => viewOf(row, by))
}

/** Sets up a whitelist (设白名单). @throws Fault 'forbidden' | 'finance.product_unknown' | 'finance.whitelist_past' */
export async function openWhitelist(tx: Tx, given: NewWhitelist, by: Actor) {
  refuseUnless(keeps(by))
  await getProduct(tx, given.product)
  if (given.validTo < dayOf(by.at)) throw new Fault('finance.whitelist_past', { day: given.validTo })
  const id = newId<WhitelistId>()
  await insertWhitelist(tx, id, given, by)
  await audit(tx, by, { action: 'newWhitelist', objectKind: 'whitelist', objectId: id, note: given.title })
  return getWhitelist(tx, id, by)
}

/** Adds enterprises to be screened (加入待筛); who is on it stays as screened. @throws Fault 'forbidden' | 'finance.not_found' | 'finance.whitelist_expired' | 'finance.enterprise_unknown' */
export async function addCandidates(tx: Tx, id: WhitelistId, firms: readonly EnterpriseId[], by: Actor) {
  const { title } = await getOpen(tx, id, by)
  const asked = [...new Set(firms)]
  if ((await listFirms(tx, asked)).length < asked.length) throw new Fault('finance.enterprise_unknown')
  const added = (await insertCandidates(tx, id, asked, by)).length
  const note = `${title} 加入 ${added} 户待筛`
  await audit(tx, by, { action: 'addCandidates', objectKind: 'whitelist', objectId: id, note })
  return getWhitelist(tx, id, by)
}

/** Screens a candidate (筛选), with the reason. @throws Fault 'forbidden' | 'finance.not_found' | 'finance.whitelist_expired' | 'finance.enterprise_unknown' | 'finance.not_candidate' */
export async function screenCandidate(tx: Tx, id: WhitelistId, given: ScreenCandidate, by: Actor) {
  const { title } = await getOpen(tx, id, by)
  const firm = await getFirm(tx, given.enterpriseId)
  const reason = maskPersonal(given.reason)
  if (!(await setCandidate(tx, id, { ...given, reason }, by))) throw new Fault('finance.not_candidate')
  const note = `${title} ${firm.name} ${SCREENING_STATE[given.state]}：${reason}`
  await audit(tx, by, { action: 'screenCandidate', objectKind: 'whitelist', objectId: id, note })
  return getWhitelist(tx, id, by)
}

async function getOpen(tx: Tx, id: WhitelistId, by: Actor) {
  refuseUnless(keeps(by))
  const list = await getWhitelist(tx, id, by)
  if (!list.inForce) throw new Fault('finance.whitelist_expired', { day: list.validTo })
  return list
}
async function getWhitelist(tx: Tx, id: WhitelistId, by: Actor) {
  const [row] = await listWhitelists(tx, id)
  if (row === undefined) throw new Fault('finance.not_found')
  return viewOf(row, by)
}
