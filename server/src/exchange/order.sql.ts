import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** One after the other for one number: the city's system sends again while the first is still being written. */
export const lockNumber = (tx: Tx, number: string) =>
  tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext(${`exchange_order ${number}`}))`)

/** The case of a number of the city, whether the order came by interface, by file or by hand. `fingerprint` is null unless by interface. */
export const findOrder = async (tx: Tx, number: string) =>
  (
    await tx.run<{ caseId: string; fingerprint: string | null }>(sql`
    select c.id as case_id, o.fingerprint from "case" c
    left join exchange_order o on o.tenant_id = c.tenant_id and o.case_id = c.id and o.number = ${number}
    where c.tenant_id = ${tx.tenant} and c.superior is not null and c.superior ->> 'number' = ${number}
    order by c.received_at, c.id limit 1`)
  )[0]

/** What the city said last under a number. */
export const putOrder = (tx: Tx, order: { number: string; caseId: string; fingerprint: string; at: Date }) =>
  tx.run(sql`
    insert into exchange_order (tenant_id, number, case_id, fingerprint, received_at)
    values (${tx.tenant}, ${order.number}, ${order.caseId}, ${order.fingerprint}, ${order.at})
    on conflict (tenant_id, number) do update set fingerprint = excluded.fingerprint, changed_at = excluded.received_at`)
