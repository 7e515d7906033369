import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorsAt, fieldsOf, inputOf, linesOf, missingIn, newRow, startOf, withoutIdleRows } from './schema.ts'

const quantity = {
  type: 'object',
  properties: {
    kind: {
      type: 'string',
      title: '种类',
      enum: ['length', 'households'],
      labels: { length: '长度', households: '户数' },
    },
    what: { type: 'string', title: '内容' },
    value: { anyOf: [{ type: 'string' }, { type: 'number' }], title: '数量' },
    qualifier: {
      type: 'string',
      title: '约数',
      enum: ['exact', 'about'],
      labels: { exact: '', about: '约' },
      default: 'exact',
    },
  },
  required: ['kind', 'value'],
}
const answer = {
  type: 'object',
  properties: {
    text: { type: 'string', format: 'textarea', title: '答复' },
    quantities: { type: 'array', title: '办理成效', maxItems: 20, items: quantity },
    present: { type: 'array', title: '参加人员', items: { type: 'string' } },
    value: { type: 'number', title: '延长多少', multipleOf: 0.5 },
  },
  required: ['text'],
}
const fields = fieldsOf(answer)

test('rows, lines and figures are known by their schema', () => {
  assert.deepEqual(
    fields.map(({ name, kind }) => [name, kind]),
    [
      ['text', 'textarea'],
      ['quantities', 'rows'],
      ['present', 'lines'],
      ['value', 'number'],
    ],
  )
  assert.deepEqual(
    fields[1]?.columns?.map(({ name, kind, required }) => [name, kind, required]),
    [
      ['kind', 'choice', true],
      ['what', 'text', false],
      ['value', 'figure', true],
      ['qualifier', 'choice', false],
    ],
  )
  assert.equal(fields[3]?.step, 0.5)
  assert.equal(fields[1]?.columns?.[3]?.options[0]?.label, '—', 'a value without a word is still a choice')
})

test('a new row holds its defaults; a form holds its own', () => {
  assert.deepEqual(newRow(fields[1]?.columns ?? []), { qualifier: 'exact' })
  const days = fieldsOf({ type: 'object', properties: { days: { type: 'integer', title: '几天', default: 10 } } })
  assert.deepEqual(startOf(days), { days: 10 })
  assert.deepEqual(startOf(days, { days: 3 }), { days: 3 }, 'what is known comes before the default')
})

test('rows added and left as they came are not sent; a row begun is asked for what it lacks', () => {
  const rows = [{ qualifier: 'exact' }, { kind: 'length', qualifier: 'about' }, { qualifier: 'exact', what: ' ' }]
  const kept = withoutIdleRows(fields, { text: '已换', quantities: rows })
  assert.deepEqual(kept['quantities'], [{ kind: 'length', qualifier: 'about' }])
  assert.deepEqual(
    missingIn(fields, kept).map(({ name, label }) => [name, label]),
    [['quantities.0.value', '数量']],
  )
  assert.deepEqual(withoutIdleRows(fields, { text: '已换' }), { text: '已换' }, 'no rows are made up')
})

test('required rows are missing until there is one', () => {
  const plan = fieldsOf({
    type: 'object',
    properties: {
      plan: {
        type: 'array',
        title: '分步计划',
        items: {
          type: 'object',
          properties: { on: { type: 'string', format: 'date', title: '哪天' } },
          required: ['on'],
        },
      },
    },
    required: ['plan'],
  })
  assert.deepEqual(
    missingIn(plan, { plan: [] }).map(({ name }) => name),
    ['plan'],
  )
  assert.deepEqual(missingIn(plan, { plan: [{ on: '2026-12-01' }] }), [])
})

test('lines are trimmed, empty ones left out; an optional column left empty is not sent', () => {
  const given = {
    text: '已换',
    present: ['水务局 ', '', ' 社区'],
    quantities: [{ kind: 'length', what: '', value: '160', qualifier: 'about' }],
  }
  assert.deepEqual(inputOf(fields, given), {
    text: '已换',
    present: ['水务局', '社区'],
    quantities: [{ kind: 'length', value: '160', qualifier: 'about' }],
  })
  assert.deepEqual(inputOf(fields, { text: '已换', present: ['', ' '] }), { text: '已换' })
})

test('a refusal lands on the cell it speaks of, else on the field', () => {
  const errors = errorsAt([...fields].reverse(), [
    { path: 'input.quantities.1.value', detail: '数量不对' },
    { path: 'quantities.0.unknown', detail: '这一行不对' },
    { path: 'quantities', detail: '太多' },
    { path: 'value', detail: '太长' },
    { path: 'elsewhere', detail: '别处' },
  ])
  assert.deepEqual(
    [...errors],
    [
      ['quantities.1.value', '数量不对'],
      ['quantities', '这一行不对'],
      ['value', '太长'],
    ],
  )
})

test('an event tells rows in words: a quantity as people write it, a plan step by step; bookkeeping is left out', () => {
  const schema = { ...answer, properties: { ...answer.properties, requestId: { type: 'string' } } }
  assert.deepEqual(
    linesOf(
      schema,
      {
        quantities: [
          { kind: 'length', what: '排污管道', value: '160', qualifier: 'about' },
          { kind: 'households', value: 300 },
        ],
        present: ['水务局', '社区'],
        requestId: 'r1',
      },
      {},
    ),
    [
      { label: '办理成效', text: '排污管道 约160米\n受益户数 300户', long: true },
      { label: '参加人员', text: '水务局、社区', long: false },
    ],
  )
})
