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

const NOTICE = {
  title: '致全区企业的一封信',
  kind: 'initiative',
  audiences: ['enterprise', 'industryFederation'],
  text: '守信经营，有难处就说。',
  source: '优化营商环境倡议',
  effectiveOn: '2026-03-01',
  validUntil: '2026-06-30',
}
const inForce = async (audience?: string): Promise<string[]> => {
  const query = audience === undefined ? '' : `?audience=${audience}`
  return (await must(null, 'GET', `/api/v1/public/notices${query}`))['items'].map((one: Row) => one['title'])
}
const codeOf = async (account: string, url: string, body: object) =>
  (await w.call(account, 'POST', url, body)).body.code
const publish = (account: string, notice: Row) =>
  must(account, 'POST', `/api/v1/public-texts/${notice['texts'][0].id}/actions/publish`, {})

let notice: Row

test('a notice is read by the kinds of organisations it speaks to, once somebody else has published it', async () => {
  notice = await must('handler', 'POST', '/api/v1/public-notices', { ...NOTICE, unitId: await w.unit('water') })
  assert.equal(notice['standing'], 'unpublished')
  assert.deepEqual(await inForce(), [])
  await publish('head', notice)
  assert.deepEqual(await inForce('enterprise'), ['致全区企业的一封信'])
  assert.deepEqual(await inForce('school'), [])
  const page = async (query: string) => String((await w.call(null, 'GET', `/open/notices${query}`)).body)
  assert.match(await page('?audience=industryFederation'), /致全区企业的一封信[\s\S]*守信经营/)
  assert.match(await page('?audience=village'), /目前没有给村的告知书/)
})

test('nobody writes in the name of another unit, nobody publishes the own words, and a notice speaks to somebody', async () => {
  const body = { ...NOTICE, unitId: await w.unit('heating') }
  assert.equal(await codeOf('handler', '/api/v1/public-notices', body), 'forbidden')
  const none = { ...NOTICE, audiences: [], unitId: await w.unit('water') }
  assert.equal(await codeOf('handler', '/api/v1/public-notices', none), 'publicNotice.no_audience')
  const turned = { ...NOTICE, validUntil: '2026-01-01', unitId: await w.unit('water') }
  assert.equal(await codeOf('handler', '/api/v1/public-notices', turned), 'publicText.reversed')
  const own = await must('head', 'POST', '/api/v1/public-notices', { ...NOTICE, unitId: await w.unit('water') })
  assert.equal(await codeOf('head', `/api/v1/public-texts/${own['texts'][0].id}/actions/publish`, {}), 'publicText.own')
})

test('a new version shows what it replaced, and its period ends by itself', async () => {
  const { title: _, kind: __, audiences: ___, ...words } = NOTICE
  const next = { ...words, text: '守信经营，有难处就说，五日内答复。', reason: '补充答复时限' }
  notice = await must('handler', 'POST', `/api/v1/public-notices/${notice['id']}/texts`, next)
  await publish('vice', notice)
  const [shown] = (await must(null, 'GET', '/api/v1/public/notices?audience=enterprise'))['items']
  assert.partialDeepStrictEqual(shown.current, {
    ...{ version: 2, text: '守信经营，有难处就说，五日内答复。' },
    changes: [{ reason: '补充答复时限', before: '守信经营，有难处就说。', version: 1 }],
  })
  await at('2026-07-01T00:30:00+08:00')
  assert.deepEqual(await inForce('enterprise'), [])
})

test('a notice that was withdrawn is gone from the portal and stays on the desk with the reason', async () => {
  const { title: _, kind: __, audiences: ___, ...words } = NOTICE
  const longer = { ...words, validUntil: '2026-12-31', reason: '延期' }
  await publish('vice', await must('handler', 'POST', `/api/v1/public-notices/${notice['id']}/texts`, longer))
  assert.deepEqual(await inForce('enterprise'), ['致全区企业的一封信'])
  const url = `/api/v1/public-notices/${notice['id']}`
  notice = await must('handler', 'POST', `${url}/texts`, { ...longer, validUntil: '2027-01-31', reason: '再延期' })
  assert.equal(await codeOf('handler', `${url}/actions/withdraw`, { reason: '政策调整' }), 'forbidden')
  const down = await must('head', 'POST', `${url}/actions/withdraw`, { reason: '政策调整' })
  assert.partialDeepStrictEqual(down, { standing: 'withdrawn', withdrawn: { reason: '政策调整', by: '水务局长' } })
  assert.deepEqual(await inForce('enterprise'), [])
  const text = `/api/v1/public-texts/${notice['texts'][0].id}/actions/publish`
  assert.equal(await codeOf('head', text, {}), 'publicNotice.withdrawn', 'what still waited does not come up again')
  assert.equal(await codeOf('head', `${url}/actions/withdraw`, { reason: '又撤' }), 'publicNotice.withdrawn')
})
