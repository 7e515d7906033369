import type { CaseId, Crosswalk, Match } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, findCase, maskPersonal, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { deleteMatch, insertMatch, listMatches, type MatchRow } from './crosswalk.sql.ts'
import { readItems } from './item.ts'
import { insertChange, type ListWithFigures } from './list.sql.ts'
import { getList, holdList } from './list.ts'

type View = z.input<typeof Crosswalk>

/** The crosswalk (对照) of a superior's list with one of our own; what answers to nothing is shown on both sides. */
export async function readCrosswalk(
  tx: Tx,
  engine: Engine,
  { id, own }: { id: string; own: string },
  by: Actor,
): Promise<View> {
  if (id === own) throw new Fault('crosswalk.same_list')
  const [above, ours] = [await getList(tx, id, by), await getList(tx, own, by)]
  if (above.origin !== 'superior') throw new Fault('crosswalk.not_superior', { title: above.title })
  const [superiorItems, ownItems] = [await itemsOf(tx, engine, above, by), await itemsOf(tx, engine, ours, by)]
  const ids = (items: typeof ownItems) => items.map((item) => item.id as CaseId)
  const matches = await listMatches(tx, ids(superiorItems), ids(ownItems))
  const without = (items: typeof ownItems, side: 'superiorId' | 'ownId') =>
    ids(items).filter((item) => matches.every((match) => match[side] !== item))
  return {
    superior: { id: above.id, title: above.title },
    own: { id: ours.id, title: ours.title },
    ...{ superiorItems, ownItems, matches: matches.map(matchView) },
    unmatched: { superior: without(superiorItems, 'superiorId'), own: without(ownItems, 'ownId') },
  }
}

const itemsOf = async (tx: Tx, engine: Engine, list: ListWithFigures, by: Actor) =>
  (
    await readItems(tx, engine, {
      ...{ listId: list.id, now: by.at },
      reader: { sight: sightOf(by), published: list.state !== 'draft' },
    })
  ).items

const matchView = ({ superiorId, ownId, note, byName, at }: MatchRow): z.input<typeof Match> => ({
  ...{ superiorId, ownId, note, by: byName, at: at.toISOString() },
})

interface Pair {
  readonly superiorId: CaseId
  readonly ownId: CaseId
}

/** Matches (对照上) an item of the superior's list with one of our own; many with many. */
export async function match(
  tx: Tx,
  { id, note, ...pair }: Pair & { id: string; note?: string | undefined },
  by: Actor,
): Promise<z.input<typeof Match>> {
  await holdSuperior(tx, id, pair, by)
  const made = await insertMatch(tx, { ...pair, note: note === undefined ? undefined : maskPersonal(note) }, by)
  if (made === undefined) throw new Fault('crosswalk.already')
  await insertChange(tx, { listId: id, kind: 'match', caseId: pair.superiorId, why: note, data: {} }, by)
  return matchView(made)
}

/** Takes a match back (取消对照), with a reason in the list's log. */
export async function unmatch(tx: Tx, { id, reason, ...pair }: Pair & { id: string; reason: string }, by: Actor) {
  await holdSuperior(tx, id, pair, by)
  if (!(await deleteMatch(tx, pair))) throw new Fault('crosswalk.not_matched')
  await insertChange(tx, { listId: id, kind: 'unmatch', caseId: pair.superiorId, why: reason }, by)
}

/** @throws Fault when the list is not a superior's or the items stand elsewhere */
async function holdSuperior(tx: Tx, id: string, { superiorId, ownId }: Pair, by: Actor): Promise<void> {
  const list = await holdList(tx, id, by)
  if (list.origin !== 'superior') throw new Fault('crosswalk.not_superior', { title: list.title })
  const [above, ours] = [await findCase(tx, superiorId), await findCase(tx, ownId)]
  const other = ours?.facts['listId']
  if (above?.facts['listId'] !== id || other === undefined) throw new Fault('crosswalk.outside')
  if (other === id) throw new Fault('crosswalk.same_list')
}
