import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import sharp from 'sharp'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
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
async function post(path: string, fields: Record<string, string>, photo?: Buffer, cookie = '') {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  if (photo) form.set('photo', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), '现场.jpg')
  const encoded = new Response(form)
  const payload = Buffer.from(await encoded.arrayBuffer())
  return w.raw({
    method: 'POST',
    url: path,
    payload,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '', cookie },
  })
}
const tokenOf = async () => fieldsOf(String((await w.call(null, 'GET', '/r')).body))['token'] ?? ''
const photo = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
const rows = async (): Promise<{ id: string; stage: string }[]> =>
  (await w.call('clerk', 'GET', '/api/v1/ledger?limit=200')).body.items
async function closeAll(): Promise<void> {
  for (const { id } of await rows()) await w.act('clerk', id, 'withdraw', { reason: '诉求人来电撤回' })
}
const reports = async () => (await rows()).length

describe('is it this? (是不是这件事)', () => {
  test('a likely one is shown before filing; going on files what was typed, with the photo', async () => {
    const before = await reports()
    const asked = await post('/r', { ...TYPED, token: await tokenOf() }, await photo())
    assert.match(String(asked.body), /是不是这件事？/)
    assert.match(String(asked.body), /迎宾路一带/)
    assert.match(String(asked.body), /是，我也遇到/)
    assert.doesNotMatch(String(asked.body), /SQ\d{8}/, 'no number of another person')
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

  test('how the person came rides along with what was typed', async () => {
    const drive = '01890000-0000-7000-8000-000000000001'
    const asked = await post('/r', { ...TYPED, token: await tokenOf(), m: 'abc234', drive })
    assert.match(String(asked.body), /是不是这件事？/)
    assert.partialDeepStrictEqual(fieldsOf(String(asked.body)), { m: 'abc234', drive })
  })

  test('“me too” counts without another report, subscribes with the number given, and still lets file alone', async () => {
    const before = await reports()
    const asked = String((await post('/r', { ...TYPED, token: await tokenOf() })).body)
    const same = /name="same" value="([^"]+)"/.exec(asked)?.[1] ?? ''
    const { alone: _, ...fields } = fieldsOf(asked)
    const thanked = await post('/r/same', { ...fields, same }, await photo())
    assert.equal(thanked.status, 200)
    assert.match(String(thanked.body), /已算上您.*已计入，现有 1 人次同感/s)
    const said = await w.app.store.tx(w.tenant, (tx) =>
      tx.run(sql`
        select p.phone, s.confirmed_at is not null as told from me_too m join subscription s on s.tenant_id = m.tenant_id and s.case_id = m.case_id
        join party p on p.tenant_id = s.tenant_id and p.id = s.party_id where m.tenant_id = ${w.tenant}`),
    )
    assert.deepEqual(said, [{ phone: '13900002222', told: true }])
    assert.equal(await reports(), before)
    const alone = await post('/r', fieldsOf(String(thanked.body)))
    assert.match(String(alone.body), /已收到/)
    assert.equal(await reports(), before + 1)
    const number = /\/q\/(SQ\d+)/.exec(String(alone.body))?.[1]
    const { case: kase } = (await w.call('clerk', 'GET', `/api/v1/cases/${number}`)).body
    assert.equal(kase.attachments.length, 1, 'the photo is not chosen twice')
  })

  test('whoever left no number is asked once more where to tell what becomes of it', async () => {
    const { phone: _, ...quiet } = TYPED
    const asked = String((await post('/r', { ...quiet, token: await tokenOf() })).body)
    const { alone: __, ...fields } = fieldsOf(asked)
    const thanked = await post('/r/same', { ...fields, same: /name="same" value="([^"]+)"/.exec(asked)?.[1] ?? '' })
    assert.match(String(thanked.body), /已算上您.*有进展要告诉您吗/s)
    const form = /<form class="card" method="post" action="\/r\/same".*?<\/form>/s.exec(String(thanked.body))?.[0] ?? ''
    const cookie = String(thanked.headers['set-cookie']).split(';')[0] ?? ''
    const told = await post('/r/same', { ...fieldsOf(form), phone: '13911112222' }, undefined, cookie)
    assert.match(String(told.body), /已记下联系电话.*有进展会告诉您/s)
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

  test('while typing: a piece of the form for whoever has a script, and going on from there is not asked again', async () => {
    const form = String((await w.call(null, 'GET', '/r')).body)
    assert.match(form, /<div id="near"[^>]*role="status"><\/div><script src="\/near.js" defer>/)
    const script = await w.raw({ method: 'GET', url: '/near.js' })
    assert.match(String(script.headers['content-type']), /javascript/)
    const near = async (content: string, address = '', kind = 'appeal') =>
      String(
        (
          await w.raw({
            method: 'POST',
            url: '/r/near',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            payload: new URLSearchParams({ content, address, kind }).toString(),
          })
        ).body,
      )
    const piece = await near(TYPED.content, TYPED.address)
    assert.match(piece, /附近有人反映过类似的情况.*迎宾路一带.*formaction="\/r\/same"/s)
    assert.doesNotMatch(piece, /SQ\d{8}|很滑/, 'no number and no words of another person')
    assert.equal(await near(TYPED.content, TYPED.address, 'suggestion'), '', 'a proposal is nobody else’s report')
    assert.equal(await near('漏水'), '', 'too little to say')
    assert.equal(await near('迎宾路自来水管漏水，路面结冰，有煤气泄漏味'), '', 'danger comes first')
    assert.equal(await near('迎宾路公交站牌被撞歪，看不清'), '', 'another matter')
    const before = await reports()
    const gone = await post('/r', { ...TYPED, ...fieldsOf(piece), token: await tokenOf() })
    assert.match(String(gone.body), /已收到/)
    assert.equal(await reports(), before + 1)
  })

  test('a refusal says why and keeps what was typed; a token that is not ours is refused', async () => {
    const asked = String((await post('/r', { ...TYPED, token: await tokenOf() })).body)
    const fields = fieldsOf(asked)
    const same = /name="same" value="([^"]+)"/.exec(asked)?.[1] ?? ''
    const mistyped = await post('/r/same', { ...fields, same, phone: '139' })
    assert.equal(mistyped.status, 422)
    assert.match(String(mistyped.body), /id="phone-why">电话号码不完整/)
    assert.match(String(mistyped.body), /路面结冰，“滑倒”了人<\/textarea>/)
    await closeAll()
    const late = await post('/r/same', { ...fields, same })
    assert.equal(late.status, 409)
    assert.match(String(late.body), /没有计入.*已经办结/s)
    assert.partialDeepStrictEqual(fieldsOf(String(late.body)), TYPED)
    const forged = await post('/r/same', { ...fields, same: 'bm90IG91cnM' })
    assert.equal(forged.status, 422)
    assert.match(String(forged.body), /已过期/)
  })

  test('of what was published the neighbours read the reviewed title, not the one in the file', async () => {
    const said = '华山路老李饭店门口污水井外溢，臭味很大'
    const { id } = await w.file(said, { location: { address: '华山路8号' } })
    await w.act('clerk', id, 'accept', { category: 'pipe' })
    await w.act('clerk', id, 'answerAtOnce', { text: '已疏通。' })
    await w.act('supervisor', id, 'publishAnswer', { title: '华山路污水井外溢', text: '已疏通。' })
    await w.app.jobs.runAll()
    const typed = { content: '华山路饭店门口污水井外溢，臭味难闻', address: '华山路10号', token: await tokenOf() }
    const asked = String((await post('/r', typed)).body)
    assert.match(asked, /<h2>华山路污水井外溢<\/h2>/)
    assert.doesNotMatch(asked, /老李/)
  })
})
