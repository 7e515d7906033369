import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MONEY_UNIT } from '@banjie/contract'
import { type Firm, platformVisitors } from './firm.ts'
import { postOffice, receiver } from './outside.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** What an enterprise is owed and sees on its own pages: what it raised at a meeting, what suits it, what it was promised. */
const NOW = '2026-03-02T09:30:00+08:00'
let w: World
let office: Awaited<ReturnType<typeof postOffice>>
let operator: Awaited<ReturnType<typeof receiver>>
let chair: string
let water: string
const { must } = storyteller(() => w)
before(async () => {
  office = await postOffice()
  operator = await receiver()
  w = await world(NOW, {
    outlets: {
      ...{ smtpUrl: office.url, mailFrom: '办结 <banjie@district.example>' },
      ...{ smsWebhook: `${operator.url}/sms`, allowLoopback: true },
    },
  })
  water = await w.unit('water')
  const { items } = await must('dispatcher', 'GET', '/api/v1/people')
  chair = items.find(({ name }: Row) => name === '区长')['id']
})
after(async () => {
  await w.close()
  await office.close()
  await operator.close()
})
const { firm, get, post, enter, signIn, later } = platformVisitors(
  () => w,
  () => office,
  NOW,
)

const hold = async (more: object = {}): Promise<string> => {
  const facts = { kind: 'bank', on: '2026-03-02', at: '09:00', place: '三楼会议室', chairId: chair }
  const { id } = await must('dispatcher', 'POST', '/api/v1/meetings', { title: '银企对接会', ...facts, ...more })
  return id
}
const issuesAt = (meeting: string) => `/api/v1/meetings/${meeting}/issues`
const raise = (meeting: string, one: Pick<Firm, 'id'>, content: string, account = 'dispatcher') =>
  w.call(account, 'POST', issuesAt(meeting), { enterpriseId: one.id, content })

test('what an enterprise raised at a bank meeting is its own case, is owed an answer and is read on its page', async () => {
  const [one, other] = [await firm(), await firm()]
  const meeting = await hold({ targetIds: [one.id] })
  const raised = await raise(meeting, one, '新线投产缺流动资金三百万元，抵押物不足。')
  assert.equal(raised.status, 201, JSON.stringify(raised.body))
  const [issue] = raised.body.items
  assert.partialDeepStrictEqual(raised.body, { unanswered: 1, mayRaise: true })
  assert.equal(issue.case.dueAt === null, false, 'an answer without a day would be owed by nobody')
  const { items } = await must('supervisor', 'GET', `/api/v1/enterprises/${one.id}/cases`)
  assert.deepEqual(
    items.map((row: Row) => [row['number'], row['way']]),
    [[issue.case.number, 'meeting']],
  )
  const { items: origins } = await must('dispatcher', 'GET', `/api/v1/cases/${issue.case.id}/origins`)
  assert.equal(origins[0]['id'], meeting, 'the case tells from which meeting it comes')
  const { demands } = await must('supervisor', 'GET', '/api/v1/platform')
  assert.deepEqual(
    demands.map((row: Row) => [row['number'], row['way'], row['answered']]),
    [[issue.case.number, 'meeting', false]],
    'the keepers of the platform see it beside what was filed there',
  )
  const cookie = await signIn(one)
  assert.match((await get('/e/', cookie)).body, /会议提出/)
  assert.match((await get(`/e/demands/${issue.case.number}`, cookie)).body, /缺流动资金/)
  assert.equal((await get(`/e/demands/${issue.case.number}`, await signIn(other))).status, 404)
  const id = issue.case.id
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: water })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '已由担保公司增信，贷款批准。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  assert.equal((await must('dispatcher', 'GET', issuesAt(meeting)))['unanswered'], 0)
  assert.match((await get(`/e/demands/${issue.case.number}`, cookie)).body, /贷款批准/)
})

test('a firm that was written down by its full name took part too; one that did not raises nothing, nor does a meeting to come', async () => {
  const [named, absent] = [await firm(), await firm()]
  const meeting = await hold({ title: '企业家联席会', kind: 'joint', firms: [named.name] })
  assert.equal((await raise(meeting, named, '用电容量不够。')).status, 201)
  assert.equal((await raise(meeting, absent, '冒名提出。')).body.code, 'platform.not_at_meeting')
  assert.equal((await raise(meeting, named, '无权登记。', 'handler')).body.code, 'forbidden')
  assert.equal((await raise(meeting, named, ' ')).status, 422)
  const ahead = await hold({ title: '下周的会', on: '2026-03-09', targetIds: [named.id] })
  assert.equal((await raise(ahead, named, '还没开的会。')).body.code, 'platform.before_meeting')
  assert.equal((await must('dispatcher', 'GET', issuesAt(meeting)))['items'].length, 1, 'nothing was stored halfway')
})

