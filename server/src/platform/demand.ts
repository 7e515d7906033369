import type { EnterpriseId, PlatformDemand, PlatformOverview } from '@banjie/contract'
import { FileAppeal } from '@banjie/contract'
import { type CaseState, caseLight, type Engine, findCase, stageWord } from '#case'
import { type Actor, citizen } from '#kernel/actor'
import { attachBlobs } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import { tidyNumber } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { isBoundTo, mayKeepTargets, overseesTargets } from '#liaison'
import { countUnanswered, type DemandRow, isOwn, listDemands } from './demand.sql.ts'
import { listPeople, type PersonRow } from './person.sql.ts'
import { personView } from './person.ts'

/** Whoever acts for an enterprise, in its name. */
export const actorOf = (person: PersonRow, by: Actor): Actor => ({
  ...citizen(by.at, by.requestId),
  name: person.enterprise,
})

/**
 * Files a demand (提交诉求) in the name of the enterprise that is signed in, whatever else the form says: an appeal like any other, with its
 * clocks. It is tied to the enterprise by its code.
 * @throws Fault 'text.empty' | 'request.invalid'
 */
export async function fileDemand(
  tx: Tx,
  engine: Engine,
  person: PersonRow,
  given: { readonly content: string | undefined; readonly attachmentIds: readonly string[] },
  by: Actor,
): Promise<CaseState> {
  const { content, attachmentIds } = parse(FileAppeal, given)
  const [kase] = await engine.open(
    tx,
    [
      {
        ...{ type: 'appeal', channel: 'platform', facts: { content } },
        party: { kind: 'enterprise', name: person.enterprise, uscc: person.uscc ?? undefined },
      },
    ],
    actorOf(person, by),
  )
  if (kase === undefined) throw new Error('nothing was opened')
  await attachBlobs(tx, kase.id, attachmentIds, false)
  return kase
}

/** A case of the enterprise itself; another's is not there. @throws Fault 'platform.demand_not_found' */
export async function ownDemand(tx: Tx, person: PersonRow, number: string): Promise<CaseState> {
  const tidy = tidyNumber(number)
  const kase = (await isOwn(tx, person.enterpriseId, tidy)) ? await findCase(tx, tidy) : undefined
  if (kase === undefined) throw new Fault('platform.demand_not_found')
  return kase
}

export const demandView = (engine: Engine, row: DemandRow, now: Date): PlatformDemand => ({
  ...{ id: row.id, number: row.number, title: row.title, enterpriseId: row.enterpriseId, enterprise: row.enterprise },
  stageLabel: stageWord(engine.typeOf(row), row.stage),
  light: caseLight(row, now),
  at: row.at.toISOString(),
  answered: row.answeredAt !== null || row.closedAt !== null,
  way: row.way,
})

/**
 * The platform, or one enterprise on it. All of it is for who oversees the register; one enterprise for its liaison officers too.
 * @throws Fault 'forbidden'
 */
export async function overviewOf(
  tx: Tx,
  engine: Engine,
  enterprise: EnterpriseId | undefined,
  by: Actor,
): Promise<PlatformOverview> {
  const isOfficer = enterprise !== undefined && (await isBoundTo(tx, enterprise, by))
  if (!overseesTargets(by) && !isOfficer) throw new Fault('forbidden')
  const demands = (await listDemands(tx, enterprise)).filter(({ way }) => way !== 'visit')
  return {
    people: (await listPeople(tx, enterprise)).map(personView),
    demands: demands.map((row) => demandView(engine, row, by.at)),
    unanswered: await countUnanswered(tx, enterprise, by.at),
    mayInvite: mayKeepTargets(by) || isOfficer,
    mayRevoke: mayKeepTargets(by),
  }
}
