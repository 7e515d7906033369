import type { CaseId, Coverage, UnitId } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, type Engine, findCase, refusePersonalWords, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { listCommitmentsOf, listItems, type Reader } from './item.sql.ts'
import { type CommitmentView, commitmentView, type ItemView, readItems } from './item.ts'
import { listLists } from './list.sql.ts'
import { getList, holdOpenList, mayKeep } from './list.ts'

interface Drafting {
  readonly listId: string
  readonly caseId?: CaseId | undefined
  readonly unitId?: UnitId | undefined
  readonly text: string
  readonly deadline: string
}

/**
 * Drafts a commitment (拟公开承诺): a unit's word about one item, or about its whole part of a list. One living word a unit and matter; what
 * changes is corrected on it.
 */
export async function draftCommitment(tx: Tx, engine: Engine, said: Drafting, by: Actor): Promise<CommitmentView> {
  const list = await holdOpenList(tx, said.listId)
  if (said.deadline < dayOf(by.at)) throw new Fault('list.deadline_past', { day: said.deadline })
  refusePersonalWords(said.text)
  const about = await aboutOf(tx, said)
  const unit = await getUnitInForce(tx, about.unitId, dayOf(by.at))
  refuseOutsider(by, unit.id)
  await refuseSecond(tx, said, { id: unit.id, name: unit.name })
  const [opened] = await engine.open(
    tx,
    [
      {
        ...{ type: 'commitment', channel: 'other', parentId: about.item?.id, leadUnitId: unit.id },
        facts: {
          title: `承诺：${about.item?.title ?? list.title}`.slice(0, 80),
          ...{ content: said.text, deadline: said.deadline, confidential: about.item?.confidential ?? false },
          ...{ draftedBy: by.name, draftedById: by.personId, listId: list.id },
        },
      },
    ],
    by,
  )
  if (opened === undefined) throw new Error('nothing was opened')
  return commitmentView(engine, opened, { unitName: unit.name, itemTitle: about.item?.title ?? null }, by.at)
}

/** @throws Fault where the item is not on the list or nobody's, or the unit owes nothing on it */
async function aboutOf(
  tx: Tx,
  { listId, caseId, unitId }: Drafting,
): Promise<{ unitId: UnitId; item: CaseState | undefined }> {
  if (caseId !== undefined) {
    const item = await findCase(tx, caseId)
    if (item?.facts['listId'] !== listId) throw new Fault('list.not_listed', { number: item?.number ?? '所选问题' })
    if (item.leadUnitId === null) throw new Fault('commitment.unowned', { number: item.number })
    if (item.confidential) throw new Fault('commitment.confidential')
    if (unitId === undefined || unitId === item.leadUnitId) return { unitId: item.leadUnitId, item }
    throw new Fault('commitment.not_owed', { unit: '所选单位' })
  }
  const items = await listItems(tx, listId, EVERYTHING)
  const owed = items.find(({ leadUnitId }) => leadUnitId !== null && leadUnitId === unitId)
  if (unitId === undefined || owed === undefined) throw new Fault('commitment.not_owed', { unit: '所选单位' })
  return { unitId, item: undefined }
}
const EVERYTHING: Reader = { sight: { kind: 'all', confidential: true }, published: true }

/** A unit's own people draft for it, and whoever keeps lists. @throws Fault 'forbidden' */
function refuseOutsider(by: Actor, unit: UnitId): void {
  const isOwn = (by.roles.has('handler') || by.roles.has('head')) && by.scope.includes(unit)
  if (!isOwn && !mayKeep(by)) throw new Fault('forbidden')
}

/** @throws Fault 'commitment.again' while an earlier word is alive */
async function refuseSecond(tx: Tx, said: Drafting, unit: { id: UnitId; name: string }): Promise<void> {
  const earlier = (await listCommitmentsOf(tx, said.listId, said.caseId === undefined ? [] : [said.caseId])).find(
    ({ leadUnitId, parentId, closedAt }) =>
      leadUnitId === unit.id && parentId === (said.caseId ?? null) && closedAt === null,
  )
  if (earlier !== undefined) throw new Fault('commitment.again', { unit: unit.name, number: earlier.number })
}

const PUBLIC: readonly string[] = ['published', 'fulfilled', 'broken']
/** True once the public has read it; taken back, it no longer counts as given. */
const isGiven = ({ state, versions }: CommitmentView) =>
  PUBLIC.includes(state) || (state === 'drafted' && versions.length > 0)

/**
 * Who has given its word (承诺覆盖): every unit that leads an item, with the commitments it has; without any first.
 * @param listId absent: all published lists together
 */
export async function coverage(
  tx: Tx,
  engine: Engine,
  listId: string | undefined,
  by: Actor,
): Promise<z.input<typeof Coverage>> {
  const lists =
    listId === undefined ? await listLists(tx, by.at, { state: 'published' }) : [await getList(tx, listId, by)]
  const items: ItemView[] = []
  const words: CommitmentView[] = []
  for (const list of lists) {
    const reader = { sight: sightOf(by), published: list.state !== 'draft' }
    const read = await readItems(tx, engine, { listId: list.id, reader, now: by.at })
    items.push(...read.items)
    words.push(...read.items.flatMap(({ commitments }) => commitments), ...read.ofList)
  }
  return coverageOf(items, words)
}

/** The coverage that these rows amount to; both figures are numbers of rows. */
function coverageOf(items: readonly ItemView[], words: readonly CommitmentView[]): z.input<typeof Coverage> {
  const owed = Map.groupBy(
    items.filter(({ leadUnit }) => leadUnit !== null),
    ({ leadUnit }) => leadUnit?.id,
  )
  const units = [...owed.values()].map((own) => {
    const unit = own[0]?.leadUnit ?? { id: '' as UnitId, name: '' }
    const commitments = words.filter((word) => word.unit.id === unit.id)
    return {
      ...{ unit, commitments },
      items: own.map(({ id, number, title }) => ({ id, number, title })),
      published: commitments.filter(isGiven).length,
      broken: commitments.filter(({ state, breaches }) => state === 'broken' || breaches.length > 0).length,
    }
  })
  const having = units.filter(({ published }) => published > 0).length
  const share = units.length === 0 ? null : Math.round((having / units.length) * 1000) / 10
  return { having, owing: units.length, share, units: units.toSorted((a, b) => a.published - b.published) }
}
