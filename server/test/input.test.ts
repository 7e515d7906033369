import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import sharp from 'sharp'
import { importFile, upload } from './upload.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const APPEALS = '/api/v1/public/appeals'
const total = async () => (await w.call('dispatcher', 'GET', '/api/v1/ledger?limit=1')).body.total.value

test('bad text is refused with a sentence and a stable code, and nothing is stored', async () => {
  const before = await total()
  const table: [unknown, number, string][] = [
    [{ content: '' }, 422, 'text.empty'],
    [{ content: '   \n ' }, 422, 'text.empty'],
    [{ content: '字'.repeat(33_000) }, 422, 'text.too_long'],
    [{ content: '有\u0000空字符' }, 422, 'text.control_characters'],
    [{ content: '有\u001b[31m颜色' }, 422, 'text.control_characters'],
    [{ content: '好', contact: { phone: 'abc' } }, 422, 'import.phone_invalid'],
    [{}, 422, 'request.invalid'],
    [{ content: '好', attachmentIds: [randomUUID()] }, 422, 'request.invalid'],
  ]
  for (const [body, status, code] of table) {
    const reply = await w.call(null, 'POST', APPEALS, body)
    assert.deepEqual([reply.status, reply.body.code], [status, code], JSON.stringify(body).slice(0, 60))
    assert.match(reply.body.detail, /[\u4e00-\u9fff]/)
    assert.match(String(reply.headers['content-type']), /application\/problem\+json/)
  }
  assert.equal(await total(), before)
})

test('malformed JSON, a wrong media type, an oversized body and an unknown address', async () => {
  const send = (payload: string, type: string) =>
    w.raw({ method: 'POST', url: APPEALS, payload, headers: { 'content-type': type } })
  assert.partialDeepStrictEqual(await send('{"content": ', 'application/json'), {
    status: 400,
    body: { code: 'request.malformed_json' },
  })
  assert.partialDeepStrictEqual(await send('<a/>', 'application/xml'), {
    status: 415,
    body: { code: 'request.media_type' },
  })
  assert.partialDeepStrictEqual(await send(JSON.stringify({ content: 'x'.repeat(300_000) }), 'application/json'), {
    status: 413,
    body: { code: 'request.too_large' },
  })
  assert.partialDeepStrictEqual(await w.call(null, 'GET', '/api/v1/nothing'), {
    status: 404,
    body: { code: 'request.not_found' },
  })
  assert.partialDeepStrictEqual(await w.call(null, 'GET', '/api/v1/ledger'), {
    status: 401,
    body: { code: 'session.required' },
  })
})

test('a program renamed to a photo, a photo of 50 MB and a broken photo are refused; a real one loses its position', async () => {
  const url = '/api/v1/public/attachments'
  assert.partialDeepStrictEqual(
    await upload(w, null, url, { name: 'a.jpg', data: Buffer.from('4d5a90000300000004000000', 'hex') }),
    { status: 415, body: { code: 'file.kind' } },
  )
  assert.partialDeepStrictEqual(
    await upload(w, null, url, { name: 'b.jpg', data: Buffer.alloc(50 * 1024 * 1024, 0xff) }),
    { status: 413, body: { code: 'file.too_large' } },
  )
  assert.partialDeepStrictEqual(
    await upload(w, null, url, { name: 'c.jpg', data: Buffer.from('ffd8ffe000104a46', 'hex') }),
    { status: 422, body: { code: 'file.unreadable' } },
  )
  const photo = await sharp({ create: { width: 3000, height: 100, channels: 3, background: 'red' } })
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .jpeg()
    .toBuffer()
  const { status, body } = await upload(w, null, url, { name: '../../门前.png', data: photo })
  assert.equal(status, 201)
  const { number, pickupCode } = await w.file('路面塌陷', { attachmentIds: [body.id] })
  const seen = await w.raw({ method: 'GET', url: `/api/v1/attachments/${body.id}?number=${number}&code=${pickupCode}` })
  const meta = await sharp(seen.raw).metadata()
  assert.deepEqual([seen.status, meta.width, meta.exif], [200, 2000, undefined])
  assert.equal(
    (await w.raw({ method: 'GET', url: `/api/v1/attachments/${body.id}` })).status,
    404,
    'without code or account there is no photo',
  )
})

test('the same Idempotency-Key twice is one case with the same answer; with another body it is refused', async () => {
  const key = randomUUID()
  const send = (content: string) => w.call(null, 'POST', APPEALS, { content }, { 'idempotency-key': key })
  const before = await total()
  const replies = await Promise.all([send('网络不好点了两次'), send('网络不好点了两次'), send('网络不好点了两次')])
  assert.equal(new Set(replies.map((reply) => JSON.stringify(reply.body))).size, 1)
  assert.match(replies[0]?.body.pickupCode, /^[A-Z2-9]{6}$/)
  assert.deepEqual(replies.map((reply) => reply.headers['idempotent-replayed']).filter(Boolean), ['true', 'true'])
  assert.equal(await total(), before + 1)
  assert.partialDeepStrictEqual(await send('别的内容'), { status: 422, body: { code: 'idempotency.mismatch' } })
  assert.partialDeepStrictEqual(await w.call(null, 'POST', APPEALS, { content: '好' }, { 'idempotency-key': 'abc' }), {
    body: { code: 'idempotency.invalid' },
  })
})

