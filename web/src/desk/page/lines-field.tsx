import { Labelled } from './labelled.tsx'

interface LinesFieldProps {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
  readonly rows?: number
  readonly optional?: boolean
  readonly hint?: string
  readonly placeholder?: string
}

/** Text of several lines under its label. */
export const LinesField = ({ label, value, set, rows = 3, optional = false, hint, placeholder }: LinesFieldProps) => (
  <Labelled label={label} optional={optional} hint={hint} className="field-wide">
    {(field) => (
      <textarea
        {...field}
        {...{ rows, placeholder, value }}
        className="input textarea"
        onChange={(event) => set(event.target.value)}
      />
    )}
  </Labelled>
)

/** The lines of a field, without the empty ones. */
export const linesOf = (value: string) =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
