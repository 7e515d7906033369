import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

/** Brings an appeal to "answered". */
async function answered(): Promise<string> {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'contact', { reached: true, channel: 'phone', note: '已与诉求人约定上门时间' })
  await w.act('handler', id, 'draftAnswer', { text: '已更换破损水管并清除积冰。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  return id
}
const get = async (id: string) => (await w.call('dispatcher', 'GET', `/api/v1/cases/${id}`)).body
const actions = async (id: string) =>
  (await w.call('dispatcher', 'GET', `/api/v1/cases/${id}/events`)).body.items.map(
    (event: { action: string }) => event.action,
  )

test('an appeal goes from the citizen to a closed case, and every step is an event', async () => {
  const id = await answered()
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 })
  const closed = await w.act('caller', id, 'close')
  assert.partialDeepStrictEqual(closed, {
    stage: 'closed',
    light: 'done',
    outcome: 'solved',
    satisfied: true,
    round: 1,
  })
  assert.deepEqual(await actions(id), [
    'open',
    'accept',
    'dispatch',
    'sign',
    'contact',
    'draftAnswer',
    'approveAnswer',
    'callBack',
    'close',
  ])
  const { clocks } = await get(id)
  assert.deepEqual(
    clocks.map((clock: { state: string }) => clock.state),
    clocks.map(() => 'met'),
  )
  assert.deepEqual(
    new Set(clocks.map((clock: { kind: string }) => clock.kind)),
    new Set(['accept', 'dispatch', 'signIn', 'firstContact', 'handle', 'approve', 'callBack', 'close']),
  )
})

test('an unsatisfied call-back cannot be closed over: the case is reopened in round 2 and round 1 stays as it was', async () => {
  const id = await answered()
  await w.act('caller', id, 'callBack', { reached: true, satisfied: false, solved: false, grade: 1, note: '仍在漏水' })
  const refused = await w.call('caller', 'POST', `/api/v1/cases/${id}/actions/close`, {
    version: (await get(id)).case.version,
    input: {},
  })
  assert.deepEqual([refused.status, refused.body.code], [409, 'case.unsatisfied'])
  const [first] = (await get(id)).case.rounds
  const reopened = await w.act('caller', id, 'reopen', { reason: '诉求人不满意，仍漏水' })
  assert.partialDeepStrictEqual(reopened, { stage: 'inHand', round: 2, satisfied: null, answer: null, outcome: null })
  assert.equal(reopened.leadUnit.name, '区水务局')
  assert.deepEqual(reopened.rounds[0], first)
  assert.partialDeepStrictEqual(first, { round: 1, outcome: 'solved', satisfied: false, grade: 1 })
})

test('two dispatchers on the same version: one succeeds, the other gets 409 with the present state and what may be done', async () => {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'heating' })
  const { version } = (await get(id)).case
  const send = async (account: string, unit: string) =>
    w.call(account, 'POST', `/api/v1/cases/${id}/actions/dispatch`, {
      version,
      input: { leadUnitId: await w.unit(unit) },
    })
  await Promise.all([w.cookie('dispatcher'), w.cookie('dispatcher2')])
  const replies = await Promise.all([send('dispatcher', 'water'), send('dispatcher2', 'heating')])
  assert.deepEqual(replies.map((reply) => reply.status).sort(), [200, 409])
  const stale = replies.find((reply) => reply.status === 409)
  assert.partialDeepStrictEqual(stale?.body, {
    code: 'case.version_stale',
    case: { stage: 'dispatched', version: version + 1 },
  })
  assert.ok(
    Array.isArray(stale?.body.clocks) &&
      stale?.body.actions.some((action: { name: string }) => action.name === 'withdraw'),
  )
})

test('an action outside its stage, an unknown action and a stranger are refused with their own codes', async () => {
  const { id } = await w.file()
  const { version } = (await get(id)).case
  const send = (account: string, action: string, input = {}) =>
    w.call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version, input })
  assert.deepEqual(
    [(await send('clerk', 'close')).status, (await send('clerk', 'close')).body.code],
    [409, 'case.action_not_allowed'],
  )
  assert.equal((await send('clerk', 'fly')).body.code, 'case.action_unknown')
  assert.equal((await send('leader', 'accept')).body.code, 'forbidden')
  assert.equal(
    (await send('handler', 'sign')).body.code,
    'case.not_found',
    'a unit does not see what was not given to it',
  )
})

test('the author of an answer does not sign it', async () => {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('head', id, 'sign')
  await w.act('head', id, 'draftAnswer', { text: '已处理完毕。', outcome: 'solved' })
  const { version } = (await get(id)).case
  const refused = await w.call('head', 'POST', `/api/v1/cases/${id}/actions/approveAnswer`, { version, input: {} })
  assert.deepEqual([refused.status, refused.body.code], [403, 'case.own_answer'])
})

