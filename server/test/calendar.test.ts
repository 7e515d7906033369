import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  compileCalendar,
  dueOf,
  explain,
  isWorkday,
  type Limit,
  nationalLayer,
  unionWorkingDays,
  workingDaysBetween,
  yellowAt,
} from '../src/calendar/index.ts'

const calendar = compileCalendar()
const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`)
const local = (instant: Date) =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 16)
const dayOf = (instant: Date) => local(instant).slice(0, 10)
const days = (amount: number): Limit => ({ amount, unit: 'workingDay' })

test('working days run across make-up days and holidays as the notices say', () => {
  const table: [string, number, string][] = [
    ['2025-01-24', 1, '2025-01-26'],
    ['2025-01-24', 5, '2025-02-07'],
    ['2025-01-27', 1, '2025-02-05'],
    ['2025-02-07', 1, '2025-02-08'],
    ['2025-04-25', 1, '2025-04-27'],
    ['2025-04-30', 1, '2025-05-06'],
    ['2025-09-26', 5, '2025-10-10'],
    ['2025-09-30', 5, '2025-10-14'],
    ['2025-12-30', 3, '2026-01-05'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-02-12', 15, '2026-03-11'],
    ['2026-09-18', 1, '2026-09-20'],
    ['2026-09-24', 1, '2026-09-28'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-01-05', 85, '2026-05-13'],
    ['2026-11-23', 15, '2026-12-14'],
    ['2026-12-25', 5, '2027-01-04'],
    ['2026-03-02', 20, '2026-03-30'],
    ['2026-03-02', 45, '2026-05-08'],
    ['2026-02-10', 5, '2026-02-24'],
  ]
  for (const [start, amount, due] of table)
    assert.equal(local(dueOf(calendar, at(start), days(amount)).dueAt), `${due} 17:30`, `${start} + ${amount}`)
})

test('a date that rests on an unpublished year is provisional, and a published list moves just the dates it touches', () => {
  assert.equal(dueOf(calendar, at('2026-12-25'), days(5)).provisional, true)
  assert.equal(dueOf(calendar, at('2026-12-25'), days(3)).provisional, false)
  const published = compileCalendar(
    [nationalLayer(), { days: [{ day: '2027-01-03', kind: 'work', why: '调休上班' }] }],
    2027,
  )
  assert.deepEqual(
    [dayOf(dueOf(published, at('2026-12-25'), days(5)).dueAt), dueOf(published, at('2026-12-25'), days(5)).provisional],
    ['2027-01-03', false],
  )
  assert.equal(
    dayOf(dueOf(published, at('2026-12-24'), days(5)).dueAt),
    dayOf(dueOf(calendar, at('2026-12-24'), days(5)).dueAt),
  )
})

test('the working days of every month of 2025 and 2026', () => {
  const months = {
    2025: [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23],
    2026: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
  }
  for (const [year, counts] of Object.entries(months))
    for (const [i, count] of counts.entries()) {
      const before = new Date(at(`${year}-${String(i + 1).padStart(2, '0')}-01`).getTime() - 86_400_000)
      const end = new Date(Date.UTC(Number(year), i + 1, 0, 4))
      assert.equal(workingDaysBetween(calendar, before, end), count, `${year}-${i + 1}`)
    }
})

test('a limit with a half starts with the half day after the event: enterprise start-up in 3.5 days', () => {
  assert.equal(local(dueOf(calendar, at('2026-09-18', '10:00'), days(3.5)).dueAt), '2026-09-22 17:30')
  assert.equal(local(dueOf(calendar, at('2026-09-18', '14:00'), days(3.5)).dueAt), '2026-09-23 12:00')
})

test('a stopped clock runs on after the stop, and overlapping stops count once', () => {
  const stop = { from: at('2026-03-09'), to: at('2026-03-18') }
  const inner = { from: at('2026-03-12'), to: at('2026-03-16') }
  assert.equal(dayOf(dueOf(calendar, at('2026-03-02'), days(20), { stops: [stop] }).dueAt), '2026-04-10')
  assert.equal(dayOf(dueOf(calendar, at('2026-03-02'), days(20), { stops: [inner, stop, inner] }).dueAt), '2026-04-10')
  const late = { from: at('2026-04-15'), to: at('2026-04-20') }
  assert.equal(
    dayOf(dueOf(calendar, at('2026-03-02'), days(20), { stops: [late] }).dueAt),
    '2026-03-30',
    'a stop while overdue does not un-overdue',
  )
})

test('parallel items are a union of days, not a sum', () => {
  const spans = [
    { from: at('2026-03-02'), to: at('2026-03-13') },
    { from: at('2026-03-09'), to: at('2026-03-20') },
  ]
  assert.equal(unionWorkingDays(calendar, spans), 15)
})

test('natural days, hours, working hours and months', () => {
  assert.equal(dayOf(dueOf(calendar, at('2026-02-10'), { amount: 15, unit: 'day' }).dueAt), '2026-02-25')
  assert.equal(dayOf(dueOf(calendar, at('2026-02-25'), { amount: 60, unit: 'day' }).dueAt), '2026-04-26')
  assert.equal(
    dayOf(dueOf(calendar, at('2026-02-25'), { amount: 60, unit: 'day' }, { rollForward: true }).dueAt),
    '2026-04-27',
  )
  assert.equal(
    local(dueOf(calendar, at('2026-03-06', '17:00'), { amount: 2, unit: 'workingHour' }).dueAt),
    '2026-03-09 10:30',
  )
  assert.equal(
    local(dueOf(calendar, at('2026-03-06', '11:30'), { amount: 1, unit: 'workingHour' }).dueAt),
    '2026-03-06 14:00',
  )
  assert.equal(
    local(dueOf(calendar, at('2026-03-07', '23:50'), { amount: 0.5, unit: 'hour' }).dueAt),
    '2026-03-08 00:20',
  )
  assert.equal(dayOf(dueOf(calendar, at('2026-01-31'), { amount: 1, unit: 'month' }).dueAt), '2026-02-28')
})

test('a layer of the district or a unit has the last word: a half day off', () => {
  const own = compileCalendar([nationalLayer(), { days: [{ day: '2026-03-09', kind: 'amOnly', why: '半天放假' }] }])
  assert.equal(local(dueOf(own, at('2026-03-06'), days(1)).dueAt), '2026-03-10 12:00')
  assert.deepEqual(
    explain(own, at('2026-03-06'), days(1)).map((day) => day.counted),
    [0, 0, 0, 0.5, 0.5],
  )
})

test('every deadline explains itself: the days counted are the days promised', () => {
  const rows = explain(calendar, at('2026-02-12'), days(15))
  assert.equal(rows[0]?.why, '起算日，不计')
  assert.equal(rows.find((row) => row.date === '2026-02-14')?.why, '工作日，调休上班（春节）')
  assert.equal(rows.find((row) => row.date === '2026-02-17')?.why, '春节')
  assert.equal(rows.at(-1)?.date, '2026-03-11')
})

const start = fc.date({ min: at('2007-01-01'), max: at('2026-06-30'), noInvalidDate: true })
const halves = fc.integer({ min: 1, max: 200 }).map((n) => n / 2)

test('laws: the counted days sum to the limit, more days are never due earlier, and yellow lies between start and due', () => {
  fc.assert(
    fc.property(start, halves, (from, amount) => {
      const { dueAt } = dueOf(calendar, from, days(amount))
      assert.equal(
        explain(calendar, from, days(amount)).reduce((sum, day) => sum + day.counted, 0),
        amount,
      )
      assert.ok(dueOf(calendar, from, days(amount + 1)).dueAt > dueAt)
      const yellow = yellowAt(calendar, from, dueAt, days(amount))
      assert.ok(yellow >= from && yellow < dueAt)
    }),
    { numRuns: 300 },
  )
})

test('laws: n days and then m days are n + m days', () => {
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 90 }), (from, n, m) => {
      const half = dueOf(calendar, from, days(n)).dueAt
      assert.deepEqual(dueOf(calendar, half, days(m)).dueAt, dueOf(calendar, from, days(n + m)).dueAt)
    }),
  )
})

test('a date outside the calendar is refused, not guessed', () => {
  assert.throws(() => dueOf(calendar, at('2045-12-20'), days(85)), { name: 'CalendarRangeError' })
})

const second = join(import.meta.dirname, '../../../shared/data/holidays_cn.jsonl')
test('against a second source no deadline is wrong, for every start day 2007–2026', {
  skip: !existsSync(second) && 'the second source ../shared/data/holidays_cn.jsonl is not here',
}, () => {
  const rows = readFileSync(second, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { date: string; isOffDay: boolean })
  const off = new Map(rows.map((row) => [row.date, row.isOffDay]))
  const works = (ms: number) => {
    const day = new Date(ms).toISOString().slice(0, 10)
    const weekday = new Date(ms).getUTCDay()
    return day > '2026-12-31' ? isWorkday(calendar, day) : off.has(day) ? !off.get(day) : weekday > 0 && weekday < 6
  }
  let compared = 0
  let wrong = 0
  for (let ms = Date.UTC(2007, 0, 1); ms <= Date.UTC(2026, 11, 31); ms += 86_400_000)
    for (const amount of [1, 5, 15, 85]) {
      let walk = ms
      for (let left = amount; left > 0; ) {
        walk += 86_400_000
        if (works(walk)) left--
      }
      compared++
      if (
        dayOf(dueOf(calendar, new Date(ms + 4 * 3_600_000), days(amount)).dueAt) !==
        new Date(walk).toISOString().slice(0, 10)
      )
        wrong++
    }
  assert.equal(compared, 7305 * 4)
  assert.equal(wrong / compared, 0)
})
