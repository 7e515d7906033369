import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
})
after(() => w.close())
const { must, at } = storyteller(() => w)

const refusal = async (account: string, method: 'POST' | 'PUT', url: string, body: object) => {
  const reply = await w.call(account, method, url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body as Row
}
const pageOf = async (url: string) => {
  const reply = await w.call(null, 'GET', url)
  assert.equal(reply.status, 200, url)
  return String(reply.body)
}

const TEXT = {
  text: '报修后 24 小时内到场。',
  source: '供水服务规范',
  effectiveOn: '2026-03-01',
  validUntil: '2026-12-31',
}
const submit = (body: string, part: string, more: object = {}, account = 'handler') =>
  must(account, 'POST', `/api/v1/disclosures/${body}/texts`, { ...TEXT, part, ...more })
const publish = (id: string, account = 'head') =>
  must(account, 'POST', `/api/v1/public-texts/${id}/actions/publish`, {})
const gapsOf = async (body: string): Promise<unknown[]> =>
  (await must('supervisor', 'GET', '/api/v1/disclosure-gaps'))['items']
    .filter((gap: Row) => gap['bodyId'] === body)
    .map((gap: Row) => [gap['label'], gap['cause'], gap['since'], gap['days']])

let water: string
let heatingFirm: string

test('a body that owes a disclosure owes all four things from the first day of its duty', async () => {
  const unitId = await w.unit('water')
  const duty = { unitId, trade: 'water', obligedFrom: '2026-02-01' }
  water = (await must('supervisor', 'POST', '/api/v1/disclosures', duty))['id']
  assert.deepEqual(await gapsOf(water), [
    ['服务标准', 'never', '2026-02-01', 30],
    ['办事程序', 'never', '2026-02-01', 30],
    ['收费标准', 'never', '2026-02-01', 30],
    ['法定条件', 'never', '2026-02-01', 30],
  ])
  assert.equal((await refusal('supervisor', 'POST', '/api/v1/disclosures', duty))['code'], 'disclosure.known')
  assert.equal((await refusal('handler', 'POST', '/api/v1/disclosures', duty))['code'], 'forbidden')
  const outside = { ...duty, name: '河畔供热公司', trade: 'heating', unitId: await w.unit('heating') }
  heatingFirm = (await must('supervisor', 'POST', '/api/v1/disclosures', outside))['id']
  assert.equal((await refusal('supervisor', 'POST', '/api/v1/disclosures', outside))['code'], 'disclosure.known')
})

test('the unit writes, somebody else publishes: who wrote it cannot, and other units do neither', async () => {
  const url = `/api/v1/disclosures/${water}/texts`
  assert.equal((await refusal('handler2', 'POST', url, { ...TEXT, part: 'charges' }))['code'], 'forbidden')
  const byHead = await submit(water, 'serviceStandard', {}, 'head')
  assert.equal(byHead['reviewable'], false)
  const own = await refusal('head', 'POST', `/api/v1/public-texts/${byHead['id']}/actions/publish`, {})
  assert.equal(own['code'], 'publicText.own')
  assert.match(own['detail'], /另一个人审核/)
  for (const other of ['head2', 'handler'])
    assert.equal(
      (await refusal(other, 'POST', `/api/v1/public-texts/${byHead['id']}/actions/publish`, {}))['code'],
      'forbidden',
    )
  assert.doesNotMatch(await pageOf(`/open/disclosures/${water}`), /24 小时内到场/, 'not before it is published')
  const waiting = await refusal('handler', 'POST', url, { ...TEXT, part: 'serviceStandard' })
  assert.equal(waiting['code'], 'publicText.waiting')
  const published = await publish(byHead['id'], 'vice')
  assert.partialDeepStrictEqual(published, {
    state: 'published',
    version: 1,
    author: '水务局长',
    reviewer: '供水副局长',
  })
  assert.equal((await gapsOf(water)).length, 3)
  const again = await refusal('vice', 'POST', `/api/v1/public-texts/${byHead['id']}/actions/publish`, {})
  assert.equal(again['code'], 'publicText.not_waiting')
})

test('the text of an outside body is written by the unit that answers for it', async () => {
  const { id } = await submit(heatingFirm, 'charges', { text: '居民 26 元每平方米。' }, 'handler2')
  await publish(id, 'head2')
  const page = await pageOf('/open/disclosures?q=河畔')
  assert.match(page, /河畔供热公司/)
  assert.match(page, /主管单位 区供热办/)
  assert.doesNotMatch(page, /区水务局/)
})

test('a text that was sent back is not public, and the next one may be submitted', async () => {
  const { id } = await submit(water, 'procedure')
  const back = await must('head', 'POST', `/api/v1/public-texts/${id}/actions/return`, { reason: '缺办理地点' })
  assert.partialDeepStrictEqual(back, { state: 'returned', version: null, reviewNote: '缺办理地点' })
  assert.equal((await gapsOf(water)).length, 3)
  await publish((await submit(water, 'procedure', { text: '到政务大厅二楼办理。' }))['id'])
  assert.equal((await gapsOf(water)).length, 2)
})

test('a correction needs a reason, and the public reads the old words struck, with the day and the reason', async () => {
  const body = { ...TEXT, part: 'serviceStandard', text: '报修后 12 小时内到场。' }
  const url = `/api/v1/disclosures/${water}/texts`
  assert.equal((await refusal('handler', 'POST', url, body))['code'], 'publicText.reason_missing')
  const same = { ...TEXT, part: 'serviceStandard', reason: '无' }
  assert.equal((await refusal('handler', 'POST', url, same))['code'], 'publicText.unchanged')
  const { id } = await submit(water, 'serviceStandard', { ...body, reason: '规范修订，时限缩短' })
  assert.match(await pageOf(`/open/disclosures/${water}`), /24 小时内到场/)
  assert.equal((await publish(id))['version'], 2)
  const page = await pageOf(`/open/disclosures/${water}`)
  assert.match(page, /<div class="answer">报修后 12 小时内到场。<\/div>/)
  assert.match(page, /<b>更正<\/b> 2026-03-02：规范修订，时限缩短/)
  assert.match(page, /<del>报修后 24 小时内到场。<\/del>/)
})

test('a version that begins later leaves the one before in force until then', async () => {
  const next = { text: '居民 28 元每平方米。', effectiveOn: '2026-11-01', validUntil: '2027-10-31', reason: '调价' }
  await publish((await submit(heatingFirm, 'charges', next, 'handler2'))['id'], 'head2')
  const charges = async () =>
    (await must(null, 'GET', '/api/v1/public/disclosures?q=河畔'))['items'][0].parts.find(
      (part: Row) => part['part'] === 'charges',
    )
  assert.partialDeepStrictEqual((await charges()).current, { version: 1, text: '居民 26 元每平方米。', changes: [] })
  await at('2026-11-01T08:00:00+08:00')
  assert.partialDeepStrictEqual((await charges()).current, { version: 2, text: '居民 28 元每平方米。' })
})

test('what ran out is missing again from the day after, and the public is told', async () => {
  await at('2027-01-05T09:00:00+08:00')
  assert.deepEqual((await gapsOf(water)).at(-1), ['办事程序', 'expired', '2027-01-01', 5])
  assert.equal((await gapsOf(water)).length, 4)
  const page = await pageOf(`/open/disclosures/${water}`)
  assert.match(page, /已过有效期，自 2027-01-01 起缺项/)
  assert.match(await pageOf('/open/disclosures'), /id="missing"[\s\S]*区水务局[\s\S]*从未公开[\s\S]*2026-02-01/)
  const over = await refusal('handler', 'POST', `/api/v1/disclosures/${water}/texts`, { ...TEXT, part: 'charges' })
  assert.equal(over['code'], 'publicText.already_over')
})

test('whose duty has ended owes nothing more and is not shown', async () => {
  const record = { unitId: await w.unit('heating'), name: '河畔供热公司', trade: 'heating', obligedFrom: '2026-02-01' }
  const url = `/api/v1/disclosures/${heatingFirm}`
  const ended = await must('admin', 'PUT', url, { ...record, obligedUntil: '2027-01-04' })
  assert.equal(ended['missing'], 0)
  assert.deepEqual(await gapsOf(heatingFirm), [])
  assert.doesNotMatch(await pageOf('/open/disclosures'), /河畔供热公司/)
  const text = { ...TEXT, part: 'procedure', validUntil: '2027-12-31' }
  assert.equal((await refusal('handler2', 'POST', `${url}/texts`, text))['code'], 'disclosure.released')
})

test('a search word is a word: nothing in it is taken for a pattern or for HTML', async () => {
  assert.doesNotMatch(await pageOf('/open/disclosures?q=%25'), /区水务局/)
  assert.doesNotMatch(await pageOf(`/open/disclosures?q=${encodeURIComponent('<b>x</b>')}`), /<b>x<\/b>/)
  assert.match(await pageOf('/open/disclosures?trade=nothing'), /区水务局/)
  assert.equal((await w.call(null, 'GET', '/open/disclosures/unknown')).status, 404)
})
