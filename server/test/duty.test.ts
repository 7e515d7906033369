import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
const people = new Map<string, string>()
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  for (const { id, name } of (await must('dispatcher', 'GET', '/api/v1/people'))['items']) people.set(name, id)
})
after(() => w.close())
const { must, at, get } = storyteller(() => w)

const refusal = async (account: string, url: string, body: object): Promise<Row> => {
  const reply = await w.call(account, 'POST', url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const idOf = (name: string) => {
  const id = people.get(name)
  assert.ok(id, name)
  return id
}
const register = (name: string, kind = 'enterprise', more: object = {}) =>
  must('supervisor', 'POST', '/api/v1/liaison-targets', { kind, name, ...more })
const bond = (targetId: string, name: string, from: string, more: object = {}) => ({
  ...{ targetId, personId: idOf(name), from, reason: '领导包保' },
  ...more,
})
const bind = (...args: Parameters<typeof bond>) => must('supervisor', 'POST', '/api/v1/liaisons', bond(...args))
const visit = (targetId: string, on: string, names: string[], more: object = {}) => ({
  ...{ clientId: randomUUID(), targetId, kind: 'onSite', on, officials: names.map(idOf) },
  ...more,
})
const record = (account: string, ...args: Parameters<typeof visit>) =>
  must(account, 'POST', '/api/v1/visits', visit(...args))
const duties = async (account: string, query = '') => must(account, 'GET', `/api/v1/duties${query}`)
const WEEKLY = {
  ...{ code: 'weekly', title: '每周到重点企业走访', debtor: { kind: 'liaison' }, towardKind: 'enterprise' },
  ...{ min: 1, per: 'week', counts: ['onSite'], basis: '包保工作方案', validFrom: '2026-03-02' },
}

let mill: string

test('a target has one main liaison at a time, and nobody overlaps with themselves', async () => {
  mill = (await register('河畔机械公司', 'enterprise', { uscc: '91210104ma0qxy126q' }))['id']
  await bind(mill, '区长', '2026-03-02')
  const taken = await refusal('supervisor', '/api/v1/liaisons', bond(mill, '水务局长', '2026-05-01'))
  assert.equal(taken['code'], 'liaison.main_taken')
  assert.match(taken['detail'], /河畔机械公司在 2026-03-02 至 现在 已有主包保人 区长/)
  const own = bond(mill, '区长', '2026-06-01', { role: 'assisting' })
  assert.equal((await refusal('supervisor', '/api/v1/liaisons', own))['code'], 'liaison.overlaps_itself')
  await bind(mill, '水务局长', '2026-03-02', { role: 'assisting', to: '2026-03-31' })
  assert.equal(
    (await refusal('handler', '/api/v1/liaisons', bond(mill, '街道主任', '2026-03-02')))['code'],
    'forbidden',
  )
  const twice = await refusal('supervisor', '/api/v1/liaison-targets', { kind: 'enterprise', name: '河畔机械公司' })
  assert.equal(twice['code'], 'liaison.target_known')
})

test('two who bind at the same moment: one is told who came first', async () => {
  const { id } = await register('石桥新材料项目', 'project')
  const both = await Promise.all(
    ['区长', '水务局长'].map((name) => w.call('supervisor', 'POST', '/api/v1/liaisons', bond(id, name, '2026-03-02'))),
  )
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409])
  assert.deepEqual(
    both.map(({ body }) => body.code).filter((code) => code !== undefined),
    ['liaison.main_taken'],
  )
})

test('the database itself holds one main liaison, past every check of ours', async () => {
  const { sql } = await import('kysely')
  const insert = (name: string, from: string, to: string | null) =>
    w.app.store.tx(w.tenant, (tx) =>
      tx.run(sql`insert into liaison (tenant_id, id, target_id, person_id, role, line_id, valid_from, valid_to, reason, by_name, created_at)
        values (${w.tenant}, ${randomUUID()}, ${mill}, ${idOf(name)}, 'main', ${randomUUID()}, ${from}, ${to}, '直接写库', '测试', now())`),
    )
  await assert.rejects(insert('街道主任', '2026-03-20', null), /liaison_one_main/)
  await assert.rejects(insert('区长', '2027-01-01', '2027-02-01'), /liaison_one_main|liaison_once/)
})

