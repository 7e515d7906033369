import type { HTMLInputTypeAttribute } from 'react'
import { Labelled } from './labelled.tsx'

interface PlainFieldProps {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
  readonly hint?: string
  readonly optional?: boolean
  readonly type?: HTMLInputTypeAttribute
  readonly maxLength?: number
  readonly placeholder?: string
  readonly min?: string
  readonly step?: string
  readonly suggestions?: readonly string[]
}

/** One line of text, a number or a day under its label. */
export function PlainField({ label, value, set, hint, optional, suggestions = [], ...input }: PlainFieldProps) {
  return (
    <Labelled label={label} hint={hint} {...(optional === true && { optional })}>
      {(field) => (
        <>
          <input
            {...field}
            {...input}
            className="input"
            autoComplete="off"
            {...(suggestions.length > 0 && { list: `${field.id}-list` })}
            value={value}
            onChange={(event) => set(event.target.value)}
          />
          {suggestions.length > 0 && (
            <datalist id={`${field.id}-list`}>
              {suggestions.map((word) => (
                <option key={word} value={word} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Labelled>
  )
}

interface SelectFieldProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly set: (value: T) => void
  readonly words: Readonly<Record<T, string>>
  readonly hint?: string
}

/** One of few words. */
export function SelectField<T extends string>({ label, value, set, words, hint }: SelectFieldProps<T>) {
  return (
    <Labelled label={label} hint={hint}>
      {(field) => (
        <select {...field} className="input" value={value} onChange={(event) => set(event.target.value as T)}>
          {(Object.entries(words) as [T, string][]).map(([id, word]) => (
            <option key={id} value={id}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
