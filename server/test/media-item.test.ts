import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let item: Row
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
})
after(() => w.close())
const { must, at, bring } = storyteller(() => w)

const PHONE = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile MicroMessenger/8.0'
const DESKTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0'
const visit = (
  agent: string,
  more: { address?: string; headers?: Record<string, string>; method?: 'GET' | 'HEAD' } = {},
) =>
  w.app.http.inject({
    ...{ method: more.method ?? 'GET', url: `/m/${item['code']}`, remoteAddress: more.address ?? '198.51.100.7' },
    headers: { host: 'localhost', 'user-agent': agent, ...more.headers },
  })
const listed = async (account = 'clerk'): Promise<Row> =>
  (await must(account, 'GET', '/api/v1/media-items'))['items'].find((one: Row) => one['id'] === item['id'])
/** Files on the portal's form as a browser does, with every hidden field of the page it came from. */
async function fileOn(address: string, content: string): Promise<string> {
  const form = String((await w.call(null, 'GET', address)).body)
  const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ])
  const reply = await w.raw({
    ...{ method: 'POST', url: '/r', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    payload: new URLSearchParams([...(hidden as [string, string][]), ['content', content]]).toString(),
  })
  assert.equal(reply.status, 200, String(reply.body))
  return String(reply.body).match(/\/q\/(SQ\d+)\?/)?.[1] ?? ''
}

test('only what is public can be told of, and the ready text says what the public page says', async () => {
  const id = await bring('answered')
  const { number } = (await must('dispatcher', 'GET', `/api/v1/cases/${id}`))['case']
  const body = { kind: 'answer', ref: number, title: '水管修好了', brief: '修好了。', text: '修好了。' }
  const hidden = await w.call('clerk', 'POST', '/api/v1/media-items', body)
  assert.equal(hidden.body.code, 'media.not_public')
  await w.act('supervisor', id, 'publishAnswer')
  const { items } = await must('clerk', 'GET', '/api/v1/media-subjects')
  assert.deepEqual(
    items.map((one: Row) => [one['kind'], one['ref']]),
    [['answer', number]],
  )
  const proposal = await must('clerk', 'GET', `/api/v1/media-subjects/answer?ref=${number}`)
  assert.equal(proposal['path'], `/open/${number}`)
  assert.match(proposal['text'], /区水务局已经答复：已更换破损水管/)
  assert.ok([...proposal['brief']].length <= 150)
  assert.equal((await w.call('handler', 'POST', '/api/v1/media-items', body)).body.code, 'forbidden')
  const personal = { ...body, text: '请打 13812345678。' }
  assert.equal((await w.call('clerk', 'POST', '/api/v1/media-items', personal)).body.code, 'media.personal')
  item = await must('clerk', 'POST', '/api/v1/media-items', body)
  assert.match(item['code'], /^[a-hjkmnp-z2-9]{6}$/)
  assert.partialDeepStrictEqual(item, { visits: 0, filed: 0 })
})

test('a device counts once a day; machines, previews and the district’s own people do not count', async () => {
  const first = await visit(PHONE)
  assert.equal(first.statusCode, 200)
  assert.match(first.body, /水管修好了/)
  assert.equal((await listed())['visits'], 1)
  await visit(PHONE)
  assert.equal((await listed())['visits'], 1, 'the same device, the same day')
  await visit(DESKTOP)
  await visit(PHONE, { address: '198.51.100.8' })
  assert.equal((await listed())['visits'], 3)
  for (const machine of ['Mozilla/5.0 (compatible; Baiduspider/2.0)', 'curl/8.5.0', 'WeChatBot/1.0', ''])
    await visit(machine, { address: '198.51.100.9' })
  await visit(DESKTOP, { address: '198.51.100.9', headers: { 'sec-purpose': 'prefetch' } })
  await visit(DESKTOP, { address: '198.51.100.9', headers: { cookie: await w.cookie('handler') } })
  assert.equal((await visit(DESKTOP, { address: '198.51.100.9', method: 'HEAD' })).statusCode, 404)
  assert.equal((await listed())['visits'], 3)
  assert.equal((await w.call(null, 'GET', '/m/zzzzzz')).status, 404)
})

