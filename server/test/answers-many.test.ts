import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes } from '@banjie/contract'
import pg from 'pg'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { must, get, actions, bring } = storyteller(() => w)

const track = ({ number, pickupCode }: Row): Promise<Row> =>
  must(null, 'GET', `/api/v1/public/appeals/${number}?code=${pickupCode}`)
const answerMany = async (account: string, body: object): Promise<Row[]> =>
  (await must(account, 'POST', routes.answerMany.path, body))['items']

async function problemInHand(): Promise<Row> {
  const { case: kase } = await must('dispatcher', 'POST', routes.openCase.path, {
    type: 'problem',
    facts: { title: '老旧水管漏水', content: '多处漏水' },
  })
  await w.act('dispatcher', kase.id, 'dispatch', { leadUnitId: await w.unit('water') })
  return w.act('handler', kase.id, 'sign')
}
async function voice(into: string) {
  const filed = await w.file('水管漏水')
  await w.act('clerk', filed.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', filed.id, 'merge', { into })
  return filed
}

test('one text answers many that have only arrived: each by its own number, its own part and its own event', async () => {
  const contact = { name: '王小明', phone: '13812345678' }
  const first = await w.file('公交 301 路什么时候恢复', { contact })
  const second = await w.file('301 路公交怎么停了')
  const items = [{ id: first.number, personal: '您提到的老年卡仍可使用。' }, { id: second.id }]
  const text = '301 路自 3 月 10 日恢复运行。'
  const template = '{称呼}您好，您于{反映日期}反映的“{事项}”（{编号}）：'
  const told = await answerMany('clerk', { text, template, items })
  assert.deepEqual(
    told.map(({ number, ok, stage }) => [number, ok, stage]),
    [
      [first.number, true, '待回访'],
      [second.number, true, '待回访'],
    ],
  )
  const { answer } = await track(first)
  assert.equal(
    answer,
    `王小明您好，您于3月2日反映的“公交 301 路什么时候恢复”（${first.number}）：\n您提到的老年卡仍可使用。\n${text}`,
  )
  assert.equal((await track(second))['answer'].includes('老年卡'), false, 'what is said to one is not said to another')
  assert.deepEqual(await actions(first.id), ['open', 'answerAtOnce'])
  assert.deepEqual(await actions(second.id), ['open', 'answerAtOnce'])
})

test('what is in hand is drafted for many and signed for many, by the head and not by the author', async () => {
  const ids = [await bring('inHand'), await bring('inHand'), await bring('inHand')]
  const told = await answerMany('handler', {
    ...{ text: '片区水管已更换。', outcome: 'solved' },
    items: ids.map((id) => ({ id })),
  })
  assert.ok(told.every(({ ok, stage }) => ok && stage === '待审签'))
  const sign = (account: string) =>
    must(account, 'POST', routes.actOnMany.path, { action: 'approveAnswer', ids: [...ids, ids[0]] })
  for (const { ok, code } of (await sign('handler'))['items']) assert.deepEqual([ok, code], [false, 'forbidden'])
  const signed = (await sign('head'))['items']
  assert.equal(signed.length, 3, 'a case named twice is signed once')
  assert.ok(signed.every((one: Row) => one['ok']))
  for (const id of ids) {
    const { case: kase } = await get(id)
    assert.equal(kase.stage, 'answered')
    assert.match(kase.answer, new RegExp(`（${kase.number}），答复如下。\n片区水管已更换。$`))
  }
})

test('a refused one is named with its reason and holds up no other', async () => {
  const good = [await bring('inHand'), await bring('inHand')]
  const waiting = await bring('accepted')
  const foreign = await w.file()
  const problem = await problemInHand()
  const merged = await voice(problem['number'])
  const contact = { name: '李大江', phone: '13912345678' }
  const named = await bring('inHand', { file: { contact } })
  const items = [
    ...[{ id: good[0] }, { id: 'SQ202603029999999' }, { id: waiting }, { id: foreign.id }],
    ...[{ id: named, personal: '李大江，您家的也换了' }, { id: good[1] }],
  ]
  const told = await answerMany('handler', { text: '已更换。', outcome: 'solved', items })
  assert.deepEqual(
    told.map(({ code }) => code),
    [null, 'case.not_found', 'case.not_found', 'case.not_found', 'text.personal', null],
  )
  assert.equal((await get(named))['case'].stage, 'inHand')
  const [refused] = await answerMany('dispatcher', { text: '已更换。', items: [{ id: merged.number }] })
  assert.equal(
    refused?.['detail'],
    `此件已并入 ${problem['number']}，随该问题一并答复，请在该问题上写个人说明。`,
    'a merged one is answered with its problem, or it would get two answers',
  )
  const [again] = await answerMany('handler', { text: '已更换。', outcome: 'solved', items: [{ id: good[0] }] })
  assert.equal(again?.['code'], 'case.action_not_allowed', 'the same call twice drafts once')
  const [lacking] = await answerMany('dispatcher', {
    ...{ text: '已更换。', template: '{地点}的水管：' },
    items: [{ id: waiting }],
  })
  assert.equal(lacking?.['detail'], '此件缺地点，没有答复。请补充个人说明，或从模板中删去该字段。')
})

test('a fault in the text itself answers nobody; what many are owed is not less than what one is owed', async () => {
  const id = await bring('inHand')
  const refused = async (body: object) => {
    const reply = await w.call('handler', 'POST', routes.answerMany.path, { items: [{ id }], text: '好', ...body })
    return reply.body.code ?? reply.body.items[0].code
  }
  assert.equal(await refused({ text: '已于{日期}修好' }), 'answer.unfilled')
  assert.equal(await refused({ template: '{楼号}：' }), 'answer.unknown_field')
  assert.equal(await refused({ items: [{ id }, { id }] }), 'answer.twice')
  assert.equal(await refused({ outcome: 'refused' }), 'answer.cannot_without_basis')
  assert.equal(await refused({ outcome: 'promised' }), 'answer.promise_without_day')
  assert.equal((await get(id))['case'].stage, 'inHand')
  const many = Array.from({ length: 501 }, (_, i) => ({ id: `SQ${i}` }))
  const tooMany = await w.call('handler', 'POST', routes.answerMany.path, { items: many, text: '好' })
  assert.equal(tooMany.status, 422)
  assert.match(JSON.stringify(tooMany.body), /一次最多答复 500 件/)
})

test('personal parts of a problem are written for many at once, all or none, and go out with its answer', async () => {
  const problem = await problemInHand()
  const voices = [await voice(problem['number']), await voice(problem['number'])]
  const [first, second] = voices.map(({ number }) => number)
  const path = routes.personalParts.path.replace(':id', problem['id'])
  const say = (account: string, ...items: object[]) => w.call(account, 'POST', path, { items })
  const strange = await say('handler', { number: first, text: '好' }, { number: 'SQ1', text: '好' })
  assert.equal(strange.body.detail, 'SQ1 没有并入本问题，请核对编号。')
  const twice = await say('handler', { number: first, text: '好' }, { number: first, text: '又好' })
  assert.equal(twice.body.code, 'answer.twice')
  const phone = await say('handler', { number: first, text: '好' }, { number: second, text: '请打 13812345678' })
  assert.equal(phone.body.code, 'text.personal')
  assert.deepEqual(await actions(voices[0]?.id ?? ''), ['open', 'accept', 'merge'], 'none of it was written')
  assert.equal((await say('handler2', { number: first, text: '好' })).status, 404)
  const { body } = await say(
    'handler',
    { number: first, text: '您家阀门也已更换。' },
    { number: second, text: '您家水表已校验。' },
  )
  assert.deepEqual(body, { written: 2 })
  await w.act('handler', problem['id'], 'draftAnswer', { text: '片区水管已更换。', outcome: 'solved' })
  await w.act('head', problem['id'], 'approveAnswer')
  assert.match((await track(voices[0] as Row))['answer'], /\n您家阀门也已更换。\n片区水管已更换。$/)
  assert.match((await track(voices[1] as Row))['answer'], /\n您家水表已校验。\n片区水管已更换。$/)
})

test('many answers that name one entry look it up once and count each use', async (t) => {
  const filed = []
  for (let n = 0; n < 12; n++) filed.push(await w.file(`${n + 1}号楼停水了`))
  const uses = async () =>
    (await must('clerk', 'GET', '/api/v1/knowledge?q=停水'))['items'].find(({ id }: Row) => id === 'k1')['used']
  const before = await uses()
  const query = t.mock.method(pg.Client.prototype, 'query')
  const items = filed.map(({ id }) => ({ id }))
  const told = await answerMany('clerk', { text: '停水信息见公告栏。', knowledgeId: 'k1', items })
  const asked = query.mock.calls.filter(({ arguments: [said] }) =>
    /(from|into) knowledge/.test(JSON.stringify(said)),
  ).length
  query.mock.restore()
  assert.ok(
    told.every(({ ok }) => ok),
    JSON.stringify(told),
  )
  assert.equal(await uses(), before + 12)
  assert.ok(asked <= 2, `${asked} statements`)
})
