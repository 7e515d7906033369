import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { yi } from './cadre.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let unit = ''
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  unit = await w.unit('water')
})
after(() => w.close())
const { must } = storyteller(() => w)

const signed = async (name: string, amountFen: number, more: object = {}, on: string | null = '2026-02-02') => {
  const { id } = await must('supervisor', 'POST', '/api/v1/projects', { name, amountFen, unitId: unit, ...more })
  const stages = on === null ? [] : [{ stage: 'signing', actualOn: on }]
  await must('supervisor', 'POST', `/api/v1/projects/${id}/actions/setStages`, { stages })
  return id
}
const YEAR = {
  ...{ year: 2026, basis: '区委全会报告' },
  items: [
    { title: '20 亿元以上项目', thresholdFen: yi(20), needed: 2 },
    { title: '50 亿元以上项目', thresholdFen: yi(50), needed: 1 },
    { title: '单体签约项目', measure: 'single', needed: 80 },
  ],
}
const targets = (year = 2026) => must('leader', 'GET', `/api/v1/investment-targets?year=${year}`)
const done = (answer: Row) => answer['items'].map((one: Row) => one['done'])
const publish = (body: object) => must('supervisor', 'POST', '/api/v1/investment-targets', body)

test('bands do not overlap by default, and each figure leads to its projects', async () => {
  await publish(YEAR)
  await signed('甲：20 亿整', yi(20))
  await signed('乙：49.99 亿', yi(49.99))
  await signed('丙：50 亿整', yi(50), { agent: '远航商会' })
  await signed('丁：19.99 亿', yi(19.99), { agent: '远航商会' })
  await signed('戊：框架协议', yi(1), { single: false })
  await signed('己：去年签约', yi(60), {}, '2025-12-31')
  await signed('庚：还没签约', yi(60), {}, null)
  const answer = await targets()
  assert.deepEqual(done(answer), [2, 1, 4])
  assert.deepEqual(
    answer['items'].map((one: Row) => one['projects'].length),
    [2, 1, 4],
  )
  assert.match(answer['items'][0].words, /20亿元以上、不足 50亿元（各档不重复计算）/)
  assert.deepEqual(answer['agents'], [{ agent: '远航商会', projects: 2, amountFen: yi(69.99) }])
  assert.deepEqual(done(await targets(2025)), [], 'a year without targets shows none')
})

test('nested is a setting of the target: the new version counts what is above too', async () => {
  const items = YEAR.items.map((item, i) => (i === 0 ? { ...item, nested: true } : item))
  const answer = await publish({ ...YEAR, items })
  assert.equal(answer['version'], 2)
  assert.deepEqual(done(answer), [3, 1, 4])
  assert.match(answer['items'][0].words, /含更高一档/)
})

test('a cancelled project is out of every figure, with its note', async () => {
  const { items } = await must('supervisor', 'GET', '/api/v1/projects?q=丙')
  const url = `/api/v1/projects/${items[0].id}/actions/drop`
  const needs = await w.call('supervisor', 'POST', url, { state: 'merged', note: '并入' })
  assert.equal(needs.body.code, 'project.merge_needs')
  await must('supervisor', 'POST', url, { state: 'cancelled', note: '投资方退出' })
  const answer = await targets()
  assert.deepEqual(done(answer), [2, 0, 3])
  assert.deepEqual(
    answer['out'].map((one: Row) => one['note']),
    ['投资方退出'],
  )
  assert.deepEqual(answer['agents'], [{ agent: '远航商会', projects: 1, amountFen: yi(19.99) }])
})

test('who does not keep the register puts up no targets, and none twice', async () => {
  const { body } = await w.call('head', 'POST', '/api/v1/investment-targets', YEAR)
  assert.equal(body.code, 'forbidden')
  const twice = { ...YEAR, items: [...YEAR.items, YEAR.items[0]] }
  assert.equal(
    (await w.call('supervisor', 'POST', '/api/v1/investment-targets', twice)).body.code,
    'investment.same_title',
  )
})
