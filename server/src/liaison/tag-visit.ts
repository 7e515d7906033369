import type { VisitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { lockVisit, saveTags } from './visit.sql.ts'
import { mayTag, type VisitParts } from './visit.ts'

const MOST = 10

/**
 * Adds tags that were forgotten to a visit on record (补记活动): campaigns that ran on its day, whatever runs today. What was raised on it joins
 * them in the same transaction; a tag that stands there already changes nothing.
 * @throws Fault 'visit.not_found' | 'visit.not_yours_to_tag' | 'visit.tags_full' | what a listener throws
 */
export async function tagVisit(
  tx: Tx,
  { listeners }: Pick<VisitParts, 'listeners'>,
  { id, tags: wanted }: { readonly id: VisitId; readonly tags: readonly string[] },
  by: Actor,
): Promise<void> {
  const visit = await lockVisit(tx, id)
  if (visit === undefined) throw new Fault('visit.not_found')
  if (!mayTag(visit, by)) throw new Fault('visit.not_yours_to_tag', { by: visit.byName })
  const { on, raised } = visit
  const tags = [...new Set(wanted)].filter((tag) => !visit.tags.includes(tag))
  if (tags.length === 0) return
  if (visit.tags.length + tags.length > MOST) throw new Fault('visit.tags_full', { max: MOST })
  for (const { admit } of listeners) await admit?.(tx, { on, tags })
  await saveTags(tx, id, [...visit.tags, ...tags])
  for (const { tagged } of listeners) await tagged?.(tx, { id, on, tags, raised }, by)
  await audit(tx, by, {
    action: 'tagVisit',
    objectKind: 'visit',
    objectId: id,
    note: `${on} 走访补记 ${tags.join('、')}`,
  })
}
