import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { isPlaceholder, readChat } from '../src/intake/chat-text.ts'
import { instantBefore } from '../src/intake/chat-time.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

const NOW = new Date('2026-03-06T09:30:00+08:00')
const read = (text: string) => readChat(text, NOW)
const brief = (text: string) =>
  read(text).messages.map(({ nickname, at, content }) => [nickname, at?.toISOString() ?? null, content])
const utc = (local: string) => new Date(`${local}+08:00`).toISOString()

test('the ways in which chats are copied are all read', () => {
  const rows: readonly [string, unknown][] = [
    [
      '南塔三号楼老李 2026年3月5日 09:12\n三号楼门前路灯不亮\n晚上很黑\n\n小区管家 2026年3月5日 09:15\n收到',
      [
        ['南塔三号楼老李', utc('2026-03-05T09:12:00'), '三号楼门前路灯不亮\n晚上很黑'],
        ['小区管家', utc('2026-03-05T09:15:00'), '收到'],
      ],
    ],
    [
      '老李:\n路灯不亮\n\n小 王：\n[图片]\n井盖没了',
      [
        ['老李', null, '路灯不亮'],
        ['小 王', null, '[图片]\n井盖没了'],
      ],
    ],
    [
      '2026-03-05 09:12 老李\n路灯不亮\n2026-03-05 09:13:05 小王：井盖没了\n快来修',
      [
        ['老李', utc('2026-03-05T09:12:00'), '路灯不亮'],
        ['小王', utc('2026-03-05T09:13:05'), '井盖没了\n快来修'],
      ],
    ],
    [
      '老李  3/5 上午9:12\n路灯不亮\n小王  3/5 下午1:05\n井盖没了',
      [
        ['老李', utc('2026-03-05T09:12:00'), '路灯不亮'],
        ['小王', utc('2026-03-05T13:05:00'), '井盖没了'],
      ],
    ],
    [
      '老李 昨天 21:05\n停水了\n小王 星期三 8:00\n还没来水',
      [
        ['老李', utc('2026-03-05T21:05:00'), '停水了'],
        ['小王', utc('2026-03-04T08:00:00'), '还没来水'],
      ],
    ],
    ['—————  2026-03-04  —————\n\n老李  21:05\n\n停水了', [['老李', utc('2026-03-04T21:05:00'), '停水了']]],
    ['老李  21:05\n停水了', [['老李', utc('2026-03-05T21:05:00'), '停水了']]],
    ['昨天 21:05\n\n老李：\n停水了', [['老李', utc('2026-03-05T21:05:00'), '停水了']]],
  ]
  for (const [block, expected] of rows) assert.deepEqual(brief(block), expected, block)
})

test('a time is the last one that is not to come; a day no calendar has is none', () => {
  const rows: readonly [string | null, string | null, string | null][] = [
    ['12月30日', '09:00', utc('2025-12-30T09:00:00')],
    ['3月6日', '09:00', utc('2026-03-06T09:00:00')],
    ['3月6日', '10:00', utc('2025-03-06T10:00:00')],
    ['2月30日', '09:00', null],
    ['2027年1月1日', '09:00', null],
    ['今天', '09:31', null],
    ['前天', '凌晨12:10', utc('2026-03-04T00:10:00')],
    ['昨天', '中午12:30', utc('2026-03-05T12:30:00')],
    ['昨天', '9:05 PM', utc('2026-03-05T21:05:00')],
    ['星期五', '08:00', utc('2026-02-27T08:00:00')],
    [null, '25:00', null],
    [null, null, null],
  ]
  for (const [day, clock, at] of rows)
    assert.equal(instantBefore({ day, clock }, NOW)?.toISOString() ?? null, at, `${day} ${clock}`)
})

test('what the chat’s own software says, days between messages and words of nobody are listed, not lost', () => {
  const { messages, left } = read(
    '上面还有一段\n\n—————  2026-03-05  —————\n\n老李  09:12\n路灯不亮\n"小王"撤回了一条消息\n晚上很黑\n施工时间 21:05\n',
  )
  assert.deepEqual(
    messages.map(({ content }) => content),
    ['路灯不亮\n晚上很黑\n施工时间 21:05'],
    'a line with an hour inside somebody’s words is part of them',
  )
  assert.deepEqual(
    left.map(({ line, why }) => [line, why]),
    [
      [1, 'noSender'],
      [3, 'day'],
      [7, 'system'],
    ],
  )
  assert.ok(isPlaceholder('[图片]\n[语音 12"]') && !isPlaceholder('[图片] 看') && !isPlaceholder(''))
})

test('every line that is not empty ends up in exactly one message or among the lines left over', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['老李 2026年3月5日 09:12', '老李:', '小王  3/5 上午9:12', '2026-03-05 09:12 张三: 路灯坏了', '昨天 21:05'],
      ...['—————  2026-03-05  —————', '"小王"撤回了一条消息', '[图片]', '', '  ', '路灯不亮。', '- - - -', '21:05'],
      ...['\u200B', '\u3000', '张三 加入了群聊', '2月30日 25:99', '老李 星期三 8:00', '「老李：停水」'],
    ),
    fc.string({ maxLength: 30, unit: 'binary' }),
  )
  const block = fc
    .array(piece, { maxLength: 30 })
    .chain((lines) => fc.constantFrom('\n', '\r\n', '\r').map((end) => lines.join(end)))
  fc.assert(
    fc.property(block, (text) => {
      const { messages, left } = read(text)
      const owed = text.split(/\r\n|\r|\n/).flatMap((line, i) => (line.trim() === '' ? [] : [i + 1]))
      const found = [...messages.flatMap(({ lines }) => lines), ...left.map(({ line }) => line)].sort((a, b) => a - b)
      // A line of marks that nobody sees is not empty to the machine and is to the eye.
      const unseen = (line: number) => /^[\s\u200B-\u200F\u2060\uFEFF]*$/.test(text.split(/\r\n|\r|\n/)[line - 1] ?? '')
      assert.deepEqual(found, [...new Set(found)], 'a line in two places')
      assert.deepEqual(
        found.filter((line) => !unseen(line)),
        owed.filter((line) => !unseen(line)),
      )
      for (const { at } of messages) assert.ok(at === null || at <= NOW, 'a time to come')
    }),
    { numRuns: 2000 },
  )
})

test('no word of a message is lost between the block and the draft', () => {
  const words = fc.stringMatching(/^[路灯不亮水管漏三号楼门前，。]{1,20}$/)
  fc.assert(
    fc.property(fc.array(fc.array(words, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), (said) => {
      const text = said.map((lines, i) => `邻居${i} 2026年3月5日 09:${10 + i}\n${lines.join('\n')}`).join('\n\n')
      assert.deepEqual(
        read(text).messages.map(({ content }) => content),
        said.map((lines) => lines.join('\n')),
      )
    }),
  )
})

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
