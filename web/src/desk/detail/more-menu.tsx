import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import { KeyMark } from '../../shared/key-mark.tsx'
import type { Action } from '../../shared/shape.ts'
import { ACTION_KEY, useKeys } from '../keyboard.ts'
import type { ActionGroup } from './action-menu.ts'

interface MoreMenuProps {
  readonly groups: readonly ActionGroup[]
  readonly busy: boolean
  readonly choose: (action: Action) => void
}

/** The menu of everything else (更多): by kind, walked with the arrow keys, closed by Esc or a click beside it. */
export function MoreMenu({ groups, busy, choose }: MoreMenuProps) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const id = useId()
  useKeys({ m: () => setOpen(true) })
  useEffect(() => {
    if (!open) return
    itemsIn(box.current)[0]?.focus()
    const leave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [open])
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const press = (event: KeyboardEvent) => {
    const items = itemsIn(box.current)
    const at = items.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') return setOpen(false)
    else if (to !== undefined) items.at(to % items.length)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={box} className="more-menu">
      <button
        ref={opener}
        type="button"
        className="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-keyshortcuts="m"
        onClick={() => setOpen((before) => !before)}
      >
        <Icon name="more" />
        更多
        <KeyMark>M</KeyMark>
      </button>
      {open && (
        <div id={id} role="menu" tabIndex={-1} aria-label="更多动作" className="menu" onKeyDown={press}>
          {groups.map(({ label, actions }) => (
            <fieldset key={label} aria-label={label} className="menu-group">
              <p aria-hidden="true" className="menu-head">
                {label}
              </p>
              {actions.map((action) => (
                <button
                  key={action.name}
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  className="menu-item"
                  disabled={busy}
                  onClick={() => {
                    close()
                    choose(action)
                  }}
                >
                  {action.label}
                  {ACTION_KEY[action.name] && <KeyMark>{keyOf(action)}</KeyMark>}
                </button>
              ))}
            </fieldset>
          ))}
        </div>
      )}
    </div>
  )
}

const keyOf = ({ name }: Action) => (ACTION_KEY[name] ?? '').toUpperCase()
const itemsIn = (box: HTMLElement | null) => [...(box?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
