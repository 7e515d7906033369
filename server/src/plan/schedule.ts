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

/** Works in an order in which each stands after all that it waits for; or a way through them that comes back to where it began. */
interface Walked {
  readonly ordered: readonly string[]
  readonly circle: readonly string[] | undefined
}
/** Goes through the predecessors with a stack of its own: a chain of thousands is no deeper for the machine than one of three. */
function walk(works: readonly Pick<Work, 'id' | 'after'>[]): Walked {
  const byId = new Map(works.map((work) => [work.id, work]))
  const settled = new Set<string>()
  for (const { id } of works) {
    const path: { readonly id: string; next: number }[] = [{ id, next: 0 }]
    const open = new Set([id])
    while (path.length > 0) {
      const here = path[path.length - 1] as (typeof path)[number]
      const before = settled.has(here.id) ? undefined : byId.get(here.id)?.after[here.next]
      here.next += 1
      if (before === undefined) {
        settled.add(here.id)
        open.delete(here.id)
        path.pop()
      } else if (open.has(before)) {
        const way = path.map((step) => step.id)
        return { ordered: [], circle: [before, ...way.slice(way.indexOf(before) + 1).toReversed(), before] }
      } else if (!settled.has(before)) {
        open.add(before)
        path.push({ id: before, next: 0 })
      }
    }
  }
  return { ordered: [...settled], circle: undefined }
}

/** A way through the predecessors that comes back to where it began (先后成圈), in the order of work; undefined where there is none. */
export const findCycle = (works: readonly Pick<Work, 'id' | 'after'>[]): readonly string[] | undefined =>
  walk(works).circle

/** Every work after all that it waits for. @throws Error on a cycle, which is refused before it is stored */
function inOrder(works: readonly Work[]): Work[] {
  const byId = new Map(works.map((work) => [work.id, work]))
  const { ordered, circle } = walk(works)
  if (circle !== undefined) throw new Error('tasks wait for each other in a circle')
  // What a work waits for may stand outside: it has no end, or is done.
  return ordered.flatMap((id) => byId.get(id) ?? [])
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
    const start = free.reduce((latest, day) => Math.max(latest, day), earliest(id))
    slots.set(id, { start, finish: start + days - 1 })
  }
  return slots
}

/** A work that begins later than it could have. `late`: working days after its own last day, beyond what it was late by before. */
export interface Move {
  readonly id: string
  readonly was: Slot
  readonly now: Slot
  /** The last day on which it may end so that everything is done by its date. */
  readonly lastDay: number
  readonly late: number
}
export interface Slipped {
  /** Working days that the work may slip without moving an end. */
  readonly slack: number
  /** Where the work begins now. */
  readonly begin: number
  /** In the order of their new beginnings, the slipped one among them. */
  readonly moves: readonly Move[]
  /** The works along which the delay goes on, from the slipped one: each begins the day after the one before has ended. */
  readonly path: readonly string[]
}

/**
 * What follows when a work begins later (后延): from the first days on which everything could be done, nothing is pulled forward and
 * whatever waits is pushed on.
 * @param slip working days by which it begins later than it could; 0 and less move nothing
 */
export function slipOf(
  works: readonly Work[],
  earliest: (id: string) => number,
  { id, slip }: { readonly id: string; readonly slip: number },
): Slipped {
  const was = forwardSchedule(works, earliest)
  const last = backSchedule(works)
  const at = (schedule: Schedule, one: string): Slot => schedule.get(one) ?? { start: 0, finish: 0 }
  const start = at(was, id).start + Math.max(0, slip)
  const now = forwardSchedule(works, (one) => (one === id ? start : earliest(one)))
  const moves = works
    .map((work): Move => {
      const lastDay = at(last, work.id).finish
      const over = (schedule: Schedule) => Math.max(0, at(schedule, work.id).finish - lastDay)
      const late = over(now) > over(was) ? over(now) : 0
      return { id: work.id, was: at(was, work.id), now: at(now, work.id), lastDay, late }
    })
    .filter((move) => move.now.start > move.was.start)
    .toSorted((a, b) => a.now.start - b.now.start)
  return { slack: at(last, id).start - at(was, id).start, begin: start, moves, path: pathFrom(id, works, moves) }
}

/** From a work on, always to the pushed one with the least time to spare. */
function pathFrom(id: string, works: readonly Work[], moves: readonly Move[]): string[] {
  const moved = new Map(moves.map((move) => [move.id, move]))
  const waiting = new Map<string, Move[]>()
  for (const { id: next, after } of works)
    for (const before of after) {
      const move = moved.get(next)
      if (move === undefined) continue
      const own = waiting.get(before)
      if (own === undefined) waiting.set(before, [move])
      else own.push(move)
    }
  const path: string[] = []
  for (let here = moved.get(id); here !== undefined; ) {
    path.push(here.id)
    const end = here.now.finish
    here = waiting
      .get(here.id)
      ?.filter(({ now }) => now.start === end + 1)
      .toSorted((a, b) => a.lastDay - a.now.finish - (b.lastDay - b.now.finish))[0]
  }
  return path
}
