import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MONEY_UNIT, type PromiseTotals } from '@banjie/contract'
import fc from 'fast-check'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let mill: string
let water: string
let supervision: string
before(async () => {
  w = await world('2026-11-23T09:30:00+08:00')
  mill = (await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name: '河畔机械公司' }))[
    'id'
  ]
  water = await w.unit('water')
  supervision = await w.unit('supervision')
})
after(() => w.close())
const { must } = storyteller(() => w)
const at = (instant: string) => w.setNow(instant)

const PROMISES = '/api/v1/promises'
const wan = (amount: number) => amount * MONEY_UNIT.万元
const promised = (more: object = {}) => ({
  ...{ enterpriseId: mill, kind: 'works', words: '支付泵站改造工程尾款', fen: wan(300), unitId: water, cause: 'funds' },
  source: { no: '河合同〔2025〕12号', on: '2025-09-01', by: '区水务局' },
  ...{ checkUnitId: supervision, basis: '保障中小企业款项支付条例第九条', measures: '列入年度预算，分三期支付' },
  ...{ deadline: '2027-03-31', ...more },
})
const register = (more: object = {}) => must('supervisor', 'POST', PROMISES, promised(more))
const refusal = async (account: string, url: string, body: object, method: 'POST' | 'PUT' = 'POST'): Promise<Row> => {
  const reply = await w.call(account, method, url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const code = (problem: Row) => problem['errors']?.[0]?.code ?? problem['code']
const pay = (id: string, fen: number, voucher: string, on: string) =>
  must('handler', 'POST', `${PROMISES}/${id}/payments`, { on, fen, voucher })
/** Every page of a list, read seven rows at a time, and what the last page says it amounts to. */
const whole = async (url: string): Promise<{ items: Row[]; totals: PromiseTotals }> => {
  const items: Row[] = []
  for (let cursor = ''; ; ) {
    const page = await must('supervisor', 'GET', `${url}${url.includes('?') ? '&' : '?'}limit=7${cursor}`)
    items.push(...page['items'])
    if (page['nextCursor'] === null) return { items, totals: page['totals'] }
    cursor = `&cursor=${page['nextCursor']}`
  }
}
const ledger = async (): Promise<Row[]> =>
  (await must('supervisor', 'GET', '/api/v1/ledger?type=instalment&limit=200'))['items']
/** Three instalments of a million yuan each, approved. */
const planned = async (first = '2026-12-01'): Promise<string> => {
  const { id } = await register()
  const instalments = [first, '2027-01-15', '2027-03-31'].map((due) => ({ due, fen: wan(100) }))
  await must('handler', 'POST', `${PROMISES}/${id}/plans`, { instalments, reason: '财政分年安排' })
  await must('leader', 'POST', `${PROMISES}/${id}/plans/1/actions/approve`, {})
  return id
}

const TERMS = [
  { delivered: '2026-11-23', contract: undefined, due: '2026-12-23', latest: '2027-01-22', law: '802' },
  { delivered: '2026-11-23', contract: 60, due: '2027-01-22', latest: '2027-01-22', law: '802' },
  { delivered: '2026-11-23', contract: 10, due: '2026-12-03', latest: '2027-01-22', law: '802' },
  { delivered: '2025-05-31', contract: undefined, due: '2025-06-30', latest: '2025-07-30', law: '728' },
] as const
for (const { delivered, contract, due, latest, law } of TERMS)
  test(`what was delivered on ${delivered}${contract ? ` with ${contract} days by contract` : ''} was to be paid by ${due}, and by ${latest} whatever the contract says`, async () => {
    const { statutory } = await register({ deliveredOn: delivered, contractDays: contract })
    assert.partialDeepStrictEqual(statutory, { due, latest })
    assert.match(statutory.source, new RegExp(law))
    assert.match(statutory.said, /次日起算/)
  })
test('before there was a law of terms there is no statutory day', async () => {
  assert.equal((await register({ deliveredOn: '2019-06-01' }))['statutory'], null)
})

test('a promise is planned in instalments by one person and approved by another, and each instalment stands on the ledger', async () => {
  const id = await planned()
  const rows = (await ledger()).filter(({ subjectId }) => subjectId === id)
  assert.deepEqual(rows.map(({ dueAt, progress }) => [dueAt.slice(0, 10), progress]).sort(), [
    ['2026-12-01', '0/1000000元'],
    ['2027-01-15', '0/1000000元'],
    ['2027-03-31', '0/1000000元'],
  ])
  const detail = await must('handler', 'GET', `${PROMISES}/${id}`)
  assert.partialDeepStrictEqual(detail, { state: 'paying', nextDue: '2026-12-01', restFen: wan(300), breaches: 0 })
})

test('money fills the instalments in the order of their days; what comes too late is a second breach for ever', async () => {
  const id = await planned()
  await pay(id, wan(60), '凭0001', '2026-11-23')
  at('2026-12-02T09:00:00+08:00')
  const late = await must('handler', 'GET', `${PROMISES}/${id}`)
  assert.partialDeepStrictEqual(late, { breaches: 1, overdue: true, overdueFen: wan(40), restFen: wan(240) })
  assert.equal(late['instalments'][0].state, 'breached')
  const rest = await pay(id, wan(90), '凭0002', '2026-12-02')
  assert.partialDeepStrictEqual(rest, { breaches: 1, overdue: false, overdueFen: 0, paidFen: wan(150) })
  assert.deepEqual(
    rest['instalments'].map(({ state, paidFen }: Row) => [state, paidFen]),
    [
      ['late', wan(100)],
      ['due', wan(50)],
      ['due', 0],
    ],
  )
  const open = (await ledger()).filter(({ subjectId, closedAt }) => subjectId === id && closedAt === null)
  assert.deepEqual(open.map(({ progress }) => progress).sort(), ['0/1000000元', '500000/1000000元'])
})

test('an instalment that is over turns red, and nobody can explain it away', async () => {
  const id = await planned('2026-12-10')
  at('2026-12-11T09:00:00+08:00')
  const row = (await ledger()).find(({ subjectId, dueAt }) => subjectId === id && dueAt.startsWith('2026-12-10'))
  assert.equal(row?.['light'], 'red')
  const owed = await must('supervisor', 'GET', `/api/v1/obligations/${row?.['id']}`)
  assert.deepEqual(owed['may'], { explain: false, clear: false })
})

test('a new plan does not undo what the old one had missed', async () => {
  const id = await planned('2026-12-20')
  at('2026-12-21T09:00:00+08:00')
  const instalments = [{ due: '2027-03-31', fen: wan(300) }]
  await must('handler', 'POST', `${PROMISES}/${id}/plans`, { instalments, reason: '资金未到位' })
  const after = await must('leader', 'POST', `${PROMISES}/${id}/plans/2/actions/approve`, {})
  assert.partialDeepStrictEqual(after, { breaches: 1, overdue: false, nextDue: '2027-03-31' })
  assert.equal(
    (await must('supervisor', 'GET', `${PROMISES}?breached=yes`))['items'].some((row: Row) => row['id'] === id),
    true,
  )
})

test('closed is not solved: all is paid, the enterprise is asked by somebody else, and only its word strikes the promise off', async () => {
  const { id } = await register({ fen: wan(10) })
  assert.equal(
    code(await refusal('handler', `${PROMISES}/${id}/actions/keep`, { evidence: '已付' })),
    'promise.not_paid',
  )
  await pay(id, wan(10), '凭1001', '2026-12-01')
  await must('handler', 'POST', `${PROMISES}/${id}/actions/keep`, { evidence: '转账回单' })
  const paid = await must('handler', 'GET', `${PROMISES}/${id}`)
  assert.partialDeepStrictEqual(paid['may'], { plan: false, pay: false }, 'nothing is left to be paid or planned')
  const word = { by: '财务负责人', on: '2026-12-02', words: '还差一笔质保金' }
  const back = await must('caller', 'POST', `${PROMISES}/${id}/actions/confirm`, { ...word, kept: false })
  assert.partialDeepStrictEqual(back, { state: 'open', notReceived: true, kept: null, refused: word, confirmed: null })
  await must('handler', 'POST', `${PROMISES}/${id}/actions/keep`, { evidence: '质保金不在本合同内，已说明' })
  const closed = await must('caller', 'POST', `${PROMISES}/${id}/actions/confirm`, {
    ...word,
    words: '收到了',
    kept: true,
  })
  assert.partialDeepStrictEqual(closed, { state: 'closed', confirmed: { words: '收到了' } })
  assert.equal(
    code(await refusal('handler', `${PROMISES}/${id}/payments`, { on: '2026-12-02', fen: 1, voucher: 'x' })),
    'promise.closed',
  )
})

test('the list amounts to its rows, by unit, enterprise, cause and kind', async () => {
  const { items, totals } = await whole(PROMISES)
  const sum = (key: string) => items.reduce((total: number, row: Row) => total + (row[key] ?? 0), 0)
  assert.deepEqual(
    [totals.promises, totals.fen, totals.paidFen, totals.restFen],
    [items.length, sum('fen'), sum('paidFen'), sum('restFen')],
  )
  assert.equal(new Set(items.map(({ id }) => id)).size, items.length, 'no row comes twice')
  for (const by of ['unit', 'enterprise', 'cause', 'kind']) {
    const lines: Row[] = (await must('supervisor', 'GET', `/api/v1/promise-summary?by=${by}`))['items']
    assert.equal(
      lines.reduce((total, line) => total + line['restFen'], 0),
      totals.restFen,
    )
    for (const line of lines) {
      const { totals: drilled, items: rows } = await whole(`${PROMISES}?${by}=${line['key']}`)
      const { key: _, label, ...amounts } = line
      assert.deepEqual(drilled, amounts, `${label} drills to what it says`)
      assert.equal(rows.length, line['promises'])
    }
  }
})

test('what the list adds up to is what its rows are worked out to be, whatever was planned, paid late, voided and kept', async () => {
  const of = (test_: (row: Row) => boolean) => ({ test: test_ })
  const FILTERS = {
    '': of(() => true),
    '?overdue=yes': of(({ overdue }) => overdue),
    '?breached=yes': of(({ breaches }) => breaches > 0),
    '?state=open': of(({ state }) => state === 'open'),
    '?state=paying': of(({ state }) => state === 'paying'),
    '?state=closed': of(({ state }) => state === 'closed'),
  }
  const all = (await whole(PROMISES)).items
  assert.ok(all.some(({ overdue }) => overdue) && all.some(({ breaches }) => breaches > 0))
  for (const [filter, { test: fits }] of Object.entries(FILTERS)) {
    const { items, totals } = await whole(`${PROMISES}${filter}`)
    assert.deepEqual(
      items.map(({ id }) => id),
      all.filter(fits).map(({ id }) => id),
      filter,
    )
    const sum = (key: string) => items.reduce((total, row) => total + (row[key] ?? 0), 0)
    assert.deepEqual(
      totals,
      {
        ...{ promises: items.length, open: items.filter(({ state }) => state !== 'closed').length },
        ...{ overdue: items.filter(({ overdue }) => overdue).length, enterprises: items.length > 0 ? 1 : 0 },
        breached: items.filter(({ breaches }) => breaches > 0).length,
        ...{ fen: sum('fen'), paidFen: sum('paidFen'), restFen: sum('restFen'), overdueFen: sum('overdueFen') },
      },
      filter,
    )
  }
  const bad = await w.call('supervisor', 'GET', `${PROMISES}?cursor=x`)
  assert.equal(bad.status, 422)
})

test('a payment is voided with a reason by somebody else than who registered it, and then its instalment is owed again', async () => {
  const { id } = await register({ fen: wan(10) })
  const [payment] = (await pay(id, wan(10), '凭4001', '2026-12-02'))['payments']
  const url = `/api/v1/promise-payments/${payment.id}/actions/void`
  assert.equal(payment.mayVoid, false)
  assert.equal(code(await refusal('handler', url, { reason: '记错' })), 'promise.own_payment')
  assert.equal(code(await refusal('head', url, { reason: ' ' })), 'text.empty')
  const [seen] = (await must('head', 'GET', `${PROMISES}/${id}`))['payments']
  assert.equal(seen.mayVoid, true)
  const after = await must('head', 'POST', url, { reason: '重复记账' })
  assert.partialDeepStrictEqual(after, { paidFen: 0, restFen: wan(10) })
  assert.partialDeepStrictEqual(after['payments'][0], {
    mayVoid: false,
    voided: { by: '水务局长', reason: '重复记账' },
  })
  assert.equal(code(await refusal('head', url, { reason: '再来' })), 'promise.payment_voided')
})

test('a correction says which document stood before, and a unit that was named before is not asked for again', async () => {
  const { id, version } = await register()
  const { enterpriseId: _, ...fields } = promised()
  const source = { no: '河合同〔2025〕12号之一', on: '2025-09-03', by: '区水务局' }
  const after = await must('supervisor', 'PUT', `${PROMISES}/${id}`, {
    ...{
      ...fields,
      source,
      version,
      reason: '补充协议',
      kind: 'arrears',
      measures: '追加预算',
      deliveredOn: '2026-10-01',
    },
    checkUnitId: undefined,
  })
  assert.deepEqual(after['source'], source)
  assert.match(
    after['events'].at(-1).note,
    /^补充协议；类型 拖欠工程款 → 拖欠账款；交付日期 无 → 2026-10-01；原依据文件：河合同〔2025〕12号（区水务局，2025-09-01）；原解决措施：列入年度预算，分三期支付；原督办单位：督查室$/,
  )
})

test('others see what their units owe or check and nothing else', async () => {
  assert.equal((await must('head2', 'GET', PROMISES))['items'].length, 0)
  assert.ok((await must('head', 'GET', PROMISES))['items'].length > 0)
  const { id } = await register()
  assert.equal((await w.call('head2', 'GET', `${PROMISES}/${id}`)).status, 404)
})

const BAD: readonly (readonly [string, object, string])[] = [
  ['money without an amount', { fen: null }, 'promise.needs_money'],
  ['more in dispute than was promised', { disputed: { fen: wan(301), reason: '结算审计' } }, 'promise.disputed_above'],
  ['a contract term of 61 days', { deliveredOn: '2026-11-01', contractDays: 61 }, 'promise.over_cap'],
  ['a contract term without a day of delivery', { contractDays: 30 }, 'promise.needs_delivery'],
  ['a delivery that is still to come', { deliveredOn: '2027-01-01' }, 'promise.future'],
  ['a deadline that is over', { deadline: '2026-01-31' }, 'promise.deadline_past'],
  ['no legal basis', { basis: ' ' }, 'text.empty'],
  ['half a fen', { fen: 0.5 }, 'money.not_fen'],
]
for (const [what, more, wanted] of BAD)
  test(`${what} is refused in words and nothing is stored`, async () => {
    const before_ = (await must('supervisor', 'GET', PROMISES))['items'].length
    const problem = await refusal('supervisor', PROMISES, promised(more))
    assert.equal(code(problem), wanted, JSON.stringify(problem))
    assert.equal((await must('supervisor', 'GET', PROMISES))['items'].length, before_)
  })

test('instalments above the promise, a payment above the rest, a voucher twice and approving one’s own plan are refused', async () => {
  const { id } = await register({ fen: wan(100) })
  const plan = (...fen: number[]) => ({
    instalments: fen.map((one, i) => ({ due: `2027-0${i + 1}-15`, fen: one })),
    reason: '分期',
  })
  assert.equal(code(await refusal('handler', `${PROMISES}/${id}/plans`, plan(wan(60), wan(41)))), 'promise.plan_above')
  const backwards = { instalments: [...plan(1, 2).instalments].reverse(), reason: '分期' }
  assert.equal(code(await refusal('handler', `${PROMISES}/${id}/plans`, backwards)), 'promise.plan_days')
  await must('supervisor', 'POST', `${PROMISES}/${id}/plans`, plan(wan(60), wan(40)))
  assert.equal(code(await refusal('supervisor', `${PROMISES}/${id}/plans/1/actions/approve`, {})), 'promise.own_plan')
  assert.equal(code(await refusal('handler', `${PROMISES}/${id}/plans`, plan(1))), 'promise.plan_waiting')
  // What is paid while the plan waits is looked at again when it is approved.
  await pay(id, wan(50), '凭2001', '2026-12-02')
  assert.equal(code(await refusal('leader', `${PROMISES}/${id}/plans/1/actions/approve`, {})), 'promise.plan_above')
  const twice = { on: '2026-12-02', fen: 1, voucher: '凭2001' }
  assert.equal(code(await refusal('handler', `${PROMISES}/${id}/payments`, twice)), 'promise.voucher_known')
  const more = { on: '2026-12-02', fen: wan(50) + 1, voucher: '凭2002' }
  assert.equal(code(await refusal('handler', `${PROMISES}/${id}/payments`, more)), 'promise.paid_above')
})

test('a correction keeps what stood before, and is no way below what was paid', async () => {
  const { id, version } = await register({ fen: wan(100) })
  await pay(id, wan(80), '凭3001', '2026-12-02')
  const { enterpriseId: _, ...fields } = promised()
  const correct = (more: object) => ({ ...fields, version, reason: '核减审计', ...more })
  assert.equal(
    code(await refusal('supervisor', `${PROMISES}/${id}`, correct({ fen: wan(79) }), 'PUT')),
    'promise.below_paid',
  )
  const after = await must('supervisor', 'PUT', `${PROMISES}/${id}`, correct({ fen: wan(90) }))
  assert.partialDeepStrictEqual(after, { restFen: wan(10), version: 2 })
  assert.match(after['events'].at(-1).note, /100万元 → 90万元/)
  assert.equal(
    code(await refusal('supervisor', `${PROMISES}/${id}`, correct({ fen: wan(95) }), 'PUT')),
    'promise.stale',
  )
})

test('two payments at once never pay more than was promised', async () => {
  const { id } = await register({ fen: wan(100) })
  const replies = await Promise.all(
    ['a', 'b', 'c'].map((voucher) =>
      w.call('handler', 'POST', `${PROMISES}/${id}/payments`, { on: '2026-12-02', fen: wan(60), voucher }),
    ),
  )
  assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 422, 422])
  assert.equal((await must('handler', 'GET', `${PROMISES}/${id}`))['paidFen'], wan(60))
})

