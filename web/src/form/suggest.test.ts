import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suggestCategories } from './suggest.ts'

const categories = [
  { id: 'T1', label: '公用事业', parentId: null, words: ['自来水', '供暖'] },
  { id: 'T101', label: '供暖', parentId: 'T1', words: ['暖气', '供热', '室温'] },
  { id: 'T102', label: '停水', parentId: 'T1', words: ['没水', '水压'] },
]

test('the category with most words in the text comes first', () => {
  assert.deepEqual(
    suggestCategories('暖气不热，室温只有十五度，供热公司不来', categories).map(({ id }) => id),
    ['T101'],
  )
})

test('a second-level category comes before its parent', () => {
  assert.deepEqual(
    suggestCategories('供暖问题', categories).map(({ id }) => id),
    ['T101', 'T1'],
  )
})

test('no words, no suggestion', () => {
  assert.deepEqual(suggestCategories('想咨询一下', categories), [])
  assert.deepEqual(suggestCategories('  ', categories), [])
})
