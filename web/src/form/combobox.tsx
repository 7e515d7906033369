import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '../shared/icon.tsx'

export interface ComboOption {
  readonly value: string
  readonly label: string
  readonly hint?: string
  readonly group?: string
  /** Further words that find the option. */
  readonly words?: string
}

interface ComboboxProps {
  readonly id: string
  readonly options: readonly ComboOption[]
  readonly chosen: readonly string[]
  readonly choose: (values: readonly string[]) => void
  readonly multiple?: boolean
  readonly placeholder?: string
  readonly loading?: boolean
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  readonly label?: string
  readonly max?: number
}

const SHOWN = 80

/** A list that is searched by typing; one choice, or several. */
export function Combobox(props: ComboboxProps) {
  const {
    id,
    options,
    chosen,
    choose,
    multiple = false,
    placeholder,
    loading = false,
    invalid = false,
    describedBy,
    label,
    max = 20,
  } = props
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const found = search(options, words).slice(0, SHOWN)
  const single = multiple ? undefined : options.find(({ value }) => value === chosen[0])

  const show = () => {
    if (open) return
    setActive(
      Math.max(
        0,
        options.findIndex(({ value }) => value === chosen[0]),
      ),
    )
    setOpen(true)
  }
  const close = () => {
    setOpen(false)
    setWords('')
  }
  const pick = (option: ComboOption) => {
    if (!multiple) {
      choose([option.value])
      close()
      return
    }
    choose(
      chosen.includes(option.value)
        ? chosen.filter((one) => one !== option.value)
        : chosen.length < max
          ? [...chosen, option.value]
          : chosen,
    )
    setWords('')
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move !== undefined) {
      event.preventDefault()
      if (!open) show()
      else setActive((active + move + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && open && !event.ctrlKey) {
      event.preventDefault()
      const option = found[active]
      if (option) pick(option)
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.key === 'Backspace' && words === '' && chosen.length > 0) choose(chosen.slice(0, -1))
  }
  const current = found[active]
  return (
    <div className="combo">
      <div className={`input combo-box ${invalid ? 'is-invalid' : ''}`}>
        {multiple &&
          chosen.map((value) => (
            <button
              key={value}
              type="button"
              className="chip"
              onClick={() => choose(chosen.filter((one) => one !== value))}
              aria-label={`去掉 ${options.find((option) => option.value === value)?.label ?? ''}`}
            >
              {options.find((option) => option.value === value)?.label ?? '…'}
              <Icon name="close" size={12} />
            </button>
          ))}
        <input
          ref={field}
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={open && current ? `${listId}-${current.value}` : undefined}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          aria-label={label}
          autoComplete="off"
          placeholder={loading ? '正在读取…' : (single?.label ?? (chosen.length > 0 && multiple ? '' : placeholder))}
          className={single && words === '' ? 'has-choice' : ''}
          value={words}
          onChange={(event) => {
            setWords(event.target.value)
            setActive(0)
            setOpen(true)
          }}
          onClick={show}
          onKeyDown={press}
          onBlur={close}
        />
        {single && words === '' ? (
          <button
            type="button"
            className="combo-clear"
            aria-label="清除"
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose([])}
          >
            <Icon name="close" size={14} />
          </button>
        ) : (
          <Icon name="down" size={14} />
        )}
      </div>
      {open && (
        <Options id={listId} field={field} multiple={multiple}>
          {found.length === 0 && (
            <div role="option" aria-disabled="true" aria-selected="false" tabIndex={-1} className="combo-none">
              {loading ? '正在读取…' : '没有找到，请换个词'}
            </div>
          )}
          {found.map((option, index) => (
            <OptionRow
              key={option.value}
              option={option}
              id={`${listId}-${option.value}`}
              header={option.group !== found[index - 1]?.group ? option.group : undefined}
              active={index === active}
              chosen={chosen.includes(option.value)}
              pick={() => pick(option)}
            />
          ))}
        </Options>
      )}
    </div>
  )
}

function Options({
  id,
  field,
  multiple,
  children,
}: {
  readonly id: string
  readonly field: { readonly current: HTMLInputElement | null }
  readonly multiple: boolean
  readonly children: React.ReactNode
}) {
  const list = useRef<HTMLDivElement>(null)
  // Fixed to the window, so that a scrolling form does not cut it off; above the field where there is no room below.
  useLayoutEffect(() => {
    const place = () => {
      const box = field.current?.closest('.combo-box')?.getBoundingClientRect()
      if (!box || !list.current) return
      const below = window.innerHeight - box.bottom
      const up = below < 280 && box.top > below
      const { style } = list.current
      style.left = `${box.left}px`
      style.width = `${box.width}px`
      style.maxHeight = `${Math.min(320, (up ? box.top : below) - 12)}px`
      style.top = up ? 'auto' : `${box.bottom + 4}px`
      style.bottom = up ? `${window.innerHeight - box.top + 4}px` : 'auto'
    }
    place()
    window.addEventListener('scroll', place, true)
    window.addEventListener('resize', place)
    return () => {
      window.removeEventListener('scroll', place, true)
      window.removeEventListener('resize', place)
    }
  })
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-multiselectable={multiple}
      className="combo-list"
      onMouseDown={(event) => event.preventDefault()}
    >
      {children}
    </div>
  )
}

interface OptionRowProps {
  readonly option: ComboOption
  readonly id: string
  readonly header: string | undefined
  readonly active: boolean
  readonly chosen: boolean
  readonly pick: () => void
}

function OptionRow({ option, id, header, active, chosen, pick }: OptionRowProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <>
      {header !== undefined && (
        <div role="presentation" className="combo-group">
          {header}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys of its list */}
      <div
        ref={row}
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={chosen}
        className={`combo-option ${active ? 'is-active' : ''}`}
        onClick={pick}
      >
        <span>{option.label}</span>
        {option.hint && <small>{option.hint}</small>}
        {chosen && <Icon name="check" size={14} />}
      </div>
    </>
  )
}

/** Every word typed must be found; whoever begins with it comes first. */
function search(options: readonly ComboOption[], words: string): readonly ComboOption[] {
  const parts = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (parts.length === 0) return options
  const fits = options.filter(({ label, hint = '', group = '', words: more = '' }) => {
    const text = `${label} ${hint} ${group} ${more}`.toLowerCase()
    return parts.every((part) => text.includes(part))
  })
  return fits
}
