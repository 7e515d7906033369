import {
  type FaultPlace,
  NewPlan,
  NewPlanField,
  NewTarget,
  NewTask,
  type PersonId,
  type PlanFieldId,
  PlanId,
  type PlanImport,
  type TargetId,
  type TaskId,
  type UnitId,
} from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, listPeopleNamed, listUnits } from '#org'
import { countedTargets, draftTarget, refuseAboveObjects } from '#target'
import {
  insertField,
  insertPlanTarget,
  listFields,
  listPlans,
  listTasks,
  type PlanFacts,
  putTasks,
} from './plan.sql.ts'
import { beginPlan, lockDraft, refuseCircle } from './plan.ts'
import { COLUMN, type ColumnId, type FileFault, type FileRow, fileFault, type PlanFile } from './plan-file.ts'
import { getPlan, placesOf } from './tree.ts'

interface Given {
  /** As the form of the upload says: `planId`, or `year` and `title` of a new plan; `dryRun`. */
  readonly form: Readonly<Record<string, string>>
  readonly file: PlanFile
  readonly fileName: string
}
interface Branch {
  readonly row: number
  readonly name: string
  readonly targets: readonly { readonly row: number; readonly input: NewTarget; readonly tasks: readonly FileTask[] }[]
}
interface FileTask {
  readonly row: number
  readonly id: TaskId
  readonly input: NewTask
}

/**
 * Imports a plan from a table (导入作战图) into an empty draft or a new one: on trial it tells what it would do, else it stores all of the file or
 * nothing of it.
 * @throws Fault 'forbidden' | 'plan.not_found' | 'plan.published' | 'plan.filled' | 'plan.known' | 'planFile.which' | 'plan.too_long' |
 *   'planFile.faulty' with every faulty place
 */
export async function importPlan(
  tx: Tx,
  { form, file, fileName }: Given,
  calendar: Calendar,
  by: Actor,
): Promise<PlanImport> {
  const dryRun = form['dryRun'] !== 'false'
  const known = form['planId'] ? await emptyDraft(tx, parse(PlanId, form['planId'], 'planId'), by) : undefined
  const fresh = known === undefined ? await newPlanOf(tx, form) : undefined
  const { fields, faults: found } = treeOf(file.rows, await namesIn(tx, file.rows, by))
  const faults = [...file.faults, ...found].sort((a, b) => a.row - b.row)
  if (!dryRun && faults.length > 0) throw faulty(faults)
  const planId = dryRun ? (known?.id ?? null) : (known?.id ?? (fresh ? await beginPlan(tx, fresh, by) : null))
  if (!dryRun && planId !== null) {
    const plan = await getPlan(tx, planId)
    await store(tx, plan, fields, calendar, by)
    const note = `${plan.year} ${plan.title} ${fileName}`
    await audit(tx, by, { action: 'importPlan', objectKind: 'plan', objectId: planId, note })
  }
  const targets = fields.flatMap((field) => field.targets)
  return {
    ...{ dryRun, fileName, planId, fields: fields.length, targets: targets.length },
    tasks: targets.reduce((sum, { tasks }) => sum + tasks.length, 0),
    faults: faults.slice(0, MOST_FAULTS).map(({ row, column, code, detail }) => ({ row, column, code, detail })),
    unusedColumns: [...file.unusedColumns],
  }
}

async function emptyDraft(tx: Tx, id: PlanId, by: Actor): Promise<PlanFacts> {
  const plan = await lockDraft(tx, id, by)
  if ((await listFields(tx, id)).length > 0) throw new Fault('plan.filled', { title: plan.title })
  return plan
}
/** Refused at the trial already: nobody corrects a file for a plan that cannot be. */
async function newPlanOf(tx: Tx, { year, title, banner }: Given['form']): Promise<NewPlan> {
  if (!year || !title) throw new Fault('planFile.which')
  const plan = parse(NewPlan, { year: Number(year), title, banner: banner ?? '' }, 'plan')
  if ((await listPlans(tx)).some((one) => one.year === plan.year && one.title === plan.title))
    throw new Fault('plan.known', plan)
  return plan
}

interface Names {
  readonly units: ReadonlyMap<string, UnitId>
  readonly people: ReadonlyMap<string, readonly { readonly id: PersonId; readonly unitId: UnitId }[]>
}
async function namesIn(tx: Tx, rows: readonly FileRow[], by: Actor): Promise<Names> {
  const today = dayOf(by.at)
  const people = await listPeopleNamed(tx, [...new Set(rows.map(({ person }) => person).filter(Boolean))], today)
  return {
    units: new Map((await listUnits(tx, {}, today)).map(({ id, name }) => [name, id])),
    people: Map.groupBy(people, ({ name }) => name),
  }
}

