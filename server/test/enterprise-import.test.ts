import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

/** Enterprises from a file: read on trial, whole or not at all. */
let w: World
before(async () => {
  w = await world('2026-03-04T09:30:00+08:00')
})
after(() => w.close())
const { must } = storyteller(() => w)
const HEAD = ['企业名称', '统一社会信用代码', '企业规模', '是否规上', '产业链', '党组织', '备注']
async function bookOf(...rows: (string | number)[][]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('名单')
  sheet.addRow(['规上工业企业名单'])
  for (const row of [HEAD, ...rows]) sheet.addRow(row)
  return Buffer.from(await book.xlsx.writeBuffer())
}
const send = async (data: Buffer, fields: Record<string, string> = {}, account = 'supervisor') =>
  upload(w, account, '/api/v1/enterprise-imports', { name: '名单.xlsx', data }, fields)
const apply = { dryRun: 'false' }
const total = async () => (await must('leader', 'GET', '/api/v1/enterprises?limit=1'))['counts'].enterprises

test('a file is read on trial, stored whole, and the same file again is nothing new', async () => {
  const file = await bookOf(
    ['甲公司', '９１２１０１０４ｍａ０ｑｘｙ１２６ｑ', '中型', '是', '装备', '单独组建', ''],
    ['乙公司', ' 91230108 MA1BCD341Y', '小型企业', '否', '装备', '未建', '无'],
  )
  const { body: trial } = await send(file)
  assert.deepEqual(trial.counts, { new: 2, changed: 0, same: 0 })
  assert.deepEqual(trial.unusedColumns, ['备注'])
  assert.equal(await total(), 0)
  const { body: stored } = await send(file, apply)
  assert.equal(stored.dryRun, false)
  assert.equal(await total(), 2)
  const { items } = await must('leader', 'GET', '/api/v1/enterprises?aboveScale=yes')
  assert.deepEqual(
    items.map(({ name, uscc, size }: Row) => [name, uscc, size]),
    [['甲公司', '91210104MA0QXY126Q', 'medium']],
  )
  assert.deepEqual((await send(file, apply)).body.counts, { new: 0, changed: 0, same: 2 })
  w.setNow('2026-03-05T09:30:00+08:00')
  const more = await bookOf(['甲公司', '', '大型', '', '', '', ''], ['丙公司', '', '', '', '', '', ''])
  assert.deepEqual((await send(more, apply)).body.counts, { new: 1, changed: 1, same: 0 })
  const [first] = (await must('leader', 'GET', '/api/v1/enterprises?q=甲公司'))['items']
  assert.deepEqual([first.size, first.aboveScale, first.uscc], ['large', true, '91210104MA0QXY126Q'])
})

test('every faulty cell is named, and one of them keeps the whole file out', async () => {
  const before = await total()
  const file = await bookOf(
    ['丁公司', '91350100M000100Y4Z', '', '', '', '', ''],
    ['', '', '巨型', '', '装备', '', ''],
    ['戊公司', 912101040000, '', '', '', '', ''],
    ['己公司', '91340400MA2HJK7849', '', '', '', '', ''],
    ['庚公司', '91340400ma2hjk7849', '', '', '', '', ''],
    ['甲公司', '91220112MA1EFG568B', '', '', '', '', ''],
    ['辛公司', '91230108MA1BCD341Y', '', '', '', '', ''],
  )
  const { body: trial } = await send(file)
  const codes = trial.faults.map(({ row, code }: Row) => [row, code])
  assert.deepEqual(codes, [
    [3, 'liaison.uscc_invalid'],
    [4, 'enterpriseFile.name_missing'],
    [4, 'enterpriseFile.word_unknown'],
    [5, 'enterpriseFile.code_lost'],
    [7, 'enterpriseFile.code_twice'],
    [8, 'enterpriseFile.code_other'],
    [9, 'enterpriseFile.code_taken'],
  ])
  const refused = await send(file, apply)
  assert.equal(refused.body.code, 'enterpriseFile.faulty')
  assert.match(refused.body.errors[0].detail, /第 3 行“统一社会信用代码”/)
  assert.equal(await total(), before)
})

test('a check digit that does not fit is confirmed row by row', async () => {
  const file = await bookOf(['早年公司', '91350211M0000XUF46', '', '', '', '', ''])
  const { body: trial } = await send(file)
  assert.deepEqual(
    trial.warnings.map(({ row, code }: Row) => [row, code]),
    [[3, 'uscc.check_fails']],
  )
  assert.equal((await send(file, { ...apply, confirm: '4' })).body.code, 'enterpriseFile.unconfirmed')
  assert.equal((await send(file, { ...apply, confirm: '3' })).status, 200)
  const [firm] = (await must('leader', 'GET', '/api/v1/enterprises?q=早年公司'))['items']
  assert.match((await must('leader', 'GET', `/api/v1/enterprises/${firm.id}`))['usccConfirmed'].note, /第 3 行/)
  // Once confirmed it is not asked about again.
  assert.deepEqual((await send(file, apply)).body.counts, { new: 0, changed: 0, same: 1 })
})

test('only whoever keeps the register brings in a file, and one without names is none', async () => {
  assert.equal((await send(await bookOf(['壬公司', '', '', '', '', '', '']), apply, 'handler')).status, 403)
  const csv = { name: '名单.csv', data: '编号,备注\n1,无' }
  const { body } = await upload(w, 'supervisor', '/api/v1/enterprise-imports', csv, {})
  assert.equal(body.code, 'table.columns')
})
