import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The register of enterprises and the one page of each. */
let w: World
before(async () => {
  w = await world('2026-03-04T09:30:00+08:00', {
    // Nobody listens there: an invitation needs only that messages could leave.
    outlets: { smtpUrl: undefined, mailFrom: undefined, smsWebhook: 'http://127.0.0.1:9', allowLoopback: true },
  })
})
after(() => w.close())
const { must } = storyteller(() => w)
const register = (body: object, account = 'supervisor') => w.call(account, 'POST', '/api/v1/enterprises', body)
const made = async (body: object): Promise<Row> => must('supervisor', 'POST', '/api/v1/enterprises', body)
const personOf = async (name: string): Promise<string> =>
  (await must('supervisor', 'GET', '/api/v1/people'))['items'].find((one: Row) => one['name'] === name).id

test('a code whose check fails is stored only by somebody who has seen the licence', async () => {
  const early = { name: '早年公司', uscc: '91350211M0000XUF46' }
  const refused = await register(early)
  assert.equal(refused.status, 409)
  assert.equal(refused.body.code, 'uscc.check_fails')
  assert.match(refused.body.detail, /最后一位按规则应为/)
  const confirmed = { ...early, usccConfirmed: { note: '已核对营业执照原件' } }
  assert.equal((await register(confirmed, 'handler')).status, 403)
  const stored = await made(confirmed)
  assert.deepEqual(stored['usccConfirmed'], { by: '督查员', note: '已核对营业执照原件' })
  assert.equal(stored['usccFlaw'], true)
  // Who edits something else is not asked again; another doubtful code is.
  const again = { ...early, industry: '制造', basedOn: stored['updatedAt'] }
  const kept = await must('supervisor', 'PUT', `/api/v1/enterprises/${stored['id']}`, again)
  assert.deepEqual(kept['usccConfirmed'], { by: '督查员', note: '已核对营业执照原件' })
  const other = { ...again, uscc: '91350211M0000XUF47', basedOn: kept['updatedAt'] }
  assert.equal((await w.call('supervisor', 'PUT', `/api/v1/enterprises/${stored['id']}`, other)).status, 409)
})

test('what is no code is refused at the door, and one code stands for one enterprise', async () => {
  for (const uscc of ['91350100M000100Y4Z', '9135'])
    assert.equal((await register({ name: '错码公司', uscc })).status, 422)
  const first = await made({ name: '一码公司', uscc: '９１２１０１０４ma0qxy126q' })
  assert.equal(first['uscc'], '91210104MA0QXY126Q')
  const second = await register({ name: '二码公司', uscc: '91210104-MA0QXY126Q' })
  assert.equal(second.body.code, 'uscc.taken')
  assert.match(second.body.detail, /一码公司/)
  assert.equal((await register({ name: '一码公司' })).body.code, 'liaison.target_known')
  const targets = await must('supervisor', 'GET', '/api/v1/liaison-targets?kind=enterprise&q=二码')
  assert.equal(targets['items'].length, 0)
})

test('the sheet is edited as it was read; a stale one is sent back and nothing is half stored', async () => {
  const firm = await made({
    ...{ name: '年度公司', chain: '装备', partyOrganisation: 'joint', partyMembers: 4 },
    years: [{ year: 2025, size: 'small', aboveScale: false, source: '统计局' }],
    titles: [{ title: '高新技术企业', from: '2024-01-01', to: null, source: '科技局' }],
  })
  const url = `/api/v1/enterprises/${firm['id']}`
  const years = [{ year: 2026, size: 'medium', aboveScale: true, source: '统计局' }, ...firm['years']]
  const body = { name: '年度公司', chain: '装备', years, basedOn: firm['updatedAt'] }
  w.setNow('2026-03-04T09:31:00+08:00')
  const edited = await must('supervisor', 'PUT', url, body)
  assert.deepEqual([edited['aboveScale'], edited['size'], edited['titles'].length], [true, 'medium', 1])
  assert.equal((await w.call('supervisor', 'PUT', url, body)).body.code, 'enterprise.changed')
  const twice = { ...body, name: '改名公司', years: [years[0], years[0]], basedOn: edited['updatedAt'] }
  assert.equal((await w.call('supervisor', 'PUT', url, twice)).status, 422)
  assert.equal((await must('leader', 'GET', url))['name'], '年度公司')
})

test('whom to call there is shown to whoever is bound or oversees, on record', async () => {
  const phones = [{ name: '王经理', role: '办公室', phone: '13900000001' }, { phone: '13900000002' }]
  const firm = await made({ name: '电话公司', contacts: phones })
  assert.ok(!JSON.stringify(firm).includes('13900000001'))
  const url = `/api/v1/enterprises/${firm['id']}/actions/reveal`
  const reason = { reason: '约定走访时间' }
  assert.equal((await w.call('handler', 'POST', url, reason)).status, 403)
  const bond = { targetId: firm['id'], personId: await personOf('水务经办'), from: '2026-03-02', reason: '包保' }
  await must('supervisor', 'POST', '/api/v1/liaisons', bond)
  assert.deepEqual((await must('handler', 'POST', url, reason))['items'], phones)
})

