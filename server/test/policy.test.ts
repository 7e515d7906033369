import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MONEY_UNIT } from '@banjie/contract'
import pg from 'pg'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let water: string
const firms: Record<string, string> = {}
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  water = await w.unit('water')
  const client = new pg.Client(w.connection)
  await client.connect()
  for (const [name, size] of [
    ['甲机械', 'small'],
    ['乙材料', 'large'],
    ['丙科技', null],
  ] as const) {
    const { id } = await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name })
    firms[name] = id
    await client.query(
      `insert into enterprise (tenant_id, id, party_organisation, party_members, figures_class, by_name, updated_at) values (1, $1, 'none', 0, 'bureau', '测试', now()) on conflict do nothing`,
      [id],
    )
    if (size !== null)
      await client.query(
        `insert into enterprise_year (tenant_id, enterprise_id, year, size, above_scale, source) values (1, $1, 2025, $2, true, '统计局')`,
        [id, size],
      )
  }
  await client.end()
})
after(() => w.close())
const { must } = storyteller(() => w)

const POLICIES = '/api/v1/policies'
const small = { fact: 'size', in: ['small', 'micro'], year: 'last', cite: '第三条' }
const policy = (more: object = {}) => ({
  ...{ title: '小微企业稳岗补贴', documentNo: '河政发〔2026〕2号', issuer: '小河区人民政府', validFrom: '2026-01-01' },
  ...{
    benefit: '每户2万元',
    fen: 2 * MONEY_UNIT.万元,
    mode: 'auto',
    unitId: water,
    payWithin: 10,
    rule: { all: [small] },
    ...more,
  },
})
const code = (body: Row) => body['errors']?.[0]?.code ?? body['code']
const refused = async (account: string, url: string, body: object, status?: number) => {
  const reply = await w.call(account, 'POST', url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, JSON.stringify(reply.body))
  if (status !== undefined) assert.equal(reply.status, status)
  return code(reply.body)
}
const act = (id: string, firm: string, name: string, body: object = {}) =>
  must('handler', 'POST', `${POLICIES}/${id}/entitlements/${firms[firm]}/actions/${name}`, body)
const ledger = async (id: string): Promise<Row[]> =>
  (await must('supervisor', 'GET', '/api/v1/ledger?type=disbursement&limit=200'))['items'].filter(
    (row: Row) => row['subjectId'] === id,
  )

let subsidy: string
test('a policy is published by somebody who did not write it, and whoever is eligible stands on the list at once, with the reasons', async () => {
  const draft = await must('handler', 'POST', POLICIES, policy())
  subsidy = draft['id']
  assert.partialDeepStrictEqual(draft, { state: 'draft', entitled: 0, match: { yes: 1, no: 1, unknown: 1 } })
  assert.equal(await refused('handler', `${POLICIES}/${subsidy}/versions/1/actions/publish`, {}, 403), 'forbidden')
  const live = await must('head', 'POST', `${POLICIES}/${subsidy}/versions/1/actions/publish`, {})
  assert.partialDeepStrictEqual(live, { state: 'published', entitled: 1, waiting: 1 })
  const [entitlement] = live['entitlements']
  assert.partialDeepStrictEqual(entitlement, {
    ...{ enterprise: { name: '甲机械' }, state: 'eligible', since: '2026-03-02' },
    why: [{ answer: 'yes', asked: '上年企业规模为小型、微型', found: '小型', cite: '第三条' }],
  })
})

test('one’s own draft is not published by oneself', async () => {
  const { id } = await must('head', 'POST', POLICIES, policy({ title: '自拟政策' }))
  assert.equal(await refused('head', `${POLICIES}/${id}/versions/1/actions/publish`, {}, 403), 'policy.own')
})

test('the ledger holds the unit to paying within its working days, and nobody eligible is forgotten', async () => {
  assert.deepEqual(
    (await ledger(subsidy)).map(({ dueAt, progress, leadUnit }) => [dueAt.slice(0, 10), progress, leadUnit?.name]),
    [['2026-03-16', '0/1户', '区水务局']],
  )
})

test('an enterprise sees which policies fit and whose data are missing, and is asked for none of them', async () => {
  const of = async (firm: string): Promise<Row> =>
    (await must('handler', 'GET', `/api/v1/enterprises/${firms[firm]}/policies`))['items'].find(
      (one: Row) => one['policy'].id === subsidy,
    )
  assert.equal((await of('甲机械'))['answer'], 'yes')
  assert.equal((await of('乙材料'))['answer'], 'no')
  const unknown = await of('丙科技')
  assert.equal(unknown['answer'], 'unknown')
  assert.match(unknown['why'][0].missing, /统计部门/)
  const { items: gaps } = await must('leader', 'GET', `${POLICIES}/${subsidy}/gaps`)
  assert.deepEqual(
    gaps.map((one: Row) => [one['enterprise'].name, one['missing']]),
    [['丙科技', ['缺统计部门的企业规模']]],
  )
})

