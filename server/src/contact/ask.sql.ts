import type { AskId, AskKind, AskState, NewAsk, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface NamedUnitRow {
  readonly id: UnitId
  readonly name: string
}
export interface AskRow {
  readonly id: AskId
  readonly title: string
  readonly kind: AskKind
  readonly asker: NamedUnitRow
  /** `readAt` comes out of JSON and is text. */
  readonly units: readonly (NamedUnitRow & { readonly readAt: string | null; readonly readBy: string | null })[]
  readonly fields: number
  readonly dueOn: string
  readonly detail: string | null
  readonly readReceipt: boolean
  readonly state: AskState
  readonly reason: string | null
  readonly byPerson: string | null
  readonly by: string
  readonly at: Date
  readonly sentAt: Date | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly note: string | null
}
interface AskFilter {
  readonly id?: AskId
  readonly state?: AskState | undefined
  /** Asked by or addressed to one of these units. */
  readonly near?: readonly UnitId[]
}

/** Asks, newest first. */
export function listAsks(tx: Tx, { id, state, near }: AskFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`a.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`a.id = ${id}`)
  if (state !== undefined) conditions.push(sql`a.state = ${state}`)
  if (near !== undefined) {
    const units = sql`${[...near]}::uuid[]`
    conditions.push(sql`(a.unit_id = any(${units}) or (a.sent_at is not null and exists (select from ask_unit u
      where u.tenant_id = a.tenant_id and u.ask_id = a.id and u.unit_id = any(${units}))))`)
  }
  return tx.run<AskRow>(sql`
    select a.id, a.title, a.kind, jsonb_build_object('id', asker.id, 'name', asker.name) as asker, a.fields, a.due_on, a.detail, a.read_receipt,
      a.state, a.reason, a.by_person, a.by_name as by, a.created_at as at, a.sent_at, a.decided_by, a.decided_at, a.decision_note as note,
      (select jsonb_agg(jsonb_build_object('id', unit.id, 'name', unit.name, 'readAt', u.read_at, 'readBy', u.read_by) order by unit.code)
        from ask_unit u join unit on unit.tenant_id = u.tenant_id and unit.id = u.unit_id where u.tenant_id = a.tenant_id and u.ask_id = a.id) as units
    from ask a join unit asker on asker.tenant_id = a.tenant_id and asker.id = a.unit_id
    where ${sql.join(conditions, sql` and `)} order by a.created_at desc, a.id desc limit 300`)
}

/** Keeps others from deciding on an ask until this transaction ends. */
export const lockAsk = (tx: Tx, id: AskId) =>
  tx.run(sql`select 1 from ask where tenant_id = ${tx.tenant} and id = ${id} for update`)

export const insertAsk = (
  tx: Tx,
  id: AskId,
  ask: NewAsk & { readonly unitId: UnitId; readonly state: AskState },
  by: Actor,
) =>
  tx.run(sql`
    with put as (
      insert into ask (tenant_id, id, title, kind, unit_id, fields, due_on, detail, read_receipt, state, reason, by_person, by_name, created_at, sent_at)
      values (${tx.tenant}, ${id}, ${ask.title}, ${ask.kind}, ${ask.unitId}, ${ask.fields}, ${ask.dueOn}, ${ask.detail ?? null}, ${ask.readReceipt},
        ${ask.state}, ${ask.reason ?? null}, ${by.personId}, ${by.name}, ${by.at}, ${ask.state === 'sent' ? by.at : null}))
    insert into ask_unit (tenant_id, ask_id, unit_id) select ${tx.tenant}, ${id}, unit_id from unnest(${[...ask.unitIds]}::uuid[]) as unit_id`)

/** A decision on an ask; agreed to, it is sent at once. */
export const decideAsk = (tx: Tx, id: AskId, state: 'sent' | 'declined', note: string | null, by: Actor) =>
  tx.run(sql`
    update ask set state = ${state}, sent_at = ${state === 'sent' ? by.at : null}, decided_by = ${by.name}, decided_at = ${by.at}, decision_note = ${note}
    where tenant_id = ${tx.tenant} and id = ${id}`)
export const withdrawAskOf = (tx: Tx, id: AskId) =>
  tx.run(sql`update ask set state = 'withdrawn' where tenant_id = ${tx.tenant} and id = ${id}`)

/** The first reading stands. */
export const markRead = (tx: Tx, id: AskId, units: readonly UnitId[], by: Actor) =>
  tx.run(sql`
    update ask_unit set read_at = ${by.at}, read_by = ${by.name}
    where tenant_id = ${tx.tenant} and ask_id = ${id} and unit_id = any(${[...units]}::uuid[]) and read_at is null`)

interface Within {
  readonly units: readonly UnitId[]
  readonly from: Date
  /** Before this instant. */
  readonly to: Date
}
const sentWithin = (tx: Tx, { units, from, to }: Within) => sql`a.tenant_id = ${tx.tenant}
  and a.sent_at >= ${from} and a.sent_at < ${to} and a.state = 'sent' and u.unit_id = any(${[...units]}::uuid[])`

/** How many asks of each kind were sent to each unit, and how many fields they have. */
export const countAsks = (tx: Tx, within: Within) =>
  tx.run<{ unitId: UnitId; kind: AskKind; count: number; fields: number }>(sql`
    select u.unit_id, a.kind, count(*) as count, sum(a.fields) as fields
    from ask a join ask_unit u on u.tenant_id = a.tenant_id and u.ask_id = a.id where ${sentWithin(tx, within)} group by u.unit_id, a.kind`)
/** How many asks to each unit wait for agreement. */
export const countWaiting = (tx: Tx, units: readonly UnitId[]) =>
  tx.run<{ unitId: UnitId; count: number }>(sql`
    select u.unit_id, count(*) as count from ask a join ask_unit u on u.tenant_id = a.tenant_id and u.ask_id = a.id
    where a.tenant_id = ${tx.tenant} and a.state = 'waiting' and u.unit_id = any(${[...units]}::uuid[]) group by u.unit_id`)
export const listSentAsks = (tx: Tx, within: Within) =>
  tx.run<{ kind: AskKind; title: string; asker: string; at: Date; fields: number }>(sql`
    select a.kind, a.title, asker.name as asker, a.sent_at as at, a.fields
    from ask a join ask_unit u on u.tenant_id = a.tenant_id and u.ask_id = a.id join unit asker on asker.tenant_id = a.tenant_id and asker.id = a.unit_id
    where ${sentWithin(tx, within)} order by a.sent_at, a.id limit 2000`)
