import type { LiaisonTargetId, LiaisonTargetKind, NewLiaisonTarget, PersonId, Pipeline } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface NamedPersonRow {
  readonly id: PersonId
  readonly name: string
}
export interface TargetRow {
  readonly id: LiaisonTargetId
  readonly name: string
  readonly kind: LiaisonTargetKind
  readonly uscc: string | null
  readonly divisionCode: string | null
  readonly pipeline: Pipeline | null
  readonly closedOn: string | null
  readonly hasContact: boolean
  readonly main: NamedPersonRow | null
  readonly assisting: NamedPersonRow[]
  readonly visits: number
  readonly lastVisitOn: string | null
  readonly openCases: number
}
export interface TargetFilter {
  readonly id?: LiaisonTargetId | undefined
  readonly kind?: LiaisonTargetKind | undefined
  readonly q?: string | undefined
  readonly person?: PersonId | undefined
  readonly gap?: 'yes' | 'no' | undefined
  readonly contacted?: 'yes' | 'no' | undefined
}
const MOST = 2000
const escaped = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`
const inForceOn = (day: string) => sql`l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day})`

/** Targets by kind and name, with who is bound to each on a day and what has come of it. Closed ones only when asked for by id. */
export function listTargets(tx: Tx, filter: TargetFilter, day: string, sight: ReturnType<typeof sightOf>) {
  const { id, kind, q, person, gap, contacted } = filter
  const conditions: RawBuilder<unknown>[] = [sql`t.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`t.id = ${id}`)
  else conditions.push(sql`(t.closed_on is null or t.closed_on >= ${day})`)
  if (kind !== undefined) conditions.push(sql`t.kind = ${kind}`)
  if (q) conditions.push(sql`(t.name ilike ${escaped(q)} or t.uscc = ${q.toUpperCase()})`)
  if (person !== undefined)
    conditions.push(sql`exists (select from liaison l where l.tenant_id = t.tenant_id and l.target_id = t.id
      and l.person_id = ${person} and ${inForceOn(day)})`)
  if (gap !== undefined) conditions.push(gap === 'yes' ? sql`main.person is null` : sql`main.person is not null`)
  if (contacted !== undefined) conditions.push(contacted === 'yes' ? sql`v.visits > 0` : sql`v.visits = 0`)
  return tx.run<TargetRow>(sql`
    select t.id, t.name, t.kind, t.uscc, t.division_code, t.pipeline, t.closed_on, main.person as main, v.visits, v.last_visit_on, k.open_cases,
      exists (select from liaison_contact x where x.tenant_id = t.tenant_id and x.target_id = t.id) as has_contact,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.code), '[]')
        from liaison l join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
        where l.tenant_id = t.tenant_id and l.target_id = t.id and l.role = 'assisting' and ${inForceOn(day)}) as assisting
    from liaison_target t
    left join lateral (
      select jsonb_build_object('id', p.id, 'name', p.name) as person from liaison l join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
      where l.tenant_id = t.tenant_id and l.target_id = t.id and l.role = 'main' and ${inForceOn(day)}
        and exists (select from post where post.tenant_id = l.tenant_id and post.person_id = l.person_id and (post.valid_to is null or post.valid_to >= ${day}))
    ) main on true
    left join lateral (
      select count(*) as visits, max(on_day) as last_visit_on from visit where visit.tenant_id = t.tenant_id and visit.target_id = t.id
    ) v on true
    left join lateral (
      select count(distinct c.id) as open_cases from visit join visit_case vc on vc.tenant_id = visit.tenant_id and vc.visit_id = visit.id
      join "case" c on c.tenant_id = vc.tenant_id and c.id = vc.case_id
      where visit.tenant_id = t.tenant_id and visit.target_id = t.id and c.closed_at is null and ${visible(sight, tx.tenant)}
    ) k on true
    where ${sql.join(conditions, sql` and `)} order by array_position(array['enterprise','project','organisation'], t.kind), t.name, t.id limit ${MOST}`)
}

/** Targets by id, for their names; closed ones too. */
export const listTargetNames = (tx: Tx, ids: readonly LiaisonTargetId[]) =>
  tx.run<Pick<TargetRow, 'id' | 'name' | 'kind' | 'closedOn'>>(
    sql`select id, name, kind, closed_on from liaison_target where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[])`,
  )

