import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ACTION, CLOCK, ROLE } from '../contract/src/term.ts'
import type { ActionType, CaseType, ClockType, Doer } from '../server/src/case/engine/case-type.ts'
import { inputSchema } from '../server/src/case/view.ts'
import type { Finding } from './finding.ts'

const FOLDER = 'docs/case-types'
const INDEX = `${FOLDER}/README.md`
const NONE = '—'
const DOER: Readonly<Record<Doer, string>> = { ...ROLE, citizen: '诉求人', system: '系统' }
const HEAD = '<!-- Written by `npm run docs` from server/src/wiring.ts; edits by hand are lost. -->\n'

/** A bar inside a cell would end it. */
const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|') || NONE).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
const listed = (words: readonly string[]) => words.join('、')
const doers = (by: readonly Doer[]) => listed(by.map((doer) => DOER[doer]))
const oneWord = (words: readonly string[]) => [...new Set(words)]

/** @throws Error on a stage that the type does not declare: it could not be drawn */
function stageWord(type: CaseType, stage: string): string {
  const word = type.stages[stage]
  if (word === undefined) throw new Error(`case type ${type.id} speaks of the undeclared stage ${stage}`)
  return word
}
const stagesOf = (type: CaseType, stages: readonly string[]) => listed(stages.map((stage) => stageWord(type, stage)))
const actionWord = (type: CaseType, name: string) =>
  name === 'open' ? ACTION.open : (type.actions[name]?.label ?? name)
const actionsOf = (type: CaseType, names: readonly string[] = []) =>
  listed(oneWord(names.map((name) => actionWord(type, name))))

/** One arrow for each pair of stages: six actions between the same two would be six lines over each other. */
function diagram(type: CaseType): string {
  const arrows = new Map<string, string[]>()
  for (const { label, from, to } of Object.values(type.actions))
    for (const stage of to === null ? [] : from) {
      const arrow = `${stage} --> ${to}`
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), label])
    }
  const lines = [
    'stateDiagram-v2',
    ...Object.entries(type.stages).map(([id, word]) => `  state "${word}" as ${id}`),
    `  [*] --> ${type.first}: ${ACTION.open}`,
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${listed(oneWord(labels))}`),
    ...type.ends.map((end) => `  ${end} --> [*]`),
  ]
  return ['```mermaid', ...lines, '```'].join('\n')
}

interface FormSchema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, FormSchema>>
  readonly properties?: Readonly<Record<string, { readonly title?: string }>>
  readonly required?: readonly string[]
}

/** Fields of a form by their titles; what has no title goes by its name. A schema with a name of its own stands under `$defs`. */
function fields(schema: FormSchema): string {
  const { properties = {}, required = [] } = schema.$defs?.[schema.$ref?.split('/').at(-1) ?? ''] ?? schema
  return Object.entries(properties)
    .map(([name, { title }]) => (title ?? `\`${name}\``) + (required.includes(name) ? '（必填）' : ''))
    .join('；')
}

const actionRow = (type: CaseType, [name, step]: [string, ActionType]) => [
  `\`${name}\``,
  step.primary === true ? `**${step.label}**` : step.label,
  stagesOf(type, step.from),
  step.to === null ? '不变' : stageWord(type, step.to),
  doers(step.by),
  fields(inputSchema(step)),
]
const openingRow = (type: CaseType) => [
  '`open`',
  ACTION.open,
  '',
  stageWord(type, type.first),
  doers(type.opens),
  fields(type.facts.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as FormSchema),
]

const clockRemarks = (type: CaseType, clock: ClockType) =>
  [
    clock.adjusts === undefined ? '' : `重算：${actionsOf(type, clock.adjusts)}`,
    clock.dueOn === undefined ? '' : '期限可由已定日期决定',
    clock.stops === true ? '随暂停停走' : '',
    clock.ladder !== undefined ? '超期逐级升级' : '',
    clock.inOfficeHours === true ? '到点动作只在工作时间执行' : '',
    clock.startsIf === undefined && clock.endsIf === undefined ? '' : '起止另有条件',
  ]
    .filter((remark) => remark !== '')
    .join('；')
