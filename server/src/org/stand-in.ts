import type { NewStandIn, PersonId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from './sign-in.ts'
import { findPerson, insertStandIn, listUnitsServed } from './stand-in.sql.ts'
import { listPosts } from './succession.sql.ts'

/** @throws Fault 'person.not_found' */
export async function getPerson(tx: Tx, id: PersonId): Promise<{ id: PersonId; name: string }> {
  const person = await findPerson(tx, id)
  if (person === undefined) throw new Fault('person.not_found')
  return person
}

/**
 * Names a stand-in (指定代理人): the person's roles and units are theirs for the term, both days included.
 * @throws Fault 'forbidden' | 'person.not_found' | 'term.reversed' | 'handover.same_person' | 'standIn.elsewhere'
 */
export async function nameStandIn(tx: Tx, input: NewStandIn, by: Actor): Promise<NewStandIn & { id: string }> {
  const { personId, standInId, from, to } = input
  const units = (await listPosts(tx, { person: personId }, dayOf(by.at))).map(({ unitId }) => unitId)
  const isHead = by.roles.has('head') && units.some((unit) => by.scope.includes(unit))
  if (!isHead && !by.roles.has('admin')) throw new Fault('forbidden')
  await getPerson(tx, personId)
  const standIn = await getPerson(tx, standInId)
  if (personId === standInId) throw new Fault('handover.same_person')
  if (to < from) throw new Fault('term.reversed')
  // Roles and units of all posts add up: a handler of another unit would come to sign that unit's own answers as its head.
  const served = await listUnitsServed(tx, standInId, from)
  if (served.some((unit) => !units.includes(unit))) throw new Fault('standIn.elsewhere', { name: standIn.name })
  const id = newId()
  await insertStandIn(tx, { ...input, id, by: by.personId, at: by.at })
  return { id, personId, standInId, from, to }
}
