import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { streetOf } from '../src/case/cluster.sql.ts'
import { type CaseState, clusterRuleOf, findCase, findCluster, fold, listEvents } from '../src/case/index.ts'
import { screen } from '../src/case/text/emergency.ts'
import { SAME_DAY, SAME_MINUTE, type Told, tellTimes } from './time-zone.ts'
import { importFile } from './upload.ts'
import { type World, world } from './world.ts'

/** The hard rows of intake: what arrives in a bad moment, without a name, twice, or by the hundred. */
let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const get = async (id: string, account = 'dispatcher') => (await w.call(account, 'GET', `/api/v1/cases/${id}`)).body
const eventsOf = async (id: string, of = w): Promise<string[]> =>
  (await of.call('dispatcher', 'GET', `/api/v1/cases/${id}/events`)).body.items.map(
    (event: { action: string }) => event.action,
  )
const send = (account: string, id: string, action: string, version: number, input = {}) =>
  w.call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version, input })
const queue = async (account: string, id = 'emergency'): Promise<string[]> =>
  (await w.call(account, 'GET', `/api/v1/ledger?queue=${id}&limit=200`)).body.items.map(
    (item: { id: string }) => item.id,
  )
const state = (id: string) => w.app.store.tx(w.tenant, async (tx) => (await findCase(tx, id)) as CaseState)

const TEXTS: readonly (readonly [string, string])[] = [
  ['楼道里有很浓的煤气味，已经两个小时了', 'gas'],
  ['厨房闻到一股刺鼻的煤气', 'gas'],
  ['施工把燃气管挖斷了，正在漏氣', 'gas'],
  ['燃气泄漏报警器一直响，没人管', 'gas'],
  ['是不是燃气泄漏了，请派人看看', 'gas'],
  ['担心天然气泄漏，闻着有味', 'gas'],
  ['去年装的燃气灶现在漏气', 'gas'],
  ['三单元着火了，快来人', 'fire'],
  ['电影院门口的电动车自燃', 'fire'],
  ['宣传栏旁边的配电箱起火冒浓烟', 'fire'],
  ['居委会门口着火', 'fire'],
  ['老人困在电梯里半小时了', 'danger'],
  ['路灯杆漏电，有孩子触电', 'danger'],
  ['主管道爆裂，一楼住户家里水深半米', 'water'],
  ['再不发工资我就跳楼', 'selfHarm'],
  ['我不想活了，昨天的讲座也没用', 'selfHarm'],
  ['有人持刀在小区里追人', 'crime'],
  ['广场上有位老人晕倒，没有呼吸', 'medical'],
  ['路口刚发生车祸，有人昏迷', 'medical traffic'],
  ['一家三口煤气中毒', 'gas medical'],
  ['煤气费怎么交', ''],
  ['燃气缴费系统打不开', ''],
  ['想开通天然气，什么时候能装', ''],
  ['自行车漏气没有地方打', ''],
  ['暖气漏气了请维修', ''],
  ['检修后没有再闻到煤气味，谢谢', ''],
  ['上次燃气泄漏已处理完，感谢', ''],
  ['商场跳楼价甩卖涉嫌虚假广告', ''],
  ['公园想增加一台跳楼机项目', ''],
  ['小店活不下去了，希望减租', ''],
  ['希望社区组织火灾逃生演练', ''],
  ['楼道堆放杂物容易引发火灾', ''],
  ['楼道存在火灾隐患', ''],
  ['建议暑期开展防溺水宣传教育', ''],
  ['楼顶落水管脱落', ''],
  ['路口经常发生交通事故，建议装红绿灯', ''],
  ['咨询漏电保护开关谁来换', ''],
  ['南塔小区三号楼门前水管漏水已经两天，路面结冰。', ''],
  ['去年冬天爆管的路面一直没恢复', ''],
  ['剧本杀人数限制太多', ''],
]

test('K32 the word list finds what is burning and lets the ordinary pass', () => {
  const found = TEXTS.map(([text]) => [
    text,
    screen(text)
      .map(({ kind }) => kind)
      .join(' '),
  ])
  assert.deepEqual(found, TEXTS)
  assert.ok(TEXTS.length >= 30 && TEXTS.filter(([, kinds]) => kinds === '').length >= TEXTS.length / 2 - 0.5)
})