test('whatever is planned, approved, paid, voided and corrected in whatever order, instalments and payments never exceed the promise', async () => {
  const { id } = await register({ fen: 1000 })
  const url = `${PROMISES}/${id}`
  const { enterpriseId: _, ...fields } = promised()
  const Act = fc.record({
    what: fc.constantFrom('plan', 'approve', 'pay', 'pay', 'void', 'correct'),
    fen: fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 3 }),
  })
  let [taken, refused] = [0, 0]
  for (const [n, { what, fen }] of fc.sample(Act, { numRuns: 120, seed: 61 }).entries()) {
    const now = await must('supervisor', 'GET', url)
    const instalments = fen.map((one, i) => ({ due: `2027-0${i + 1}-20`, fen: one }))
    const payment = now['payments'].find((one: Row) => one['voided'] === null)
    const waiting = now['plans'].find((one: Row) => one['state'] === 'proposed')
    const amount = (fen[0] ?? 1) + 500
    const SEND: Readonly<Record<string, () => ReturnType<World['call']>>> = {
      plan: () => w.call('handler', 'POST', `${url}/plans`, { instalments, reason: '分期' }),
      approve: () => w.call('leader', 'POST', `${url}/plans/${waiting?.version ?? 1}/actions/approve`, {}),
      pay: () => w.call('handler', 'POST', `${url}/payments`, { on: '2026-12-02', fen: fen[0], voucher: `凭${n}` }),
      void: () =>
        w.call('head', 'POST', `/api/v1/promise-payments/${payment?.id ?? id}/actions/void`, { reason: '记错' }),
      correct: () =>
        w.call('supervisor', 'PUT', url, { ...fields, fen: amount, version: now['version'], reason: '核定' }),
    }
    const { status } = (await SEND[what]?.()) ?? { status: 0 }
    if (status < 300) taken += 1
    else refused += 1
    const after = await must('supervisor', 'GET', url)
    const sum = (rows: Row[]) => rows.reduce((total, row) => total + row['fen'], 0)
    const paid = sum(after['payments'].filter((one: Row) => one['voided'] === null))
    const open = after['instalments'].reduce((total: number, one: Row) => total + one['fen'] - one['paidFen'], 0)
    assert.ok(paid <= after['fen'], `${what}: paid ${paid} of ${after['fen']}`)
    assert.ok(
      sum(after['instalments']) <= after['fen'],
      `${what}: planned ${sum(after['instalments'])} of ${after['fen']}`,
    )
    assert.ok(paid + open <= after['fen'], `${what}: paid ${paid} and planned ${open} of ${after['fen']}`)
    assert.equal(after['restFen'], after['fen'] - paid)
  }
  assert.ok(taken > 20 && refused > 20, `${taken} taken, ${refused} refused`)
})