/** A branch to which rows are still added. */
interface Growing extends Branch {
  readonly targets: { readonly row: number; readonly input: NewTarget; readonly tasks: FileTask[] }[]
}
/** Every row under what it belongs to, its words looked up and its shape held against the contract. */
function treeOf(rows: readonly FileRow[], names: Names): { fields: Branch[]; faults: FileFault[] } {
  const faults: FileFault[] = []
  const fields: Growing[] = []
  const numbered = numbersOf(rows, faults)
  for (const row of rows) {
    const [field, target] = [fields.at(-1), fields.at(-1)?.targets.at(-1)]
    if (row.level === 'field') {
      const twin = fields.find(({ name }) => name === row.title)
      if (twin) faults.push(fileFault(row.row, 'title', 'planFile.twice', { name: row.title, row: twin.row }))
      const admitted = admit(NewPlanField, { name: row.title }, row, faults)
      fields.push({ row: row.row, name: admitted?.name ?? row.title, targets: [] })
    } else if (row.level === 'target') {
      if (field === undefined) faults.push(fileFault(row.row, 'level', 'planFile.no_field', { name: row.title }))
      const input = admit(NewTarget, targetOf(row, names, faults), row, faults)
      if (input !== undefined) refuseObjects(input, row, faults)
      // What hangs under a faulty target is still read, so that all faults are told at once.
      field?.targets.push({ row: row.row, input: input as NewTarget, tasks: [] })
    } else {
      if (target === undefined) faults.push(fileFault(row.row, 'level', 'planFile.no_target', { name: row.title }))
      const input = admit(NewTask, taskOf(row, names, numbered, faults), row, faults)
      const id = numbered.ids.get(row.row)
      if (input !== undefined && id !== undefined) target?.tasks.push({ row: row.row, id, input })
    }
  }
  refuseCircleIn(fields, faults)
  return { fields, faults }
}

interface Numbered {
  readonly ids: ReadonlyMap<number, TaskId>
  readonly byNumber: ReadonlyMap<string, TaskId>
}
/** An id for each task, by its row and by the number others name it with. */
function numbersOf(rows: readonly FileRow[], faults: FileFault[]): Numbered {
  const ids = new Map<number, TaskId>()
  const byNumber = new Map<string, TaskId>()
  const first = new Map<string, number>()
  for (const { row, level, number } of rows) {
    const twin = first.get(number)
    if (number !== '' && twin !== undefined)
      faults.push(fileFault(row, 'number', 'planFile.number_twice', { name: number, row: twin }))
    first.set(number, row)
    if (level !== 'task') continue
    const id = newId<TaskId>()
    ids.set(row, id)
    if (number !== '') byNumber.set(number, id)
  }
  return { ids, byNumber }
}

function answeringOf(row: FileRow, { units, people }: Names, faults: FileFault[]) {
  const unitOf = (column: ColumnId, name: string): UnitId | null => {
    const found = units.get(name)
    if (name !== '' && found === undefined) faults.push(fileFault(row.row, column, 'planFile.unit_unknown', { name }))
    return found ?? null
  }
  const unitId = unitOf('unitName', row.unitName)
  const checkUnitId = unitOf('checkUnit', row.checkUnit)
  if (unitId !== null && unitId === checkUnitId) faults.push(fileFault(row.row, 'checkUnit', 'target.own_check'))
  const namesakes = people.get(row.person) ?? []
  const within = namesakes.filter((one) => one.unitId === unitId)
  const meant = new Set((within.length > 0 ? within : namesakes).map(({ id }) => id))
  if (row.person !== '' && meant.size !== 1) {
    const code = meant.size === 0 ? 'planFile.person_unknown' : 'planFile.person_twice'
    faults.push(fileFault(row.row, 'person', code, { name: row.person, unit: row.unitName }))
  }
  const personId = meant.size === 1 ? [...meant][0] : null
  return { unitId, personId, checkUnitId, duty: row.duty, cadence: row.cadence }
}

function targetOf(row: FileRow, names: Names, faults: FileFault[]) {
  const { title, kind, value, unit, qualifier, each, words, startOn, dueOn, budget } = row
  return {
    ...{ title, ...answeringOf(row, names, faults) },
    definition: {
      ...{ kind, value: value ?? undefined, unit, qualifier, words, startOn, dueOn },
      ...(each && { each: { ...each, value: each.value ?? undefined } }),
      ...(budget && { budget: { fen: budget.fen, qualifier: budget.qualifier } }),
    },
    objects: row.objects.map(({ name, unit: of }) => {
      const unitId = of === null ? null : names.units.get(of)
      if (unitId === undefined) faults.push(fileFault(row.row, 'objects', 'planFile.unit_unknown', { name: of }))
      return { name, unitId: unitId ?? null }
    }),
  }
}

