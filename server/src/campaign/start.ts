import type { AmendCampaign, CampaignId, NewCampaign } from '@banjie/contract'
import { LIAISON_DUTY } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson, getUnitInForce } from '#org'
import {
  countAfter,
  findTitleOfTag,
  insertCampaign,
  insertDivisions,
  lockCampaign,
  updateCampaign,
} from './campaign.sql.ts'
import { refuseUnlessKeeper, refuseUnlessStarter } from './keeper.ts'
import { nameAll } from './scope.ts'
import { holdCampaign } from './view.ts'

const DUTIES: readonly string[] = Object.values(LIAISON_DUTY)

/**
 * Starts a campaign (发起活动): who is to be reached, by when, who answers for it and who checks.
 * @throws Fault 'forbidden' | 'campaign.reversed' | 'campaign.check_is_owner' | 'campaign.two_parents' | 'campaign.not_found' |
 *   'campaign.tag_taken' | 'campaign.unknown_division' | 'campaign.unknown_target' | 'person.not_found' | what a unit that is not in force is refused for
 */
export async function startCampaign(tx: Tx, input: NewCampaign, by: Actor): Promise<CampaignId> {
  refuseUnlessStarter(by)
  refuseReversed(input)
  if (input.parentId !== undefined && input.superior !== undefined) throw new Fault('campaign.two_parents')
  if (input.parentId !== undefined && !(await lockCampaign(tx, input.parentId))) throw new Fault('campaign.not_found')
  await refuseUnanswerable(tx, input, by)
  const id = newId<CampaignId>()
  const free = !DUTIES.includes(input.tag) && (await insertCampaign(tx, id, input, by))
  if (!free) throw new Fault('campaign.tag_taken', { tag: input.tag, title: await titleOfTag(tx, input.tag) })
  await putScope(tx, id, input.scope, by)
  const note = `${input.title}（${input.tag}）${input.from} 至 ${input.to}`
  await audit(tx, by, { action: 'newCampaign', objectKind: 'campaign', objectId: id, note })
  return id
}
const titleOfTag = async (tx: Tx, tag: string) => (await findTitleOfTag(tx, tag)) ?? '四员'

function refuseReversed({ from, to }: { readonly from: string; readonly to: string }): void {
  if (to < from) throw new Fault('campaign.reversed', { from, to })
}

/** Whoever checks is not whoever does, and both are there. */
async function refuseUnanswerable(
  tx: Tx,
  { ownerUnitId, ownerId, checkUnitId }: Pick<NewCampaign, 'ownerUnitId' | 'ownerId' | 'checkUnitId'>,
  by: Actor,
): Promise<void> {
  if (ownerUnitId === checkUnitId) throw new Fault('campaign.check_is_owner')
  for (const unit of [ownerUnitId, checkUnitId]) await getUnitInForce(tx, unit, dayOf(by.at))
  await getPerson(tx, ownerId)
}

async function putScope(tx: Tx, id: CampaignId, scope: NewCampaign['scope'], by: Actor): Promise<void> {
  if (scope.by === 'division') {
    const known = await insertDivisions(tx, id, scope.divisionCodes)
    const code = scope.divisionCodes.find((one) => !known.includes(one))
    if (code !== undefined) throw new Fault('campaign.unknown_division', { code })
  }
  if (scope.by === 'list') await nameAll(tx, id, { targetIds: scope.targetIds, unitIds: [] }, by)
  if (scope.by === 'unit') await nameAll(tx, id, { targetIds: [], unitIds: scope.unitIds }, by)
}

/**
 * Changes what may change while it runs (调整活动), with the reason on record. Its scope's rule and what counts stay: a figure of last week means
 * the same as one of today. It cannot end before a visit that is counted already.
 * @throws Fault 'forbidden' | 'campaign.not_found' | 'campaign.reversed' | 'campaign.visits_after' | 'campaign.check_is_owner'
 */
export async function amendCampaign(
  tx: Tx,
  id: CampaignId,
  { reason, ...given }: AmendCampaign,
  by: Actor,
): Promise<void> {
  const campaign = await holdCampaign(tx, id, by)
  refuseUnlessKeeper(by, campaign)
  if (given.to !== undefined) {
    refuseReversed({ from: campaign.from, to: given.to })
    const count = await countAfter(tx, id, given.to)
    if (count > 0) throw new Fault('campaign.visits_after', { day: given.to, count })
  }
  const { ownerUnitId, ownerId, checkUnitId } = given
  if (ownerUnitId !== undefined || ownerId !== undefined || checkUnitId !== undefined)
    await refuseUnanswerable(
      tx,
      {
        ...{ ownerUnitId: ownerUnitId ?? campaign.ownerUnit.id, ownerId: ownerId ?? campaign.owner.id },
        checkUnitId: checkUnitId ?? campaign.checkUnit.id,
      },
      by,
    )
  await updateCampaign(tx, id, given)
  const note = `${campaign.title}：${maskPersonal(reason)}${given.to === undefined ? '' : `（${campaign.to} 改为 ${given.to}）`}`
  await audit(tx, by, { action: 'amendCampaign', objectKind: 'campaign', objectId: id, note })
}
