import { useState } from 'react'

/** Which opinions are chosen, whether they are listed or only known as members of a group. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly has: (id: string) => boolean
  readonly toggle: (ids: readonly string[], on?: boolean) => void
  readonly clear: () => void
}

/** Opinions can be chosen from the list and from the groups at once. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return {
    ids,
    has: (id) => ids.has(id),
    toggle: (some, on) =>
      setIds((before) => {
        const add = on ?? some.some((id) => !before.has(id))
        const after = new Set(before)
        for (const id of some) {
          if (add) after.add(id)
          else after.delete(id)
        }
        return after
      }),
    clear: () => setIds(new Set()),
  }
}
