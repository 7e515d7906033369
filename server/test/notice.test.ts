import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { deliverOutbox, insertOutbox } from '../src/kernel/outbox.ts'
import { postOffice, receiver } from './outside.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let office: Awaited<ReturnType<typeof postOffice>>
let other: Awaited<ReturnType<typeof receiver>>
const { bring, must, at } = storyteller(() => w)
before(async () => {
  office = await postOffice()
  other = await receiver()
  w = await world('2026-03-02T09:30:00+08:00', {
    baseUrl: 'https://banjie.example',
    outlets: {
      ...{ smtpUrl: office.url, mailFrom: '办结 <banjie@district.example>' },
      ...{ smsWebhook: `${other.url}/sms`, allowLoopback: true },
    },
  })
})
after(async () => {
  await w.close()
  await office.close()
  await other.close()
})

const ask = async (statement: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new pg.Client(w.connection)
  await client.connect()
  try {
    return (await client.query(statement, values)).rows
  } finally {
    await client.end()
  }
}
let clock = new Date('2026-03-02T09:30:00+08:00').getTime()
/** Moves on and sends whatever is due. */
const later = (minutes: number) => {
  clock += minutes * 60_000
  return at(new Date(clock).toISOString())
}
const lastMail = (address: string) => {
  const mail = office.to(address).at(-1)
  assert.ok(mail, `no mail to ${address}`)
  return mail
}
const linkIn = (text: string | undefined, pattern: RegExp) => {
  const [link] = pattern.exec(text ?? '') ?? []
  assert.ok(link, `no link in ${text}`)
  return link.replace('https://banjie.example', '')
}
const subscribe = (number: string, code: string, body: object) =>
  w.call(null, 'POST', `/api/v1/public/appeals/${number}/subscriptions?code=${code}`, body)
interface Entry {
  readonly id: string
  readonly number: string
  readonly state: string
  readonly attempts: number
  readonly lastError: string
}
/** The newest row about a number. */
const rowOf = async (number: string, query = ''): Promise<Entry> => {
  const { items } = (await must('admin', 'GET', `/api/v1/outbox${query}`)) as { items: Entry[] }
  const row = items.find((one) => one.number === number)
  assert.ok(row, `nothing about ${number}`)
  return row
}

test('who leaves an e-mail gets the receipt with number, code and day, and later the answer', async () => {
  const { number, pickupCode, id } = await w.file('南塔小区水管漏水', {
    contact: { name: '王某', email: 'Wang@Example.CN' },
  })
  await later(1)
  const receipt = lastMail('wang@example.cn')
  assert.match(receipt.subject ?? '', new RegExp(`\\[${number}\\] 已收到`))
  assert.match(receipt.text ?? '', new RegExp(`取件码：${pickupCode}[\\s\\S]*最迟 3月\\d+日`))
  assert.equal(receipt.headers.get('auto-submitted'), 'auto-generated')

  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '已更换破损水管。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  await later(1)
  const answer = lastMail('wang@example.cn')
  assert.equal(office.to('wang@example.cn').length, 2, 'told of arrival and answer, not of each step')
  assert.match(answer.text ?? '', /答复：\n已更换破损水管。/)
})

test('who proposes something is told that it has arrived, as a proposal, and what became of it', async () => {
  const { id, number } = await w.file('建议在南塔菜市场门口设早市疏导区。', {
    ...{ kind: 'proposal', contact: { email: 'propose@example.cn' } },
  })
  await later(1)
  const receipt = lastMail('propose@example.cn')
  assert.match(receipt.subject ?? '', new RegExp(`\\[${number}\\] 已收到您的建议`))
  assert.match(receipt.text ?? '', /您的建议已收到。[\s\S]*取件码/)
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '谢谢。', outcome: 'notAdopted', reason: '占用消防通道' })
  await w.act('head', id, 'approveAnswer')
  await later(1)
  assert.match(lastMail('propose@example.cn').text ?? '', /答复：\n谢谢。\n采纳情况：不采纳/)
})