/** Keeps others from binding anybody to a target until this transaction ends. */
export const lockTarget = async (tx: Tx, id: LiaisonTargetId) =>
  (
    await tx.run<Pick<TargetRow, 'id' | 'name' | 'kind' | 'closedOn' | 'divisionCode' | 'uscc'>>(
      sql`select id, name, kind, closed_on, division_code, uscc from liaison_target where tenant_id = ${tx.tenant} and id = ${id} for update`,
    )
  )[0]

/** @returns false where one of this kind and name, or with this code, is there already */
export const insertTarget = async (tx: Tx, id: LiaisonTargetId, given: NewLiaisonTarget, by: Actor) =>
  (
    await tx.run(sql`
    insert into liaison_target (tenant_id, id, kind, name, uscc, division_code, pipeline, by_name, created_at)
    values (${tx.tenant}, ${id}, ${given.kind}, ${given.name}, ${given.uscc ?? null}, ${given.divisionCode ?? null}, ${given.pipeline ?? null}, ${by.name}, ${by.at})
    on conflict do nothing returning 1`)
  ).length > 0

/**
 * Many at once. Those that are known already, or stand twice among them, are left out; an unknown division is left empty.
 * @returns those that were added
 */
export const insertTargets = (
  tx: Tx,
  targets: readonly (NewLiaisonTarget & { readonly id: LiaisonTargetId })[],
  by: Actor,
) =>
  tx.run<{ id: LiaisonTargetId }>(sql`
    insert into liaison_target (tenant_id, id, kind, name, uscc, division_code, by_name, created_at)
    select ${tx.tenant}, t.id, t.kind, t.name, t.uscc, d.code, ${by.name}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(targets.map(({ id, kind, name, uscc, divisionCode }) => ({ id, kind, name, uscc, code: divisionCode })))}::jsonb)
      as t (id uuid, kind text, name text, uscc text, code text)
    left join division d on d.tenant_id = ${tx.tenant} and d.code = t.code
    on conflict do nothing returning id`)

export const listKnownDivisions = async (tx: Tx, codes: readonly string[]) =>
  (
    await tx.run<{ code: string }>(
      sql`select code from division where tenant_id = ${tx.tenant} and code = any(${[...codes]}::text[])`,
    )
  ).map(({ code }) => code)

export const insertContact = (
  tx: Tx,
  id: LiaisonTargetId,
  { name, phone }: { readonly name?: string | undefined; readonly phone?: string | undefined },
) =>
  tx.run(
    sql`insert into liaison_contact (tenant_id, target_id, name, phone) values (${tx.tenant}, ${id}, ${name ?? null}, ${phone ?? null})`,
  )

/** Whom to call (联系人); every reading for a person is an audited act. */
export const findContact = async (tx: Tx, id: LiaisonTargetId) =>
  (
    await tx.run<{ name: string | null; phone: string | null }>(
      sql`select name, phone from liaison_contact where tenant_id = ${tx.tenant} and target_id = ${id} order by ordinal limit 1`,
    )
  )[0]

interface ContactRow {
  readonly name?: string | undefined
  readonly role?: string | undefined
  readonly phone?: string | undefined
}
/** All whom to call there, in their order; every reading for a person is an audited act. */
export const listContacts = (tx: Tx, id: LiaisonTargetId) =>
  tx.run<{ name: string | null; role: string | null; phone: string | null; platform: boolean }>(
    sql`select name, role, phone, platform_person is not null as platform from liaison_contact where tenant_id = ${tx.tenant} and target_id = ${id} order by ordinal`,
  )
/** Whom to call there, in place of whoever was written down before. */
export async function putContacts(tx: Tx, id: LiaisonTargetId, contacts: readonly ContactRow[]): Promise<void> {
  await tx.run(
    sql`delete from liaison_contact where tenant_id = ${tx.tenant} and target_id = ${id} and platform_person is null`,
  )
  await tx.run(sql`
    insert into liaison_contact (tenant_id, target_id, ordinal, name, role, phone)
    select ${tx.tenant}, ${id}, c.ordinal, c.name, c.role, c.phone
    from jsonb_to_recordset(${JSON.stringify(contacts.map((one, i) => ({ ...one, ordinal: i + 1 })))}::jsonb)
      as c (ordinal int, name text, role text, phone text)`)
}
/** Where somebody is reached who acts for an enterprise on the platform; behind the others. @returns false where the address is there already */
export const insertPlatformContact = async (
  tx: Tx,
  id: LiaisonTargetId,
  given: {
    readonly person: string
    readonly name: string
    readonly email?: string | undefined
    readonly phone?: string | undefined
  },
) =>
  (
    await tx.run(sql`
    insert into liaison_contact (tenant_id, target_id, ordinal, name, email, phone, platform_person)
    select ${tx.tenant}, ${id}, greatest(1000, coalesce(max(ordinal), 0) + 1), ${given.name}, ${given.email ?? null}, ${given.phone ?? null}, ${given.person}
    from liaison_contact where tenant_id = ${tx.tenant} and target_id = ${id} on conflict do nothing returning 1`)
  ).length > 0