test('a missed week is a row with its debtors, and the queue of duties turns red', async () => {
  await must('supervisor', 'POST', '/api/v1/cadence-rules', WEEKLY)
  const queueOf = async (account: string) =>
    (await must(account, 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === 'duties')
  assert.partialDeepStrictEqual(await queueOf('leader'), { count: 1, red: 0, to: '/w/duties?of=all' })
  assert.equal(await queueOf('clerk'), undefined, 'whoever owes nothing has no such queue')
  await at('2026-03-09T09:00:00+08:00')
  assert.partialDeepStrictEqual(await queueOf('leader'), { count: 2, red: 1 })
  const { items, counts } = await duties('leader', '?person=me')
  assert.deepEqual(counts, { met: 0, missed: 1, exempt: 0, running: 1 })
  assert.partialDeepStrictEqual(items[0], {
    ...{ state: 'missed', from: '2026-03-02', to: '2026-03-08', done: 0, workdays: 5, cause: null },
    debtors: [{ name: '区长' }, { name: '水务局长' }],
    target: { name: '河畔机械公司' },
  })
  assert.equal((await duties('supervisor', '?state=missed'))['items'].length, 1)
  assert.equal((await w.call('handler2', 'GET', `/api/v1/duties?person=${idOf('区长')}`)).body.code, 'forbidden')
  assert.deepEqual((await duties('handler2'))['items'], [], 'others see only what is theirs')
  assert.equal((await duties('head'))['counts'].missed, 1, 'a head sees their own and their people’s')
})

test('a visit entered late meets the week it was made in, and is marked as late', async () => {
  await record('leader', mill, '2026-03-05', ['区长'])
  const { items } = await duties('leader', '?person=me&state=met')
  assert.equal(items.length, 1)
  assert.partialDeepStrictEqual(items[0], { from: '2026-03-02', done: 1 })
  assert.partialDeepStrictEqual(items[0].proof[0], { on: '2026-03-05', credited: [{ name: '区长' }], late: true })
})

test('a handover on Wednesday: the week is met by either, and the credit stays with who went', async () => {
  await at('2026-03-11T08:30:00+08:00')
  await record('leader', mill, '2026-03-10', ['区长'])
  const [first] = (await must('leader', 'GET', `/api/v1/liaison-targets/${mill}`))['liaisons']
  const url = `/api/v1/liaisons/${first.id}/actions/handOver`
  const same = { personId: idOf('区长'), from: '2026-03-11', reason: '分工调整' }
  assert.equal((await refusal('supervisor', url, same))['code'], 'liaison.same_person')
  const heir = await must('supervisor', 'POST', url, { ...same, personId: idOf('街道主任') })
  assert.partialDeepStrictEqual(heir, { role: 'main', from: '2026-03-11', to: null, visits: 0 })
  const again = await refusal('supervisor', url, { ...same, personId: idOf('街道主任') })
  assert.equal(again['code'], 'liaison.ended')
  const week = (await duties('supervisor', `?target=${mill}&from=2026-03-09`))['items'][0]
  assert.partialDeepStrictEqual(week, { state: 'met', proof: [{ credited: [{ name: '区长' }] }] })
  assert.deepEqual(week.debtors.map((one: Row) => one['name']).sort(), ['区长', '水务局长', '街道主任'].sort())
  const { liaisons } = await must('leader', 'GET', `/api/v1/liaison-targets/${mill}`)
  const visits = Object.fromEntries(liaisons.map((one: Row) => [one['person'].name, one['visits']]))
  assert.deepEqual(visits, { 区长: 2, 水务局长: 0, 街道主任: 0 })
})

test('coverage counts who answers today and shows what nobody answers for', async () => {
  const { id } = await register('南塔社区党支部', 'organisation')
  const coverage = await must('leader', 'GET', '/api/v1/liaison-coverage')
  assert.partialDeepStrictEqual(coverage, {
    targets: { enterprise: 1, project: 1, organisation: 1 },
    covered: { enterprise: 1, project: 1, organisation: 0 },
    contacted: { enterprise: 1, project: 0, organisation: 0 },
    uncovered: [{ id, name: '南塔社区党支部' }],
  })
  const mains = (on: string) => must('leader', 'GET', `/api/v1/liaison-coverage?on=${on}`)
  const of = async (on: string) =>
    (await mains(on))['rows'].filter((row: Row) => row['main'].enterprise > 0).map((row: Row) => row['person'].name)
  assert.deepEqual([await of('2026-03-10'), await of('2026-03-11')], [['区长'], ['街道主任']])
  const gap = await must('leader', 'GET', '/api/v1/liaison-targets?gap=yes')
  assert.deepEqual(
    gap['items'].map((one: Row) => one['name']),
    ['南塔社区党支部'],
  )
})

const campaign = async (tag: string) =>
  must('supervisor', 'POST', '/api/v1/campaigns', {
    ...{ title: tag, tag, ownerUnitId: await w.unit('water'), ownerId: idOf('水务局长') },
    ...{ checkUnitId: await w.unit('supervision'), from: '2026-03-01', to: '2026-12-31' },
    scope: { by: 'kind', kinds: ['enterprise'] },
  })

test('one visit with three tags and two officials is one visit and two person-times', async () => {
  const countsOf = async (query = '') => (await must('supervisor', 'GET', `/api/v1/visits${query}`))['counts']
  for (const tag of ['万人进万企', '包保', '项目']) await campaign(tag)
  const before_ = await countsOf()
  await record('head3', mill, '2026-03-11', ['街道主任', '水务局长'], { tags: ['万人进万企', '包保', '项目', '包保'] })
  const after_ = await countsOf()
  assert.equal(after_.visits - before_.visits, 1)
  assert.equal(after_.personTimes - before_.personTimes, 2)
  assert.equal(after_.targets, 1)
  for (const tag of ['万人进万企', '包保', '项目']) assert.equal((await countsOf(`?tag=${tag}`)).visits, 1)
})

test('however visits are tagged and attended, each is counted once', async () => {
  const { id } = await register('远山食品公司')
  const names = ['区长', '水务局长', '街道主任', '供热主任']
  const shape = fc.record({
    tags: fc.array(fc.constantFrom('服务员', '联络员', '信息员', '万人进万企'), { maxLength: 4 }),
    officials: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
    kind: fc.constantFrom('onSite', 'phone', 'online', 'activity'),
  })
  let visits = 0
  let personTimes = 0
  const byKind: Record<string, number> = { onSite: 0, phone: 0, online: 0, activity: 0 }
  await fc.assert(
    fc.asyncProperty(shape, async ({ tags, officials, kind }) => {
      await record('supervisor', id, '2026-03-11', officials, { tags, kind })
      visits += 1
      personTimes += officials.length
      byKind[kind] = (byKind[kind] ?? 0) + 1
      const { counts } = await must('supervisor', 'GET', `/api/v1/visits?target=${id}`)
      assert.partialDeepStrictEqual(counts, { visits, personTimes, targets: 1, byKind })
    }),
    { numRuns: 15 },
  )
})

test('what is raised on a visit is a case at once, and each visit knows which one it is for it', async () => {
  const problems = [
    { content: '厂门前道路积水，货车进不来。', aspect: '城市建设' },
    { content: '停水没有提前通知。', aspect: '水电气热', category: 'water' },
  ]
  const first = await record('head3', mill, '2026-03-11', ['街道主任'], { problems })
  assert.equal(first['cases'].length, 2)
  const [kase] = first['cases']
  assert.partialDeepStrictEqual(kase, { raised: true, ordinal: 1, closed: false, stageLabel: '待受理' })
  assert.partialDeepStrictEqual((await get(kase.id))['case'], { channel: 'visit', type: 'appeal' })
  await at('2026-03-12T09:00:00+08:00')
  const about = { caseIds: [kase.id], purpose: 'verify' }
  const second = await record('supervisor', mill, '2026-03-12', ['街道主任'], about)
  assert.partialDeepStrictEqual(second['cases'], [{ id: kase.id, raised: false, ordinal: 2 }])
  const { counts } = await must('supervisor', 'GET', `/api/v1/visits?target=${mill}`)
  assert.partialDeepStrictEqual(counts, {
    ...{ problems: 2, solved: 0 },
    byAspect: [
      { aspect: '城市建设', problems: 1 },
      { aspect: '水电气热', problems: 1 },
    ],
  })
})

test('what cannot be opened leaves no visit behind', async () => {
  const before_ = (await must('supervisor', 'GET', '/api/v1/visits'))['counts']
  const lost = visit(mill, '2026-03-12', ['街道主任'], {
    caseIds: [randomUUID()],
    problems: [{ content: '路灯不亮。' }],
  })
  assert.equal((await refusal('supervisor', '/api/v1/visits', lost))['code'], 'case.not_found')
  assert.deepEqual((await must('supervisor', 'GET', '/api/v1/visits'))['counts'], before_)
})

test('a visit sent again after a lost answer is the same visit; its problems are not opened twice', async () => {
  const sent = visit(mill, '2026-03-12', ['街道主任'], { problems: [{ content: '围墙外垃圾没有清运。' }] })
  const replies = await Promise.all([1, 2, 3].map(() => w.call('head3', 'POST', '/api/v1/visits', sent)))
  assert.deepEqual(
    replies.map(({ status }) => status),
    [201, 201, 201],
  )
  assert.equal(new Set(replies.map(({ body }) => body.id)).size, 1)
  assert.equal(new Set(replies.map(({ body }) => body.cases[0].number)).size, 1)
  const other = await refusal('head3', '/api/v1/visits', { ...sent, note: '别的内容' })
  assert.equal(other['code'], 'visit.client_id_taken')
})

test('a visit that has not been made, of people who were not there, or by somebody else, is refused', async () => {
  const future = await refusal('head3', '/api/v1/visits', visit(mill, '2026-03-13', ['街道主任']))
  assert.equal(future['code'], 'visit.in_future')
  assert.match(future['detail'], /2026-03-13 还没有到/)
  const others = await refusal('handler2', '/api/v1/visits', visit(mill, '2026-03-12', ['街道主任']))
  assert.equal(others['code'], 'visit.not_your_own')
  const consent = visit(mill, '2026-03-12', ['街道主任'], { mayQuote: true })
  assert.equal((await refusal('head3', '/api/v1/visits', consent))['code'], 'visit.consent_without_quote')
})

test('their own words are read by others only with their consent, and a phone in them is masked', async () => {
  const words = { quote: '来了三次，事办成了，有事打 13900001234。' }
  const { id } = await record('head3', mill, '2026-03-12', ['街道主任'], words)
  const quoteFor = async (account: string) => (await must(account, 'GET', `/api/v1/visits/${id}`))['quote']
  assert.match(await quoteFor('head3'), /来了三次，事办成了/)
  assert.doesNotMatch(await quoteFor('head3'), /13900001234/)
  assert.equal(await quoteFor('clerk'), null)
  const open = await record('head3', mill, '2026-03-12', ['街道主任'], { ...words, mayQuote: true })
  assert.match((await must('clerk', 'GET', `/api/v1/visits/${open['id']}`))['quote'], /事办成了/)
})

test('whom to call is read by who is bound or oversees, with the reason on record, and becomes the asker of what is raised', async () => {
  const contact = { name: '厂长', phone: '13900005678' }
  const { id } = await register('新河纺织公司', 'enterprise', { contact, divisionCode: '210101' })
  await bind(id, '街道主任', '2026-03-12')
  const url = `/api/v1/liaison-targets/${id}/actions/reveal`
  assert.deepEqual(await must('head3', 'POST', url, { reason: '约走访时间' }), contact)
  assert.equal((await refusal('handler', url, { reason: '看看' }))['code'], 'forbidden')
  assert.doesNotMatch(JSON.stringify(await must('handler', 'GET', `/api/v1/liaison-targets/${id}`)), /13900005678/)
  const { cases } = await record('head3', id, '2026-03-12', ['街道主任'], { problems: [{ content: '供水压力不足。' }] })
  const { case: kase } = await get(cases[0].id)
  const told = await must('clerk', 'POST', `/api/v1/parties/${kase.party.id}/reveal`, { reason: '回访' })
  assert.partialDeepStrictEqual(told, { name: '新河纺织公司', phone: '13900005678' })
  const other = await refusal('supervisor', '/api/v1/liaison-targets', {
    ...{ kind: 'enterprise', name: '某公司', divisionCode: '999999' },
  })
  assert.equal(other['code'], 'liaison.division_unknown')
})

test('a rule has versions: past weeks stay judged by the version of their time', async () => {
  const next = { ...WEEKLY, min: 2, validFrom: '2026-03-18' }
  assert.match((await refusal('supervisor', '/api/v1/cadence-rules', next))['detail'], /最近的是 2026-03-16/)
  const second = await must('supervisor', 'POST', '/api/v1/cadence-rules', { ...next, validFrom: '2026-03-16' })
  assert.equal(second['version'], 2)
  await at('2026-03-18T09:00:00+08:00')
  await record('head3', mill, '2026-03-17', ['街道主任'])
  const weeks = (await duties('supervisor', `?target=${mill}&from=2026-03-02`))['items']
  const stateOf = (from: string) => weeks.find((one: Row) => one['from'] === from)
  assert.partialDeepStrictEqual(stateOf('2026-03-09'), { state: 'met', rule: { version: 1, min: 1 } })
  assert.partialDeepStrictEqual(stateOf('2026-03-16'), { state: 'running', done: 1, rule: { version: 2, min: 2 } })
})

test('what is suspended is exempt by itself, and a unit owes as well as a liaison', async () => {
  const both = { personId: idOf('区长'), targetId: mill, from: '2026-03-23', to: '2026-03-29', reason: '培训' }
  assert.equal((await refusal('supervisor', '/api/v1/cadence-exemptions', both))['code'], 'exemption.what')
  await must('supervisor', 'POST', '/api/v1/cadence-exemptions', { ...both, personId: undefined })
  const unitRule = {
    ...{ ...WEEKLY, code: 'unit', title: '水务局每周到一户企业' },
    debtor: { kind: 'unit', unitId: await w.unit('water') },
    validFrom: '2026-03-23',
  }
  await must('supervisor', 'POST', '/api/v1/cadence-rules', unitRule)
  await at('2026-04-01T09:00:00+08:00')
  const [exempt] = (await duties('supervisor', `?target=${mill}&state=exempt`))['items']
  assert.partialDeepStrictEqual(exempt, { from: '2026-03-23', state: 'exempt', cause: 'suspended' })
  await record('handler', mill, '2026-03-31', ['水务经办'])
  const own = (await duties('handler', '?person=me'))['items'].map((one: Row) => [one['from'], one['state']])
  assert.deepEqual(own, [
    ['2026-03-23', 'missed'],
    ['2026-03-30', 'met'],
  ])
})

test('whoever has left their post covers nothing any more, and owes nothing from then on', async () => {
  const { id } = await register('北桥包装公司')
  await bind(id, '供水副局长', '2026-03-30')
  const isGap = async () =>
    (await must('leader', 'GET', '/api/v1/liaison-coverage'))['uncovered'].some((one: Row) => one['id'] === id)
  assert.equal(await isGap(), false)
  const leaving = {
    fromPersonId: idOf('供水副局长'),
    toPersonId: idOf('水务局长'),
    on: '2026-04-01',
    endPost: true,
    liaisons: false,
  }
  await must('admin', 'POST', '/api/v1/person-handovers', { ...leaving, reason: '退休', dryRun: false })
  assert.equal(await isGap(), true)
  const gaps = (await must('leader', 'GET', '/api/v1/liaison-targets?gap=yes'))['items']
  assert.ok(gaps.some((one: Row) => one['id'] === id))
  const again = await refusal(
    'supervisor',
    '/api/v1/liaisons',
    bond(id, '供水副局长', '2027-01-01', { role: 'assisting' }),
  )
  assert.equal(again['code'], 'liaison.no_post')
})

test('an enterprise on the normal track is owed nothing more', async () => {
  const track = { confirmedBy: '厂长', confirmedOn: '2026-04-01', words: '生产已经正常。', on: '2026-04-01' }
  const { id } = await must('supervisor', 'POST', `/api/v1/liaison-targets/${mill}/normal-tracks`, track)
  await must('leader', 'POST', `/api/v1/normal-tracks/${id}/actions/approve`, {})
  const closed = await must('supervisor', 'GET', `/api/v1/liaison-targets/${mill}`)
  assert.equal(closed['closedOn'], '2026-04-01')
  await at('2026-04-20T09:00:00+08:00')
  const late = visit(mill, '2026-04-19', ['街道主任'])
  assert.equal((await refusal('head3', '/api/v1/visits', late))['code'], 'liaison.target_closed')
  const { items } = await duties('supervisor', `?target=${mill}&from=2026-04-06`)
  assert.deepEqual(items, [])
})

test('advanced is solved, partly solved, or in hand with progress on record; signed for or explained is not', async () => {
  const { id } = await register('推进项目', 'project')
  const problems = Array.from({ length: 5 }, (_, i) => ({ content: `项目用地第${i + 1}个问题，迟迟没有答复。` }))
  const { cases } = await record('supervisor', id, '2026-04-20', ['街道主任'], { problems })
  const [solved, partly, explained, moving, signed] = cases.map((one: Row) => one['id']) as string[]
  const dispatched = async (kase = '') => {
    await w.act('clerk', kase, 'accept', { category: 'pipe' })
    await w.act('dispatcher', kase, 'dispatch', { leadUnitId: await w.unit('water'), assistingUnitIds: [] })
    await w.act('handler', kase, 'sign')
  }
  const answered = async (kase: string | undefined, outcome: string) => {
    await dispatched(kase)
    await w.act('handler', kase ?? '', 'contact', { reached: true, channel: 'phone', note: '已联系' })
    await w.act('handler', kase ?? '', 'draftAnswer', { text: '已会同有关单位办理。', outcome })
    await w.act('head', kase ?? '', 'approveAnswer')
  }
  const close = async (kase = '') => {
    await w.act('caller', kase, 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 })
    await w.act('caller', kase, 'close')
  }
  for (const [kase, outcome] of [
    [solved, 'solved'],
    [explained, 'explained'],
  ] as const) {
    await answered(kase, outcome)
    await close(kase)
  }
  await answered(partly, 'partly')
  for (const kase of [moving, signed]) await dispatched(kase)
  const read = async () => {
    const { counts } = await must('supervisor', 'GET', `/api/v1/visits?target=${id}`)
    const page = await must('supervisor', 'GET', `/api/v1/visit-problems?target=${id}&state=advanced`)
    assert.equal(page['total'], counts.advanced, 'the figure has its rows')
    assert.equal((await must('supervisor', 'GET', `/api/v1/visit-problems?target=${id}`))['total'], counts.problems)
    return [counts.problems, counts.solved, counts.advanced, page['items'].map((one: Row) => one['id']).sort()]
  }
  assert.deepEqual(await read(), [5, 1, 2, [solved, partly].sort()])
  await w.act('handler', moving ?? '', 'reportProgress', { text: '已完成勘测，正在组织审批。' })
  assert.deepEqual(await read(), [5, 1, 3, [solved, partly, moving].sort()])
  const others = await must('handler2', 'GET', `/api/v1/visit-problems?target=${id}`)
  assert.equal(others['total'], 0, 'whoever neither sees the cases nor went sees none of them')
})
