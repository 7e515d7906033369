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

const KEPT: readonly PolicyRule[] = [
  { all: [{ fact: 'size', in: ['small', 'micro'], year: 'this', cite: '第一条' }] },
  {
    any: [
      { fact: 'figure', code: 'tax', min: 1_000_050, year: 'last', cite: '第二条' },
      { not: { fact: 'title', title: '高新技术企业', cite: '第三条' } },
      { fact: 'growth', code: 'output', percent: 10, cite: '第四条' },
      { fact: 'bound', is: false, cite: '第五条' },
    ],
  },
]
for (const written of KEPT)
  test(`the form takes a rule up as it was written and gives it back the same: ${Object.keys(written)}`, () => {
    const taken = draftsOf(written)
    assert.ok(taken)
    assert.deepEqual(ruleOf(taken.join, taken.drafts), written)
  })
test('one condition alone comes back as a list of one', () => {
  const taken = draftsOf({ fact: 'bound', is: true, cite: '第一条' })
  assert.deepEqual(taken && ruleOf(taken.join, taken.drafts), { all: [{ fact: 'bound', is: true, cite: '第一条' }] })
})
test('what the form cannot say is not taken up, so that it is not lost', () => {
  const bound: PolicyRule = { fact: 'bound', is: true, cite: '第一条' }
  assert.equal(draftsOf({ all: [bound, { any: [bound, bound] }] }), undefined)
  assert.equal(draftsOf({ not: { all: [bound] } }), undefined)
  assert.equal(draftsOf({ all: [{ fact: 'growth', code: 'output', percent: -10, cite: '第一条' }] }), undefined)
})