const GAS = '幸福里二号楼楼道有很浓的煤气味，没人管。'

test('K32 whoever reports a gas leak is told at once whom to call; the case is critical and waits in the queue of emergencies', async () => {
  const { status, body: receipt } = await w.call(null, 'POST', '/api/v1/public/appeals', { content: GAS })
  assert.equal(status, 201)
  assert.deepEqual(Object.keys(receipt.emergency[0]).sort(), ['advice', 'call', 'label'])
  assert.partialDeepStrictEqual(receipt.emergency, [{ label: '燃气泄漏', call: '燃气抢修 / 119' }])
  const answer = await get(receipt.number)
  assert.partialDeepStrictEqual(answer.case, {
    ...{ stage: 'received', urgency: 'critical' },
    facts: { emergency: ['gas'], emergencyWords: ['煤气味'] },
  })
  assert.equal(answer.emergency[0].label, '燃气泄漏')
  for (const account of ['clerk', 'dispatcher', 'supervisor', 'leader'])
    assert.ok((await queue(account)).includes(answer.case.id), account)
  assert.deepEqual(await queue('handler'), [])

  const { id } = answer.case
  const tried = await w.act('clerk', id, 'callEmergency', { service: '燃气抢修', reached: false, note: '占线' })
  assert.ok((await queue('clerk')).includes(id), 'an unanswered call is logged and the case still waits')
  assert.equal(tried.stage, 'received')
  await w.act('leader', id, 'callEmergency', { service: '119', reached: true, note: '消防已出警' })
  assert.ok(!(await queue('clerk')).includes(id))
  assert.deepEqual(await eventsOf(id), ['open', 'callEmergency', 'callEmergency'])

  const accepted = await w.act('clerk', id, 'accept', { category: 'water', urgency: 'urgent' })
  assert.equal(accepted.urgency, 'urgent', 'a person may lower it')
  assert.equal(accepted.stage, 'accepted', 'it is still a case for follow-up')
  const row = await state(id)
  const falseAlarm = await w.file('隔壁炒菜，楼道总有燃气味')
  await w.act('clerk', falseAlarm.id, 'accept', { category: 'water' })
  assert.ok((await queue('clerk')).includes(falseAlarm.id), 'accepting alone calls nobody')
  const judged = await w.file('隔壁炒菜，楼道总有燃气味')
  await w.act('clerk', judged.id, 'accept', { category: 'water', urgency: 'normal' })
  assert.ok(!(await queue('clerk')).includes(judged.id), 'who lowers the urgency has looked')
  const folded = fold(await w.app.store.tx(w.tenant, (tx) => listEvents(tx, row.id, 0, 99)))
  assert.deepEqual([folded.urgency, folded.facts], [row.urgency, row.facts])
})

test('K32 the portal says it on top of the receipt, in a box of its own, and an ordinary receipt has none', async () => {
  const token = async () =>
    /name="token" value="([^"]+)"/.exec(String((await w.raw({ method: 'GET', url: '/r' })).body))?.[1] ?? ''
  const file = async (content: string) =>
    String(
      (
        await w.raw({
          ...{ method: 'POST', url: '/r' },
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams({ token: await token(), content }).toString(),
        })
      ).body,
    )
  const page = await file('五楼有人要跳楼')
  assert.match(page, /class="alarm" role="alert"><h2>轻生、自伤：请马上联系 <a href="tel:110">110<\/a>/)
  assert.ok(page.indexOf('class="alarm"') < page.indexOf('取件码'))
  assert.doesNotMatch(await file('煤气费怎么交'), /class="alarm"/)
})

