import type { PersonId, Shift } from '@banjie/contract'
import type { DayOf } from './day.ts'

export interface Turn {
  readonly day: string
  readonly shift: Shift
  readonly person: PersonId
  readonly leader: PersonId | null
}
interface Wanted {
  readonly days: readonly Pick<DayOf, 'day' | 'kind'>[]
  readonly shifts: readonly Shift[]
  readonly people: readonly PersonId[]
  /** Who takes the days off and holidays. */
  readonly restPeople: readonly PersonId[]
  readonly leaders: readonly PersonId[]
  readonly isFilled: (day: string, shift: Shift) => boolean
  /** On leave, busy with another shift of that day, or in no post any more. */
  readonly isAway: (person: PersonId, day: string) => boolean
}
export interface Rotation {
  readonly turns: readonly Turn[]
  readonly passedOver: readonly { readonly day: string; readonly person: PersonId }[]
  readonly gaps: readonly { readonly day: string; readonly shift: Shift }[]
}

/**
 * Fills shifts by turns (轮流排班). Working days and days off are two lines, each taken from the front: whoever is away stays in front and takes the
 * next one, so that leave saves nobody a turn. A shift for which everybody is away stays a gap: nobody is put down who will not be there.
 */
export function rotate({ days, shifts, people, restPeople, leaders, isFilled, isAway }: Wanted): Rotation {
  const lines = { work: [...people], rest: [...restPeople], leaders: [...leaders] }
  const turns: Turn[] = []
  const passedOver: { day: string; person: PersonId }[] = []
  const gaps: { day: string; shift: Shift }[] = []
  for (const { day, kind } of days) {
    const open = shifts.filter((shift) => !isFilled(day, shift))
    const busy = new Set<PersonId>()
    const isFree = (person: PersonId) => !busy.has(person) && !isAway(person, day)
    const leader = open.length === 0 ? undefined : takeFirst(lines.leaders, isFree)
    if (leader !== undefined) busy.add(leader)
    const line = kind === 'work' ? lines.work : lines.rest
    const away = line.filter((person) => isAway(person, day))
    for (const shift of open) {
      const before = [...line]
      const person = takeFirst(line, isFree)
      if (person === undefined) gaps.push({ day, shift })
      else {
        busy.add(person)
        turns.push({ day, shift, person, leader: leader ?? null })
      }
      const ahead = person === undefined ? before : before.slice(0, before.indexOf(person))
      for (const one of ahead)
        if (away.includes(one) && !passedOver.some((known) => known.day === day && known.person === one))
          passedOver.push({ day, person: one })
    }
  }
  return { turns, passedOver, gaps }
}

/** Takes the first who is free and puts them at the end. */
function takeFirst(line: PersonId[], isFree: (person: PersonId) => boolean): PersonId | undefined {
  const at = line.findIndex(isFree)
  const [person] = at < 0 ? [] : line.splice(at, 1)
  if (person !== undefined) line.push(person)
  return person
}
