import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { figuresOf } from '../../demo/huainan/figures.ts'
import { replay, type Stage } from '../../demo/huainan/replay.ts'
import { readStory, refuseImpossible, type Story } from '../../demo/huainan/story.ts'
import type { Figure } from '../../demo/replay/figure.ts'
import { houseOn, QUIETLY } from './replayed.ts'

/** The zone's money and meetings, replayed with other numbers: the same code, and the figures follow the file. */
const whole = readStory(join(import.meta.dirname, '../../demo/huainan'))
const small: Story = {
  ...whole,
  told: {
    ...whole.told,
    firms: { name: '企业{n}', count: 9, aboveScale: 5 },
    leaders: { name: '班子{n}', count: 2 },
    found: { ...whole.told.found, count: 6, on: ['2021-02-22', '2021-03-15'] },
    works: whole.told.works.map((work, i) =>
      i === 1 ? { ...work, quantities: [{ kind: 'length', what: '便道长', value: 80 }] } : work,
    ),
    payments: { ...whole.told.payments, rows: 7, yuan: 1_000_003 },
    meetings: [
      { kind: 'dispatch', title: '调度会', on: ['2021-03-18'] },
      { kind: 'bank', title: '银企对接会', on: ['2021-05-20', '2021-09-16', '2021-10-14'], firms: [2, 1, 2] },
    ],
    loans: whole.told.loans.map((loans, i) => ({ ...loans, yuan: loans.yuan.slice(0, i + 1) })),
    whitelist: { ...whole.told.whitelist, waiting: 2 },
  },
}
let stage: Stage
let seen: Figure[]
before(async () => {
  stage = await replay(await houseOn(small.told.from), small, QUIETLY)
  seen = await figuresOf(stage)
})

test('other numbers in the file: every figure is counted anew and its rows come to it', () => {
  const read = seen.flatMap(({ name, reading }) => (reading ? [[name, reading.computed, reading.rows]] : []))
  assert.deepEqual(read, [
    ['包点联系的规上工业企业', 5, 5],
    ['自行收集并办结的问题', 6, 6],
    ['专题调度会', 1, 1],
    ['银企对接会', 3, 3],
    ['银企对接会涉及的企业', 5, 5],
    ['社区办公场所受益居民', 20_300, 1],
    ['不再绕行的距离', 0, 0],
    ['便道长', 80, 1],
    ['便道宽', 0, 0],
    ['排污恢复正常的户数', 15, 1],
    ['新建排污管道', 160, 1],
    ['全年拨付的涉企资金', 1_000_003, 7],
    ['担保融资', 1_000_000, 1],
    ['融资意向', 2, 2],
    ['融资意向金额', 15_000_000, 2],
    ['园区贷已完成的户数', 3, 3],
    ['园区贷已完成的金额', 7_500_000, 3],
    ['园区贷正在办理的户数', 4, 4],
    ['更换的淤堵管道', 2, 1],
    ['修缮的检修井', 2, 1],
  ])
  for (const { name, reading } of seen) assert.equal(reading?.computed, reading?.adds, name)
})

test('what differs from the article is told, and only that', () => {
  const verdict = (name: string) => seen.find((one) => one.name === name)?.verdict
  assert.equal(verdict('全年拨付的涉企资金'), 'differs')
  assert.equal(verdict('担保融资'), 'agrees')
  assert.equal(verdict('便道长'), 'differs')
  assert.equal(verdict('修缮的检修井'), 'agrees')
})

test('a payment that is voided is missing from the year', async () => {
  const [last] = (await stage.ask('leader', 'disbursements')).items
  assert.ok(last)
  await stage.ask('finance-head', 'voidDisbursement', { params: { id: last.id }, body: { reason: '退回' } })
  const paid = (await figuresOf(stage)).find(({ name }) => name === '全年拨付的涉企资金')
  assert.equal(paid?.reading?.computed, 1_000_003 - last.fen / 100)
})

test('numbers that cannot be true at once are refused with a sentence', () => {
  const told = {
    ...small.told,
    firms: { name: '企业{n}', count: 3, aboveScale: 2 },
    payments: { ...small.told.payments, yuan: 3 },
  }
  assert.throws(() => refuseImpossible({ ...small, told }), /企业只有 3 户，放不下 4 户；拨付 3 元，分不成 7 笔/)
  assert.equal(whole.figures.length, 20)
})
