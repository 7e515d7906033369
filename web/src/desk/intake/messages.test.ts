import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinedToAbove, messageOfLine, messagesOf, tickedOf } from './messages.ts'

const draft = (content: string, filed: string | null = null) => ({
  ...{ nickname: '老李', at: '2026-03-05T01:12:00.000Z', timeText: '昨天 9:12', content, lines: [1] },
  ...{ placeholder: false, key: content.padEnd(64, '0'), filed },
})

test('joined to the one above, a message is the one above with both words, ticked', () => {
  const messages = messagesOf({ drafts: [draft('路灯不亮'), draft('三号楼门前'), draft('谢谢')], left: [] })
  const joined = joinedToAbove(messages, 'm1')
  assert.deepEqual(
    joined.map(({ id, content, ticked, key }) => [id, content, ticked, key]),
    [
      ['m0', '路灯不亮\n三号楼门前', true, '路灯不亮'.padEnd(64, '0')],
      ['m2', '谢谢', false, '谢谢'.padEnd(64, '0')],
    ],
  )
  assert.equal(joinedToAbove(messages, 'm0'), messages, 'there is none above the first')
})

test('only what is ticked and not a case yet is sent; nothing is ticked by itself', () => {
  const messages = messagesOf({ drafts: [draft('路灯不亮', 'SQ1'), draft('井盖没了')], left: [] })
  assert.deepEqual(tickedOf(messages), [])
  const all = messages.map((one) => ({ ...one, ticked: true }))
  const line = messageOfLine({ line: 7, text: '上面还有一段', why: 'noSender', whyLabel: '没有发送人' })
  assert.deepEqual(
    tickedOf([...all, line]).map((one) => one.content),
    ['井盖没了', '上面还有一段'],
  )
  assert.deepEqual(tickedOf([line]), [{ type: 'appeal', content: '上面还有一段' }])
})