test('many cases that are opened at once are welcomed in as many statements as a few', async (t) => {
  const unitId = await w.unit('supervision')
  const drive = await must('supervisor', 'POST', '/api/v1/drives', {
    ...{ title: '集中征集', from: '2026-02-20', to: '2026-03-20', unitId },
  })
  let address = 0
  const opine = (count: number) =>
    must('clerk', 'POST', `/api/v1/drives/${drive['id']}/opinions`, {
      opinions: Array.from({ length: count }, () => ({
        ...{ content: '希望早点供水', kind: 'window', party: { kind: 'person', phone: `137001${10_000 + address++}` } },
      })),
    })
  await opine(1)
  const query = t.mock.method(pg.Client.prototype, 'query')
  await opine(5)
  const few = query.mock.callCount()
  query.mock.resetCalls()
  await opine(100)
  assert.ok(query.mock.callCount() <= few + 4, `${few} for five, ${query.mock.callCount()} for a hundred`)
  query.mock.restore()
  const [{ count } = {}] =
    await ask(`select count(*)::int as count from outbox o join party p on p.id::text = o.payload ->> 'partyId'
    where p.phone like '137001%' and o.payload ->> 'what' = 'received'`)
  assert.equal(count, 106, 'and each of them gets a receipt')
})

test('a phone gets the receipt by the operator’s text interface', async () => {
  await w.file('路灯不亮', { contact: { phone: '13800138011' } })
  await later(1)
  const sms = other.received.filter(({ path, body }) => path === '/sms' && body.to === '13800138011')
  assert.equal(sms.length, 1)
  assert.match(sms[0]?.body.text, /【小河区】您的诉求已收到。编号SQ\d+。 最迟/)
})

