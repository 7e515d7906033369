import { z } from 'zod'
import {
  BlobId,
  CheckInId,
  Day,
  Instant,
  PersonId,
  PlanFieldId,
  PlanId,
  TargetId,
  TargetObjectId,
  TaskId,
  UnitId,
} from './brand.ts'
import { Named } from './case.ts'
import { optionalText, text } from './shape.ts'
import {
  CHECK_CADENCE,
  idsOf,
  PLAN_LACK,
  PLAN_STATE,
  PROGRESS_LIGHT,
  QUALIFIER,
  type Qualifier,
  TARGET_KIND,
  TARGET_VERSION_STATE,
} from './term.ts'

const count = z.number().int()
const THOUSANDTHS = 1000
/** Sums stay exact: a quantity has at most three decimals, and is added in thousandths. */
const isExact = (value: number) =>
  Number.isSafeInteger(Math.round(value * THOUSANDTHS)) && Number(value.toFixed(3)) === value
/** Quantity (数量): not negative, at most three decimals. */
const Quantity = z.number('target.quantity').nonnegative('target.quantity').refine(isExact, 'target.quantity')
const Positive = Quantity.refine((value) => value > 0, 'target.quantity')
/** Unit of measure (计量单位): 所, 户, 条, 平方米 … */
const Unit = z.string('target.no_unit').trim().min(1, 'target.no_unit').max(10, 'target.no_unit')
/** “At most” is a limit and no target. */
const TargetQualifier = z
  .enum(['exact', 'about', 'over', 'atLeast'] satisfies Qualifier[])
  .default('exact')
  .meta({ labels: QUALIFIER })
const CadenceId = z.enum(idsOf(CHECK_CADENCE))
export const Fen = z.int().positive().max(Number.MAX_SAFE_INTEGER)

/** What each object has to reach (每个的标准): 面积 500 平方米以上; “菜篮子”零售网点 2 个以上. */
const EachMust = z
  .strictObject({ what: text(40), value: Positive, unit: Unit, qualifier: TargetQualifier })
  .meta({ id: 'EachMust' })
export type EachMust = z.infer<typeof EachMust>

const definitionFields = {
  kind: z.enum(idsOf(TARGET_KIND)),
  value: Positive.meta({ description: 'How many are to be reached; for named objects, how many objects there are' }),
  unit: Unit,
  qualifier: TargetQualifier,
  each: EachMust.nullish().meta({ description: 'Asked for by `threshold` and `eachHas`' }),
  words: z
    .array(text(20))
    .max(12)
    .default([])
    .meta({ description: 'Acceptance words (验收词); every object has to earn each of them' }),
  startOn: Day.nullish(),
  dueOn: Day.nullish(),
  budget: z.strictObject({ fen: Fen, qualifier: TargetQualifier }).nullish(),
}
type DefinitionInput = z.infer<z.ZodObject<typeof definitionFields>>
const EACH_KINDS: readonly string[] = ['threshold', 'eachHas']
const needsEach = ({ kind, each }: Pick<DefinitionInput, 'kind' | 'each'>) =>
  EACH_KINDS.includes(kind) === (each != null)
const needsWhole = ({ kind, value }: Pick<DefinitionInput, 'kind' | 'value'>) =>
  kind === 'count' || Number.isInteger(value)
const wordsFit = ({ kind, words }: Pick<DefinitionInput, 'kind' | 'words'>) => kind === 'objects' || words.length === 0
const inOrder = ({ startOn, dueOn }: Pick<DefinitionInput, 'startOn' | 'dueOn'>) =>
  startOn == null || dueOn == null || startOn <= dueOn

/** What is to be reached, how much of it, and by when (目标). */
export const TargetDefinition = z
  .strictObject(definitionFields)
  .refine(needsEach, { error: 'target.each', path: ['each'] })
  .refine(needsWhole, { error: 'target.not_whole', path: ['value'] })
  .refine(wordsFit, { error: 'target.words', path: ['words'] })
  .refine(inOrder, { error: 'term.reversed', path: ['dueOn'] })
  .meta({ id: 'TargetDefinition' })
