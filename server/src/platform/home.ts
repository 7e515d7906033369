import type { PlatformDemand } from '@banjie/contract'
import type { Engine } from '#case'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type OwnPolicy, ownPoliciesOf } from '#policy'
import {
  listDemands,
  listOfficers,
  listOwedPromises,
  listPlanned,
  listQuietDays,
  listVisitDays,
  type OfficerRow,
  type OwedPromiseRow,
} from './demand.sql.ts'
import { demandView } from './demand.ts'
import type { PersonRow } from './person.sql.ts'

/** What an enterprise sees of itself (我的企业): never a note, never a private number, never another enterprise. */
export interface EnterpriseHome {
  readonly name: string
  readonly person: string
  readonly officers: readonly OfficerRow[]
  readonly demands: readonly PlatformDemand[]
  readonly planned: readonly { readonly on: string; readonly units: string; readonly purposes: string }[]
  readonly visits: readonly { readonly on: string; readonly people: string }[]
  readonly quiets: readonly { readonly from: string; readonly to: string }[]
  readonly policies: readonly OwnPolicy[]
  readonly promises: readonly OwedPromiseRow[]
}

export async function homeOf(
  tx: Tx,
  engine: Engine,
  { enterpriseId: id, ...person }: PersonRow,
  now: Date,
): Promise<EnterpriseHome> {
  const today = dayOf(now)
  return {
    ...{ name: person.enterprise, person: person.name },
    officers: await listOfficers(tx, id, today),
    demands: (await listDemands(tx, id)).map((row) => demandView(engine, row, now)),
    planned: await listPlanned(tx, id, today),
    visits: await listVisitDays(tx, id),
    quiets: await listQuietDays(tx, id, today),
    policies: await ownPoliciesOf(tx, id, now),
    promises: await listOwedPromises(tx, id),
  }
}