const POLICIES = '/api/v1/policies'
/** A policy for small enterprises, in force, and an enterprise it suits. */
async function entitled(): Promise<{ policy: string; one: Firm; cookie: string }> {
  const one = await firm()
  const sheet = await must('supervisor', 'GET', `/api/v1/enterprises/${one.id}`)
  await must('supervisor', 'PUT', `/api/v1/enterprises/${one.id}`, {
    ...{ name: one.name, uscc: one.uscc, basedOn: sheet['updatedAt'] },
    years: [{ year: 2025, size: 'small', aboveScale: false, source: '统计局' }],
  })
  const rule = { all: [{ fact: 'size', in: ['small'], year: 'last', cite: '第三条' }] }
  const { id } = await must('handler', 'POST', POLICIES, {
    ...{
      title: `稳岗补贴${one.name}`,
      documentNo: '河政发〔2026〕2号',
      issuer: '小河区人民政府',
      validFrom: '2026-01-01',
    },
    ...{ benefit: '每户2万元', fen: 2 * MONEY_UNIT.万元, mode: 'auto', unitId: water, payWithin: 10, rule },
  })
  await must('head', 'POST', `${POLICIES}/${id}/versions/1/actions/publish`, {})
  return { policy: id, one, cookie: await signIn(one) }
}
const stateOf = async (policy: string, one: Firm) => {
  const { entitlements } = await must('supervisor', 'GET', `${POLICIES}/${policy}`)
  return entitlements.find((row: Row) => row['enterprise'].id === one.id)?.state
}

test('an enterprise reads which policy suits it and why, confirms it with four digits, and is paid', async () => {
  const { policy, one, cookie } = await entitled()
  const page = (await get('/e/', cookie)).body
  assert.match(page, new RegExp(`稳岗补贴${one.name}`))
  assert.match(page, /为什么符合/)
  assert.equal((await post(`/e/policies/${policy}/confirm`, { accountTail: '12' }, cookie)).status, 422)
  assert.equal(await stateOf(policy, one), 'eligible')
  assert.equal((await post(`/e/policies/${policy}/confirm`, { accountTail: '6688' }, cookie)).status, 303)
  assert.equal(await stateOf(policy, one), 'confirmed')
  assert.equal((await post(`/e/policies/${policy}/confirm`, { accountTail: '6688' }, cookie)).status, 409)
  await must('handler', 'POST', `${POLICIES}/${policy}/entitlements/${one.id}/actions/pay`, {
    ...{ on: '2026-03-02', fen: 2 * MONEY_UNIT.万元, voucher: '稳岗1' },
  })
  assert.match((await get('/e/', cookie)).body, /已兑现 2万元/)
})

test('whoever acts for an enterprise is written to when it is told of a policy, once, and not after it has answered', async () => {
  const { policy, one, cookie } = await entitled()
  const letters = () => office.to(one.address).filter(({ subject }) => subject?.includes('惠企政策告知'))
  const offer = `${POLICIES}/${policy}/entitlements/${one.id}/actions/offer`
  await must('handler', 'POST', offer, {})
  await later(1)
  assert.equal(letters().length, 1)
  assert.match(letters()[0]?.text ?? '', new RegExp(`${one.name}符合“稳岗补贴${one.name}”：每户2万元。登录 http.*/e/`))
  assert.equal((await w.call('handler', 'POST', offer, {})).status, 409)
  const other = await entitled()
  await must('handler', 'POST', `${POLICIES}/${other.policy}/actions/offer`, {})
  await post(`/e/policies/${other.policy}/decline`, { reason: '不涉及' }, cookie)
  await post(`/e/policies/${other.policy}/decline`, { reason: '不涉及' }, other.cookie)
  await later(1)
  assert.equal(letters().length, 1, 'who has declined meanwhile is not written to')
})

