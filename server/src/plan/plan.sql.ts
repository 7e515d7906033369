import type {
  CheckCadence,
  NewPlan,
  NewTask,
  PersonId,
  PlanFieldId,
  PlanId,
  PlanState,
  TargetId,
  TaskId,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface PlanFacts {
  readonly id: PlanId
  readonly year: number
  readonly title: string
  readonly banner: string | null
  readonly state: PlanState
  readonly publishedAt: Date | null
  readonly publishedBy: string | null
}
const PLAN = sql`p.id, p.year, p.title, p.banner, p.state, p.published_at, p.published_by`
/** Plans, the latest year first. */
export const listPlans = (tx: Tx) =>
  tx.run<PlanFacts>(
    sql`select ${PLAN} from plan p where p.tenant_id = ${tx.tenant} order by p.year desc, p.title limit 200`,
  )
export const findPlan = async (tx: Tx, id: PlanId) =>
  (await tx.run<PlanFacts>(sql`select ${PLAN} from plan p where p.tenant_id = ${tx.tenant} and p.id = ${id}`))[0]
/** Holds a plan until the transaction ends: nothing is added while it is published. */
export const lockPlan = (tx: Tx, id: PlanId) =>
  tx.run(sql`select 1 from plan where tenant_id = ${tx.tenant} and id = ${id} for update`)
export const findPlanOfField = async (tx: Tx, field: PlanFieldId) =>
  (
    await tx.run<{ id: PlanId }>(sql`
    select plan_id as id from plan_field where tenant_id = ${tx.tenant} and id = ${field}`)
  )[0]?.id
export const findPlanOfTarget = async (tx: Tx, target: TargetId) =>
  (
    await tx.run<{ id: PlanId; field: string }>(sql`
    select f.plan_id as id, f.name as field from plan_target t join plan_field f on f.tenant_id = t.tenant_id and f.id = t.field_id
    where t.tenant_id = ${tx.tenant} and t.target_id = ${target}`)
  )[0]

/** @returns false where the year has a plan of that title */
export const insertPlan = async (tx: Tx, id: PlanId, { year, title, banner }: NewPlan, at: Date) =>
  (
    await tx.run(sql`
    insert into plan (tenant_id, id, year, title, banner, created_at)
    values (${tx.tenant}, ${id}, ${year}, ${title}, ${banner ?? null}, ${at}) on conflict (tenant_id, year, title) do nothing returning 1 as one`)
  ).length > 0
/** @returns false where the plan has a field of that name */
export const insertField = async (tx: Tx, plan: PlanId, id: PlanFieldId, name: string) =>
  (
    await tx.run(sql`
    insert into plan_field (tenant_id, id, plan_id, name, position)
    select ${tx.tenant}, ${id}, ${plan}, ${name}, count(*) + 1 from plan_field where tenant_id = ${tx.tenant} and plan_id = ${plan}
    on conflict (tenant_id, plan_id, name) do nothing returning 1 as one`)
  ).length > 0
export const insertPlanTarget = (tx: Tx, field: PlanFieldId, target: TargetId) =>
  tx.run(sql`
    insert into plan_target (tenant_id, target_id, field_id, position)
    select ${tx.tenant}, ${target}, ${field}, count(*) + 1 from plan_target where tenant_id = ${tx.tenant} and field_id = ${field}`)
export const markPublished = (tx: Tx, id: PlanId, { name, at }: { readonly name: string; readonly at: Date }) =>
  tx.run(sql`
    update plan set state = 'published', published_at = ${at}, published_by = ${name} where tenant_id = ${tx.tenant} and id = ${id}`)

export const listFields = (tx: Tx, plan: PlanId) =>
  tx.run<{ id: PlanFieldId; name: string }>(sql`
    select id, name from plan_field where tenant_id = ${tx.tenant} and plan_id = ${plan} order by position, id`)
export const listPlanTargets = (tx: Tx, plan: PlanId) =>
  tx.run<{ targetId: TargetId; fieldId: PlanFieldId }>(sql`
    select t.target_id, t.field_id from plan_target t join plan_field f on f.tenant_id = t.tenant_id and f.id = t.field_id
    where t.tenant_id = ${tx.tenant} and f.plan_id = ${plan} order by f.position, t.position, t.target_id`)

interface NamedUnit {
  readonly id: UnitId
  readonly name: string
}
export interface TaskFacts {
  readonly id: TaskId
  readonly targetId: TargetId
  readonly title: string
  readonly unit: NamedUnit | null
  readonly person: { readonly id: PersonId; readonly name: string } | null
  readonly duty: string | null
  readonly checkUnit: NamedUnit | null
  readonly cadence: CheckCadence | null
  readonly dueOn: string | null
  readonly days: number
  readonly redLine: boolean
  readonly quantity: number | null
  readonly quantityUnit: string | null
  readonly milestones: readonly { readonly id: string; readonly title: string; readonly dueOn: string }[]
  readonly after: readonly TaskId[]
}
/** Tasks of targets with their milestones and what they wait for. */
export const listTasks = (tx: Tx, targets: readonly TargetId[]) =>
  tx.run<TaskFacts>(sql`
    select t.id, t.target_id, t.title, t.duty, t.cadence, t.due_on, t.days, t.red_line, t.quantity, t.quantity_unit,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
      case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person,
      case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end as check_unit,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'dueOn', m.due_on) order by m.position)
        from plan_milestone m where m.tenant_id = t.tenant_id and m.task_id = t.id), '[]') as milestones,
      array(select o.before_id from plan_task_order o where o.tenant_id = t.tenant_id and o.task_id = t.id order by o.before_id) as after
    from plan_task t
    left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
    left join person p on p.tenant_id = t.tenant_id and p.id = t.person_id
    left join unit k on k.tenant_id = t.tenant_id and k.id = t.check_unit_id
    where t.tenant_id = ${tx.tenant} and t.target_id = any(${[...targets]}::uuid[]) order by t.target_id, t.position, t.id`)
export const findTargetOfTask = async (tx: Tx, task: TaskId) =>
  (
    await tx.run<{ id: TargetId }>(sql`
    select target_id as id from plan_task where tenant_id = ${tx.tenant} and id = ${task}`)
  )[0]?.id

interface WrittenTask {
  readonly id: TaskId
  readonly target: TargetId
  readonly task: NewTask
  /** An id for each of its milestones. */
  readonly keys: readonly string[]
}
/** Writes a task whole, with its milestones and predecessors. */
export async function putTask(tx: Tx, { id, target, task, keys }: WrittenTask, at: Date): Promise<void> {
  await tx.run(sql`
    insert into plan_task (tenant_id, id, target_id, title, unit_id, person_id, duty, check_unit_id, cadence, due_on, days, red_line, quantity,
      quantity_unit, position, created_at)
    select ${tx.tenant}, ${id}, ${target}, ${task.title}, ${task.unitId ?? null}, ${task.personId ?? null}, ${task.duty ?? null},
      ${task.checkUnitId ?? null}, ${task.cadence ?? null}, ${task.dueOn ?? null}, ${task.days}, ${task.redLine}, ${task.quantity ?? null}::numeric,
      ${task.unit ?? null}, count(*) + 1, ${at} from plan_task where tenant_id = ${tx.tenant} and target_id = ${target}
    on conflict (tenant_id, id) do update set title = excluded.title, unit_id = excluded.unit_id, person_id = excluded.person_id,
      duty = excluded.duty, check_unit_id = excluded.check_unit_id, cadence = excluded.cadence, due_on = excluded.due_on, days = excluded.days,
      red_line = excluded.red_line, quantity = excluded.quantity, quantity_unit = excluded.quantity_unit`)
  await tx.run(sql`delete from plan_milestone where tenant_id = ${tx.tenant} and task_id = ${id}`)
  const milestones = task.milestones.map((one, i) => ({ ...one, id: keys[i], position: i + 1 }))
  await tx.run(sql`
    insert into plan_milestone (tenant_id, id, task_id, title, due_on, position)
    select ${tx.tenant}, id, ${id}, title, "dueOn", position
    from jsonb_to_recordset(${JSON.stringify(milestones)}::jsonb) as m (id uuid, title text, "dueOn" date, position int)`)
  await tx.run(sql`delete from plan_task_order where tenant_id = ${tx.tenant} and task_id = ${id}`)
  await tx.run(sql`
    insert into plan_task_order (tenant_id, task_id, before_id)
    select ${tx.tenant}, ${id}, before from unnest(${[...new Set(task.after)]}::uuid[]) as before`)
}
