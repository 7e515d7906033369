import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TargetKind } from '@banjie/contract'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { COLUMN, COLUMNS } from '../src/plan/plan-file.ts'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

// A district keeps its battle map in a spreadsheet: it goes in as a table and comes out as the same table.
let w: World
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
})
after(() => w.close())
const { must } = storyteller(() => w)

const HEAD = COLUMNS.map((id) => COLUMN[id][0])
type Line = Readonly<Record<string, string | number>>
const FIELD: Line = { 层级: '领域', 名称: '民生保障' }
const TARGET: Line = { 层级: '目标', 名称: '棚户改造', 数量: 3600, 单位: '户', 开始: '2026-03-02', 截止: '2026-12-31' }
const TASK: Line = { 层级: '任务', 编号: 'a', 名称: '入户测量', 数量: 3600, 单位: '户', 截止: '2026-06-30', 工期: 20 }

async function bookOf(lines: readonly Line[], change?: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('作战图')
  sheet.addRow(HEAD)
  for (const line of lines) sheet.addRow(HEAD.map((label) => line[label] ?? null))
  change?.(sheet)
  return Buffer.from(await book.xlsx.writeBuffer())
}
const send = (data: Buffer, fields: Record<string, string>, account = 'supervisor') =>
  upload(w, account, '/api/v1/plan-imports', { name: '作战图.xlsx', data }, fields)
const told = (faults: readonly Row[]) => faults.map(({ row, column, code }) => [row, column, code])
const plans = async (): Promise<Row[]> => (await must('supervisor', 'GET', '/api/v1/plans'))['items']
const planOf = (id: string) => must('supervisor', 'GET', `/api/v1/plans/${id}`)
async function workbookOf(id: string): Promise<Buffer> {
  const cookie = await w.cookie('supervisor')
  const file = await w.raw({ method: 'GET', url: `/api/v1/plans/${id}/workbook`, headers: { cookie } })
  assert.equal(file.status, 200)
  return file.raw
}
async function cellsOf(data: Buffer): Promise<unknown[][]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(data as never)
  const rows: unknown[][] = []
  book.worksheets[0]!.eachRow((row) => rows.push(HEAD.map((_, c) => row.getCell(c + 1).value)))
  return rows
}

/** The tree without what is new in every plan: ids become places. */
async function treeOf(id: string): Promise<unknown> {
  const { fields } = await planOf(id)
  const targets: Row[] = fields.flatMap((field: Row) => field['targets'])
  const order = new Map(targets.flatMap(({ tasks }) => tasks).map((task: Row, i: number) => [task['id'], i]))
  const details = new Map<string, Row>()
  for (const { id: target } of targets)
    details.set(target, await must('supervisor', 'GET', `/api/v1/targets/${target}`))
  const answering = ({ unit, person, duty, checkUnit, cadence }: Row) => ({ unit, person, duty, checkUnit, cadence })
  return fields.map((field: Row) => ({
    name: field['name'],
    targets: field['targets'].map((target: Row) => ({
      ...{ title: target['title'], ...answering(target), definition: details.get(target['id'])!['definition'] },
      objects: details.get(target['id'])!['objects'].map(({ name, unit }: Row) => ({ name, unit })),
      tasks: target['tasks'].map((task: Row) => ({
        ...answering(task),
        ...Object.fromEntries(
          ['title', 'dueOn', 'days', 'redLine', 'quantity', 'quantityUnit', 'budget'].map((key) => [key, task[key]]),
        ),
        milestones: task['milestones'].map(({ title, dueOn }: Row) => ({ title, dueOn })),
        after: task['after'].map((before: string) => order.get(before)).sort(),
        ...{ latestStart: task['latestStart'], slack: task['slack'] },
      })),
    })),
  }))
}

test('a table becomes a drafted plan, on trial first and then as a whole', async () => {
  const data = await bookOf([
    FIELD,
    { ...TARGET, 责任单位: '区水务局', 责任人: '水务经办', 责任内容: '牵头', 检查单位: '督查室', 检查周期: '每月' },
    TASK,
    {
      ...TASK,
      编号: 'b',
      名称: '签约',
      数量: '',
      单位: '',
      节点: '首签@2026-07-31；签完@2026-09-30',
      截止: '2026-09-30',
      前置任务: 'a',
      红线: '是',
    },
  ])
  const trial = await send(data, { year: '2026', title: '表格作战图' })
  assert.partialDeepStrictEqual(trial.body, { dryRun: true, planId: null, fields: 1, targets: 1, tasks: 2, faults: [] })
  assert.deepEqual(await plans(), [], 'nothing is stored on trial')
  const { body } = await send(data, { year: '2026', title: '表格作战图', dryRun: 'false' })
  const { fields, state, lacking } = await planOf(body.planId)
  const [target] = fields[0].targets
  assert.partialDeepStrictEqual(target, { title: '棚户改造', words: '3600户', person: { name: '水务经办' }, lacks: [] })
  const [first, second] = target.tasks
  assert.deepEqual(second.after, [first.id])
  assert.partialDeepStrictEqual(second, { redLine: true, latestFinish: '2026-09-30' })
  assert.deepEqual(
    second.milestones.map(({ title }: Row) => title),
    ['首签', '签完'],
  )
  assert.equal(state, 'draft')
  assert.equal(lacking.length, 2, 'a draft may still lack of the four; what it lacks is told')
})

