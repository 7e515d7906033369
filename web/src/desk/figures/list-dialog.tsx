import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from '../../shared/icon.tsx'

interface ListDialogProps {
  readonly title: string
  readonly under: string
  readonly close: () => void
  readonly children: ReactNode
}

/** The cases behind a figure, over the figures; on a phone it has the whole screen. */
export function ListDialog({ title, under, close, children }: ListDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="dialog drill" aria-labelledby="drill-title" onClose={close}>
      <header className="dialog-head">
        <div>
          <h2 id="drill-title">{title}</h2>
          <p className="hint">{under}</p>
        </div>
        <button type="button" className="icon-button" aria-label="关闭" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="drill-body" tabIndex={0} aria-label="事项">
        {children}
      </section>
    </dialog>
  )
}
