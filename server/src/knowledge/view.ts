import { KNOWLEDGE_STATE, type KnowledgeEntry, type KnowledgeState } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { daysAfter, type Entry, isExpired, REVIEW_DAYS, textOf } from './entry.ts'
import { ENTRY_ACTION, getEntry, type KnowledgeFileView } from './keep.ts'
import { listEntryEvents } from './knowledge.sql.ts'
import { offeredView } from './offered.ts'

export const stateOf = (entry: Entry, today: string): KnowledgeState =>
  entry.state === 'approved' && isExpired(entry, today) ? 'expired' : entry.state

/** Red where it has expired, yellow within the days of review; what is not in use is done with. */
const lightOf = (entry: Entry, today: string): KnowledgeEntry['light'] => {
  if (entry.state === 'retired') return 'done'
  if (isExpired(entry, today)) return 'red'
  return entry.expiresOn !== null && entry.expiresOn <= daysAfter(today, REVIEW_DAYS) ? 'yellow' : 'green'
}

/** An entry on the keeper's table. */
export function entryView(entry: Entry, by: Actor): KnowledgeEntry {
  const today = dayOf(by.at)
  const state = stateOf(entry, today)
  const { waiting } = entry
  return {
    ...offeredView(entry),
    ...{ phrasings: [...entry.phrasings], ownerUnitId: entry.ownerUnitId, validFrom: entry.validFrom },
    ...{ public: entry.public, state, stateLabel: KNOWLEDGE_STATE[state], light: lightOf(entry, today) },
    ...{ approver: entry.approver, fromCase: entry.fromCase },
    waiting:
      waiting === null
        ? null
        : {
            ...{ ...textOf(waiting), phrasings: [...waiting.phrasings], author: waiting.author, at: waiting.at },
            mine: waiting.authorId !== null && waiting.authorId === by.personId,
          },
  }
}

/** An entry with its history, newest first. */
export async function fileView(tx: Tx, id: string, by: Actor): Promise<KnowledgeFileView> {
  const events = await listEntryEvents(tx, id)
  return {
    ...entryView(await getEntry(tx, id), by),
    history: events.map(({ at, byName, action, version, note, said }) => ({
      ...{ at: at.toISOString(), by: byName, action, version, note, title: said.title, text: said.text },
      label: ENTRY_ACTION[action as keyof typeof ENTRY_ACTION] ?? action,
    })),
  }
}
