import type { CaseId, Commitment, CommitmentState, FoundBy, ListItem, UnitId } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, caseLight, contentOf, type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { type ItemRow, listCommitmentsOf, listItems, type Reader } from './item.sql.ts'

export type ItemView = z.input<typeof ListItem>
export type CommitmentView = z.input<typeof Commitment>
/** How often others said “me too” (同感) about cases; joined in where somebody counts it. */
export type MeToo = (tx: Tx, caseIds: readonly CaseId[]) => Promise<ReadonlyMap<CaseId, number>>

/** What a view needs that is not in the case. */
export interface Around {
  readonly unitName: string | null
  readonly voices: number | null
  readonly progress: string | null
  readonly meToo: number | null
  readonly commitments: readonly CommitmentView[]
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

/** An item as its row shows it at an instant. */
export function itemView(engine: Engine, kase: CaseState, around: Around, now: Date): ItemView {
  const { facts } = kase
  return {
    ...{ id: kase.id, number: kase.number, version: kase.version, title: kase.title, content: kase.content },
    ...{ aspect: textOf(facts['aspect']) ?? '', symptom: textOf(facts['symptom']) },
    ...{ rootCause: textOf(facts['rootCause']), measures: textOf(facts['measures']) },
    foundBy: (textOf(facts['foundBy']) as FoundBy | null) ?? null,
    deadline: textOf(facts['deadline']),
    leadUnit: kase.leadUnitId === null ? null : { id: kase.leadUnitId, name: around.unitName ?? '' },
    ...{ stage: kase.stage, stageLabel: stageWord(engine.typeOf(kase), kase.stage) },
    ...{ light: caseLight(kase, now), dueAt: kase.dueAt?.toISOString() ?? null },
    ...{ accepted: kase.stage === 'closed', acceptedAt: kase.closedAt?.toISOString() ?? null },
    ...{ progress: around.progress, voices: around.voices, meToo: around.meToo },
    commitments: [...around.commitments],
    confidential: kase.confidential,
  }
}

/** A commitment as everybody in the house sees it. */
export function commitmentView(
  engine: Engine,
  kase: CaseState,
  { unitName, itemTitle }: { unitName: string | null; itemTitle: string | null },
  now: Date,
): CommitmentView {
  const { text, deadline, draftedBy, signedBy, versions, breaches, ending } = contentOf(kase)
  return {
    ...{ id: kase.id, number: kase.number, version: kase.version, caseId: kase.parentId, item: itemTitle },
    unit: { id: kase.leadUnitId as UnitId, name: unitName ?? '' },
    ...{ state: kase.stage as CommitmentState, stateLabel: stageWord(engine.typeOf(kase), kase.stage) },
    ...{ text, deadline, draftedBy, signedBy, light: caseLight(kase, now) },
    publishedAt: kase.publishedAt?.toISOString() ?? null,
    ...{ versions: [...versions], breaches: [...breaches], outcome: ending },
  }
}

/** The items of a list with their commitments: as many as a reader may see. */
export async function readItems(
  tx: Tx,
  engine: Engine,
  { listId, reader, now }: { listId: string; reader: Reader; now: Date },
  meToo?: MeToo,
): Promise<{ items: ItemView[]; ofList: CommitmentView[] }> {
  const rows = await listItems(tx, listId, reader)
  const ids = rows.map(({ id }) => id)
  const commitments = (await listCommitmentsOf(tx, listId, ids)).map((row) => commitmentView(engine, row, row, now))
  const byItem = Map.groupBy(commitments, ({ caseId }) => caseId)
  const same = (await meToo?.(tx, ids)) ?? null
  const items = rows.map((row: ItemRow) =>
    itemView(
      engine,
      row,
      { ...row, meToo: same === null ? null : (same.get(row.id) ?? 0), commitments: byItem.get(row.id) ?? [] },
      now,
    ),
  )
  return { items, ofList: byItem.get(null) ?? [] }
}

/** One item of a list. @throws Error if it is not there: the caller has just listed it */
export async function getItem(
  tx: Tx,
  engine: Engine,
  { listId, id, by }: { listId: string; id: CaseId; by: Actor },
  meToo?: MeToo,
): Promise<ItemView> {
  const reader: Reader = { sight: sightOf(by), published: false }
  const { items } = await readItems(tx, engine, { listId, reader, now: by.at }, meToo)
  const item = items.find((one) => one.id === id)
  if (item === undefined) throw new Error('the item is not on the list')
  return item
}