test('a table goes into an empty draft only, and is taken from those who keep plans only', async () => {
  const [known] = await plans()
  const data = await bookOf([FIELD])
  assert.equal((await send(data, { planId: known!['id'], dryRun: 'false' })).body.code, 'plan.filled')
  assert.equal((await send(data, { year: '2026', title: '表格作战图' })).body.code, 'plan.known')
  assert.equal((await send(data, {})).body.code, 'planFile.which')
  assert.equal((await send(data, { year: '2026', title: '别的' }, 'handler')).body.code, 'forbidden')
  const { id } = await must('supervisor', 'POST', '/api/v1/plans', { year: 2026, title: '空的草稿' })
  assert.equal((await send(data, { planId: id, dryRun: 'false' })).body.planId, id)
  assert.equal((await planOf(id))['fields'][0].name, '民生保障')
})

test('every faulty place is named by row and column, and nothing of the file is kept', async () => {
  const before = (await plans()).length
  const data = await bookOf([
    { 层级: '目标', 名称: '悬空的目标', 数量: 1, 单位: '个' },
    FIELD,
    { ...TARGET, 单位: '' },
    { ...TARGET, 责任单位: '没有的局', 责任人: '没有的人', 类型: '数一数', 数量: '许多' },
    { ...TASK, 前置任务: 'z', 节点: '封顶', 截止: '六月底' },
    { ...TASK, 编号: 'a', 名称: '' },
    { 层级: '小目标', 名称: '层级不对' },
    { ...TARGET, 责任单位: '区水务局', 检查单位: '区水务局', 对象: '甲；甲', 类型: '逐个完成', 数量: 1 },
    FIELD,
  ])
  const trial = await send(data, { year: '2026', title: '错的' })
  assert.deepEqual(told(trial.body.faults), [
    [2, '层级', 'planFile.no_field'],
    [4, '单位', 'target.no_unit'],
    [5, '类型', 'planFile.word'],
    [5, '数量', 'planFile.number'],
    [6, '节点', 'planFile.milestone'],
    [6, '截止', 'import.date_invalid'],
    [7, '名称', 'planFile.no_name'],
    [8, '层级', 'planFile.level'],
    [9, '检查单位', 'target.own_check'],
    [9, '对象', 'target.object_known'],
    [9, '对象', 'target.too_many_objects'],
    [10, '名称', 'planFile.twice'],
  ])
  const refused = await send(data, { year: '2026', title: '错的', dryRun: 'false' })
  assert.equal(refused.status, 422)
  assert.equal(refused.body.code, 'planFile.faulty')
  assert.match(refused.body.errors[0].detail, /^第 2 行“层级”：目标“悬空的目标”上面没有领域/)
  assert.equal((await plans()).length, before)
})

test('names that nobody has and a task that is not there are told once their lines can be read', async () => {
  const data = await bookOf([
    FIELD,
    { ...TARGET, 责任单位: '没有的局', 责任人: '没有的人' },
    { ...TASK, 前置任务: 'z' },
    { ...TASK, 名称: '同号' },
  ])
  assert.deepEqual(told((await send(data, { year: '2026', title: '错的' })).body.faults), [
    [3, '责任单位', 'planFile.unit_unknown'],
    [3, '责任人', 'planFile.person_unknown'],
    [4, '前置任务', 'planFile.before_unknown'],
    [5, '编号', 'planFile.number_twice'],
  ])
})

test('merged cells are refused by their name, for nobody can tell which lines they mean', async () => {
  const data = await bookOf([FIELD, TARGET, TASK], (sheet) => sheet.mergeCells('C3:C4'))
  const { body } = await send(data, { year: '2026', title: '合并' })
  assert.deepEqual(told(body.faults), [[3, '名称', 'planFile.merged_cells']])
  assert.match(body.faults[0].detail, /C3:C4 是合并的.*取消合并/)
  assert.equal((await send(data, { year: '2026', title: '合并', dryRun: 'false' })).body.code, 'planFile.faulty')
})

