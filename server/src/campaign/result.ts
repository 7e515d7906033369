import type { CampaignFigures, CampaignId, CampaignResult } from '@banjie/contract'
import { maskPersonal, sightOf } from '#case'
import { type Actor, system } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { insertResult } from './campaign.sql.ts'
import { listFigures } from './coverage.sql.ts'
import { refuseUnlessKeeper } from './keeper.ts'
import { holdCampaign } from './view.ts'

/** The figures in one sentence, with the day they are of. */
export function sentenceOn(day: string, figures: CampaignFigures): string {
  const { inScope, reached, visits, personTimes, meetings, problems, solved, open, otherwise } = figures
  const cover = inScope > 0 && reached === inScope ? '全部对接' : `已对接 ${reached} 个`
  const rest = [
    `已解决 ${solved} 条`,
    ...(open > 0 ? [`在办 ${open} 条`] : []),
    ...(otherwise > 0 ? [`其他办结 ${otherwise} 条`] : []),
  ]
  const held = meetings > 0 ? `召开会议 ${meetings} 次；` : ''
  return `截至 ${day}，应对接 ${inScope} 个，${cover}；走访 ${visits} 次、${personTimes} 人次；${held}收集问题 ${problems} 条，${rest.join('，')}。`
}

/**
 * Publishes a stage result (发布阶段性成果). The text is written; the figures are taken here and now, over every case whoever may see it, and stay
 * as they were.
 * @throws Fault 'forbidden' | 'campaign.not_found' | 'campaign.not_begun'
 */
export async function publishResult(
  tx: Tx,
  campaignId: CampaignId,
  given: { readonly text: string },
  by: Actor,
): Promise<CampaignResult> {
  const campaign = await holdCampaign(tx, campaignId, by)
  refuseUnlessKeeper(by, campaign)
  const day = dayOf(by.at)
  if (day < campaign.from) throw new Fault('campaign.not_begun', { title: campaign.title, from: campaign.from })
  const [taken] = await listFigures(tx, [campaignId], sightOf(system(by.at)), day)
  if (taken === undefined) throw new Error('a campaign without figures')
  const { id: _, ...figures } = taken
  const result = { id: newId(), text: maskPersonal(given.text), sentence: sentenceOn(day, figures), figures }
  await insertResult(tx, campaignId, result, by)
  const note = `${campaign.title}：${result.sentence}`
  await audit(tx, by, { action: 'newCampaignResult', objectKind: 'campaign', objectId: campaignId, note })
  return { ...result, at: by.at.toISOString(), by: by.name }
}
