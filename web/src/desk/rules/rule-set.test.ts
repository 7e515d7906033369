import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inForce, limitWords, type RuleSet, rulesOf, withChanges } from './rule-set.ts'

const set = (version: string, validFrom: string, rules: object = {}) =>
  ({ version, validFrom, source: '', rules }) as RuleSet

test('the rules in force are the last that are valid, whatever the order of the list', () => {
  const sets = [set('c', '2027-01-01'), set('a', '2026-01-01'), set('b', '2026-07-01')]
  assert.deepEqual([inForce(sets, '2026-12-31')?.version, inForce(sets, '2027-01-01')?.version], ['b', 'c'])
})

test('a new version carries over what the one before says, and only the changed limits differ', () => {
  const before = rulesOf(
    set('a', '2026-01-01', {
      ...{ callBackTries: 2, recurrence: { months: 24 }, cluster: { hours: 24, reporters: 10 } },
      limits: { handle: { any: { amount: 5, unit: 'workingDay' }, help: { amount: 3, unit: 'workingDay' } } },
    }),
  )
  const after = withChanges(before, [{ clock: 'handle', key: 'any', limit: { amount: 4, unit: 'workingDay' } }])
  assert.deepEqual(after, {
    callBackTries: 2,
    recurrence: { months: 24 },
    limits: { handle: { any: { amount: 4, unit: 'workingDay' }, help: { amount: 3, unit: 'workingDay' } } },
  })
  assert.equal(before.limits?.handle?.['any']?.amount, 5)
})

test('a limit is said as the rules say it', () => {
  assert.equal(limitWords({ amount: 0.5, unit: 'hour' }), '0.5 小时')
  assert.equal(limitWords({ amount: 5, unit: 'workingDay' }), '5 个工作日')
})
