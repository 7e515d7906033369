import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import sharp from 'sharp'
import { Fault } from '../src/kernel/fault.ts'
import { type World, world } from './world.ts'

const joined: { number: string; contact: unknown }[] = []
let refuse = false
let w: World
before(async () => {
  w = await world(undefined, {
    joinIn: async (_tx, _request, { number, contact }) => {
      if (refuse) throw new Fault('case.not_found')
      joined.push({ number, contact })
      return { count: joined.length, detail: '已经记下您也遇到了。' }
    },
  })
  await w.app.jobs.runAll()
  await w.file('迎宾路12号门前自来水管漏水，路面结冰很滑', { location: { address: '迎宾路12号' } })
})
after(() => w.close())

const TYPED = {
  content: '迎宾路自来水管漏水，路面结冰，“滑倒”了人',
  address: '迎宾路14号',
  name: '赵某',
  phone: '139 0000 2222',
}

/** The hidden fields of a page, as a browser would send them. */
const fieldsOf = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ]),
  )
async function post(path: string, fields: Record<string, string>, photo?: Buffer) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  if (photo) form.set('photo', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), '现场.jpg')
  const encoded = new Response(form)
  const payload = Buffer.from(await encoded.arrayBuffer())
  return w.raw({
    method: 'POST',
    url: path,
    payload,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  })
}
const tokenOf = async () => fieldsOf(String((await w.call(null, 'GET', '/r')).body))['token'] ?? ''
const reports = async () => (await w.call('clerk', 'GET', '/api/v1/ledger?limit=200')).body.items.length

describe('is it this? (是不是这件事)', () => {
  test('a likely one is shown before filing; going on files what was typed, with the photo', async () => {
    const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
    const before = await reports()
    const asked = await post('/r', { ...TYPED, token: await tokenOf() }, photo)
    assert.match(String(asked.body), /是不是这件事？/)
    assert.match(String(asked.body), /迎宾路一带/)
    assert.match(String(asked.body), /是，我也遇到/)
    assert.doesNotMatch(String(asked.body), /SQ\d|<script/)
    assert.equal(await reports(), before, 'nothing is filed while the person is asked')
    const fields = fieldsOf(String(asked.body))
    assert.partialDeepStrictEqual(fields, TYPED)
    const done = await post('/r', fields)
    assert.match(String(done.body), /已收到/)
    assert.equal(await reports(), before + 1)
    const number = /\/q\/(SQ\d+)/.exec(String(done.body))?.[1]
    const { case: kase } = (await w.call('clerk', 'GET', `/api/v1/cases/${number}`)).body
    assert.equal(kase.content, TYPED.content)
    assert.equal(kase.attachments.length, 1)
  })

  test('“me too” counts without another report, subscribes with the number given, and still lets file alone', async () => {
    const before = await reports()
    const asked = String((await post('/r', { ...TYPED, token: await tokenOf() })).body)
    const same = /name="same" value="([^"]+)"/.exec(asked)?.[1] ?? ''
    const { alone: _, ...fields } = fieldsOf(asked)
    const thanked = await post('/r/same', { ...fields, same })
    assert.equal(thanked.status, 200)
    assert.match(String(thanked.body), /已算上您/)
    assert.match(String(thanked.body), /已经记下您也遇到了/)
    assert.deepEqual(joined.at(-1)?.contact, { phone: '13900002222' })
    assert.match(joined.at(-1)?.number ?? '', /^SQ/)
    assert.equal(await reports(), before)
    const alone = await post('/r', fieldsOf(String(thanked.body)))
    assert.match(String(alone.body), /已收到/)
    assert.equal(await reports(), before + 1)
  })

  test('a refusal says why and keeps what was typed; a token that is not ours is refused', async () => {
    const asked = String((await post('/r', { ...TYPED, token: await tokenOf() })).body)
    const fields = fieldsOf(asked)
    refuse = true
    const refused = await post('/r/same', { ...fields, same: /name="same" value="([^"]+)"/.exec(asked)?.[1] ?? '' })
    refuse = false
    assert.equal(refused.status, 404)
    assert.partialDeepStrictEqual(fieldsOf(String(refused.body)), TYPED)
    const forged = await post('/r/same', { ...fields, same: 'bm90IG91cnM' })
    assert.equal(forged.status, 422)
    assert.match(String(forged.body), /已过期/)
  })

  test('whoever tells of danger is not asked; nor is whoever reports something else', async () => {
    const danger = await post('/r', {
      content: '迎宾路自来水管漏水，路面结冰，还有煤气泄漏味',
      address: '迎宾路12号',
      token: await tokenOf(),
    })
    assert.match(String(danger.body), /已收到/)
    const other = await post('/r', { content: '迎宾路夜间施工噪音扰民', token: await tokenOf() })
    assert.match(String(other.body), /已收到/)
  })
})

test('a house that cannot count “me too” offers only to go on', async () => {
  const plain = await world()
  after(() => plain.close())
  await plain.app.jobs.runAll()
  await plain.file('迎宾路12号门前自来水管漏水，路面结冰很滑', { location: { address: '迎宾路12号' } })
  const token = fieldsOf(String((await plain.call(null, 'GET', '/r')).body))['token']
  const { body } = await plain.call(null, 'POST', '/r', { ...TYPED, token })
  assert.match(String(body), /是不是这件事？/)
  assert.match(String(body), /继续提交/)
  assert.doesNotMatch(String(body), /我也遇到/)
  assert.equal((await plain.call(null, 'POST', '/r/same', { token })).status, 404)
})
