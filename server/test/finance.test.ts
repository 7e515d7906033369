import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** Money that reaches enterprises: every figure is the sum of rows, and leads to them. */
let w: World
let firms: string[] = []
let [water, heating] = ['', '']
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  const targets = Array.from({ length: 9 }, (_, i) => ({ kind: 'enterprise', name: `示例企业${i + 1}号` }))
  const { items } = await must('supervisor', 'POST', '/api/v1/liaison-targets/bulk', { targets })
  firms = items.map((one: Row) => one['id'])
  water = await w.unit('water')
  heating = await w.unit('heating')
  await must('head', 'POST', '/api/v1/financing-products', { code: 'park-loan', label: '园区贷' })
  await must('head', 'POST', '/api/v1/financing-products', { code: 'guarantee', label: '担保' })
})
after(() => w.close())
const { must, at } = storyteller(() => w)

async function refused(code: string, account: string, url: string, body: object): Promise<string> {
  const reply = await w.call(account, 'POST', url, body)
  const codes = [reply.body.code, ...(reply.body.errors ?? []).map((one: Row) => one['code'])]
  assert.ok(reply.status >= 400 && reply.status < 500 && codes.includes(code), `${url}: ${JSON.stringify(reply.body)}`)
  return reply.body.detail
}
let voucher = 0
const paid = (more: object = {}) => ({
  ...{ enterpriseId: firms[0], fen: 1_000_000, on: '2026-02-01', programme: '技改奖补', unitId: water },
  ...{ voucher: `V${++voucher}`, ...more },
})
const pay = (more: object = {}, account = 'head') => must(account, 'POST', '/api/v1/disbursements', paid(more))
const totals = async (by: string, filter = '') =>
  (await must('leader', 'GET', `/api/v1/disbursement-totals?by=${by}&${filter}`))['items'] as Row[]
const ledger = (filter: string) => must('leader', 'GET', `/api/v1/disbursements?${filter}`)

test('what was paid is summed by year, month, programme, policy, unit and enterprise, and each line drills to rows that come to it', async () => {
  const { id: entitled } = await must('supervisor', 'POST', '/api/v1/enterprises', { name: '示例政策企业' })
  const { id: policyId } = await must('supervisor', 'POST', '/api/v1/policies', {
    ...{ title: '技改奖补', documentNo: '河政发〔2025〕8号', issuer: '小河区人民政府', validFrom: '2025-01-01' },
    ...{ benefit: '按投资额奖补', mode: 'apply', unitId: water, payWithin: 30 },
    rule: { fact: 'bound', is: false, cite: '第二条' },
  })
  await must('head', 'POST', `/api/v1/policies/${policyId}/versions/1/actions/publish`, {})
  await pay({ fen: 1, on: '2025-12-31' })
  await pay({ fen: 9_007_199_254, on: '2026-01-01', enterpriseId: entitled, policyId })
  await pay({ fen: 33, programme: '研发补助' })
  await pay({ fen: 40, unitId: heating, programme: '研发补助' }, 'head2')
  for (const by of ['year', 'month', 'policy', 'programme', 'unit', 'enterprise']) {
    const lines = await totals(by)
    assert.ok(lines.length >= 2, by)
    for (const { key, fen, rows, enterprises } of lines) {
      const drilled = await ledger(`${by}=${encodeURIComponent(key)}`)
      assert.partialDeepStrictEqual(drilled, { fen, rows, enterprises })
      const sum = drilled['items'].reduce((all: bigint, one: Row) => all + BigInt(one['fen']), 0n)
      assert.equal(sum, BigInt(fen), `${by} ${key}`)
    }
    const whole = lines.reduce((all, { fen }) => all + BigInt(fen), 0n)
    assert.equal(whole, 9_007_199_328n, by)
  }
  assert.deepEqual(
    (await totals('year')).map(({ label, fen }) => [label, fen]),
    [
      ['2025年', 1],
      ['2026年', 9_007_199_327],
    ],
  )
})

test('a voided disbursement stays with its reason and counts nowhere; its voucher may be used again', async () => {
  const before_ = await ledger('year=2026')
  const wrong = await pay({ voucher: 'DUP-1' })
  const told = await refused('finance.voucher_taken', 'head', '/api/v1/disbursements', paid({ voucher: 'DUP-1' }))
  assert.match(told, /区水务局的凭证号“DUP-1”已登记过（技改奖补）/)
  await pay({ voucher: 'DUP-1', unitId: heating, fen: 5 }, 'head2')
  const act = `/api/v1/disbursements/${wrong['id']}/actions/void`
  await refused('forbidden', 'head2', act, { reason: '不是本单位的' })
  const voided = await must('head', 'POST', act, { reason: '金额录错' })
  assert.partialDeepStrictEqual(voided, { voided: { reason: '金额录错', by: '水务局长' }, mayVoid: false })
  await refused('finance.voided', 'head', act, { reason: '再来一次' })
  const now = await ledger('year=2026')
  assert.equal(now['fen'], before_['fen'] + 5)
  assert.ok(
    now['items'].some((one: Row) => one['id'] === wrong['id']),
    'it can still be read',
  )
  await pay({ voucher: 'DUP-1' })
})