test('paid without an application: told, confirmed with an account, paid by voucher; the days from eligible to paid are counted', async () => {
  const pay = { on: '2026-03-09', fen: 2 * MONEY_UNIT.万元, voucher: '拨2026-001' }
  const url = (name: string) => `${POLICIES}/${subsidy}/entitlements/${firms['甲机械']}/actions/${name}`
  assert.equal(await refused('handler', url('pay'), pay), 'policy.wrong_step')
  await act(subsidy, '甲机械', 'offer')
  await act(subsidy, '甲机械', 'confirm', { accountTail: '6688' })
  assert.equal(await refused('handler', url('pay'), pay), 'policy.future')
  w.setNow('2026-03-09T10:00:00+08:00')
  const paid = await act(subsidy, '甲机械', 'pay', pay)
  assert.partialDeepStrictEqual(paid, { state: 'paid', paid: { days: 7, fen: pay.fen } })
  const detail = await must('leader', 'GET', `${POLICIES}/${subsidy}`)
  assert.partialDeepStrictEqual(detail, {
    entitled: 1,
    paid: 1,
    paidFen: pay.fen,
    days: { median: 7, longest: 7, n: 1 },
  })
  assert.ok((await ledger(subsidy)).every(({ closedAt }) => closedAt !== null))
})

test('data that come in later find their enterprise the next morning; what is eligible no more lapses', async () => {
  const client = new pg.Client(w.connection)
  await client.connect()
  await client.query(
    `insert into enterprise_year (tenant_id, enterprise_id, year, size, above_scale, source) values (1, $1, 2025, 'micro', false, '统计局')`,
    [firms['丙科技']],
  )
  w.setNow('2026-03-10T08:00:00+08:00')
  await w.app.jobs.runAll()
  const states = async () => {
    const list: Row[] = (await must('leader', 'GET', `/api/v1/entitlements?policy=${subsidy}`))['items']
    return Object.fromEntries(list.map((one) => [one['enterprise'].name, [one['state'], one['since']]]))
  }
  assert.deepEqual(await states(), { 甲机械: ['paid', '2026-03-02'], 丙科技: ['eligible', '2026-03-10'] })
  await client.query(`update enterprise_year set size = 'large' where tenant_id = 1 and enterprise_id = $1`, [
    firms['丙科技'],
  ])
  await client.end()
  w.setNow('2026-03-11T08:00:00+08:00')
  await w.app.jobs.runAll()
  assert.deepEqual((await states())['丙科技'], ['lapsed', '2026-03-10'])
})

test('everybody who is entitled is told at once, and whoever was told is not told again', async () => {
  const made = await must(
    'handler',
    'POST',
    POLICIES,
    policy({ title: '全部告知的政策', rule: { any: [small, { not: small }] } }),
  )
  const id = made['id']
  const all = `${POLICIES}/${id}/actions/offer`
  await must('head', 'POST', `${POLICIES}/${id}/versions/1/actions/publish`, {})
  const before_ = await must('handler', 'GET', `${POLICIES}/${id}`)
  assert.ok(before_['waiting'] > 1)
  assert.equal(await refused('caller', all, {}, 403), 'forbidden')
  const told = await must('handler', 'POST', all, {})
  assert.deepEqual([told['waiting'], told['entitled']], [0, before_['entitled']])
  assert.ok(told['entitlements'].every((row: Row) => row['state'] === 'offered' && row['offeredOn'] !== null))
  assert.equal(await refused('handler', all, {}, 409), 'policy.none_waiting')
})

test('what a firm declined is not offered again until the policy changes', async () => {
  const { id } = await must(
    'handler',
    'POST',
    POLICIES,
    policy({ title: '设备更新补助', rule: { fact: 'size', in: ['large'], year: 'last', cite: '第二条' } }),
  )
  await must('head', 'POST', `${POLICIES}/${id}/versions/1/actions/publish`, {})
  await act(id, '乙材料', 'decline', { reason: '今年没有更新计划' })
  w.setNow('2026-03-12T08:00:00+08:00')
  await w.app.jobs.runAll()
  const state = async () =>
    (await must('leader', 'GET', `/api/v1/entitlements?policy=${id}`))['items'].find(
      (one: Row) => one['enterprise'].name === '乙材料',
    )?.state
  assert.equal(await state(), 'declined')
  await must(
    'handler',
    'POST',
    `${POLICIES}/${id}/versions`,
    policy({ title: '设备更新补助（提标）', rule: { fact: 'size', in: ['large'], year: 'last', cite: '第二条' } }),
  )
  await must('head', 'POST', `${POLICIES}/${id}/versions/2/actions/publish`, {})
  assert.equal(await state(), 'eligible')
})

test('a need is noted once, kept, and answered', async () => {
  const url = `/api/v1/enterprises/${firms['甲机械']}/needs`
  const { needs } = await must('handler', 'POST', url, { kind: 'workers', words: '缺焊工12名', on: '2026-03-09' })
  const done = await must('handler', 'POST', `/api/v1/enterprise-needs/${needs[0].id}/actions/answer`, {
    state: 'met',
    reply: '人社局专场招聘到位',
  })
  assert.equal(done['needs'][0].state, 'met')
  assert.equal(
    await refused('handler', `/api/v1/enterprise-needs/${needs[0].id}/actions/answer`, { state: 'met', reply: '再次' }),
    'need.answered',
  )
})

