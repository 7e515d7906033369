import type { PersonId, Role } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listTenures, type TenureRow } from './bond.sql.ts'

const KEEPERS: readonly Role[] = ['supervisor', 'admin']
const OVERSEERS: readonly Role[] = ['supervisor', 'leader', 'admin', 'auditor']

/** Who keeps the register of targets and liaisons and sets the rules. */
export const mayKeep = (by: Actor) => KEEPERS.some((role) => by.roles.has(role))
/** Who sees everybody's duties. */
export const oversees = (by: Actor) => OVERSEERS.some((role) => by.roles.has(role))
/** @throws Fault 'forbidden' */
export function refuseUnlessKeeper(by: Actor): void {
  if (!mayKeep(by)) throw new Fault('forbidden')
}

export const heldOn = (tenure: Pick<TenureRow, 'from' | 'to'>, day: string) =>
  tenure.from <= day && (tenure.to === null || tenure.to >= day)

/** Whether a post had not ended by a day. Its first day is not asked for: the records of a district may begin after its people did. */
export const servesOn = ({ to }: Pick<TenureRow, 'to'>, day: string) => to === null || to >= day

/** "Me" (本人) or somebody by id. @throws Fault 'forbidden' for a machine that has no person */
export function personMeant(wanted: 'me' | PersonId | undefined, by: Actor): PersonId | undefined {
  if (wanted !== 'me') return wanted
  if (by.personId === null) throw new Fault('forbidden')
  return by.personId
}

/** The caller and, for whoever answers for units, the people who hold posts in them on a day. */
export async function peopleOf(tx: Tx, by: Actor, day: string): Promise<readonly PersonId[]> {
  const own = by.personId === null ? [] : [by.personId]
  if (!by.roles.has('head')) return own
  const tenures = await listTenures(tx, { units: by.scope })
  return [...new Set([...own, ...tenures.filter((one) => heldOn(one, day)).map(({ personId }) => personId)])]
}
