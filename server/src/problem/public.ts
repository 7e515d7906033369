import type { CaseId, CommitmentState, Light } from '@banjie/contract'
import { LIST_CHANGE } from '@banjie/contract'
import { type Engine, maskPersonal } from '#case'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { historyOf } from './history.ts'
import { type CommitmentView, type ItemView, type MeToo, readItems } from './item.ts'
import { type ListWithFigures, listListed, listLists } from './list.sql.ts'

/** A commitment as everybody reads it: what was promised, what was corrected and why, what was not kept. */
export interface PublicCommitment {
  readonly unit: string
  readonly state: CommitmentState
  readonly stateLabel: string
  readonly text: string
  readonly deadline: string
  readonly corrections: readonly { at: string; reason: string; before: { text: string; deadline: string } }[]
  readonly breaches: readonly { deadline: string; at: string }[]
  readonly outcome: string | null
}
/** An item as everybody reads it. */
export interface PublicItem {
  readonly number: string
  readonly title: string
  readonly aspect: string
  readonly unit: string | null
  readonly measures: string | null
  readonly deadline: string | null
  readonly stageLabel: string
  readonly light: Light
  readonly accepted: boolean
  readonly acceptedAt: string | null
  readonly progress: string | null
  readonly voices: number
  readonly meToo: number | null
  readonly commitments: readonly PublicCommitment[]
}
export interface PublicChange {
  readonly at: string
  readonly label: string
  readonly item: string | null
  readonly number: string | null
  readonly why: string | null
}
/** A published list (公开清单). */
export interface PublicList {
  readonly id: string
  readonly title: string
  readonly isClosed: boolean
  readonly source: string | null
  readonly owner: string | null
  readonly publishedAt: string
  readonly aspects: readonly string[]
  readonly items: readonly PublicItem[]
  readonly ofList: readonly PublicCommitment[]
  readonly changes: readonly PublicChange[]
}

/** Lists that everybody may read, with their figures. */
export const publicLists = (tx: Tx, now: Date): Promise<ListWithFigures[]> => listLists(tx, now, { public: true })

/** Which of these problems stand on a published list (公开清单). */
export const listedIn = async (tx: Tx, ids: readonly CaseId[]): Promise<ReadonlySet<CaseId>> =>
  new Set((await listListed(tx, ids)).map(({ id }) => id))

/** One of them with its items and what happened to it. @throws Fault 'list.not_found' for a draft too */
export async function publicList(
  tx: Tx,
  engine: Engine,
  { id, now }: { id: string; now: Date },
  meToo?: MeToo,
): Promise<PublicList> {
  const [list] = UUID.test(id) ? await listLists(tx, now, { id, public: true }) : []
  if (list === undefined || list.publishedAt === null) throw new Fault('list.not_found')
  const read = await readItems(tx, engine, { listId: list.id, reader: 'everybody', now }, meToo)
  const since = list.publishedAt.toISOString()
  const changes = (await historyOf(tx, list.id, { until: now, open: true })).filter(
    ({ at, kind }) => at >= since && kind !== 'diagnose',
  )
  return {
    ...{ id: list.id, title: list.title, isClosed: list.state === 'closed', owner: list.ownerName },
    source: sourceOf(list),
    ...{ publishedAt: since, aspects: list.aspects },
    items: read.items.map(publicItem),
    ofList: read.ofList.flatMap(publicWord),
    changes: changes.map(({ at, kind, item, why }) => ({
      ...{ at, label: LIST_CHANGE[kind], item: item?.title ?? null, number: item?.number ?? null },
      why: masked(why),
    })),
  }
}
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const sourceOf = ({ sourceDocument, sourceOn }: ListWithFigures) =>
  sourceDocument === null ? null : `${sourceDocument}${sourceOn === null ? '' : `（${sourceOn}）`}`
/** What clerks type is masked when it is stored nowhere else; here it is masked before it is shown. */
const masked = (text: string | null) => (text === null ? null : maskPersonal(text))

const publicItem = (item: ItemView): PublicItem => ({
  ...{ number: item.number, title: masked(item.title) ?? '', aspect: item.aspect, unit: item.leadUnit?.name ?? null },
  ...{ measures: masked(item.measures), deadline: item.deadline, stageLabel: item.stageLabel, light: item.light },
  ...{ accepted: item.accepted, acceptedAt: item.acceptedAt ?? null, progress: masked(item.progress) },
  ...{ voices: item.voices ?? 0, meToo: item.meToo },
  commitments: item.commitments.flatMap(publicWord),
})

/** A word nobody was given yet is not told; one that was given is told to its end, also when it was taken back. */
function publicWord(word: CommitmentView): PublicCommitment[] {
  const { versions, breaches, state, outcome, unit, stateLabel } = word
  const last = versions.at(-1)
  if (last === undefined) return []
  const again = state === 'drafted' || state === 'reviewed'
  return [
    {
      ...{ unit: unit.name, text: masked(last.text) ?? '', deadline: last.deadline, breaches: [...breaches] },
      ...(again ? { state: 'broken', stateLabel: '已失信，正在重新承诺' } : { state, stateLabel }),
      corrections: versions.slice(1).map(({ at, reason }, i) => ({
        ...{ at, reason: masked(reason) ?? '' },
        before: { text: masked(versions[i]?.text ?? '') ?? '', deadline: versions[i]?.deadline ?? '' },
      })),
      outcome: state === 'fulfilled' || state === 'withdrawn' ? masked(outcome) : null,
    },
  ]
}