test('tasks that wait for each other in a circle are refused by their names, and so is a task that waits for itself', async () => {
  const data = await bookOf([
    FIELD,
    TARGET,
    { ...TASK, 前置任务: 'b' },
    { ...TASK, 编号: 'b', 名称: '签约', 前置任务: 'a' },
  ])
  const { body } = await send(data, { year: '2026', title: '成圈', dryRun: 'false' })
  assert.equal(body.code, 'planFile.faulty')
  assert.match(body.errors[0].detail, /成了一个圈：“入户测量” → “签约” → “入户测量”|“签约” → “入户测量” → “签约”/)
  const alone = await bookOf([FIELD, TARGET, { ...TASK, 前置任务: 'a' }])
  assert.deepEqual(told((await send(alone, { year: '2026', title: '自己' })).body.faults), [
    [4, '前置任务', 'plan.cycle'],
  ])
})

test('a table without its columns, without rows or that is no table says what is wanted', async () => {
  const other = new ExcelJS.Workbook()
  other.addWorksheet('x').addRow(['姓名', '电话'])
  const data = Buffer.from(await other.xlsx.writeBuffer())
  assert.deepEqual(told((await send(data, { year: '2026', title: '无' })).body.faults), [[1, '', 'planFile.no_header']])
  const bare = await bookOf([FIELD], (sheet) => sheet.spliceColumns(HEAD.indexOf('单位') + 1, 1))
  assert.deepEqual(told((await send(bare, { year: '2026', title: '无' })).body.faults), [
    [1, '', 'planFile.column_missing'],
  ])
  assert.deepEqual(told((await send(await bookOf([]), { year: '2026', title: '无' })).body.faults), [
    [1, '', 'planFile.empty'],
  ])
  const text = await send(Buffer.from('no workbook'), { year: '2026', title: '无' })
  assert.equal(text.body.code, 'import.kind')
})

test('the template is a plan that can be read: its examples have no fault but the four that are still open', async () => {
  const cookie = await w.cookie('supervisor')
  const file = await w.raw({ method: 'GET', url: '/api/v1/plan-template', headers: { cookie } })
  const { body } = await send(file.raw, { year: '2026', title: '模板' })
  assert.partialDeepStrictEqual(body, { fields: 1, targets: 1, tasks: 2, faults: [], unusedColumns: [] })
})

const KINDS: readonly TargetKind[] = ['count', 'objects', 'threshold', 'eachHas', 'coverage']
const name = fc
  .string({ unit: fc.constantFrom(...'甲乙丙路2018@；;、,-.（）"<&='), minLength: 1, maxLength: 8 })
  .filter((text) => text.trim() === text && text !== '')
const day = fc
  .integer({ min: 0, max: 80 })
  .map((more) => new Date(Date.UTC(2026, 6, 1 + more)).toISOString().slice(0, 10))
const answering = fc.record({
  duty: fc.option(name, { nil: undefined }),
  cadence: fc.constantFrom('weekly', 'monthly', null),
  who: fc.nat(3),
})
const limits = fc.constantFrom('exact', 'about', 'over', 'atLeast')
const target = fc.record({
  ...{ title: name, answering, kind: fc.constantFrom(...KINDS), value: fc.integer({ min: 3, max: 90 }), unit: name },
  ...{ qualifier: limits, each: fc.integer({ min: 1, max: 900_000 }), objects: fc.uniqueArray(name, { maxLength: 3 }) },
  ...{ words: fc.uniqueArray(name, { maxLength: 3 }), fen: fc.option(fc.integer({ min: 1, max: 2_000_000_000 })) },
})
const task = fc.record({
  ...{ title: name, answering, dueOn: fc.option(day), days: fc.integer({ min: 1, max: 40 }), redLine: fc.boolean() },
  ...{ quantity: fc.option(fc.integer({ min: 1, max: 99_999 }).map((n) => n / 1000)), unit: name, source: name },
  ...{
    milestones: fc.array(fc.record({ title: name, dueOn: day }), { maxLength: 3 }),
    waits: fc.array(fc.nat(20), { maxLength: 3 }),
  },
  ...{ fen: fc.option(fc.integer({ min: 1, max: 2_000_000_000 })), at: fc.nat(20) },
})
const trees = fc.record({
  fields: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
  targets: fc.array(fc.record({ target, field: fc.nat(5) }), { minLength: 1, maxLength: 4 }),
  tasks: fc.array(task, { maxLength: 6 }),
})