test('K32 the desk is told too; an old table is history and raises no alarm; a unit does not make the call', async () => {
  const opened = await w.call('clerk', 'POST', '/api/v1/cases', {
    ...{ type: 'appeal', channel: 'hotline', facts: { content: '来电人称老伴突然昏迷', urgency: 'normal' } },
  })
  assert.equal(opened.body.emergency[0].call, '120')
  assert.equal(opened.body.case.urgency, 'critical')
  const ordinary = await w.call('clerk', 'POST', '/api/v1/cases', { type: 'appeal', facts: { content: '路灯不亮' } })
  assert.equal('emergency' in ordinary.body, false)
  const call = opened.body.actions.find((action: { name: string }) => action.name === 'callEmergency')
  assert.deepEqual(call.proposal, { service: '120' })
  const { id, version } = opened.body.case
  assert.equal((await send('caller', id, 'callEmergency', version, { service: '120', reached: true })).status, 403)

  const csv = `编号,时间,内容\nE-1,2026-02-01,楼道有煤气味\nE-2,2026-03-02 09:00,楼道有煤气味\n`
  const batch = await importFile(w, { name: '台账.csv', data: csv })
  const { items } = (await w.call('clerk', 'GET', `/api/v1/ledger?batch=${batch.id}&sort=received`)).body
  assert.deepEqual(
    items.map((item: { urgency: string }) => item.urgency),
    ['normal', 'critical'],
  )
})

const clusterOf = (number: string, rule?: { hours: number; reporters: number }) =>
  w.app.store.tx(w.tenant, async (tx) => {
    const kase = (await findCase(tx, number)) as CaseState
    return findCluster(tx, kase, rule ?? clusterRuleOf(await w.app.engine.rules.of(tx, kase.ruleSet)))
  })
const phone = (i: number) => `139${String(10_000_000 + i)}`

test('K33 ten people on one matter in one street within a day are a cluster; the same person twice is one reporter', async () => {
  const report = (i: number, content = `迎宾路${i}号停水`, more = {}) =>
    w.file(content, { contact: { phone: phone(i) }, location: { address: `迎宾路 ${i} 号` }, ...more })
  for (let i = 1; i <= 9; i++) await report(i)
  const again = await report(9)
  assert.equal(await clusterOf(again.number), undefined, 'nine people, ten reports')
  await report(10, '迎宾路路灯不亮')
  await report(11, '青年大街停水', { location: { address: '青年大街 1 号' } })
  assert.equal(await clusterOf(again.number), undefined, 'another matter and another street do not count')
  const tenth = await report(12)
  const cluster = await clusterOf(tenth.number)
  assert.partialDeepStrictEqual(cluster, { reporters: 10, topic: { id: 'water', label: '供水' }, division: null })
  assert.equal(cluster?.cases.length, 11)
  assert.ok(cluster?.cases.some(({ number }) => number === again.number))

  await w.act('clerk', tenth.id, 'accept', { category: 'water' })
  assert.equal((await clusterOf(tenth.number))?.reporters, 10, 'accepted and waiting cases count together')
})

test('K33 the division joins them, or 500 metres; yesterday does not', async () => {
  const open = async (facts: object) =>
    (await w.call('clerk', 'POST', '/api/v1/cases', { type: 'appeal', facts: { content: '暖气不热', ...facts } })).body
      .case.number as string
  const two = { hours: 24, reporters: 2 }
  const first = await open({ divisionCode: '210101' })
  assert.equal(await clusterOf(first, two), undefined)
  assert.partialDeepStrictEqual(await clusterOf(await open({ divisionCode: '210101' }), two), {
    ...{ reporters: 2, division: '210101' },
  })
  const at = (lng: number) => open({ location: { lng, lat: 41.8 } })
  await at(123.4)
  assert.equal(await clusterOf(await at(123.4072), two), undefined, '600 m')
  assert.equal((await clusterOf(await at(123.4048), two))?.reporters, 3, '400 m from the one, 200 m from the other')
  w.setNow('2026-03-03T09:31:00+08:00')
  assert.equal(await clusterOf(await open({ divisionCode: '210101' }), two), undefined)
})

