import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let south: string
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  south = await w.unit('south')
})
after(() => w.close())
const { must, at, bring, related } = storyteller(() => w)

const refusal = async (account: string, url: string, body: object): Promise<Row> => {
  const reply = await w.call(account, 'POST', url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const asked = (more: object = {}) => ({
  ...{ title: '用水户统计表', kind: 'form', unitIds: [south], fields: 10, dueOn: '2026-03-06' },
  ...more,
})
const ask = (account: string, more: object = {}) => must(account, 'POST', '/api/v1/asks', asked(more))
const burden = async (day = '', account = 'leader'): Promise<Row> =>
  (await must(account, 'GET', `/api/v1/burdens${day && `?day=${day}`}`))['items'].find(
    (one: Row) => one['unit'].id === south,
  )

test('a street’s week is counted from the rows that exist: sweeps and asks, with the fields to type', async () => {
  const id = await bring('inHand')
  await w.act('dispatcher', id, 'orderSweep', { question: '本街道还有哪里漏水？', unitIds: [south], days: 3 })
  assert.equal((await related(id, 'sweep')).length, 1)
  await ask('head')
  await ask('handler2', { title: '供热台账', kind: 'materials', fields: 0 })
  assert.partialDeepStrictEqual(await burden(), {
    ...{ total: 3, fields: 10, over: false },
    counts: [
      { source: 'sweep', count: 1 },
      { source: 'form', count: 1 },
      { source: 'materials', count: 1 },
    ],
  })
  const { items } = await must('leader', 'GET', `/api/v1/burdens/${south}/rows`)
  assert.equal(items.length, 3)
  assert.equal(
    items.reduce((all: number, one: Row) => all + one['fields'], 0),
    10,
  )
  assert.match(items[0].title, /排查/)
  const unseen = (await must('handler2', 'GET', `/api/v1/burdens/${south}/rows`))['items']
  assert.partialDeepStrictEqual(unseen[0], { source: 'sweep', number: null, title: null })
  const units = (await must('leader', 'GET', '/api/v1/burdens'))['items'].map((one: Row) => one['unit'].name)
  assert.deepEqual(units, ['南塔街道办事处', '诉求受理中心'], 'streets, communities and windows, no department')
  assert.equal((await burden('2026-03-09'))['total'], 0, 'the next week begins empty')
})

test('the asker sees each unit’s week before sending; above the cap a leader agrees before it is sent', async () => {
  const draft = { unitIds: [south], fields: 55 }
  const told = await must('head', 'POST', '/api/v1/asks/actions/preview', draft)
  assert.partialDeepStrictEqual(told, {
    ...{ needsAgreement: true, limit: { asksPerWeek: 5, fieldsPerWeek: 60 } },
    items: [{ total: 3, fields: 10, over: false, after: { total: 4, fields: 65, over: true } }],
  })
  const bare = await refusal('head', '/api/v1/asks', asked({ fields: 55 }))
  assert.equal(bare['code'], 'ask.above_cap')
  assert.match(bare['detail'], /南塔街道办事处 本周的要求将超过上限（每周 5 项、60 个填报字段）/)
  const waiting = await ask('head', { fields: 55, reason: '市局当天要，电话 13900001234' })
  assert.partialDeepStrictEqual(waiting, { state: 'waiting', sentAt: null, reason: '市局当天要，电话 [电话]' })
  assert.partialDeepStrictEqual(await burden(), { total: 3, waiting: 1 })
  assert.deepEqual(
    (await must('head3', 'GET', '/api/v1/asks?state=waiting'))['items'],
    [],
    'the street is not bothered yet',
  )
  const url = `/api/v1/asks/${waiting['id']}/actions`
  assert.equal((await refusal('head', `${url}/agree`, {}))['code'], 'forbidden')
  const queue = (await must('leader', 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === 'asks')
  assert.partialDeepStrictEqual(queue, { count: 1, to: '/w/asks' })
  const sent = await must('leader', 'POST', `${url}/agree`, { note: '仅此一次' })
  assert.partialDeepStrictEqual(sent, { state: 'sent', decision: { by: '区长', note: '仅此一次' } })
  assert.partialDeepStrictEqual(await burden(), { total: 4, fields: 65, waiting: 0, over: true })
  assert.equal((await refusal('supervisor', `${url}/decline`, { reason: '不必' }))['code'], 'ask.not_waiting')
})

test('nobody agrees to their own, and what a leader declines or the asker takes back burdens nobody', async () => {
  const own = await ask('leader', { title: '调研提纲', reason: '常委会前要' })
  const url = `/api/v1/asks/${own['id']}/actions`
  assert.equal((await refusal('leader', `${url}/agree`, {}))['code'], 'ask.own')
  await must('supervisor', 'POST', `${url}/decline`, { reason: '区里已有' })
  const over = await ask('head', { title: '巡查表', fields: 1, reason: '防汛' })
  assert.equal(over['state'], 'waiting', 'the week is above the cap already')
  await must('head', 'POST', `/api/v1/asks/${over['id']}/actions/withdraw`, { reason: '不要了' })
  assert.partialDeepStrictEqual(await burden(), { total: 4, waiting: 0 })
  const gone = await refusal('head', `/api/v1/asks/${over['id']}/actions/withdraw`, { reason: '再撤' })
  assert.equal(gone['code'], 'ask.gone')
})

test('a read receipt is for orders only, and never for study', async () => {
  await at('2026-03-09T09:00:00+08:00')
  const receipt = { dueOn: '2026-03-13', fields: 0, readReceipt: true }
  const study = await refusal('head', '/api/v1/asks', asked({ ...receipt, kind: 'study', title: '学习文件' }))
  assert.equal(study['code'], 'ask.study_no_receipt')
  assert.match(study['detail'], /学习不得要求已读回执/)
  const notice = await refusal('head', '/api/v1/asks', asked({ ...receipt, kind: 'notice' }))
  assert.equal(notice['code'], 'ask.receipt_only_order')
  const order = await ask('head', { ...receipt, kind: 'order', title: '排查井盖' })
  const url = `/api/v1/asks/${order['id']}/actions/read`
  assert.equal((await refusal('handler2', url, {}))['code'], 'ask.not_addressed')
  const read = await must('head3', 'POST', url)
  assert.partialDeepStrictEqual(read['units'][0], { readBy: '街道主任', readAt: '2026-03-09T01:00:00.000Z' })
  const plain = await ask('head', { dueOn: '2026-03-13', kind: 'study', title: '学习文件', fields: 0 })
  assert.equal((await refusal('head3', `/api/v1/asks/${plain['id']}/actions/read`, {}))['code'], 'ask.no_receipt')
})

test('only the grass roots are asked here, and not after the day', async () => {
  const department = await refusal(
    'head',
    '/api/v1/asks',
    asked({ dueOn: '2026-03-13', unitIds: [await w.unit('heating')] }),
  )
  assert.match(department['detail'], /区供热办不是街道、社区或窗口单位/)
  assert.equal((await refusal('head3', '/api/v1/asks', asked({ dueOn: '2026-03-13' })))['code'], 'ask.to_itself')
  assert.equal((await refusal('head', '/api/v1/asks', asked({ dueOn: '2026-03-06' })))['code'], 'ask.due_past')
  assert.equal((await refusal('evaluator', '/api/v1/asks', asked()))['code'], 'forbidden')
})

test('two who ask the last place of a week at the same moment: one of them has to give a reason', async () => {
  await must('leader', 'POST', '/api/v1/contact-limits', {
    ...{ perMonth: 3, nearDays: 7, windowDays: 30, asksPerWeek: 3, fieldsPerWeek: 60, basis: '试行' },
    validFrom: '2026-03-09',
  })
  const both = await Promise.all(
    ['head', 'handler2'].map((account) =>
      w.call(account, 'POST', '/api/v1/asks', asked({ dueOn: '2026-03-13', fields: 1, title: `${account} 的表` })),
    ),
  )
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 422])
  assert.equal((await burden())['total'], 3)
})
