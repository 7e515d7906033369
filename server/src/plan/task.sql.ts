import type {
  CaseId,
  NewSpending,
  NewTask,
  PersonId,
  PlanId,
  SpendingId,
  TargetId,
  TaskId,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import type { VersionRow } from '#target'

/** Holds a task until the transaction ends: two changes of it must not be proposed at once. */
export const lockTask = (tx: Tx, id: TaskId) =>
  tx.run(sql`select 1 from plan_task where tenant_id = ${tx.tenant} and id = ${id} for update`)

/** A version of a task is decided on like one of a target; what it defines is the task. */
export type TaskVersionRow = VersionRow<NewTask>
/** Every version of a task, newest first; none while it never changed. */
export const listTaskVersions = (tx: Tx, id: TaskId) =>
  tx.run<TaskVersionRow>(sql`
    select version, state, definition, reason, proposer_id, proposer_name, proposed_at, approver_name, decided_at, note
    from plan_task_version where tenant_id = ${tx.tenant} and task_id = ${id} order by version desc`)

export interface WaitingTask {
  readonly id: TaskId
  readonly title: string
  readonly plan: { readonly id: PlanId; readonly title: string; readonly year: number }
  readonly version: number
  /** What holds until the change is approved. */
  readonly was: NewTask
  readonly definition: NewTask
  readonly reason: string
  readonly proposerId: PersonId | null
  readonly proposerName: string
  readonly proposedAt: Date
}
/** Changes of tasks that wait for approval, the oldest first. */
export const listWaitingTasks = (tx: Tx) =>
  tx.run<WaitingTask>(sql`
    select t.id, t.title, jsonb_build_object('id', p.id, 'title', p.title, 'year', p.year) as plan, v.version, v.definition, v.reason,
      v.proposer_id, v.proposer_name, v.proposed_at,
      (select w.definition from plan_task_version w where w.tenant_id = v.tenant_id and w.task_id = v.task_id and w.state = 'approved'
        order by w.version desc limit 1) as was
    from plan_task_version v join plan_task t on t.tenant_id = v.tenant_id and t.id = v.task_id
    join plan_target g on g.tenant_id = t.tenant_id and g.target_id = t.target_id
    join plan_field f on f.tenant_id = g.tenant_id and f.id = g.field_id
    join plan p on p.tenant_id = f.tenant_id and p.id = f.plan_id
    where v.tenant_id = ${tx.tenant} and v.state = 'proposed' order by v.proposed_at, t.id limit 500`)

export const insertTaskVersion = (
  tx: Tx,
  id: TaskId,
  { version, definition, reason }: { version: number; definition: NewTask; reason: string },
  by: Actor,
) =>
  tx.run(sql`
    insert into plan_task_version (tenant_id, task_id, version, state, definition, reason, proposer_id, proposer_name, proposed_at)
    values (${tx.tenant}, ${id}, ${version}, 'proposed', ${JSON.stringify(definition)}, ${reason}, ${by.personId}, ${by.name}, ${by.at})`)
/** Keeps what was published as the first version. */
export const keepFirstVersion = (
  tx: Tx,
  id: TaskId,
  definition: NewTask,
  { by, at }: { readonly by: string; readonly at: Date },
) =>
  tx.run(sql`
    insert into plan_task_version (tenant_id, task_id, version, state, definition, proposer_name, proposed_at, approver_name, decided_at)
    values (${tx.tenant}, ${id}, 1, 'approved', ${JSON.stringify(definition)}, ${by}, ${at}, ${by}, ${at})
    on conflict (tenant_id, task_id, version) do nothing`)
export const decideTaskVersion = (
  tx: Tx,
  id: TaskId,
  { version, state, note }: { version: number; state: 'approved' | 'returned'; note: string | null },
  by: Actor,
) =>
  tx.run(sql`
    update plan_task_version set state = ${state}, approver_id = ${by.personId}, approver_name = ${by.name}, decided_at = ${by.at}, note = ${note}
    where tenant_id = ${tx.tenant} and task_id = ${id} and version = ${version}`)

/** Issues the orders of a published plan: to each person who answers for a task. */
export const issuePlanOrders = (tx: Tx, targets: readonly TargetId[], at: Date) =>
  tx.run(sql`
    insert into plan_order (tenant_id, task_id, person_id, issued_at)
    select tenant_id, id, person_id, ${at} from plan_task
    where tenant_id = ${tx.tenant} and target_id = any(${[...targets]}::uuid[]) and person_id is not null on conflict do nothing`)
/** Issues the order of one task to somebody new; whoever had it before and gets it again has opened it already. */
export const issueOrder = (tx: Tx, task: TaskId, person: PersonId, at: Date) =>
  tx.run(sql`
    insert into plan_order (tenant_id, task_id, person_id, issued_at) values (${tx.tenant}, ${task}, ${person}, ${at}) on conflict do nothing`)
/** @returns false where it was opened before */
export const openOrder = async (tx: Tx, task: TaskId, person: PersonId, at: Date) =>
  (
    await tx.run(sql`
    update plan_order set opened_at = ${at}
    where tenant_id = ${tx.tenant} and task_id = ${task} and person_id = ${person} and opened_at is null returning 1 as one`)
  ).length > 0

export interface WaitingOrder {
  readonly task: { readonly id: TaskId; readonly title: string }
  readonly target: { readonly id: TargetId; readonly title: string }
  readonly plan: { readonly id: PlanId; readonly title: string; readonly year: number }
  readonly unit: { readonly id: UnitId; readonly name: string } | null
  readonly person: { readonly id: PersonId; readonly name: string }
  readonly dueOn: string | null
  readonly issuedAt: Date
}
interface OrderFilter {
  readonly plan?: PlanId | undefined
  readonly unit?: UnitId | undefined
  readonly person?: PersonId | undefined
}
/** Orders that their addressees have not opened; whoever answers for the task no more is not waited for. */
const UNOPENED = sql`plan_order o join plan_task t on t.tenant_id = o.tenant_id and t.id = o.task_id and t.person_id = o.person_id
    join plan_target g on g.tenant_id = t.tenant_id and g.target_id = t.target_id
    join plan_field f on f.tenant_id = g.tenant_id and f.id = g.field_id`
const unopenedOf = (
  tx: Tx,
  { plan, unit, person }: OrderFilter,
) => sql`o.tenant_id = ${tx.tenant} and o.opened_at is null
      and (${plan ?? null}::uuid is null or f.plan_id = ${plan ?? null})
      and (${unit ?? null}::uuid is null or t.unit_id = ${unit ?? null})
      and (${person ?? null}::uuid is null or o.person_id = ${person ?? null})`
/** The longest waiting first. */
export const listUnopened = (tx: Tx, filter: OrderFilter) =>
  tx.run<WaitingOrder>(sql`
    select jsonb_build_object('id', t.id, 'title', t.title) as task, jsonb_build_object('id', k.id, 'title', k.title) as target,
      jsonb_build_object('id', p.id, 'title', p.title, 'year', p.year) as plan,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
      jsonb_build_object('id', w.id, 'name', w.name) as person, t.due_on, o.issued_at
    from ${UNOPENED}
    join target k on k.tenant_id = t.tenant_id and k.id = t.target_id
    join plan p on p.tenant_id = f.tenant_id and p.id = f.plan_id
    join person w on w.tenant_id = o.tenant_id and w.id = o.person_id
    left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
    where ${unopenedOf(tx, filter)} order by o.issued_at, t.due_on nulls last, t.id limit ${MOST_ORDERS}`)
const MOST_ORDERS = 1000
export const countUnopened = async (tx: Tx, filter: OrderFilter) =>
  (await tx.run<{ n: number }>(sql`select count(*) as n from ${UNOPENED} where ${unopenedOf(tx, filter)}`))[0]?.n ?? 0

export interface ProblemRow {
  readonly caseId: CaseId
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly dueAt: Date | null
  readonly yellowAt: Date | null
  readonly dueKind: string | null
  readonly paused: boolean
  readonly leadUnit: { readonly id: UnitId; readonly name: string } | null
  readonly list: string | null
  readonly note: string | null
  readonly byName: string
  readonly at: Date
}
/** The cases that a task has to overcome, as far as the caller sees them; the oldest link first. */
export const listProblems = (tx: Tx, task: TaskId, sight: Sight) =>
  tx.run<ProblemRow>(sql`
    select c.id as case_id, c.number, c.title, c.type, c.stage, c.due_at, c.yellow_at, c.due_kind, c.paused, d.note, d.by_name, d.at,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as lead_unit, l.title as list
    from plan_problem d join "case" c on c.tenant_id = d.tenant_id and c.id = d.case_id
    left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
    left join problem_list l on l.tenant_id = c.tenant_id and l.id::text = c.facts ->> 'listId'
    where d.tenant_id = ${tx.tenant} and d.task_id = ${task} and ${visible(sight, tx.tenant)} order by d.at, c.number`)
/** @returns false where they are linked already */
export const insertProblem = async (tx: Tx, task: TaskId, id: CaseId, note: string | null, by: Actor) =>
  (
    await tx.run(sql`
    insert into plan_problem (tenant_id, task_id, case_id, note, by_id, by_name, at)
    values (${tx.tenant}, ${task}, ${id}, ${note}, ${by.personId}, ${by.name}, ${by.at}) on conflict do nothing returning 1 as one`)
  ).length > 0
/** @returns false where they are not linked */
export const deleteProblem = async (tx: Tx, task: TaskId, id: CaseId) =>
  (
    await tx.run(sql`
    delete from plan_problem where tenant_id = ${tx.tenant} and task_id = ${task} and case_id = ${id} returning 1 as one`)
  ).length > 0
export interface NamingTask {
  readonly id: TaskId
  readonly title: string
  readonly target: { readonly id: TargetId; readonly title: string }
  readonly plan: { readonly id: PlanId; readonly title: string; readonly year: number }
  readonly unit: { readonly id: UnitId; readonly name: string } | null
  readonly dueOn: string | null
}
/** The tasks that name a case as their problem. */
export const listTasksOfCase = (tx: Tx, id: CaseId) =>
  tx.run<NamingTask>(sql`
    select t.id, t.title, jsonb_build_object('id', k.id, 'title', k.title) as target,
      jsonb_build_object('id', p.id, 'title', p.title, 'year', p.year) as plan, t.due_on,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit
    from plan_problem d join plan_task t on t.tenant_id = d.tenant_id and t.id = d.task_id
    join target k on k.tenant_id = t.tenant_id and k.id = t.target_id
    join plan_target g on g.tenant_id = t.tenant_id and g.target_id = t.target_id
    join plan_field f on f.tenant_id = g.tenant_id and f.id = g.field_id
    join plan p on p.tenant_id = f.tenant_id and p.id = f.plan_id
    left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
    where d.tenant_id = ${tx.tenant} and d.case_id = ${id} order by p.year desc, t.due_on nulls last, t.id limit 100`)

export interface SpendingRow {
  readonly id: SpendingId
  readonly taskId: TaskId
  readonly day: string
  readonly fen: number
  readonly document: string
  readonly note: string | null
  readonly byId: PersonId | null
  readonly byName: string
  readonly at: Date
  readonly voidedAt: Date | null
  readonly voidedBy: string | null
  readonly voidReason: string | null
}
const SPENDING = sql`id, task_id, day, fen, document, note, by_id, by_name, at, voided_at, voided_by, void_reason`
/** What was spent on a task, newest first. */
export const listSpendings = (tx: Tx, task: TaskId) =>
  tx.run<SpendingRow>(sql`
    select ${SPENDING} from plan_spending where tenant_id = ${tx.tenant} and task_id = ${task} order by day desc, at desc, id desc limit 1000`)
export const findSpending = async (tx: Tx, id: SpendingId) =>
  (
    await tx.run<SpendingRow>(
      sql`select ${SPENDING} from plan_spending where tenant_id = ${tx.tenant} and id = ${id} for update`,
    )
  )[0]
/** @returns false where the document has paid for the task already */
export const insertSpending = async (tx: Tx, id: SpendingId, task: TaskId, input: NewSpending, by: Actor) =>
  (
    await tx.run(sql`
    insert into plan_spending (tenant_id, id, task_id, day, fen, document, note, by_id, by_name, at)
    values (${tx.tenant}, ${id}, ${task}, ${input.day}, ${input.fen}, ${input.document}, ${input.note ?? null}, ${by.personId}, ${by.name}, ${by.at})
    on conflict (tenant_id, task_id, document) where voided_at is null do nothing returning 1 as one`)
  ).length > 0
export const voidSpendingRow = (tx: Tx, id: SpendingId, reason: string, by: Actor) =>
  tx.run(sql`
    update plan_spending set voided_at = ${by.at}, voided_by = ${by.name}, void_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`)
