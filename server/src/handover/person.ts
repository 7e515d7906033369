import type { HandOverPerson, HandoverSheet } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, sees, sightOf, stageWord } from '#case'
import { type Actor, onBehalf } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf, endPosts, getPerson, holdsPostIn, listPosts, type PostRow } from '#org'
import { listOwed, type OwedCase } from './person.sql.ts'

type Sheet = z.input<typeof HandoverSheet>
/** What else a person hands over with their cases: the liaisons, kept by a module above. */
export type Succeed = (tx: Tx, input: HandOverPerson, by: Actor) => Promise<Sheet['liaisons']>

/**
 * Hands a person's open cases to another (人员交接) and gives the sheet of what is owed. What was done stays with who did it: only the handler of
 * open cases changes. A head hands over within the own units, the administrator everywhere.
 * @throws Fault 'forbidden' | 'person.not_found' | 'handover.same_person' | 'handover.not_yet' | 'handover.outside'
 */
export async function handOverPerson(
  tx: Tx,
  { engine, succeed }: { readonly engine: Engine; readonly succeed: Succeed },
  input: HandOverPerson,
  by: Actor,
): Promise<Sheet> {
  const { fromPersonId, toPersonId, on, reason, dryRun } = input
  const from = await getPerson(tx, fromPersonId)
  const to = await getPerson(tx, toPersonId)
  const owed = (await listOwed(tx, fromPersonId, on)).filter(({ unitId }) => answersFor(by, unitId))
  const posts = (await listPosts(tx, { person: fromPersonId }, on)).filter(({ unitId }) => answersFor(by, unitId))
  if (!by.roles.has('admin') && owed.length + posts.length === 0) throw new Fault('forbidden')
  if (fromPersonId === toPersonId) throw new Fault('handover.same_person')
  const open = owed.filter(({ closedAt }) => closedAt === null)
  await refuseOutside(tx, to, open, dayOf(by.at))
  const ended = input.endPost ? posts : []
  if (!dryRun && on > dayOf(by.at)) throw new Fault('handover.not_yet', { day: on })
  // Before the posts end: with the post the liaison is over.
  const liaisons = input.liaisons ? await succeed(tx, input, by) : []
  if (!dryRun) {
    for (const { id } of open) {
      const acting = { caseId: id, action: 'handOver', input: { personId: toPersonId, basis: reason } }
      await engine.act(tx, acting, onBehalf(by))
    }
    await endPosts(
      tx,
      ended.map(({ id }) => id),
      on,
    )
    await audit(tx, by, { action: 'person.handOver', objectKind: 'person', objectId: fromPersonId, note: reason })
  }
  return { ...sheet(engine, owed, ended, by), liaisons, dryRun, from, to }
}

const answersFor = (by: Actor, unit: PostRow['unitId']) =>
  by.roles.has('admin') || (by.roles.has('head') && by.scope.includes(unit))

async function refuseOutside(
  tx: Tx,
  to: { id: HandOverPerson['toPersonId']; name: string },
  open: readonly OwedCase[],
  today: string,
): Promise<void> {
  const units = new Map(open.map((kase) => [kase.unitId, kase]))
  for (const [unit, { unitName, number }] of units)
    if (!(await holdsPostIn(tx, to.id, unit, today)))
      throw new Fault('handover.outside', { person: to.name, unit: unitName, number })
}

function sheet(
  engine: Engine,
  owed: readonly OwedCase[],
  ended: readonly PostRow[],
  by: Actor,
): Omit<Sheet, 'dryRun' | 'from' | 'to' | 'liaisons'> {
  const sight = sightOf(by)
  const shown = (kase: OwedCase) => ({
    ...{ id: kase.id, number: kase.number, unit: kase.unitName, promisedOn: kase.promisedOn },
    title: sees(sight, kase) ? kase.title : '（保密事项）',
    stage: stageWord(engine.typeOf(kase), kase.stage),
    dueAt: kase.dueAt?.toISOString() ?? null,
  })
  const open = owed.filter(({ closedAt }) => closedAt === null)
  return {
    open: open.map(shown),
    promises: owed.filter(({ promisedOn }) => promisedOn !== null).map(shown),
    overdue: open.filter(({ dueAt }) => dueAt !== null && dueAt < by.at).map(shown),
    postsEnded: ended.map(({ unitName, title }) => ({ unit: unitName, title })),
  }
}
