import { instantOfLocal, localOfInstant } from '../shared/moment.ts'
import { Attachments } from './attachments-field.tsx'
import { CategoryField } from './category-field.tsx'
import { Faces, Segments, YesNo } from './choice-field.tsx'
import { KnowledgePicker, PersonPicker, UnitPicker } from './pickers.tsx'
import { RowEditor } from './row-editor.tsx'
import type { Field } from './schema.ts'
import { TagsField } from './tags-field.tsx'

/** What the fields need to know about the case they are filled in for. */
export interface FormContext {
  readonly unit: string | undefined
  readonly category: string | undefined
  /** The words of the person, for suggestions. */
  readonly text: string
}

interface FieldControlProps {
  readonly id: string
  readonly field: Field
  readonly value: unknown
  readonly error: string | undefined
  /** Refusals inside the field, where it has rows: by `row.column`. */
  readonly errors: ReadonlyMap<string, string>
  /** Inside a row there is no room for a line of buttons. */
  readonly dense?: boolean
  readonly context: FormContext
  readonly set: (value: unknown) => void
  /** Puts text into another field. */
  readonly fill: (name: string, text: string) => void
}

const GROUPS: ReadonlySet<Field['kind']> = new Set(['yesNo', 'grade', 'tags'])
const SEGMENTS = 6
const isSegments = ({ kind, options }: Field, dense: boolean) =>
  kind === 'choice' && options.length <= SEGMENTS && !dense
const isGroup = (field: Field, dense: boolean) => GROUPS.has(field.kind) || isSegments(field, dense)

export function FieldControl(props: FieldControlProps) {
  const { id, field, error, dense = false } = props
  const describedBy = error === undefined ? undefined : `${id}-error`
  const mark = field.required ? null : <span className="optional">选填</span>
  return (
    <div className={`field field-${field.kind} ${error === undefined ? '' : 'has-error'}`}>
      {field.kind === 'rows' ? null : isGroup(field, dense) ? (
        <span className="field-label" id={`${id}-label`}>
          {field.label}
          {mark}
        </span>
      ) : (
        <label className="field-label" id={`${id}-label`} htmlFor={id}>
          {field.label}
          {mark}
        </label>
      )}
      <Control {...props} describedBy={describedBy} />
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

function Control({
  id,
  field,
  value,
  error,
  errors,
  dense = false,
  context,
  set,
  fill,
  describedBy,
}: FieldControlProps & { readonly describedBy: string | undefined }) {
  const group = { id, labelledBy: `${id}-label`, describedBy, required: field.required }
  const plain = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': error !== undefined,
    'aria-required': field.required,
  }
  const picker = {
    id,
    describedBy,
    invalid: error !== undefined,
    chosen: typeof value === 'string' ? [value] : [],
    choose: (values: readonly string[]) => set(values[0]),
  }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  switch (field.kind) {
    case 'textarea':
      return (
        <textarea
          {...plain}
          className={`input textarea ${field.required ? '' : 'is-optional'}`}
          rows={dense ? 1 : 3}
          value={text}
          onChange={(event) => set(event.target.value)}
        />
      )
    case 'choice':
      if (isSegments(field, dense))
        return <Segments {...group} options={field.options} value={text || undefined} choose={set} />
      return (
        <select {...plain} className="input" value={text} onChange={(event) => set(event.target.value)}>
          {field.initial === undefined && <option value="">{field.required ? '请选择' : '—'}</option>}
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )
    case 'yesNo':
      return <YesNo {...group} value={typeof value === 'boolean' ? value : undefined} choose={set} />
    case 'grade':
      return <Faces {...group} value={typeof value === 'number' ? value : undefined} choose={set} />
    case 'number':
      return (
        <input
          {...plain}
          type="number"
          min={0}
          step={field.step ?? 'any'}
          className="input input-short"
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => set(event.target.value === '' ? undefined : event.target.valueAsNumber)}
        />
      )
    case 'figure':
      return (
        <input
          {...plain}
          inputMode="decimal"
          autoComplete="off"
          className="input"
          value={text}
          onChange={(event) => set(event.target.value)}
        />
      )
    case 'lines':
      return (
        <textarea
          {...plain}
          className="input textarea is-optional"
          rows={2}
          placeholder="每行写一个"
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(event) => set(event.target.value.split(/[\n、；;]/))}
        />
      )
    case 'rows':
      return (
        <RowEditor
          id={id}
          field={field}
          value={value}
          describedBy={describedBy}
          set={set}
          cell={({ at, ...cell }) => (
            <FieldControl
              key={at}
              {...cell}
              error={errors.get(at)}
              errors={NONE}
              context={context}
              fill={nothing}
              dense
            />
          )}
        />
      )
    case 'day':
      return (
        <input
          {...plain}
          type="date"
          className="input input-short"
          value={text}
          onChange={(event) => set(event.target.value)}
        />
      )
    case 'instant':
      return (
        <input
          {...plain}
          type="datetime-local"
          className="input input-short"
          value={text === '' ? '' : localOfInstant(text)}
          onChange={(event) => set(event.target.value === '' ? undefined : instantOfLocal(event.target.value))}
        />
      )
    case 'unit':
      return <UnitPicker {...picker} />
    case 'units':
      return (
        <UnitPicker
          {...picker}
          multiple
          max={field.max ?? 20}
          chosen={Array.isArray(value) ? value.map(String) : []}
          choose={set}
        />
      )
    case 'person':
      return <PersonPicker {...picker} unit={context.unit} />
    case 'category':
      return <CategoryField {...picker} text={context.text} />
    case 'knowledge':
      return (
        <KnowledgePicker
          {...picker}
          category={context.category}
          about={context.text}
          fill={(words) => fill('text', words)}
        />
      )
    case 'attachments':
      return (
        <Attachments
          id={id}
          max={field.max ?? 9}
          describedBy={describedBy}
          chosen={Array.isArray(value) ? value.map(String) : []}
          choose={set}
        />
      )
    case 'tags':
      return (
        <TagsField
          id={id}
          labelledBy={`${id}-label`}
          chosen={Array.isArray(value) ? value.map(String) : []}
          choose={set}
        />
      )
    case 'text':
      return <input {...plain} className="input" value={text} onChange={(event) => set(event.target.value)} />
  }
}

const NONE: ReadonlyMap<string, string> = new Map()
const nothing = () => undefined