test('a wrong pickup code tells nothing, and after a few tries one has to wait', async () => {
  const { number, pickupCode } = await w.file()
  const codes = []
  for (let i = 0; i < 20; i++)
    codes.push((await w.call(null, 'GET', `${APPEALS}/${number}?code=AAAAA${i % 9}`)).body.code)
  assert.equal(codes[0], 'track.wrong_code')
  assert.equal(codes.at(-1), 'request.too_many')
  const waiting = await w.call(null, 'GET', `${APPEALS}/${number}?code=${pickupCode}`)
  assert.deepEqual([waiting.status, Number(waiting.headers['retry-after']) > 0], [429, true])
})

test('a wrong password is counted and the account locked; a foreign page cannot use a session', async () => {
  const signIn = (password: string) => w.call(null, 'POST', '/api/v1/session', { account: 'evaluator', password })
  const codes = []
  for (let i = 0; i < 7; i++) codes.push((await signIn('wrong')).body.code)
  assert.deepEqual([codes[0], codes.at(-1)], ['session.wrong_password', 'session.locked'])
  const foreign = await w.call(
    'clerk',
    'POST',
    '/api/v1/cases',
    { type: 'appeal', facts: { content: '好' } },
    { origin: 'http://elsewhere.example' },
  )
  assert.deepEqual([foreign.status, foreign.body.code], [403, 'request.origin'])
})

test('a machine works with a bearer token that the administrator issued', async () => {
  const { body } = await w.call('admin', 'POST', '/api/v1/tokens', { name: '城市热线接口', account: 'clerk' })
  const reply = await w.call(null, 'GET', '/api/v1/session', undefined, { authorization: `Bearer ${body.token}` })
  assert.equal(reply.body.account, 'clerk')
  assert.partialDeepStrictEqual(
    await w.call(null, 'GET', '/api/v1/session', undefined, { authorization: 'Bearer nonsense' }),
    { status: 401, body: { code: 'token.invalid' } },
  )
})

test('contact data lie in the party and nowhere else: no other table, file, answer or export', async () => {
  const phone = '13987650123'
  const said = `我是赵钱孙，电话${phone}，水管漏水`
  const { id, number } = await w.file(said, { contact: { name: '赵钱孙', phone }, title: `找${phone}` })
  await w.call(null, 'POST', APPEALS, { content: said, contact: { phone } }, { 'idempotency-key': randomUUID() })
  await importFile(w, { name: 'p.csv', data: `编号,内容,电话\nP-1,请回电${phone},${phone}\n` })
  const client = new pg.Client(w.connection)
  await client.connect()
  const tables = (
    await client.query<{ name: string }>(
      "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
  ).rows
  const holding = []
  for (const { name } of tables)
    if ((await client.query(`select 1 from ${name} t where t::text like $1 limit 1`, [`%${phone}%`])).rowCount)
      holding.push(name)
  const grams = await client.query("select 1 from case_search where grams && array['13','39','98','87']")
  await client.end()
  assert.ok(tables.length > 20)
  assert.deepEqual([holding, grams.rowCount], [['party'], 0])
  const files = readdirSync(w.dataDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  assert.ok(!files.some((file) => readFileSync(join(file.parentPath, file.name)).includes(phone)))
  for (const url of [
    `/api/v1/cases/${id}`,
    `/api/v1/cases/${id}/events`,
    '/api/v1/ledger',
    `/api/v1/ledger?q=${number}`,
  ])
    assert.ok(!JSON.stringify((await w.call('dispatcher', 'GET', url)).body).includes(phone), url)
  await w.call('dispatcher', 'GET', `/api/v1/ledger?q=${phone}`)
  await w.call(null, 'POST', APPEALS, { content: phone.repeat(2000), contact: { phone } })
  assert.ok(w.logged.length > 10, 'the house did log')
  assert.deepEqual(
    w.logged.filter((line) => line.includes(phone)),
    [],
  )
})

test('contact data are revealed one by one, with a reason, on record', async () => {
  const { id } = await w.file('水压低', { contact: { name: '钱孙李', phone: '13900007777' } })
  const { party } = (await w.call('clerk', 'GET', `/api/v1/cases/${id}`)).body.case
  assert.deepEqual(party.masked, { name: '钱**', phone: '139****7777', email: null })
  const url = `/api/v1/parties/${party.id}/reveal`
  assert.equal((await w.call('caller', 'POST', url, { reason: '' })).status, 422)
  assert.equal((await w.call('handler', 'POST', url, { reason: '联系' })).body.code, 'case.not_found')
  assert.equal((await w.call('admin', 'POST', url, { reason: '看看' })).body.code, 'forbidden')
  assert.partialDeepStrictEqual((await w.call('caller', 'POST', url, { reason: '回访' })).body, {
    name: '钱孙李',
    phone: '13900007777',
    email: null,
  })
  const client = new pg.Client(w.connection)
  await client.connect()
  const { rows } = await client.query('select action, note, by_name from audit where object_id = $1', [id])
  await client.end()
  assert.deepEqual(rows, [{ action: 'party.reveal', note: '回访', by_name: '甲caller' }])
})
