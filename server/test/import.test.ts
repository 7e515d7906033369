import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import pg from 'pg'
import { importFile, settled, upload } from './upload.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const count = async () => (await w.call('dispatcher', 'GET', '/api/v1/ledger?limit=1')).body.total.value

/** A ledger as offices send it: a title row, a header over two lines with merged cells, dates as text, phones in every shape. */
async function officeWorkbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow(['某街道二月诉求台账'])
  sheet.mergeCells('A1:F1')
  sheet.addRow(['编号', '受理时间', '诉求人', '诉求人', '诉求内容', '类别'])
  sheet.addRow(['编号', '受理时间', '姓名', '电话', '诉求内容', '类别'])
  sheet.mergeCells('C2:D2')
  sheet.addRow(['A-1', '2026年2月3日', '张某', 13900001111, '楼道灯不亮', '供水'])
  sheet.addRow(['A-2', '2026/2/4 15:30', '李某', '1.39E+10', '水压太低', '供水'])
  sheet.addRow(['A-3', '二月五号', '王某', '13900003333', '井盖丢失', ''])
  sheet.addRow(['A-4', 46058, '赵某', '13900004444', '暖气不热', '供热'])
  sheet.addRow(['A-5', '2026-02-07', '', '', '', ''])
  return Buffer.from(await book.xlsx.writeBuffer())
}

test('an office ledger with title rows, a two-line header, text dates and broken phones: the good rows come in, each bad cell is named', async () => {
  const before = await count()
  const dry = await importFile(w, { name: '台账.xlsx', data: await officeWorkbook() }, false)
  assert.partialDeepStrictEqual(dry, { state: 'ready', read: 5, added: 2, unchanged: 0, rejected: 3 })
  assert.deepEqual(
    dry.errors.map((error: { row: number; code: string }) => [error.row, error.code]),
    [
      [5, 'import.phone_lost_digits'],
      [6, 'import.date_invalid'],
      [8, 'import.content_empty'],
    ],
  )
  assert.equal(await count(), before, 'a dry run stores nothing')
  await w.call('clerk', 'POST', `/api/v1/imports/${dry.id}/actions/commit`)
  assert.partialDeepStrictEqual(await settled(w, dry.id), { state: 'done', added: 2 })
  const page = (await w.call('dispatcher', 'GET', `/api/v1/ledger?batch=${dry.id}&sort=received`)).body
  assert.deepEqual(
    page.items.map((item: { receivedAt: string }) => item.receivedAt),
    ['2026-02-02T16:00:00.000Z', '2026-02-04T16:00:00.000Z'],
  )
  assert.equal(page.items[1].category, 'heating')
})

