import ExcelJS from 'exceljs'
import type { PlannedSheet } from './opinions.ts'
import { SHEET_COLUMNS } from './story.ts'

const WORDS = ['一', '二', '三']
const NOTHING = '无'

/** Returned questionnaires as the office types them (.xlsx), a line a sheet. */
export async function sheetFile(title: string, sheets: readonly PlannedSheet[]): Promise<Blob> {
  const book = new ExcelJS.Workbook()
  const page = book.addWorksheet('收回问卷')
  page.addRow([title])
  page.addRow([
    ...['问卷编号', '收回日期', '是否作废'],
    ...WORDS.slice(0, SHEET_COLUMNS).map((word) => `意见建议${word}`),
  ])
  for (const { number, on, voidReason, said } of sheets)
    page.addRow([
      ...[number, on, voidReason ?? ''],
      ...(voidReason === undefined && said.length === 0 ? [NOTHING] : said.map(({ content }) => content)),
    ])
  return new Blob([await book.xlsx.writeBuffer()])
}