test('a policy that has ended stays on the page of whoever was found before, and is confirmed there', async () => {
  const { policy, one, cookie } = await entitled()
  await must('handler', 'POST', `${POLICIES}/${policy}/actions/end`, { on: '2026-03-02', reason: '资金用完' })
  assert.match((await get('/e/', cookie)).body, new RegExp(`稳岗补贴${one.name}`))
  assert.equal((await post(`/e/policies/${policy}/confirm`, { accountTail: '6688' }, cookie)).status, 303)
  assert.equal(await stateOf(policy, one), 'confirmed')
  const late = await firm()
  assert.doesNotMatch((await get('/e/', await signIn(late))).body, new RegExp(`稳岗补贴${one.name}`))
})

test('an enterprise may decline, and nobody answers for another', async () => {
  const { policy, one, cookie } = await entitled()
  const stranger = await signIn(await firm())
  const tail = { accountTail: '1234' }
  assert.equal((await post(`/e/policies/${policy}/confirm`, tail, stranger)).status, 404)
  assert.equal((await post(`/e/policies/${policy}/confirm`, tail)).headers['location'], '/e/sign-in')
  assert.equal(await stateOf(policy, one), 'eligible')
  assert.equal((await post(`/e/policies/${policy}/decline`, { reason: '不涉及' }, cookie)).status, 303)
  assert.equal(await stateOf(policy, one), 'declined')
  assert.doesNotMatch((await get('/e/', stranger)).body, new RegExp(`稳岗补贴${one.name}`))
})

const PROMISES = '/api/v1/promises'
const promised = async (one: Firm): Promise<string> => {
  const facts = { kind: 'land', words: `交付地块给${one.name}`, unitId: water, cause: 'procedure' }
  const { id } = await must('supervisor', 'POST', PROMISES, {
    ...{ enterpriseId: one.id, ...facts, basis: '投资协议第八条', measures: '年内交付', deadline: '2026-12-31' },
    source: { no: '河协议〔2025〕3号', on: '2025-09-01', by: '区政府' },
  })
  return id
}

test('whether a promise has been kept the enterprise says itself: not received sends it back, received strikes it off', async () => {
  const one = await firm()
  const [id, cookie] = [await promised(one), await signIn(one)]
  const word = (kept: 'yes' | 'no', who = cookie) => post(`/e/promises/${id}/word`, { kept, words: '' }, who)
  assert.equal((await word('yes')).status, 409, 'before anybody says it is kept there is nothing to confirm')
  await must('handler', 'POST', `${PROMISES}/${id}/actions/keep`, { evidence: '交接书' })
  assert.match((await get('/e/', cookie)).body, /收到了吗/)
  assert.equal((await word('yes', await signIn(await firm()))).status, 404)
  assert.equal((await word('no')).status, 303)
  assert.partialDeepStrictEqual(await must('supervisor', 'GET', `${PROMISES}/${id}`), { kept: null, confirmed: null })
  await must('handler', 'POST', `${PROMISES}/${id}/actions/keep`, { evidence: '重新交接' })
  assert.equal((await word('yes')).status, 303)
  const { confirmed } = await must('supervisor', 'GET', `${PROMISES}/${id}`)
  assert.equal(confirmed.by, '经理'.concat(one.address.replace(/\D/g, '')))
  assert.doesNotMatch((await get('/e/', cookie)).body, /交付地块/)
})

test('codes are asked for five times in a quarter of an hour for one enterprise, and no more', async () => {
  const one = await firm()
  const ask = () => post('/e/sign-in', { uscc: one.uscc, address: one.address }, '', { remoteAddress: '203.0.113.7' })
  for (let n = 0; n < 5; n++) assert.equal((await ask()).status, 200)
  assert.equal((await ask()).status, 429)
  const other = await firm()
  const elsewhere = { uscc: other.uscc, address: other.address }
  assert.equal((await post('/e/sign-in', elsewhere, '', { remoteAddress: '203.0.113.7' })).status, 200)
})

test('whoever is invited by telephone gets the digits as a message', async () => {
  const one = await firm()
  const [phone, typed] = ['13800138000', '138 0013 8000']
  await must('supervisor', 'POST', `/api/v1/enterprises/${one.id}/platform-people`, { name: '厂长', phone })
  await post('/e/sign-in', { uscc: one.uscc, address: typed })
  await later(1)
  const told = operator.received.findLast(({ path }) => path === '/sms')?.text ?? ''
  const code = /验证码 (\d{6})/.exec(told)?.[1] ?? ''
  assert.match(told, new RegExp(phone))
  assert.equal((await enter({ uscc: one.uscc, address: typed }, code)).status, 303)
})