test('the returned file has the faulty cells red and says why', async () => {
  const dry = await importFile(w, { name: '台账.xlsx', data: await officeWorkbook() }, false)
  const reply = await w.raw({
    method: 'GET',
    url: `/api/v1/imports/${dry.id}/returned.xlsx`,
    headers: { cookie: await w.cookie('clerk') },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(reply.raw as never)
  const sheet = book.worksheets[0]
  const isRed = (cell: string) =>
    (sheet?.getCell(cell).fill as { fgColor?: { argb?: string } } | undefined)?.fgColor?.argb === 'FFFFC7CE'
  assert.deepEqual(['D5', 'B6', 'E8', 'D4', 'B5'].map(isRed), [true, true, true, false, false])
  assert.match(String(sheet?.getCell('G5').value), /科学计数法/)
})

test('the same file twice adds nothing, and an untouched batch is undone as a whole', async () => {
  const csv = `编号,时间,内容\nB-1,2026-02-01,第一件\nB-2,2026-02-02,第二件\n`
  const before = await count()
  const first = await importFile(w, { name: 'a.csv', data: csv })
  const again = await importFile(w, { name: 'a.csv', data: csv })
  assert.deepEqual([first.added, again.added, again.unchanged, await count()], [2, 0, 2, before + 2])
  const undone = await w.call('clerk', 'POST', `/api/v1/imports/${first.id}/actions/undo`)
  assert.deepEqual([undone.status, undone.body.state, await count()], [200, 'undone', before])
  assert.equal((await importFile(w, { name: 'a.csv', data: csv })).added, 2, 'after an undo the rows are new again')
})

test('a batch that somebody has worked on is not undone', async () => {
  const batch = await importFile(w, { name: 'c.csv', data: '编号,内容\nC-1,有人已在办\n' })
  const { items } = (await w.call('dispatcher', 'GET', `/api/v1/ledger?batch=${batch.id}`)).body
  await w.act('clerk', items[0].id, 'accept')
  const refused = await w.call('clerk', 'POST', `/api/v1/imports/${batch.id}/actions/undo`)
  assert.deepEqual([refused.status, refused.body.code], [409, 'import.touched'])
})

test('GB18030, .xls and JSON lines are read like any other; a mapping put right is remembered for the sender', async () => {
  const gb = Buffer.from('b1e0bac52cc4dac8dd0a442d312cb2e2cad40a', 'hex')
  assert.partialDeepStrictEqual(await importFile(w, { name: 'gb.csv', data: gb }), { state: 'done', added: 1 })
  const book = XLSX.utils.book_new(
    XLSX.utils.aoa_to_sheet([
      ['编号', '内容'],
      ['E-1', '旧格式'],
    ]),
    'S',
  )
  const xls = XLSX.write(book, { type: 'buffer', bookType: 'xls' }) as Buffer
  assert.partialDeepStrictEqual(await importFile(w, { name: 'old.xls', data: xls }), { state: 'done', added: 1 })
  const odd = '单号,说的什么\nF-1,桥下积水\n'
  const unmapped = await importFile(w, { name: 'odd.csv', data: odd }, false)
  assert.equal(unmapped.state, 'failed')
  const strange = '编号,说的什么\nF-1,桥下积水\n'
  const asked = await importFile(w, { name: 'odd.csv', data: strange }, false)
  assert.match(asked.fault, /诉求内容/)
  await w.call('clerk', 'PUT', `/api/v1/imports/${asked.id}/mapping`, {
    mapping: { externalId: '编号', content: '说的什么' },
  })
  assert.partialDeepStrictEqual(await settled(w, asked.id), { state: 'ready', added: 1, fault: null })
  assert.partialDeepStrictEqual(await importFile(w, { name: 'odd.csv', data: strange.replace('F-1', 'F-2') }), {
    state: 'done',
    added: 1,
  })
})

test('what is not a table is refused with a sentence', async () => {
  const exe = await upload(w, 'clerk', '/api/v1/imports', { name: 'a.xlsx', data: 'MZ\u0090 not a workbook' })
  assert.deepEqual([exe.status, exe.body.code], [415, 'import.kind'])
  assert.equal((await importFile(w, { name: 'a.csv', data: '甲,乙\n1,2\n' }, false)).state, 'failed')
  assert.equal((await upload(w, 'handler', '/api/v1/imports', { name: 'a.csv', data: '内容\n一\n' })).status, 403)
})

test('the ledger goes out as the paper ledger, without contact data', async () => {
  const reply = await w.raw({
    method: 'GET',
    url: '/api/v1/ledger.xlsx?q=暖气',
    headers: { cookie: await w.cookie('dispatcher') },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(reply.raw as never)
  const sheet = book.worksheets[0]
  assert.ok(sheet)
  assert.deepEqual((sheet.getRow(2).values as string[]).slice(1, 6), ['序号', '编号', '来源', '时间', '诉求内容'])
  assert.equal(sheet.getCell('E3').value, '暖气不热')
  assert.ok(!JSON.stringify(sheet.getSheetValues()).includes('13900004444'))
})

test('a batch whose process died is told as failed; one that is still being read is left alone', async () => {
  const { id: lost } = await importFile(w, { name: 'lost.csv', data: '编号,诉求内容\nL-1,路灯不亮\n' }, false)
  const client = new pg.Client(w.connection)
  await client.connect()
  await client.query("update import_batch set state = 'committing' where id = $1", [lost])
  const later = new Date(Date.parse((await w.call('clerk', 'GET', `/api/v1/imports/${lost}`)).body.at) + 3_600_000)
  w.setNow(later.toISOString())
  const rows = Array.from({ length: 3000 }, (_, i) => `A-${i},第${i}盏路灯不亮`).join('\n')
  const { body: alive } = await upload(
    w,
    'clerk',
    '/api/v1/imports',
    { name: 'alive.csv', data: `编号,诉求内容\n${rows}\n` },
    { dryRun: 'false' },
  )
  await client.query("update import_batch set at = at - interval '1 day' where id = $1", [alive.id])
  await client.end()
  await w.app.jobs.runAll()
  const { body: during } = await w.call('clerk', 'GET', `/api/v1/imports/${alive.id}`)
  assert.notEqual(during.state, 'failed')
  const { body: told } = await w.call('clerk', 'GET', `/api/v1/imports/${lost}`)
  assert.deepEqual([told.state, /重新上传/.test(told.fault)], ['failed', true])
  assert.equal((await settled(w, alive.id)).state, 'done')
})

const messages = join(import.meta.dirname, '../../../shared/data/messages.jsonl')
test('4,326 real messages come in at once: none lost, none doubled', {
  skip: !existsSync(messages) && '../shared/data/messages.jsonl is not here',
}, async (t) => {
  const data = readFileSync(messages)
  const before = (await importFile(w, { name: 'messages.jsonl', data }, false)).read
  const done = await importFile(w, { name: 'messages.jsonl', data })
  assert.deepEqual([before, done.added + done.rejected, done.state], [4326, 4326, 'done'])
  assert.deepEqual([done.added, done.rejected, done.errors], [4326, 0, []])
  t.diagnostic(`${done.added} messages in ${done.seconds} s: ${Math.round(done.added / done.seconds)} messages/s`)
  const again = await importFile(w, { name: 'messages.jsonl', data })
  assert.deepEqual([again.added, again.unchanged], [0, 4326])
  const page = (await w.call('dispatcher', 'GET', `/api/v1/ledger?batch=${done.id}&limit=200`)).body
  assert.deepEqual([page.total.value, page.total.exact, page.items.length], [4326, true, 200])

  // By the API alone: one of them to its end, another sent back.
  const [satisfied, unsatisfied] = [page.items[0].id, page.items[1].id]
  const answered = async (id: string) => {
    await w.act('clerk', id, 'accept', { category: 'water' })
    await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
    await w.act('handler', id, 'sign')
    await w.act('handler', id, 'contact', { channel: 'phone', reached: true, note: '已电话联系' })
    await w.act('handler', id, 'draftAnswer', { text: '已处理完毕。', outcome: 'solved' })
    return w.act('head', id, 'approveAnswer')
  }
  await answered(satisfied)
  await w.act('caller', satisfied, 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 })
  assert.equal((await w.act('caller', satisfied, 'close')).stage, 'closed')
  const { answer } = await answered(unsatisfied)
  await w.act('caller', unsatisfied, 'callBack', { reached: true, satisfied: false, solved: false, grade: 1 })
  const { round, rounds } = await w.act('caller', unsatisfied, 'reopen', { reason: '仍未解决' })
  assert.deepEqual([round, rounds.length, rounds[0].answer, rounds[0].satisfied], [2, 2, answer, false])
})
