import { Readable } from 'node:stream'
import { type Crosswalk, FOUND_BY, LIGHT, LIGHT_SHAPE, type ProblemListView } from '@banjie/contract'
import ExcelJS from 'exceljs'
import type { z } from 'zod'
import { dayOf } from '#org'
import type { CommitmentView, ItemView } from './item.ts'

type Column = readonly [label: string, width: number]
const FONT = { name: '宋体', size: 11 }
const thin = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const
const BORDER = { top: thin, left: thin, bottom: thin, right: thin }
const lightWord = ({ light }: ItemView) => `${LIGHT_SHAPE[light]} ${LIGHT[light]}`

const COLUMNS: readonly Column[] = [
  ...([
    ['序号', 6],
    ['方面', 14],
    ['编号', 20],
    ['问题', 32],
    ['病灶', 32],
    ['根源', 32],
    ['整改措施', 36],
    ['发现途径', 10],
    ['责任单位', 18],
    ['整改期限', 12],
  ] as const),
  ...([
    ['进展', 12],
    ['灯', 10],
    ['销号时间', 12],
    ['公开承诺', 40],
    ['承诺状态', 16],
    ['并入诉求', 10],
  ] as const),
]

/** A list as an Excel file (清单导出): the rows its page shows, now or at the end of a day. */
export function listWorkbook({ list, items, asOf }: z.input<typeof ProblemListView>): Promise<Readable> {
  const title = `${list.title}${asOf === null ? '' : `（截至${asOf}）`}`
  const rows = items.map((item, i) => [
    ...[i + 1, item.aspect, item.number, item.title, item.symptom, item.rootCause, item.measures],
    ...[item.foundBy === null ? '' : FOUND_BY[item.foundBy], item.leadUnit?.name, item.deadline, item.stageLabel],
    ...[lightWord(item), day(item.accepted ? item.acceptedAt : null), promised(item), wordsOf(item), item.voices],
  ])
  return sheetOf('清单', title, COLUMNS, rows)
}

const day = (instant: string | null | undefined) => (instant == null ? '' : dayOf(new Date(instant)))
const promised = ({ commitments }: ItemView) => commitments.map(({ text }) => text).join('\n')
const wordsOf = ({ commitments }: ItemView) => commitments.map(stateWord).join('\n')
const stateWord = ({ stateLabel, breaches }: CommitmentView) =>
  breaches.length > 0 ? `${stateLabel}（曾失信${breaches.length}次）` : stateLabel

const CROSS: readonly Column[] = [
  ...([
    ['序号', 6],
    ['上级清单方面', 16],
    ['上级清单问题', 34],
    ['上级问题状态', 12],
    ['本级编号', 20],
    ['本级问题', 34],
  ] as const),
  ...([
    ['责任单位', 18],
    ['整改期限', 12],
    ['进展', 12],
    ['灯', 10],
    ['对照说明', 34],
  ] as const),
]
const NONE = '（本级无对应问题）'
const BEYOND = '（上级清单未列）'

/** The crosswalk as it is reported upward (对照表): every item of both lists, those that answer to nothing too. */
export function crosswalkWorkbook(walk: z.input<typeof Crosswalk>): Promise<Readable> {
  const ours = new Map(walk.ownItems.map((item) => [item.id, item]))
  const right = (item: ItemView | undefined) =>
    item === undefined
      ? ['', NONE, '', '', '', '']
      : [item.number, item.title, item.leadUnit?.name, item.deadline, item.stageLabel, lightWord(item)]
  const matched = walk.superiorItems.flatMap((above) => {
    const pairs = walk.matches.filter(({ superiorId }) => superiorId === above.id)
    const left = [above.aspect, above.title, above.stageLabel]
    return pairs.length === 0
      ? [[...left, ...right(undefined), '']]
      : pairs.map(({ ownId, note }) => [...left, ...right(ours.get(ownId)), note])
  })
  const beyond = walk.unmatched.own.map((id) => ['', BEYOND, '', ...right(ours.get(id)), ''])
  const rows = [...matched, ...beyond].map((row, i) => [i + 1, ...row])
  return sheetOf('对照表', `${walk.superior.title}与${walk.own.title}对照表`, CROSS, rows)
}

async function sheetOf(
  name: string,
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): Promise<Readable> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  sheet.pageSetup.printTitlesRow = '1:2'
  sheet.columns = columns.map(([, width]) => ({ width }))
  sheet.mergeCells(1, 1, 1, columns.length)
  Object.assign(sheet.getCell(1, 1), {
    value: title,
    font: { ...FONT, size: 16, bold: true },
    alignment: { horizontal: 'center', vertical: 'middle' },
  })
  sheet.getRow(1).height = 30
  sheet.addRow(columns.map(([label]) => label)).eachCell((cell) => Object.assign(cell, HEADER))
  for (const row of rows)
    sheet
      .addRow(row.map((cell) => cell ?? ''))
      .eachCell({ includeEmpty: true }, (cell) =>
        Object.assign(cell, { font: FONT, border: BORDER, alignment: { vertical: 'top', wrapText: true } }),
      )
  return Readable.from(Buffer.from(await book.xlsx.writeBuffer()))
}
const HEADER = {
  font: { ...FONT, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8F1FA' } },
  border: BORDER,
  alignment: { horizontal: 'center' },
}
