import type { MergeCount, Opinion, OpinionPage, ProblemToMerge } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, sightOf, stageWord, tagsOf } from '#case'
import type { Actor } from '#kernel/actor'
import { invalid } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import {
  type Cursor,
  countMerging,
  countOpinions,
  countProblems,
  listOpinions,
  listProblems,
  MERGEABLE,
  type OpinionRow,
  type ProblemRow,
  type ProblemScope,
  type Scope,
} from './opinion.sql.ts'

const COUNTED_TO = 10_000
interface Page {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A page of the pool (原始意见), newest first. */
export async function opinionPage(
  engine: Engine,
  tx: Tx,
  scope: Scope,
  { limit, cursor }: Page,
): Promise<z.input<typeof OpinionPage>> {
  const rows = await listOpinions(tx, scope, { after: readCursor(cursor), limit: limit + 1 })
  const counted = await countOpinions(tx, scope, COUNTED_TO)
  return {
    items: rows.slice(0, limit).map((row) => opinionView(engine, row)),
    nextCursor: rows.length > limit ? writeCursor(rows[limit - 1]) : null,
    total: { value: Math.min(counted, COUNTED_TO), exact: counted <= COUNTED_TO },
  }
}

function opinionView(engine: Engine, row: OpinionRow): z.input<typeof Opinion> {
  const { id, number, title, content, category, categoryLabel, channel, address, stage, confidential, problem } = row
  return {
    ...{ id, number, title, content, category, categoryLabel, channel, address, stage, confidential, problem },
    stageLabel: stageWord(engine.typeOf(row), stage),
    mergeable: row.problemId === null && (MERGEABLE as readonly string[]).includes(stage),
    tags: [...tagsOf(row)],
    receivedAt: row.receivedAt.toISOString(),
  }
}

/** The counter (归并对账) of a scope. */
export async function mergeCount(tx: Tx, scope: Scope): Promise<MergeCount> {
  const { raw, merged, open, problems, aspects } = (await countMerging(tx, scope)) ?? NOTHING
  return { raw, merged, unmerged: raw - merged, open, problems, aspects: [...aspects] }
}
const NOTHING = { raw: 0, merged: 0, open: 0, problems: 0, aspects: [] }

/** A page of the problems that voices may be merged into. */
export async function problemPage(engine: Engine, tx: Tx, scope: ProblemScope & Page, by: Actor) {
  const { limit, cursor, ...which } = scope
  const rows = await listProblems(tx, which, sightOf(by), { after: readCursor(cursor), limit: limit + 1 })
  return {
    items: rows.slice(0, limit).map((row) => problemView(engine, row)),
    nextCursor: rows.length > limit ? writeCursor(rows[limit - 1]) : null,
    total: { value: await countProblems(tx, which, sightOf(by)), exact: true },
  }
}

function problemView(engine: Engine, { type, stage, receivedAt, ...row }: ProblemRow): z.input<typeof ProblemToMerge> {
  return { ...row, stageLabel: stageWord(engine.typeOf({ type }), stage), receivedAt: receivedAt.toISOString() }
}

const writeCursor = (row: { receivedAt: Date; id: string } | undefined): string | null =>
  row === undefined ? null : Buffer.from(`${row.receivedAt.toISOString()} ${row.id}`).toString('base64url')

function readCursor(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw invalid('cursor', 'request.not_found')
  return { at: new Date(at), id }
}
