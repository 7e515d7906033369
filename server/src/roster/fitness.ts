import type { PersonId } from '@banjie/contract'
import { listExemptions } from '#cadence'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listEntries, listServing, lockTurns } from './roster.sql.ts'

interface Stretch {
  readonly from: string
  readonly to: string
}
/** Who can be on duty on which day: who they are, when they are on leave (请假), which days they have already. */
export interface Fitness {
  readonly nameOf: (person: PersonId) => string
  /** @throws Fault 'roster.no_post' | 'roster.on_leave' | 'roster.twice' */
  refuseUnfit(person: PersonId, day: string): void
  refuseWithoutPost(person: PersonId, day: string): void
  hasPost(person: PersonId, day: string): boolean
  isOnLeave(person: PersonId, day: string): boolean
  isBusy(person: PersonId, day: string): boolean
}

/**
 * The people are held until the transaction ends: two posts that want one of them on the same day take turns.
 * @param except shifts that are about to change hands and keep nobody busy
 * @throws Fault 'person.not_found'
 */
export async function fitnessOf(
  tx: Tx,
  people: readonly PersonId[],
  { from, to }: Stretch,
  except: readonly string[] = [],
): Promise<Fitness> {
  await lockTurns(tx, people)
  const known = new Map((await listServing(tx, people)).map((one) => [one.id, one]))
  const leaves = (await listExemptions(tx, { from, to })).filter(({ personId }) => personId !== null)
  const busy = new Set(
    (await listEntries(tx, { people, from, to }))
      .filter(({ id }) => !except.includes(id))
      .map(({ person, day }) => `${person.id} ${day}`),
  )
  const missing = people.find((person) => !known.has(person))
  if (missing !== undefined) throw new Fault('person.not_found')
  const nameOf = (person: PersonId) => known.get(person)?.name ?? ''
  const isOnLeave = (person: PersonId, day: string) =>
    leaves.some((leave) => leave.personId === person && leave.from <= day && day <= leave.to)
  const isBusy = (person: PersonId, day: string) => busy.has(`${person} ${day}`)
  // The first day of a post is not asked for: the records of a district may begin after its people did.
  const hasPost = (person: PersonId, day: string) => {
    const one = known.get(person)
    return one?.hasPost === true && (one.to === null || one.to >= day)
  }
  const refuseWithoutPost = (person: PersonId, day: string) => {
    if (!hasPost(person, day)) throw new Fault('roster.no_post', { name: nameOf(person), day })
  }
  return {
    ...{ nameOf, hasPost, isOnLeave, isBusy, refuseWithoutPost },
    refuseUnfit(person, day) {
      refuseWithoutPost(person, day)
      if (isOnLeave(person, day)) throw new Fault('roster.on_leave', { name: nameOf(person), day })
      if (isBusy(person, day)) throw new Fault('roster.twice', { name: nameOf(person), day })
    },
  }
}