export type TargetDefinition = z.infer<typeof TargetDefinition>

/** Who answers, for what, and who checks how often (定人、定责、定查); while a plan is drafted each may still be open. */
const answerable = {
  unitId: UnitId.nullish(),
  personId: PersonId.nullish(),
  duty: optionalText(200),
  checkUnitId: UnitId.nullish(),
  cadence: CadenceId.nullish(),
}
const MOST_OBJECTS = 500
const NewObject = z.strictObject({ name: text(60), unitId: UnitId.nullish() })
export const NewObjects = z
  .strictObject({ objects: z.array(NewObject).min(1).max(MOST_OBJECTS) })
  .meta({ id: 'NewObjects' })
export type NewObjects = z.infer<typeof NewObjects>
export const NewTarget = z
  .strictObject({
    title: text(80),
    definition: TargetDefinition,
    ...answerable,
    objects: z.array(NewObject).max(MOST_OBJECTS).default([]),
  })
  .meta({ id: 'NewTarget' })
export type NewTarget = z.infer<typeof NewTarget>

export const NewTargetVersion = z
  .strictObject({ definition: TargetDefinition, reason: text(300) })
  .meta({ id: 'NewTargetVersion' })
export type NewTargetVersion = z.infer<typeof NewTargetVersion>

/** Check-in (点检): what was done by a day, on what evidence. What counts needs evidence; a note alone counts nothing. */
export const NewCheckIn = z
  .strictObject({
    day: Day,
    objectId: TargetObjectId.nullish(),
    taskId: TaskId.nullish(),
    milestoneId: z.uuid().nullish(),
    quantity: Positive.nullish().meta({ description: 'How many more since the last check-in' }),
    measured: Positive.nullish().meta({ description: 'What the object measures now, for `threshold`' }),
    words: z.array(text(20)).max(12).default([]).meta({ description: 'Acceptance words that the object has earned' }),
    done: z.boolean().default(false).meta({ description: 'The object is finished' }),
    evidence: optionalText(300).meta({ description: 'Document, minutes or photos that prove it (佐证)' }),
    attachmentIds: z.array(BlobId).max(9, 'file.too_many').default([]).meta({ description: 'Photos and recordings' }),
    note: optionalText(300),
    issues: optionalText(300),
    next: optionalText(300),
  })
  .meta({ id: 'NewCheckIn' })
export type NewCheckIn = z.infer<typeof NewCheckIn>

export const NewPlan = z
  .strictObject({ year: z.int().min(2015).max(2043), title: text(60), banner: optionalText(60) })
  .meta({ id: 'NewPlan' })
export type NewPlan = z.infer<typeof NewPlan>

/** Planned money (预算): how much, and where it comes from (资金来源). What is spent is counted from documents. */
const TaskBudget = z.strictObject({ fen: Fen, source: text(60) })
/** Field (领域) of a plan: one of the year's central works. */
export const NewPlanField = z.strictObject({ name: text(40) }).meta({ id: 'NewPlanField' })

/** A dated step of a task (节点). */
const Milestone = z.strictObject({ title: text(60), dueOn: Day })
const MOST_DAYS = 300
/** Task (任务): with a quantity, or with milestones where it has none. `days`: working days of work. `after`: what has to be finished before. */
export const NewTask = z
  .strictObject({
    title: text(80),
    ...answerable,
    dueOn: Day.nullish(),
    days: z.int().min(1).max(MOST_DAYS).default(1),
    redLine: z.boolean().default(false).meta({ description: 'A hard date (时间红线): it does not move' }),
    quantity: Positive.nullish(),
    unit: Unit.nullish(),
    budget: TaskBudget.nullish(),
    milestones: z.array(Milestone).max(30).default([]),
    after: z.array(TaskId).max(30).default([]),
  })
  .refine(({ quantity, unit }) => (quantity == null) === (unit == null), { error: 'target.no_unit', path: ['unit'] })
  .meta({ id: 'NewTask' })