test('the backlog of enterprises comes page by page, each matter once, and says how many there are', async () => {
  const firm = { name: '河畔泵业公司', uscc: '91210104MA0QXY126Q' }
  await must('supervisor', 'POST', '/api/v1/enterprises', firm)
  for (const n of [1, 2, 3]) {
    at(`2026-12-2${n + 1}T09:30:00+08:00`)
    await w.file(`厂区第${n}处水管漏水`, { party: { kind: 'enterprise', ...firm } })
  }
  at('2027-01-22T09:30:00+08:00')
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const page = await must('supervisor', 'GET', `/api/v1/enterprise-backlog/rows?limit=2${cursor}`)
    assert.deepEqual(page['total'], { value: 3, exact: true })
    seen.push(...page['items'].map(({ receivedOn }: Row) => receivedOn))
    if (page['nextCursor'] === null) break
    cursor = `&cursor=${page['nextCursor']}`
  }
  assert.deepEqual(seen, ['2026-12-22', '2026-12-23', '2026-12-24'])
  const recent = await must('supervisor', 'GET', '/api/v1/enterprise-backlog/rows?age=d30')
  assert.deepEqual([recent['total'].value, recent['items'].length], [2, 2])
  const bad = await w.call('supervisor', 'GET', '/api/v1/enterprise-backlog/rows?cursor=x')
  assert.equal(bad.status, 422)
})