const clockRow = (type: CaseType, [kind, clock]: [string, ClockType]) => [
  `\`${kind}\``,
  CLOCK[kind as keyof typeof CLOCK],
  actionsOf(type, clock.starts),
  actionsOf(type, clock.ends),
  stagesOf(type, clock.shows ?? []),
  clock.onDue === undefined ? '' : actionWord(type, clock.onDue),
  clockRemarks(type, clock),
]

const ACTION_HEAD = ['name', '动作', '从', '到', '谁', '表单字段']
const CLOCK_HEAD = ['kind', '时钟', '起', '止', '显示于', '到点动作', '说明']

/** The page of one case type (事项类型): its stages drawn, its actions and its clocks in tables. */
const page = (type: CaseType) => `${HEAD}
# ${type.label} \`${type.id}\`

编号前缀 ${type.prefix}。[全部事项类型](README.md)

## 环节

${diagram(type)}

箭头是动作声明的去向。去向“不变”的动作不画。少数动作的效果会另定环节，以代码为准。

## 动作

${table(ACTION_HEAD, [openingRow(type), ...Object.entries(type.actions).map((entry) => actionRow(type, entry))])}

**粗体**是办理主线上的下一步。没有中文名的字段由系统、接口或专门的界面填写。

## 时钟

${table(
  CLOCK_HEAD,
  Object.entries(type.clocks).map((entry) => clockRow(type, entry)),
)}
`

const indexPage = (types: readonly CaseType[]) => `${HEAD}
# 事项类型 Case types

A case type is a declaration in \`server/src/case/type\`, listed in \`server/src/wiring.ts\`. These pages are what the declarations say; \`npm run docs\` writes them, \`npm run check\` compares.

${table(
  ['类型', 'id', '前缀', '环节', '动作', '时钟', '由谁登记'],
  types.map((type) => [
    `[${type.label}](${type.id}.md)`,
    `\`${type.id}\``,
    type.prefix,
    listed(Object.values(type.stages)),
    String(Object.keys(type.actions).length),
    String(Object.keys(type.clocks).length),
    doers(type.opens),
  ]),
)}
`

/**
 * Every page about the case types as the declarations have it.
 * @returns path from the project's root → text
 * @throws Error on an empty scan, or on a stage that no type declares
 */
export function caseTypePages(types: readonly CaseType[]): Map<string, string> {
  if (types.length === 0) throw new Error('no case type is declared; the scan is broken')
  return new Map([
    [INDEX, indexPage(types)],
    ...types.map((type): [string, string] => [`${FOLDER}/${type.id}.md`, page(type)]),
  ])
}

/** The pages that are there. */
export const committedPages = (root: string): Map<string, string> =>
  new Map(globSync(`${FOLDER}/*.md`, { cwd: root }).map((path) => [path, readFileSync(join(root, path), 'utf8')]))

/** Compares the pages that are there with what the declarations say: changed, missing, and left over from a type that is gone. */
export function caseTypeDocs(there: ReadonlyMap<string, string>, types: readonly CaseType[]): Finding[] {
  const wanted = caseTypePages(types)
  const differs = [...wanted].flatMap(([path, text]) => {
    if (there.get(path) === text) return []
    return [
      { where: path, what: `${there.has(path) ? 'is not what the declarations say' : 'is missing'}; run npm run docs` },
    ]
  })
  const stale = [...there.keys()]
    .filter((path) => !wanted.has(path))
    .map((path) => ({ where: path, what: 'describes a case type that no longer exists; run npm run docs' }))
  return [...differs, ...stale]
}

/** Writes the pages and removes those of types that are gone. */
export function writeCaseTypeDocs(root: string, types: readonly CaseType[]): void {
  const wanted = caseTypePages(types)
  for (const path of committedPages(root).keys()) if (!wanted.has(path)) rmSync(join(root, path))
  for (const [path, text] of wanted) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
