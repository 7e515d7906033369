import type {
  CorrectPromise,
  EnterpriseId,
  NewPromise,
  NewPromisePayment,
  NewPromisePlan,
  PersonId,
  PromiseCause,
  PromiseId,
  PromiseKind,
  PromisePaymentId,
  PromisePlanState,
  UnitId,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { asNow } from '#org'

export interface PaymentRow {
  readonly id: PromisePaymentId
  readonly on: string
  readonly fen: number
  readonly voucher: string
  /** The plan that was in force when it was recorded, which it fills; null before there was one. */
  readonly planVersion: number | null
  readonly note: string | null
  readonly byPerson: PersonId | null
  readonly by: string
  readonly voidedAt: string | null
  readonly voidedBy: string | null
  readonly voidReason: string | null
}
export interface PlanRow {
  readonly version: number
  readonly state: PromisePlanState
  readonly reason: string
  readonly byPerson: PersonId | null
  readonly by: string
  readonly at: string
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  /** The local day of the decision. */
  readonly decidedOn: string | null
  readonly decidedNote: string | null
  readonly instalments: readonly { readonly no: number; readonly due: string; readonly fen: number }[]
}
interface NamedRow<T> {
  readonly id: T
  readonly name: string
}
/** A broken promise with its plans in the order of their versions and its payments in the order of their days; instants are ISO 8601 in UTC. */
export interface PromiseFacts {
  readonly id: PromiseId
  readonly enterpriseId: EnterpriseId
  readonly enterpriseName: string
  readonly kind: PromiseKind
  readonly words: string
  readonly sourceNo: string
  readonly sourceOn: string
  readonly sourceBy: string
  readonly fen: number | null
  readonly disputedFen: number
  readonly disputedReason: string | null
  readonly unit: NamedRow<UnitId>
  /** Who took the unit over, where exactly one did. */
  readonly now: NamedRow<UnitId> | null
  readonly person: NamedRow<PersonId> | null
  readonly checkUnit: NamedRow<UnitId> | null
  readonly cause: PromiseCause
  readonly basis: string
  readonly deliveredOn: string | null
  readonly contractDays: number | null
  readonly measures: string
  readonly deadline: string
  readonly criminal: string | null
  readonly version: number
  readonly keptEvidence: string | null
  readonly keptOn: string | null
  readonly keptByPerson: PersonId | null
  readonly confirmedWords: string | null
  readonly confirmedOn: string | null
  readonly confirmedBy: string | null
  /** The enterprise’s last word where it had not received what was reported. */
  readonly refusedWords: string | null
  readonly refusedOn: string | null
  readonly refusedBy: string | null
  /** The problem it was recorded as before it stood in the register. */
  readonly from: { readonly number: string; readonly title: string } | null
  readonly closedAt: Date | null
  readonly createdAt: Date
  readonly plans: readonly PlanRow[]
  readonly payments: readonly PaymentRow[]
}
export interface PromiseFilter {
  readonly id?: PromiseId | undefined
  readonly ids?: readonly PromiseId[] | undefined
  readonly unit?: UnitId | undefined
  readonly enterprise?: EnterpriseId | undefined
  readonly kind?: PromiseKind | undefined
  readonly cause?: PromiseCause | undefined
  /** Only what these units answer for or check; all where absent. */
  readonly within?: readonly UnitId[] | undefined
  readonly open?: boolean | undefined
}

/** ISO text that sorts as the instants do. */
const iso = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const named = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.id`)} is not null then jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}) end`

/** From where broken promises are read and which are meant: `b` the promise, `e` its enterprise, `u` the unit, `n` who took that over. */
export function scopeOf(tx: Tx, filter: PromiseFilter) {
  const { id, ids, unit, enterprise, kind, cause, within, open } = filter
  const conditions: RawBuilder<unknown>[] = [sql`b.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`b.id = ${id}`)
  if (ids !== undefined) conditions.push(sql`b.id = any(${[...ids]}::uuid[])`)
  if (unit !== undefined) conditions.push(sql`${unit} in (b.unit_id, n.id)`)
  if (enterprise !== undefined) conditions.push(sql`b.enterprise_id = ${enterprise}`)
  if (kind !== undefined) conditions.push(sql`b.kind = ${kind}`)
  if (cause !== undefined) conditions.push(sql`b.cause = ${cause}`)
  if (open === true) conditions.push(sql`b.closed_at is null`)
  if (within !== undefined) conditions.push(sql`array[b.unit_id, n.id, b.check_unit_id] && ${[...within]}::uuid[]`)
  // The government owes: whoever took the unit over answers.
  const now = asNow(tx, { unit: sql`b.unit_id`, topic: sql`null::text`, division: sql`e.division_code` })
  return {
    from: sql`broken_promise b
    join liaison_target e on e.tenant_id = b.tenant_id and e.id = b.enterprise_id
    join unit u on u.tenant_id = b.tenant_id and u.id = b.unit_id
    left join unit n on n.tenant_id = b.tenant_id and n.id = ${now}`,
    where: sql.join(conditions, sql` and `),
  }
}
/** The next deadline first, what is closed at the end. */
export const ORDER = sql`b.closed_at is not null, b.deadline, b.id`

/** Broken promises with everything that was planned and paid; the next deadline first. Cost: one statement. */
export function listPromises(tx: Tx, filter: PromiseFilter) {
  const { from, where } = scopeOf(tx, filter)
  return tx.run<PromiseFacts>(sql`
    select b.id, b.enterprise_id, e.name as enterprise_name, b.kind, b.words, b.source_no, b.source_on, b.source_by, b.fen, b.disputed_fen,
      b.disputed_reason, ${named('u')} as unit, case when n.id <> b.unit_id then ${named('n')} end as now, ${named('p')} as person, ${named('k')} as check_unit,
      b.cause, b.basis, b.delivered_on, b.contract_days, b.measures, b.deadline, b.criminal, b.version, b.kept_evidence, b.kept_on, b.kept_by_person,
      b.confirmed_words, b.confirmed_on, b.confirmed_by, b.refused_words, b.refused_on, b.refused_by, b.closed_at, b.created_at,
      case when c.id is not null then jsonb_build_object('number', c.number, 'title', c.title) end as "from",
      (select coalesce(jsonb_agg(jsonb_build_object('version', q.version, 'state', q.state, 'reason', q.reason, 'byPerson', q.by_person, 'by', q.by_name,
          'at', ${iso('q.at')}, 'decidedBy', q.decided_by, 'decidedAt', ${iso('q.decided_at')},
          'decidedOn', (q.decided_at at time zone 'Asia/Shanghai')::date, 'decidedNote', q.decided_note,
          'instalments', (select jsonb_agg(jsonb_build_object('no', i.no, 'due', i.due, 'fen', i.fen) order by i.no) from promise_instalment i
            where i.tenant_id = q.tenant_id and i.promise_id = q.promise_id and i.version = q.version)) order by q.version), '[]')
        from promise_plan q where q.tenant_id = b.tenant_id and q.promise_id = b.id) as plans,
      (select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'on', y.on_day, 'fen', y.fen, 'voucher', y.voucher, 'note', y.note, 'byPerson', y.by_person, 'by', y.by_name,
          'planVersion', y.plan_version, 'voidedAt', ${iso('y.voided_at')}, 'voidedBy', y.voided_by, 'voidReason', y.void_reason) order by y.on_day, y.at), '[]')
        from promise_payment y where y.tenant_id = b.tenant_id and y.promise_id = b.id) as payments
    from ${from}
    left join "case" c on c.tenant_id = b.tenant_id and c.id = b.case_id
    left join unit k on k.tenant_id = b.tenant_id and k.id = b.check_unit_id
    left join person p on p.tenant_id = b.tenant_id and p.id = b.person_id
    where ${where} order by ${ORDER}`)
}

/** Keeps others from planning or paying on a promise until this transaction ends: what is left to pay is read under this lock. */
export const lockPromise = async (tx: Tx, id: PromiseId) =>
  (await tx.run(sql`select 1 from broken_promise where tenant_id = ${tx.tenant} and id = ${id} for update`)).length > 0

export const insertPromise = (tx: Tx, id: PromiseId, given: NewPromise, by: Actor) =>
  tx.run(sql`
    insert into broken_promise (tenant_id, id, enterprise_id, kind, words, source_no, source_on, source_by, fen, disputed_fen, disputed_reason, unit_id, person_id,
      check_unit_id, cause, basis, delivered_on, contract_days, measures, deadline, criminal, version, by_person, by_name, created_at)
    values (${tx.tenant}, ${id}, ${given.enterpriseId}, ${given.kind}, ${given.words}, ${given.source.no}, ${given.source.on}, ${given.source.by},
      ${given.fen ?? null}, ${given.disputed?.fen ?? 0}, ${given.disputed?.fen ? given.disputed.reason : null}, ${given.unitId}, ${given.personId ?? null},
      ${given.checkUnitId ?? null}, ${given.cause}, ${given.basis}, ${given.deliveredOn ?? null}, ${given.contractDays ?? null}, ${given.measures},
      ${given.deadline}, ${given.criminal ?? null}, 1, ${by.personId}, ${by.name}, ${by.at})`)

export const replacePromise = (tx: Tx, id: PromiseId, given: CorrectPromise) =>
  tx.run(sql`
    update broken_promise set kind = ${given.kind}, words = ${given.words}, source_no = ${given.source.no}, source_on = ${given.source.on},
      source_by = ${given.source.by}, fen = ${given.fen ?? null}, disputed_fen = ${given.disputed?.fen ?? 0},
      disputed_reason = ${given.disputed?.fen ? given.disputed.reason : null}, unit_id = ${given.unitId}, person_id = ${given.personId ?? null},
      check_unit_id = ${given.checkUnitId ?? null}, cause = ${given.cause}, basis = ${given.basis}, delivered_on = ${given.deliveredOn ?? null},
      contract_days = ${given.contractDays ?? null}, measures = ${given.measures}, deadline = ${given.deadline}, criminal = ${given.criminal ?? null},
      version = version + 1
    where tenant_id = ${tx.tenant} and id = ${id}`)

export async function insertPlan(
  tx: Tx,
  id: PromiseId,
  { version, instalments, reason }: NewPromisePlan & { readonly version: number },
  by: Actor,
): Promise<void> {
  await tx.run(sql`
    insert into promise_plan (tenant_id, promise_id, version, reason, state, by_person, by_name, at)
    values (${tx.tenant}, ${id}, ${version}, ${reason}, 'proposed', ${by.personId}, ${by.name}, ${by.at})`)
  await tx.run(sql`
    insert into promise_instalment (tenant_id, promise_id, version, no, due, fen)
    select ${tx.tenant}, ${id}, ${version}, r.no, r.due, r.fen
    from jsonb_to_recordset(${JSON.stringify(instalments.map((one, i) => ({ ...one, no: i + 1 })))}::jsonb) as r (no int, due date, fen bigint)`)
}

export const decidePlan = (
  tx: Tx,
  id: PromiseId,
  {
    version,
    state,
    note,
  }: { readonly version: number; readonly state: PromisePlanState; readonly note: string | null },
  by: Actor,
) =>
  tx.run(sql`
    update promise_plan set state = ${state}, decided_person = ${by.personId}, decided_by = ${by.name}, decided_at = ${by.at}, decided_note = ${note}
    where tenant_id = ${tx.tenant} and promise_id = ${id} and version = ${version}`)

/** @returns false where the voucher stands on the promise already */
export const insertPayment = async (
  tx: Tx,
  id: PromiseId,
  given: NewPromisePayment & { readonly planVersion: number | null },
  by: Actor,
) =>
  (
    await tx.run(sql`
    insert into promise_payment (tenant_id, id, promise_id, on_day, fen, voucher, plan_version, note, by_person, by_name, at)
    values (${tx.tenant}, ${newId()}, ${id}, ${given.on}, ${given.fen}, ${given.voucher}, ${given.planVersion}, ${given.note ?? null}, ${by.personId},
      ${by.name}, ${by.at})
    on conflict do nothing returning 1`)
  ).length > 0

export const findPayment = async (tx: Tx, id: PromisePaymentId) =>
  (
    await tx.run<{ promiseId: PromiseId; fen: number; voucher: string; voidedAt: Date | null }>(
      sql`select promise_id, fen, voucher, voided_at from promise_payment where tenant_id = ${tx.tenant} and id = ${id}`,
    )
  )[0]
export const voidPaymentRow = (tx: Tx, id: PromisePaymentId, reason: string, by: Actor) =>
  tx.run(sql`
    update promise_payment set voided_at = ${by.at}, voided_by = ${by.name}, void_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`)

export const markKept = (
  tx: Tx,
  id: PromiseId,
  kept: { readonly evidence: string; readonly on: string },
  by: Pick<Actor, 'personId'>,
) =>
  tx.run(sql`
    update broken_promise set kept_evidence = ${kept.evidence}, kept_on = ${kept.on}, kept_by_person = ${by.personId}
    where tenant_id = ${tx.tenant} and id = ${id}`)

interface Said {
  readonly by: string
  readonly on: string
  readonly words: string
}
/** The enterprise has not received it: what was reported is taken back, its word stays on the promise until it says otherwise. */
export const markRefused = (tx: Tx, id: PromiseId, { by, on, words }: Said) =>
  tx.run(sql`
    update broken_promise set kept_evidence = null, kept_on = null, kept_by_person = null, refused_by = ${by}, refused_on = ${on}, refused_words = ${words}
    where tenant_id = ${tx.tenant} and id = ${id}`)

export const markConfirmed = (tx: Tx, id: PromiseId, { by, on, words }: Said, at: Date) =>
  tx.run(sql`
    update broken_promise set confirmed_by = ${by}, confirmed_on = ${on}, confirmed_words = ${words}, closed_at = ${at}
    where tenant_id = ${tx.tenant} and id = ${id}`)

export const insertEvent = (
  tx: Tx,
  id: PromiseId,
  { act, note }: { readonly act: string; readonly note: string },
  by: Actor,
) =>
  tx.run(sql`
    insert into promise_event (tenant_id, id, promise_id, act, note, by_name, at) values (${tx.tenant}, ${newId()}, ${id}, ${act}, ${note}, ${by.name}, ${by.at})`)
export const listEvents = (tx: Tx, id: PromiseId) =>
  tx.run<{ act: string; note: string; byName: string; at: Date }>(
    sql`select act, note, by_name, at from promise_event where tenant_id = ${tx.tenant} and promise_id = ${id} order by at, id`,
  )
