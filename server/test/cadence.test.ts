import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CadencePer, type PersonId, VISIT_KIND } from '@banjie/contract'
import fc from 'fast-check'
import { type Deed, dayAfter, periodAround, periodsOf, type Series } from '../src/cadence/index.ts'
import { compileCalendar, isWorkday } from '../src/calendar/index.ts'

const calendar = compileCalendar()
const [ANNA, BERT, CARL] = ['a', 'b', 'c'] as unknown as [PersonId, PersonId, PersonId]
const WEEK = { min: 1, per: 'week', counts: ['onSite'], leastWorkdays: 3, from: '2026-01-05', to: null } as const
const plain = (more: Partial<Series> = {}): Series => ({
  ...{ cadence: WEEK, holders: [{ personId: ANNA, from: '2026-01-01', to: null }], suspensions: [] },
  ...{ leaves: new Map(), deeds: [], ...more },
})
const deed = (on: string, officials: PersonId[], more: Partial<Deed> = {}): Deed => ({
  ...{ id: `${on} ${officials.join()}`, on, kind: 'onSite', officials },
  ...more,
})
/** The one period of a series that a day lies in, told on a later day. */
const periodOf = (series: Series, on: string, today = '2026-12-01') => {
  const [period, ...more] = periodsOf(series, calendar, { from: on, to: on, today })
  assert.ok(period !== undefined && more.length === 0)
  return period
}

test('a week that two leaders share is met by either, and the credit is of who went', () => {
  // Monday 2 March to Sunday 8 March 2026, handed over on Wednesday.
  const holders = [
    { personId: ANNA, from: '2026-01-01', to: '2026-03-03' },
    { personId: BERT, from: '2026-03-04', to: null },
  ]
  for (const [on, who, state, credited] of [
    ['2026-03-02', [ANNA], 'met', [ANNA]],
    ['2026-03-05', [BERT], 'met', [BERT]],
    ['2026-03-05', [ANNA], 'missed', []],
    ['2026-03-03', [BERT], 'missed', []],
    ['2026-03-04', [ANNA, BERT], 'met', [BERT]],
  ] as const) {
    const period = periodOf(plain({ holders, deeds: [deed(on, [...who])] }), '2026-03-06')
    assert.equal(period.state, state, `${who} on ${on}`)
    assert.deepEqual(
      period.proof.flatMap((one) => one.credited),
      credited,
    )
    assert.deepEqual(period.debtors, [ANNA, BERT])
  }
})

test('what the calendar, a leave, a suspension or a vacancy takes is not owed; what was done counts all the same', () => {
  const leave = new Map([[ANNA, [{ from: '2026-03-09', to: '2026-03-11' }]]])
  const gone = [{ personId: ANNA, from: '2026-01-01', to: '2026-03-10' }]
  for (const [series, on, state, cause] of [
    [plain(), '2026-02-18', 'exempt', 'holiday'],
    [plain(), '2026-10-05', 'missed', null],
    [plain({ leaves: leave }), '2026-03-09', 'exempt', 'leave'],
    [plain({ suspensions: [{ from: '2026-03-01', to: '2026-03-11' }] }), '2026-03-09', 'exempt', 'suspended'],
    [plain({ holders: gone }), '2026-03-09', 'exempt', 'vacant'],
    [plain({ leaves: new Map([[ANNA, [{ from: '2026-03-09', to: '2026-03-10' }]]]) }), '2026-03-09', 'missed', null],
    [plain({ leaves: leave, deeds: [deed('2026-03-12', [ANNA])] }), '2026-03-09', 'met', null],
    [plain({ deeds: [deed('2026-03-12', [ANNA], { kind: 'phone' })] }), '2026-03-09', 'missed', null],
    [plain({ deeds: [deed('2026-03-12', [CARL])] }), '2026-03-09', 'missed', null],
  ] as const) {
    const period = periodOf(series, on)
    assert.deepEqual([period.state, period.cause], [state, cause], `${on} ${cause}`)
  }
  assert.equal(periodOf(plain(), '2026-03-09', '2026-03-15').state, 'running', 'the last day is not over yet')
  assert.equal(periodOf(plain(), '2026-03-09', '2026-03-16').state, 'missed')
})

test('a stand-in beside somebody on leave keeps the week owed', () => {
  const holders = [
    { personId: ANNA, from: '2026-01-01', to: null },
    { personId: BERT, from: '2026-01-01', to: null },
  ]
  const leaves = new Map([[ANNA, [{ from: '2026-03-01', to: '2026-03-31' }]]])
  assert.equal(periodOf(plain({ holders, leaves }), '2026-03-09').state, 'missed')
})

