import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { FAULT, type FaultCode, type ImportMapping, sentenceOf, type TenantId } from '@banjie/contract'
import { type Engine, listTopics } from '#case'
import type { Actor } from '#kernel/actor'
import { stopwatch } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { sha256 } from '#kernel/id'
import type { Log } from '#kernel/log'
import type { Store, Tx } from '#kernel/store'
import {
  type BatchRow,
  type Counts,
  failInterrupted,
  findBatch,
  findMapping,
  knownRows,
  lockBatch,
  rememberMapping,
  updateBatch,
} from './import.sql.ts'
import { readRows } from './import.ts'
import { guessMapping, type Sheet } from './sheet.ts'

export interface ImportParts {
  readonly engine: Engine
  readonly store: Store
  readonly dataDir: string
  readonly log: Log
}

const CHUNK = 400
const MOST_ERRORS = 5000

/** What goes on with a batch after its file has arrived (导入批次): the trial reading and the commit run on their own, the batch row tells how far. */
export interface Importer {
  fileOf(id: string): string
  /** Counts of a batch that is being committed in this process. */
  progressOf(id: string): Counts | undefined
  tryRead(tenant: TenantId, id: string, given: ImportMapping | undefined, by: Actor, commits: boolean): Promise<void>
  commit(tenant: TenantId, id: string, by: Actor): Promise<void>
  /** @throws Fault import.state */
  move(tenant: TenantId, id: string, from: readonly BatchRow['state'][], to: BatchRow['state']): Promise<BatchRow>
  /** Batches whose process died are told as failed; nothing of them was stored. @returns how many */
  failInterrupted(tenant: TenantId, now: Date): Promise<number>
}

/** @throws Fault import.not_found */
export async function getBatch(tx: Tx, id: string, find = findBatch): Promise<BatchRow> {
  const batch = await find(tx, id)
  if (batch === undefined) throw new Fault('import.not_found')
  return batch
}

