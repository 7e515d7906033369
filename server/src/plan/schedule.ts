/** A piece of work on the line of working days; `due` is the last day it may take, as a position on that line. */
export interface Work {
  readonly id: string
  /** Working days of work. */
  readonly days: number
  readonly due: number
  /** What has to be finished the day before it begins, or earlier. */
  readonly after: readonly string[]
}
/** First and last working day, both worked. */
export interface Slot {
  readonly start: number
  readonly finish: number
}
export type Schedule = ReadonlyMap<string, Slot>

/** A way through the predecessors that comes back to where it began (先后成圈), in the order of work; undefined where there is none. */
export function findCycle(works: readonly Pick<Work, 'id' | 'after'>[]): string[] | undefined {
  const byId = new Map(works.map((work) => [work.id, work]))
  const settled = new Set<string>()
  const visit = (id: string, path: readonly string[]): string[] | undefined => {
    const at = path.indexOf(id)
    if (at >= 0) return [id, ...path.slice(at + 1).toReversed(), id]
    if (settled.has(id)) return undefined
    for (const before of byId.get(id)?.after ?? []) {
      const found = visit(before, [...path, id])
      if (found !== undefined) return found
    }
    settled.add(id)
    return undefined
  }
  for (const { id } of works) {
    const found = visit(id, [])
    if (found !== undefined) return found
  }
  return undefined
}

/** Every work after all that it waits for. @throws Error on a cycle, which is refused before it is stored */
function inOrder(works: readonly Work[]): Work[] {
  const byId = new Map(works.map((work) => [work.id, work]))
  const ordered = new Map<string, Work>()
  const take = (work: Work, open: ReadonlySet<string>): void => {
    if (ordered.has(work.id)) return
    if (open.has(work.id)) throw new Error('tasks wait for each other in a circle')
    for (const id of work.after) {
      const before = byId.get(id)
      if (before !== undefined) take(before, new Set([...open, work.id]))
    }
    ordered.set(work.id, work)
  }
  for (const work of works) take(work, new Set())
  return [...ordered.values()]
}

/** Back-scheduling (倒排): the last days on which each work may begin and end so that everything is done by its date. */
export function backSchedule(works: readonly Work[]): Schedule {
  const slots = new Map<string, Slot>()
  const bound = new Map<string, number>()
  for (const { id, days, due, after } of inOrder(works).toReversed()) {
    const finish = Math.min(due, bound.get(id) ?? due)
    const start = finish - days + 1
    slots.set(id, { start, finish })
    for (const before of after) bound.set(before, Math.min(bound.get(before) ?? start - 1, start - 1))
  }
  return slots
}

/** Forward-scheduling (正排): the first days on which each work can be done. @param earliest the first day it could begin by itself */
export function forwardSchedule(works: readonly Work[], earliest: (id: string) => number): Schedule {
  const slots = new Map<string, Slot>()
  for (const { id, days, after } of inOrder(works)) {
    const free = after.map((before) => (slots.get(before)?.finish ?? Number.NEGATIVE_INFINITY) + 1)
    const start = Math.max(earliest(id), ...free)
    slots.set(id, { start, finish: start + days - 1 })
  }
  return slots
}
