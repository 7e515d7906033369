import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { MONEY_UNIT } from '@banjie/contract'
import fc from 'fast-check'
import pg from 'pg'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** What policies owe and the ledger of funds pays: one payment counts once, and what once stood can be looked up. */
const FEN = 2 * MONEY_UNIT.万元
const FIRMS = ['甲机械', '乙材料', '丙科技'] as const
let w: World
let water = ''
const firms: Record<string, string> = {}
let day = new Date('2026-03-02T09:30:00+08:00')
let count = 0
before(async () => {
  w = await world(day.toISOString())
  water = await w.unit('water')
  for (const name of FIRMS) {
    const { id } = await must('supervisor', 'POST', '/api/v1/enterprises', { name, partyOrganisation: 'own' })
    firms[name] = id
  }
})
after(() => w.close())
const { must } = storyteller(() => w)
const today = () => new Date(day.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
/** Goes on to the next morning. */
async function nextDay(): Promise<void> {
  day = new Date(day.getTime() + 86_400_000)
  w.setNow(day.toISOString())
  await w.app.jobs.runAll()
}

let policy = ''
let title = ''
/** A policy of its own for each test; whoever has a party organisation is entitled. */
beforeEach(async () => {
  title = `场所补助${++count}`
  policy = await newPolicy(title)
})
async function newPolicy(name: string): Promise<string> {
  const { id } = await must('handler', 'POST', '/api/v1/policies', {
    ...{
      title: name,
      documentNo: `河政发〔2026〕${count}号`,
      issuer: '小河区人民政府',
      validFrom: '2026-01-01',
      benefit: '2万元',
    },
    ...{ mode: 'auto', unitId: water, payWithin: 10, rule: { fact: 'party', in: ['own'], cite: '第二条' } },
  })
  await must('head', 'POST', `/api/v1/policies/${id}/versions/1/actions/publish`, {})
  return id
}
const step = (firm: string, name: string, body: object = {}) =>
  w.call('handler', 'POST', `/api/v1/policies/${policy}/entitlements/${firms[firm]}/actions/${name}`, body)
const payment = (firm: string, voucher: string, more: object = {}) => ({
  ...{ enterpriseId: firms[firm], fen: FEN, on: today(), programme: title, policyId: policy, unitId: water, voucher },
  ...more,
})
const pay = (firm: string, voucher: string, more: object = {}) =>
  w.call('handler', 'POST', '/api/v1/disbursements', payment(firm, voucher, more))
const list = async (query = ''): Promise<Row[]> =>
  (await must('leader', 'GET', `/api/v1/entitlements?policy=${policy}${query}`))['items']
const of = async (firm: string, query = ''): Promise<Row | undefined> =>
  (await list(query)).find((one) => one['enterprise'].name === firm)
const sums = async () => {
  const { paid, paidFen } = await must('leader', 'GET', `/api/v1/policies/${policy}`)
  const { fen } = await must('supervisor', 'GET', `/api/v1/disbursements?policy=${policy}`)
  return { paid, paidFen, funds: fen }
}
const code = (reply: { readonly status: number; readonly body: Row }) => [
  reply.status,
  reply.body['errors']?.[0]?.code ?? reply.body['code'],
]

test('a payment of the funds ledger under a policy pays the entitlement of its enterprise, whatever step it was at', async () => {
  const before_ = await must('supervisor', 'GET', '/api/v1/ledger?type=disbursement&limit=200')
  const row = (body: Row) => body['items'].find((one: Row) => one['subjectId'] === policy)
  assert.equal(row(before_).progress, '0/3户')
  await step('乙材料', 'offer')
  for (const [i, firm] of FIRMS.entries()) assert.equal((await pay(firm, `拨${count}-${i}`)).status, 201)
  assert.partialDeepStrictEqual(await of('乙材料'), {
    state: 'paid',
    paid: { on: today(), fen: FEN, voucher: `拨${count}-1`, days: 0 },
  })
  assert.ok((await of('乙材料'))?.['paid'].disbursementId)
  assert.deepEqual(await sums(), { paid: 3, paidFen: 3 * FEN, funds: 3 * FEN })
  assert.equal(row(await must('supervisor', 'GET', '/api/v1/ledger?type=disbursement&limit=200')).progress, '3/3户')
})

test('a payment that the unit had entered itself and that then comes with the ledger of funds is one payment', async () => {
  await step('甲机械', 'confirm', { accountTail: '6688' })
  await step('甲机械', 'pay', { on: today(), fen: FEN, voucher: `自${count}` })
  assert.equal((await pay('甲机械', `自${count}`)).status, 201)
  assert.deepEqual(await sums(), { paid: 1, paidFen: FEN, funds: FEN })
  const twice = payment('甲机械', `自${count}`, { unitId: await w.unit('heating') })
  assert.deepEqual(code(await w.call('supervisor', 'POST', '/api/v1/disbursements', twice)), [
    409,
    'policy.paid_already',
  ])
  const { id: fund } = (await must('supervisor', 'GET', `/api/v1/disbursements?policy=${policy}`))['items'][0]
  await must('handler', 'POST', `/api/v1/disbursements/${fund}/actions/void`, { reason: '重复登记' })
  assert.deepEqual(await sums(), { paid: 1, paidFen: FEN, funds: 0 })
})

test('a policy pays an enterprise once: another voucher for the same is refused, by either way, and nothing is stored', async () => {
  await pay('甲机械', `拨${count}`)
  assert.deepEqual(code(await pay('甲机械', `另${count}`)), [409, 'policy.paid_already'])
  assert.deepEqual(code(await step('甲机械', 'pay', { on: today(), fen: FEN, voucher: `另${count}` })), [
    409,
    'policy.wrong_step',
  ])
  assert.deepEqual(await sums(), { paid: 1, paidFen: FEN, funds: FEN })
})

test('one voucher pays one policy of an enterprise', async () => {
  await pay('甲机械', `拨${count}`)
  policy = await newPolicy(`${title}之二`)
  await step('甲机械', 'confirm', { accountTail: '6688' })
  assert.deepEqual(code(await step('甲机械', 'pay', { on: today(), fen: FEN, voucher: `拨${count}` })), [
    409,
    'policy.voucher_taken',
  ])
  assert.equal((await of('甲机械'))?.['state'], 'confirmed')
})

test('a payment that is voided is owed again, from the step it was at', async () => {
  await step('甲机械', 'confirm', { accountTail: '6688' })
  const { body } = await pay('甲机械', `拨${count}`)
  await must('handler', 'POST', `/api/v1/disbursements/${body['id']}/actions/void`, { reason: '退票' })
  assert.partialDeepStrictEqual(await of('甲机械'), { state: 'confirmed', paid: null })
  assert.deepEqual(await sums(), { paid: 0, paidFen: 0, funds: 0 })
  assert.equal((await pay('甲机械', `拨${count}重`)).status, 201)
  assert.deepEqual(await sums(), { paid: 1, paidFen: FEN, funds: FEN })
})

test('whoever is owed nothing is paid under no policy', async () => {
  await step('甲机械', 'decline', { reason: '不需要' })
  assert.deepEqual(code(await pay('甲机械', `拨${count}`)), [409, 'policy.not_owed'])
  assert.deepEqual(await sums(), { paid: 0, paidFen: 0, funds: 0 })
})

test('what belongs to no policy of the library is refused by name, and a payment without one marks nothing', async () => {
  const unknown = { policyId: '01990000-0000-7000-8000-000000000009' }
  assert.deepEqual(code(await pay('甲机械', `拨${count}`, unknown)), [422, 'finance.policy_unknown'])
  assert.equal((await pay('甲机械', `拨${count}`, { policyId: undefined })).status, 201)
  assert.deepEqual(await sums(), { paid: 0, paidFen: 0, funds: 0 })
})

test('an enterprise that lapses and comes back keeps the days of before: any day’s list stays answerable', async () => {
  const client = new pg.Client(w.connection)
  await client.connect()
  const organised = (how: string | null) =>
    client.query('update enterprise set party_organisation = $1 where tenant_id = 1 and id = $2', [
      how,
      firms['丙科技'],
    ])
  const [found] = [today(), await step('丙科技', 'offer')]
  await organised('none')
  await nextDay()
  const lapsed = today()
  await organised('own')
  await nextDay()
  const again = today()
  await step('丙科技', 'confirm', { accountTail: '6688' })
  await nextDay()
  await pay('丙科技', `拨${count}`)
  await client.end()
  const stood = async (on: string) => {
    const one = await of('丙科技', `&on=${on}`)
    return one && [one['state'], one['since'], one['offeredOn'], one['may'].pay]
  }
  assert.deepEqual(
    await Promise.all([stood('2026-03-01'), stood(found), stood(lapsed), stood(again), stood(today())]),
    [
      undefined,
      ['offered', found, found, false],
      ['lapsed', found, found, false],
      ['confirmed', again, null, false],
      ['paid', again, null, false],
    ],
  )
  const owed = (await must('supervisor', 'GET', '/api/v1/ledger?type=disbursement&limit=200'))['items'].filter(
    (row: Row) => row['subjectId'] === policy,
  )
  assert.deepEqual(owed.map(({ progress }: Row) => progress).sort(), ['1/1户', '1/3户'])
})

const Deed = fc.constantFrom('offer', 'confirm', 'decline', 'pay', 'fund', 'void', 'join', 'leave', 'morning')
test('whatever happens to an entitlement, the list of today is what its history comes to, and no sum counts a payment twice', async () => {
  const client = new pg.Client(w.connection)
  await client.connect()
  const firm = '甲机械'
  let seen = 0
  for (const [run, deeds] of fc
    .sample(fc.array(Deed, { minLength: 4, maxLength: 14 }), { numRuns: 12, seed: 38 })
    .entries()) {
    policy = await newPolicy(`${title}－${run}`)
    let [fund, own] = ['', 0]
    for (const [i, deed] of deeds.entries()) {
      if (deed === 'morning') await nextDay()
      else if (deed === 'join' || deed === 'leave')
        await client.query('update enterprise set party_organisation = $1 where tenant_id = 1 and id = $2', [
          deed === 'join' ? 'own' : 'none',
          firms[firm],
        ])
      else if (deed === 'fund') fund = (await pay(firm, `律${count}.${run}.${i}`)).body['id'] ?? fund
      else if (deed === 'void')
        await w.call('handler', 'POST', `/api/v1/disbursements/${fund}/actions/void`, { reason: '退票' })
      else {
        const body = {
          confirm: { accountTail: '6688' },
          decline: { reason: '不需要' },
          pay: { on: today(), fen: FEN, voucher: `自律${count}.${run}.${i}` },
        }
        const { status } = await step(firm, deed, body[deed as keyof typeof body])
        if (deed === 'pay' && status === 200) own += FEN
      }
    }
    const now = (await list()).map(({ may: _, ...one }) => one)
    const past = (await list(`&on=${today()}`)).map(({ may: _, ...one }) => one)
    assert.deepEqual(past, now, deeds.join(' '))
    const { paidFen, funds } = await sums()
    const paid = now.filter((one) => one['state'] === 'paid' && one['enterprise'].name === firm)
    assert.equal(paidFen, paid.length * FEN, deeds.join(' '))
    // Whatever the ledger of funds paid under the policy stands at an entitlement, and each entitlement is paid once.
    assert.equal(funds, paid.filter((one) => one['paid'].disbursementId !== null).length * FEN, deeds.join(' '))
    assert.ok(own <= FEN, deeds.join(' '))
    seen += paid.length
    await client.query(`update enterprise set party_organisation = 'own' where tenant_id = 1 and id = $1`, [
      firms[firm],
    ])
  }
  await client.end()
  assert.ok(seen > 2, `${seen} of the runs ended paid`)
})
