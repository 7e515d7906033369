import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDivisionCode } from '@banjie/contract'

const FLAWS = [
  ['210114600001', 'township'],
  ['210114000001', 'township'],
  ['210114001700', 'village'],
  ['21011400100', 'length'],
  ['2101', 'length'],
  ['21011A', 'digits'],
  ['', 'digits'],
] as const
for (const [code, flaw] of FLAWS)
  test(`${code || 'nothing'} is no division code: ${flaw}`, () => {
    assert.equal(parseDivisionCode(code), flaw)
  })

const KINDS = [
  ['210114001001', 'street', 'committee', false],
  ['210114099199', 'street', 'committee', false],
  ['210114100200', 'town', 'village', false],
  ['210114399399', 'township', 'village', false],
  ['340400400498', 'townshipLike', 'committeeLike', true],
  ['340400599598', 'townshipLike', 'villageLike', true],
] as const
for (const [code, township, village, virtual] of KINDS)
  test(`${code} is a ${village} of a ${township}`, () => {
    const parsed = parseDivisionCode(code)
    assert.ok(typeof parsed === 'object')
    assert.equal(parsed.county, code.slice(0, 6))
    assert.deepEqual(parsed.township, { code: code.slice(0, 9), kind: township })
    assert.deepEqual(parsed.village, { code, kind: village, virtual })
  })

test('a code that ends in zeros ends higher', () => {
  const county = { province: '21', prefecture: '2101', county: '210114' }
  assert.deepEqual(parseDivisionCode('２１０１１４'), county)
  assert.deepEqual(parseDivisionCode('210114000000'), county)
  assert.deepEqual(parseDivisionCode('210114001000'), parseDivisionCode('210114001'))
})