export type NewTask = z.infer<typeof NewTask>

const LackId = z.enum(idsOf(PLAN_LACK))
const LightId = z.enum(idsOf(PROGRESS_LIGHT))
const Share = z.number().min(0).max(1)
/** How far it is, against the line it should keep (进度). Shares are 0 … 1; `reason` says in words why the light is what it is. */
const Progress = z
  .object({
    reached: z.number(),
    total: z.number(),
    unit: z.string(),
    text: z.string().meta({ description: '9/13 处' }),
    share: Share,
    worked: Share.nullable().meta({
      description: 'Share of the work of its tasks that is done, by working days; null without tasks',
    }),
    planned: Share.nullable().meta({ description: 'The share that should be done today, over working days' }),
    light: LightId.nullable().meta({ description: 'null until the plan is published' }),
    reason: z.string(),
    nextCheckInBy: Day.nullable(),
  })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

const answerableView = {
  unit: Named.nullable(),
  person: Named.extend({ id: PersonId }).nullable(),
  duty: z.string().nullable(),
  checkUnit: Named.nullable(),
  cadence: CadenceId.nullable(),
  cadenceLabel: z.string().nullable(),
  lacks: z.array(LackId).meta({ description: 'What is still missing before the plan may be published' }),
}
/** A target as a row (目标一行): who owes how much by when, and who checks. */
export const TargetRow = z
  .object({
    id: TargetId,
    title: z.string(),
    words: z.string().meta({ description: 'The whole target in words: 14个，每个面积500平方米以上' }),
    kind: z.enum(idsOf(TARGET_KIND)),
    kindLabel: z.string(),
    startOn: Day.nullable(),
    dueOn: Day.nullable(),
    version: count,
    changeWaits: z.boolean().meta({ description: 'A change of it waits for approval' }),
    ...answerableView,
    progress: Progress,
  })
  .meta({ id: 'TargetRow' })
export type TargetRow = z.infer<typeof TargetRow>

/** The order to the one who answers for a task (任务交办): when it was issued, and when the addressee first saw it. */
export const TaskOrder = z
  .object({
    issuedAt: Instant,
    openedAt: Instant.nullable(),
    waitingDays: count.meta({ description: 'Working days from issue to the first opening, or to today' }),
  })
  .meta({ id: 'TaskOrder' })
export type TaskOrder = z.infer<typeof TaskOrder>

/** A task in the plan with its place in time (倒排): the last days on which it may start and must end. */
export const TaskView = z
  .object({
    id: TaskId,
    title: z.string(),
    targetId: TargetId,
    ...answerableView,
    dueOn: Day.nullable(),
    days: count,
    redLine: z.boolean(),
    quantity: z.number().nullable(),
    quantityUnit: z.string().nullable(),
    milestones: z.array(z.object({ id: z.uuid(), title: z.string(), dueOn: Day, reachedOn: Day.nullable() })),
    after: z.array(TaskId),
    budget: TaskBudget.nullable(),
    spentFen: count.meta({ description: 'What the documents of the task add up to' }),
    problems: count.meta({ description: 'Problems and other cases that are linked to it' }),
    version: count,
    changeWaits: z.boolean().meta({ description: 'A change of it waits for approval' }),
    order: TaskOrder.nullable().meta({
      description: 'null until the plan is published, or where nobody answers for it',
    }),
    latestStart: Day.nullable(),
    latestFinish: Day.nullable(),
    slack: count.nullable().meta({ description: 'Working days it may slip without moving the end' }),
    critical: z.boolean(),
    progress: Progress,
  })
  .meta({ id: 'TaskView' })
export type TaskView = z.infer<typeof TaskView>