test('periods begin where people expect them to', () => {
  for (const [per, day, from, to] of [
    ['day', '2026-02-28', '2026-02-28', '2026-02-28'],
    ['week', '2026-03-01', '2026-02-23', '2026-03-01'],
    ['week', '2026-03-02', '2026-03-02', '2026-03-08'],
    ['month', '2028-02-10', '2028-02-01', '2028-02-29'],
    ['quarter', '2026-12-31', '2026-10-01', '2026-12-31'],
    ['quarter', '2026-01-01', '2026-01-01', '2026-03-31'],
  ] as const)
    assert.deepEqual(periodAround(per, day), { from, to }, `${per} ${day}`)
})

const day = fc.integer({ min: 0, max: 200 }).map((n) => dayAfter('2026-01-01', n))
const span = fc.tuple(day, fc.integer({ min: 0, max: 90 })).map(([from, n]) => ({ from, to: dayAfter(from, n) }))
const person = fc.constantFrom(ANNA, BERT, CARL)
const kinds = Object.keys(VISIT_KIND) as (keyof typeof VISIT_KIND)[]
const series = fc.record({
  cadence: fc.record({
    min: fc.integer({ min: 1, max: 3 }),
    per: fc.constantFrom<CadencePer>('day', 'week', 'month', 'quarter'),
    counts: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1 }),
    leastWorkdays: fc.integer({ min: 1, max: 12 }),
    from: day,
    to: fc.option(day),
  }),
  holders: fc.array(
    fc.tuple(person, span).map(([personId, days]) => ({ personId, ...days })),
    { maxLength: 5 },
  ),
  suspensions: fc.array(span, { maxLength: 2 }),
  leaves: fc.array(fc.tuple(person, fc.array(span, { maxLength: 2 }))).map((pairs) => new Map(pairs)),
  deeds: fc.array(
    fc.record({
      id: fc.uuid(),
      on: day,
      kind: fc.constantFrom(...kinds),
      officials: fc.uniqueArray(person, { minLength: 1 }),
    }),
    { maxLength: 60 },
  ),
})
const covers = ({ from, to }: { from: string; to: string | null }, on: string) =>
  from <= on && (to === null || on <= to)

test('every period is exactly one of met, missed, exempt and running, and its proof shows which', () => {
  let seen = { met: 0, missed: 0, exempt: 0, running: 0 }
  fc.assert(
    fc.property(series, day, day, (one, from, today) => {
      const periods = periodsOf(one, calendar, { from, to: today, today })
      for (const [i, period] of periods.entries()) {
        seen = { ...seen, [period.state]: seen[period.state] + 1 }
        if (i > 0) assert.equal(period.from, dayAfter(periods[i - 1]?.to ?? ''), 'no gap and no overlap')
        // Told anew, the slow way: which deeds count, and on which days it could be done.
        const days: string[] = []
        for (let on = period.from; on <= period.to; on = dayAfter(on)) days.push(on)
        const heldBy = (who: PersonId, on: string) =>
          one.holders.some((holder) => holder.personId === who && covers(holder, on))
        const proof = one.deeds.filter(
          ({ on, kind, officials }) =>
            days.includes(on) &&
            covers(one.cadence, on) &&
            one.cadence.counts.includes(kind) &&
            officials.some((who) => heldBy(who, on)),
        )
        const possible = days.filter(
          (on) =>
            isWorkday(calendar, on) &&
            covers(one.cadence, on) &&
            !one.suspensions.some((rest) => covers(rest, on)) &&
            [ANNA, BERT, CARL].some(
              (who) => heldBy(who, on) && !(one.leaves.get(who) ?? []).some((rest) => covers(rest, on)),
            ),
        )
        const isMet = proof.length >= one.cadence.min
        const isExempt = !isMet && possible.length < one.cadence.leastWorkdays
        const isRunning = !isMet && !isExempt && today <= period.to
        const isMissed = !isMet && !isExempt && !isRunning
        assert.deepEqual(
          { met: isMet, exempt: isExempt, running: isRunning, missed: isMissed },
          { met: false, exempt: false, running: false, missed: false, [period.state]: true },
        )
        assert.deepEqual(new Set(period.proof.map((row) => row.deed.id)), new Set(proof.map(({ id }) => id)))
        assert.equal(period.cause !== null, isExempt)
        for (const row of period.proof) {
          assert.ok(row.credited.length > 0)
          for (const who of row.credited) assert.ok(heldBy(who, row.deed.on) && row.deed.officials.includes(who))
        }
      }
    }),
    { numRuns: 300 },
  )
  for (const [state, times] of Object.entries(seen)) assert.ok(times > 0, `no ${state} period was tried`)
})

test('a period that is over does not change with the days that pass', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 100 }), (one, later) => {
      const today = '2026-05-31'
      const window = { from: '2026-01-01', to: today }
      const now = periodsOf(one, calendar, { ...window, today })
      const then = periodsOf(one, calendar, { ...window, today: dayAfter(today, later) })
      for (const [i, period] of now.entries())
        if (period.to < today && period.state !== 'running') assert.deepEqual(then[i], period)
    }),
  )
})
