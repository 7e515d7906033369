import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../../shared/icon.tsx'

/** A button that opens a small sheet below it; Escape or a click elsewhere closes it. */
export function FilterMenu({
  label,
  count,
  children,
}: {
  readonly label: string
  readonly count: number
  readonly children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const leave = (event: PointerEvent | FocusEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [open])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere inside closes the sheet
    <div
      ref={box}
      className="filter"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation()
          setOpen(false)
          box.current?.querySelector('button')?.focus()
        }
      }}
    >
      <button
        type="button"
        className={`filter-button ${count > 0 ? 'is-set' : ''}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {label}
        {count > 0 && <b>{count}</b>}
        <Icon name="down" size={13} />
      </button>
      {open && <div className="filter-sheet">{children}</div>}
    </div>
  )
}

interface CheckListProps {
  readonly options: readonly { readonly value: string; readonly label: ReactNode }[]
  readonly chosen: readonly string[]
  readonly choose: (values: readonly string[]) => void
}

export const CheckList = ({ options, chosen, choose }: CheckListProps) => (
  <ul className="check-list">
    {options.map(({ value, label }) => (
      <li key={value}>
        <label className="check">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) =>
              choose(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          {label}
        </label>
      </li>
    ))}
  </ul>
)