test('a need that could not be met is told as such, not as one that nobody has', async () => {
  const url = `/api/v1/enterprises/${firms['乙材料']}/needs`
  const { needs } = await must('handler', 'POST', url, { kind: 'land', words: '扩建用地二十亩', on: '2026-03-02' })
  const answer = { state: 'unmet', reply: '今年没有指标，明年优先' }
  const done = await must('handler', 'POST', `/api/v1/enterprise-needs/${needs[0].id}/actions/answer`, answer)
  assert.partialDeepStrictEqual(done['needs'][0], answer)
})

test('a rehearsal counts and stores nothing', async () => {
  const before_ = (await must('leader', 'GET', POLICIES))['items'].length
  const preview = await must('handler', 'POST', '/api/v1/policy-previews', { rule: { not: small } })
  assert.ok(preview['yes'] > 0 && preview['sample'].length === preview['yes'])
  assert.equal((await must('leader', 'GET', POLICIES))['items'].length, before_)
})

test('a rule over figures is tried only by whoever may read them all: its counts would tell what one enterprise has', async () => {
  const rule = { any: [small, { fact: 'figure', code: 'tax', min: 12_000, year: 'last', cite: '第四条' }] }
  assert.equal(await refused('handler', '/api/v1/policy-previews', { rule }, 403), 'policy.figures_closed')
  assert.ok((await must('supervisor', 'POST', '/api/v1/policy-previews', { rule }))['yes'] > 0)
  const drafted = await must('handler', 'POST', POLICIES, policy({ title: '纳税奖励', rule }))
  assert.equal(drafted['match'], null)
  assert.equal((await w.call('handler', 'GET', `${POLICIES}/${drafted['id']}/gaps`)).body.code, 'policy.figures_closed')
  assert.ok((await must('supervisor', 'GET', `${POLICIES}/${drafted['id']}`))['match'].yes > 0)
  assert.equal(await refused('evaluator', '/api/v1/policy-previews', { rule: small }, 403), 'forbidden')
})

test('a version that is published ahead leaves the one in force until its first day', async () => {
  const { id } = await must('handler', 'POST', POLICIES, policy({ title: '租金减免' }))
  const publish = (version: number) => must('head', 'POST', `${POLICIES}/${id}/versions/${version}/actions/publish`, {})
  await publish(1)
  await must(
    'handler',
    'POST',
    `${POLICIES}/${id}/versions`,
    policy({ title: '租金减免（新）', validFrom: '2026-06-01' }),
  )
  assert.partialDeepStrictEqual(await publish(2), { title: '租金减免', version: 1, state: 'published' })
  const { items } = await must('handler', 'GET', `/api/v1/enterprises/${firms['甲机械']}/policies`)
  assert.deepEqual(
    items.filter((one: Row) => one['policy'].id === id).map((one: Row) => [one['policy'].title, one['answer']]),
    [['租金减免', 'yes']],
  )
  w.setNow('2026-06-01T08:00:00+08:00')
  await w.app.jobs.runAll()
  assert.partialDeepStrictEqual(await must('leader', 'GET', `${POLICIES}/${id}`), {
    title: '租金减免（新）',
    version: 2,
  })
})

/** Not not not … */
function deep(levels: number): object {
  let rule: object = small
  for (let i = 0; i < levels; i++) rule = { not: rule }
  return rule
}
const BAD: readonly (readonly [string, object, string])[] = [
  ['a condition without its clause', { rule: { fact: 'bound', is: true } }, 'policy.rule'],
  ['a fact nobody keeps', { rule: { fact: 'mood', is: true, cite: '第一条' } }, 'policy.rule'],
  ['a rule nested beyond reading', { rule: deep(3000) }, 'request.too_deep'],
  ['dates the wrong way round', { validTo: '2025-12-31' }, 'term.reversed'],
  ['no money at all', { fen: 0 }, 'money.not_positive'],
]
for (const [what, more, wanted] of BAD)
  test(`${what} is refused and nothing is stored`, async () => {
    const before_ = (await must('leader', 'GET', POLICIES))['items'].length
    const reply = await w.call('handler', 'POST', POLICIES, policy(more))
    assert.equal(reply.status, 422)
    assert.equal(code(reply.body), wanted, JSON.stringify(reply.body))
    assert.match(reply.body.detail, /[\u4e00-\u9fff]/)
    assert.equal((await must('leader', 'GET', POLICIES))['items'].length, before_)
  })
test('whoever is not entitled is offered nothing', async () => {
  assert.equal(
    await refused('handler', `${POLICIES}/${subsidy}/entitlements/${firms['乙材料']}/actions/offer`, {}, 404),
    'policy.not_entitled',
  )
})
