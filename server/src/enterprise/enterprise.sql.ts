import type { EditEnterprise, EnterpriseId, EnterpriseRow, NewEnterprise } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

/** Gives the targets of kind enterprise a sheet that have none yet. */
export const ensureSheets = (tx: Tx, ids: readonly EnterpriseId[], by: Actor) =>
  tx.run(sql`
    insert into enterprise (tenant_id, id, party_members, figures_class, by_name, updated_at)
    select ${tx.tenant}, t.id, 0, 'bound', ${by.name}, ${by.at} from liaison_target t
    where t.tenant_id = ${tx.tenant} and t.kind = 'enterprise' and t.id = any(${[...ids]}::uuid[]) on conflict do nothing`)

/** The sheet anew. */
export function putSheet(
  tx: Tx,
  id: EnterpriseId,
  sheet: Omit<NewEnterprise | EditEnterprise, 'basedOn'>,
  confirmed: { readonly by: string; readonly note: string } | undefined,
  by: Actor,
) {
  const { industry = null, chain = null, registeredOn = null, address = null, partyInstructor = null } = sheet
  return tx.run(sql`
    update enterprise set industry = ${industry}, chain = ${chain}, registered_on = ${registeredOn}, address = ${address},
      party_organisation = ${sheet.partyOrganisation}, party_members = ${sheet.partyMembers}, party_instructor = ${partyInstructor},
      figures_class = ${sheet.figuresClass}, uscc_confirmed_by = ${confirmed?.by ?? null}, uscc_note = ${confirmed?.note ?? null},
      by_name = ${by.name}, updated_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id}`)
}

/** The years of an enterprise, in place of those before. */
export async function putYears(tx: Tx, id: EnterpriseId, years: NonNullable<NewEnterprise['years']>): Promise<void> {
  await tx.run(sql`delete from enterprise_year where tenant_id = ${tx.tenant} and enterprise_id = ${id}`)
  await tx.run(sql`
    insert into enterprise_year (tenant_id, enterprise_id, year, size, above_scale, staff, source)
    select ${tx.tenant}, ${id}, y.year, y.size, y."aboveScale", y.staff, y.source
    from jsonb_to_recordset(${JSON.stringify(years)}::jsonb) as y (year int, size text, "aboveScale" boolean, staff int, source text)`)
}

/** The titles of an enterprise, in place of those before; none at all is on record, too. */
export async function putTitles(tx: Tx, id: EnterpriseId, titles: NonNullable<NewEnterprise['titles']>): Promise<void> {
  await tx.run(sql`update enterprise set titles_recorded = true where tenant_id = ${tx.tenant} and id = ${id}`)
  await tx.run(sql`delete from enterprise_title where tenant_id = ${tx.tenant} and enterprise_id = ${id}`)
  await tx.run(sql`
    insert into enterprise_title (tenant_id, enterprise_id, title, from_day, to_day, source)
    select ${tx.tenant}, ${id}, t.title, t."from", t."to", t.source
    from jsonb_to_recordset(${JSON.stringify(titles)}::jsonb) as t (title text, "from" date, "to" date, source text) on conflict do nothing`)
}

/** Another enterprise with the code, if there is one. */
export const findByCode = async (tx: Tx, uscc: string, other: EnterpriseId | null) =>
  (
    await tx.run<{ id: EnterpriseId; name: string }>(sql`
      select id, name from liaison_target where tenant_id = ${tx.tenant} and kind = 'enterprise' and uscc = ${uscc}
        and (${other}::uuid is null or id <> ${other})`)
  )[0]

