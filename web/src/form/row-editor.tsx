import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from '../shared/icon.tsx'
import { type Field, newRow, rowsOf, type Values } from './schema.ts'

interface RowEditorProps {
  readonly id: string
  readonly field: Field
  readonly value: unknown
  /** Shows the control of one cell. `at` is its place, `row.column`. */
  readonly cell: (cell: Cell) => ReactNode
  readonly describedBy: string | undefined
  readonly set: (rows: readonly Values[]) => void
}

export interface Cell {
  readonly id: string
  readonly at: string
  readonly field: Field
  readonly value: unknown
  readonly set: (value: unknown) => void
}

const MOST_ROWS = 50

/** Rows of the same few fields (分步计划、办理成效): added and taken away one by one. */
export function RowEditor({ id, field, value, cell, describedBy, set }: RowEditorProps) {
  const box = useRef<HTMLFieldSetElement>(null)
  const goTo = useRef<string | null>(null)
  const columns = field.columns ?? []
  // One empty row stands ready where at least one is asked for.
  const given = rowsOf(value)
  const rows = given.length === 0 && field.required ? [newRow(columns)] : given
  useEffect(() => {
    if (goTo.current === null) return
    const target = box.current?.querySelector<HTMLElement>(goTo.current)
    goTo.current = null
    ;(target?.matches('[role=radiogroup]') ? target.querySelector<HTMLElement>('input') : target)?.focus()
  })
  const add = () => {
    goTo.current = `[id="${id}-${rows.length}-${columns[0]?.name}"]`
    set([...rows, newRow(columns)])
  }
  const remove = (index: number) => {
    goTo.current = '.rows-add'
    set(rows.filter((_, at) => at !== index))
  }
  return (
    <fieldset ref={box} id={id} tabIndex={-1} className="rows-editor" aria-describedby={describedBy}>
      <legend className="field-label">
        {field.label}
        {!field.required && <span className="optional">选填</span>}
      </legend>
      {rows.map((row, index) => (
        <fieldset key={index} className="rows-row" aria-label={`${field.label}第 ${index + 1} 行`}>
          <span className="rows-number" aria-hidden="true">
            {index + 1}
          </span>
          <div className="rows-cells">
            {columns.map((column) =>
              cell({
                id: `${id}-${index}-${column.name}`,
                at: `${index}.${column.name}`,
                field: column,
                value: row[column.name],
                set: (given) => set(rows.map((one, at) => (at === index ? { ...one, [column.name]: given } : one))),
              }),
            )}
          </div>
          <button
            type="button"
            className="icon-button rows-remove"
            aria-label={`去掉${field.label}第 ${index + 1} 行`}
            title="去掉这一行"
            onClick={() => remove(index)}
          >
            <Icon name="close" />
          </button>
        </fieldset>
      ))}
      {rows.length < (field.max ?? MOST_ROWS) && (
        <button type="button" className="button button-small rows-add" onClick={add}>
          <Icon name="plus" size={14} />
          {rows.length === 0 ? `添加${field.label}` : '再加一行'}
        </button>
      )}
    </fieldset>
  )
}
