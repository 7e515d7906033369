import {
  ENTERPRISE_FIGURE,
  type EnterpriseFigure,
  type EnterpriseId,
  type EnterpriseSize,
  type PartyOrganisation,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** Years that facts are asked of, by how long before the day of asking. */
export const YEARS = { this: 0, last: 1, before: 2 } as const
export type SheetYear = keyof typeof YEARS
const FIGURES = Object.keys(ENTERPRISE_FIGURE) as EnterpriseFigure[]

/** What the register knows of an enterprise on a day (登记事实), null where it knows nothing. Sums in fen, `n` months of them on record. */
export interface FactSheet {
  readonly id: EnterpriseId
  readonly name: string
  readonly sizeThis: EnterpriseSize | null
  readonly sizeLast: EnterpriseSize | null
  readonly scaleThis: boolean | null
  readonly scaleLast: boolean | null
  readonly staffThis: number | null
  readonly staffLast: number | null
  readonly chain: string | null
  readonly industry: string | null
  readonly division: string | null
  readonly months: number | null
  readonly party: PartyOrganisation | null
  /** Null where nobody has recorded any, empty where it is on record that there are none. */
  readonly titles: readonly string[] | null
  readonly bound: boolean
  readonly figures: Readonly<
    Record<`${EnterpriseFigure}_${SheetYear}`, { readonly fen: number | null; readonly n: number }>
  >
}

export const fenOf = (code: EnterpriseFigure, year: SheetYear) => sql.ref(`s.${code}_${year}_fen`)
export const monthsOf = (code: EnterpriseFigure, year: SheetYear) => sql.ref(`s.${code}_${year}_n`)

/**
 * The sheets of all open enterprises on a day, or of some of them, as a query: one row an enterprise, one pass over each table. Both the matching of
 * all and the explanation of one read it, so that they mean the same.
 */
export function sheets(tx: Tx, day: string, ids?: readonly EnterpriseId[]): RawBuilder<unknown> {
  const year = Number(day.slice(0, 4))
  const some = (column: string) => (ids === undefined ? sql`true` : sql`${sql.ref(column)} = any(${[...ids]}::uuid[])`)
  const sums = FIGURES.flatMap((code) =>
    (Object.keys(YEARS) as SheetYear[]).map((name) => {
      const is = sql`code = ${code} and month >= ${`${year - YEARS[name]}-01-01`} and month < ${`${year - YEARS[name] + 1}-01-01`}`
      return sql`sum(fen) filter (where ${is})::bigint as ${sql.ref(`${code}_${name}_fen`)}, count(*) filter (where ${is})::int as ${sql.ref(`${code}_${name}_n`)}`
    }),
  )
  const columns = FIGURES.flatMap((code) =>
    (Object.keys(YEARS) as SheetYear[]).map(
      (name) =>
        sql`f.${sql.ref(`${code}_${name}_fen`)}, coalesce(f.${sql.ref(`${code}_${name}_n`)}, 0) as ${sql.ref(`${code}_${name}_n`)}`,
    ),
  )
  return sql`
    select t.id, t.name, now.size as size_this, past.size as size_last, now.above_scale as scale_this, past.above_scale as scale_last,
      now.staff as staff_this, past.staff as staff_last, e.chain, e.industry, t.division_code as division,
      (extract(year from age(${day}::date, e.registered_on)) * 12 + extract(month from age(${day}::date, e.registered_on)))::int as months,
      e.party_organisation as party, case when e.titles_recorded then coalesce(q.titles, '{}') end as titles, b.target_id is not null as bound, ${sql.join(columns)}
    from enterprise e join liaison_target t on t.tenant_id = e.tenant_id and t.id = e.id and (t.closed_on is null or t.closed_on >= ${day})
    left join enterprise_year now on now.tenant_id = e.tenant_id and now.enterprise_id = e.id and now.year = ${year}
    left join enterprise_year past on past.tenant_id = e.tenant_id and past.enterprise_id = e.id and past.year = ${year - 1}
    left join (select enterprise_id, array_agg(title) as titles from enterprise_title where tenant_id = ${tx.tenant} and from_day <= ${day}
      and (to_day is null or to_day >= ${day}) and ${some('enterprise_id')} group by 1) q on q.enterprise_id = e.id
    left join (select distinct target_id from liaison where tenant_id = ${tx.tenant} and role = 'main' and valid_from <= ${day}
      and (valid_to is null or valid_to >= ${day}) and ${some('target_id')}) b on b.target_id = e.id
    left join (select enterprise_id, ${sql.join(sums)} from enterprise_figure where tenant_id = ${tx.tenant}
      and month >= ${`${year - 2}-01-01`} and month < ${`${year + 1}-01-01`} and ${some('enterprise_id')} group by 1) f on f.enterprise_id = e.id
    where e.tenant_id = ${tx.tenant} and ${some('e.id')}`
}

const camel = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
/** The sheets of some enterprises. */
export async function listSheets(tx: Tx, day: string, ids: readonly EnterpriseId[]): Promise<FactSheet[]> {
  const rows = await tx.run<Record<string, unknown>>(sheets(tx, day, ids) as Parameters<Tx['run']>[0])
  return rows.map((row) => {
    const figures = FIGURES.flatMap((code) =>
      (Object.keys(YEARS) as SheetYear[]).map((name) => [
        `${code}_${name}`,
        { fen: row[camel(`${code}_${name}_fen`)] ?? null, n: row[camel(`${code}_${name}_n`)] ?? 0 },
      ]),
    )
    return { ...row, figures: Object.fromEntries(figures) } as unknown as FactSheet
  })
}
