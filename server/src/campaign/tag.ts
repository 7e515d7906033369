import { type CampaignId, type CampaignTag, type CaseId, LIAISON_DUTY, type LiaisonTargetId } from '@banjie/contract'
import type { z } from 'zod'
import { findCase, maskPersonal, sees, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import type { RecordedVisit, VisitListener } from '#liaison'
import { dayOf } from '#org'
import { dropCampaignCase, findCampaignCase, insertCampaignCases, listCampaigns } from './campaign.sql.ts'
import { listSuiting } from './coverage.sql.ts'
import { refuseUnlessKeeper } from './keeper.ts'
import { holdCampaign } from './view.ts'

const DUTIES: readonly string[] = Object.values(LIAISON_DUTY)

/** The campaigns that run on a day, with their words. */
const runningOn = (tx: Tx, day: string) => listCampaigns(tx, { on: day }, day)

/** @throws Fault 'campaign.tag_unknown' naming those that run on that day */
async function refuseUnknown(tx: Tx, on: string, words: readonly string[]): Promise<void> {
  if (words.length === 0) return
  const known = (await runningOn(tx, on)).map(({ tag }) => tag)
  const tag = words.find((word) => !known.includes(word))
  if (tag === undefined) return
  const running = known.length > 0 ? `当日可记入：${known.join('、')}。` : '当日没有进行中的活动，请去掉标签。'
  throw new Fault('campaign.tag_unknown', { tag, day: on, running })
}

/** What was raised on a visit is collected by the campaigns of its words. */
async function collect(
  tx: Tx,
  { id, on, tags, raised }: Pick<RecordedVisit, 'id' | 'on' | 'tags' | 'raised'>,
  by: Actor,
): Promise<void> {
  if (tags.length === 0 || raised.length === 0) return
  const counting = (await runningOn(tx, on)).filter(({ tag }) => tags.includes(tag))
  const ids = counting.map((campaign) => campaign.id)
  await insertCampaignCases(tx, ids, raised, id, by)
}

/** The tags of a meeting are words of campaigns that run on its day. */
export const meetingTags = {
  /** @throws Fault 'campaign.tag_unknown' */
  admit: (tx: Tx, { on, tags }: { readonly on: string; readonly tags: readonly string[] }) =>
    refuseUnknown(tx, on, tags),
}

/**
 * What the tags of a visit mean: each is one of the four duties (四员) or the word of a campaign that runs on that day, and what is raised on the
 * visit is collected by those campaigns, in the visit's own transaction.
 */
export const visitTags: VisitListener = {
  /** @throws Fault 'campaign.tag_unknown' naming those that run on that day */
  admit: (tx, { on, tags }) =>
    refuseUnknown(
      tx,
      on,
      tags.filter((tag) => !DUTIES.includes(tag)),
    ),
  recorded: collect,
  tagged: collect,
}

/** The tags that a visit of a day may carry, those first in whose scope the target or the caller's unit is (可选标签). */
export async function tagsOn(
  tx: Tx,
  { on, target }: { readonly on: string; readonly target?: LiaisonTargetId | undefined },
  by: Actor,
): Promise<z.infer<typeof CampaignTag>[]> {
  const running = await runningOn(tx, on)
  const ids = running.map(({ id }) => id)
  const suiting = target === undefined ? [] : (await listSuiting(tx, ids, target, by.personId)).map(({ id }) => id)
  return running
    .map(({ id, title, tag }) => ({ id, title, tag, suits: suiting.includes(id) }))
    .sort((a, b) => Number(b.suits) - Number(a.suits))
}

/**
 * Counts cases by their numbers for a campaign (把事项记入活动); one that is there already stays as it is.
 * @throws Fault 'forbidden' | 'campaign.not_found' | 'campaign.cases_unknown'
 */
export async function tagCases(
  tx: Tx,
  { id, numbers }: { readonly id: CampaignId; readonly numbers: readonly string[] },
  by: Actor,
): Promise<void> {
  const campaign = await holdCampaign(tx, id, by)
  refuseUnlessKeeper(by, campaign)
  const cases: CaseId[] = []
  const unknown: string[] = []
  for (const number of new Set(numbers)) {
    const found = await findCase(tx, number)
    if (found === undefined || !sees(sightOf(by), found)) unknown.push(number)
    else cases.push(found.id)
  }
  if (unknown.length > 0) throw new Fault('campaign.cases_unknown', { numbers: unknown.join('、') })
  await insertCampaignCases(tx, [id], cases, null, by)
  const note = `${campaign.title} 记入 ${[...new Set(numbers)].join('、')}`.slice(0, 500)
  await audit(tx, by, { action: 'tagCampaignCase', objectKind: 'campaign', objectId: id, note })
}

/**
 * Takes out a case that was counted by mistake (移出误记的事项). One that was raised on a counted visit stays: it was collected.
 * @throws Fault 'forbidden' | 'campaign.not_found' | 'campaign.case_not_tagged' | 'campaign.case_raised'
 */
export async function untagCase(
  tx: Tx,
  { id, caseId, reason }: { readonly id: CampaignId; readonly caseId: CaseId; readonly reason: string },
  by: Actor,
): Promise<void> {
  const campaign = await holdCampaign(tx, id, by)
  refuseUnlessKeeper(by, campaign)
  const found = await findCampaignCase(tx, id, caseId)
  if (found === undefined) throw new Fault('campaign.case_not_tagged')
  if (found.visitId !== null) throw new Fault('campaign.case_raised')
  await dropCampaignCase(tx, id, caseId)
  const note = `${campaign.title} ${dayOf(by.at)} 移出误记：${maskPersonal(reason)}`
  await audit(tx, by, { action: 'untagCampaignCase', objectKind: 'case', objectId: caseId, note })
}
