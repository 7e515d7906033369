/** What a form shows for one property of an action's JSON schema. */
type FieldKind =
  | 'text'
  | 'textarea'
  | 'choice'
  | 'yesNo'
  | 'grade'
  | 'number'
  | 'day'
  | 'instant'
  | 'category'
  | 'knowledge'
  | 'unit'
  | 'units'
  | 'person'
  | 'attachments'

export interface Field {
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly required: boolean
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly max?: number
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
    isObject(property) ? [fieldOf(name, property, required.has(name))] : [],
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
  const max =
    typeof property['maxItems'] === 'number'
      ? property['maxItems']
      : typeof property['maxLength'] === 'number'
        ? property['maxLength']
        : undefined
  return {
    name,
    label,
    kind: kindOf(property),
    required,
    options: optionsOf(property),
    ...(max !== undefined && { max }),
  }
}

const FORMAT: Readonly<Record<string, FieldKind>> = {
  textarea: 'textarea',
  category: 'category',
  knowledge: 'knowledge',
  unit: 'unit',
  units: 'units',
  person: 'person',
  attachments: 'attachments',
  date: 'day',
  'date-time': 'instant',
}

function kindOf(property: Json): FieldKind {
  const format = FORMAT[String(property['format'] ?? '')]
  if (format !== undefined) return format
  if (Array.isArray(property['enum'])) return 'choice'
  if (property['type'] === 'boolean') return 'yesNo'
  if (property['type'] === 'integer' || property['type'] === 'number')
    return property['minimum'] === 1 && property['maximum'] === 5 ? 'grade' : 'number'
  return 'text'
}

function optionsOf(property: Json) {
  const labels = isObject(property['labels']) ? property['labels'] : {}
  return Array.isArray(property['enum'])
    ? property['enum'].map((value) => ({ value: String(value), label: String(labels[String(value)] ?? value) }))
    : []
}

/** Whether nothing has to be filled in: such an action may be done for many cases at once. */
export const needsNothing = (schema: Json): boolean => fieldsOf(schema).every((field) => !field.required)

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** Required fields that are still empty; every other judgement is the server's. */
export const missingIn = (fields: readonly Field[], values: Values): Field[] =>
  fields.filter((field) => field.required && isEmpty(values[field.name]))

/** The input to send: empty fields are left out. */
export const inputOf = (fields: readonly Field[], values: Values): Record<string, unknown> =>
  Object.fromEntries(
    fields.map((field) => [field.name, values[field.name]] as const).filter(([, value]) => !isEmpty(value)),
  )

/** What the form starts with: proposed values of fields it has; row, basis and version of the proposal are told, not sent. */
export const startOf = (
  fields: readonly Field[],
  ...sources: readonly (Values | undefined)[]
): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = sources.map((source) => source?.[name]).find((one) => !isEmpty(one))
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
    if (isEmpty(value) || field.kind === 'attachments') return []
    return [{ label: field.label, text: wordOf(field, value, names), long: field.kind === 'textarea' }]
  })
}

function wordOf(field: Field, value: unknown, names: Readonly<Record<string, string>>): string {
  if (Array.isArray(value)) return value.map((one) => names[String(one)] ?? '—').join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  const text = String(value)
  if (field.kind === 'unit' || field.kind === 'person') return names[text] ?? '—'
  return field.options.find((option) => option.value === text)?.label ?? names[text] ?? text
}
