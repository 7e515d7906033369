import { Readable } from 'node:stream'
import { routes, type TaskId } from '@banjie/contract'
import type { FastifyReply } from 'fastify'
import type { CalendarBook } from '#calendar'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import type { BlobStore } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import { fileFormOf } from '#kernel/form'
import type { Server } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import { readCellsInWorker } from '#ledger'
import { checkInFile, mayKeep } from '#target'
import { planChanges } from './change.ts'
import { dutyTree } from './duty-tree.ts'
import { openTask, unopenedOrders } from './order.ts'
import { readPlanFile } from './plan-file.ts'
import { importPlan } from './plan-import.ts'
import { planWorkbook, templateWorkbook } from './plan-workbook.ts'
import { linkProblem, tasksOfCase, unlinkProblem } from './problem.ts'
import { rehearse } from './slip.ts'
import { spend, voidSpending } from './spending.ts'
import { taskOf } from './task.ts'
import { decideTask, proposeTask } from './task-version.ts'

interface Deps {
  readonly engine: Engine
  readonly store: Store
  readonly blobs: BlobStore
  readonly calendars: CalendarBook
}
/** Tasks of year plans: changes, delays rehearsed, orders, problems, money. */
export function taskRoutes({ serve, serveRaw }: Server, deps: Deps): void {
  const { engine, store, blobs, calendars } = deps
  const days = (tx: Tx) => calendars.of(tx.tenant, null)
  const task = async (tx: Tx, id: TaskId, by: Actor) => taskOf(tx, engine, id, await days(tx), by)

  serve(routes.task, ({ tx, by, params }) => task(tx, params.id, by))
  serve(routes.openTask, async ({ tx, by, params }) => {
    await openTask(tx, params.id, by)
    return task(tx, params.id, by)
  })
  serve(routes.proposeTask, async ({ tx, by, params, body }) => {
    await proposeTask(tx, params.id, body, by)
    return task(tx, params.id, by)
  })
  serve(routes.approveTask, async ({ tx, by, params, body }) => {
    const decision = { version: params.version, state: 'approved' as const, note: body.note ?? null }
    await decideTask(tx, params.id, decision, await days(tx), by)
    return task(tx, params.id, by)
  })
  serve(routes.returnTask, async ({ tx, by, params, body }) => {
    const decision = { version: params.version, state: 'returned' as const, note: body.reason }
    await decideTask(tx, params.id, decision, await days(tx), by)
    return task(tx, params.id, by)
  })
  serve(routes.planChanges, async ({ tx, by }) => ({ items: await planChanges(tx, await days(tx), by) }))
  serve(routes.slip, async ({ tx, by, params, query }) => rehearse(tx, params.id, query, await days(tx), by))
  serve(routes.linkProblem, async ({ tx, by, params, body }) => {
    await linkProblem(tx, engine, params.id, body, by)
    return task(tx, params.id, by)
  })
  serve(routes.unlinkProblem, async ({ tx, by, params, body }) => {
    await unlinkProblem(tx, params.id, params.caseId, body.reason, by)
    return task(tx, params.id, by)
  })
  serve(routes.tasksOfCase, async ({ tx, by, params }) => ({ items: await tasksOfCase(tx, engine, params.id, by) }))
  serve(routes.newSpending, async ({ tx, by, params, body }) => {
    await spend(tx, params.id, body, by)
    return task(tx, params.id, by)
  })
  serve(routes.voidSpending, async ({ tx, by, params, body }) =>
    task(tx, await voidSpending(tx, params.id, body.reason, by), by),
  )
  serve(routes.dutyTree, async ({ tx, by, params }) => dutyTree(tx, params.id, await days(tx), by))
  serve(routes.taskOrders, async ({ tx, by, query }) => unopenedOrders(tx, query, await days(tx), by))

  serveRaw(routes.checkInFile, async ({ tenant, params, reply }) => {
    const blob = await store.tx(tenant, (tx) => checkInFile(tx, params.id), { readOnly: true })
    reply.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(blob.name)}`)
    return reply.type(blob.mediaType).header('cache-control', 'private, max-age=3600').send(blobs.read(blob))
  })
  serveRaw(routes.planWorkbook, async ({ tenant, params, reply }) => {
    const { name, book } = await store.tx(tenant, (tx) => planWorkbook(tx, params.id), { readOnly: true })
    return sendBook(reply, name, book)
  })
  serveRaw(routes.planTemplate, async ({ reply }) => sendBook(reply, '作战图模板.xlsx', await templateWorkbook()))
  // Reads the file before it opens a transaction: nobody waits for a spreadsheet.
  serveRaw(routes.importPlan, async ({ tenant, by, request }) => {
    if (!mayKeep(by)) throw new Fault('forbidden')
    const { fields, upload } = await fileFormOf(request)
    const file = readPlanFile(await readCellsInWorker(upload.name, upload.data))
    const calendar = await calendars.of(tenant, null)
    return store.tx(tenant, (tx) =>
      importPlan(tx, { form: fields, file, fileName: upload.name.slice(0, 200) }, calendar, by),
    )
  })
}

function sendBook(reply: FastifyReply, name: string, book: Buffer) {
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  return reply.send(Readable.from(book))
}
