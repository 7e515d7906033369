import { isQuantity, quantityText } from '../shared/quantity.ts'

/** What a form shows for one property of an action's JSON schema. */
type FieldKind =
  | 'text'
  | 'textarea'
  | 'choice'
  | 'yesNo'
  | 'grade'
  | 'number'
  | 'figure'
  | 'lines'
  | 'rows'
  | 'day'
  | 'instant'
  | 'category'
  | 'knowledge'
  | 'unit'
  | 'units'
  | 'person'
  | 'attachments'
  | 'tags'

export interface Field {
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly required: boolean
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly max?: number
  /** How finely a number is told. */
  readonly step?: number
  /** What the field holds if nobody says otherwise. */
  readonly initial?: unknown
  /** The columns of a repeated row. */
  readonly columns?: readonly Field[]
}

export type Values = Readonly<Record<string, unknown>>
type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields of an object schema in its own order, required ones marked. */
export function fieldsOf(schema: Json): Field[] {
  const root = resolve(schema)
  const required = new Set(Array.isArray(root['required']) ? root['required'] : [])
  const properties = isObject(root['properties']) ? root['properties'] : {}
  return Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) && property['format'] !== 'hidden' ? [fieldOf(name, property, required.has(name))] : [],
  )
}

/** A schema may be `{$ref: '#/$defs/X', $defs}`. */
function resolve(schema: Json): Json {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined
  const definitions = schema['$defs']
  const found = name !== undefined && isObject(definitions) ? definitions[name] : undefined
  return isObject(found) ? found : schema
}

function fieldOf(name: string, property: Json, required: boolean): Field {
  const label = typeof property['title'] === 'string' ? property['title'].replace(/（1–5）$/, '') : name
  const max = [property['maxItems'], property['maxLength']].find((one) => typeof one === 'number')
  const step = property['multipleOf']
  const kind = kindOf(property)
  return {
    name,
    label,
    kind,
    required,
    options: optionsOf(property),
    ...(max !== undefined && { max }),
    ...(typeof step === 'number' && { step }),
    ...(property['default'] !== undefined && { initial: property['default'] }),
    ...(kind === 'rows' && { columns: fieldsOf(itemsOf(property)) }),
  }
}

const itemsOf = (property: Json): Json => (isObject(property['items']) ? property['items'] : {})

const FORMAT: Readonly<Record<string, FieldKind>> = {
  textarea: 'textarea',
  category: 'category',
  knowledge: 'knowledge',
  unit: 'unit',
  units: 'units',
  person: 'person',
  attachments: 'attachments',
  tags: 'tags',
  date: 'day',
  'date-time': 'instant',
}

function kindOf(property: Json): FieldKind {
  const format = FORMAT[String(property['format'] ?? '')]
  if (format !== undefined) return format
  if (Array.isArray(property['enum'])) return 'choice'
  if (property['type'] === 'boolean') return 'yesNo'
  if (property['type'] === 'array') return isObject(itemsOf(property)['properties']) ? 'rows' : 'lines'
  if (isFigure(property)) return 'figure'
  if (property['type'] === 'integer' || property['type'] === 'number')
    return property['minimum'] === 1 && property['maximum'] === 5 ? 'grade' : 'number'
  return 'text'
}

/** A number that may also be written as text, so that no digit of it is lost. */
function isFigure(property: Json): boolean {
  const kinds = Array.isArray(property['anyOf']) ? property['anyOf'].map((one) => isObject(one) && one['type']) : []
  const types = Array.isArray(property['type']) ? property['type'] : kinds
  return types.includes('number') && types.includes('string')
}

function optionsOf(property: Json) {
  const labels = isObject(property['labels']) ? property['labels'] : {}
  const values = Array.isArray(property['enum']) ? property['enum'] : Object.keys(labels)
  return values.map((value) => ({ value: String(value), label: String(labels[String(value)] ?? value) || '—' }))
}

/** Whether nothing has to be filled in: such an action may be done for many cases at once. */
export const needsNothing = (schema: Json): boolean => fieldsOf(schema).every((field) => !field.required)

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.every(isEmpty))

/** Required fields that are still empty, those of rows under their path; every other judgement is the server's. */
export const missingIn = (fields: readonly Field[], values: Values): Field[] =>
  fields.flatMap((field) => {
    const value = values[field.name]
    if (field.columns === undefined) return field.required && isEmpty(value) ? [field] : []
    const rows = rowsOf(value)
    if (field.required && rows.length === 0) return [field]
    return rows.flatMap((row, index) =>
      missingIn(field.columns ?? [], row).map((gap) => ({ ...gap, name: `${field.name}.${index}.${gap.name}` })),
    )
  })

