import type { EnterpriseFigure, EnterpriseGroup, EnterpriseId, FiguresClass, PersonId, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface FigureRow {
  readonly month: string
  readonly code: EnterpriseFigure
  readonly fen: number
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly source: string
  readonly by: string
  readonly at: Date
}
const SHOWN_MONTHS = 36
/** The last three years of an enterprise's months, newest first. Cost: one range of the primary key. */
export const listFigures = (tx: Tx, id: EnterpriseId) =>
  tx.run<FigureRow>(sql`
    select to_char(f.month, 'YYYY-MM') as month, f.code, f.fen, jsonb_build_object('id', u.id, 'name', u.name) as unit, f.source, f.by_name as by, f.at
    from enterprise_figure f join unit u on u.tenant_id = f.tenant_id and u.id = f.unit_id
    where f.tenant_id = ${tx.tenant} and f.enterprise_id = ${id} order by f.month desc, f.code limit ${SHOWN_MONTHS * 4}`)

export interface FigureCell {
  readonly enterpriseId: EnterpriseId
  readonly code: EnterpriseFigure
  /** The first day of the month. */
  readonly month: string
  readonly fen: number
}
/** What is on record for some enterprises. */
export const listFiguresOf = (tx: Tx, ids: readonly EnterpriseId[]) =>
  tx.run<FigureCell>(sql`
    select enterprise_id, code, month, fen from enterprise_figure
    where tenant_id = ${tx.tenant} and enterprise_id = any(${[...ids]}::uuid[]) order by enterprise_id, code, month`)

/** Figures of a file, in place of those on record. */
export const putFigures = (
  tx: Tx,
  cells: readonly FigureCell[],
  { source, unitId }: { readonly source: string; readonly unitId: UnitId },
  by: Actor,
) =>
  tx.run(sql`
    insert into enterprise_figure (tenant_id, enterprise_id, code, month, fen, unit_id, source, by_name, at)
    select ${tx.tenant}, f."enterpriseId", f.code, f.month, f.fen, ${unitId}, ${source}, ${by.name}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as f ("enterpriseId" uuid, code text, month date, fen bigint)
    on conflict (tenant_id, enterprise_id, code, month) do update
      set fen = excluded.fen, unit_id = excluded.unit_id, source = excluded.source, by_name = excluded.by_name, at = excluded.at`)

export interface GrowthRow {
  readonly id: EnterpriseId
  readonly name: string
  readonly figuresClass: FiguresClass
  /** The units the figures came from. */
  readonly units: UnitId[]
  readonly bound: boolean
  readonly outputMonths: number
  readonly outputNow: number
  readonly outputBefore: number
  readonly profitMonths: number
  readonly profitNow: number
  readonly profitBefore: number
}
export interface GrowthSpan {
  /** First days of the first and the last month. */
  readonly from: string
  readonly to: string
  readonly group: EnterpriseGroup
  readonly chain?: string | undefined
}
const groupOf = (group: EnterpriseGroup, { day, year }: { day: string; year: number }): RawBuilder<unknown> => {
  if (group === 'all') return sql`true`
  return group === 'liaison'
    ? sql`exists (select from liaison l where l.tenant_id = t.tenant_id and l.target_id = t.id and l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day}))`
    : sql`exists (select from enterprise_year y where y.tenant_id = t.tenant_id and y.enterprise_id = t.id and y.year = ${year} and y.above_scale)`
}

/** Every enterprise of a group with its sums over the months that are on record in both years. */
export const listGrowth = (tx: Tx, { from, to, group, chain }: GrowthSpan, day: string, person: PersonId | null) =>
  tx.run<GrowthRow>(sql`
    with pairs as (
      select f.enterprise_id, f.code, count(*) as months, sum(f.fen) as now, sum(b.fen) as before, array_agg(distinct f.unit_id) as units
      from enterprise_figure f join enterprise_figure b on b.tenant_id = f.tenant_id and b.enterprise_id = f.enterprise_id and b.code = f.code
        and b.month = (f.month - interval '1 year')::date
      where f.tenant_id = ${tx.tenant} and f.code in ('output', 'profit') and f.month between ${from} and ${to} group by f.enterprise_id, f.code
    )
    select t.id, t.name, coalesce(e.figures_class, 'bound') as figures_class,
      to_jsonb(coalesce(o.units, '{}') || coalesce(p.units, '{}')) as units,
      exists (select from liaison l where l.tenant_id = t.tenant_id and l.target_id = t.id and l.person_id = ${person}::uuid
        and l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day})) as bound,
      coalesce(o.months, 0) as output_months, coalesce(o.now, 0) as output_now, coalesce(o.before, 0) as output_before,
      coalesce(p.months, 0) as profit_months, coalesce(p.now, 0) as profit_now, coalesce(p.before, 0) as profit_before
    from liaison_target t left join enterprise e on e.tenant_id = t.tenant_id and e.id = t.id
    left join pairs o on o.enterprise_id = t.id and o.code = 'output'
    left join pairs p on p.enterprise_id = t.id and p.code = 'profit'
    where t.tenant_id = ${tx.tenant} and t.kind = 'enterprise' and (t.closed_on is null or t.closed_on >= ${from})
      and ${groupOf(group, { day, year: Number(to.slice(0, 4)) })} and (${chain ?? null}::text is null or e.chain = ${chain ?? null})
    order by t.name, t.id`)
