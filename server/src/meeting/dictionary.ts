import type { MeetingDictionary, NewMeetingDictionary } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { insertDictionary, listDictionaries } from './dictionary.sql.ts'
import common from './kinds.json' with { type: 'json' }

/** All versions of the kinds of meetings and instructions (种类表): the district's own, and below them the common one. */
export const dictionaries = async (tx: Tx): Promise<MeetingDictionary[]> => [
  ...(await listDictionaries(tx)),
  { ...common, by: '系统' },
]

/** The kinds in force on a day. */
export async function dictionaryOn(tx: Tx, day: string): Promise<MeetingDictionary> {
  const found = (await dictionaries(tx)).find(({ validFrom }) => validFrom <= day)
  return found ?? { ...common, by: '系统' }
}

/**
 * Publishes the next version (发布新版种类表). It begins today at the earliest: what was recorded by then was recorded under the one before.
 * @throws Fault 'forbidden' | 'meeting.dictionary_past' | 'meeting.dictionary_twice' | 'meeting.dictionary_version'
 */
export async function publishDictionary(tx: Tx, given: NewMeetingDictionary, by: Actor): Promise<MeetingDictionary> {
  refuseUnless(by.roles.has('admin') || by.roles.has('supervisor'))
  const today = dayOf(by.at)
  if (given.validFrom < today) throw new Fault('meeting.dictionary_past', { day: today })
  for (const kinds of [given.meetings, given.instructions]) {
    const codes = kinds.map(({ code }) => code)
    const twice = codes.find((code, i) => codes.indexOf(code) !== i)
    if (twice !== undefined) throw new Fault('meeting.dictionary_twice', { code: twice })
  }
  if (!(await insertDictionary(tx, given, by)))
    throw new Fault('meeting.dictionary_version', { version: given.version })
  await audit(tx, by, {
    ...{ action: 'newMeetingDictionary', objectKind: 'meetingDictionary', objectId: given.version, note: given.basis },
  })
  return { ...given, by: by.name }
}

/** @throws Fault 'meeting.kind_unknown' */
export function kindOf<K extends { readonly code: string }>(kinds: readonly K[], code: string): K {
  const kind = kinds.find((one) => one.code === code)
  if (kind === undefined) throw new Fault('meeting.kind_unknown', { kind: code })
  return kind
}
