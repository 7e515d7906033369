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

/** The plans in which targets stand. */
export const listPlansOfTargets = (tx: Tx, targets: readonly TargetId[]) =>
  tx.run<{ targetId: TargetId; id: PlanId; title: string; year: number }>(sql`
    select t.target_id, p.id, p.title, p.year from plan_target t
    join plan_field f on f.tenant_id = t.tenant_id and f.id = t.field_id
    join plan p on p.tenant_id = f.tenant_id and p.id = f.plan_id
    where t.tenant_id = ${tx.tenant} and t.target_id = any(${[...targets]}::uuid[]) order by t.target_id`)

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
  readonly budget: { readonly fen: number; readonly source: string } | null
  /** What the documents of the task add up to. */
  readonly spentFen: number
  readonly problems: number
  readonly version: number
  readonly changeWaits: boolean
  /** The order to the person who answers for it now. */
  readonly order: { readonly issuedAt: string; readonly openedAt: string | null } | null
}
/** Tasks of targets with their milestones, what they wait for, and what is counted of them. */
export const listTasks = (tx: Tx, targets: readonly TargetId[]) =>
  tx.run<TaskFacts>(sql`
    select t.id, t.target_id, t.title, t.duty, t.cadence, t.due_on, t.days, t.red_line, t.quantity, t.quantity_unit,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
      case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person,
      case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end as check_unit,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'title', m.title, 'dueOn', m.due_on) order by m.position)
        from plan_milestone m where m.tenant_id = t.tenant_id and m.task_id = t.id), '[]') as milestones,
      array(select o.before_id from plan_task_order o where o.tenant_id = t.tenant_id and o.task_id = t.id order by o.before_id) as after,
      case when t.budget_fen is not null then jsonb_build_object('fen', t.budget_fen, 'source', t.budget_source) end as budget,
      (select coalesce(sum(s.fen), 0) from plan_spending s where s.tenant_id = t.tenant_id and s.task_id = t.id and s.voided_at is null) as spent_fen,
      (select count(*) from plan_problem d where d.tenant_id = t.tenant_id and d.task_id = t.id) as problems,
      (select coalesce(max(v.version) filter (where v.state = 'approved'), 1)
        from plan_task_version v where v.tenant_id = t.tenant_id and v.task_id = t.id) as version,
      exists (select from plan_task_version v where v.tenant_id = t.tenant_id and v.task_id = t.id and v.state = 'proposed') as change_waits,
      (select jsonb_build_object('issuedAt', r.issued_at, 'openedAt', r.opened_at)
        from plan_order r where r.tenant_id = t.tenant_id and r.task_id = t.id and r.person_id = t.person_id) as "order"
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
/** Writes a task whole, with its milestones and predecessors. A milestone that keeps its id keeps what was reported of it. */
export async function putTask(tx: Tx, { id, target, task, keys }: WrittenTask, at: Date): Promise<void> {
  await tx.run(sql`
    insert into plan_task (tenant_id, id, target_id, title, unit_id, person_id, duty, check_unit_id, cadence, due_on, days, red_line, quantity,
      quantity_unit, budget_fen, budget_source, position, created_at)
    select ${tx.tenant}, ${id}, ${target}, ${task.title}, ${task.unitId ?? null}, ${task.personId ?? null}, ${task.duty ?? null},
      ${task.checkUnitId ?? null}, ${task.cadence ?? null}, ${task.dueOn ?? null}, ${task.days}, ${task.redLine}, ${task.quantity ?? null}::numeric,
      ${task.unit ?? null}, ${task.budget?.fen ?? null}::bigint, ${task.budget?.source ?? null}, count(*) + 1, ${at} from plan_task where tenant_id = ${tx.tenant} and target_id = ${target}
    on conflict (tenant_id, id) do update set title = excluded.title, unit_id = excluded.unit_id, person_id = excluded.person_id,
      duty = excluded.duty, check_unit_id = excluded.check_unit_id, cadence = excluded.cadence, due_on = excluded.due_on, days = excluded.days,
      red_line = excluded.red_line, quantity = excluded.quantity, quantity_unit = excluded.quantity_unit, budget_fen = excluded.budget_fen,
      budget_source = excluded.budget_source`)
  await tx.run(sql`
    delete from plan_milestone where tenant_id = ${tx.tenant} and task_id = ${id} and id <> all(${[...keys]}::uuid[])`)
  const milestones = task.milestones.map((one, i) => ({ ...one, id: keys[i], position: i + 1 }))
  await tx.run(sql`
    insert into plan_milestone (tenant_id, id, task_id, title, due_on, position)
    select ${tx.tenant}, id, ${id}, title, "dueOn", position
    from jsonb_to_recordset(${JSON.stringify(milestones)}::jsonb) as m (id uuid, title text, "dueOn" date, position int)
    on conflict (tenant_id, id) do update set title = excluded.title, due_on = excluded.due_on, position = excluded.position`)
  await tx.run(sql`delete from plan_task_order where tenant_id = ${tx.tenant} and task_id = ${id}`)
  await tx.run(sql`
    insert into plan_task_order (tenant_id, task_id, before_id)
    select ${tx.tenant}, ${id}, before from unnest(${[...new Set(task.after)]}::uuid[]) as before`)
}

const CHUNK = 500
/** Writes many new tasks at once, in the order given; they may wait for each other. */
export async function putTasks(tx: Tx, tasks: readonly WrittenTask[], at: Date): Promise<void> {
  const places = new Map<string, number>()
  const rows = tasks.map(({ id, target, task }) => {
    const position = (places.get(target) ?? 0) + 1
    places.set(target, position)
    const { title, unitId, personId, duty, checkUnitId, cadence, dueOn, days, redLine, quantity, unit, budget } = task
    return {
      ...{
        id,
        target_id: target,
        title,
        unit_id: unitId,
        person_id: personId,
        duty,
        check_unit_id: checkUnitId,
        cadence,
      },
      ...{ due_on: dueOn, days, red_line: redLine, quantity, quantity_unit: unit, budget_fen: budget?.fen },
      ...{ budget_source: budget?.source, position },
    }
  })
  const milestones = tasks.flatMap(({ id, task, keys }) =>
    task.milestones.map(({ title, dueOn }, i) => ({ id: keys[i], task_id: id, title, due_on: dueOn, position: i + 1 })),
  )
  const orders = tasks.flatMap(({ id, task }) =>
    [...new Set(task.after)].map((before) => ({ task_id: id, before_id: before })),
  )
  for (let i = 0; i < rows.length; i += CHUNK)
    await tx.run(sql`
      insert into plan_task (tenant_id, id, target_id, title, unit_id, person_id, duty, check_unit_id, cadence, due_on, days, red_line, quantity,
        quantity_unit, budget_fen, budget_source, position, created_at)
      select ${tx.tenant}, r.*, ${at} from jsonb_to_recordset(${JSON.stringify(rows.slice(i, i + CHUNK))}::jsonb) as r (id uuid, target_id uuid,
        title text, unit_id uuid, person_id uuid, duty text, check_unit_id uuid, cadence text, due_on date, days int, red_line boolean,
        quantity numeric, quantity_unit text, budget_fen bigint, budget_source text, position int)`)
  for (let i = 0; i < milestones.length; i += CHUNK)
    await tx.run(sql`
      insert into plan_milestone (tenant_id, id, task_id, title, due_on, position)
      select ${tx.tenant}, r.* from jsonb_to_recordset(${JSON.stringify(milestones.slice(i, i + CHUNK))}::jsonb)
        as r (id uuid, task_id uuid, title text, due_on date, position int)`)
  for (let i = 0; i < orders.length; i += CHUNK)
    await tx.run(sql`
      insert into plan_task_order (tenant_id, task_id, before_id)
      select ${tx.tenant}, r.* from jsonb_to_recordset(${JSON.stringify(orders.slice(i, i + CHUNK))}::jsonb) as r (task_id uuid, before_id uuid)`)
}