const lights = z.object({ red: count, yellow: count, green: count, done: count })
export const PlanRow = z
  .object({
    id: PlanId,
    year: count,
    title: z.string(),
    banner: z.string().nullable(),
    state: z.enum(idsOf(PLAN_STATE)),
    stateLabel: z.string(),
    publishedAt: Instant.nullable(),
    publishedBy: z.string().nullable(),
  })
  .meta({ id: 'PlanRow' })
export type PlanRow = z.infer<typeof PlanRow>
/** The battle map (作战图): field → target → task, with what is late and what is missing. */
export const Plan = PlanRow.extend({
  today: Day,
  endOn: Day.nullable().meta({ description: 'The last day of anything in the plan' }),
  beginOn: Day.nullable(),
  lights,
  lacking: z.array(
    z.object({ kind: z.enum(['target', 'task']), id: z.uuid(), title: z.string(), lacks: z.array(LackId) }),
  ),
  fields: z.array(
    z.object({
      id: PlanFieldId,
      name: z.string(),
      lights,
      targets: z.array(TargetRow.extend({ tasks: z.array(TaskView) })),
    }),
  ),
  may: z.object({ edit: z.boolean(), publish: z.boolean() }),
}).meta({ id: 'Plan' })
export type Plan = z.infer<typeof Plan>

/** A named object with what its check-ins say of it (对象). */
const TargetObject = z.object({
  id: TargetObjectId,
  name: z.string(),
  unit: Named.nullable(),
  done: z.boolean(),
  text: z.string().meta({ description: '620/500平方米; 1/2个; 路平 ✓ 草绿 –' }),
  measured: z.number().nullable(),
  quantity: z.number(),
  words: z.array(z.object({ word: z.string(), earned: z.boolean() })),
  lastOn: Day.nullable(),
})
export type TargetObject = z.infer<typeof TargetObject>
const CheckIn = z.object({
  id: CheckInId,
  day: Day,
  object: z.string().nullable(),
  task: z.string().nullable(),
  milestone: z.string().nullable(),
  quantity: z.number().nullable(),
  measured: z.number().nullable(),
  words: z.array(z.string()),
  done: z.boolean(),
  evidence: z.string().nullable(),
  files: z.array(z.object({ id: BlobId, name: z.string(), mediaType: z.string() })),
  note: z.string().nullable(),
  issues: z.string().nullable(),
  next: z.string().nullable(),
  by: z.string(),
  at: Instant,
  voided: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  voidable: z.boolean(),
})
export type CheckIn = z.infer<typeof CheckIn>
/** A version of a target (目标版本) and how far the present count is of it: against the original as against the current one. */
const TargetVersion = z.object({
  version: count,
  state: z.enum(idsOf(TARGET_VERSION_STATE)),
  stateLabel: z.string(),
  definition: TargetDefinition,
  words: z.string(),
  achieved: z.string().meta({ description: '11/14 个（79%）' }),
  reason: z.string().nullable(),
  proposer: z.string(),
  proposedAt: Instant,
  approver: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
  decidable: z.boolean().meta({ description: 'The caller may approve or return it: not who proposed it' }),
})
export type TargetVersion = z.infer<typeof TargetVersion>
export const Target = TargetRow.extend({
  plan: PlanRow.pick({ id: true, title: true, year: true, state: true }),
  field: z.string(),
  definition: TargetDefinition,
  today: Day,
  unnamed: count.meta({ description: 'Objects that the number promises and nobody has named yet' }),
  objects: z.array(TargetObject),
  checkIns: z.array(CheckIn).meta({ description: 'Newest first' }),
  versions: z.array(TargetVersion).meta({ description: 'Newest first' }),
  tasks: z.array(TaskView),
  may: z.object({ edit: z.boolean(), checkIn: z.boolean(), propose: z.boolean(), addObjects: z.boolean() }),
}).meta({ id: 'Target' })
export type Target = z.infer<typeof Target>
