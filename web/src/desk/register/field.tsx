import type { Draft, PROXY, SUPERIOR } from './draft.ts'

interface LabelledProps {
  readonly id: string
  readonly label: string
  readonly optional?: boolean
  readonly error?: string | undefined
  readonly children: React.ReactNode
}

export const Labelled = ({ id, label, optional = false, error, children }: LabelledProps) => (
  <div className={`field ${error === undefined ? '' : 'has-error'}`}>
    <label className="field-label" htmlFor={id}>
      {label}
      {optional && <span className="optional">选填</span>}
    </label>
    {children}
    {error !== undefined && (
      <p className="field-error" id={`${id}-error`} role="alert">
        {error}
      </p>
    )}
  </div>
)

interface PlainProps extends Omit<LabelledProps, 'children'> {
  readonly field: (typeof SUPERIOR)[number] | (typeof PROXY)[number]
  readonly draft: Draft
  readonly set: (change: Partial<Draft>) => void
  readonly type?: 'text' | 'date'
}
/** A labelled line of text. */
export const Plain = ({ field, draft, set, type = 'text', ...labelled }: PlainProps) => (
  <Labelled {...labelled}>
    <input
      id={labelled.id}
      className="input"
      type={type}
      autoComplete="off"
      value={draft[field]}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  </Labelled>
)

export const Check = ({
  label,
  checked,
  set,
}: {
  readonly label: string
  readonly checked: boolean
  readonly set: (on: boolean) => void
}) => (
  <label className="check">
    <input type="checkbox" checked={checked} onChange={(event) => set(event.target.checked)} />
    {label}
  </label>
)
