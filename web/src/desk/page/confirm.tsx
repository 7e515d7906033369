import { type ReactNode, useState } from 'react'
import { useFocusOnce } from '../../shared/focus.ts'

interface ConfirmProps {
  readonly label: string
  /** What will happen, with its numbers. */
  readonly children: ReactNode
  readonly busy: boolean
  readonly disabled?: boolean
  readonly run: () => void
}

/** An act that cannot be taken back: pressed once it says what will happen, pressed again it happens. */
export function Confirm({ label, children, busy, disabled = false, run }: ConfirmProps) {
  const [sure, setSure] = useState(false)
  if (!sure)
    return (
      <button type="button" className="button button-primary" disabled={disabled || busy} onClick={() => setSure(true)}>
        {label}
      </button>
    )
  return (
    <Sure cancel={() => setSure(false)} busy={busy} run={run} label={label}>
      {children}
    </Sure>
  )
}

function Sure({
  children,
  label,
  busy,
  run,
  cancel,
}: Omit<ConfirmProps, 'disabled'> & { readonly cancel: () => void }) {
  const first = useFocusOnce<HTMLDivElement>()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend for one sentence
    <div ref={first} className="confirm notice notice-warn" role="group" aria-label="请确认" tabIndex={-1}>
      <p>{children}</p>
      <div className="confirm-acts">
        <button type="button" className="button button-primary" disabled={busy} onClick={run}>
          {busy ? '正在执行…' : `确认${label}`}
        </button>
        <button type="button" className="button" disabled={busy} onClick={cancel}>
          暂不{label}
        </button>
      </div>
    </div>
  )
}
