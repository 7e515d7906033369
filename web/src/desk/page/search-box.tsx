import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Icon } from '../../shared/icon.tsx'

interface SearchBoxProps {
  readonly q: string
  readonly label: string
  readonly className: string
  readonly placeholder?: string
  /** Called with the trimmed words. */
  readonly look: (words: string) => void
}

const TYPED_MS = 300

/** Words are looked for shortly after the last one was typed, never in the middle of composing. */
export function SearchBox({ q, label, className, placeholder = '编号、事由、地点', look }: SearchBoxProps) {
  const [words, setWords] = useState(q)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setWords(q), [q])
  const later = (typed: string) => {
    clearTimeout(timer.current)
    const { pathname } = location
    // Whoever has gone to another page meanwhile looks for nothing here any more; this one may still stand until the other is loaded.
    const lookHere = () => location.pathname === pathname && look(typed.trim())
    if (!composing.current) timer.current = setTimeout(lookHere, TYPED_MS)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    clearTimeout(timer.current)
    look(words.trim())
  }
  return (
    <search className={className}>
      <form onSubmit={submit} className="top-search">
        <Icon name="search" />
        <input
          data-search
          type="search"
          aria-label={label}
          placeholder={placeholder}
          value={words}
          onChange={(event) => {
            setWords(event.target.value)
            later(event.target.value)
          }}
          onCompositionStart={() => {
            composing.current = true
          }}
          onCompositionEnd={(event) => {
            composing.current = false
            later(event.currentTarget.value)
          }}
        />
      </form>
    </search>
  )
}