export function createImporter({ engine, store, dataDir, log }: ImportParts): Importer {
  const progress = new Map<string, Counts>()
  /** Batches that this process reads or commits now, from their first step to their last. */
  const underWay = new Set<string>()
  const fileOf = (id: string) => join(dataDir, 'imports', id)

  /** Reads the file on trial; if told to, commits what fits. */
  async function tryRead(
    tenant: TenantId,
    id: string,
    given: ImportMapping | undefined,
    by: Actor,
    commits: boolean,
  ): Promise<void> {
    underWay.add(id)
    try {
      const batch = await store.tx(tenant, (tx) => getBatch(tx, id), { readOnly: true })
      const sheet = await readInWorker(fileOf(id), batch.kind)
      const sender = senderOf(by, sheet)
      await store.tx(tenant, async (tx) => {
        const mapping = given ?? (await findMapping(tx, sender)) ?? guessMapping(sheet.columns)
        if (mapping.content === undefined || !sheet.columns.includes(mapping.content)) {
          const counts = { read: sheet.rows.length, added: 0, unchanged: 0, rejected: 0, total: sheet.rows.length }
          return updateBatch(tx, id, {
            state: 'ready',
            columns: [...sheet.columns],
            mapping,
            counts,
            fault: sentenceOf('import.no_content_column'),
          })
        }
        const { rows, faults } = readRows(sheet, mapping, await topicsByName(tx))
        const known = await knownRows(tx, rows)
        const rejected = new Set(faults.map((fault) => fault.row)).size
        const unchanged = known.size
        const counts = {
          read: sheet.rows.length,
          added: rows.length - unchanged,
          unchanged,
          rejected,
          total: sheet.rows.length,
        }
        const errors = faults
          .slice(0, MOST_ERRORS)
          .map(({ row, column, code, detail }) => ({ row, column, code, detail }))
        await updateBatch(tx, id, {
          state: commits ? 'committing' : 'ready',
          columns: [...sheet.columns],
          mapping,
          counts,
          errors,
        })
        return rememberMapping(tx, sender, mapping, by.at)
      })
      if (commits) await commit(tenant, id, by)
    } catch (error) {
      await giveUp(tenant, id, error)
    } finally {
      underWay.delete(id)
    }
  }

  async function commit(tenant: TenantId, id: string, by: Actor): Promise<void> {
    const elapsed = stopwatch()
    underWay.add(id)
    try {
      const { kind, mapping } = await store.tx(tenant, (tx) => getBatch(tx, id), { readOnly: true })
      const sheet = await readInWorker(fileOf(id), kind)
      await store.tx(tenant, async (tx) => {
        // One transaction for the whole batch: it is all there or not at all.
        const batch = await getBatch(tx, id, lockBatch)
        const { rows } = readRows(sheet, mapping, await topicsByName(tx))
        const known = await knownRows(tx, rows)
        const fresh = rows.filter((row) => !known.has(row))
        for (let i = 0; i < fresh.length; i += CHUNK) {
          const openings = fresh
            .slice(i, i + CHUNK)
            .map((row) => ({ ...row.opening, source: { name: row.source, key: row.key, batchId: id } }))
          await engine.open(tx, openings, by)
          progress.set(id, { ...batch.counts, added: Math.min(i + CHUNK, fresh.length), unchanged: known.size })
        }
        const seconds = Math.round(elapsed()) / 1000
        await updateBatch(tx, id, {
          state: 'done',
          counts: { ...batch.counts, added: fresh.length, unchanged: known.size },
          seconds,
        })
      })
      // The file holds what the table says about people; without faulty rows nobody needs it any more.
      const done = await store.tx(tenant, (tx) => getBatch(tx, id), { readOnly: true })
      if (done.counts.rejected === 0) await rm(fileOf(id), { force: true })
    } catch (error) {
      await giveUp(tenant, id, error)
    } finally {
      progress.delete(id)
      underWay.delete(id)
    }
  }

  async function giveUp(tenant: TenantId, id: string, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : ''
    const isKnown = error instanceof Fault || Object.hasOwn(FAULT, message)
    if (!isKnown) log.error({ err: error, batch: id }, 'import failed')
    const fault =
      error instanceof Fault ? error.message : sentenceOf(isKnown ? (message as FaultCode) : 'file.unreadable')
    await store.tx(tenant, (tx) => updateBatch(tx, id, { state: 'failed', fault }))
  }

  async function move(
    tenant: TenantId,
    id: string,
    from: readonly BatchRow['state'][],
    to: BatchRow['state'],
  ): Promise<BatchRow> {
    return store.tx(tenant, async (tx) => {
      const batch = await getBatch(tx, id, lockBatch)
      if (!from.includes(batch.state) || (to === 'committing' && batch.fault !== null))
        throw new Fault('import.state', { state: batch.state })
      await updateBatch(tx, id, { state: to })
      return batch
    })
  }

  return {
    ...{ fileOf, tryRead, commit, move },
    progressOf: (id) => progress.get(id),
    failInterrupted: (tenant, now) =>
      store.tx(
        tenant,
        async (tx) =>
          (
            await failInterrupted(
              tx,
              new Date(now.getTime() - PATIENCE_MS),
              [...underWay],
              sentenceOf('import.interrupted'),
            )
          ).length,
      ),
  }
}

/** A batch of another process is given so long before it counts as lost. */
const PATIENCE_MS = 30 * 60_000

/** Whose table it is: the person's unit and the columns it has. */
const senderOf = (by: Actor, sheet: Sheet) =>
  `${by.unitId ?? by.account} ${sha256(sheet.columns.join('\n')).slice(0, 16)}`

const topicsByName = async (tx: Tx) =>
  new Map((await listTopics(tx)).flatMap((topic) => [[topic.id, topic.id] as const, [topic.label, topic.id] as const]))

export const readInWorker = (path: string, kind: BatchRow['kind']) =>
  new Promise<Sheet>((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'sheet.worker.ts'), {
      workerData: { path, kind },
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
