import type { ReactNode } from 'react'
import type { ApiFault } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { FaultNotice } from './fault-notice.tsx'

interface PanelFormProps {
  readonly title: string
  /** False while something needed is missing: nothing is sent. */
  readonly ready: boolean
  readonly sending: { readonly isPending: boolean; readonly error: ApiFault | null }
  readonly submit: () => void
  readonly close: () => void
  /** What the button says, 保存 unless told otherwise. */
  readonly act?: string
  readonly children: ReactNode
}

/** A form in a panel of its own that a person has opened: it takes the focus, sends once, and tells what was refused. */
export function PanelForm({ title, ready, sending, submit, close, act = '保存', children }: PanelFormProps) {
  const first = useFocusOnce<HTMLElement>()
  return (
    <section ref={first} tabIndex={-1} className="panel panel-form no-print" aria-label={title}>
      <h2>{title}</h2>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) submit()
        }}
      >
        {children}
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={!ready || sending.isPending}>
            {sending.isPending ? '正在提交…' : act}
          </button>
          <button type="button" className="button" onClick={close}>
            取消
          </button>
        </div>
      </form>
      <FaultNotice fault={sending.error} />
    </section>
  )
}
