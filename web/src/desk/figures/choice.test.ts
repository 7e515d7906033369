import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choiceOf, daysOfMonth, drillAddress, monthAfter } from './choice.ts'

test('without a choice the figures are of the month that runs in the district', () => {
  const choice = choiceOf(new URLSearchParams(), new Date('2026-10-31T17:00:00Z'))
  assert.deepEqual(choice, { from: '2026-11-01', to: '2026-11-30', month: '2026-11', by: 'unit' })
})

test('a period of days is no month, and half a period is none', () => {
  const days = choiceOf(new URLSearchParams('from=2026-01-01&to=2026-03-31&by=channel'))
  assert.deepEqual(days, { from: '2026-01-01', to: '2026-03-31', month: null, by: 'channel' })
  assert.equal(choiceOf(new URLSearchParams('from=2026-01-01&month=2026-02&by=x')).month, '2026-02')
})

test('months end where they end', () => {
  assert.equal(daysOfMonth('2028-02').to, '2028-02-29')
  assert.equal(monthAfter('2026-01', -1), '2025-12')
  assert.equal(monthAfter('2026-12', 1), '2027-01')
})

test('the rows behind a figure keep the choice and forget the rows before', () => {
  const query = new URLSearchParams('month=2026-03&by=unit&show=closed&key=a')
  assert.equal(
    drillAddress(query, { show: 'onTimeRate', key: 'b' }),
    '/w/figures?month=2026-03&by=unit&show=onTimeRate&key=b',
  )
  assert.equal(drillAddress(query, {}), '/w/figures?month=2026-03&by=unit')
})
