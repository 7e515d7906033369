import { useSyncExternalStore } from 'react'
import { Icon } from '../shared/icon.tsx'

interface Message {
  readonly id: number
  readonly text: string
  readonly tone: 'ok' | 'bad'
}

const SHOWN_MS = 5000
let message: Message | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Tells what has happened, on screen for five seconds and to screen readers; failures stay until they are dismissed. */
export function announce(text: string, tone: Message['tone'] = 'ok'): void {
  show({ id: (message?.id ?? 0) + 1, text, tone })
  clearTimeout(timer)
  if (tone === 'ok') timer = setTimeout(() => show(null), SHOWN_MS)
}
function show(next: Message | null) {
  message = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Announcer() {
  const shown = useSyncExternalStore(subscribe, () => message)
  return (
    <div className="toast-place" role="status" aria-live="polite">
      {shown && (
        <div key={shown.id} className={`toast toast-${shown.tone}`}>
          <Icon name={shown.tone === 'ok' ? 'check' : 'alert'} />
          <span>{shown.text}</span>
          {shown.tone === 'bad' && (
            <button type="button" className="icon-button" aria-label="关闭提示" onClick={() => show(null)}>
              <Icon name="close" />
            </button>
          )}
        </div>
      )}
    </div>
  )
}
