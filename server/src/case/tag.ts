import type { NewTagSet, TagSet } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import type { CaseState } from './engine/state.ts'
import { insertTagSet, listTagSets } from './tag.sql.ts'
import standard from './tags.json' with { type: 'json' }

/** The tags (标签) of a case, ids of the dictionary. */
export const tagsOf = ({ facts }: Pick<CaseState, 'facts'>): readonly string[] =>
  Array.isArray(facts['tags']) ? facts['tags'].filter((tag) => typeof tag === 'string') : []

/** All versions of the tag dictionaries, newest first; the house's own is the oldest. */
const tagSets = async (tx: Tx): Promise<readonly TagSet[]> => [...(await listTagSets(tx)), standard]

/** The tag dictionaries (标签字典) in force on a day. */
export async function tagSetInForce(tx: Tx, day: string): Promise<TagSet> {
  return (await tagSets(tx)).find(({ validFrom }) => validFrom <= day) ?? standard
}

/** Publishes a new version of the tag dictionaries. @throws Fault 'forbidden' | 'tag.version_taken' */
export async function publishTagSet(tx: Tx, set: NewTagSet, by: Actor): Promise<TagSet> {
  if (!by.roles.has('admin')) throw new Fault('forbidden')
  if ((await tagSets(tx)).some(({ version }) => version === set.version))
    throw new Fault('tag.version_taken', { version: set.version })
  await insertTagSet(tx, set)
  return set
}

/** The dictionaries as a screen needs them. */
export const tagSetsView = async (tx: Tx, by: Actor): Promise<{ inForce: TagSet; items: TagSet[] }> => ({
  inForce: await tagSetInForce(tx, dayOf(by.at)),
  items: [...(await tagSets(tx))],
})