test('bad input is refused with its reason, and nothing is stored', async () => {
  const url = '/api/v1/disbursements'
  const { rows } = await ledger('')
  await refused('money.not_positive', 'head', url, paid({ fen: 0 }))
  await refused('money.not_positive', 'head', url, paid({ fen: -5 }))
  await refused('money.not_fen', 'head', url, paid({ fen: 1.5 }))
  await refused('text.empty', 'head', url, paid({ voucher: '  ' }))
  await refused('finance.future', 'head', url, paid({ on: '2026-03-03' }))
  await refused('finance.enterprise_unknown', 'head', url, paid({ enterpriseId: water }))
  await refused('forbidden', 'head2', url, paid())
  await refused('forbidden', 'clerk', url, paid())
  assert.equal((await w.call('head', 'POST', url, { ...paid(), fen: undefined })).status, 422)
  assert.equal((await w.call('evaluator', 'GET', url)).status, 403)
  assert.equal((await ledger(''))['rows'], rows)
})

const intent = (more: object = {}) => ({
  ...{ enterpriseId: firms[0], partner: '演示银行', product: 'park-loan', intendedFen: 200_000_000, on: '2026-01-10' },
  ...more,
})
const intend = (more: object = {}) => must('head', 'POST', '/api/v1/financings', intent(more))
const move = (id: string, to: string, more: object = {}) =>
  must('head', 'POST', `/api/v1/financings/${id}/actions/move`, { to, on: '2026-02-01', ...more })
const figures = async (by: string, filter = ''): Promise<Map<string, Row>> => {
  const { items } = await must('leader', 'GET', `/api/v1/financing-figures?by=${by}&${filter}`)
  return new Map(items.map((one: Row) => [one['label'], one]))
}

test('a financing goes from intent to approval to lending to repaid, dated; more than the intent is refused', async () => {
  const expected = { from: '2026-02-10', to: '2026-02-28', words: '春节前后' }
  const { id } = await intend({ expected })
  const url = `/api/v1/financings/${id}/actions/move`
  await refused('finance.move_not_allowed', 'head', url, { to: 'lent', on: '2026-02-01', fen: 5 })
  const told = await refused('finance.above_intent', 'head', url, {
    to: 'approval',
    on: '2026-02-01',
    fen: 200_000_001,
  })
  assert.match(told, /审批 2,000,000\.01元 大于意向 200万元。超出部分请另登记一笔新意向/)
  await refused('finance.before_last', 'head', url, { to: 'approval', on: '2026-01-09' })
  assert.equal(
    (await move(id, 'approval', { fen: 150_000_000 }))['late'],
    true,
    'it was expected by the end of February',
  )
  await refused('finance.above_approval', 'head', url, { to: 'lent', on: '2026-02-02', fen: 150_000_001 })
  await refused('finance.amount_needed', 'head', url, { to: 'lent', on: '2026-02-02' })
  await refused('forbidden', 'leader', url, { to: 'failed', on: '2026-02-02', note: '不办了' })
  await refused('finance.reason_needed', 'head', url, { to: 'failed', on: '2026-02-02' })
  await move(id, 'lent', { fen: 150_000_000 })
  const repaid = await move(id, 'repaid')
  assert.partialDeepStrictEqual(repaid, { state: 'repaid', lentFen: 150_000_000, late: false, next: [] })
  assert.deepEqual(
    repaid['events'].map((one: Row) => [one['state'], one['on'], one['fen']]),
    [
      ['intent', '2026-01-10', 200_000_000],
      ['approval', '2026-02-01', 150_000_000],
      ['lent', '2026-02-01', 150_000_000],
      ['repaid', '2026-02-01', null],
    ],
  )
})

test('eleven intents from two bank meetings: pieces, distinct firms and sums by meeting, product and state', async () => {
  const people = (await must('supervisor', 'GET', '/api/v1/people'))['items']
  const chairId = people.find((one: Row) => one['name'] === '区长').id
  const hold = (on: string, targetIds: readonly string[]) =>
    must('supervisor', 'POST', '/api/v1/meetings', {
      ...{ title: '银企对接会', kind: 'bank', on, at: '09:00', place: '二楼会议室', chairId, targetIds },
    })
  const meetings = [await hold('2026-01-20', firms.slice(0, 5)), await hold('2026-02-20', firms.slice(3, 8))]
  for (let i = 0; i < 11; i++)
    await intend({
      ...{ enterpriseId: firms[i % 4], product: 'guarantee', intendedFen: (i + 1) * 1_000_000, on: '2026-02-21' },
      meetingId: meetings[i % 2]?.['id'],
    })
  const byMeeting = [...(await figures('meeting')).values()]
  assert.deepEqual(
    byMeeting.map(({ rows, enterprises, intendedFen }) => [rows, enterprises, intendedFen]),
    [
      [6, 2, 36_000_000],
      [5, 2, 30_000_000],
    ],
  )
  const guarantee = (await figures('product')).get('担保')
  assert.partialDeepStrictEqual(guarantee, { rows: 11, enterprises: 4, intendedFen: 66_000_000, lentFen: 0 })
  assert.equal((await figures('state', 'product=guarantee')).get('意向')?.['rows'], 11)
  const drilled = await must('leader', 'GET', `/api/v1/financings?meeting=${meetings[0]?.['id']}&state=intent`)
  assert.deepEqual([drilled['total'], drilled['items'].length], [6, 6])
  await refused('finance.meeting_unknown', 'head', '/api/v1/financings', intent({ meetingId: water }))
  await refused('finance.product_unknown', 'head', '/api/v1/financings', intent({ product: 'moon' }))
  await refused('finance.future', 'head', '/api/v1/financings', intent({ on: '2026-03-03' }))
  const reversed = { from: '2026-03-09', to: '2026-03-01' }
  await refused('finance.expected_reversed', 'head', '/api/v1/financings', intent({ expected: reversed }))
})

