import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  FAULT,
  type FaultCode,
  type Import,
  type ImportId,
  type ImportMapping,
  routes,
  sentenceOf,
  type TenantId,
} from '@banjie/contract'
import type { z } from 'zod'
import { countTouched, dropBatch, type Engine, listTopics } from '#case'
import type { Actor } from '#kernel/actor'
import { stopwatch } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import { newId, sha256 } from '#kernel/id'
import type { Log } from '#kernel/log'
import type { Store, Tx } from '#kernel/store'
import {
  type BatchRow,
  type Counts,
  findBatch,
  findMapping,
  insertBatch,
  knownKeys,
  listBatches,
  lockBatch,
  rememberMapping,
  updateBatch,
} from './import.sql.ts'
import { readRows } from './import.ts'
import { guessMapping, kindOf, type Sheet } from './sheet.ts'
import { returnedWorkbook } from './workbook.ts'

export interface ImportParts {
  readonly engine: Engine
  readonly store: Store
  readonly dataDir: string
  readonly log: Log
}

const IMPORTERS = ['clerk', 'dispatcher', 'admin'] as const
const SOURCE = 'import'
const CHUNK = 400
const MOST_ERRORS = 5000

/** Tables from outside (导入): read on trial, put right, committed as one, undone as one. */
export function importRoutes({ serveRaw }: Server, parts: ImportParts): void {
  const { store, dataDir } = parts
  const progress = new Map<string, Counts>()
  const fileOf = (id: string) => join(dataDir, 'imports', id)
  const view = (batch: BatchRow): z.input<typeof Import> => {
    const { id, fileName, state, columns, mapping, errors, fault, seconds, byName, at } = batch
    return {
      id,
      fileName,
      state,
      columns,
      mapping,
      errors: errors.slice(0, 500),
      fault,
      seconds,
      by: byName,
      at: at.toISOString(),
      ...batch.counts,
      ...progress.get(id),
    }
  }
  const refuse = (by: Actor) => {
    if (!IMPORTERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  }
  async function get(tx: Tx, id: string, find = findBatch): Promise<BatchRow> {
    const batch = await find(tx, id)
    if (batch === undefined) throw new Fault('import.not_found')
    return batch
  }

  /** Reads the file on trial; if told to, commits what fits. */
  async function tryRead(
    tenant: TenantId,
    id: string,
    given: ImportMapping | undefined,
    by: Actor,
    commits: boolean,
  ): Promise<void> {
    const batch = await store.tx(tenant, (tx) => get(tx, id), { readOnly: true })
    try {
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
        const known = await knownKeys(
          tx,
          SOURCE,
          rows.map((row) => row.key),
        )
        const rejected = new Set(faults.map((fault) => fault.row)).size
        const unchanged = rows.filter((row) => known.has(row.key)).length
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
    }
  }

  async function commit(tenant: TenantId, id: string, by: Actor): Promise<void> {
    const elapsed = stopwatch()
    try {
      const { kind, mapping } = await store.tx(tenant, (tx) => get(tx, id), { readOnly: true })
      const sheet = await readInWorker(fileOf(id), kind)
      await store.tx(tenant, async (tx) => {
        // One transaction for the whole batch: it is all there or not at all.
        const batch = await get(tx, id, lockBatch)
        const { rows } = readRows(sheet, mapping, await topicsByName(tx))
        const known = await knownKeys(
          tx,
          SOURCE,
          rows.map((row) => row.key),
        )
        const fresh = rows.filter((row) => !known.has(row.key))
        for (let i = 0; i < fresh.length; i += CHUNK) {
          const openings = fresh
            .slice(i, i + CHUNK)
            .map((row) => ({ ...row.opening, source: { name: SOURCE, key: row.key, batchId: id } }))
          await parts.engine.open(tx, openings, by)
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
      const done = await store.tx(tenant, (tx) => get(tx, id), { readOnly: true })
      if (done.counts.rejected === 0) await rm(fileOf(id), { force: true })
    } catch (error) {
      await giveUp(tenant, id, error)
    } finally {
      progress.delete(id)
    }
  }

  async function giveUp(tenant: TenantId, id: string, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : ''
    const isKnown = error instanceof Fault || Object.hasOwn(FAULT, message)
    if (!isKnown) parts.log.error({ err: error, batch: id }, 'import failed')
    const fault =
      error instanceof Fault ? error.message : sentenceOf(isKnown ? (message as FaultCode) : 'file.unreadable')
    await store.tx(tenant, (tx) => updateBatch(tx, id, { state: 'failed', fault }))
  }

  serveRaw(routes.newImport, async ({ tenant, by, request }) => {
    refuse(by)
    if (!request.isMultipart()) throw new Fault('file.missing')
    const id = newId<ImportId>()
    await mkdir(join(dataDir, 'imports'), { recursive: true, mode: 0o700 })
    const form: Record<string, string> = {}
    let file: { name: string; data: Buffer } | undefined
    for await (const part of request.parts({ limits: { fileSize: 50 * 1024 * 1024 } })) {
      if (part.type === 'file') file = { name: part.filename, data: await part.toBuffer() }
      else form[part.fieldname] = String(part.value)
    }
    if (file === undefined || file.data.length === 0) throw new Fault('file.missing')
    const kind = kindOf(file.name, file.data.subarray(0, 512))
    if (kind === undefined) throw new Fault('import.kind')
    await writeFile(fileOf(id), file.data, { mode: 0o600 })
    const mapping = form['mapping'] ? (JSON.parse(form['mapping']) as ImportMapping) : undefined
    await store.tx(tenant, (tx) =>
      insertBatch(tx, {
        id,
        fileName: file.name.slice(0, 200),
        sha256: sha256(file.data),
        kind,
        byName: by.name,
        byPerson: by.personId,
        at: by.at,
        mapping: mapping ?? {},
      }),
    )
    void tryRead(tenant, id, mapping, by, form['dryRun'] === 'false')
    return { id }
  })
  serveRaw(routes.remapImport, async ({ tenant, by, params, body }) => {
    refuse(by)
    await move(tenant, params.id, ['ready', 'failed'], 'reading')
    void tryRead(tenant, params.id, body.mapping, by, false)
    return { id: params.id }
  })
  serveRaw(routes.imports, async ({ tenant, by }) => {
    refuse(by)
    return { items: (await store.tx(tenant, listBatches, { readOnly: true })).map(view) }
  })
  serveRaw(routes.getImport, async ({ tenant, by, params }) => {
    refuse(by)
    return view(await store.tx(tenant, (tx) => get(tx, params.id), { readOnly: true }))
  })
  serveRaw(routes.commitImport, async ({ tenant, by, params }) => {
    refuse(by)
    const batch = await move(tenant, params.id, ['ready'], 'committing')
    void commit(tenant, params.id, by)
    return view({ ...batch, state: 'committing' })
  })
  serveRaw(routes.undoImport, async ({ tenant, by, params }) => {
    refuse(by)
    return store.tx(tenant, async (tx) => {
      const batch = await get(tx, params.id, lockBatch)
      if (batch.state !== 'done') throw new Fault('import.state', { state: batch.state })
      const touched = await countTouched(tx, params.id)
      if (touched > 0) throw new Fault('import.touched', { count: touched })
      await dropBatch(tx, params.id)
      await updateBatch(tx, params.id, { state: 'undone' })
      return view({ ...batch, state: 'undone' })
    })
  })
  serveRaw(routes.returnedImport, async ({ tenant, by, params, reply }) => {
    refuse(by)
    const batch = await store.tx(tenant, (tx) => get(tx, params.id), { readOnly: true })
    const there = await open(fileOf(params.id)).then(
      (file) => file.close().then(() => true),
      () => false,
    )
    if (!there) throw new Fault('file.not_found')
    const book = await returnedWorkbook(fileOf(params.id), batch.kind, batch.errors, () =>
      readInWorker(fileOf(params.id), batch.kind),
    )
    reply.header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(`退回-${batch.fileName.replace(/\.\w+$/, '')}.xlsx`)}`,
    )
    return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(book)
  })

  async function move(
    tenant: TenantId,
    id: string,
    from: readonly BatchRow['state'][],
    to: BatchRow['state'],
  ): Promise<BatchRow> {
    return store.tx(tenant, async (tx) => {
      const batch = await get(tx, id, lockBatch)
      if (!from.includes(batch.state) || (to === 'committing' && batch.fault !== null))
        throw new Fault('import.state', { state: batch.state })
      await updateBatch(tx, id, { state: to })
      return batch
    })
  }
}

/** Whose table it is: the person's unit and the columns it has. */
const senderOf = (by: Actor, sheet: Sheet) =>
  `${by.unitId ?? by.account} ${sha256(sheet.columns.join('\n')).slice(0, 16)}`

const topicsByName = async (tx: Tx) =>
  new Map((await listTopics(tx)).flatMap((topic) => [[topic.id, topic.id] as const, [topic.label, topic.id] as const]))

const readInWorker = (path: string, kind: BatchRow['kind']) =>
  new Promise<Sheet>((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'sheet.worker.ts'), {
      workerData: { path, kind },
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
