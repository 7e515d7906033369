import { CHANNEL_GROUP, GROUP_OF } from '../../contract/src/index.ts'
import type { App } from '../../server/src/app.ts'
import type { Answer } from '../caller.ts'
import { rowsOf } from '../replay/stage.ts'
import { tableOf as table, VERDICT } from '../replay/table.ts'
import type { Stage } from './stage.ts'
import { kindsOf, type Story, sumOf, totalOf } from './story.ts'

/** A figure (数字) held against the story's file, the desk's page, the public page, and the rows behind it. */
export interface Figure {
  readonly name: string
  /** What the file's numbers amount to. */
  readonly expected: number
  readonly shown: number
  /** On the page for everybody; undefined where it does not stand there. */
  readonly published: number | undefined
  /** How many rows its drill-down has. */
  readonly rows: number
  readonly agrees: boolean
}

type Drive = Answer<'drive'>
type Query = Readonly<Record<string, string>>
interface Wanted {
  readonly name: string
  readonly expected: number
  readonly shown: number
  /** The rows at the desk, and the address of the rows for everybody; a number where the rows are counted otherwise. */
  readonly rows: Query | number
  readonly publicRows?: Query
}

/** Reads every figure of the replayed drive from the pages and counts the rows behind it. */
export async function checkFigures(app: App, stage: Stage): Promise<Figure[]> {
  const params = { id: stage.ids.drive }
  const drive = await stage.ask('supervisor', 'drive', { params })
  const page = await pageOf(app, `/open/drives/${params.id}`)
  const wanted = [
    ...reconciled(stage.story, drive),
    ...(await questionnaires(stage, drive)),
    ...merged(stage, drive),
    ...(await solved(stage)),
  ]
  const figures: Figure[] = []
  for (const { name, expected, shown, rows, publicRows } of wanted) {
    const published = publicRows && publishedIn(page, params.id, publicRows)
    const counted = typeof rows === 'number' ? rows : await ledgerCount(stage, rows)
    const behind = publicRows === undefined ? counted : await publicCount(app, params.id, publicRows)
    const agrees =
      shown === expected && counted === expected && behind === expected && (published ?? expected) === expected
    figures.push({ name, expected, shown, published: published ?? undefined, rows: counted, agrees })
  }
  return [...figures, ...(await answers(stage))]
}

/** Where the opinions came from, and that everybody was answered. */
function reconciled(story: Story, { figures, unstated }: Drive): Wanted[] {
  const { drive } = story
  const kinds = kindsOf(story)
  const expectedOf = (kind: string) =>
    sumOf(drive.channels.filter(({ id }) => kinds.get(id) === kind).map(({ count }) => count)) +
    (kinds.get(drive.questionnaire.channel) === kind ? drive.questionnaire.opinions : 0)
  const groups = figures.groups.map(({ group, label, count, kinds: own }) => {
    const channel = own.map(({ kind }) => kind).join(',')
    const ofGroup = [...new Set(kinds.values())].filter((kind) => (GROUP_OF[kind] ?? 'other') === group)
    return {
      ...{ name: label, expected: sumOf(ofGroup.map(expectedOf)), shown: count },
      ...(count === 0 ? { rows: 0 } : { rows: { channel }, publicRows: { channel } }),
    }
  })
  const whole = totalOf(drive)
  const [sheets, others] = [
    groups.find(({ name }) => name === CHANNEL_GROUP.questionnaire),
    groups.find(({ name }) => name === CHANNEL_GROUP.other),
  ]
  return [
    ...groups,
    {
      ...{
        name: '两项合计（报道没有分列）',
        expected: (sheets?.expected ?? 0) + (others?.expected ?? 0),
        shown: unstated?.counted ?? 0,
      },
      rows: {
        channel: [...kinds.values()]
          .filter((kind) => ['questionnaire', 'other'].includes(GROUP_OF[kind] ?? 'other'))
          .join(','),
      },
    },
    { name: '意见合计', expected: whole, shown: figures.total, rows: {}, publicRows: {} },
    { name: '已归并', expected: whole, shown: figures.merged, rows: { problem: 'any' }, publicRows: { merged: 'yes' } },
    ...[
      { name: '已答复', expected: whole, shown: figures.answered, answered: 'yes' },
      { name: '未答复', expected: 0, shown: figures.unanswered, answered: 'no' },
    ].map(({ answered, ...line }) => ({ ...line, rows: { answered }, publicRows: { answered } })),
    ...drive.channels.map(({ id, count }) => {
      const name = story.district.channels?.find((one) => one.id === id)?.name ?? id
      const record = figures.channels.find((one) => one.name === name)
      return {
        ...{ name: `  ${name}`, expected: count, shown: record?.count ?? 0 },
        rows: { channelRecord: record?.channelId ?? 'none' },
      }
    }),
  ]
}

