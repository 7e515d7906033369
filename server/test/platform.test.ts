import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { platformVisitors } from './firm.ts'
import { postOffice } from './outside.ts'
import { storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let office: Awaited<ReturnType<typeof postOffice>>
const { must, events } = storyteller(() => w)
before(async () => {
  office = await postOffice()
  w = await world('2026-03-02T09:30:00+08:00', {
    outlets: {
      ...{ smtpUrl: office.url, mailFrom: '办结 <banjie@district.example>' },
      ...{ smsWebhook: undefined, allowLoopback: true },
    },
  })
})
after(async () => {
  await w.close()
  await office.close()
})

const { firm, get, post, codeTo, enter, signIn, later } = platformVisitors(
  () => w,
  () => office,
  '2026-03-02T09:30:00+08:00',
)
/** @returns the number */
async function demand(cookie: string, content: string): Promise<string> {
  const reply = await post('/e/demands', { content }, cookie)
  assert.equal(reply.status, 303, String(reply.body).slice(0, 2000))
  return /\/e\/demands\/(\w+)/.exec(String(reply.headers['location']))?.[1] ?? ''
}

test('whoever is invited gets six digits by mail, comes in once with them and goes out again', async () => {
  const one = await firm()
  assert.equal((await get('/e/')).status, 303, 'without a session there is only the door')
  const code = await codeTo(one)
  assert.match(code, /^\d{6}$/)
  const cookie = await signIn(one)
  const home = await get('/e/', cookie)
  assert.match(home.body, /河畔第1公司/)
  assert.equal((await enter(one, code)).status, 403, 'a code that was replaced counts no more')
  assert.equal((await post('/e/sign-out', {}, cookie)).status, 303)
  assert.equal((await get('/e/', cookie)).headers['location'], '/e/sign-in')
})

test('who is not invited reads the same page, and no mail leaves', async () => {
  const one = await firm()
  const stranger = { uscc: one.uscc, address: 'stranger@example.cn' }
  const known = await post('/e/sign-in', { uscc: one.uscc, address: one.address })
  const unknown = await post('/e/sign-in', stranger)
  const bare = (body: string) => body.replaceAll(/name="token" value="[^"]+"|[a-z0-9]+@example\.cn/g, '')
  assert.equal(bare(unknown.body), bare(known.body))
  await later(1)
  assert.equal(office.to('stranger@example.cn').length, 0)
  assert.equal(office.to(one.address).length, 1)
})

test('a code lasts ten minutes, bears five wrong guesses and opens no other enterprise', async () => {
  const [one, other] = [await firm(), await firm()]
  const old = await codeTo(one)
  await later(11)
  assert.equal((await enter(one, old)).status, 403)
  const code = await codeTo(one)
  assert.equal((await enter({ ...one, uscc: other.uscc }, code)).status, 403)
  const wrong = code === '000000' ? '111111' : '000000'
  for (let guess = 0; guess < 5; guess++) assert.equal((await enter(one, wrong)).status, 403)
  assert.equal((await enter(one, code)).status, 403, 'after five wrong ones the right one is none')
})

test('who is revoked is out at once and gets no new code', async () => {
  const one = await firm()
  const cookie = await signIn(one)
  await must('supervisor', 'POST', `/api/v1/platform-people/${one.person}/revoke`, { reason: '离职' })
  assert.equal((await get('/e/', cookie)).headers['location'], '/e/sign-in')
  const before = office.to(one.address).length
  await codeTo(one)
  assert.equal(office.to(one.address).length, before)
})

test('a demand becomes a case of the enterprise, is answered there and rated there', async () => {
  const one = await firm()
  const cookie = await signIn(one)
  assert.equal((await post('/e/demands', { content: ' ' }, cookie)).status, 422)
  const number = await demand(cookie, '厂区门前道路破损，货车进不来。')
  const { case: kase } = await must('dispatcher', 'GET', `/api/v1/cases/${number}`)
  assert.equal(kase['channel'], 'platform')
  const { items } = await must('supervisor', 'GET', `/api/v1/enterprises/${one.id}/cases`)
  assert.deepEqual(
    items.map((row: { number: string; way: string }) => [row.number, row.way]),
    [[number, 'demand']],
  )
  await w.act('clerk', kase['id'], 'accept', { category: 'pipe' })
  await w.act('dispatcher', kase['id'], 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', kase['id'], 'sign')
  await w.act('handler', kase['id'], 'note', { text: '内部情况不外传' })
  assert.equal((await post(`/e/demands/${number}/messages`, { text: '本周有两批货要出。' }, cookie)).status, 303)
  await w.act('handler', kase['id'], 'draftAnswer', { text: '道路已修复。', outcome: 'solved' })
  await w.act('head', kase['id'], 'approveAnswer')
  const page = await get(`/e/demands/${number}`, cookie)
  assert.match(page.body, /道路已修复。/)
  assert.doesNotMatch(page.body, /内部情况不外传/)
  assert.equal((await post(`/e/demands/${number}/rating`, { grade: '5', solved: 'yes' }, cookie)).status, 303)
  assert.equal((await events(kase['id'])).at(-1)?.['action'], 'rate')
})

test('on no page does one enterprise see or touch what is another’s', async () => {
  const [one, other] = [await firm(), await firm()]
  const [mine, theirs] = [await signIn(one), await signIn(other)]
  const number = await demand(theirs, '秘密的扩产计划需要用地。')
  for (const url of ['/e/', '/e/demands/new', `/e/demands/${number}`]) {
    const { status, body } = await get(url, mine)
    assert.equal(status, url.endsWith(number) ? 404 : 200, url)
    assert.doesNotMatch(body, /秘密的扩产计划/)
  }
  const fields = { text: '冒名补充', grade: '1', solved: 'no' }
  for (const act of ['messages', 'rating'])
    assert.equal((await post(`/e/demands/${number}/${act}`, fields, mine)).status, 404, act)
  // Whatever the form says of another firm, the demand is that of whoever is signed in.
  const reply = await post('/e/demands', { content: '冒名诉求', enterpriseId: other.id, uscc: other.uscc }, mine)
  assert.equal(reply.status, 303)
  assert.doesNotMatch((await get('/e/', theirs)).body, /冒名/)
  assert.match((await get('/e/', mine)).body, /冒名诉求/)
})

test('what anybody files under an enterprise’s code in public is not shown to the enterprise', async () => {
  const one = await firm()
  await w.file('举报这家企业夜间施工扰民。', { party: { kind: 'enterprise', name: '某公司', uscc: one.uscc } })
  assert.doesNotMatch((await get('/e/', await signIn(one))).body, /夜间施工/)
})

test('an enterprise sets do-not-disturb itself; days in the wrong order are refused', async () => {
  const one = await firm()
  const cookie = await signIn(one)
  assert.equal((await post('/e/quiet', { from: '2026-03-20', to: '2026-03-10' }, cookie)).status, 422)
  assert.equal((await post('/e/quiet', { from: '2026-03-10', to: '2026-03-20' }, cookie)).status, 303)
  assert.match((await get('/e/', cookie)).body, /免打扰：3月10日/)
})

test('only keepers and the liaison officer invite; an address is invited once; an enterprise needs its code', async () => {
  const one = await firm()
  const url = `/api/v1/enterprises/${one.id}/platform-people`
  const invite = async (account: string, body: object, to = url) => (await w.call(account, 'POST', to, body)).body.code
  assert.equal(await invite('handler', { name: '甲', email: 'a@example.cn' }), 'forbidden')
  assert.equal(await invite('supervisor', { name: '甲', email: one.address }), 'platform.address_known')
  assert.equal(await invite('supervisor', { name: '甲' }), 'platform.one_address')
  const unsent = 'a code that no house can send would be a door without a handle'
  assert.equal(await invite('supervisor', { name: '甲', phone: '13800138000' }), 'platform.no_sender', unsent)
  const bare = await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name: '无码公司' })
  const to = `/api/v1/enterprises/${bare['id']}/platform-people`
  assert.equal(await invite('supervisor', { name: '甲', email: 'b@example.cn' }, to), 'platform.no_uscc')
})
