import type {
  AmendCampaign,
  CampaignFigures,
  CampaignId,
  CampaignKind,
  CampaignScopeKind,
  CaseId,
  LiaisonTargetId,
  LiaisonTargetKind,
  NewCampaign,
  PersonId,
  UnitId,
  VisitId,
  VisitKind,
} from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

interface NamedUnit {
  readonly id: UnitId
  readonly name: string
}
/** A campaign as it is stored; no figure is. */
export interface CampaignFacts {
  readonly id: CampaignId
  readonly title: string
  readonly kind: CampaignKind
  readonly tag: string
  readonly banner: string | null
  readonly superior: string | null
  readonly parent: { readonly id: CampaignId; readonly title: string } | null
  readonly ownerUnit: NamedUnit
  readonly owner: { readonly id: PersonId; readonly name: string }
  readonly checkUnit: NamedUnit
  readonly from: string
  readonly to: string
  readonly scopeBy: CampaignScopeKind
  readonly scopeKinds: LiaisonTargetKind[]
  readonly divisions: { readonly code: string; readonly name: string }[]
  readonly least: number
  readonly counts: VisitKind[]
}
interface CampaignFilter {
  readonly ids?: readonly CampaignId[]
  readonly parent?: CampaignId
  /** Only those that run on this day. */
  readonly on?: string
}
/** Campaigns: the running and coming ones first, the latest before the others. */
export const listCampaigns = (tx: Tx, { ids, parent, on }: CampaignFilter, day: string) =>
  tx.run<CampaignFacts>(sql`
    select k.id, k.title, k.kind, k.tag, k.banner, k.superior, k.from_day as from, k.to_day as to, k.scope_by, k.scope_kinds, k.least, k.counts,
      case when up.id is not null then jsonb_build_object('id', up.id, 'title', up.title) end as parent,
      jsonb_build_object('id', u.id, 'name', u.name) as owner_unit, jsonb_build_object('id', p.id, 'name', p.name) as owner,
      jsonb_build_object('id', x.id, 'name', x.name) as check_unit,
      (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'name', d.name) order by d.code), '[]')
        from campaign_division c join division d on d.tenant_id = c.tenant_id and d.code = c.division_code
        where c.tenant_id = k.tenant_id and c.campaign_id = k.id) as divisions
    from campaign k join unit u on u.tenant_id = k.tenant_id and u.id = k.owner_unit_id join unit x on x.tenant_id = k.tenant_id and x.id = k.check_unit_id
    join person p on p.tenant_id = k.tenant_id and p.id = k.owner_id left join campaign up on up.tenant_id = k.tenant_id and up.id = k.parent_id
    where k.tenant_id = ${tx.tenant} and (${ids === undefined} or k.id = any(${[...(ids ?? [])]}::uuid[]))
      and (${parent === undefined} or k.parent_id = ${parent ?? null}::uuid)
      and (${on === undefined} or ${on ?? null}::date between k.from_day and k.to_day)
    order by k.to_day < ${day}, k.from_day > ${day}, k.from_day desc, k.title, k.id limit 200`)

/** Holds a campaign until the transaction ends. @returns false where there is none */
export const lockCampaign = async (tx: Tx, id: CampaignId) =>
  (await tx.run(sql`select 1 as one from campaign where tenant_id = ${tx.tenant} and id = ${id} for update`)).length > 0

/** @returns the title of whichever has the tag already */
export const findTitleOfTag = async (tx: Tx, tag: string) =>
  (await tx.run<{ title: string }>(sql`select title from campaign where tenant_id = ${tx.tenant} and tag = ${tag}`))[0]
    ?.title

/** @returns false where the tag is taken */
export const insertCampaign = async (tx: Tx, id: CampaignId, given: NewCampaign, by: Actor) =>
  (
    await tx.run(sql`
    insert into campaign (tenant_id, id, title, kind, tag, banner, superior, parent_id, owner_unit_id, owner_id, check_unit_id, from_day, to_day,
      scope_by, scope_kinds, least, counts, by_name, created_at)
    values (${tx.tenant}, ${id}, ${given.title}, ${given.kind}, ${given.tag}, ${given.banner ?? null}, ${given.superior ?? null},
      ${given.parentId ?? null}, ${given.ownerUnitId}, ${given.ownerId}, ${given.checkUnitId}, ${given.from}, ${given.to}, ${given.scope.by},
      ${'kinds' in given.scope ? [...new Set(given.scope.kinds)] : []}::text[], ${given.least}, ${[...new Set(given.counts)]}::text[], ${by.name}, ${by.at})
    on conflict (tenant_id, tag) do nothing returning 1 as one`)
  ).length > 0

export const updateCampaign = (tx: Tx, id: CampaignId, given: Omit<AmendCampaign, 'reason'>) =>
  tx.run(sql`
    update campaign set title = coalesce(${given.title ?? null}, title), banner = coalesce(${given.banner ?? null}, banner),
      to_day = coalesce(${given.to ?? null}::date, to_day), owner_unit_id = coalesce(${given.ownerUnitId ?? null}::uuid, owner_unit_id),
      owner_id = coalesce(${given.ownerId ?? null}::uuid, owner_id), check_unit_id = coalesce(${given.checkUnitId ?? null}::uuid, check_unit_id)
    where tenant_id = ${tx.tenant} and id = ${id}`)

/** Visits and meetings after a day that carry the tag and would no longer count. */
export const countAfter = async (tx: Tx, id: CampaignId, day: string) =>
  (
    await tx.run<{ count: number }>(sql`
    select count(*) from campaign k join (
      select tags, on_day from visit where tenant_id = ${tx.tenant} and on_day > ${day}
      union all select tags, on_day from meeting where tenant_id = ${tx.tenant} and on_day > ${day}) as v on k.tag = any(v.tags) and v.on_day <= k.to_day
    where k.tenant_id = ${tx.tenant} and k.id = ${id}`)
  )[0]?.count ?? 0

