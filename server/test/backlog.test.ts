import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

const USCC = '91210104MA0QXY126Q'
let w: World
before(async () => {
  w = await world('2026-01-05T09:30:00+08:00')
  await must('supervisor', 'POST', '/api/v1/enterprises', { name: '河畔机械公司', uscc: USCC })
})
after(() => w.close())
const { must } = storyteller(() => w)
const filed = (content: string) => w.file(content, { party: { kind: 'enterprise', name: '河畔机械公司', uscc: USCC } })
const backlog = (): Promise<Row> => must('supervisor', 'GET', '/api/v1/enterprise-backlog')
const rows = async (query = ''): Promise<Row[]> =>
  (await must('supervisor', 'GET', `/api/v1/enterprise-backlog/rows${query}`))['items']

test('a matter of an enterprise ages by natural days from the day it was received, and every figure is the number of its rows', async () => {
  await filed('厂区门前水管漏水')
  w.setNow('2026-02-20T09:30:00+08:00')
  await filed('厂区水压不足')
  await w.file('与企业无关的路灯不亮')
  const ages = async () => Object.fromEntries((await backlog())['ages'].map(({ age, count }: Row) => [age, count]))
  assert.deepEqual(await ages(), { d30: 1, d90: 1, d180: 0, d365: 0, older: 0 })
  const all = await rows()
  assert.deepEqual(
    all.map(({ title, days, age }) => [title, days, age]),
    [
      ['厂区门前水管漏水', 46, 'd90'],
      ['厂区水压不足', 0, 'd30'],
    ],
  )
  for (const [age, count] of Object.entries(await ages())) assert.equal((await rows(`?age=${age}`)).length, count)
  // The thirtieth day is still within thirty, the thirty-first is not.
  w.setNow('2026-03-22T09:30:00+08:00')
  assert.equal((await ages())['d30'], 1)
  w.setNow('2026-03-23T09:30:00+08:00')
  assert.equal((await ages())['d30'], 0)
})

test('whoever may not read a matter does not count it', async () => {
  assert.equal((await must('handler2', 'GET', '/api/v1/enterprise-backlog'))['total'], 0)
})
