import type { DisbursementBy, DisbursementId, EnterpriseId, NewDisbursement, PolicyId, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface DisbursementFilter {
  readonly id?: DisbursementId | undefined
  readonly year?: number | undefined
  /** `YYYY-MM` */
  readonly month?: string | undefined
  readonly programme?: string | undefined
  /** `none`: what belongs to no policy. */
  readonly policy?: string | undefined
  readonly unit?: UnitId | undefined
  readonly enterprise?: EnterpriseId | undefined
}
interface Name<Id> {
  readonly id: Id
  readonly name: string
}
export interface DisbursementRow {
  readonly id: DisbursementId
  readonly enterprise: Name<EnterpriseId>
  readonly fen: number
  readonly on: string
  readonly programme: string
  readonly policyId: PolicyId | null
  readonly unit: Name<UnitId>
  readonly voucher: string
  readonly note: string | null
  readonly by: string
  readonly at: Date
  readonly voidedAt: Date | null
  readonly voidedBy: string | null
  readonly voidedWhy: string | null
}
const FILTERED = {
  id: (id) => sql`d.id = ${id}`,
  year: (year) => sql`d.on_day between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)`,
  month: (month) => sql`d.on_day >= ${`${month}-01`}::date and d.on_day < ${`${month}-01`}::date + interval '1 month'`,
  programme: (programme) => sql`d.programme = ${programme}`,
  policy: (policy) => (policy === 'none' ? sql`d.policy_id is null` : sql`d.policy_id = ${policy}`),
  unit: (unit) => sql`d.unit_id = ${unit}`,
  enterprise: (enterprise) => sql`d.enterprise_id = ${enterprise}`,
} as const satisfies Record<keyof DisbursementFilter, (value: string | number) => RawBuilder<unknown>>
function conditionsOf(tx: Tx, filter: DisbursementFilter) {
  const own = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : FILTERED[name as keyof DisbursementFilter](value as never),
  )
  return sql.join([sql`d.tenant_id = ${tx.tenant}`, ...own], sql` and `)
}
const JOINED = sql`disbursement d join liaison_target t on t.tenant_id = d.tenant_id and t.id = d.enterprise_id
    join unit u on u.tenant_id = d.tenant_id and u.id = d.unit_id`

/** Disbursements with the voided ones, the latest first. */
export const listDisbursements = (tx: Tx, filter: DisbursementFilter) =>
  tx.run<DisbursementRow>(sql`
    select d.id, jsonb_build_object('id', t.id, 'name', t.name) as enterprise, d.fen, d.on_day as on, d.programme, d.policy_id,
      jsonb_build_object('id', u.id, 'name', u.name) as unit, d.voucher, d.note, d.by_name as by, d.at, d.voided_at, d.voided_by, d.voided_why
    from ${JOINED} where ${conditionsOf(tx, filter)} order by d.on_day desc, d.id desc limit 500`)

interface Sum {
  readonly fen: number
  readonly rows: number
  readonly enterprises: number
}
const SUMS = sql`coalesce(sum(d.fen), 0) as fen, count(*) as rows, count(distinct d.enterprise_id) as enterprises`
/** What the rows that count come to; of all rows, also those that are not listed. */
export const sumDisbursements = async (tx: Tx, filter: DisbursementFilter): Promise<Sum> =>
  (
    await tx.run<Sum>(sql`select ${SUMS} from disbursement d where ${conditionsOf(tx, filter)} and d.voided_at is null`)
  )[0] ?? { fen: 0, rows: 0, enterprises: 0 }

/** By what is summed: the key under which its rows are listed, what it is called, and the order. */
const GROUP: Readonly<Record<DisbursementBy, readonly [key: RawBuilder<unknown>, label: RawBuilder<unknown>]>> = {
  year: [sql`to_char(d.on_day, 'YYYY')`, sql`to_char(min(d.on_day), 'YYYY') || '年'`],
  month: [sql`to_char(d.on_day, 'YYYY-MM')`, sql`to_char(min(d.on_day), 'YYYY-MM')`],
  policy: [
    sql`coalesce(d.policy_id::text, 'none')`,
    sql`case when min(d.policy_id::text) is null then '未关联政策' else min(d.programme) end`,
  ],
  programme: [sql`d.programme`, sql`d.programme`],
  unit: [sql`d.unit_id::text`, sql`min(u.name)`],
  enterprise: [sql`d.enterprise_id::text`, sql`min(t.name)`],
}
/** What was paid by year, month, policy, programme, unit or enterprise: years and months as they come, the others by their weight. */
export const totalDisbursements = (tx: Tx, by: DisbursementBy, filter: DisbursementFilter) => {
  const [key, label] = GROUP[by]
  const order = by === 'year' || by === 'month' ? sql`1` : sql`3 desc, 1`
  return tx.run<Sum & { readonly key: string; readonly label: string }>(sql`
    select ${key} as key, ${label} as label, ${SUMS} from ${JOINED}
    where ${conditionsOf(tx, filter)} and d.voided_at is null group by ${key} order by ${order} limit 500`)
}

export type DisbursementToStore = NewDisbursement & { readonly id: DisbursementId }
/** Writes what was paid. @returns the ids that were written; a voucher of the unit that is in use writes nothing */
export const insertDisbursements = (tx: Tx, given: readonly DisbursementToStore[], by: Actor) =>
  tx.run<{ id: DisbursementId }>(sql`
    insert into disbursement (tenant_id, id, enterprise_id, fen, on_day, programme, policy_id, unit_id, voucher, note, by_name, at)
    select ${tx.tenant}, g.id, g."enterpriseId", g.fen, g."on", g.programme, g."policyId", g."unitId", g.voucher, g.note, ${by.name}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as g (id uuid, "enterpriseId" uuid, fen bigint, "on" date, programme text, "policyId" uuid, "unitId" uuid, voucher text, note text)
    on conflict (tenant_id, unit_id, voucher) where voided_at is null do nothing returning id`)

/** Which of these vouchers of a unit are in use, and for what. */
export const listVouchers = (tx: Tx, unit: UnitId, vouchers: readonly string[]) =>
  tx.run<{ voucher: string; programme: string }>(sql`
    select voucher, programme from disbursement
    where tenant_id = ${tx.tenant} and unit_id = ${unit} and voucher = any(${[...vouchers]}::text[]) and voided_at is null limit 5000`)

/** @returns false where it is voided already */
export const voidRow = async (tx: Tx, id: DisbursementId, why: string, by: Actor) =>
  (
    await tx.run(sql`
    update disbursement set voided_at = ${by.at}, voided_by = ${by.name}, voided_why = ${why}
    where tenant_id = ${tx.tenant} and id = ${id} and voided_at is null returning 1 as one`)
  ).length > 0

/** @returns the name of a unit, or undefined */
export const findUnitName = async (tx: Tx, id: UnitId) =>
  (await tx.run<{ name: string }>(sql`select name from unit where tenant_id = ${tx.tenant} and id = ${id}`))[0]?.name
/** Whether a policy is in the library. */
export const hasPolicy = async (tx: Tx, id: PolicyId) =>
  (await tx.run(sql`select 1 as one from policy where tenant_id = ${tx.tenant} and id = ${id}`)).length > 0
