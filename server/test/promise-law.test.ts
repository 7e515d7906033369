import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { balanceOf } from '../src/promise/balance.ts'
import type { PromiseFacts } from '../src/promise/promise.sql.ts'

const DAY_MS = 86_400_000
const day = (n: number) => new Date(Date.parse('2026-01-01') + n * DAY_MS).toISOString().slice(0, 10)
const instant = (n: number) => new Date(Date.parse('2026-01-01T02:00:00Z') + n * DAY_MS).toISOString()

/** A promise of 100,000 fen with two plans, one after the other, and payments on random days. */
const stories = fc
  .record({
    instalments: fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 20_000 })), {
      minLength: 1,
      maxLength: 6,
    }),
    second: fc.array(fc.tuple(fc.integer({ min: 60, max: 200 }), fc.integer({ min: 1, max: 5000 })), { maxLength: 4 }),
    payments: fc.array(
      fc.record({ on: fc.integer({ min: 1, max: 200 }), fen: fc.integer({ min: 1, max: 8000 }), voided: fc.boolean() }),
      { maxLength: 12 },
    ),
    today: fc.integer({ min: 1, max: 220 }),
  })
  .map(({ instalments, second, payments, today }) => {
    const plan = (version: number, parts: readonly (readonly [number, number])[], decided: number) => ({
      ...{
        version,
        state: 'approved',
        reason: '',
        byPerson: null,
        by: '',
        at: instant(decided),
        decidedBy: '',
        decidedNote: null,
      },
      ...{ decidedAt: instant(decided), decidedOn: day(decided) },
      instalments: [...new Map(parts)]
        .sort(([a], [b]) => a - b)
        .map(([due, fen], i) => ({ no: i + 1, due: day(due), fen })),
    })
    const facts = {
      ...{ fen: 100_000, disputedFen: 0, deadline: day(210), closedAt: null, keptOn: null },
      plans: [plan(1, instalments, 0), ...(second.length > 0 ? [plan(2, second, 50)] : [])],
      payments: payments.map(({ on, fen, voided }) => ({
        ...{
          id: '',
          on: day(on),
          fen,
          voucher: '',
          note: null,
          by: '',
          at: instant(on),
          voidedBy: null,
          voidReason: null,
        },
        voidedAt: voided ? instant(on) : null,
      })),
    } as unknown as PromiseFacts
    return { facts, today: day(today) }
  })

test('whatever was planned and paid, no instalment holds more than it is, together they hold no more than was paid, and what is left is exact', () => {
  fc.assert(
    fc.property(stories, ({ facts, today }) => {
      const { instalments, paidFen, restFen, overdueFen, unplannedFen, breaches } = balanceOf(facts, today)
      const paid = facts.payments.reduce((sum, { fen, voidedAt }) => sum + (voidedAt === null ? fen : 0), 0)
      assert.equal(paidFen, paid)
      assert.equal(paidFen + restFen, Math.max(100_000, paid))
      for (const one of instalments) assert.ok(one.paidFen >= 0 && one.paidFen <= one.fen)
      assert.ok(instalments.reduce((sum, one) => sum + one.paidFen, 0) <= paid)
      const open = instalments.reduce((sum, one) => sum + one.fen - one.paidFen, 0)
      assert.ok(overdueFen <= open + unplannedFen)
      // Filled in order: after one that is not full, none holds anything.
      const gap = instalments.findIndex((one) => one.paidFen < one.fen)
      if (gap >= 0) assert.ok(instalments.slice(gap + 1).every((one) => one.paidFen === 0))
      assert.ok(breaches >= instalments.filter(({ state, due }) => state === 'breached' && due < today).length)
    }),
    { numRuns: 2000 },
  )
})

test('breaches never become fewer as days go by, and a day passes no instalment twice', () => {
  fc.assert(
    fc.property(stories, ({ facts }) => {
      let before = 0
      for (let n = 0; n <= 220; n += 5) {
        const { breaches } = balanceOf(facts, day(n))
        assert.ok(breaches >= before)
        before = breaches
      }
      assert.ok(before <= facts.plans.reduce((sum, plan) => sum + plan.instalments.length, 0))
    }),
    { numRuns: 300 },
  )
})
