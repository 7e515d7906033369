import { type CityReturn, RETURN_FIELD, type ReturnField, type ReturnProfile } from '@banjie/contract'
import ExcelJS from 'exceljs'
import type { z } from 'zod'
import { face } from './return.ts'

type Row = z.input<typeof CityReturn>
type Profile = z.input<typeof ReturnProfile>

const WIDE: Readonly<Partial<Record<ReturnField, number>>> = {
  result: 60,
  process: 60,
  attachmentLinks: 40,
  cityNumber: 24,
  number: 22,
}
const FONT = { name: '宋体', size: 11 }
/** Excel's own limits: characters of a cell, of a sheet's name. */
const MOST_IN_CELL = 32_000
const NAME_LENGTH = 31

/** What stands in a column of the city. @param origin of our address, for links that open from outside */
const CELL: Readonly<Record<ReturnField, (row: Row, origin: string) => string>> = {
  cityNumber: ({ cityNumber }) => cityNumber,
  result: ({ result }) => result,
  outcome: ({ outcomeLabel }) => outcomeLabel,
  process: ({ process }) => process,
  unit: ({ unit }) => unit ?? '',
  receivedAt: ({ receivedAt }) => face(receivedAt),
  acceptedAt: ({ acceptedAt }) => face(acceptedAt),
  dispatchedAt: ({ dispatchedAt }) => face(dispatchedAt),
  answeredAt: ({ answeredAt }) => face(answeredAt),
  closedAt: ({ closedAt }) => face(closedAt),
  satisfaction: ({ satisfaction }) => satisfaction,
  attachments: ({ attachments }) => attachments.map(({ name }) => name).join('、'),
  attachmentLinks: ({ attachments }, origin) => attachments.map(({ url }) => `${origin}${url}`).join('\n'),
  kind: ({ again }) => (again ? '更正' : '首次'),
  number: ({ number }) => number,
}

/** Results in the city's columns (回传表), a sheet for each body that has orders here. */
export async function returnWorkbook(
  rows: readonly Row[],
  profiles: ReadonlyMap<string, Profile>,
  origin: string,
): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  for (const [body, { columns }] of profiles) {
    const sheet = book.addWorksheet(body.replaceAll(/[*?:\\/[\]]/g, ' ').slice(0, NAME_LENGTH) || '回传', {
      views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
    })
    sheet.columns = columns.map(({ field }) => ({ width: WIDE[field] ?? Math.max(14, RETURN_FIELD[field].length * 3) }))
    sheet.addRow(columns.map(({ header }) => header)).font = { ...FONT, bold: true }
    for (const row of rows.filter((one) => one.body === body)) {
      const line = sheet.addRow(columns.map(({ field }) => CELL[field](row, origin).slice(0, MOST_IN_CELL)))
      line.eachCell((cell) =>
        Object.assign(cell, { font: FONT, numFmt: '@', alignment: { vertical: 'top', wrapText: true } }),
      )
    }
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}
