import { type ReactNode, useId } from 'react'

interface LabelledProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly optional?: boolean
  readonly className?: string
  readonly children: (field: { readonly id: string; readonly 'aria-describedby': string | undefined }) => ReactNode
}

/** A field under its label; the hint is read with it. */
export function Labelled({ label, hint, optional = false, className = '', children }: LabelledProps) {
  const id = useId()
  const describedBy = hint === undefined ? undefined : `${id}-hint`
  return (
    <div className={`field ${className}`}>
      <label className="field-label" htmlFor={id}>
        {label}
        {optional && <span className="optional">选填</span>}
      </label>
      {children({ id, 'aria-describedby': describedBy })}
      {hint !== undefined && (
        <p className="hint" id={describedBy}>
          {hint}
        </p>
      )}
    </div>
  )
}