/** The input to send: empty fields, lines and rows are left out. */
export const inputOf = (fields: readonly Field[], values: Values): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .map((field) => [field.name, sentOf(field, values[field.name])] as const)
      .filter(([, value]) => !isEmpty(value)),
  )

function sentOf(field: Field, value: unknown): unknown {
  if (field.kind === 'lines') return linesIn(value).map((line) => line.trim())
  if (field.columns === undefined) return value
  return rowsOf(value).map((row) => inputOf(field.columns ?? [], row))
}
const linesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String).filter((line) => line.trim() !== '') : []
export const rowsOf = (value: unknown): readonly Values[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** What a row starts with. */
export const newRow = (columns: readonly Field[]): Values => startOf(columns)

/** A row in which nobody has written anything: what it started with does not count. */
const isUntouched = (columns: readonly Field[], row: Values): boolean =>
  columns.every(({ name, initial }) => isEmpty(row[name]) || row[name] === initial)

/** The values without rows that were added and left empty, so that the third row sent is the third row shown. */
export const withoutIdleRows = (fields: readonly Field[], values: Values): Values => ({
  ...values,
  ...Object.fromEntries(
    fields.flatMap(({ name, columns }) =>
      columns === undefined || values[name] === undefined
        ? []
        : [[name, rowsOf(values[name]).filter((row) => !isUntouched(columns, row))]],
    ),
  ),
})

/** Where refusals belong: a field's name, or `quantities.0.value` inside a row. Only the first of a place is told. */
export function errorsAt(
  fields: readonly Field[],
  places: readonly { readonly path: string; readonly detail: string }[],
): Map<string, string> {
  const errors = new Map<string, string>()
  for (const { path, detail } of places) {
    const parts = path.split('.')
    // The first part that names a field: a column may be called like another field.
    const named = parts.find((part) => fields.some(({ name }) => name === part))
    const field = fields.find(({ name }) => name === named)
    if (field === undefined) continue
    const [row, column] = parts.slice(parts.indexOf(field.name) + 1)
    const isCell = /^\d+$/.test(row ?? '') && field.columns?.some(({ name }) => name === column)
    const at = isCell ? `${field.name}.${row}.${column}` : field.name
    if (!errors.has(at)) errors.set(at, detail)
  }
  return errors
}

/** What the form starts with: proposed values of fields it has, then its defaults; row, basis and version of the proposal are told, not sent. */
export const startOf = (
  fields: readonly Field[],
  ...sources: readonly (Values | undefined)[]
): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ name, initial }) => {
      const value = [...sources.map((source) => source?.[name]), initial].find((one) => !isEmpty(one))
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** Values of an event as lines to read: the field's label and the word behind an id. */
export function linesOf(
  schema: Json,
  input: Values,
  names: Readonly<Record<string, string>>,
): { label: string; text: string; long: boolean }[] {
  return fieldsOf(schema).flatMap((field) => {
    const value = input[field.name]
    // What has no name of its own is bookkeeping.
    if (isEmpty(value) || field.kind === 'attachments' || field.label === field.name) return []
    return [{ label: field.label, text: wordOf(field, value, names), long: LONG.has(field.kind) }]
  })
}

const LONG: ReadonlySet<FieldKind> = new Set(['textarea', 'rows'])

function wordOf(field: Field, value: unknown, names: Readonly<Record<string, string>>): string {
  if (field.kind === 'lines') return linesIn(value).join('、')
  if (field.columns !== undefined)
    return rowsOf(value)
      .map((row) => rowText(field, row, names))
      .join('\n')
  if (Array.isArray(value)) return value.map((one) => names[String(one)] ?? '—').join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  const text = String(value)
  if (field.kind === 'unit' || field.kind === 'person') return names[text] ?? '—'
  return field.options.find((option) => option.value === text)?.label ?? names[text] ?? text
}

function rowText(field: Field, row: Values, names: Readonly<Record<string, string>>): string {
  if (isQuantity(row)) return quantityText(row)
  return (field.columns ?? [])
    .filter(({ name }) => !isEmpty(row[name]))
    .map((column) => wordOf(column, row[column.name], names))
    .join(' · ')
}