test('whatever plan is written at the desk comes out as a table, and the table goes in as the same plan', async () => {
  const [water, supervision, south] = [await w.unit('water'), await w.unit('supervision'), await w.unit('south')]
  const people: Row[] = (await must('supervisor', 'GET', `/api/v1/people?unit=${water}`))['items']
  const four = ({ duty, cadence, who }: { duty: string | undefined; cadence: string | null; who: number }) => ({
    ...{ duty: duty ?? '', cadence, unitId: who > 0 ? water : null, checkUnitId: who > 2 ? supervision : null },
    personId: who > 1 ? people[0]!['id'] : null,
  })
  let round = 0
  await fc.assert(
    fc.asyncProperty(trees, async ({ fields, targets, tasks }) => {
      round += 1
      const made = await must('supervisor', 'POST', '/api/v1/plans', { year: 2026, title: `原图${round}` })
      const ids: string[] = []
      for (const each of fields)
        ids.push(
          (await must('supervisor', 'POST', `/api/v1/plans/${made['id']}/fields`, { name: each }))['fields'].at(-1).id,
        )
      const put: string[] = []
      for (const { target: one, field } of targets) {
        const each = { what: one.title, value: one.each / 1000, unit: one.unit.slice(0, 4), qualifier: one.qualifier }
        const definition = {
          ...{ kind: one.kind, value: one.value, unit: one.unit, qualifier: one.qualifier },
          ...(['threshold', 'eachHas'].includes(one.kind) && { each }),
          ...(one.kind === 'objects' && { words: one.words }),
          ...(one.fen !== null && { budget: { fen: one.fen, qualifier: one.qualifier } }),
          ...{ startOn: '2026-03-02', dueOn: '2026-11-30' },
        }
        const objects =
          one.kind === 'count'
            ? []
            : one.objects.map((each) => ({ name: each, unitId: one.kind === 'coverage' ? south : null }))
        const body = { title: one.title, definition, objects, ...four(one.answering) }
        put.push(
          (await must('supervisor', 'POST', `/api/v1/plan-fields/${ids[field % ids.length]}/targets`, body))['id'],
        )
      }
      const written: string[] = []
      for (const { title, answering: who, at, waits, fen, source, quantity, unit, ...rest } of tasks) {
        const before = written.length === 0 ? [] : [...new Set(waits.map((wait) => written[wait % written.length]!))]
        const tree = await must('supervisor', 'POST', `/api/v1/targets/${put[at % put.length]}/tasks`, {
          ...{ title, ...rest, ...four(who), after: before, ...(quantity !== null && { quantity, unit }) },
          ...(fen !== null && { budget: { fen, source } }),
        })
        const all: Row[] = tree['fields'].flatMap((field: Row) => field['targets']).flatMap((one: Row) => one['tasks'])
        written.push(all.find(({ id }) => !written.includes(id))!['id'])
      }
      const file = await workbookOf(made['id'])
      const { body } = await send(file, { year: '2026', title: `回图${round}`, dryRun: 'false' })
      assert.equal(body.code, undefined, JSON.stringify(body))
      assert.deepEqual(await treeOf(body.planId), await treeOf(made['id']))
      assert.deepEqual(await cellsOf(await workbookOf(body.planId)), await cellsOf(file))
    }),
    { numRuns: 12 },
  )
})

test('five thousand tasks, one after the other, are taken in, shown and given out within seconds', async () => {
  const SIZE = 5000
  const lines: Line[] = [FIELD, { ...TARGET, 截止: '2026-12-31' }]
  // Chains of two hundred: more would not fit into a year.
  for (let i = 0; i < SIZE; i++) {
    const chained = i % 200 === 0 ? {} : { 前置任务: `${i - 1}` }
    if (i > 0 && i % 500 === 0) lines.push({ ...TARGET, 名称: `目标${i}` })
    lines.push({
      层级: '任务',
      编号: `${i}`,
      名称: `任务${i}`,
      数量: 1,
      单位: '件',
      工期: 1,
      截止: '2026-12-31',
      ...chained,
    })
  }
  const data = await bookOf(lines)
  const began = performance.now()
  const { body } = await send(data, { year: '2026', title: '大图', dryRun: 'false' })
  const taken = performance.now()
  assert.equal(body.tasks, SIZE)
  const plan = await planOf(body.planId)
  const shown = performance.now()
  assert.equal(plan['fields'][0].targets.flatMap((one: Row) => one['tasks']).length, SIZE)
  const out = await workbookOf(body.planId)
  assert.equal((await cellsOf(out)).length, lines.length + 1)
  const first = plan['fields'][0].targets[0].tasks[0].id
  const slip = await must('supervisor', 'GET', `/api/v1/plans/${body.planId}/slip?task=${first}&days=30`)
  assert.equal(slip['moves'].length, 200)
  const seconds = [taken - began, shown - taken, performance.now() - shown].map((ms) => Math.round(ms / 100) / 10)
  console.log(`# 5,000 tasks: taken in ${seconds[0]} s, shown ${seconds[1]} s, given out and slipped ${seconds[2]} s`)
  assert.ok(seconds[1]! < 30, `shown after ${seconds[1]} s`)
})
