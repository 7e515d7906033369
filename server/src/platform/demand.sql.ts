import type { CaseId, EnterpriseCaseWay, EnterpriseId, PromiseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { CaseState } from '#case'
import type { Tx } from '#kernel/store'

export type DemandRow = Pick<CaseState, 'type' | 'stage' | 'dueAt' | 'yellowAt' | 'dueKind' | 'paused'> & {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly enterpriseId: EnterpriseId
  readonly enterprise: string
  readonly at: Date
  readonly answeredAt: Date | null
  readonly closedAt: Date | null
  readonly way: EnterpriseCaseWay
}
const MOST = 500
/** What an enterprise brought itself: here, to a visitor, at a meeting. Not what somebody filed under its code, who may have been anybody. */
const OWN = sql`('demand', 'visit', 'meeting')`
/** What is owed an answer by the platform’s keepers: a visit has its own officer. */
const KEPT = sql`('demand', 'meeting')`

/** What enterprises brought, newest first; all of one, or of all enterprises what they brought here and at meetings. Confidential cases are in nobody's list. */
export const listDemands = (tx: Tx, enterprise: EnterpriseId | undefined) =>
  tx.run<DemandRow>(sql`
    select c.id, c.number, c.title, c.type, c.stage, c.due_at, c.yellow_at, c.due_kind, c.paused, c.answered_at, c.closed_at,
      k.enterprise_id, t.name as enterprise, k.at, k.way
    from enterprise_case k join "case" c on c.tenant_id = k.tenant_id and c.id = k.case_id
    join liaison_target t on t.tenant_id = k.tenant_id and t.id = k.enterprise_id
    where k.tenant_id = ${tx.tenant} and not c.confidential and c.type = 'appeal'
      and (${enterprise ?? null}::uuid is null and k.way in ${KEPT} or k.enterprise_id = ${enterprise ?? null} and k.way in ${OWN})
    order by k.at desc, k.case_id desc limit ${MOST}`)

/** What was brought here or at a meeting, of all or of one enterprise, past their day without an answer (超期未答). */
export const countUnanswered = async (tx: Tx, enterprise: EnterpriseId | undefined, now: Date) =>
  (
    await tx.run<{ n: number }>(sql`
    select count(*) as n from enterprise_case k join "case" c on c.tenant_id = k.tenant_id and c.id = k.case_id
    where k.tenant_id = ${tx.tenant} and k.way in ${KEPT} and c.closed_at is null and c.answered_at is null and c.due_at < ${now}
      and (${enterprise ?? null}::uuid is null or k.enterprise_id = ${enterprise ?? null})`)
  )[0]?.n ?? 0

/** Whether a case is an enterprise's own. */
export const isOwn = async (tx: Tx, enterprise: EnterpriseId, number: string) =>
  (
    await tx.run(sql`
    select 1 as one from enterprise_case k join "case" c on c.tenant_id = k.tenant_id and c.id = k.case_id
    where k.tenant_id = ${tx.tenant} and k.enterprise_id = ${enterprise} and c.number = ${number} and k.way in ${OWN} and not c.confidential`)
  ).length > 0

export interface OfficerRow {
  readonly name: string
  readonly unit: string | null
  /** The telephone of the unit's office; nobody's own number leaves the house. */
  readonly phone: string | null
}
/** The liaison officers of an enterprise on a day (包保干部), the main one first. */
export const listOfficers = (tx: Tx, enterprise: EnterpriseId, day: string) =>
  tx.run<OfficerRow>(sql`
    select p.name, u.name as unit, u.phone from liaison l join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
    left join lateral (select post.unit_id from post where post.tenant_id = p.tenant_id and post.person_id = p.id
      and post.valid_from <= ${day} and (post.valid_to is null or post.valid_to >= ${day}) order by post.valid_from limit 1) o on true
    left join unit u on u.tenant_id = l.tenant_id and u.id = o.unit_id
    where l.tenant_id = ${tx.tenant} and l.target_id = ${enterprise} and l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day})
    order by l.role = 'main' desc, p.code limit 20`)

/** Visits to an enterprise that have been (走访), newest first: the day and whose people came. */
export const listVisitDays = (tx: Tx, enterprise: EnterpriseId) =>
  tx.run<{ on: string; people: string }>(sql`
    select v.on_day as on, coalesce((select string_agg(p.name, '、' order by p.code) from visit_official o
      join person p on p.tenant_id = o.tenant_id and p.id = o.person_id where o.tenant_id = v.tenant_id and o.visit_id = v.id), '') as people
    from visit v where v.tenant_id = ${tx.tenant} and v.target_id = ${enterprise} order by v.on_day desc, v.id desc limit 10`)

/** Visits that are planned (拟走访): the day, the units, what for. */
export const listPlanned = (tx: Tx, enterprise: EnterpriseId, today: string) =>
  tx.run<{ on: string; units: string; purposes: string }>(sql`
    select p.on_day as on, coalesce(string_agg(u.name, '、' order by pu.position), '') as units,
      coalesce(string_agg(distinct pu.purpose, '；'), '') as purposes
    from contact_plan p left join contact_plan_unit pu on pu.tenant_id = p.tenant_id and pu.plan_id = p.id
    left join unit u on u.tenant_id = pu.tenant_id and u.id = pu.unit_id
    where p.tenant_id = ${tx.tenant} and p.target_id = ${enterprise} and p.state = 'planned' and p.on_day >= ${today}
    group by p.id, p.on_day order by p.on_day, p.id limit 20`)

/** Do-not-disturbs of an enterprise that are not over (免打扰). */
export const listQuietDays = (tx: Tx, enterprise: EnterpriseId, today: string) =>
  tx.run<{ from: string; to: string }>(sql`
    select from_day as from, to_day as to from do_not_disturb where tenant_id = ${tx.tenant} and target_id = ${enterprise}
      and from_day <= to_day and to_day >= ${today} order by from_day limit 20`)

/** What the government owes an enterprise on record (失信违诺) and has not closed. */
export interface OwedPromiseRow {
  readonly id: PromiseId
  readonly words: string
  readonly fen: number | null
  readonly paidFen: number
  readonly deadline: string
  readonly unit: string
  readonly keptOn: string | null
}
export const listOwedPromises = (tx: Tx, enterprise: EnterpriseId) =>
  tx.run<OwedPromiseRow>(sql`
    select b.id, b.words, b.fen, b.deadline, u.name as unit, b.kept_on, coalesce((select sum(p.fen) from promise_payment p
      where p.tenant_id = b.tenant_id and p.promise_id = b.id and p.voided_at is null), 0)::bigint as paid_fen
    from broken_promise b join unit u on u.tenant_id = b.tenant_id and u.id = b.unit_id
    where b.tenant_id = ${tx.tenant} and b.enterprise_id = ${enterprise} and b.closed_at is null order by b.deadline, b.id limit 50`)
