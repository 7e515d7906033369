import type { UnitFigure } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface FreezeRow {
  readonly month: string
  readonly at: Date
  readonly byName: string
  readonly figures: readonly UnitFigure[]
}

export const findFreeze = async (tx: Tx, month: string) =>
  (
    await tx.run<FreezeRow>(
      sql`select month, at, by_name, figures from period_freeze where tenant_id = ${tx.tenant} and month = ${month}`,
    )
  )[0]

/** Frozen months, the last one first; twelve a year. */
export const listFreezes = (tx: Tx) =>
  tx.run<Omit<FreezeRow, 'figures'>>(
    sql`select month, at, by_name from period_freeze where tenant_id = ${tx.tenant} order by month desc limit 600`,
  )

/** Keeps the figures of a month for good. @returns false if somebody was faster */
export const insertFreeze = async (tx: Tx, { month, at, byName, figures }: FreezeRow) =>
  (
    await tx.run(sql`
    insert into period_freeze (tenant_id, month, at, by_name, figures)
    values (${tx.tenant}, ${month}, ${at}, ${byName}, ${JSON.stringify(figures)}::jsonb)
    on conflict (tenant_id, month) do nothing returning 1`)
  ).length > 0
