import { z } from 'zod'
import { CaseId, Day, Instant, PersonId, PlanFieldId, PlanId, SpendingId, TargetId, TaskId, UnitId } from './brand.ts'
import { Named } from './case.ts'
import { Fen, NewTask, PlanRow, TaskOrder, TaskView } from './plan.ts'
import { optionalText, text } from './shape.ts'
import { idsOf, Light, TARGET_VERSION_STATE, UnitKind } from './term.ts'

const count = z.number().int()
const TitledTask = z.object({ id: TaskId, title: z.string() })
const TitledTarget = z.object({ id: TargetId, title: z.string() })

/** A change of a task that runs (任务变更): the whole task as it is to be, and why. */
export const NewTaskVersion = z.strictObject({ task: NewTask, reason: text(300) }).meta({ id: 'NewTaskVersion' })
export type NewTaskVersion = z.infer<typeof NewTaskVersion>
const TaskVersion = z.object({
  version: count,
  state: z.enum(idsOf(TARGET_VERSION_STATE)),
  stateLabel: z.string(),
  words: z.string().meta({ description: 'What differs from the version before: 完成 2026-06-30 → 2026-07-15' }),
  task: NewTask,
  reason: z.string().nullable(),
  proposer: z.string(),
  proposedAt: Instant,
  approver: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
  decidable: z.boolean().meta({ description: 'The caller may approve or return it: not who proposed it' }),
})
export type TaskVersion = z.infer<typeof TaskVersion>

/** A change of a target or a task that waits for approval (待批变更). */
export const PlanChange = z
  .object({
    kind: z.enum(['target', 'task']),
    id: z.uuid(),
    title: z.string(),
    plan: PlanRow.pick({ id: true, title: true, year: true }),
    version: count,
    words: z.string(),
    reason: z.string(),
    proposer: z.string(),
    proposedAt: Instant,
    waitingDays: count.meta({ description: 'Working days since it was proposed' }),
    decidable: z.boolean(),
  })
  .meta({ id: 'PlanChange' })
export type PlanChange = z.infer<typeof PlanChange>

/** A problem or another case that a task has to overcome (难点): it lights as on its own page. */
const TaskProblem = z.object({
  caseId: CaseId,
  number: z.string(),
  title: z.string(),
  light: Light,
  stageLabel: z.string(),
  leadUnit: Named.nullable(),
  list: z.string().nullable().meta({ description: 'The problem list in which it stands' }),
  note: z.string().nullable(),
  by: z.string(),
  at: Instant,
})
export type TaskProblem = z.infer<typeof TaskProblem>
export const NewTaskProblem = z
  .strictObject({ number: text(40).meta({ description: 'Number or id of the case' }), note: optionalText(200) })
  .meta({ id: 'NewTaskProblem' })
export type NewTaskProblem = z.infer<typeof NewTaskProblem>

/** Money spent on a task (支出), each by its document. */
export const NewSpending = z
  .strictObject({
    day: Day,
    fen: Fen,
    document: text(120).meta({ description: 'Number of the payment document (支付凭证)' }),
    note: optionalText(200),
  })
  .meta({ id: 'NewSpending' })
export type NewSpending = z.infer<typeof NewSpending>
const Spending = z.object({
  id: SpendingId,
  day: Day,
  fen: count,
  document: z.string(),
  note: z.string().nullable(),
  by: z.string(),
  at: Instant,
  voided: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
})
export type Spending = z.infer<typeof Spending>

/** One task (任务详情): its place in time, its problems, its money, its versions. */
export const TaskDetail = TaskView.extend({
  plan: PlanRow.pick({ id: true, title: true, year: true, state: true }),
  target: TitledTarget,
  field: z.string(),
  today: Day,
  before: z.array(TitledTask).meta({ description: 'What has to be finished before' }),
  next: z.array(TitledTask).meta({ description: 'What waits for it' }),
  linked: z.array(TaskProblem).meta({ description: 'Those the caller may see' }),
  spendings: z.array(Spending).meta({ description: 'Newest first' }),
  versions: z.array(TaskVersion).meta({ description: 'Newest first; empty while it never changed' }),
  may: z.object({ propose: z.boolean(), link: z.boolean(), spend: z.boolean(), open: z.boolean() }),
}).meta({ id: 'TaskDetail' })
export type TaskDetail = z.infer<typeof TaskDetail>

