import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { backSchedule, findCycle, forwardSchedule, slipOf, type Work } from '../src/plan/schedule.ts'

/** Plans in which a task waits only for earlier ones, and the one that slips. */
const slips = fc
  .record({
    rows: fc.array(
      fc.record({
        days: fc.integer({ min: 1, max: 30 }),
        due: fc.integer({ min: 30, max: 400 }),
        begins: fc.integer({ min: 0, max: 60 }),
        waits: fc.array(fc.nat(40), { maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    which: fc.nat(40),
    slip: fc.nat(120),
    more: fc.nat(60),
  })
  .map(({ rows, which, slip, more }) => {
    const works = rows.map(
      ({ days, due, waits }, i): Work => ({
        ...{ id: `${i}`, days, due },
        after: i === 0 ? [] : [...new Set(waits.map((wait) => `${wait % i}`))],
      }),
    )
    const earliest = (id: string) => rows[Number(id)]!.begins
    return { works, earliest, id: `${which % works.length}`, slip, more }
  })

test('a slip of nothing moves nothing', () => {
  fc.assert(
    fc.property(slips, ({ works, earliest, id }) => {
      assert.deepEqual(slipOf(works, earliest, { id, slip: 0 }).moves, [])
    }),
  )
})

test('a slip within the slack breaks no last day, and one more breaks one', () => {
  fc.assert(
    fc.property(slips, ({ works, earliest, id, slip }) => {
      const { slack } = slipOf(works, earliest, { id, slip: 0 })
      const within = slipOf(works, earliest, { id, slip: Math.min(slip, Math.max(0, slack)) })
      assert.ok(within.moves.every(({ late }) => late === 0))
      if (slack < 0) return
      const beyond = slipOf(works, earliest, { id, slip: slack + 1 })
      assert.ok(beyond.moves.some(({ late }) => late > 0))
    }),
  )
})

test('a longer slip moves nothing to an earlier day, and what moved still moves', () => {
  fc.assert(
    fc.property(slips, ({ works, earliest, id, slip, more }) => {
      const moved = (by: number) =>
        new Map(slipOf(works, earliest, { id, slip: by }).moves.map((move) => [move.id, move]))
      const [short, long] = [moved(slip), moved(slip + more)]
      for (const [one, move] of short) {
        assert.ok(long.get(one)!.now.finish >= move.now.finish)
        assert.ok(long.get(one)!.late >= move.late)
      }
    }),
  )
})

test('whatever moves waits for something that moved, and the path is pushed from one day to the next', () => {
  fc.assert(
    fc.property(slips, ({ works, earliest, id, slip }) => {
      const { moves, path } = slipOf(works, earliest, { id, slip })
      const moved = new Map(moves.map((move) => [move.id, move]))
      for (const { id: one, now } of moves) {
        const before = works.find((work) => work.id === one)!.after.filter((each) => moved.has(each))
        assert.ok(one === id || before.some((each) => moved.get(each)!.now.finish === now.start - 1))
      }
      assert.equal(path[0] ?? id, id)
      for (const [i, one] of path.slice(1).entries())
        assert.equal(moved.get(one)!.now.start, moved.get(path[i]!)!.now.finish + 1)
    }),
  )
})

test('two tasks one after the other: three days later at the first are two too many at the end', () => {
  const works: Work[] = [
    { id: 'build', days: 10, due: 20, after: [] },
    { id: 'open', days: 5, due: 16, after: ['build'] },
  ]
  const { slack, moves, path } = slipOf(works, () => 1, { id: 'build', slip: 3 })
  assert.equal(slack, 1)
  assert.deepEqual(
    moves.map(({ id, now, lastDay, late }) => [id, now.start, now.finish, lastDay, late]),
    [
      ['build', 4, 13, 11, 2],
      ['open', 14, 18, 16, 2],
    ],
  )
  assert.deepEqual(path, ['build', 'open'])
})

test('a chain of twenty thousand tasks is scheduled, slipped and searched for a circle in a moment', () => {
  const LONG = 20_000
  const chain = Array.from(
    { length: LONG },
    (_, i): Work => ({
      ...{ id: `${i}`, days: 1, due: LONG * 2 },
      after: i === LONG - 1 ? [] : [`${i + 1}`],
    }),
  )
  const began = process.cpuUsage()
  assert.equal(backSchedule(chain).get('0')?.finish, LONG * 2)
  assert.equal(forwardSchedule(chain, () => 0).get('0')?.start, LONG - 1)
  assert.equal(slipOf(chain, () => 0, { id: `${LONG - 1}`, slip: 5 }).moves.length, LONG)
  assert.equal(findCycle(chain), undefined)
  const closed = chain.with(LONG - 1, { ...chain[LONG - 1]!, after: ['0'] })
  assert.equal(findCycle(closed)?.length, LONG + 1)
  // Time of this process alone: a machine that is busy with others turns no test away.
  assert.ok(process.cpuUsage(began).user < 5_000_000, 'quadratic work would take minutes')
})
