import type { NewObligedBody, ObligedBodyId, ObligedTrade, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface BodyRow {
  readonly id: ObligedBodyId
  readonly name: string
  readonly isOutside: boolean
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly trade: ObligedTrade
  readonly obligedFrom: string
  readonly obligedUntil: string | null
}

export interface BodyFilter {
  readonly id?: ObligedBodyId | undefined
  readonly q?: string | undefined
  readonly trade?: ObligedTrade | undefined
  /** Only those who owe a disclosure on this day. */
  readonly obligedOn?: string | undefined
}
const MOST = 2000
const escaped = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`

/** Bodies by trade and name. */
export const listBodies = (tx: Tx, { id, q, trade, obligedOn }: BodyFilter) => {
  const conditions: RawBuilder<unknown>[] = [sql`b.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`b.id = ${id}`)
  if (trade !== undefined) conditions.push(sql`b.trade = ${trade}`)
  if (q) conditions.push(sql`(coalesce(b.name, unit.name) ilike ${escaped(q)} or unit.name ilike ${escaped(q)})`)
  if (obligedOn !== undefined)
    conditions.push(
      sql`b.obliged_from <= ${obligedOn} and (b.obliged_until is null or b.obliged_until >= ${obligedOn})`,
    )
  return tx.run<BodyRow>(sql`
    select b.id, coalesce(b.name, unit.name) as name, b.name is not null as is_outside, b.trade, b.obliged_from, b.obliged_until,
      jsonb_build_object('id', unit.id, 'name', unit.name) as unit
    from obliged_body b join unit on unit.tenant_id = b.tenant_id and unit.id = b.unit_id
    where ${sql.join(conditions, sql` and `)} order by b.trade, 2, b.id limit ${MOST}`)
}

export const lockBody = (tx: Tx, id: ObligedBodyId) =>
  tx.run(sql`select 1 from obliged_body where tenant_id = ${tx.tenant} and id = ${id} for update`)

/** The same unit, or an outside body of the same name. */
export const findSameBody = async (tx: Tx, id: ObligedBodyId | null, { unitId, name }: NewObligedBody) =>
  (
    await tx.run<{ id: ObligedBodyId }>(sql`
    select id from obliged_body where tenant_id = ${tx.tenant} and id is distinct from ${id}::uuid
      and ${name === undefined ? sql`name is null and unit_id = ${unitId}` : sql`name = ${name}`} limit 1`)
  )[0]

export const putBody = (tx: Tx, id: ObligedBodyId, body: NewObligedBody, by: Actor) =>
  tx.run(sql`
    insert into obliged_body (tenant_id, id, unit_id, name, trade, obliged_from, obliged_until, by_name, created_at)
    values (${tx.tenant}, ${id}, ${body.unitId}, ${body.name ?? null}, ${body.trade}, ${body.obligedFrom}, ${body.obligedUntil ?? null}, ${by.name}, ${by.at})
    on conflict (tenant_id, id) do update set unit_id = excluded.unit_id, name = excluded.name, trade = excluded.trade,
      obliged_from = excluded.obliged_from, obliged_until = excluded.obliged_until`)
