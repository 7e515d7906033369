import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyRule } from '@banjie/contract'
import { type Draft, draftsOf, emptyDraft, ruleOf } from './condition.ts'

const typed = (more: Partial<Draft>): Draft => ({ ...emptyDraft(0), cite: '第三条', ...more })
const rule = (more: Partial<Draft>) => ruleOf('all', [typed(more)])

const TYPED: readonly (readonly [string, Partial<Draft>, object])[] = [
  ['a size', { words: 'small、micro' }, { fact: 'size', in: ['small', 'micro'], year: 'last' }],
  ['one bound of two', { fact: 'staff', from: '', to: '300' }, { fact: 'staff', max: 300, year: 'last' }],
  [
    'money in 万元',
    { fact: 'figure', from: '500', to: '0.1亿' },
    { min: 500_000_000, max: 1_000_000_000, year: 'last' },
  ],
  ['growth', { fact: 'growth', from: '50' }, { fact: 'growth', percent: 50 }],
]
for (const [what, more, wanted] of TYPED)
  test(`${what} becomes the condition that was typed`, () => {
    const made = rule(more)
    assert.ok(made !== undefined && 'all' in made)
    assert.partialDeepStrictEqual(made.all[0], { ...wanted, cite: '第三条' })
  })

const UNREADY: readonly (readonly [string, Partial<Draft>])[] = [
  ['no clause', { words: 'small', cite: ' ' }],
  ['a bound that is no number beside one that is', { fact: 'figure', from: '五百', to: '1000' }],
  ['no bound at all', { fact: 'staff', from: '', to: '' }],
  ['half a person', { fact: 'staff', from: '0.5', to: '' }],
  ['growth in words', { fact: 'growth', from: '一半' }],
]
for (const [what, more] of UNREADY)
  test(`${what} is no rule yet, and nothing of it is dropped in silence`, () => assert.equal(rule(more), undefined))

for (const [what, more] of TYPED)
  test(`${what} is told by the form again as it was typed`, () => {
    const made = rule(more)
    assert.ok(made !== undefined)
    const told = draftsOf(made)
    assert.ok(told !== undefined)
    assert.deepEqual(ruleOf(told.join, told.drafts), made)
  })

const UNTOLD: readonly (readonly [string, PolicyRule])[] = [
  ['what is not', { not: { fact: 'bound', is: true, cite: '第三条' } }],
  ['what nests', { all: [{ any: [{ fact: 'bound', is: true, cite: '第三条' }] }] }],
  ['another year', { all: [{ fact: 'size', in: ['small'], year: 'this', cite: '第三条' }] }],
]
for (const [what, given] of UNTOLD)
  test(`${what} is not told by the form, so that nothing of it gets lost`, () =>
    assert.equal(draftsOf(given), undefined))
