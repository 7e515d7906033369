import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, emptySuccessor, type Plan, whatIsMissing } from './plan.ts'

const rest = { ...emptySuccessor('1'), unit: 'u1', rest: true }
const plan: Plan = { on: '2026-03-02', basis: '改革方案', unit: 'u0', successors: [rest], people: {} }

test('a plan says what it still lacks, the rest above all', () => {
  assert.equal(whatIsMissing(plan), null)
  assert.match(whatIsMissing({ ...plan, unit: undefined }) ?? '', /撤销的单位/)
  assert.match(whatIsMissing({ ...plan, successors: [{ ...rest, rest: false, topics: ['a'] }] }) ?? '', /其余/)
  assert.match(
    whatIsMissing({ ...plan, successors: [rest, { ...emptySuccessor('2'), unit: 'u2' }] }) ?? '',
    /类别或区划/,
  )
})

test('a new unit is made and named by its code; divisions are read apart', () => {
  const fresh = {
    ...emptySuccessor('2'),
    isNew: true,
    code: ' justice ',
    name: '区司法局',
    divisions: '210101，210102',
  }
  const body = bodyOf({ ...plan, successors: [rest, fresh], people: { p1: 'justice' } })
  assert.deepEqual(body.newUnits, [{ code: 'justice', name: '区司法局', kind: 'department' }])
  assert.deepEqual(body.moves[0]?.successors, [
    { unitId: 'u1', rest: true },
    { unitCode: 'justice', divisions: ['210101', '210102'], rest: false },
  ])
  assert.deepEqual(body.people, [{ personId: 'p1', unitCode: 'justice' }])
})
