import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Import, type ImportId, ImportMapping, routes } from '@banjie/contract'
import type { z } from 'zod'
import { countTouched, dropBatch } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { fileFormOf } from '#kernel/form'
import type { Server } from '#kernel/http'
import { newId, sha256 } from '#kernel/id'
import type { Store } from '#kernel/store'
import { type BatchRow, insertBatch, listBatches, lockBatch, updateBatch } from './import.sql.ts'
import { getBatch, type Importer, readInWorker } from './importer.ts'
import { kindOf } from './sheet.ts'
import { returnedWorkbook } from './workbook.ts'

const FILE_BYTES = 50 * 1024 * 1024
const IMPORTERS = ['clerk', 'dispatcher', 'admin'] as const

/** Tables from outside (导入): read on trial, put right, committed as one, undone as one. */
export function importRoutes({ serveRaw }: Server, importer: Importer, store: Store, dataDir: string): void {
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
      ...importer.progressOf(id),
    }
  }
  const refuse = (by: Actor) => {
    if (!IMPORTERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  }

  serveRaw(routes.newImport, async ({ tenant, by, request }) => {
    refuse(by)
    const { fields, upload: file } = await fileFormOf(request, FILE_BYTES)
    const id = newId<ImportId>()
    await mkdir(join(dataDir, 'imports'), { recursive: true, mode: 0o700 })
    const kind = kindOf(file.name, file.data.subarray(0, 512))
    if (kind === undefined) throw new Fault('import.kind')
    await writeFile(importer.fileOf(id), file.data, { mode: 0o600 })
    const mapping = mappingOf(fields['mapping'])
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
    void importer.tryRead(tenant, id, mapping, by, fields['dryRun'] === 'false')
    return { id }
  })
  serveRaw(routes.remapImport, async ({ tenant, by, params, body }) => {
    refuse(by)
    await importer.move(tenant, params.id, ['ready', 'failed'], 'reading')
    void importer.tryRead(tenant, params.id, body.mapping, by, false)
    return { id: params.id }
  })
  serveRaw(routes.imports, async ({ tenant, by }) => {
    refuse(by)
    return { items: (await store.tx(tenant, listBatches, { readOnly: true })).map(view) }
  })
  serveRaw(routes.getImport, async ({ tenant, by, params }) => {
    refuse(by)
    return view(await store.tx(tenant, (tx) => getBatch(tx, params.id), { readOnly: true }))
  })
  serveRaw(routes.commitImport, async ({ tenant, by, params }) => {
    refuse(by)
    const batch = await importer.move(tenant, params.id, ['ready'], 'committing')
    void importer.commit(tenant, params.id, by)
    return view({ ...batch, state: 'committing' })
  })
  serveRaw(routes.undoImport, async ({ tenant, by, params }) => {
    refuse(by)
    return store.tx(tenant, async (tx) => {
      const batch = await getBatch(tx, params.id, lockBatch)
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
    const batch = await store.tx(tenant, (tx) => getBatch(tx, params.id), { readOnly: true })
    const there = await open(importer.fileOf(params.id)).then(
      (file) => file.close().then(() => true),
      () => false,
    )
    if (!there) throw new Fault('file.not_found')
    const book = await returnedWorkbook(importer.fileOf(params.id), batch.kind, batch.errors, () =>
      readInWorker(importer.fileOf(params.id), batch.kind),
    )
    reply.header(
      'content-disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(`退回-${batch.fileName.replace(/\.\w+$/, '')}.xlsx`)}`,
    )
    return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(book)
  })
}

/** @throws Fault request.malformed_json, request.invalid */
function mappingOf(text: string | undefined): ImportMapping | undefined {
  if (!text) return undefined
  try {
    return ImportMapping.parse(JSON.parse(text))
  } catch {
    throw new Fault('request.malformed_json')
  }
}