function taskOf(row: FileRow, names: Names, { byNumber }: Numbered, faults: FileFault[]) {
  const { title, value, unit, dueOn, days, redLine, milestones, budget } = row
  const after = row.after.flatMap((number) => {
    const id = byNumber.get(number)
    if (id === undefined) faults.push(fileFault(row.row, 'after', 'planFile.before_unknown', { name: number }))
    return id ?? []
  })
  return {
    ...{ title, ...answeringOf(row, names, faults), dueOn, days: days ?? 1, redLine, milestones, after },
    ...{ quantity: value, unit: unit === '' ? null : unit },
    budget: budget && { fen: budget.fen, source: budget.source },
  }
}

/** Which column a faulty field of the contract stands in. */
const COLUMN_OF: Readonly<Record<string, ColumnId>> = {
  ...{ 'definition.value': 'value', 'definition.unit': 'unit', 'definition.each': 'what', 'definition.words': 'words' },
  ...{
    'definition.dueOn': 'dueOn',
    'definition.budget': 'budget',
    objects: 'objects',
    quantity: 'value',
    unit: 'unit',
  },
  ...{
    days: 'days',
    duty: 'duty',
    milestones: 'milestones',
    after: 'after',
    'budget.source': 'source',
    budget: 'budget',
  },
}
const columnOf = (path: string): ColumnId =>
  COLUMN_OF[Object.keys(COLUMN_OF).find((key) => path === key || path.startsWith(`${key}.`)) ?? ''] ?? 'title'

function admit<S extends typeof NewTarget | typeof NewTask | typeof NewPlanField>(
  schema: S,
  value: unknown,
  { row }: FileRow,
  faults: FileFault[],
) {
  try {
    return parse(schema, value)
  } catch (refused) {
    if (!(refused instanceof Fault)) throw refused
    for (const { path, code, detail } of (refused.extra['errors'] ?? []) as readonly FaultPlace[])
      faults.push({ row, column: COLUMN[columnOf(path)][0], path: `${row}.${path}`, code, detail })
    return undefined
  }
}

function refuseObjects({ definition, objects }: NewTarget, { row }: FileRow, faults: FileFault[]): void {
  const names = objects.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) faults.push(fileFault(row, 'objects', 'target.object_known', { name: twice }))
  const homeless = objects.find(({ unitId }) => definition.kind === 'coverage' && unitId == null)
  if (homeless !== undefined) faults.push(fileFault(row, 'objects', 'target.object_unit', { name: homeless.name }))
  if (objects.length === 0) return
  try {
    refuseAboveObjects(definition, [], objects)
  } catch (refused) {
    if (!(refused instanceof Fault)) throw refused
    faults.push({ ...fileFault(row, 'objects', refused.code), detail: refused.message })
  }
}

function refuseCircleIn(fields: readonly Branch[], faults: FileFault[]): void {
  const tasks = fields.flatMap(({ targets }) => targets.flatMap((target) => target.tasks))
  const [first] = tasks
  if (first === undefined) return
  try {
    const all = tasks.map(({ id, input }) => ({ id, title: input.title, after: input.after }))
    refuseCircle(first.id, first.input, all)
  } catch (refused) {
    if (!(refused instanceof Fault)) throw refused
    faults.push({ ...fileFault(first.row, 'after', 'plan.cycle'), detail: refused.message })
  }
}

const MOST_FAULTS = 500
const faulty = (faults: readonly FileFault[]) =>
  new Fault(
    'planFile.faulty',
    { count: faults.length },
    {
      errors: faults.slice(0, MOST_FAULTS).map(({ row, column, path, code, detail }) => ({
        ...{ path, code },
        detail: `第 ${row} 行${column === '' ? '' : `“${column}”`}：${detail}`,
      })),
    },
  )

async function store(tx: Tx, plan: PlanFacts, fields: readonly Branch[], calendar: Calendar, by: Actor): Promise<void> {
  const targets: TargetId[] = []
  const tasks: { id: TaskId; target: TargetId; task: NewTask; keys: string[] }[] = []
  for (const field of fields) {
    const fieldId = newId<PlanFieldId>()
    await insertField(tx, plan.id, fieldId, field.name)
    for (const { input, tasks: own } of field.targets) {
      const target = await draftTarget(tx, null, input, by)
      await insertPlanTarget(tx, fieldId, target)
      targets.push(target)
      tasks.push(...own.map(({ id, input: task }) => ({ id, target, task, keys: task.milestones.map(() => newId()) })))
    }
  }
  await putTasks(tx, tasks, by.at)
  placesOf(calendar, plan.year, await countedTargets(tx, targets), await listTasks(tx, targets))
}