test('a title that is written twice is refused, and what acts on the platform is no contact to be copied', async () => {
  const firm = await made({ name: '两次公司', uscc: '91210104MA0TE5T162', contacts: [{ name: '王经理' }] })
  const url = `/api/v1/enterprises/${firm['id']}`
  const title = { title: '高新技术企业', from: '2025-01-01', source: '科技局' }
  const body = {
    name: '两次公司',
    uscc: '91210104MA0TE5T162',
    basedOn: firm['updatedAt'],
    titles: [title, { ...title, to: '2027-12-31' }],
  }
  const said = (await w.call('supervisor', 'PUT', url, body)).body
  assert.deepEqual([said.code, said.errors?.[0]?.code], ['request.invalid', 'enterprise.title_twice'])
  assert.deepEqual((await must('supervisor', 'GET', url))['titles'], [])
  const person = { name: '企业办事员', phone: '13900000021' }
  await must('supervisor', 'POST', `${url}/platform-people`, person)
  const { items } = await must('supervisor', 'POST', `${url}/actions/reveal`, { reason: '核对' })
  assert.partialDeepStrictEqual(items, [{ name: '王经理' }, { name: '企业办事员', platform: true }])
})

test('every figure over the register leads to as many rows', async () => {
  const counted = await must('leader', 'GET', '/api/v1/enterprises?limit=1')
  const { counts, year } = counted as Row
  const ways = [
    ['enterprises', ''],
    ['covered', 'gap=no'],
    ['aboveScale', 'aboveScale=yes'],
    ['aboveScaleCovered', 'aboveScale=yes&gap=no'],
    ['partyOrganised', 'partyOrganised=yes'],
    ['partyWorked', 'partyWorked=yes'],
  ] as const
  assert.equal(year, 2026)
  assert.ok(counts.aboveScale > 0 && counts.covered > 0 && counts.covered < counts.enterprises)
  for (const [figure, query] of ways) {
    const { items, total } = await must('leader', 'GET', `/api/v1/enterprises?limit=200&${query}`)
    assert.deepEqual([items.length, total.value], [counts[figure], counts[figure]], figure)
  }
  const names: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Row = await must('leader', 'GET', `/api/v1/enterprises?limit=2${cursor && `&cursor=${cursor}`}`)
    names.push(...page['items'].map((one: Row) => one['name']))
    cursor = page['nextCursor']
  }
  assert.equal(new Set(names).size, counts.enterprises)
  assert.equal((await w.call('leader', 'GET', '/api/v1/enterprises?cursor=x')).status, 422)
})

test('what an enterprise filed under its code, and what was raised on a visit there, stands on its page', async () => {
  const firm = await made({ name: '诉求公司', uscc: '91230108MA1BCD341Y' })
  const party = { kind: 'enterprise', name: '诉求公司', uscc: '91230108MA1BCD341Y', phone: '13900000003' }
  const named = await w.file('门前水管漏水，影响生产。', { party })
  const anonymous = await w.file('有人乱收费，请查一查。', { party, anonymous: true })
  await w.file('别家门前漏水。', { party: { kind: 'enterprise', name: '别家', phone: '13900000004' } })
  await must('leader', 'POST', '/api/v1/visits', {
    ...{ clientId: randomUUID(), targetId: firm['id'], kind: 'onSite', on: '2026-03-04' },
    ...{ officials: [await personOf('区长')], problems: [{ content: '厂区停水，锅炉开不了。' }] },
  })
  const url = `/api/v1/enterprises/${firm['id']}`
  const { items } = await must('supervisor', 'GET', `${url}/cases`)
  assert.deepEqual(items.map((one: Row) => one['way']).toSorted(), ['filed', 'visit'])
  assert.ok(items.some((one: Row) => one['number'] === named.number))
  assert.ok(!items.some((one: Row) => one['number'] === anonymous.number))
  assert.equal((await must('supervisor', 'GET', url))['openCases'], 2)
  assert.equal((await must('leader', 'GET', `${url}/visits`))['items'].length, 1)
  // A unit that has nothing to do with them sees none of them.
  assert.deepEqual((await must('handler2', 'GET', `${url}/cases`))['items'], [])
  const page = await must('supervisor', 'GET', `${url}/cases?limit=1`)
  const rest = await must('supervisor', 'GET', `${url}/cases?limit=1&cursor=${page['nextCursor']}`)
  assert.notEqual(page['items'][0].id, rest['items'][0].id)
  assert.equal(rest['nextCursor'], null)
})
