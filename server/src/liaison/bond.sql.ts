import type { LiaisonId, LiaisonRole, LiaisonTargetId, NewLiaison, PersonId, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import type { NamedPersonRow, TargetRow } from './target.sql.ts'

/** A liaison (包保) as it is stored: who, to what, as what, for which days, in whose succession. */
export interface BondRow {
  readonly id: LiaisonId
  readonly target: Pick<TargetRow, 'id' | 'name' | 'kind'>
  readonly person: NamedPersonRow
  readonly role: LiaisonRole
  /** The first liaison of the succession: whoever took over stands in the same line. */
  readonly lineId: LiaisonId
  readonly from: string
  readonly to: string | null
  /** The last day on which the person answers for the target: that of the liaison, or of their last post where they left before. */
  readonly servedTo: string | null
  readonly reason: string
  readonly ended: string | null
  readonly visits: number
}
interface BondFilter {
  readonly id?: LiaisonId
  readonly target?: LiaisonTargetId | undefined
  readonly person?: PersonId
  /** Only those that touch these days. */
  readonly span?: { readonly from: string; readonly to: string }
  readonly targets?: readonly LiaisonTargetId[] | undefined
}

function conditionsOf(tx: Tx, { id, target, targets, person, span }: BondFilter): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`l.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`l.id = ${id}`)
  if (target !== undefined) conditions.push(sql`l.target_id = ${target}`)
  if (person !== undefined) conditions.push(sql`l.person_id = ${person}`)
  if (span !== undefined)
    conditions.push(sql`l.valid_from <= ${span.to} and (l.valid_to is null or l.valid_to >= ${span.from})`)
  if (targets !== undefined) conditions.push(sql`l.target_id = any(${[...targets]}::uuid[])`)
  return sql.join(conditions, sql` and `)
}
/** The last day of the liaison, or of the person's last post where they left before. */
const SERVED_TO = sql`least(l.valid_to, (select case when bool_or(post.valid_to is null) then null else max(post.valid_to) end
  from post where post.tenant_id = l.tenant_id and post.person_id = l.person_id))`

/** Liaisons, oldest first, each with the visits its person made while bound. */
export const listBonds = (tx: Tx, filter: BondFilter) =>
  tx.run<BondRow>(sql`
    select l.id, jsonb_build_object('id', t.id, 'name', t.name, 'kind', t.kind) as target,
      jsonb_build_object('id', p.id, 'name', p.name) as person, l.role, l.line_id, l.valid_from as from, l.valid_to as to, l.reason,
      l.ended_reason as ended, ${SERVED_TO} as served_to,
      (select count(*) from visit v join visit_official o on o.tenant_id = v.tenant_id and o.visit_id = v.id
        where v.tenant_id = l.tenant_id and v.target_id = l.target_id and o.person_id = l.person_id and v.on_day >= l.valid_from
          and (l.valid_to is null or v.on_day <= l.valid_to)) as visits
    from liaison l
    join liaison_target t on t.tenant_id = l.tenant_id and t.id = l.target_id
    join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
    where ${conditionsOf(tx, filter)} order by l.valid_from, l.id limit 20000`)

/** Who answers for what on which days, and nothing more. */
export type HolderRow = Pick<BondRow, 'target' | 'lineId' | 'from' | 'servedTo'> & {
  readonly personId: PersonId
  /** Since when the line holds an office with the target; null where it holds none. */
  readonly officeFrom: string | null
}
export const listHolders = (tx: Tx, filter: BondFilter) =>
  tx.run<HolderRow>(sql`
    select jsonb_build_object('id', t.id, 'name', t.name, 'kind', t.kind) as target, l.person_id, l.line_id, l.valid_from as from, ${SERVED_TO} as served_to,
      (select line.office_from from liaison line where line.tenant_id = l.tenant_id and line.id = l.line_id) as office_from
    from liaison l join liaison_target t on t.tenant_id = l.tenant_id and t.id = l.target_id
    where ${conditionsOf(tx, filter)} order by l.valid_from, l.id`)

/** @throws where it overlaps another main liaison of the target or the person's own */
export const insertBond = (tx: Tx, bond: NewLiaison & { id: LiaisonId; lineId: LiaisonId }, by: Actor) =>
  tx.run(sql`
    insert into liaison (tenant_id, id, target_id, person_id, role, line_id, valid_from, valid_to, reason, by_name, created_at)
    values (${tx.tenant}, ${bond.id}, ${bond.targetId}, ${bond.personId}, ${bond.role}, ${bond.lineId}, ${bond.from}, ${bond.to ?? null},
      ${bond.reason}, ${by.name}, ${by.at})`)

export const endBondOn = (tx: Tx, id: LiaisonId, on: string, reason: string) =>
  tx.run(
    sql`update liaison set valid_to = ${on}, ended_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`,
  )

/** Since when a line of liaison holds an office with its target; an earlier day stands. */
export const putOffice = (tx: Tx, line: LiaisonId, from: string) =>
  tx.run(sql`
    update liaison set office_from = least(office_from, ${from}::date) where tenant_id = ${tx.tenant} and id = ${line}`)

/** A post and the days it is held (任职). */
export interface TenureRow {
  readonly personId: PersonId
  readonly name: string
  readonly unitId: UnitId
  readonly title: string | null
  readonly from: string
  readonly to: string | null
}

/** Posts of some people, or in some units, whenever they were held. */
export const listTenures = (tx: Tx, of: { people?: readonly PersonId[]; units?: readonly UnitId[] }) =>
  tx.run<TenureRow>(sql`
    select post.person_id, person.name, post.unit_id, post.title, post.valid_from as from, post.valid_to as to
    from post join person on person.tenant_id = post.tenant_id and person.id = post.person_id
    where post.tenant_id = ${tx.tenant} and (${of.people === undefined} or post.person_id = any(${[...(of.people ?? [])]}::uuid[]))
      and (${of.units === undefined} or post.unit_id = any(${[...(of.units ?? [])]}::uuid[]))
    order by person.code, post.valid_from`)

export const listPersonNames = (tx: Tx, ids: readonly PersonId[]) =>
  tx.run<NamedPersonRow>(
    sql`select id, name from person where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[])`,
  )
