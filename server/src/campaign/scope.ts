import {
  CAMPAIGN_SCOPE,
  type CampaignId,
  type CampaignScopeKind,
  type LeaveScope,
  type LiaisonTargetId,
  type MoreScope,
  type UnitId,
} from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { type CampaignFacts, excludeSubject, listKnownTargets, nameSubjects } from './campaign.sql.ts'
import { listSubjects } from './coverage.sql.ts'
import { refuseUnlessKeeper } from './keeper.ts'
import { holdCampaign } from './view.ts'

interface Named {
  readonly targetIds: readonly LiaisonTargetId[]
  readonly unitIds: readonly UnitId[]
}

/** Puts targets and units into a campaign's scope. @throws Fault 'campaign.unknown_target' @returns how many are new there */
export async function nameAll(tx: Tx, id: CampaignId, { targetIds, unitIds }: Named, by: Actor): Promise<number> {
  const wanted = new Set(targetIds)
  const known = await listKnownTargets(tx, [...wanted])
  if (known.length < wanted.size) throw new Fault('campaign.unknown_target', { count: wanted.size - known.length })
  for (const unit of new Set(unitIds)) await getUnitInForce(tx, unit, dayOf(by.at))
  return nameSubjects(tx, id, { targetIds, unitIds }, by)
}

/** Only what was named can be named further; a rule follows the register. @throws Fault 'campaign.not_a_list' */
export function refuseUnlessNamed({ title, scopeBy }: CampaignFacts, by: CampaignScopeKind): void {
  if (scopeBy !== by) throw new Fault('campaign.not_a_list', { title, scope: CAMPAIGN_SCOPE[scopeBy] })
}

/**
 * Names more that are to be reached (补充名单).
 * @throws Fault 'forbidden' | 'campaign.not_found' | 'campaign.not_a_list' | 'campaign.unknown_target'
 */
export async function extendScope(tx: Tx, id: CampaignId, input: MoreScope, by: Actor): Promise<void> {
  const campaign = await holdCampaign(tx, id, by)
  refuseUnlessKeeper(by, campaign)
  if (input.targetIds.length > 0) refuseUnlessNamed(campaign, 'list')
  if (input.unitIds.length > 0) refuseUnlessNamed(campaign, 'unit')
  const added = await nameAll(tx, id, input, by)
  const note = `${campaign.title} 补充 ${added} 个对象`
  await audit(tx, by, { action: 'extendCampaignScope', objectKind: 'campaign', objectId: id, note })
}

/**
 * Takes one out of the scope (移出范围): it no longer counts on either side, and stays on record with the reason.
 * @throws Fault 'forbidden' | 'campaign.not_found' | 'campaign.not_in_scope'
 */
export async function leaveScope(tx: Tx, id: CampaignId, input: LeaveScope, by: Actor): Promise<void> {
  const campaign = await holdCampaign(tx, id, by)
  refuseUnlessKeeper(by, campaign)
  const wanted = { subject: input.targetId ?? input.unitId, most: 1 }
  const [subject] = await listSubjects(tx, id, wanted, dayOf(by.at))
  if (subject === undefined || subject.excluded !== null)
    throw new Fault('campaign.not_in_scope', { title: campaign.title })
  const reason = maskPersonal(input.reason)
  await excludeSubject(tx, id, { ...input, reason }, by)
  const note = `${campaign.title} 移出 ${subject.name}：${reason}`
  await audit(tx, by, { action: 'leaveCampaignScope', objectKind: 'campaign', objectId: id, note })
}
