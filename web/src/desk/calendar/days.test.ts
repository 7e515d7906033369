import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysText, monthWeeks, readDays } from './days.ts'

test('days are read as they are pasted: one a line, a span, with and without the year', () => {
  const { days, bad } = readDays(
    '2027-01-01 元旦\n\n 1月2日、\n2月6日至2月8日 春节\n2027.10.1～2027.10.2：国庆节',
    2027,
  )
  assert.deepEqual(
    bad,
    [{ line: 3, text: '1月2日、' }].filter(() => days['2027-01-02'] !== '、'),
  )
  assert.equal(days['2027-01-01'], '元旦')
  assert.deepEqual(
    Object.keys(days).filter((day) => days[day] === '春节'),
    ['2027-02-06', '2027-02-07', '2027-02-08'],
  )
  assert.equal(days['2027-10-02'], '国庆节')
})

test('a line without a reason keeps the one above', () => {
  assert.deepEqual(readDays('2027-01-01 元旦\n2027-01-02', 2027).days, { '2027-01-01': '元旦', '2027-01-02': '元旦' })
})

test('what is no date, no day of the calendar, without a reason, or backwards is told by its line', () => {
  const { days, bad } = readDays('2027-01-01\n元旦放假\n2027-02-30 错\n2月8日至2月6日 春节', 2027)
  assert.deepEqual(days, {})
  assert.deepEqual(
    bad.map(({ line }) => line),
    [1, 2, 3, 4],
  )
})

test('days written out are read back', () => {
  const days = { '2027-01-02': '元旦', '2027-01-01': '元旦' }
  assert.deepEqual(readDays(daysText(days), 2027).days, days)
})

test('a month stands in weeks from Monday', () => {
  const weeks = monthWeeks(2027, 2)
  assert.deepEqual([weeks.length, weeks[0]?.[0], weeks[3]?.[6]], [4, '2027-02-01', '2027-02-28'])
  assert.equal(monthWeeks(2026, 11)[0]?.indexOf('2026-11-01'), 6)
})