export interface EnterpriseFilter {
  readonly id?: EnterpriseId | undefined
  readonly q?: string | undefined
  readonly chain?: string | undefined
  readonly size?: string | undefined
  readonly aboveScale?: 'yes' | 'no' | undefined
  readonly division?: string | undefined
  readonly partyOrganisation?: string | undefined
  readonly partyOrganised?: 'yes' | 'no' | undefined
  readonly partyWorked?: 'yes' | 'no' | undefined
  readonly gap?: 'yes' | 'no' | undefined
}
/** On which day and in which year the register is looked at. */
export interface Seen {
  readonly day: string
  readonly year: number
}
const escaped = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`
const ORGANISED = sql`coalesce(e.party_organisation, 'none') <> 'none'`
const WORKED = sql`(coalesce(e.party_organisation, 'none') <> 'none' or e.party_instructor is not null)`
const ABOVE = sql`coalesce(y.above_scale, false)`
const is = (condition: RawBuilder<unknown>, wanted: 'yes' | 'no') =>
  wanted === 'yes' ? condition : sql`not ${condition}`

/** Whoever answers for the target `t` today as the main one, and still has a post. */
const mainOf = (day: string) => sql`
    left join lateral (
      select jsonb_build_object('id', p.id, 'name', p.name) as person from liaison l join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
      where l.tenant_id = t.tenant_id and l.target_id = t.id and l.role = 'main' and l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day})
        and exists (select from post where post.tenant_id = l.tenant_id and post.person_id = l.person_id and (post.valid_to is null or post.valid_to >= ${day}))
    ) main on true`

const joined = ({ day, year }: Seen, main = mainOf(day)) => sql`
    from liaison_target t
    left join enterprise e on e.tenant_id = t.tenant_id and e.id = t.id
    left join enterprise_year y on y.tenant_id = t.tenant_id and y.enterprise_id = t.id and y.year = ${year} ${main}`

function conditionsOf(tx: Tx, filter: EnterpriseFilter, { day }: Seen): RawBuilder<unknown> {
  const { id, q, chain, size, aboveScale, division, partyOrganisation, partyOrganised, partyWorked, gap } = filter
  const list: RawBuilder<unknown>[] = [sql`t.tenant_id = ${tx.tenant} and t.kind = 'enterprise'`]
  list.push(id === undefined ? sql`(t.closed_on is null or t.closed_on >= ${day})` : sql`t.id = ${id}`)
  if (q) list.push(sql`(t.name ilike ${escaped(q)} or t.uscc = ${q.toUpperCase()})`)
  if (chain) list.push(sql`e.chain = ${chain}`)
  if (size !== undefined) list.push(sql`y.size = ${size}`)
  if (aboveScale !== undefined) list.push(is(ABOVE, aboveScale))
  if (division) list.push(sql`t.division_code = ${division}`)
  if (partyOrganisation !== undefined) list.push(sql`e.party_organisation = ${partyOrganisation}`)
  if (partyOrganised !== undefined) list.push(is(sql`(${ORGANISED})`, partyOrganised))
  if (partyWorked !== undefined) list.push(is(WORKED, partyWorked))
  if (gap !== undefined) list.push(gap === 'yes' ? sql`main.person is null` : sql`main.person is not null`)
  return sql.join(list, sql` and `)
}

/** A page of the register by name (企业名录), one more than the limit where there is more. */
export const listEnterprises = (
  tx: Tx,
  filter: EnterpriseFilter,
  seen: Seen,
  page: { readonly after: string | undefined; readonly limit: number },
) =>
  tx.run<EnterpriseRow>(sql`
    select t.id, t.name, t.uscc, t.division_code, t.closed_on, e.chain, y.size, ${ABOVE} as above_scale,
      e.party_organisation, e.party_instructor, main.person as main
    ${joined(seen)}
    where ${conditionsOf(tx, filter, seen)}
      and (${page.after ?? null}::uuid is null or (t.name, t.id) > (select a.name, a.id from liaison_target a where a.tenant_id = ${tx.tenant} and a.id = ${page.after ?? null}::uuid))
    order by t.name, t.id limit ${page.limit + 1}`)

/** Counts over what a filter leaves. Cost: one pass over the register; who is main is found for all at once, not enterprise by enterprise. */
export const countEnterprises = async (tx: Tx, filter: EnterpriseFilter, seen: Seen) => {
  const [row] = await tx.run<Record<(typeof COUNTED)[number], number>>(sql`
    with bound as materialized (
      select l.target_id, l.person_id as person from liaison l
      where l.tenant_id = ${tx.tenant} and l.role = 'main' and l.valid_from <= ${seen.day} and (l.valid_to is null or l.valid_to >= ${seen.day})
        and exists (select from post where post.tenant_id = l.tenant_id and post.person_id = l.person_id and (post.valid_to is null or post.valid_to >= ${seen.day}))
    )
    select count(*) as enterprises, count(*) filter (where main.person is not null) as covered, count(*) filter (where ${ABOVE}) as above_scale,
      count(*) filter (where ${ABOVE} and main.person is not null) as above_scale_covered, count(*) filter (where ${ORGANISED}) as party_organised,
      count(*) filter (where ${WORKED}) as party_worked
    ${joined(seen, sql`left join bound main on main.target_id = t.id`)} where ${conditionsOf(tx, filter, seen)}`)
  if (row === undefined) throw new Error('counts are one row')
  return row
}
const COUNTED = ['enterprises', 'covered', 'aboveScale', 'aboveScaleCovered', 'partyOrganised', 'partyWorked'] as const

/** The industrial chains that are written in the register (产业链). */
export const listChains = async (tx: Tx) =>
  (
    await tx.run<{ chain: string }>(
      sql`select distinct chain from enterprise where tenant_id = ${tx.tenant} and chain is not null order by chain limit 100`,
    )
  ).map(({ chain }) => chain)

/** The newest year on record that is not after a year. */
export const findYear = async (tx: Tx, upTo: number) =>
  (
    await tx.run<{ year: number | null }>(
      sql`select max(year) as year from enterprise_year where tenant_id = ${tx.tenant} and year <= ${upTo}`,
    )
  )[0]?.year ?? upTo

/** What else is on the sheet of an enterprise. */
export const findSheet = async (tx: Tx, id: EnterpriseId, day: string) =>
  (
    await tx.run<SheetRow>(sql`
    select e.uscc_confirmed_by, e.uscc_note, d.name as division, e.industry, e.registered_on, e.address, coalesce(e.party_members, 0) as party_members,
      coalesce(e.figures_class, 'bound') as figures_class, e.updated_at, e.by_name as updated_by,
      (select coalesce(jsonb_agg(jsonb_build_object('year', y.year, 'size', y.size, 'aboveScale', y.above_scale, 'staff', y.staff, 'source', y.source) order by y.year desc), '[]')
        from enterprise_year y where y.tenant_id = t.tenant_id and y.enterprise_id = t.id) as years,
      coalesce(e.titles_recorded, false) as titles_recorded,
      (select coalesce(jsonb_agg(jsonb_build_object('title', x.title, 'from', x.from_day, 'to', x.to_day, 'source', x.source) order by x.from_day desc, x.title), '[]')
        from enterprise_title x where x.tenant_id = t.tenant_id and x.enterprise_id = t.id) as titles,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.code), '[]')
        from liaison l join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
        where l.tenant_id = t.tenant_id and l.target_id = t.id and l.role = 'assisting' and l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day})) as assisting,
      (select count(*) from liaison_contact c where c.tenant_id = t.tenant_id and c.target_id = t.id) as contacts,
      v.visits, v.last_visit_on
    from liaison_target t left join enterprise e on e.tenant_id = t.tenant_id and e.id = t.id
    left join division d on d.tenant_id = t.tenant_id and d.code = t.division_code
    cross join lateral (select count(*) as visits, max(on_day) as last_visit_on from visit where visit.tenant_id = t.tenant_id and visit.target_id = t.id) v
    where t.tenant_id = ${tx.tenant} and t.id = ${id} and t.kind = 'enterprise'`)
  )[0]
interface SheetRow {
  readonly usccConfirmedBy: string | null
  readonly usccNote: string | null
  readonly division: string | null
  readonly industry: string | null
  readonly registeredOn: string | null
  readonly address: string | null
  readonly partyMembers: number
  readonly figuresClass: NewEnterprise['figuresClass']
  readonly updatedAt: Date | null
  readonly updatedBy: string | null
  readonly years: NonNullable<NewEnterprise['years']>
  readonly titles: NonNullable<NewEnterprise['titles']>
  readonly titlesRecorded: boolean
  readonly assisting: NonNullable<EnterpriseRow['main']>[]
  readonly contacts: number
  readonly visits: number
  readonly lastVisitOn: string | null
}