/** Sheets are counted by the sheet; what was extracted from them is a line of its own. */
async function questionnaires({ ask, ids, story }: Stage, { figures }: Drive): Promise<Wanted[]> {
  const { issues, returned, valid, opinions } = story.drive.questionnaire
  const params = { id: ids.drive }
  const sheets = (await ask('supervisor', 'sheets', { params })).items
  const handed = (await ask('supervisor', 'issues', { params })).items
  return [
    {
      ...{ name: '发放问卷（张，不计入合计）', expected: sumOf(issues.map(({ quantity }) => quantity)) },
      ...{ shown: figures.sheets.issued, rows: sumOf(handed.map(({ quantity }) => quantity)) },
    },
    { name: '收回问卷', expected: returned, shown: figures.sheets.returned, rows: sheets.length },
    {
      ...{ name: '有效问卷', expected: valid, shown: figures.sheets.valid },
      rows: sheets.filter((sheet) => sheet.valid).length,
    },
    {
      ...{ name: '问卷提取意见', expected: opinions, shown: figures.sheets.opinions },
      ...(opinions === 0 ? { rows: 0 } : { rows: { sheet: 'any' }, publicRows: { sheet: 'any' } }),
    },
  ]
}

/** What the opinions were merged into: problems, aspects, and the voices of each. */
function merged({ plan, story, ids }: Stage, { figures }: Drive): Wanted[] {
  const voices = [
    ...plan.opinions.map(({ problem }) => problem),
    ...plan.sheets.flatMap(({ said }) => said.map(({ problem }) => problem)),
  ]
  const { problems } = story.drive
  const of = (some: readonly { readonly id: string }[]) =>
    voices.filter((voice) => some.some(({ id }) => id === voice)).length
  const aspects = [...Map.groupBy(problems, ({ aspect }) => aspect)]
  return [
    { name: '归并问题', expected: problems.length, shown: figures.problems.length, rows: figures.problems.length },
    { name: '归并方面', expected: aspects.length, shown: figures.aspects.length, rows: figures.aspects.length },
    ...aspects.map(([aspect, own]) => ({
      ...{ name: `  ${aspect}`, expected: of(own) },
      ...{ shown: figures.aspects.find((one) => one.aspect === aspect)?.count ?? 0 },
      ...{ rows: { aspect }, publicRows: { aspect } },
    })),
    ...problems.map((problem) => {
      const shown = figures.problems.find(({ id }) => id === ids.problem.get(problem.id))
      const rows = { problem: shown?.number ?? '' }
      return { name: `  ${problem.title}`, expected: of([problem]), shown: shown?.count ?? 0, rows, publicRows: rows }
    }),
  ]
}

