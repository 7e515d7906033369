import { LIST_CHANGE, type ListChange, type ListChangeKind } from '@banjie/contract'
import type { z } from 'zod'
import { apply, type CaseEvent, type CaseState } from '#case'
import type { Tx } from '#kernel/store'
import { listEventsOf } from './item.sql.ts'
import { listChanges } from './list.sql.ts'

export type Change = z.input<typeof ListChange>
type Event = Awaited<ReturnType<typeof listEventsOf>>[number]
type Part = Partial<CaseState>

/** What an event of a problem means for the list it stands on; what means nothing is not told. */
const OF_ITEM: Readonly<Record<string, ListChangeKind>> = {
  ...{ enlist: 'enlist', delist: 'delist', strikeOff: 'strikeOff', reopen: 'relist', breakPromise: 'relist' },
  ...{ withdraw: 'withdraw', merge: 'merge', unmerge: 'relist', diagnose: 'diagnose', setDeadline: 'setDeadline' },
}
const OF_COMMITMENT: Readonly<Record<string, ListChangeKind>> = {
  ...{ publishCommitment: 'commit', signCorrection: 'correct', fulfilCommitment: 'fulfil' },
  ...{ breakCommitment: 'break', withdrawCommitment: 'takeBack' },
}

/**
 * What happened to a list (清单变动), newest first: to the list itself, to its items while they stood on it, to what was promised about them.
 * @param open only what is not confidential
 */
export async function historyOf(tx: Tx, listId: string, { until, open }: { until: Date; open: boolean }) {
  const events = await listEventsOf(tx, listId, until)
  const ofItems = [...Map.groupBy(events, ({ caseId }) => caseId).values()].flatMap((own) => changesIn(own, listId))
  const ofList = (await listChanges(tx, listId)).map(
    ({ id, at, kind, byName, why, item, confidential }): Told => ({
      ...{ at: at.toISOString(), kind, label: LIST_CHANGE[kind], by: byName, unit: null, why, item },
      ...{ confidential: confidential === true, eventId: id },
    }),
  )
  return [...ofItems, ...ofList]
    .filter(({ confidential }) => !(open && confidential))
    .toSorted((a, b) => compare(b.at, a.at) || compare(b.eventId, a.eventId))
    .map(({ confidential: _, eventId: __, ...change }): Change => change)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

interface Told extends Change {
  /** Ordered by time within one instant. */
  readonly eventId: string
  readonly confidential: boolean
}

/** Changes told by the events of one case, oldest first. */
function changesIn(events: readonly Event[], listId: string): Told[] {
  let [state, wasHere]: [Part, boolean] = [{}, false]
  return events.flatMap((event) => {
    const before = state
    state = apply(state, event)
    const kind = kindOf(event, before, state, { listId, wasHere })
    wasHere ||= state.facts?.['listId'] === listId
    return kind === undefined ? [] : [told(event, kind, before, state)]
  })
}

function kindOf(
  event: Event,
  before: Part,
  after: Part,
  { listId, wasHere }: { listId: string; wasHere: boolean },
): ListChangeKind | undefined {
  if (event.type === 'commitment')
    return event.action === 'withdrawCommitment' && !wasPublic(before) ? undefined : OF_COMMITMENT[event.action]
  const [stood, stands] = [before, after].map(({ facts }) => facts?.['listId'] === listId)
  if (!stood && !stands) return undefined
  // Listed again in its place: the reopening has told it.
  if (event.action === 'enlist' && stood) return undefined
  if (event.action === 'enlist' && wasHere) return 'relist'
  // Sent back before anybody had accepted it: it never left.
  if (event.action === 'reopen' && before.stage !== 'closed') return undefined
  return OF_ITEM[event.action]
}
const wasPublic = ({ publishedAt }: Part) => publishedAt != null

function told(event: Event, kind: ListChangeKind, before: Part, after: Part): Told {
  const { id, number, title, parentId, type } = after as CaseState
  return {
    ...{ at: event.at.toISOString(), kind, label: LIST_CHANGE[kind], by: event.byName, unit: event.unitName },
    item: { id: (type === 'commitment' ? parentId : null) ?? id, number, title },
    why: whyOf(event, before),
    ...{ confidential: after.confidential === true, eventId: event.id },
  }
}

/** In whose words, and from what to what. */
function whyOf({ action, input }: CaseEvent, before: Part): string | null {
  const said = ['reason', 'note', 'text'].map((name) => input[name]).find((value) => typeof value === 'string')
  const word = typeof said === 'string' ? said : null
  const facts = before.facts ?? {}
  if (action === 'setDeadline') return `${String(facts['deadline'] ?? '未定')} → ${String(input['deadline'])}：${word}`
  if (action === 'strikeOff') return word ?? '附验收照片'
  if (action === 'breakPromise') return '承诺逾期，重新整改'
  if (action === 'breakCommitment') return `应于 ${String(facts['deadline'])} 兑现，逾期未兑现`
  if (action === 'publishCommitment') return `${String(facts['text'])}（${String(facts['deadline'])} 前）`
  if (action === 'signCorrection') return String((facts['proposal'] as { reason?: string } | null)?.reason ?? '')
  return word
}
