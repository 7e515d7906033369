import type { InvestmentItem, NewProjectRule, ProjectId, ProjectRule } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface RankRow {
  readonly code: string
  readonly name: string
  readonly level: number
}
/** Ranks of the district (职级) in its own order, the highest first. */
export const listRanks = (tx: Tx) =>
  tx.run<RankRow>(sql`select code, name, level from rank where tenant_id = ${tx.tenant} order by level desc, code`)

/** Versions of the rule for big projects, newest first. */
export const listProjectRules = (tx: Tx) =>
  tx.run<ProjectRule>(sql`
    select version, threshold_fen, chief_rank, secretary_rank, rank_match, appoint_workdays, weekly_visits, basis, valid_from, by_name as by
    from project_rule where tenant_id = ${tx.tenant} order by version desc limit 200`)

export const insertProjectRule = (tx: Tx, version: number, rule: NewProjectRule, by: Actor) =>
  tx.run(sql`
    insert into project_rule (tenant_id, version, threshold_fen, chief_rank, secretary_rank, rank_match, appoint_workdays, weekly_visits, basis,
      valid_from, by_name, created_at)
    values (${tx.tenant}, ${version}, ${rule.thresholdFen}, ${rule.chiefRank}, ${rule.secretaryRank}, ${rule.rankMatch}, ${rule.appointWorkdays},
      ${rule.weeklyVisits}, ${rule.basis}, ${rule.validFrom}, ${by.name}, ${by.at})`)

/** The latest version of a year's investment targets (招商目标). */
export const findInvestmentTargets = async (tx: Tx, year: number) =>
  (
    await tx.run<{ version: number; items: InvestmentItem[]; basis: string; by: string }>(sql`
    select version, items, basis, by_name as by from investment_target where tenant_id = ${tx.tenant} and year = ${year} order by version desc limit 1`)
  )[0]
export const insertInvestmentTargets = (
  tx: Tx,
  { year, version, items, basis }: { year: number; version: number; items: readonly InvestmentItem[]; basis: string },
  by: Actor,
) =>
  tx.run(sql`
    insert into investment_target (tenant_id, year, version, items, basis, by_name, created_at)
    values (${tx.tenant}, ${year}, ${version}, ${JSON.stringify(items)}::jsonb, ${basis}, ${by.name}, ${by.at})`)

export interface SignedRow {
  readonly id: ProjectId
  readonly name: string
  readonly amountFen: number
  readonly signedOn: string
  readonly single: boolean
  readonly agent: string | null
  /** Why it counts no more; null for what does. */
  readonly out: string | null
}
/** Projects signed in a year by the actual date, the largest first. */
export const listSigned = (tx: Tx, year: number) =>
  tx.run<SignedRow>(sql`
    select j.id, t.name, j.amount_fen, s.actual_on as signed_on, j.single, j.agent, j.state_note as out
    from project_stage s join project j on j.tenant_id = s.tenant_id and j.id = s.project_id
    join liaison_target t on t.tenant_id = j.tenant_id and t.id = j.id
    where s.tenant_id = ${tx.tenant} and s.stage = 'signing' and s.actual_on between ${`${year}-01-01`} and ${`${year}-12-31`}
    order by j.amount_fen desc, t.name, j.id limit 20000`)
