import ExcelJS from 'exceljs'
import { importFile } from './upload.ts'
import { world } from './world.ts'

const DUE = [
  'from=2026-03-06T23:50:00%2B08:00&amount=5&unit=workingDay',
  'from=2026-03-07T10:00:00%2B08:00&amount=5&unit=workingDay',
  'from=2026-03-06&amount=3.5&unit=workingDay',
  'from=2026-02-12&amount=15&unit=workingDay',
  'from=2026-03-06T17:00:00%2B08:00&amount=2&unit=workingHour',
  'from=2026-03-07T23:50:00%2B08:00&amount=0.5&unit=hour',
  'from=2026-01-31&amount=1&unit=month',
  'from=2026-02-25&amount=60&unit=day',
]
/** 2026-02-05, as a workbook keeps it and as offices type it. */
export const SAME_DAY = [46058, new Date(Date.UTC(2026, 1, 5)), '2026年2月5日', '2026/2/5', '2026-02-05', '20260205']
/** 2026-02-05 23:50. */
export const SAME_MINUTE = [46058 + (23 * 60 + 50) / 1440, '2026-02-05 23:50', '2026年2月5日 23时50分']

export interface Told {
  /** Promise, acceptance and handling days of one appeal filed late on Friday and one filed on Saturday. */
  readonly friday: readonly string[]
  readonly saturday: readonly string[]
  readonly promisedOn: string
  readonly imported: readonly string[]
  readonly due: readonly unknown[]
}

/** What the house says about days and limits; the same whatever the zone of the machine it runs on. */
export async function tellTimes(): Promise<Told> {
  const w = await world()
  try {
    const filed = async (now: string) => {
      w.setNow(now)
      const { id, dueAt } = await w.file()
      const accepted = await w.act('clerk', id, 'accept', { category: 'pipe' })
      return { id, days: [dueAt, accepted.dueAt] }
    }
    const friday = await filed('2026-03-06T23:50:00+08:00')
    const saturday = await filed('2026-03-07T10:00:00+08:00')
    await w.act('dispatcher', friday.id, 'dispatch', { leadUnitId: await w.unit('water') })
    await w.act('handler', friday.id, 'sign')
    const drafted = await w.act('handler', friday.id, 'draftAnswer', {
      ...{ text: '月底前更换管道。', outcome: 'promised', promisedOn: '2026-03-31' },
    })
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('台账')
    sheet.addRow(['编号', '时间', '诉求内容'])
    for (const [i, date] of [...SAME_DAY, ...SAME_MINUTE].entries()) sheet.addRow([`T-${i}`, date, `第${i}件`])
    const batch = await importFile(w, { name: '台账.xlsx', data: Buffer.from(await book.xlsx.writeBuffer()) })
    const { items } = (await w.call('clerk', 'GET', `/api/v1/ledger?batch=${batch.id}&sort=received`)).body
    const due = []
    for (const query of DUE) due.push((await w.call('clerk', 'GET', `/api/v1/calendar/due?${query}`)).body)
    return {
      ...{ friday: friday.days, saturday: saturday.days, promisedOn: drafted.promisedOn, due },
      imported: items.map((item: { receivedAt: string }) => item.receivedAt),
    }
  } finally {
    await w.close()
  }
}

// Run by itself in another zone, it prints what it was told there.
if (process.argv[1] === import.meta.filename)
  console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, told: await tellTimes() }))
