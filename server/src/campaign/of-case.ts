import type { CaseCampaigns, CaseId } from '@banjie/contract'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listCampaigns, listCampaignsOf } from './campaign.sql.ts'
import { mayKeep } from './keeper.ts'
import { stateOn } from './view.ts'

/** The campaigns a case belongs to, and the running ones the caller may count it for (所属活动). @throws Fault 'case.not_found' */
export async function campaignsOfCase(tx: Tx, engine: Engine, caseId: CaseId, by: Actor): Promise<CaseCampaigns> {
  const { id } = await engine.get(tx, caseId, by)
  const today = dayOf(by.at)
  const joined = new Map((await listCampaignsOf(tx, id)).map((row) => [row.id, row.visitId]))
  const own = await listCampaigns(tx, { ids: [...joined.keys()] }, today)
  const running = await listCampaigns(tx, { on: today }, today)
  return {
    items: own.map((campaign) => {
      const raised = joined.get(campaign.id) !== null
      return {
        ...{ id: campaign.id, title: campaign.title, state: stateOn(campaign, today) },
        ...{ raised, mayLeave: !raised && mayKeep(by, campaign) },
      }
    }),
    mayJoin: running
      .filter((campaign) => !joined.has(campaign.id) && mayKeep(by, campaign))
      .map((campaign) => ({ id: campaign.id, title: campaign.title })),
  }
}
