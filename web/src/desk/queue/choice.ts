import { useRef, useState } from 'react'
import type { Row } from '../../shared/shape.ts'

/** Which rows of a list are chosen; Shift extends from the row chosen last. */
export function useChoice(rows: readonly Row[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string | null>(null)
  const toggle = (id: string, extend: boolean) => {
    const from = rows.findIndex((row) => row.id === last.current)
    const to = rows.findIndex((row) => row.id === id)
    const span =
      extend && from !== -1 ? rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id) : [id]
    const add = !ids.has(id)
    last.current = id
    setIds((before) => {
      const after = new Set(before)
      for (const one of span) {
        if (add) after.add(one)
        else after.delete(one)
      }
      return after
    })
  }
  return {
    chosen: rows.filter((row) => ids.has(row.id)),
    has: (id: string) => ids.has(id),
    toggle,
    all: () => setIds(new Set(rows.map((row) => row.id))),
    clear: () => setIds(new Set()),
    keep: setIds,
  }
}