/** Forgets the address of whoever acts for the enterprise no longer. */
export const deletePlatformContact = (tx: Tx, person: string) =>
  tx.run(sql`delete from liaison_contact where tenant_id = ${tx.tenant} and platform_person = ${person}`)

/** The name, code and division of a target anew. @returns false where another of its kind has the name or the code */
export const putTarget = async (
  tx: Tx,
  id: LiaisonTargetId,
  { name, uscc, divisionCode }: Pick<NewLiaisonTarget, 'name' | 'uscc' | 'divisionCode'>,
) =>
  (
    await tx.run(sql`
    update liaison_target t set name = ${name}, uscc = ${uscc ?? null}, division_code = ${divisionCode ?? null}
    where t.tenant_id = ${tx.tenant} and t.id = ${id} and not exists (select from liaison_target o where o.tenant_id = t.tenant_id
      and o.kind = t.kind and o.id <> t.id and (o.name = ${name} or o.uscc = ${uscc ?? null})) returning 1`)
  ).length > 0

/** Closes a target and ends whatever binds somebody to it after that day. */
export const closeTargetOn = (tx: Tx, id: LiaisonTargetId, on: string, reason: string) =>
  tx.run(sql`
    with never_begun as (delete from liaison where tenant_id = ${tx.tenant} and target_id = ${id} and valid_from > ${on}),
    ended as (update liaison set valid_to = ${on}, ended_reason = ${reason} where tenant_id = ${tx.tenant} and target_id = ${id}
      and valid_from <= ${on} and (valid_to is null or valid_to > ${on}))
    update liaison_target set closed_on = ${on}, closed_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`)

export const countDivision = async (tx: Tx, code: string) =>
  (await tx.run(sql`select 1 from division where tenant_id = ${tx.tenant} and code = ${code}`)).length

/** Targets that are still bound, by name; a few. */
export const findTargets = (tx: Tx, q: string, today: string) =>
  tx.run<Pick<TargetRow, 'id' | 'name' | 'kind'>>(sql`
    select id, name, kind from liaison_target where tenant_id = ${tx.tenant} and (closed_on is null or closed_on >= ${today})
      and (name ilike ${escaped(q)} or uscc = ${q.toUpperCase()}) order by name, id limit 100`)
/** Whether a project has a sheet of its own (项目台账). */
export const hasSheet = async (tx: Tx, id: LiaisonTargetId) =>
  (await tx.run(sql`select 1 as one from project where tenant_id = ${tx.tenant} and id = ${id}`)).length > 0
/** The mark of the pipeline; null takes it off. */
export const putPipeline = (tx: Tx, id: LiaisonTargetId, pipeline: Pipeline | null) =>
  tx.run(sql`update liaison_target set pipeline = ${pipeline} where tenant_id = ${tx.tenant} and id = ${id}`)

/** What was raised or followed on visits to some targets and is not closed, or was promised and is still to come; the confidential without their title. */
export const listOpenAt = (tx: Tx, ids: readonly LiaisonTargetId[]) =>
  tx.run<{ targetId: LiaisonTargetId; number: string; title: string; promisedOn: string | null }>(sql`
    select distinct v.target_id, c.number, case when c.confidential then '（保密事项）' else c.title end as title, c.promised_on
    from visit v join visit_case vc on vc.tenant_id = v.tenant_id and vc.visit_id = v.id
    join "case" c on c.tenant_id = vc.tenant_id and c.id = vc.case_id
    where v.tenant_id = ${tx.tenant} and v.target_id = any(${[...ids]}::uuid[])
      and (c.closed_at is null or c.outcome = 'promised') order by c.number limit 2000`)
