import { CHECK_CADENCE, type PlanId, TARGET_KIND, type TargetDefinition } from '@banjie/contract'
import ExcelJS from 'exceljs'
import type { Tx } from '#kernel/store'
import { type CountedTarget, countedTargets } from '#target'
import { listFields, listPlanTargets, listTasks, type TaskFacts } from './plan.sql.ts'
import { COLUMN, COLUMNS, type ColumnId, joinList, joinPair, LEVEL, LIMITS } from './plan-file.ts'
import { getPlan } from './tree.ts'

type Value = string | number | null
type Line = Readonly<Partial<Record<ColumnId, Value>>> & { readonly level: string }

/** A plan as an Excel file (作战图导出): what `readPlanFile` reads back as the same tree. @throws Fault 'plan.not_found' */
export async function planWorkbook(tx: Tx, id: PlanId): Promise<{ name: string; book: Buffer }> {
  const plan = await getPlan(tx, id)
  const places = await listPlanTargets(tx, id)
  const ids = places.map(({ targetId }) => targetId)
  const targets = new Map((await countedTargets(tx, ids)).map((target) => [target.facts.id, target]))
  const tasks = Map.groupBy(await listTasks(tx, ids), ({ targetId }) => targetId)
  const tree = (await listFields(tx, id)).map(({ id: field, name }, i) => ({
    ...{ name, number: `${i + 1}` },
    targets: places
      .filter(({ fieldId }) => fieldId === field)
      .map(({ targetId }, j) => ({
        ...{ id: targetId, number: `${i + 1}.${j + 1}` },
        tasks: (tasks.get(targetId) ?? []).map((task, k) => ({ task, number: `${i + 1}.${j + 1}.${k + 1}` })),
      })),
  }))
  const numbers = new Map(
    tree.flatMap((field) =>
      field.targets.flatMap((target) => target.tasks.map(({ task, number }) => [task.id, number] as const)),
    ),
  )
  const lines = tree.flatMap((field): Line[] => [
    { level: LEVEL.field, number: field.number, title: field.name },
    ...field.targets.flatMap(({ id: target, number, tasks: own }): Line[] => {
      const counted = targets.get(target)
      if (counted === undefined) return []
      return [targetLine(counted, number), ...own.map(({ task, number: at }) => taskLine(task, at, numbers))]
    }),
  ])
  const name = `${plan.year}年${plan.title}`
  return { name: `${name}.xlsx`, book: await bookOf(name, lines) }
}

/** An empty table with an example of every level and what may be written in each column. */
export const templateWorkbook = (): Promise<Buffer> => bookOf('作战图', EXAMPLE)

const FEN_IN_WAN = 1_000_000
const answered = ({
  unit,
  person,
  duty,
  checkUnit,
  cadence,
}: Pick<TaskFacts, 'unit' | 'person' | 'duty' | 'checkUnit' | 'cadence'>) => ({
  ...{ unitName: unit?.name ?? null, person: person?.name ?? null, duty, checkUnit: checkUnit?.name ?? null },
  cadence: cadence === null ? null : CHECK_CADENCE[cadence],
})
const limit = (qualifier: TargetDefinition['qualifier']) => LIMITS[qualifier]

function targetLine({ facts, objects }: CountedTarget, number: string): Line {
  const { kind, value, unit, qualifier, each, words, startOn, dueOn, budget } = facts.definition
  return {
    ...{ level: LEVEL.target, number, title: facts.title, kind: TARGET_KIND[kind], value, unit },
    ...{ qualifier: limit(qualifier), words: joinList(words), startOn: startOn ?? null, dueOn: dueOn ?? null },
    ...(each != null && {
      what: each.what,
      eachValue: each.value,
      eachUnit: each.unit,
      eachQualifier: limit(each.qualifier),
    }),
    objects: joinList(objects.map((object) => joinPair(object.name, object.unit?.name ?? null))),
    ...answered(facts),
    ...(budget != null && { budget: budget.fen / FEN_IN_WAN, budgetQualifier: limit(budget.qualifier) }),
  }
}
function taskLine(task: TaskFacts, number: string, numbers: ReadonlyMap<string, string>): Line {
  const { title, quantity, quantityUnit, dueOn, days, redLine, milestones, after, budget } = task
  return {
    ...{
      level: LEVEL.task,
      number,
      title,
      value: quantity,
      unit: quantityUnit,
      dueOn,
      days,
      redLine: redLine ? '是' : null,
    },
    ...answered(task),
    after: joinList(after.map((one) => numbers.get(one) ?? '').toSorted()),
    milestones: joinList(milestones.map((one) => joinPair(one.title, one.dueOn))),
    ...(budget !== null && { budget: budget.fen / FEN_IN_WAN, source: budget.source }),
  }
}

const FONT = { name: '宋体', size: 11 }
const thin = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const
const BORDER = { top: thin, left: thin, bottom: thin, right: thin }
const shade = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const
const HEADER = { font: { ...FONT, bold: true }, fill: shade('FFE8F1FA'), border: BORDER }
const DEPTH: Readonly<Record<string, number>> = { [LEVEL.field]: 0, [LEVEL.target]: 1, [LEVEL.task]: 2 }
const FILL: Readonly<Record<string, ReturnType<typeof shade>>> = {
  ...{ [LEVEL.field]: shade('FFDCE6F1'), [LEVEL.target]: shade('FFF5F8FC') },
}
/** Known to every spreadsheet, and missing from the library's list. */
const A3: number = 8