test('the dispatch catalogue proposes the unit and names the row; the nearer area wins', async () => {
  const { body } = await w.call('clerk', 'POST', '/api/v1/cases', {
    type: 'appeal',
    facts: { content: '水管爆裂', divisionCode: '210101' },
    channel: 'hotline',
  })
  await w.act('clerk', body.case.id, 'accept', { category: 'pipe' })
  const action = (await get(body.case.id)).actions.find((candidate: { name: string }) => candidate.name === 'dispatch')
  assert.partialDeepStrictEqual(action.proposal, {
    row: 'F002',
    leadUnitName: '南塔街道办事处',
    version: '2026-01',
    basis: '属地',
  })
  const plain = await w.file()
  await w.act('clerk', plain.id, 'accept', { category: 'pipe' })
  assert.equal(
    (await get(plain.id)).actions.find((candidate: { name: string }) => candidate.name === 'dispatch').proposal.row,
    'F001',
  )
})

test('declining names the reason and where to go, and counts as an answer', async () => {
  const { id, number, pickupCode } = await w.file('我要申请法院强制执行')
  const declined = await w.act('clerk', id, 'decline', { reason: 'litigation', advice: '请向区人民法院执行局申请。' })
  assert.partialDeepStrictEqual(declined, { stage: 'declined', outcome: 'refused', light: 'done' })
  const { body } = await w.call(null, 'GET', `/api/v1/public/appeals/${number}?code=${pickupCode}`)
  assert.match(body.answer, /请向区人民法院执行局申请/)
})

test('a question the intake office can answer is answered at once, without a unit or a sign-in clock', async () => {
  const { id } = await w.file('请问停水信息在哪里看？')
  const answer = await w.act('clerk', id, 'answerAtOnce', { text: '停水信息见公告栏。', knowledgeId: 'k1' })
  assert.partialDeepStrictEqual(answer, { stage: 'answered', outcome: 'explained', leadUnit: null })
  assert.ok(!(await get(id)).clocks.some((clock: { kind: string }) => clock.kind === 'signIn'))
})

test('a case is assigned only to somebody of the lead unit', async () => {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  const people = (await w.call('dispatcher', 'GET', '/api/v1/people')).body.items
  const person = (name: string) => people.find((candidate: { name: string }) => candidate.name === name).id
  assert.equal((await w.act('head', id, 'assign', { personId: person('水务局长') })).handler.name, '水务局长')
  await assert.rejects(w.act('head', id, 'assign', { personId: person('供热经办') }), /case.assignee_outside/)
})

test('the citizen tracks, rates, and an unsolved matter comes back on the same number', async () => {
  const { number, pickupCode, id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '已处理。', outcome: 'explained' })
  await w.act('head', id, 'approveAnswer')
  const tracked = (await w.call(null, 'GET', `/api/v1/public/appeals/${number}?code=${pickupCode.toLowerCase()}`)).body
  assert.partialDeepStrictEqual(tracked, { stage: 'answered', unit: '区水务局', answer: '已处理。', ratable: true })
  const rated = await w.call(null, 'POST', `/api/v1/public/appeals/${number}/rating?code=${pickupCode}`, {
    grade: 1,
    solved: false,
    text: '还在漏',
  })
  assert.partialDeepStrictEqual(rated.body, { number, stage: 'inHand', round: 2 })
  assert.partialDeepStrictEqual((await get(id)).case.rounds[0], { grade: 1, satisfied: false, solved: false })
})

test('a prominent problem and the smallest type run on the same engine', async () => {
  const problem = (
    await w.call('supervisor', 'POST', '/api/v1/cases', {
      type: 'problem',
      facts: { title: '老旧小区管网', content: '十个小区管网老化', aspect: '民生' },
    })
  ).body
  assert.match(problem.case.number, /^WT/)
  await w.act('dispatcher', problem.case.id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', problem.case.id, 'sign')
  await w.act('handler', problem.case.id, 'draftAnswer', { text: '已完成改造', outcome: 'solved' })
  await w.act('head', problem.case.id, 'approveAnswer')
  assert.equal((await w.act('supervisor', problem.case.id, 'strikeOff')).stage, 'closed')
  const reminder = (
    await w.call('supervisor', 'POST', '/api/v1/cases', {
      type: 'reminder',
      facts: { title: '提示', content: '请关注供热投诉' },
    })
  ).body
  assert.equal((await w.act('leader', reminder.case.id, 'read')).stageLabel, '已阅知')
})