/** The two lists and the goal bound to both. */
async function solved({ ask, ids, story }: Stage): Promise<Wanted[]> {
  const { superior, problems, goal: title } = story.drive
  const goal = (await ask('leader', 'goals')).items.find((one) => one.title === title)
  const lists = await Promise.all([ids.superior, ids.own].map((id) => ask('leader', 'problemList', { params: { id } })))
  const crosswalk = await ask('leader', 'crosswalk', { params: { id: ids.superior }, query: { own: ids.own } })
  const coverage = await ask('leader', 'listCommitments', { params: { id: ids.own } })
  const sizes = [superior.items, problems]
  return [
    ...lists.flatMap(({ list, items, stats }, i) => [
      { name: `${list.title}：问题`, expected: sizes[i]?.length ?? 0, shown: list.items, rows: items.length },
      {
        ...{ name: `${list.title}：方面`, expected: new Set(sizes[i]?.map(({ aspect }) => aspect)).size },
        ...{ shown: list.aspects.length, rows: stats.byAspect.length },
      },
      {
        ...{ name: `${list.title}：已销号`, expected: sizes[i]?.length ?? 0, shown: list.accepted },
        rows: items.filter(({ accepted }) => accepted).length,
      },
    ]),
    {
      ...{ name: `目标“${title}”达成（1 为达成）`, expected: 1, shown: goal?.reached ? 1 : 0 },
      rows: goal?.lists.every(({ items, accepted }) => items === accepted) ? 1 : 0,
    },
    {
      ...{ name: '对照上的本级问题', expected: problems.length },
      ...{ shown: crosswalk.matches.length, rows: crosswalk.ownItems.length - crosswalk.unmatched.own.length },
    },
    {
      ...{ name: '有公开承诺的责任单位', expected: new Set(problems.map(({ unit }) => unit)).size },
      ...{ shown: coverage.having, rows: coverage.units.filter(({ published }) => published > 0).length },
    },
  ]
}

const LEAST_ANSWER = 20
/** Every opinion's own answer is read: it names what this person has said. */
async function answers(stage: Stage): Promise<Figure[]> {
  const rows = await rowsOf(stage, { drive: stage.ids.drive, type: 'appeal' })
  const read = await Promise.all(
    rows.map(async ({ id, title }) => {
      const { answer } = (await stage.ask('supervisor', 'getCase', { params: { id } })).case
      return { title, answer: answer ?? '' }
    }),
  )
  const own = read.filter(({ title, answer }) => answer.includes(title) && answer.length > LEAST_ANSWER)
  const [expected, shown] = [totalOf(stage.story.drive), own.length]
  return [
    {
      ...{ name: '有自己答复的意见', expected, shown, published: undefined, rows: rows.length },
      agrees: shown === expected && rows.length === expected,
    },
  ]
}

const ledgerCount = async ({ ask, ids }: Stage, query: Query) =>
  (await ask('supervisor', 'ledger', { query: { ...query, drive: ids.drive, type: 'appeal', limit: 1 } })).total.value

async function pageOf(app: App, url: string): Promise<string> {
  const reply = await app.http.inject({ method: 'GET', url, headers: { host: 'localhost' } })
  if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode}`)
  return reply.body
}

const rowsAddress = (drive: string, query: Query) => `/open/drives/${drive}/rows?${new URLSearchParams(query)}`
/** The number that leads to these rows on the page for everybody. */
function publishedIn(page: string, drive: string, query: Query): number {
  const address = rowsAddress(drive, query).replaceAll('&', '&amp;')
  const at = page.indexOf(`href="${address}">`)
  return at < 0 ? Number.NaN : numberIn(page.slice(at + `href="${address}">`.length))
}
const publicCount = async (app: App, drive: string, query: Query) =>
  numberIn(/data-total="(\d+)"/.exec(await pageOf(app, rowsAddress(drive, query)))?.[1] ?? '')
const numberIn = (text: string) => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN)

/** The figures as a table for a terminal. */
export const tableOf = (figures: readonly Figure[]): string =>
  table(
    [
      { title: '数字', width: 44 },
      ...['按文件', '工作台', '公开页', '点开的行'].map((title) => ({ title, width: 10 })),
    ],
    figures.map(({ name, expected, shown, published, rows, agrees }) => ({
      cells: [name, ...[expected, shown, published ?? '—', rows].map(String)],
      verdict: agrees ? VERDICT.agrees : VERDICT.differs,
    })),
  )