test('an e-mail address is told nothing until its owner confirms, and one click ends it', async () => {
  const { number, pickupCode, id } = await w.file('小区门前积水')
  const { status, body } = await subscribe(number, pickupCode, { email: 'li@example.cn' })
  assert.deepEqual([status, body.state], [201, 'unconfirmed'])
  await later(1)
  const confirmation = linkIn(lastMail('li@example.cn').text, /https:\/\/\S+\/follow\/\S+/)
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await later(1)
  assert.equal(office.to('li@example.cn').length, 1, 'nothing before the confirmation')

  const page = await w.call(null, 'GET', confirmation)
  assert.match(page.body, /<button class="button">确认/)
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await later(1)
  assert.equal(office.to('li@example.cn').length, 1, 'to look at the link confirms nothing')
  assert.match((await w.call(null, 'POST', confirmation)).body, /待签收/)
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '已疏通。联系 13911112222', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  await later(1)
  const mail = lastMail('li@example.cn')
  assert.match(mail.subject ?? '', /已答复/)
  assert.ok(!mail.text?.includes('疏通'), 'the answer is the asker’s; others read it behind number and code')

  const one = String(
    (mail.headers.get('list') as { unsubscribe?: { url: string } } | undefined)?.unsubscribe?.url ?? '',
  ).replace('https://banjie.example', '')
  const head = await w.app.http.inject({ method: 'HEAD', url: linkIn(mail.text, /https:\/\/\S+\/leave/) })
  assert.equal(head.statusCode, 404, 'a program that looks at links ends nothing')
  const ended = await w.raw({
    ...{ method: 'POST', url: one, payload: 'List-Unsubscribe=One-Click' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.deepEqual([ended.status, ended.body.state], [200, 'ended'])
  await must(null, 'POST', `/api/v1/public/appeals/${number}/rating?code=${pickupCode}`, { grade: 1, solved: false })
  await later(1)
  assert.equal(office.to('li@example.cn').length, 2, 'no news after leaving')
})

test('the link of another purpose, or one that was tampered with, opens nothing', async () => {
  const { number, pickupCode } = await w.file('井盖松动')
  await subscribe(number, pickupCode, { email: 'zhao@example.cn' })
  await later(1)
  const token =
    linkIn(lastMail('zhao@example.cn').text, /follow\/\S+/)
      .split('/')
      .at(-1) ?? ''
  for (const [url, method] of [
    [`/api/v1/public/subscriptions/${token}`, 'DELETE'],
    [`/api/v1/public/subscriptions/m${token.slice(1)}`, 'DELETE'],
    [`/api/v1/public/subscriptions/${token.slice(0, -1)}${token.endsWith('_') ? '-' : '_'}/confirmation`, 'POST'],
  ] as const)
    assert.equal((await w.call(null, method, url)).body.code, 'subscription.token')
})

test('bad subscriptions are refused with the reason', async () => {
  const { number, pickupCode } = await w.file('树枝折断')
  const refused = async (body: object, code = pickupCode) => (await subscribe(number, code, body)).body.code
  assert.equal(await refused({ email: 'someone' }), 'contact.email_invalid')
  assert.equal(await refused({}), 'subscription.one_address')
  assert.equal(await refused({ email: 'a@example.cn', phone: '13800138000' }), 'subscription.one_address')
  assert.equal(await refused({ email: 'a@example.cn' }, 'AAAAAA'), 'track.wrong_code')
  for (let i = 0; i < 5; i++) {
    const one = await w.file(`噪声扰民 ${i}`)
    await subscribe(one.number, one.pickupCode, { email: 'victim@example.cn' })
  }
  assert.equal(await refused({ email: 'victim@example.cn' }), 'subscription.too_many')
})

test('a webhook may lead to no inner network: not 169.254.169.254, not 10.x, not by another spelling', async () => {
  const { number, pickupCode } = await w.file('公厕停水')
  for (const url of [
    'https://169.254.169.254/latest/meta-data/',
    'https://10.1.2.3/hook',
    'https://192.168.0.1/',
    'https://172.16.5.5/',
    'https://0x0a.1/',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
  ]) {
    const { status, body } = await subscribe(number, pickupCode, { webhookUrl: url })
    assert.deepEqual([status, body.code], [422, 'webhook.private'], url)
  }
  for (const url of ['ftp://example.cn/', 'not a url', 'https://user:password@example.cn/', 'http://8.8.8.8/'])
    assert.equal((await subscribe(number, pickupCode, { webhookUrl: url })).body.code, 'webhook.scheme', url)
})

test('a name that leads inside later is refused when it is sent, and nothing is followed', async () => {
  const { number, pickupCode, id } = await w.file('公厕无人打扫')
  const { body } = await subscribe(number, pickupCode, { webhookUrl: `${other.url}/moved` })
  await ask('update party set webhook_url = $1 where id = (select party_id from subscription where id = $2)', [
    'https://10.0.0.8/hook',
    body.id,
  ])
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await later(1)
  const dead = await rowOf(number, '?state=dead')
  assert.match(dead.lastError, /内部网络/)

  const second = await w.file('公厕灯坏')
  await subscribe(second.number, second.pickupCode, { webhookUrl: `${other.url}/jump` })
  other.state.status = 302
  other.state.headers = { location: `${other.url}/secret` }
  await w.act('clerk', second.id, 'accept', { category: 'pipe' })
  await later(1)
  other.state.status = 200
  other.state.headers = {}
  assert.equal(other.received.filter(({ path }) => path === '/secret').length, 0)
  assert.match((await rowOf(second.number)).lastError, /跳转/)
})

test('a webhook is pushed once, signed, with facts and no person', async () => {
  const { number, pickupCode, id } = await w.file('消防通道被占', { contact: { name: '钱某', phone: '13800138022' } })
  const { body: subscription } = await subscribe(number, pickupCode, {
    webhookUrl: `${other.url}/hook`,
    events: ['accepted'],
  })
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await later(1)
  await later(60)
  const pushes = other.received.filter(({ path }) => path === '/hook')
  assert.equal(pushes.length, 1)
  const [push] = pushes
  assert.deepEqual([push?.body.number, push?.body.event], [number, 'accepted'])
  const timestamp = push?.headers['x-banjie-timestamp']
  const right = createHmac('sha256', subscription.secret).update(`${timestamp}.${push?.text}`).digest('hex')
  assert.equal(push?.headers['x-banjie-signature'], `sha256=${right}`)
  assert.ok(!push?.text.includes('13800138022') && !push?.text.includes('钱某'))
})

test('an outbox row is rolled back with its transaction', async () => {
  const row = { kind: 'webhook' as const, key: 'rolled back', runAt: new Date(clock), payload: {} }
  await assert.rejects(
    w.app.store.tx(w.tenant, async (tx) => {
      await insertOutbox(tx, [row], new Date(clock))
      throw new Error('something else went wrong')
    }),
  )
  assert.deepEqual(await ask("select 1 from outbox where key = 'rolled back'"), [])
})

test('a message is delivered once although two dispatchers run, and the same key is written once', async () => {
  const now = new Date(clock)
  const rows = Array.from({ length: 60 }, (_, i) => ({
    kind: 'webhook' as const,
    key: `twice ${i}`,
    runAt: now,
    payload: {},
  }))
  for (let i = 0; i < 2; i++) await w.app.store.tx(w.tenant, (tx) => insertOutbox(tx, rows, now))
  const sent: string[] = []
  const senders = {
    webhook: async (_: unknown, { key }: { key: string }) => {
      await new Promise((done) => setTimeout(done, 5))
      sent.push(key)
    },
  }
  await Promise.all([1, 2].map(() => deliverOutbox(w.app.store, senders, w.tenant, now)))
  assert.deepEqual(sent.filter((key) => key.startsWith('twice')).sort(), rows.map(({ key }) => key).sort())
})

test('a dead receiver: tried again with doubled pauses, given up, shown with the reason, sent when it is retried', async () => {
  const { number, pickupCode, id } = await w.file('施工围挡破损')
  await subscribe(number, pickupCode, { webhookUrl: `${other.url}/dead`, events: ['accepted'] })
  other.state.status = 503
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  const mine = () => rowOf(number)
  const tries = () => other.received.filter(({ path }) => path === '/dead').length
  await later(0)
  assert.deepEqual([tries(), (await mine()).state, (await mine()).lastError], [1, 'waiting', '接口返回 503'])
  await later(0.5)
  assert.equal(tries(), 1, 'not before the pause is over')
  for (let minutes = 1; minutes <= 512; minutes *= 2) await later(minutes + 0.01)
  const given = await mine()
  assert.deepEqual([tries(), given.attempts, given.state], [10, 10, 'dead'])
  assert.match(
    (await w.raw({ method: 'GET', url: '/metrics' })).body,
    /banjie_outbox\{kind="webhook",state="dead"\} [1-9]/,
  )
  other.state.status = 200
  await later(600)
  assert.equal(tries(), 10, 'what was given up rests')
  assert.equal((await w.call('clerk', 'POST', `/api/v1/outbox/${given.id}/retry`)).body.code, 'forbidden')
  await must('admin', 'POST', `/api/v1/outbox/${given.id}/retry`)
  await later(0)
  assert.deepEqual([tries(), (await mine()).state], [11, 'done'])
  assert.equal((await w.call('admin', 'POST', `/api/v1/outbox/${given.id}/retry`)).body.code, 'outbox.not_dead')
})

test('a mailbox that does not exist is given up at once, without its address in the reason', async () => {
  office.state.refusing = true
  const { number } = await w.file('楼道堆物', { contact: { email: 'gone@example.cn' } })
  await later(1)
  office.state.refusing = false
  const row = await rowOf(number, '?state=dead')
  assert.equal(row.lastError, '收件方拒收（550）')
})

test('1,000 “me too” from one device count once, and the answer says why', async () => {
  const { number, id } = await w.file('十字路口信号灯不亮')
  const url = `/api/v1/public/appeals/${number}/me-too`
  const first = await w.call(null, 'POST', url, {})
  assert.deepEqual([first.body.counted, first.body.count], [true, 1])
  const cookie = String(first.headers['set-cookie'])
  assert.match(cookie, /HttpOnly/)
  const device = { cookie: cookie.split(';')[0] ?? '' }
  let last = first
  for (let i = 1; i < 1000; i++) last = await w.call(null, 'POST', url, {}, device)
  assert.deepEqual([last.status, last.body.counted, last.body.count], [200, false, 1])
  assert.match(last.body.detail, /每台设备只计一次/)
  const forged = await w.call(null, 'POST', url, {}, { cookie: 'device=mine.signature' })
  assert.equal(forged.body.count, 2, 'a made-up device is a new one')
  let thrown = forged
  for (let i = 0; i < 60; i++) thrown = await w.call(null, 'POST', url, {})
  assert.deepEqual([thrown.body.counted, thrown.body.count], [false, 20])
  assert.match(thrown.body.detail, /同一网络地址/)
  const { items } = await must('clerk', 'GET', `/api/v1/me-too?ids=${id}`)
  assert.deepEqual(items, [{ caseId: id, number, count: 20 }])
})

test('me too with an address subscribes, and a follower is never called, counted or shown', async () => {
  const id = await bring('dispatched', { content: '夜间施工扰民' })
  const { number } = (await must('dispatcher', 'GET', `/api/v1/cases/${id}`))['case']
  await must(null, 'POST', `/api/v1/public/appeals/${number}/me-too`, { contact: { phone: '13700137001' } })
  const { case: seen } = await must('clerk', 'GET', `/api/v1/cases/${id}`)
  assert.equal(seen.party, null, 'the asker left nothing, and a follower is not the asker')
  const [{ id: follower } = {}] = await ask('select id from party where phone = $1', ['13700137001'])
  const revealed = await w.call('clerk', 'POST', `/api/v1/parties/${follower}/reveal`, { reason: '核实' })
  assert.equal(revealed.body.code, 'case.not_found')
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '已停工。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  await later(1)
  const sms = other.received.filter(({ body }) => body.to === '13700137001')
  assert.equal(sms.length, 1)
  assert.match(sms[0]?.body.text, /已有答复。编号SQ\d+。 https:\/\/banjie\.example\/follow\/m/)
})

test('a problem shows the sum of what was merged into it; what is confidential or closed takes no voice', async () => {
  const { case: problem } = await must('supervisor', 'POST', '/api/v1/cases', {
    type: 'problem',
    facts: { title: '供水老化', content: '多处漏水' },
  })
  const appeal = await w.file('一号楼漏水')
  const join = (number: string) => w.call(null, 'POST', `/api/v1/public/appeals/${number}/me-too`, {})
  await join(appeal.number)
  await join(appeal.number)
  await w.act('clerk', appeal.id, 'merge', { into: problem.number })
  const { body } = await join(problem.number)
  assert.equal(body.count, 3)
  const { case: larger } = await must('supervisor', 'POST', '/api/v1/cases', {
    ...{ type: 'problem', facts: { title: '管网更新', content: '全区管网' } },
  })
  await w.act('dispatcher', problem.id, 'merge', { into: larger.number })
  assert.equal((await join(larger.number)).body.count, 4, 'and what was merged under it: two of the appeal and its own')
  const { items: targets } = await must('dispatcher', 'GET', '/api/v1/problems-to-merge')
  assert.equal(targets.find(({ id }: Row) => id === larger.id).voices, 1, 'one appeal; a problem is no voice')
  const behind = await must('dispatcher', 'GET', `/api/v1/opinions/count?problem=${larger.number}`)
  assert.equal(behind['raw'], 1, 'and the figure leads to it')
  const secret = await w.file('举报', { confidential: true })
  assert.equal((await join(secret.number)).body.code, 'case.not_found')
  const gone = await w.file('错报')
  await w.act('clerk', gone.id, 'decline', { reason: 'outsideArea', advice: '请向上级反映。' })
  assert.equal((await join(gone.number)).body.code, 'meToo.closed')
})

test('what happens on a problem is told to everybody under it, also when it was merged into a larger one', async () => {
  const { id, number, pickupCode } = await w.file('二号楼漏水')
  assert.equal(
    (await subscribe(number, pickupCode, { phone: '13700137055', events: ['dispatched', 'dateMoved'] })).status,
    201,
  )
  const problemOf = async (title: string) =>
    (await must('supervisor', 'POST', '/api/v1/cases', { type: 'problem', facts: { title, content: title } }))['case']
  const [part, whole] = [await problemOf('一片漏水'), await problemOf('管网老化')]
  await w.act('clerk', id, 'merge', { into: part.number })
  await w.act('dispatcher', part.id, 'merge', { into: whole.number })
  await w.act('dispatcher', whole.id, 'dispatch', { leadUnitId: await w.unit('water') })
  await later(1)
  const told = other.received.filter(({ body }) => body?.to === '13700137055')
  assert.match(told.at(-1)?.body.text ?? '', /已交给承办单位办理/)
  const seen = await must(null, 'GET', `/api/v1/public/appeals/${number}?code=${pickupCode}`)
  assert.equal(seen['unit'], '区水务局')
  assert.ok(
    seen['steps'].some(({ text }: Row) => text === '已交办承办单位：区水务局'),
    JSON.stringify(seen['steps']),
  )
})

test('the portal asks without a script: tell me, confirm, me too', async () => {
  const { number, pickupCode } = await w.file('人行道塌陷')
  const track = await w.call(null, 'GET', `/q/${number}?code=${pickupCode}`)
  assert.match(track.body, /有进展请告诉我/)
  const token = /name="token" value="([^"]+)"/.exec(track.body)?.[1] ?? ''
  const form = (url: string, fields: Record<string, string>) =>
    w.raw({
      ...{ method: 'POST', url, payload: new URLSearchParams(fields).toString() },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const bad = await form(`/q/${number}/follow?code=${pickupCode}`, { token, contact: '138' })
  assert.equal(bad.status, 422)
  assert.match(bad.body, /请填写完整的手机号/)
  const good = await form(`/q/${number}/follow?code=${pickupCode}`, { token, contact: 'sun@example.cn' })
  assert.equal(good.status, 303)
  assert.match((await w.call(null, 'GET', String(good.headers['location']))).body, /确认邮件已发出/)
  const same = await w.call(null, 'GET', `/same/${number}`)
  assert.match(same.body, /0 人次/)
  const joined = await form(`/same/${number}`, { token, contact: '' })
  assert.match(joined.body, /已计入，现有 1 人次/)
})

test('a marker phone and e-mail are found in no table but party', async () => {
  const phone = '13612340987'
  const email = 'marker-7391@example.cn'
  const asked = await w.file(`联系我 ${email} 或 ${phone}`, { contact: { name: '标记人', phone, email } })
  await must(null, 'POST', `/api/v1/public/appeals/${asked.number}/me-too`, {
    contact: { phone: '13612340988', email: 'marker-7392@example.cn' },
  })
  await subscribe(asked.number, asked.pickupCode, { webhookUrl: `${other.url}/marker-7393` })
  await w.act('clerk', asked.id, 'accept', { category: 'pipe' })
  await later(1)
  const tables = await ask(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'party'",
  )
  assert.ok(tables.length > 20)
  for (const { name } of tables as { name: string }[])
    for (const marker of ['1361234098', 'marker-739', '标记人'])
      assert.deepEqual(
        await ask(`select t::text from ${name} t where t::text like $1`, [`%${marker}%`]),
        [],
        `${marker} in ${name}`,
      )
  for (const marker of ['1361234098', 'marker-739'])
    assert.ok(!w.logged.join('\n').includes(marker), 'and not in the log')
})

test('a follower who left is forgotten after a week', async () => {
  const { number, pickupCode } = await w.file('盲道被占')
  const { body } = await subscribe(number, pickupCode, { phone: '13500135001' })
  await ask('update subscription set ended_at = $2 where id = $1', [body.id, new Date(clock).toISOString()])
  assert.equal((await ask('select 1 from party where phone = $1', ['13500135001'])).length, 1)
  await later(8 * 24 * 60)
  assert.deepEqual(await ask('select 1 from party where phone = $1', ['13500135001']), [])
})
