import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filterOf, scopeOf } from './filter.ts'

test('the desk opens on what still has to be merged; the counter counts the whole scope', () => {
  assert.deepEqual(filterOf(new URLSearchParams('')), { merged: 'open' })
  const filter = filterOf(new URLSearchParams('category=heating,water&days=14&merged=yes&q=%20暖气%20&drive='))
  assert.deepEqual(filter, { category: ['heating', 'water'], days: 14, merged: 'yes', q: '暖气' })
  assert.deepEqual(scopeOf(filter), { category: ['heating', 'water'], days: 14, q: '暖气' })
  assert.deepEqual(filterOf(new URLSearchParams('merged=all&days=x')), {})
})
