import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOf, filterOf, nextSort, questionOf, workbookAddress } from './filter.ts'

test('what the address says is what the server is asked', () => {
  const filter = filterOf(new URLSearchParams('light=red,yellow&q=供暖&from=2026-11-01&sort=due&unknown=1'))
  assert.deepEqual(questionOf(filter), { light: ['red', 'yellow'], q: '供暖', from: '2026-11-01', sort: 'due' })
  assert.equal(countOf(filter), 3)
})

test('an unknown order falls back to newest first', () =>
  assert.deepEqual(questionOf(filterOf(new URLSearchParams('sort=title'))), { sort: '-received' }))

test('the workbook has the same conditions as the list', () =>
  assert.equal(
    workbookAddress(filterOf(new URLSearchParams('stage=closed&sort=due'))),
    '/api/v1/ledger.xlsx?stage=closed&sort=due',
  ))

test('a column is sorted the other way when it is chosen again', () => {
  assert.equal(nextSort('-received', 'due'), 'due')
  assert.equal(nextSort('due', 'due'), '-due')
  assert.equal(nextSort('due', 'received'), '-received')
})
