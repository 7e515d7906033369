import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address } from './api.ts'
import { dayText, dueText, instantOfLocal, shortText, weeksOf } from './moment.ts'
import { groupNumber } from './number.ts'
import { limitText, remainingText } from './remaining.ts'

test('a case number is grouped as it is read aloud', () => {
  assert.equal(groupNumber('SQ202611230000017'), 'SQ 20261123 000001 7')
  assert.equal(groupNumber('2026-旧-15'), '2026-旧-15')
})

const rows = [
  ['red', { amount: -2, unit: 'workingDay' }, '2 日'],
  ['red', { amount: 0, unit: 'workingDay' }, '不足 1 日'],
  ['red', { amount: -3.5, unit: 'workingHour' }, '3.5 小时'],
  ['red', { amount: 14, unit: 'workingDay' }, '剩 14 日'],
  ['yellow', { amount: 0, unit: 'workingDay' }, '今日到期'],
  ['yellow', { amount: 0.4, unit: 'hour' }, '剩 24 分钟'],
  ['green', { amount: 3.5, unit: 'workingDay' }, '剩 3.5 日'],
  ['green', { amount: 2, unit: 'month' }, '剩 2 个月'],
  ['paused', { amount: 2, unit: 'day' }, ''],
  ['done', null, ''],
] as const

for (const [light, remaining, words] of rows)
  test(`${light} with ${remaining?.amount ?? 'nothing'} ${remaining?.unit ?? ''} left reads “${words}”`, () =>
    assert.equal(remainingText(light, remaining), words))

test('a limit is told in full', () => assert.equal(limitText({ amount: 5, unit: 'workingDay' }), '5 个工作日'))

test('instants are told in the time of the district', () => {
  const now = new Date('2026-11-24T02:00:00Z')
  assert.equal(dueText('2026-11-26T09:30:00Z', now), '11月26日（周四）17:30')
  assert.equal(dayText('2025-12-31T16:30:00Z', now), '1月1日')
  assert.equal(dayText('2025-12-31T15:30:00Z', now), '2025年12月31日')
  assert.equal(shortText('2026-11-24T01:05:00Z', now), '09:05')
  assert.equal(shortText('2026-11-23T01:05:00Z', now), '11-23')
  assert.equal(instantOfLocal('2026-11-24T09:05'), '2026-11-24T09:05:00+08:00')
})

test('days stand in weeks that begin on Monday', () => {
  const days = ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'].map((date) => ({
    date,
  }))
  const weeks = weeksOf(days)
  assert.equal(weeks.length, 2)
  assert.equal(weeks[0]?.indexOf(days[0] ?? null), 2)
  assert.equal(weeks[1]?.[0]?.date, '2026-11-30')
})

test('an address leaves out what is empty and joins lists', () => {
  assert.equal(
    address('/cases/:id', { id: 'SQ 1' }, { light: ['red', 'yellow'], q: '', unit: undefined, limit: 50 }),
    '/cases/SQ%201?light=red%2Cyellow&limit=50',
  )
})
