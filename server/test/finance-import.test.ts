import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

/** The sheet that a finance office keeps: one unit of money, all lines or none. */
let w: World
let water = ''
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  const targets = ['河畔机械公司', '远山食品公司'].map((name) => ({ kind: 'enterprise', name }))
  await must('supervisor', 'POST', '/api/v1/liaison-targets/bulk', { targets })
  water = await w.unit('water')
})
after(() => w.close())
const { must } = storyteller(() => w)

const send = async (head: string, lines: readonly string[], fields: object = {}, account = 'head') =>
  upload(
    w,
    account,
    '/api/v1/disbursement-imports',
    { name: '拨付.csv', data: [head, ...lines].join('\n') },
    {
      ...{ unitId: water, dryRun: 'false' },
      ...fields,
    },
  )
const HEAD = '企业名称,金额（万元）,日期,资金项目,凭证号'
const stored = async () => (await must('leader', 'GET', '/api/v1/disbursements'))['rows'] as number

test('on trial nothing is written; then all of it, to the fen', async () => {
  const lines = ['河畔机械公司,155.2701,2021-08-01,技改奖补,P1', '远山食品公司,0.1,2021年9月3日,研发补助,P2']
  const trial = (await send(HEAD, lines, { dryRun: 'true' })).body
  const wanted = { moneyUnit: '万元', read: 2, enterprises: 2, fen: 155_370_100, faults: [] }
  assert.partialDeepStrictEqual(trial, { ...wanted, dryRun: true, added: 0 })
  assert.equal(await stored(), 0)
  assert.partialDeepStrictEqual((await send(HEAD, lines)).body, { ...wanted, dryRun: false, added: 2 })
  const { items, fen } = await must('leader', 'GET', '/api/v1/disbursements?year=2021')
  assert.equal(fen, 155_370_100)
  assert.deepEqual(
    items.map((one: Row) => [one['enterprise'].name, one['fen'], one['on'], one['voucher'], one['unit'].name]),
    [
      ['远山食品公司', 100_000, '2021-09-03', 'P2', '区水务局'],
      ['河畔机械公司', 155_270_100, '2021-08-01', 'P1', '区水务局'],
    ],
  )
  const again = await send(HEAD, lines, { dryRun: 'true' })
  assert.equal(again.body.faults.length, 2, 'the same file again is the same money')
  assert.match(again.body.faults[0].detail, /凭证号“P1”已登记过（技改奖补）/)
})

test('the unit may stand in every cell instead of the head', async () => {
  const head = '企业名称,金额,日期,资金项目,凭证号'
  const { body } = await send(head, ['河畔机械公司,3万元,2021-08-01,甲,C1', '远山食品公司,2 万,2021-08-01,甲,C2'], {
    dryRun: 'true',
  })
  assert.partialDeepStrictEqual(body, { fen: 5_000_000, faults: [] })
})

test('万元 and 元 in one file are refused with their cells, and a bare number is not guessed', async () => {
  const before_ = await stored()
  const [mixed, bare] = ['河畔机械公司,3万元,2021-08-01,甲,M1', '远山食品公司,20000元,2021-08-01,甲,M2']
  const plain = '企业名称,金额,日期,资金项目,凭证号'
  const both = await send(plain, [mixed, bare])
  assert.equal(both.body.code, 'finance.file_units_mixed')
  assert.match(both.body.detail, /万元：第 2 行；元：第 3 行/)
  const head = await send(HEAD, [bare])
  assert.equal(head.body.code, 'finance.file_units_mixed')
  assert.match(head.body.detail, /标题写的是万元；元：第 2 行/)
  const none = await send(plain, [mixed, '远山食品公司,20000,2021-08-01,甲,M2'])
  assert.equal(none.body.code, 'finance.file_no_money_unit')
  assert.equal(await stored(), before_)
})

test('every faulty cell is named, and not one line is written', async () => {
  const before_ = await stored()
  const lines = [
    ...['河畔机械公司,12.5,2021-08-01,甲,F1', '无名公司,1,2021-08-01,甲,F2', '河畔机械公司,-3,2021-08-01,甲,F3'],
    ...['河畔机械公司,0.0000001,2021-08-01,甲,F4', '河畔机械公司,1,2021-02-30,甲,F5'],
    ...['河畔机械公司,1,2026-03-03,甲,F6', '河畔机械公司,1,2021-08-01,甲,F1', '河畔机械公司,1,2021-08-01,甲,'],
  ]
  const { body } = await send(HEAD, lines, { dryRun: 'true' })
  assert.deepEqual(
    body.faults.map((one: Row) => [one['row'], one['column']]),
    [
      ...[
        [3, '企业名称'],
        [4, '金额'],
        [5, '金额'],
        [6, '日期'],
      ],
      ...[
        [7, '日期'],
        [8, '凭证号'],
        [9, '凭证号'],
      ],
    ],
  )
  assert.equal((await send(HEAD, lines)).body.code, 'finance.file_faulty')
  assert.equal(
    (await send('企业名称,金额（元）,日期,资金项目', ['河畔机械公司,1,2021-08-01,甲'])).body.code,
    'table.columns',
  )
  assert.equal((await send(HEAD, [])).body.code, 'table.empty')
  assert.equal((await send(HEAD, [lines[0] ?? ''], {}, 'head2')).body.code, 'forbidden')
  assert.equal(await stored(), before_)
})

test('an Excel sheet of which some amounts are in 万元 and some in 元 is refused by its cells, and nothing is written', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('拨付')
  sheet.addRow(HEAD.split(','))
  sheet.addRow(['河畔机械公司', 12.5, '2025-03-01', '技改奖补', 'X1'])
  sheet.addRow(['远山食品公司', '80000元', '2025-03-02', '技改奖补', 'X2'])
  const before_ = await stored()
  const file = { name: '拨付.xlsx', data: Buffer.from(await book.xlsx.writeBuffer()) }
  const reply = await upload(w, 'head', '/api/v1/disbursement-imports', file, { unitId: water, dryRun: 'false' })
  assert.ok(reply.status === 422 || reply.body.faults.length > 0, JSON.stringify(reply.body))
  assert.match(JSON.stringify(reply.body), /元/)
  assert.match(JSON.stringify(reply.body), /3/)
  assert.equal(await stored(), before_)
})
