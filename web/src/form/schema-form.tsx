import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { ApiFault } from '../shared/api.ts'
import { KeyMark } from '../shared/key-mark.tsx'
import { forgetDraft, useDraft } from './draft.ts'
import { FieldControl, type FormContext } from './field-control.tsx'
import { errorsAt, type Field, fieldsOf, inputOf, missingIn, type Values, withoutIdleRows } from './schema.ts'

interface SchemaFormProps {
  readonly schema: Readonly<Record<string, unknown>>
  readonly start: Values
  readonly context: FormContext
  /** Typed text is kept under this name until it is sent or dropped. */
  readonly draft: string
  readonly submitLabel: string
  readonly fault: ApiFault | null
  readonly pending: boolean
  readonly submit: (input: Record<string, unknown>) => void
  readonly cancel: () => void
  /** What stands above the fields; it may fill one in when it is told to. */
  readonly children: (set: (name: string, value: unknown) => void) => ReactNode
}

/** A form made from a JSON schema. It asks for what is required; the server judges the rest and its refusals stand at the fields. */
export function SchemaForm({
  schema,
  start,
  context,
  draft,
  submitLabel,
  fault,
  pending,
  submit,
  cancel,
  children,
}: SchemaFormProps) {
  const fields = useMemo(() => fieldsOf(schema), [schema])
  const [values, setValues] = useDraft(draft, start)
  const [missing, setMissing] = useState<readonly Field[]>([])
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  // Once rows are added or taken away, a refusal of the third row says nothing any more.
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  const errors = errorsOf(fields, missing, fault, changed)
  const others =
    fault && fault.code !== 'case.version_stale' && errors.size === 0 && changed.size === 0 ? fault.message : null

  useEffect(() => {
    // The first field that is still empty, so that a proposal needs no further key. Not on a touch screen: its keyboard would cover the case.
    if (window.matchMedia('(pointer: coarse)').matches) return
    const empty = fields.find((field) => values[field.name] === undefined) ?? fields[0]
    const target = form.current?.querySelector<HTMLElement>(
      empty && CAN_FOCUS.has(empty.kind) ? `[id="${id}-${empty.name}"]` : 'button[type=submit]',
    )
    target?.focus({ preventScroll: true })
  }, [])

  const send = (event?: FormEvent) => {
    event?.preventDefault()
    const given = withoutIdleRows(fields, values)
    const empty = missingIn(fields, given)
    setValues(given)
    setMissing(empty)
    setChanged(new Set())
    if (empty.length > 0) focusField(form.current, idAt(id, empty[0]?.name ?? ''))
    else if (!pending) submit(inputOf(fields, given))
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
  }
  return (
    <form ref={form} className="form" noValidate onSubmit={send} onKeyDown={press}>
      <div className="form-body">
        {children((name, value) => setValues((before) => ({ ...before, [name]: value })))}
        <Summary errors={errors} id={id} other={others} />
        {fields.map((field) => (
          <FieldControl
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            value={values[field.name]}
            error={errors.get(field.name)}
            errors={errorsInside(errors, field.name)}
            context={context}
            set={(value) => {
              setValues((before) => ({ ...before, [field.name]: value }))
              setMissing((before) => before.filter((one) => !isWithin(field.name, one.name)))
              if (field.columns !== undefined) setChanged((before) => new Set(before).add(field.name))
            }}
            fill={(name, text) =>
              setValues((before) => ({ ...before, [name]: before[name] ? `${before[name]}\n${text}` : text }))
            }
          />
        ))}
      </div>
      <div className="form-foot">
        <button type="submit" className="button button-primary" disabled={pending}>
          {pending ? '正在提交…' : submitLabel}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            forgetDraft(draft)
            cancel()
          }}
        >
          取消
        </button>
        <span className="form-key">
          <KeyMark>Ctrl</KeyMark> <KeyMark>Enter</KeyMark>
        </span>
      </div>
    </form>
  )
}

const TYPED: ReadonlySet<Field['kind']> = new Set([
  'text',
  'textarea',
  'number',
  'figure',
  'lines',
  'rows',
  'day',
  'instant',
])
const CAN_FOCUS: ReadonlySet<Field['kind']> = new Set([
  'text',
  'textarea',
  'unit',
  'person',
  'category',
  'number',
  'figure',
  'lines',
  'day',
  'choice',
  'yesNo',
])

function focusField(form: HTMLFormElement | null, id: string) {
  const target = form?.querySelector<HTMLElement>(`[id="${id}"]`)
  const inner = target?.matches('[role=radiogroup]') ? target.querySelector<HTMLElement>('input') : target
  inner?.focus()
}

const isWithin = (name: string, path: string) => path === name || path.startsWith(`${name}.`)
const errorsInside = (errors: ReadonlyMap<string, string>, name: string) =>
  new Map(
    [...errors].flatMap(([path, detail]) =>
      path.startsWith(`${name}.`) ? [[path.slice(name.length + 1), detail] as const] : [],
    ),
  )
/** The element of `quantities.0.value`. */
const idAt = (id: string, path: string) => `${id}-${path.replaceAll('.', '-')}`

function errorsOf(
  fields: readonly Field[],
  missing: readonly Field[],
  fault: ApiFault | null,
  changed: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const errors = new Map(
    missing.map((field) => [field.name, `请${TYPED.has(field.kind) ? '填写' : '选择'}“${field.label}”`]),
  )
  for (const [path, detail] of errorsAt(fields, fault?.places ?? []))
    if (!errors.has(path) && !changed.has(path.split('.')[0] ?? '')) errors.set(path, detail)
  return errors
}

function Summary({
  errors,
  id,
  other,
}: {
  readonly errors: ReadonlyMap<string, string>
  readonly id: string
  readonly other: string | null
}) {
  if (errors.size === 0 && other === null) return null
  return (
    <div className="notice notice-bad" role="alert">
      {other ?? `有 ${errors.size} 处需要修改`}
      {errors.size > 1 && (
        <ul>
          {[...errors].map(([path, detail]) => (
            <li key={path}>
              <a
                href={`#${idAt(id, path)}`}
                onClick={(event) => {
                  event.preventDefault()
                  focusField(event.currentTarget.closest('form'), idAt(id, path))
                }}
              >
                {detail}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
