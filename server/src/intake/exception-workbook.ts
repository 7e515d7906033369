import { SERVICE_OBSTACLE } from '@banjie/contract'
import ExcelJS from 'exceljs'
import type { ExceptionFilter, ShownException } from './exception.sql.ts'

const COLUMNS = [
  ...([
    ['序号', 6],
    ['日期', 12],
    ['情形', 18],
    ['本应怎样办', 34],
    ['为何办不成', 34],
    ['改用什么办法', 40],
  ] as const),
  ...([
    ['是否办成', 10],
    ['地点', 18],
    ['关联事项', 22],
    ['登记人', 12],
    ['单位', 20],
  ] as const),
] as const
const FONT = { name: '宋体', size: 11 }
const thin = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const
const BORDER = { top: thin, left: thin, bottom: thin, right: thin }

/** The log as an Excel file (特例台账导出), exactly the rows that the filter shows. */
export async function exceptionWorkbook(rows: readonly ShownException[], filter: ExceptionFilter): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('服务特例', {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  sheet.pageSetup.printTitlesRow = '1:2'
  sheet.columns = COLUMNS.map(([, width]) => ({ width }))
  sheet.mergeCells(1, 1, 1, COLUMNS.length)
  Object.assign(sheet.getCell(1, 1), {
    value: `服务特例台账（${filter.from} 至 ${filter.to}）`,
    font: { ...FONT, size: 16, bold: true },
    alignment: { horizontal: 'center' },
  })
  sheet.addRow(COLUMNS.map(([label]) => label)).font = { ...FONT, bold: true }
  rows.forEach((row, i) => {
    const line = sheet.addRow([
      ...[i + 1, row.onDay, SERVICE_OBSTACLE[row.kind], row.what, row.why ?? '', row.instead],
      ...[row.done ? '已办成' : '未办成', row.place ?? '', row.caseNumber ?? '', row.byName, row.unit ?? ''],
    ])
    line.eachCell({ includeEmpty: true }, (cell) =>
      Object.assign(cell, { font: FONT, border: BORDER, alignment: { vertical: 'top', wrapText: true } }),
    )
  })
  return Buffer.from(await book.xlsx.writeBuffer())
}