test('K33 the leader gets one notice for a cluster, and no second one while it waits for a reply', async () => {
  const report = (i: number) =>
    w.file(`中山北路${i}号暖气冰凉`, { contact: { phone: phone(100 + i) }, location: { address: `中山北路 ${i} 号` } })
  const notices = async () =>
    (await w.call('leader', 'GET', '/api/v1/ledger?type=notice')).body.items.filter((item: { title: string }) =>
      item.title.startsWith('群体诉求警报'),
    )
  await w.app.jobs.runAll()
  const before = (await notices()).length
  for (let i = 1; i <= 9; i++) await report(i)
  await w.app.jobs.runAll()
  assert.equal((await notices()).length, before, 'nine are not ten')
  await report(10)
  await w.app.jobs.runAll()
  await report(11)
  await w.app.jobs.runAll()
  const [notice, ...others] = (await notices()).slice(0, (await notices()).length - before)
  assert.deepEqual([others.length, notice.handler.name, notice.stage], [0, '区长', 'issued'])
  const { case: told } = await get(notice.id, 'leader')
  assert.match(told.content, /24 小时内有 10 人反映中山北路 10 号一带的“供热”，共 10 件/)
  await w.act('leader', notice.id, 'reply', { text: '已请供热办主任接谈，逐件答复。' })
  await report(12)
  await w.app.jobs.runAll()
  assert.equal((await notices()).length, before + 2, 'after the reply it is a new alarm')
})

test('K33 the street is read out of an address or a text, and a road in general is none', () => {
  const table = [
    ['迎宾路 12 号门前', '迎宾路'],
    ['我住在南塔小区三号楼', '南塔小区'],
    ['南塔街道解放大街5号', '解放大街'],
    ['这条马路不平', undefined],
    ['', undefined],
  ] as const
  for (const [text, street] of table) assert.equal(streetOf(text), street, text)
})

test('K11 a child speaks for a parent: both are recorded, masked in the case, revealed with an audit row, and nowhere else', async () => {
  const proxy = { name: '赵小明', phone: '13811112222', relation: '子女' }
  const { number } = await w.file('我母亲家停水，我是赵小明，电话13811112222', {
    ...{ contact: { name: '钱桂兰', phone: '13733334444' }, proxy },
  })
  const { case: kase } = await get(number)
  assert.partialDeepStrictEqual(kase.party, {
    masked: { name: '钱**', phone: '137****4444' },
    proxy: { name: '赵**', phone: '138****2222', relation: '子女' },
  })
  assert.doesNotMatch(JSON.stringify(kase), /赵小明|13811112222/)
  const revealed = await w.call('clerk', 'POST', `/api/v1/parties/${kase.party.id}/reveal`, { reason: '核实地址' })
  assert.partialDeepStrictEqual(revealed.body, { name: '钱桂兰', phone: '13733334444', proxy })
  const opened = await w.call('clerk', 'POST', '/api/v1/cases', {
    ...{ type: 'appeal', facts: { content: '低保怎么办理' } },
    party: { name: '孙大爷', proxy: { name: '社区小李', relation: '社区工作者' } },
  })
  assert.deepEqual(opened.body.case.party.proxy, { name: '社**', phone: null, relation: '社区工作者' })
  const bare = await w.call(null, 'POST', '/api/v1/public/appeals', { content: '停水', proxy: { name: '某' } })
  assert.equal(bare.status, 422, 'a proxy says who they are to the person')
})

