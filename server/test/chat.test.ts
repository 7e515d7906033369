import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

const utc = (local: string) => new Date(`${local}+08:00`).toISOString()

let w: World
before(async () => {
  w = await world('2026-03-06T09:30:00+08:00')
})
after(() => w.close())
const { must, get, events } = storyteller(() => w)
const BLOCK =
  '南塔老李 2026年3月5日 09:12\n三号楼门前水管漏水，@南塔老李 说过两次了\n\n小管家 2026年3月5日 09:15\n收到\n\n爱花的小王 2026年3月5日 20:40\n建议楼前空地种花'
const ticked = (drafts: Row[], ...places: number[]) =>
  places.map((i) => {
    const { nickname, at, content, key } = drafts[i] ?? {}
    return { nickname, at, content, key }
  })

test('the clerk ticks what is an opinion: each becomes a case with the nickname as its asker and the time it was said', async () => {
  const unitId = await w.unit('south')
  const group = await must('clerk', 'POST', '/api/v1/channels', {
    ...{ name: '南塔三号楼业主群', kind: 'wechat', unitId, validFrom: '2026-01-01' },
  })
  const channelId = group['id']
  const { drafts } = await must('clerk', 'POST', '/api/v1/intake/chat/actions/read', { text: BLOCK, channelId })
  assert.equal(drafts.length, 3)
  const [leak, flowers] = ticked(drafts, 0, 2)
  const filed = await must('clerk', 'POST', '/api/v1/intake/chat', {
    ...{ channel: 'wechat', channelId, link: 'https://example.com/shot/1' },
    messages: [leak, { ...flowers, type: 'proposal' }],
  })
  assert.deepEqual(
    filed['items'].map(({ number, known }: Row) => [number.slice(0, 2), known]),
    [
      ['SQ', false],
      ['JY', false],
    ],
  )
  const { case: kase } = await get(filed['items'][0].id)
  assert.partialDeepStrictEqual(kase, { channel: 'wechat', receivedAt: utc('2026-03-05T09:12:00') })
  assert.notEqual(kase.party.masked.name, '南塔老李')
  assert.doesNotMatch(JSON.stringify(kase), /南塔老李/, 'the nickname stands nowhere but with the contact data')
  const revealed = await must('clerk', 'POST', `/api/v1/parties/${kase.party.id}/reveal`, { reason: '联系诉求人' })
  assert.equal(revealed['name'], '南塔老李')
  const source = await must('clerk', 'GET', `/api/v1/cases/${kase.id}/source`)
  assert.partialDeepStrictEqual(source, { channel: { name: '南塔三号楼业主群' }, link: 'https://example.com/shot/1' })
  assert.deepEqual(
    (await events(kase.id)).map(({ action }) => action),
    ['open'],
  )

  const again = await must('clerk', 'POST', '/api/v1/intake/chat/actions/read', { text: `${BLOCK}\n`, channelId })
  assert.deepEqual(
    again['drafts'].map((draft: Row) => draft['filed']),
    [filed['items'][0].number, null, filed['items'][1].number],
  )
  const edited = { ...leak, content: '三号楼门前水管漏水（已核对）' }
  const twice = await must('clerk', 'POST', '/api/v1/intake/chat', { channelId, messages: [edited] })
  assert.deepEqual([twice['opened'], twice['items'][0].known], [0, true], 'corrected or not, it is the same message')
})

test('all or none: one message that does not fit files nothing, and only the intake office pastes', async () => {
  const total = async () => (await must('clerk', 'GET', '/api/v1/ledger?limit=1'))['total'].value
  const before = await total()
  const late = { nickname: '甲', content: '停水', at: '2026-03-07T10:00:00+08:00' }
  const reply = await w.call('clerk', 'POST', '/api/v1/intake/chat', {
    messages: [{ nickname: '乙', content: '路灯' }, late],
  })
  assert.equal(reply.body.code, 'chat.in_future')
  assert.match(reply.body.detail, /第 2 条/)
  assert.equal(await total(), before)
  assert.equal((await w.call('handler', 'POST', '/api/v1/intake/chat/actions/read', { text: 'a' })).status, 403)
})

test('the same block filed by two clerks at once makes each case once', async () => {
  const messages = [{ nickname: '丙', at: '2026-03-05T10:00:00+08:00', content: '早市占道' }]
  const replies = await Promise.all(
    ['clerk', 'window', 'dispatcher'].map((who) => w.call(who, 'POST', '/api/v1/intake/chat', { messages })),
  )
  assert.deepEqual(
    replies.map(({ status }) => status),
    [201, 201, 201],
  )
  assert.equal(new Set(replies.map(({ body }) => body.items[0].number)).size, 1)
})
