import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Figures, figureText, groupRows, nextSort } from './figure.ts'

test('nothing to divide by is a dash, nothing at all is a nought', () => {
  assert.deepEqual([figureText(null, '%'), figureText(0, '%'), figureText(0, '件')], ['—', '0.0%', '0'])
  assert.deepEqual([figureText(1234, '件'), figureText(6.25, '天')], ['1,234', '6.3'])
})

const row = (key: string, value: number | null) => ({ key, label: key, value, numerator: 0, denominator: 0 })
const figures = {
  received: { id: 'received', rows: [row('water', 3), row('heating', 9)] },
  onTimeRate: { id: 'onTimeRate', rows: [row('water', 80), row('heating', null), row('south', 95)] },
} as unknown as Figures

test('a unit that any column knows has a row, and what has no value is sorted last either way', () => {
  const keys = (sort: string) => groupRows(figures, sort).map(({ key }) => key)
  assert.deepEqual(keys(''), ['water', 'heating', 'south'])
  assert.deepEqual(keys('-onTimeRate'), ['south', 'water', 'heating'])
  assert.deepEqual(keys('onTimeRate'), ['water', 'south', 'heating'])
})

test('a column is sorted from the largest, from the smallest, not at all', () => {
  assert.deepEqual([nextSort('', 'a'), nextSort('-a', 'a'), nextSort('a', 'a')], ['-a', 'a', null])
})
