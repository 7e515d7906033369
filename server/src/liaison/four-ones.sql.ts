import type {
  FourOnesQuota,
  LiaisonTargetId,
  LiaisonTargetKind,
  NewFourOnesQuota,
  PersonId,
  Pipeline,
  QuotaId,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

/** Versions of the quotas (四个一定额), newest first. */
export const listQuotas = (tx: Tx) =>
  tx.run<FourOnesQuota>(sql`
    select id, version, owner, planned, negotiated, served, linked, basis, valid_from, by_name as by
    from four_ones_quota where tenant_id = ${tx.tenant} order by version desc limit 200`)

/** @returns false where another version was put up meanwhile */
export const insertQuota = async (tx: Tx, quota: NewFourOnesQuota & { id: QuotaId; version: number }, by: Actor) =>
  (
    await tx.run(sql`
    insert into four_ones_quota (tenant_id, id, version, owner, planned, negotiated, served, linked, basis, valid_from, by_name, created_at)
    values (${tx.tenant}, ${quota.id}, ${quota.version}, ${quota.owner}, ${quota.planned}, ${quota.negotiated}, ${quota.served}, ${quota.linked},
      ${quota.basis}, ${quota.validFrom}, ${by.name}, ${by.at}) on conflict do nothing returning 1`)
  ).length > 0

export interface OwnerRow {
  readonly person: { readonly id: PersonId; readonly name: string }
  readonly unit: { readonly id: UnitId; readonly name: string }
}
/** Leaders and heads of a day, with the units in which they are. */
export const listOwners = (tx: Tx, day: string) =>
  tx.run<OwnerRow>(sql`
    select jsonb_build_object('id', p.id, 'name', p.name) as person, jsonb_build_object('id', unit.id, 'name', unit.name) as unit
    from post join person p on p.tenant_id = post.tenant_id and p.id = post.person_id
    join unit on unit.tenant_id = post.tenant_id and unit.id = post.unit_id
    where post.tenant_id = ${tx.tenant} and post.valid_from <= ${day} and (post.valid_to is null or post.valid_to >= ${day})
      and exists (select from post_role r where r.tenant_id = post.tenant_id and r.post_id = post.id and r.role in ('leader', 'head'))
    order by unit.code, p.code limit 5000`)

export interface LinkRow {
  readonly personId: PersonId
  readonly units: UnitId[]
  readonly target: { readonly id: LiaisonTargetId; readonly name: string; readonly kind: LiaisonTargetKind }
  readonly pipeline: Pipeline | null
}
/** Who is bound to which enterprise or marked project on a day, with the units in which they hold posts. */
export const listLinks = (tx: Tx, day: string) =>
  tx.run<LinkRow>(sql`
    select l.person_id, jsonb_build_object('id', t.id, 'name', t.name, 'kind', t.kind) as target, t.pipeline,
      array(select distinct post.unit_id::text from post where post.tenant_id = l.tenant_id and post.person_id = l.person_id
        and post.valid_from <= ${day} and (post.valid_to is null or post.valid_to >= ${day})) as units
    from liaison l join liaison_target t on t.tenant_id = l.tenant_id and t.id = l.target_id
    where l.tenant_id = ${tx.tenant} and l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day})
      and (t.closed_on is null or t.closed_on >= ${day}) and (t.kind = 'enterprise' or t.pipeline is not null)
    order by t.name, t.id limit 20000`)