/** @returns the codes that are known */
export const insertDivisions = async (tx: Tx, id: CampaignId, codes: readonly string[]) =>
  (
    await tx.run<{ code: string }>(sql`
    insert into campaign_division (tenant_id, campaign_id, division_code)
    select tenant_id, ${id}, code from division where tenant_id = ${tx.tenant} and code = any(${[...codes]}::text[])
    on conflict do nothing returning division_code as code`)
  ).map(({ code }) => code)

/** Targets that are registered, of these. */
export const listKnownTargets = async (tx: Tx, ids: readonly LiaisonTargetId[]) =>
  (
    await tx.run<{ id: LiaisonTargetId }>(
      sql`select id from liaison_target where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[])`,
    )
  ).map(({ id }) => id)

/** Targets of these names or codes, to tell which one a line of a file means. */
export const listTargetsCalled = (tx: Tx, names: readonly string[], codes: readonly string[]) =>
  tx.run<{ id: LiaisonTargetId; name: string; uscc: string | null }>(sql`
    select id, name, uscc from liaison_target where tenant_id = ${tx.tenant} and (name = any(${[...names]}::text[]) or uscc = any(${[...codes]}::text[]))
    order by id`)

/** Names subjects; one that had been taken out comes back. @returns how many are new or back */
export const nameSubjects = async (
  tx: Tx,
  id: CampaignId,
  { targetIds, unitIds }: { readonly targetIds: readonly LiaisonTargetId[]; readonly unitIds: readonly UnitId[] },
  by: Actor,
) =>
  (
    await tx.run(sql`
    insert into campaign_subject (tenant_id, campaign_id, subject_id, target_id, unit_id, by_name, at)
    select ${tx.tenant}, ${id}, coalesce(target_id, unit_id), target_id, unit_id, ${by.name}, ${by.at} from (
      select distinct t as target_id, null::uuid as unit_id from unnest(${[...targetIds]}::uuid[]) as t
      union all select distinct null::uuid, u from unnest(${[...unitIds]}::uuid[]) as u) as named
    on conflict (tenant_id, campaign_id, subject_id) do update set out_reason = null, by_name = excluded.by_name, at = excluded.at
      where campaign_subject.out_reason is not null
    returning 1 as one`)
  ).length

export const excludeSubject = (
  tx: Tx,
  id: CampaignId,
  { targetId, unitId, reason }: { targetId?: LiaisonTargetId | undefined; unitId?: UnitId | undefined; reason: string },
  by: Actor,
) =>
  tx.run(sql`
    insert into campaign_subject (tenant_id, campaign_id, subject_id, target_id, unit_id, out_reason, by_name, at)
    values (${tx.tenant}, ${id}, ${targetId ?? unitId}, ${targetId ?? null}, ${unitId ?? null}, ${reason}, ${by.name}, ${by.at})
    on conflict (tenant_id, campaign_id, subject_id) do update set out_reason = excluded.out_reason, by_name = excluded.by_name, at = excluded.at`)

/** Cases a campaign has collected; one that is there already stays as it is. */
export const insertCampaignCases = (
  tx: Tx,
  ids: readonly CampaignId[],
  cases: readonly CaseId[],
  visit: VisitId | null,
  by: Actor,
) =>
  tx.run(sql`
    insert into campaign_case (tenant_id, campaign_id, case_id, visit_id, by_name, at)
    select ${tx.tenant}, k, c, ${visit}::uuid, ${by.name}, ${by.at} from unnest(${[...ids]}::uuid[]) as k, unnest(${[...cases]}::uuid[]) as c
    on conflict do nothing`)

/** The campaigns a case is part of, and how it came there. */
export const listCampaignsOf = (tx: Tx, kase: CaseId) =>
  tx.run<{ id: CampaignId; visitId: VisitId | null }>(sql`
    select campaign_id as id, visit_id from campaign_case where tenant_id = ${tx.tenant} and case_id = ${kase}`)

/** How a case came into a campaign; undefined where it is not in it. */
export const findCampaignCase = async (tx: Tx, id: CampaignId, kase: CaseId) =>
  (
    await tx.run<{ visitId: VisitId | null }>(sql`
    select visit_id from campaign_case where tenant_id = ${tx.tenant} and campaign_id = ${id} and case_id = ${kase} for update`)
  )[0]
export const dropCampaignCase = (tx: Tx, id: CampaignId, kase: CaseId) =>
  tx.run(sql`delete from campaign_case where tenant_id = ${tx.tenant} and campaign_id = ${id} and case_id = ${kase}`)

/** Stage results, the latest first. Those published before meetings carried a tag have none. */
export const listResults = (tx: Tx, id: CampaignId) =>
  tx.run<{ id: string; at: Date; by: string; text: string; sentence: string; figures: CampaignFigures }>(sql`
    select id, at, by_name as by, text, sentence, jsonb_build_object('meetings', 0) || figures as figures from campaign_result where tenant_id = ${tx.tenant} and campaign_id = ${id}
    order by at desc, id desc limit 200`)
export const insertResult = (
  tx: Tx,
  campaign: CampaignId,
  { id, text, sentence, figures }: { id: string; text: string; sentence: string; figures: CampaignFigures },
  by: Actor,
) =>
  tx.run(sql`
    insert into campaign_result (tenant_id, campaign_id, id, text, sentence, figures, by_name, at)
    values (${tx.tenant}, ${campaign}, ${id}, ${text}, ${sentence}, ${JSON.stringify(figures)}::jsonb, ${by.name}, ${by.at})`)