test('K11 an anonymous case is answered by code: no call-back, closed at once, on time and never in satisfaction', async () => {
  const own = await world()
  try {
    const { id, number, pickupCode } = await own.file('楼下漏水', { anonymous: true })
    await own.act('clerk', id, 'accept', { category: 'pipe' })
    await own.act('dispatcher', id, 'dispatch', { leadUnitId: await own.unit('water') })
    await own.act('handler', id, 'sign')
    await own.act('handler', id, 'draftAnswer', { text: '已修复。', outcome: 'solved' })
    const answered = await own.act('head', id, 'approveAnswer')
    assert.partialDeepStrictEqual(answered, { stage: 'calledBack', satisfied: null })
    assert.notEqual(answered.answeredAt, null)
    const { clocks, case: kase } = (await own.call('caller', 'GET', `/api/v1/cases/${id}`)).body
    const running = clocks.filter((clock: { endedAt: string | null }) => clock.endedAt === null)
    assert.deepEqual(
      running.map((clock: { kind: string; dueAt: string }) => [clock.kind, clock.dueAt]),
      [['close', kase.dueAt]],
    )
    const refused = await own.call('caller', 'POST', `/api/v1/cases/${id}/actions/callBack`, {
      ...{ version: kase.version, input: { reached: true, satisfied: true } },
    })
    assert.deepEqual([refused.status, refused.body.code], [409, 'case.anonymous_no_call_back'])
    assert.match(refused.body.detail, /取件码.*办结/)
    const tracked = await own.call(null, 'GET', `/api/v1/public/appeals/${number}?code=${pickupCode}`)
    assert.equal(tracked.body.answer, '已修复。')

    const rated = `/api/v1/public/appeals/${number}/rating?code=${pickupCode}`
    assert.equal((await own.call(null, 'POST', rated, { grade: 5, solved: true })).status, 200)
    assert.equal((await own.act('caller', id, 'close')).stage, 'closed')
    const { numbers } = (await own.call(null, 'GET', '/api/v1/public/district')).body
    assert.deepEqual([numbers.onTime, numbers.satisfied], [100, null])

    const atOnce = await own.file('几点上班', { anonymous: true })
    assert.equal((await own.act('clerk', atOnce.id, 'answerAtOnce', { text: '九点。' })).stage, 'calledBack')
    const withPhone = await own.file('几点上班', { anonymous: true, contact: { phone: '13900008888' } })
    assert.equal((await own.act('clerk', withPhone.id, 'answerAtOnce', { text: '九点。' })).stage, 'answered')
    await own.act('caller', withPhone.id, 'callBack', { reached: true, satisfied: true })
    assert.equal((await own.call(null, 'GET', '/api/v1/public/district')).body.numbers.satisfied, 100)
  } finally {
    await own.close()
  }
})

test('K29 records of perhaps one person are shown with their reasons, linked by a person and never merged', async () => {
  const file = (name: string, number: string, more = {}) =>
    w.file('楼道灯不亮', { contact: { name, phone: number }, ...more })
  const place = { location: { address: '青山小区 8 号楼' } }
  const base = await file('周雅', '13500000001', place)
  const same = await file('周雅', '13500000001')
  const shared = await file('吴刚', '13500000001')
  const neighbour = await file('周雅', '13500000002', place)
  await file('周雅', '13500000003')
  await file('周雅', '13500000001', { anonymous: true })
  const secret = await file('周雅', '13500000001', { confidential: true })
  const alike = async (account: string, id = base.id) =>
    (await w.call(account, 'GET', `/api/v1/cases/${id}/same-person`)).body.items
  const told = (items: { number: string; confidence: number; reasons: string[]; state: string }[]) =>
    items
      .map(({ number, confidence, reasons, state: word }) => [number, confidence, reasons.join(), word].join(' '))
      .sort()
  const seen = [
    `${same.number} 0.9 同号码,同姓名 proposed`,
    `${shared.number} 0.4 同号码,一个号码多人使用 proposed`,
    `${neighbour.number} 0.2 同姓名,同地址 proposed`,
  ]
  assert.deepEqual(told(await alike('auditor')), [...seen].sort(), 'what was said in confidence stays so')
  const items = await alike('clerk')
  assert.deepEqual(told(items), [...seen, `${secret.number} 0.9 同号码,同姓名 proposed`].sort())
  assert.doesNotMatch(JSON.stringify(items), /周雅|13500000001/)
  assert.equal((await w.call('handler', 'GET', `/api/v1/cases/${base.id}/same-person`)).status, 404)

  const partyOf = async (id: string) => (await get(id)).case.party.id
  const link = async (account: string, other: string, is: boolean) =>
    w.call(account, 'POST', `/api/v1/parties/${await partyOf(base.id)}/links`, {
      ...{ otherId: await partyOf(other), same: is },
    })
  assert.equal((await link('auditor', same.id, true)).status, 403)
  assert.partialDeepStrictEqual((await link('clerk', same.id, true)).body, { state: 'confirmed', confidence: 0.9 })
  assert.equal((await link('caller', shared.id, false)).body.state, 'rejected')
  assert.equal((await link('clerk', base.id, true)).body.code, 'party.link_self')
  const after = await alike('clerk')
  assert.ok(told(after).includes(`${same.number} 0.9 同号码,同姓名,人工核对 confirmed`))
  assert.ok(told(after).includes(`${shared.number} 0.4 同号码,一个号码多人使用,人工核对 rejected`))
  assert.ok(
    told(await alike('clerk', same.id)).some((line) => line.startsWith(base.number) && line.endsWith('confirmed')),
    'a link is seen from both sides',
  )
  assert.notEqual((await get(base.id)).case.party.id, (await get(same.id)).case.party.id)
  assert.deepEqual(await eventsOf(same.id), ['open'], 'nothing happened to the case')
})