/** A task that names a case as its problem, as the case's page shows it. */
export const TaskOfCase = z
  .object({
    id: TaskId,
    title: z.string(),
    target: TitledTarget,
    plan: PlanRow.pick({ id: true, title: true, year: true }),
    unit: Named.nullable(),
    dueOn: Day.nullable(),
  })
  .meta({ id: 'TaskOfCase' })
export type TaskOfCase = z.infer<typeof TaskOfCase>

/** What would follow if a task began later (后延预演): nothing is changed. Days are working days. */
export const Slip = z
  .object({
    task: TitledTask,
    slack: count.meta({ description: 'Working days it may slip without moving an end' }),
    days: count,
    beginOn: Day,
    words: z.string(),
    moves: z.array(
      TitledTask.extend({
        target: TitledTarget,
        wasBegin: Day,
        wasEnd: Day,
        begin: Day,
        end: Day,
        lastDay: Day.meta({ description: 'The day on which it must end at the latest' }),
        late: count.meta({ description: 'Working days after its last day' }),
        redLine: z.boolean().meta({ description: 'It crosses its red line' }),
      }),
    ),
    targets: z.array(TitledTarget.extend({ dueOn: Day, wasEnd: Day, end: Day, late: count })),
    redLines: count,
    path: z.array(TitledTask).meta({ description: 'The line of tasks along which the delay goes on (关键路径)' }),
  })
  .meta({ id: 'Slip' })
export type Slip = z.infer<typeof Slip>

const orderCounts = { orders: count, unopened: count, red: count }
const OrderRow = z.object({
  task: TitledTask,
  target: TitledTarget,
  plan: PlanRow.pick({ id: true, title: true, year: true }),
  unit: Named.nullable(),
  person: Named.extend({ id: PersonId }),
  dueOn: Day.nullable(),
  order: TaskOrder,
  mine: z.boolean(),
})
export type OrderRow = z.infer<typeof OrderRow>
/** Orders that their addressees have not opened yet (未知悉任务), the longest waiting first. */
export const OrderList = z.object({ items: z.array(OrderRow), total: count }).meta({ id: 'OrderList' })
export type OrderList = z.infer<typeof OrderList>

/** Duty tree (责任树): from the field over unit and community down to the person, with what each has to do and has not opened. */
export const DutyTree = z
  .object({
    plan: PlanRow.pick({ id: true, title: true, year: true, state: true }),
    today: Day,
    ...orderCounts,
    fields: z.array(
      z.object({
        id: PlanFieldId,
        name: z.string(),
        ...orderCounts,
        units: z
          .array(
            z.object({
              id: UnitId,
              name: z.string(),
              kind: UnitKind,
              under: UnitId.nullable().meta({ description: 'The unit of this field that it stands under' }),
              ...orderCounts,
              people: z.array(
                z.object({
                  id: PersonId.nullable(),
                  name: z.string(),
                  ...orderCounts,
                  tasks: z.array(
                    TitledTask.extend({
                      light: TaskView.shape.progress.shape.light,
                      order: TaskOrder.nullable(),
                    }),
                  ),
                }),
              ),
            }),
          )
          .meta({ description: 'A unit comes before those that stand under it' }),
      }),
    ),
  })
  .meta({ id: 'DutyTree' })
export type DutyTree = z.infer<typeof DutyTree>

/** What a table of a plan was read as (作战图导入); on trial nothing is stored. */
export const PlanImport = z
  .object({
    dryRun: z.boolean(),
    fileName: z.string(),
    planId: PlanId.nullable(),
    fields: count,
    targets: count,
    tasks: count,
    faults: z.array(z.object({ row: count, column: z.string(), code: z.string(), detail: z.string() })),
    unusedColumns: z.array(z.string()),
  })
  .meta({ id: 'PlanImport' })
export type PlanImport = z.infer<typeof PlanImport>
