import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action } from '../../shared/shape.ts'
import { arrange } from './action-menu.ts'

const named = (name: string, primary = false): Action => ({ name, label: name, primary, input: {} })
const names = (actions: readonly Action[]) => actions.map(({ name }) => name)

const MANY = [
  ...['note', 'supervise', 'askExtension', 'survey', 'refuse', 'withdraw', 'contact'].map((name) => named(name)),
  named('draftAnswer', true),
]

test('the next step is the first button, what answers the same question stands beside it, the rest is in the menu', () => {
  const { direct, groups } = arrange(MANY, 3)
  assert.deepEqual(names(direct), ['draftAnswer', 'note', 'contact'])
  assert.deepEqual(
    groups.map(({ label, actions }) => [label, names(actions)]),
    [
      ['办理', ['survey']],
      ['时限', ['askExtension']],
      ['协同', ['refuse']],
      ['督办与公开', ['supervise']],
      ['其他', ['withdraw']],
    ],
  )
})

test('no action is lost or shown twice, whatever the room', () => {
  for (const room of [1, 2, 3, 4, 12]) {
    const { direct, groups } = arrange(MANY, room)
    const shown = [...names(direct), ...groups.flatMap(({ actions }) => names(actions))]
    assert.deepEqual([...shown].sort(), names(MANY).sort(), `room ${room}`)
  }
})

test('a menu for one action is a detour', () => {
  const few = [named('grant', true), named('deny'), named('note')]
  assert.deepEqual(arrange(few, 2), { direct: few, groups: [] })
})