const run = promisify(execFile)
const elsewhere = async (TZ: string): Promise<Told> => {
  const script = join(import.meta.dirname, 'time-zone.ts')
  const { stdout } = await run(process.execPath, [script], { env: { ...process.env, TZ } })
  const { zone, told } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  assert.equal(String(zone).replace('Katmandu', 'Kathmandu'), TZ)
  return told
}

test('K24 late on Friday and on Saturday are owed the same days; a date is the same day however a workbook writes it, wherever the server stands', async () => {
  const here = await tellTimes()
  assert.deepEqual(here.saturday, here.friday)
  assert.deepEqual(here.friday, ['2026-03-16T09:30:00.000Z', '2026-03-13T09:30:00.000Z'])
  assert.equal(here.promisedOn, '2026-03-31')
  assert.deepEqual(here.imported, [
    ...SAME_DAY.map(() => '2026-02-04T16:00:00.000Z'),
    ...SAME_MINUTE.map(() => '2026-02-05T15:50:00.000Z'),
  ])
  assert.partialDeepStrictEqual(here.due, [
    { dueAt: '2026-03-13T09:30:00.000Z' },
    { dueAt: '2026-03-13T09:30:00.000Z' },
  ])
  for (const zone of ['America/New_York', 'Asia/Kathmandu']) assert.deepEqual(await elsewhere(zone), here, zone)
})

test('K27 a form sent again after a time-out, and at the same moment, is one case with one number and one code', async () => {
  const count = async () => (await w.call('dispatcher', 'GET', '/api/v1/ledger?limit=1')).body.total.value
  const before = await count()
  const key = { 'idempotency-key': randomUUID() }
  const body = { content: '田间道路塌了半边，信号不好，重复提交', contact: { phone: '13600001111' } }
  const submit = () => w.call(null, 'POST', '/api/v1/public/appeals', body, key)
  const replies = [...(await Promise.all([submit(), submit(), submit()])), await submit()]
  assert.deepEqual(
    replies.map(({ status }) => status),
    [201, 201, 201, 201],
  )
  assert.equal(new Set(replies.map((reply) => `${reply.body.number} ${reply.body.pickupCode}`)).size, 1)
  assert.equal(replies.filter(({ headers }) => headers['idempotent-replayed'] === 'true').length, 3)
  assert.equal(await count(), before + 1)
  assert.deepEqual(await eventsOf(replies[0]?.body.number), ['open'])
})

test('K28 two dispatchers cannot dispatch the same case; signing twice is one signature', async () => {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  const units = [await w.unit('water'), await w.unit('heating')]
  await Promise.all([w.cookie('dispatcher'), w.cookie('dispatcher2')])
  const { version } = (await get(id)).case
  const both = await Promise.all([
    send('dispatcher', id, 'dispatch', version, { leadUnitId: units[0] }),
    send('dispatcher2', id, 'dispatch', version, { leadUnitId: units[0], assistingUnitIds: [units[1]] }),
  ])
  assert.deepEqual(both.map((reply) => reply.status).sort(), [200, 409])

  const seen = (await get(id)).case.version
  await Promise.all([w.cookie('handler'), w.cookie('head')])
  const taps = await Promise.all([send('handler', id, 'sign', seen), send('handler', id, 'sign', seen)])
  taps.push(await send('handler', id, 'sign', seen))
  assert.deepEqual(
    taps.map(({ status, body }) => [status, body.case?.version, body.case?.stage]),
    taps.map(() => [200, seen + 1, 'inHand']),
  )
  assert.equal((await eventsOf(id)).filter((action) => action === 'sign').length, 1)
  const other = await send('head', id, 'sign', seen)
  assert.deepEqual([other.status, other.body.code], [409, 'case.version_stale'], 'another person has not signed')
  await w.act('handler', id, 'draftAnswer', { text: '已修复', outcome: 'solved' })
  assert.equal((await send('handler', id, 'sign', seen)).status, 409, 'later the state has moved on')
})
