import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileCalendar, countWorkdays, workdayLine } from '../src/calendar/index.ts'
import { backSchedule, findCycle, forwardSchedule, type Work } from '../src/plan/schedule.ts'
import { progressOf } from '../src/target/index.ts'

/** Plans in which a task waits only for earlier ones: any plan without a circle can be written so. */
const plans = fc
  .array(
    fc.record({
      days: fc.integer({ min: 1, max: 30 }),
      due: fc.integer({ min: 400, max: 800 }),
      waits: fc.array(fc.nat(40), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((rows): Work[] =>
    rows.map(({ days, due, waits }, i) => ({
      ...{ id: `${i}`, days, due },
      after: i === 0 ? [] : [...new Set(waits.map((wait) => `${wait % i}`))],
    })),
  )

test('what is scheduled back from its ends and then forward from its starts stays where it is', () => {
  fc.assert(
    fc.property(plans, (works) => {
      const back = backSchedule(works)
      const forth = forwardSchedule(works, (id) => back.get(id)!.start)
      assert.deepEqual(Object.fromEntries(forth), Object.fromEntries(back))
      const again = backSchedule(works.map((work) => ({ ...work, due: forth.get(work.id)!.finish })))
      assert.deepEqual(Object.fromEntries(again), Object.fromEntries(back))
    }),
  )
})

test('no task could begin a day later: it ends on its own last day, or another begins the day after', () => {
  fc.assert(
    fc.property(plans, (works) => {
      const back = backSchedule(works)
      for (const work of works) {
        const { start, finish } = back.get(work.id)!
        assert.equal(finish - start + 1, work.days)
        assert.ok(finish <= work.due)
        const next = works.filter(({ after }) => after.includes(work.id)).map(({ id }) => back.get(id)!.start)
        assert.ok(next.every((day) => day > finish))
        assert.ok(finish === work.due || next.includes(finish + 1))
      }
    }),
  )
})

test('a circle is found and told in the order of work', () => {
  assert.equal(
    findCycle([
      { id: 'a', after: [] },
      { id: 'b', after: ['a'] },
    ]),
    undefined,
  )
  const circle = findCycle([
    { id: 'a', after: ['c'] },
    { id: 'b', after: ['a'] },
    { id: 'c', after: ['b'] },
  ])
  assert.deepEqual(circle, ['a', 'b', 'c', 'a'])
  assert.deepEqual(
    findCycle([
      { id: 'x', after: [] },
      { id: 'a', after: ['x', 'a'] },
    ]),
    ['a', 'a'],
  )
})

test('the line of working days has the make-up Saturday of 2018-02-24 and not the holiday before it', () => {
  const calendar = compileCalendar()
  const line = workdayLine(calendar, '2018-02-10', '2018-02-28')
  assert.deepEqual(line.days.slice(4, 8), ['2018-02-22', '2018-02-23', '2018-02-24', '2018-02-26'])
  const works = [{ id: 'tasks', days: 3, due: line.until('2018-02-25'), after: [] }]
  const { start, finish } = backSchedule(works).get('tasks')!
  assert.deepEqual([line.days[start], line.days[finish]], ['2018-02-22', '2018-02-24'])
  assert.equal(countWorkdays(calendar, '2018-02-15', '2018-02-21'), 0)
  assert.equal(line.days[line.from('2018-02-15')], '2018-02-22')
})

test('a light says why: by the line, by the tasks, by the day that has passed', () => {
  const calendar = compileCalendar()
  // 100 working days from Monday 2018-03-05 on.
  const [from, to] = ['2018-03-05', workdayLine(calendar, '2018-03-05', '2018-12-31').days[99]!]
  const standing = {
    ...{ reached: 0, total: 10, unit: '处', runs: true, startOn: from, dueOn: to, spans: [{ from, to }] },
    ...{ cadence: 'monthly' as const, lastOn: '2018-05-02' },
  }
  const day50 = workdayLine(calendar, from, to).days[50]!
  const rows: [object, string, string | null, RegExp][] = [
    [{ share: 0.5 }, day50, 'green', /应完成 50%，实际 50%$/],
    [{ share: 0.46 }, day50, 'green', /应完成 50%，实际 46%$/],
    [{ share: 0.45 }, day50, 'yellow', /落后 5 个百分点/],
    [{ share: 0.3 }, day50, 'red', /落后 20 个百分点/],
    [{ share: 0, worked: 0.5 }, day50, 'green', /任务 50%$/],
    [{ share: 0.5, lastOn: '2018-03-30' }, day50, 'yellow', /应于 2018-04-30 前点检/],
    [{ share: 0.9 }, '2018-12-31', 'red', /已超期 \d+ 个工作日，还差 10%/],
    [{ share: 1 }, '2018-12-31', 'done', /已完成/],
    [{ share: 0, lastOn: null, latestStart: from }, '2018-03-06', 'red', /最迟应于 2018-03-05 开工/],
    [{ share: 0, runs: false }, '2018-12-31', null, /编制中/],
  ]
  for (const [more, today, light, reason] of rows) {
    const progress = progressOf(calendar, { ...standing, share: 0, ...more }, today)
    assert.equal(progress.light, light, `${JSON.stringify(more)}: ${progress.reason}`)
    assert.match(progress.reason, reason)
  }
})
