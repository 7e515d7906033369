import { type CaseId, OPINION_LINK, type OpinionLink } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, type Happening, type Listener, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dropLinks, type LinkRow, listLinksOf, pairOf, putLinks } from './link.sql.ts'

/** Who decides what belongs together. */
const MERGERS = ['clerk', 'dispatcher', 'supervisor'] as const
/** @throws Fault 'forbidden' */
export function refuseUnlessMerger(by: Actor): void {
  if (!MERGERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
}

/**
 * Keeps what merging says: who merges an opinion says that it belongs to the problem (是一回事), who takes it out that it does not (不是一回事). What
 * the system does because a problem was withdrawn says nothing about the opinion; only the old word goes.
 */
export const linkListener: Listener = async (tx, happenings) => {
  const merging = happenings.flatMap((happening) => wordOf(happening) ?? [])
  const isReleased = ({ byKind, kind }: (typeof merging)[number]) => byKind === 'system' && kind === 'cannot'
  const said = merging.filter((word) => !isReleased(word))
  const gone = merging.filter(isReleased)
  if (said.length > 0) await putLinks(tx, said)
  if (gone.length > 0) await dropLinks(tx, gone, 'must')
}

function wordOf({ event, before, kase }: Happening): (LinkRow & { byKind: string }) | undefined {
  const problem = event.action === 'merge' ? kase.problemId : event.action === 'unmerge' ? before?.problemId : undefined
  if (problem === undefined || problem === null || kase.type !== 'appeal') return undefined
  const { byPerson, byName, byKind, input, at } = event
  const reason = typeof input['reason'] === 'string' ? input['reason'] : null
  const kind = event.action === 'merge' ? 'must' : 'cannot'
  return { ...pairOf(kase.id, problem), kind, reason, byPerson, byName, byKind, at: at.toISOString() }
}

type View = z.input<typeof OpinionLink>

/**
 * A person's decision that an opinion does, or does not, belong with others; later groupings keep to it.
 * @throws Fault 'forbidden' | 'opinionLink.self' | 'case.not_found'
 */
export async function decideLinks(
  engine: Engine,
  tx: Tx,
  said: { kind: LinkRow['kind']; id: CaseId; otherIds: readonly CaseId[]; reason?: string | undefined },
  by: Actor,
): Promise<View[]> {
  refuseUnlessMerger(by)
  if (said.otherIds.includes(said.id)) throw new Fault('opinionLink.self')
  for (const id of [said.id, ...said.otherIds]) await engine.get(tx, id, by)
  const { kind, reason = null } = said
  const word = { kind, reason, byPerson: by.personId, byName: by.name, at: by.at.toISOString() }
  await putLinks(
    tx,
    said.otherIds.map((other) => ({ ...pairOf(said.id, other), ...word })),
  )
  return (await linkViews(engine, tx, said.id, by)).filter(({ other }) => said.otherIds.includes(other.id as CaseId))
}

/** The decisions about a case, newest first. @throws Fault 'case.not_found' */
export async function linkViews(engine: Engine, tx: Tx, id: CaseId, by: Actor): Promise<View[]> {
  const { number, title } = await engine.get(tx, id, by)
  return (await listLinksOf(tx, id, sightOf(by))).map(({ other, kind, reason, byName, at }) => ({
    ...{ case: { id, number, title }, other, kind, label: OPINION_LINK[kind], reason },
    ...{ by: byName, at: at.toISOString() },
  }))
}
