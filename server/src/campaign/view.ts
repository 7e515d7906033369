import type {
  Campaign,
  CampaignId,
  CampaignProblem,
  CampaignProblems,
  CampaignRow,
  CampaignState,
} from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type CampaignFacts, listCampaigns, listResults, lockCampaign } from './campaign.sql.ts'
import { listByUnit, listFigures, listProblems, listWeeks, type ProblemRow } from './coverage.sql.ts'
import { mayKeep } from './keeper.ts'

/** By its dates alone (活动状态). */
export const stateOn = ({ from, to }: Pick<CampaignFacts, 'from' | 'to'>, day: string): CampaignState =>
  day < from ? 'coming' : day > to ? 'over' : 'running'

/** Campaigns with their figures, which are computed now and from the rows the caller may see. */
export async function rowsOf(tx: Tx, campaigns: readonly CampaignFacts[], by: Actor): Promise<CampaignRow[]> {
  const sight = sightOf(by)
  const ids = campaigns.map(({ id }) => id)
  const figures = new Map((await listFigures(tx, ids, sight, dayOf(by.at))).map(({ id, ...own }) => [id, own]))
  return campaigns.flatMap(({ scopeBy, scopeKinds, divisions, ...facts }) => {
    const own = figures.get(facts.id)
    if (own === undefined) return []
    const scope = { by: scopeBy, kinds: scopeKinds, divisions }
    return {
      ...{ ...facts, scope, figures: own, partial: sight.kind !== 'all' || !sight.confidential },
      ...{ state: stateOn(facts, dayOf(by.at)), mayKeep: mayKeep(by, facts) },
    }
  })
}

/** @throws Fault 'campaign.not_found' */
export async function getCampaign(tx: Tx, id: CampaignId, by: Actor): Promise<CampaignFacts> {
  const [campaign] = await listCampaigns(tx, { ids: [id] }, dayOf(by.at))
  if (campaign === undefined) throw new Fault('campaign.not_found')
  return campaign
}
/** The same, held until the transaction ends. @throws Fault 'campaign.not_found' */
export async function holdCampaign(tx: Tx, id: CampaignId, by: Actor): Promise<CampaignFacts> {
  if (!(await lockCampaign(tx, id))) throw new Fault('campaign.not_found')
  return getCampaign(tx, id, by)
}

/** @throws Fault 'campaign.not_found' */
export async function rowOf(tx: Tx, id: CampaignId, by: Actor): Promise<CampaignRow> {
  const [row] = await rowsOf(tx, [await getCampaign(tx, id, by)], by)
  if (row === undefined) throw new Error('a campaign without figures')
  return row
}

/** One campaign whole: its figures, the campaigns under it, who went, what each week added and what was published. */
export async function campaignOf(tx: Tx, id: CampaignId, by: Actor): Promise<Campaign> {
  const today = dayOf(by.at)
  const results = await listResults(tx, id)
  // One pass for all of them: what counts is found once.
  const under = await listCampaigns(tx, { parent: id }, today)
  const [row, ...children] = await rowsOf(tx, [await getCampaign(tx, id, by), ...under], by)
  if (row === undefined) throw new Error('a campaign without figures')
  return {
    ...row,
    children,
    byUnit: await listByUnit(tx, id),
    weeks: await listWeeks(tx, id, today, sightOf(by)),
    results: results.map(({ at, ...result }) => ({ ...result, at: at.toISOString() })),
  }
}

/** What a campaign has collected, as far as the caller sees it (活动问题). */
export async function problemsOf(
  tx: Tx,
  engine: Engine,
  {
    id,
    ...wanted
  }: { readonly id: CampaignId; readonly state?: ProblemRow['state'] | undefined; readonly most?: number },
  by: Actor,
): Promise<z.infer<typeof CampaignProblems>> {
  const rows = await listProblems(tx, id, wanted, sightOf(by))
  return { items: rows.map((row) => problemView(engine, row)), total: rows[0]?.total ?? 0 }
}

const problemView = (
  engine: Engine,
  { total: _, type, stage, dueAt, receivedAt, closedAt, ...row }: ProblemRow,
): CampaignProblem => ({
  ...{ ...row, stageLabel: stageWord(engine.typeOf({ type }), stage) },
  ...{ dueAt: dueAt?.toISOString() ?? null, closedAt: closedAt?.toISOString() ?? null },
  receivedAt: receivedAt.toISOString(),
})