test('the next day the same device counts again, and yesterday’s salt is gone: nobody can tell who it was', async () => {
  await at('2026-03-03T09:30:00+08:00')
  await visit(PHONE)
  const { items, total } = await must('leader', 'GET', `/api/v1/media-items/${item['id']}/visits`)
  assert.deepEqual(items, [
    { day: '2026-03-03', visits: 1 },
    { day: '2026-03-02', visits: 3 },
  ])
  assert.equal(total, (await listed())['visits'])
  const { sql } = await import('kysely')
  const salts = await w.app.store.tx(w.tenant, (tx) => tx.run<{ day: string }>(sql`select day from media_salt`))
  assert.deepEqual(salts, [{ day: '2026-03-03' }])
  const kept = await w.app.store.tx(w.tenant, (tx) => tx.run<object>(sql`select v::text as row from media_visit v`))
  assert.doesNotMatch(JSON.stringify(kept), /198\.51|Mozilla/)
})

test('a report filed through the link shows where it came from, also from the page behind it', async () => {
  const landing = (await visit(PHONE)).body
  assert.match(landing, new RegExp(`href="/r\\?m=${item['code']}"`))
  const number = await fileOn(`/r?m=${item['code']}`, '看了推送，我家门前也漏水。')
  const source = await must('clerk', 'GET', `/api/v1/cases/${number}/source`)
  assert.deepEqual(source['media'], { id: item['id'], title: '水管修好了' })
  const behind = landing.match(/href="(\/open\/[^"]+m=[^"]+)"/)?.[1] ?? ''
  const next = String((await w.call(null, 'GET', behind)).body).match(/href="(\/r\?m=[^"]+)"/)?.[1] ?? ''
  await fileOn(next, '从公开页过来再报一件路灯不亮。')
  assert.equal((await listed())['filed'], 2)
  const rows = await must('clerk', 'GET', `/api/v1/ledger?media=${item['id']}`)
  assert.equal(rows['total'].value, 2)
  const api = { content: '小程序里打开推送后反映井盖松动。', via: item['code'].toUpperCase() }
  await must(null, 'POST', '/api/v1/public/appeals', api)
  assert.equal((await listed())['filed'], 3)
  assert.equal((await listed('head'))['filed'], 0, 'as far as the reader sees them')
})

test('a link that was cut short does not stop anybody from filing, and counts to nothing', async () => {
  const number = await fileOn('/r?m=zzz', '链接抄错了，事还是要反映。')
  assert.equal((await must('clerk', 'GET', `/api/v1/cases/${number}/source`))['media'], null)
  await fileOn(`/r?m=${encodeURIComponent('"><script>')}`, '地址被人改过，也要能反映。')
  assert.equal((await listed())['filed'], 3)
})

test('the refused form keeps the code', async () => {
  const form = String((await w.call(null, 'GET', `/r?m=${item['code']}`)).body)
  const token = form.match(/name="token" value="([^"]+)"/)?.[1] ?? ''
  const reply = await w.raw({
    ...{ method: 'POST', url: '/r', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    payload: new URLSearchParams({ token, m: item['code'], content: '' }).toString(),
  })
  assert.equal(reply.status, 422)
  assert.match(String(reply.body), new RegExp(`name="m" value="${item['code']}"`))
})

test('the QR code of the link is a picture that needs no account', async () => {
  const reply = await w.raw({ method: 'GET', url: `/m/${item['code']}.svg` })
  assert.equal(reply.status, 200)
  assert.match(String(reply.headers['content-type']), /svg/)
  assert.match(String(reply.body), /^<svg[^>]+width="600"/)
})

test('once what it tells of was taken down, the link says so and not a word of it', async () => {
  const id = await bring('answered', { content: '迎宾路井盖缺失。' })
  await w.act('supervisor', id, 'publishAnswer')
  const { number } = (await must('dispatcher', 'GET', `/api/v1/cases/${id}`))['case']
  const made = await must('clerk', 'POST', '/api/v1/media-items', {
    ...{ kind: 'answer', ref: number, title: '井盖换好了', brief: '换好了。', text: '迎宾路井盖当天换好。' },
  })
  const read = () => w.call(null, 'GET', `/m/${made['code']}`)
  assert.match(String((await read()).body), /当天换好/)
  await w.act('supervisor', number, 'takeDown', { reason: '当事人要求' })
  const gone = await read()
  assert.equal(gone.status, 410)
  assert.match(String(gone.body), /已撤下/)
  assert.doesNotMatch(String(gone.body), /当天换好|井盖换好了/)
  assert.doesNotMatch(String(gone.body), new RegExp(`/open/${number}`))
})
