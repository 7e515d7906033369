import type {
  CadenceExemptionId,
  CadencePer,
  CadenceRuleId,
  Debtor,
  DutySharing,
  LiaisonTargetId,
  LiaisonTargetKind,
  NewCadenceExemption,
  PersonId,
  VisitKind,
} from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

/** A version of a rule as it is stored. */
export interface RuleRow {
  readonly id: CadenceRuleId
  readonly code: string
  readonly version: number
  readonly title: string
  readonly debtor: Debtor
  readonly sharing: DutySharing
  readonly towardKind: LiaisonTargetKind | null
  readonly targetId: LiaisonTargetId | null
  readonly min: number
  readonly per: CadencePer
  readonly counts: VisitKind[]
  readonly leastWorkdays: number
  readonly basis: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly by: string
}
export interface ExemptionRow {
  readonly id: CadenceExemptionId
  readonly personId: PersonId | null
  readonly targetId: LiaisonTargetId | null
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly by: string
}

/** Rules by code, newest version first; those that concern some targets, or all. */
export const listRules = (tx: Tx, targets?: readonly LiaisonTargetId[]) =>
  tx.run<RuleRow>(sql`
    select id, code, version, title, debtor, sharing, toward_kind, target_id, min, per, counts, least_workdays, basis, valid_from, valid_to, by_name as by
    from cadence_rule where tenant_id = ${tx.tenant}
      and (${targets === undefined} or target_id is null or target_id = any(${[...(targets ?? [])]}::uuid[])) order by code, version desc`)

/** One writer of a rule's versions at a time. */
export const lockRules = (tx: Tx) =>
  tx.run(sql`select 1 from cadence_rule where tenant_id = ${tx.tenant} order by code, version for update`)

export const insertRule = (tx: Tx, rule: Omit<RuleRow, 'by' | 'validTo'>, by: Actor) =>
  tx.run(sql`
    insert into cadence_rule (tenant_id, id, code, version, title, debtor, sharing, toward_kind, target_id, min, per, counts, least_workdays, basis, valid_from, by_name, created_at)
    values (${tx.tenant}, ${rule.id}, ${rule.code}, ${rule.version}, ${rule.title}, ${JSON.stringify(rule.debtor)}::jsonb, ${rule.sharing}, ${rule.towardKind},
      ${rule.targetId}, ${rule.min}, ${rule.per}, ${rule.counts}::text[], ${rule.leastWorkdays}, ${rule.basis}, ${rule.validFrom}, ${by.name}, ${by.at})`)

export const endRuleOn = (tx: Tx, id: CadenceRuleId, on: string) =>
  tx.run(sql`update cadence_rule set valid_to = ${on} where tenant_id = ${tx.tenant} and id = ${id}`)

/** Leaves and suspensions that touch some days. */
export const listExemptions = (tx: Tx, { from, to }: { readonly from: string; readonly to: string }) =>
  tx.run<ExemptionRow>(sql`
    select id, person_id, target_id, from_day as from, to_day as to, reason, by_name as by
    from cadence_exemption where tenant_id = ${tx.tenant} and from_day <= ${to} and to_day >= ${from} order by from_day desc, id limit 5000`)

export const insertExemption = (tx: Tx, id: CadenceExemptionId, given: NewCadenceExemption, by: Actor) =>
  tx.run(sql`
    insert into cadence_exemption (tenant_id, id, person_id, target_id, from_day, to_day, reason, by_name, created_at)
    values (${tx.tenant}, ${id}, ${given.personId ?? null}, ${given.targetId ?? null}, ${given.from}, ${given.to}, ${given.reason}, ${by.name}, ${by.at})`)
