import {
  CAMPAIGN_KIND,
  CAMPAIGN_PROBLEM,
  CAMPAIGN_STATE,
  type Campaign,
  type CampaignProblem,
  type CampaignSubject,
  LIAISON_TARGET_KIND,
  VISIT_KIND,
  type Visit,
} from '@banjie/contract'
import ExcelJS from 'exceljs'
import type { z } from 'zod'
import { dayOf } from '#org'
import { sentenceOn } from './result.ts'

/** A campaign whole, as its page shows it. */
export interface CampaignBook {
  readonly campaign: Campaign
  readonly subjects: readonly CampaignSubject[]
  readonly problems: readonly CampaignProblem[]
  readonly visits: readonly z.infer<typeof Visit>[]
}
type Line = readonly (string | number)[]
interface Page {
  readonly name: string
  readonly head: readonly (readonly [label: string, width: number])[]
  readonly lines: readonly Line[]
}
const FONT = { name: '宋体', size: 11 }
const thin = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const
const BORDER = { top: thin, left: thin, bottom: thin, right: thin }

/** A campaign as an Excel file (活动导出): its figures, whom it is to reach, what was collected and the visits that count. */
export async function campaignWorkbook(given: CampaignBook, now: Date): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const pages = [
    summaryOf(given.campaign, dayOf(now)),
    subjectsOf(given.subjects),
    problemsOf(given.problems),
    visitsOf(given.visits),
  ]
  for (const page of pages) put(book, page, given.campaign.title)
  return Buffer.from(await book.xlsx.writeBuffer())
}

function put(book: ExcelJS.Workbook, { name, head, lines }: Page, title: string): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  sheet.pageSetup.printTitlesRow = '1:2'
  sheet.columns = head.map(([, width]) => ({ width }))
  sheet.mergeCells(1, 1, 1, head.length)
  Object.assign(sheet.getCell(1, 1), {
    ...{ value: `${title}：${name}`, font: { ...FONT, size: 16, bold: true } },
    alignment: { horizontal: 'center' },
  })
  sheet.addRow(head.map(([label]) => label)).font = { ...FONT, bold: true }
  for (const line of lines)
    sheet.addRow([...line]).eachCell({ includeEmpty: true }, (cell) => {
      Object.assign(cell, { font: FONT, border: BORDER, alignment: { vertical: 'top', wrapText: true } })
    })
}

const summaryOf = (campaign: Campaign, day: string): Page => ({
  name: '概况',
  head: [
    ['项目', 16],
    ['内容', 80],
  ],
  lines: [
    ['种类', CAMPAIGN_KIND[campaign.kind]],
    ['状态', CAMPAIGN_STATE[campaign.state]],
    ['起止', `${campaign.from} 至 ${campaign.to}`],
    ['牵头', `${campaign.ownerUnit.name} ${campaign.owner.name}`],
    ['检查', campaign.checkUnit.name],
    ['数据', sentenceOn(day, campaign.figures)],
    ...campaign.results.map(({ at, text, sentence }) => [`成果 ${dayOf(new Date(at))}`, `${text}\n${sentence}`]),
  ],
})

const subjectsOf = (subjects: readonly CampaignSubject[]): Page => ({
  name: '对象',
  head: [
    ['序号', 6],
    ['对象', 34],
    ['类别', 12],
    ['主包保人', 12],
    ['状态', 10],
    ['次数', 8],
    ['对接日', 12],
    ['最近', 12],
    ['移出原因', 30],
  ],
  lines: subjects.map(({ name, kind, main, reached, contacts, reachedOn, lastOn, excluded }, i) => [
    ...[i + 1, name, kind === 'unit' ? '单位' : LIAISON_TARGET_KIND[kind], main?.name ?? ''],
    ...[excluded === null ? (reached ? '已对接' : '未对接') : '已移出', contacts],
    ...[reachedOn ?? '', lastOn ?? '', excluded ?? ''],
  ]),
})

const problemsOf = (problems: readonly CampaignProblem[]): Page => ({
  name: '问题',
  head: [
    ['序号', 6],
    ['编号', 20],
    ['问题', 50],
    ['反映对象', 24],
    ['主办', 20],
    ['状态', 10],
    ['环节', 12],
    ['收到', 12],
    ['办结', 12],
  ],
  lines: problems.map(({ number, title, target, leadUnit, state, stageLabel, receivedAt, closedAt }, i) => [
    ...[i + 1, number, title, target ?? '', leadUnit?.name ?? '', CAMPAIGN_PROBLEM[state], stageLabel],
    ...[dayOf(new Date(receivedAt)), closedAt === null ? '' : dayOf(new Date(closedAt))],
  ]),
})

const visitsOf = (visits: CampaignBook['visits']): Page => ({
  name: '走访',
  head: [
    ['序号', 6],
    ['日期', 12],
    ['对象', 34],
    ['方式', 12],
    ['走访人', 24],
    ['情况', 50],
    ['标签', 20],
  ],
  lines: visits.map(({ on, target, kind, officials, note, tags }, i) => [
    ...[i + 1, on, target.name, VISIT_KIND[kind], officials.map(({ name }) => name).join('、')],
    ...[note ?? '', tags.join('、')],
  ]),
})