/** Columns in which only some words are understood; a spreadsheet offers them. */
const CHOICES: Readonly<Partial<Record<ColumnId, readonly string[]>>> = {
  ...{ level: Object.values(LEVEL), kind: Object.values(TARGET_KIND), redLine: ['是', '否'] },
  ...{ qualifier: Object.values(LIMITS).filter(Boolean), eachQualifier: Object.values(LIMITS).filter(Boolean) },
  ...{ budgetQualifier: Object.values(LIMITS).filter(Boolean), cadence: Object.values(CHECK_CADENCE) },
}
const SPARE_ROWS = 200

async function bookOf(title: string, lines: readonly Line[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(title.replaceAll(/[*?:\\/[\]]/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 3 }],
    pageSetup: {
      paperSize: A3 as ExcelJS.PaperSize,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    },
    headerFooter: { oddHeader: `&C&16${title.replaceAll('&', '&&')}`, oddFooter: '&C第 &P 页，共 &N 页' },
  })
  sheet.pageSetup.printTitlesRow = '1:1'
  sheet.columns = COLUMNS.map((id) => ({ width: COLUMN[id][1] }))
  sheet
    .addRow(COLUMNS.map((id) => COLUMN[id][0]))
    .eachCell((cell) =>
      Object.assign(cell, { ...HEADER, alignment: { horizontal: 'center', vertical: 'middle', wrapText: true } }),
    )
  for (const line of lines) addLine(sheet, line)
  for (const [i, id] of COLUMNS.entries()) {
    const words = CHOICES[id]
    for (let row = 2; words !== undefined && row <= Math.max(SPARE_ROWS, lines.length + 1); row++)
      sheet.getCell(row, i + 1).dataValidation = {
        ...{ type: 'list', allowBlank: true, formulae: [`"${words.join(',')}"`] },
        ...{ showErrorMessage: true, error: `请填写：${words.join('、')}` },
      }
  }
  addNotes(book.addWorksheet('填写说明'))
  return Buffer.from(await book.xlsx.writeBuffer())
}

function addLine(sheet: ExcelJS.Worksheet, line: Line): void {
  const depth = DEPTH[line.level] ?? 0
  const row = sheet.addRow(COLUMNS.map((id) => (line[id] === '' ? null : (line[id] ?? null))))
  const [fill, bold] = [FILL[line.level], depth === 0]
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    const indent = COLUMNS[column - 1] === 'title' ? depth : 0
    Object.assign(cell, { font: { ...FONT, bold }, border: BORDER, ...(fill && { fill }) })
    Object.assign(cell, { alignment: { vertical: 'top', wrapText: true, indent } })
    // Numbers like 1.10 and days stay as they are written.
    if (typeof cell.value === 'string') cell.numFmt = '@'
  })
}

const NOTES: readonly (readonly [ColumnId, string])[] = [
  ['level', '每行是一个“领域”“目标”或“任务”；任务写在它的目标下面，目标写在它的领域下面。不要合并单元格。'],
  ['number', '只用来填写“前置任务”，各行不重复即可。'],
  ['kind', `目标的种类：${Object.values(TARGET_KIND).join('、')}。不填为“数量”。`],
  ['value', '要达到多少，只写数字。'],
  ['unit', '计量单位，如 所、户、条、平方米。没有单位的数字不成目标。'],
  ['qualifier', '约、余、以上；不填为正好。'],
  ['what', '“全部达标”“每个都有”的目标填写每个对象的标准，如 面积，标准数值 500，标准单位 平方米，标准限定 以上。'],
  ['words', '“逐个完成”的验收词，用分号隔开，如 路平；草绿；灯亮。'],
  ['objects', '逐个点名，用分号隔开；“全覆盖”写成 甲小区@南塔街道办事处。'],
  ['startOn', '2026-03-01 这样的日期；任务只写截止。'],
  ['unitName', '机构设置中的全称；责任人写姓名；检查单位不能是责任单位自己。'],
  ['days', '任务的工期，工作日。'],
  ['redLine', '填“是”的不得后延。'],
  ['after', '先完成哪些任务，填写它们的编号，用分号隔开。'],
  ['milestones', '名称@日期，用分号隔开，如 封顶@2026-08-31；竣工@2026-10-31。没有数量的任务必须有节点。'],
  ['budget', '万元；任务还要写资金来源。'],
]
function addNotes(sheet: ExcelJS.Worksheet): void {
  sheet.columns = [{ width: 16 }, { width: 100 }]
  sheet.addRow(['列', '怎样填写']).eachCell((cell) => Object.assign(cell, HEADER))
  for (const [id, words] of NOTES)
    sheet
      .addRow([COLUMN[id][0], words])
      .eachCell((cell) => Object.assign(cell, { font: FONT, alignment: { vertical: 'top', wrapText: true } }))
}

const EXAMPLE: readonly Line[] = [
  { level: LEVEL.field, number: '1', title: '民生保障（示例，请改写）' },
  {
    ...{
      level: LEVEL.target,
      number: '1.1',
      title: '街道活动室达标',
      kind: TARGET_KIND.threshold,
      value: 2,
      unit: '个',
    },
    ...{
      what: '面积',
      eachValue: 500,
      eachUnit: '平方米',
      eachQualifier: LIMITS.atLeast,
      objects: '甲街道活动室；乙街道活动室',
    },
    ...{ cadence: CHECK_CADENCE.monthly, budget: 120 },
  },
  {
    ...{ level: LEVEL.task, number: '1.1.1', title: '选址和设计', days: 20, milestones: '出图@2026-05-29' },
    ...{ dueOn: '2026-05-29', cadence: CHECK_CADENCE.weekly, budget: 8, source: '区级财政' },
  },
  {
    ...{
      level: LEVEL.task,
      number: '1.1.2',
      title: '改造施工',
      value: 1000,
      unit: '平方米',
      days: 60,
      dueOn: '2026-09-30',
    },
    ...{ redLine: '是', after: '1.1.1', cadence: CHECK_CADENCE.weekly },
  },
]
