import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { routes } from '@banjie/contract'
import { XMLParser } from 'fast-xml-parser'
import { type Reply, type World, world } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: a client of 2012 that knows no types
type Foreign = any

const require = createRequire(import.meta.url)
const NOW = '2026-03-02T09:30:00+08:00'

let w: World
let endpoint = ''
let secret = ''
before(async () => {
  w = await world(NOW)
  secret = await newKey({ name: '随手拍小程序', owner: '示例公司' })
  await w.app.http.listen({ port: 0, host: '127.0.0.1' })
  endpoint = `http://127.0.0.1:${(w.app.http.server.address() as AddressInfo).port}/open311`
})
after(() => w.close())

async function newKey(body: object): Promise<string> {
  const made = await w.call('admin', 'POST', routes.newOpen311Key.path, body)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.secret
}

/** Reads and files as an unmodified program from elsewhere does. */
function foreignClient(format: 'json' | 'xml') {
  const Client: Foreign = require('open311')
  const client = new Client({
    ...{ endpoint: `${endpoint}/v2/`, discovery: `${endpoint}/discovery.${format}`, format, apiKey: secret },
    jurisdiction: 'small',
  })
  const call = (name: string) => promisify(client[name].bind(client)) as (...input: unknown[]) => Promise<Foreign>
  return {
    discovery: call('serviceDiscovery'),
    list: call('serviceList'),
    definition: call('serviceDefinition'),
    submit: call('submitRequest'),
    token: call('token'),
    requests: call('serviceRequests'),
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const get = (path: string) => w.call(null, 'GET', `/open311/v2/${path}`)
const post = (path: string, form: Record<string, string>): Promise<Reply> =>
  w.raw({ method: 'POST', url: `/open311/v2/${path}`, payload: new URLSearchParams(form).toString(), headers: FORM })
const filing = (more: Record<string, string> = {}) => ({
  ...{ api_key: secret, service_code: 'pipe', address_string: '南塔街12号3单元201', description: '水管漏水' },
  ...more,
})
async function file(more: Record<string, string> = {}): Promise<string> {
  const { status, body } = await post('requests.json', filing(more))
  assert.equal(status, 200, JSON.stringify(body))
  return body[0].service_request_id
}
const one = async (number: string, key = '') =>
  (await get(`requests/${number}.json${key && `?api_key=${key}`}`)).body[0]

/** From filed to answered, by the water bureau. */
async function answered(number: string): Promise<void> {
  await w.act('clerk', number, 'accept', { category: 'pipe' })
  await w.act('dispatcher', number, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', number, 'sign')
  await w.act('handler', number, 'contact', { reached: true, channel: 'phone', note: '已联系' })
  await w.act('handler', number, 'draftAnswer', { text: '已更换破损水管。', outcome: 'solved' })
  await w.act('head', number, 'approveAnswer')
}

for (const format of ['json', 'xml'] as const)
  test(`a foreign client from npm lists services, files a request and follows it, unmodified (${format})`, async () => {
    const client = foreignClient(format)
    const found = await client.discovery({})
    assert.equal([found.endpoints].flat().length > 0, true)
    const services: Foreign[] = await client.list()
    assert.deepEqual(
      services.map((service) => [service.service_code, service.group]),
      [
        ['pipe', '供水'],
        ['heating', '供热'],
      ],
    )
    const definition = await client.definition('pipe')
    assert.equal(definition.service_code, 'pipe')
    assert.deepEqual(
      definition.attributes.map((attribute: Foreign) => [attribute.code, String(attribute.required)]),
      [['PLACE', 'false']],
    )
    const [receipt] = await client.submit({
      ...{ service_code: 'pipe', lat: 41.81234, long: 123.41234, address_string: '南塔街12号' },
      ...{ description: '门前水管漏水两天了', first_name: '小明', last_name: '王', phone: '13900001111' },
      attributes: { PLACE: '小学对面' },
    })
    const number = receipt.service_request_id
    assert.match(number, /^SQ\d{15}$/)
    assert.match(receipt.service_notice, /预计 2026-03-\d\d 前答复/)

    const [token] = await client.token(number)
    assert.equal(token.service_request_id, number)
    const [before] = await client.requests(number)
    assert.deepEqual([before.status, before.service_code, before.status_notes], ['open', 'pipe', '待受理'])
    assert.equal(before.requested_datetime.toISOString(), '2026-03-02T01:30:00.000Z')
    assert.ok(before.expected_datetime > before.requested_datetime)

    await answered(number)
    const [after] = await client.requests(number, { api_key: secret })
    assert.deepEqual([after.status_notes, after.agency_responsible], ['已更换破损水管。', '区水务局'])
    const many: Foreign[] = await client.requests([number])
    assert.deepEqual(
      many.map((request) => request.service_request_id),
      [number],
    )
    await assert.rejects(client.submit({ service_code: 'nothing', address_string: '南塔街' }))
  })

test('what is filed becomes an appeal on its channel; name and phone lie with the party and nowhere else', async () => {
  const number = await file({
    ...{ first_name: 'Ann', last_name: 'Lee', phone: '139 0000 2222', media_url: 'https://pictures.example/1.jpg' },
    ...{ description: '漏水，请联系 13900002222', 'attribute[PLACE]': '小学对面' },
  })
  const { body } = await w.call('clerk', 'GET', `/api/v1/cases/${number}`)
  assert.deepEqual([body.case.channel, body.case.category, body.case.type], ['open311', 'pipe', 'appeal'])
  assert.equal(
    body.case.content,
    '漏水，请联系 [电话]\n怎样找到这个地方：小学对面\n图片：https://pictures.example/1.jpg',
  )
  const { body: told } = await w.call('clerk', 'POST', `/api/v1/parties/${body.case.party.id}/reveal`, {
    reason: '核实',
  })
  assert.deepEqual([told.name, told.phone], ['Ann Lee', '13900002222'])
  const { body: events } = await w.call('clerk', 'GET', `/api/v1/cases/${number}/events`)
  assert.doesNotMatch(JSON.stringify(events), /13900002222|Ann/)
})

test('anybody sees only what is safe; the words, the house and the answer are for the key that filed', async () => {
  const number = await file({ lat: '41.81234', long: '123.41234', media_url: 'https://pictures.example/2.jpg' })
  await answered(number)
  const open = await one(number)
  assert.deepEqual(
    [open.address, open.lat, open.long, open.description, open.media_url, open.status_notes],
    ['南塔街', 41.812, 123.412, null, null, '待回访'],
  )
  const own = await one(number, secret)
  assert.deepEqual(
    [own.address, own.lat, own.description, own.media_url, own.status_notes],
    [
      ...['南塔街12号3单元201', 41.81234, '水管漏水\n图片：https://pictures.example/2.jpg'],
      ...['https://pictures.example/2.jpg', '已更换破损水管。'],
    ],
  )
  const other = await newKey({ name: '另一家', owner: '另一家' })
  assert.equal((await one(number, other)).description, null)
  await w.act('supervisor', number, 'publishAnswer')
  assert.equal((await one(number)).status_notes, '已更换破损水管。')
})

test('what was said in confidence or without a name is never listed nor found by its number', async () => {
  const hidden = []
  for (const more of [{ confidential: true }, { anonymous: true }]) {
    const { number, id } = await w.file('水管漏水', more)
    await w.act('clerk', id, 'accept', { category: 'pipe' })
    hidden.push(number)
  }
  const { body: all } = await get('requests.json')
  const listed = all.map((request: Foreign) => request.service_request_id)
  assert.ok(listed.length > 0)
  for (const number of hidden) {
    assert.ok(!listed.includes(number))
    const { status, body } = await get(`requests/${number}.json`)
    assert.deepEqual([status, body[0].code], [404, 404])
    assert.equal((await get(`tokens/${number}.json`)).status, 404)
    assert.deepEqual((await get(`requests.json?service_request_id=${number}&api_key=${secret}`)).body, [])
    assert.doesNotMatch(JSON.stringify((await get('servicerequestupdates.json')).body), new RegExp(number))
  }
})

test('a request for an unknown service is refused and nothing is opened', async () => {
  const before = (await w.call('clerk', 'GET', '/api/v1/cases?channel=open311')).body.total.value
  const { status, body } = await post('requests.json', filing({ service_code: 'ufo' }))
  assert.deepEqual(
    [status, body],
    [404, [{ code: 404, description: '没有服务“ufo”，请从服务列表（services）中选择 service_code。' }]],
  )
  const group = await post('requests.json', filing({ service_code: 'water' }))
  assert.equal(group.status, 404, 'a group is no service')
  assert.equal((await w.call('clerk', 'GET', '/api/v1/cases?channel=open311')).body.total.value, before)
})

const BAD: readonly (readonly [what: string, form: Record<string, string>, status: number, says: RegExp])[] = [
  ['no key', { api_key: '' }, 403, /缺少 api_key/],
  ['a wrong key', { api_key: 'guess' }, 403, /api_key 无效或已吊销/],
  ['no service', { service_code: '' }, 400, /缺少 service_code/],
  ['no place', { address_string: '' }, 400, /请说明地点/],
  ['half a point', { address_string: '', lat: '41.8' }, 400, /请说明地点/],
  ['a latitude that is none', { lat: '141', long: '123' }, 400, /lat/],
  ['a phone that is none', { phone: 'call me' }, 400, /phone/],
  ['a link that runs a script', { media_url: 'javascript:alert(1)' }, 400, /media_url/],
  ['a link with a password in it', { media_url: 'https://a:b@pictures.example/' }, 400, /media_url/],
  ['another district', { jurisdiction_id: 'elsewhere' }, 404, /没有辖区“elsewhere”.*“small”/],
  ['words without end', { description: '漏'.repeat(5001) }, 400, /5000/],
]
for (const [what, form, status, says] of BAD)
  test(`refused in the form of the specification: ${what}`, async () => {
    const json = await post('requests.json', filing(form))
    assert.equal(json.status, status, JSON.stringify(json.body))
    assert.equal(json.body[0].code, status)
    assert.match(json.body[0].description, says)
    const xml = await post('requests.xml', filing(form))
    assert.equal(xml.status, status)
    assert.match(String(xml.headers['content-type']), /^text\/xml; charset=utf-8/)
    const { errors } = new XMLParser().parse(xml.body)
    assert.deepEqual(Object.keys(errors.error), ['code', 'description'])
    assert.match(errors.error.description, says)
  })

test('an address without a format, an unknown one, a broken body and a file as body are refused in the same form', async () => {
  for (const path of ['services', 'services.yaml', 'nothing.json', 'requests/1/2/3.json']) {
    const { status, body } = await get(path)
    assert.deepEqual([status, body[0].code], [404, 404], path)
  }
  const json = { 'content-type': 'application/json' }
  const broken = await w.raw({ method: 'POST', url: '/open311/v2/requests.json', payload: '{', headers: json })
  assert.deepEqual([broken.status, broken.body[0].code], [400, 400])
  const strange = await w.raw({
    ...{ method: 'POST', url: '/open311/v2/requests.xml', payload: 'x' },
    headers: { 'content-type': 'image/png' },
  })
  assert.equal(strange.status, 415)
  assert.match(strange.body, /<errors>\s*<error>\s*<code>415<\/code>/)
})

test('a JSON body is understood as a form is', async () => {
  const { status, body } = await w.call(null, 'POST', '/open311/v2/requests.json', {
    ...{ api_key: secret, service_code: 'pipe', lat: 41.8, long: 123.4, description: '漏水' },
    attribute: { PLACE: '桥下' },
  })
  assert.equal(status, 200, JSON.stringify(body))
  const request = await one(body[0].service_request_id, secret)
  assert.equal(request.description, '漏水\n怎样找到这个地方：桥下')
})

test('an urgent service asks whether somebody is in danger, and takes only its own answers', async () => {
  const topics = w.district.topics.map((topic) => (topic.id === 'heating' ? { ...topic, urgent: true } : topic))
  assert.equal((await w.call('admin', 'PUT', routes.setDistrict.path, { ...w.district, topics })).status, 200)
  const { body } = await get('services/heating.json')
  const danger = body.attributes.find((attribute: Foreign) => attribute.code === 'DANGER')
  assert.deepEqual(
    danger.values.map((value: Foreign) => value.key),
    ['yes', 'no', 'unknown'],
  )
  const wrong = await post('requests.json', filing({ service_code: 'heating', 'attribute[DANGER]': 'perhaps' }))
  assert.equal(wrong.status, 400)
  assert.match(wrong.body[0].description, /attribute\[DANGER\].*yes、no、unknown/)
  const number = await file({ service_code: 'heating', 'attribute[DANGER]': 'yes' })
  assert.match((await one(number, secret)).description, /现在是否危及人身安全：是/)
})

test('a span of more than ninety days is refused; pages and conditions narrow a list', async () => {
  const wide = await get('requests.json?start_date=2025-01-01T00:00:00Z&end_date=2026-03-01T00:00:00Z')
  assert.deepEqual([wide.status, wide.body[0].code], [400, 400])
  assert.match(wide.body[0].description, /90 天/)
  assert.equal((await get('requests.json?start_date=yesterday')).status, 400)
  assert.equal((await get('requests.json?status=lost')).status, 400)
  assert.equal((await get('requests.json?start_date=2026-03-02&end_date=2026-03-01')).status, 400)
  assert.deepEqual((await get('requests.json?end_date=2026-03-01T00:00:00%2B08:00')).body, [])
  const [first, second] = [await get('requests.json?page_size=1'), await get('requests.json?page_size=1&page=2')]
  assert.deepEqual([first.body.length, second.body.length], [1, 1])
  assert.notEqual(first.body[0].service_request_id, second.body[0].service_request_id)
  const heating = (await get('requests.json?service_code=heating')).body
  assert.deepEqual([...new Set(heating.map((request: Foreign) => request.service_code))], ['heating'])
  assert.deepEqual((await get('requests.json?status=closed')).body, [])
})

test('a request is supplemented by its own key, and what happens is told as updates', async () => {
  const number = await file()
  const said = { api_key: secret, service_request_id: number, description: '今天更严重了，电话 13900003333' }
  const posted = await post('servicerequestupdates.json', said)
  assert.equal(posted.status, 200, JSON.stringify(posted.body))
  await answered(number)
  const path = `servicerequestupdates.json?service_request_id=${number}`
  const { body } = await get(path)
  assert.deepEqual(
    body.map((update: Foreign) => update.description),
    ['补充的情况已收到', '已受理', '已交办承办单位', '承办单位已签收', '已答复'],
  )
  assert.equal(body[0].update_id, posted.body[0].update_id)
  assert.equal((await get(`${path}&api_key=${secret}`)).body.at(-1).description, '已更换破损水管。')
  const { body: events } = await w.call('clerk', 'GET', `/api/v1/cases/${number}/events`)
  const kept = events.items.find((event: Foreign) => event.action === 'supplement')
  assert.equal(kept.input.text, '今天更严重了，电话 [电话]')

  const other = await newKey({ name: '第三家', owner: '第三家' })
  const foreign = await post('servicerequestupdates.json', { ...said, api_key: other })
  assert.deepEqual([foreign.status, foreign.body[0].code], [403, 403])
  const unknown = await post('servicerequestupdates.json', { ...said, service_request_id: 'SQ1' })
  assert.equal(unknown.status, 404)
  const reader = await newKey({ name: '只提交', owner: '第四家', rights: ['file'] })
  const barred = await post('servicerequestupdates.json', { ...said, api_key: reader })
  assert.match(barred.body[0].description, /没有“补充情况”的权限/)
})

test('a key does as much in a minute as it was given, and nothing once it is revoked', async () => {
  const slow = await newKey({ name: '慢', owner: '示例公司', perMinute: 2 })
  const tries = []
  for (let i = 0; i < 3; i++) tries.push(await post('requests.json', filing({ api_key: slow })))
  assert.deepEqual(
    tries.map(({ status }) => status),
    [200, 200, 429],
  )
  assert.ok(Number(tries[2]?.headers['retry-after']) > 0)

  const { body } = await w.call('admin', 'GET', routes.open311Keys.path)
  const key = body.items.find((item: Foreign) => item.name === '慢')
  assert.equal(key.filed, 2)
  assert.doesNotMatch(JSON.stringify(body), new RegExp(slow))
  const revoke = routes.revokeOpen311Key.path.replace(':id', key.id)
  assert.equal((await w.call('clerk', 'POST', revoke)).status, 403)
  assert.equal((await w.call('admin', 'POST', revoke)).status, 200)
  const again = await w.call('admin', 'POST', revoke)
  assert.deepEqual([again.status, again.body.code], [409, 'open311.key_revoked'])
  const refused = await post('requests.json', filing({ api_key: slow }))
  assert.match(refused.body[0].description, /无效或已吊销/)
  assert.ok(!w.logged.some((line) => line.includes(slow) || line.includes(secret)), 'a key reached the log')
})

/** The element names of the specification's own examples, in its order. */
const SHAPES: readonly (readonly [path: string, at: readonly string[], names: readonly string[]])[] = [
  [
    'services.xml',
    ['services', 'service'],
    ['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group'],
  ],
  ['services/heating.xml', ['service_definition'], ['service_code', 'attributes']],
  [
    'services/heating.xml',
    ['service_definition', 'attributes', 'attribute'],
    ['variable', 'code', 'datatype', 'required', 'description', 'datatype_description', 'order', 'values'],
  ],
  [
    'requests.xml',
    ['service_requests', 'request'],
    [
      ...['service_request_id', 'status', 'status_notes', 'service_name', 'service_code', 'description'],
      ...['agency_responsible', 'service_notice', 'requested_datetime', 'updated_datetime', 'expected_datetime'],
      ...['address', 'address_id', 'zipcode', 'lat', 'long', 'media_url'],
    ],
  ],
  ['tokens/{number}.xml', ['service_requests', 'request'], ['service_request_id', 'token']],
  [
    'servicerequestupdates.xml',
    ['service_request_updates', 'request_update'],
    ['update_id', 'service_request_id', 'status', 'updated_datetime', 'description', 'media_url'],
  ],
  ['discovery.xml', ['discovery'], ['changeset', 'contact', 'key_service', 'endpoints']],
  ['discovery.xml', ['discovery', 'endpoints', 'endpoint'], ['specification', 'url', 'changeset', 'type', 'formats']],
  ['services/none.xml', ['errors', 'error'], ['code', 'description']],
]
for (const [path, at, names] of SHAPES)
  test(`an independent reader finds in ${path} what the specification names: ${at.join(' › ')}`, async () => {
    const number = await file({ description: '<b>漏水</b> & 结冰' })
    const { body, headers } = await get(path.replace('{number}', number))
    assert.match(body, /^<\?xml version="1.0" encoding="utf-8"\?>/)
    assert.match(String(headers['content-type']), /^text\/xml; charset=utf-8/)
    const parsed = new XMLParser({ ignoreDeclaration: true }).parse(body)
    const place = at.reduce((node: Foreign, name) => [node].flat()[0][name], parsed)
    assert.deepEqual(Object.keys([place].flat()[0]), names)
  })

test('JSON and XML tell the same', async () => {
  const number = await file({ description: '<b>漏水</b> & 结冰' })
  const [json] = (await get(`requests/${number}.json?api_key=${secret}`)).body
  const reader = new XMLParser({ ignoreDeclaration: true, parseTagValue: false })
  const { request } = reader.parse((await get(`requests/${number}.xml?api_key=${secret}`)).body).service_requests
  assert.deepEqual(
    request,
    Object.fromEntries(Object.entries(json).map(([name, value]) => [name, value === null ? '' : String(value)])),
  )
  assert.equal(request['description'], '<b>漏水</b> & 结冰')
})
