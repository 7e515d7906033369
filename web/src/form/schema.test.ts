import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldsOf, inputOf, linesOf, missingIn, needsNothing, startOf } from './schema.ts'

const dispatch = {
  type: 'object',
  properties: {
    leadUnitId: { type: 'string', format: 'unit', title: '主办单位' },
    assistingUnitIds: { type: 'array', format: 'units', title: '协办单位', maxItems: 20 },
    class: { type: 'string', enum: ['consult', 'help'], labels: { consult: '咨询', help: '求助' }, title: '办理类别' },
    note: { type: 'string', format: 'textarea', title: '交办意见' },
  },
  required: ['leadUnitId'],
}

test('a schema becomes fields in its own order, with words for its values', () => {
  const fields = fieldsOf(dispatch)
  assert.deepEqual(
    fields.map(({ name, kind, required }) => [name, kind, required]),
    [
      ['leadUnitId', 'unit', true],
      ['assistingUnitIds', 'units', false],
      ['class', 'choice', false],
      ['note', 'textarea', false],
    ],
  )
  assert.deepEqual(fields[2]?.options, [
    { value: 'consult', label: '咨询' },
    { value: 'help', label: '求助' },
  ])
})

test('grades, yes-no questions, dates and photos are told apart', () => {
  const kinds = fieldsOf({
    type: 'object',
    properties: {
      grade: { type: 'integer', minimum: 1, maximum: 5, title: '评分（1–5）' },
      reached: { type: 'boolean', title: '已联系上' },
      promisedOn: { type: 'string', format: 'date', title: '承诺完成日期' },
      at: { type: 'string', format: 'date-time', title: '联系时间' },
      amount: { type: 'number', title: '数量' },
      photos: { type: 'array', format: 'attachments', title: '照片', maxItems: 9 },
    },
  }).map(({ label, kind }) => [label, kind])
  assert.deepEqual(kinds, [
    ['评分', 'grade'],
    ['已联系上', 'yesNo'],
    ['承诺完成日期', 'day'],
    ['联系时间', 'instant'],
    ['数量', 'number'],
    ['照片', 'attachments'],
  ])
})

test('a schema behind a reference is read like any other', () => {
  assert.equal(fieldsOf({ $ref: '#/$defs/Dispatch', $defs: { Dispatch: dispatch } }).length, 4)
})

test('only required fields are asked for, and false is an answer', () => {
  const fields = fieldsOf({
    type: 'object',
    properties: { reached: { type: 'boolean', title: '已联系上' }, note: { type: 'string', title: '记录' } },
    required: ['reached'],
  })
  assert.deepEqual(
    missingIn(fields, {}).map(({ name }) => name),
    ['reached'],
  )
  assert.deepEqual(missingIn(fields, { reached: false }), [])
  assert.deepEqual(inputOf(fields, { reached: false, note: '  ' }), { reached: false })
})

test('a proposal fills the fields it names and nothing else', () => {
  const proposal = { leadUnitId: 'u1', assistingUnitIds: [], row: 'F001', basis: '依据', version: '2026-1' }
  assert.deepEqual(startOf(fieldsOf(dispatch), proposal, { class: 'help' }), { leadUnitId: 'u1', class: 'help' })
})

test('an action without required fields may be done for many', () => {
  assert.equal(needsNothing({ type: 'object', properties: {} }), true)
  assert.equal(needsNothing(dispatch), false)
})

test('an event is told in words', () => {
  assert.deepEqual(linesOf(dispatch, { leadUnitId: 'u1', class: 'help', note: '请快办' }, { u1: '城管局' }), [
    { label: '主办单位', text: '城管局', long: false },
    { label: '办理类别', text: '求助', long: false },
    { label: '交办意见', text: '请快办', long: true },
  ])
})
