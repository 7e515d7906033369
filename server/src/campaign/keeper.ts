import type { Role } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { CampaignFacts } from './campaign.sql.ts'

const KEEPERS: readonly Role[] = ['supervisor', 'admin']

/** Who starts campaigns. */
const mayStart = (by: Actor) => KEEPERS.some((role) => by.roles.has(role))
/** Who looks after one: whoever may start them, and the person it is with. */
export const mayKeep = (by: Actor, { owner }: Pick<CampaignFacts, 'owner'>) => mayStart(by) || by.personId === owner.id

/** @throws Fault 'forbidden' */
export function refuseUnlessStarter(by: Actor): void {
  if (!mayStart(by)) throw new Fault('forbidden')
}
/** @throws Fault 'forbidden' */
export function refuseUnlessKeeper(by: Actor, campaign: Pick<CampaignFacts, 'owner'>): void {
  if (!mayKeep(by, campaign)) throw new Fault('forbidden')
}