test('a whitelist: candidates are screened with a reason until it runs out', async () => {
  const given = { product: 'park-loan', title: '园区贷白名单', criteria: '入园满一年', validTo: '2026-03-10' }
  const { id } = await must('head', 'POST', '/api/v1/whitelists', given)
  await must('head', 'POST', `/api/v1/whitelists/${id}/candidates`, { enterpriseIds: firms.slice(0, 2) })
  const screen = `/api/v1/whitelists/${id}/actions/screen`
  await must('head', 'POST', screen, { enterpriseId: firms[0], state: 'passed', reason: '纳税正常' })
  const again = await must('head', 'POST', `/api/v1/whitelists/${id}/candidates`, { enterpriseIds: firms.slice(0, 1) })
  assert.deepEqual(
    again['candidates'].map((one: Row) => [one['enterprise'].name, one['state'], one['reason']]),
    [
      ['示例企业2号', 'waiting', null],
      ['示例企业1号', 'passed', '纳税正常'],
    ],
  )
  await refused('finance.not_candidate', 'head', screen, { enterpriseId: firms[5], state: 'passed', reason: '好' })
  await refused('finance.whitelist_past', 'head', '/api/v1/whitelists', { ...given, validTo: '2026-03-01' })
  const own = await must('leader', 'GET', `/api/v1/enterprises/${firms[0]}/financing`)
  assert.partialDeepStrictEqual(own['whitelists'], [{ title: '园区贷白名单', state: 'passed' }])
  assert.equal(own['lentFen'], 150_000_000)
})

test('a quality request is owed on the ledger by its unit until it is done, and counts its firm once', async () => {
  const lab = await must('head', 'POST', '/api/v1/quality-providers', { name: '演示检测所', services: ['testing'] })
  const ask = (services: string[], more: object = {}) =>
    must('head', 'POST', '/api/v1/quality-requests', {
      ...{ enterpriseId: firms[0], services, need: '新产品检测', unitId: water, on: '2026-03-01', dueOn: '2026-03-06' },
      ...more,
    })
  const [first, second] = [await ask(['testing']), await ask(['testing'])]
  const both = await ask(['testing', 'metrology'])
  const owed = async () => (await must('head', 'GET', '/api/v1/ledger?type=demand'))['items'] as Row[]
  const open = await owed()
  assert.equal(open.length, 3)
  assert.partialDeepStrictEqual(
    open.find((row) => row['subjectId'] === first['id']),
    {
      ...{ title: '质量服务（检验检测）：示例企业1号', progress: '0/1项', light: 'green' },
    },
  )
  const step = (id: string) => `/api/v1/quality-requests/${id}/actions/move`
  const quote = { to: 'quoted', on: '2026-03-02', providerId: lab['id'], feeFen: 120_050 }
  await refused('finance.provider_unfit', 'head', step(both['id']), quote)
  await refused('finance.quote_needed', 'head', step(first['id']), { to: 'quoted', on: '2026-03-02' })
  await refused('finance.quality_move', 'head', step(first['id']), { to: 'done', on: '2026-03-02' })
  await refused('forbidden', 'head2', step(first['id']), quote)
  for (const { id } of [first, second]) {
    await must('head', 'POST', step(id), quote)
    await must('head', 'POST', step(id), { to: 'done', on: '2026-03-02', note: '报告已出具' })
  }
  assert.deepEqual(
    (await owed()).filter((row) => row['stage'] === 'running').map((row) => row['subjectId']),
    [both['id']],
  )
  const all = await must('leader', 'GET', '/api/v1/quality-requests')
  assert.partialDeepStrictEqual(all, { total: 3, done: 2, served: 1 })
  await at('2026-03-07T09:00:00+08:00')
  assert.equal((await owed()).find((row) => row['subjectId'] === both['id'])?.['light'], 'red')
  await refused('finance.reason_needed', 'head', step(both['id']), { to: 'withdrawn', on: '2026-03-06' })
  await must('head', 'POST', step(both['id']), { to: 'withdrawn', on: '2026-03-06', note: '企业撤回' })
  assert.ok(!(await owed()).some((row) => row['subjectId'] === both['id']), 'what was withdrawn is owed no longer')
})
