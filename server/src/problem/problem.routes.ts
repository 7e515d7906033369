import type { Readable } from 'node:stream'
import { routes } from '@banjie/contract'
import type { FastifyReply } from 'fastify'
import { type Engine, sightOf } from '#case'
import type { Server } from '#kernel/http'
import type { Store } from '#kernel/store'
import { brokenCommitments } from './broken-commitment.ts'
import { coverage, draftCommitment } from './commitment.ts'
import { match, readCrosswalk, unmatch } from './crosswalk.ts'
import { delist, enlist } from './enlist.ts'
import { createGoal, readGoals } from './goal.ts'
import { historyOf } from './history.ts'
import { getItem, type MeToo } from './item.ts'
import { createList, editList, getList, readLists, turnList } from './list.ts'
import { orderSelfCheck, readSelfChecks } from './self-check.ts'
import { readList } from './snapshot.ts'
import { crosswalkWorkbook, listWorkbook } from './workbook.ts'

/**
 * Lists of problems of every kind: their items, commitments, crosswalks, self-checks and goals.
 * @param meToo how often others said “me too” (同感)
 */
export function problemRoutes({ serve, serveRaw }: Server, engine: Engine, store: Store, meToo: MeToo): void {
  serve(routes.problemLists, async ({ tx, by, query }) => ({ items: await readLists(tx, by, query) }))
  serve(routes.newProblemList, ({ tx, by, body }) => createList(tx, body, by))
  serve(routes.problemList, ({ tx, by, params, query }) => readList(tx, engine, { ...params, ...query }, by, meToo))
  serve(routes.editProblemList, ({ tx, by, params, body }) => editList(tx, params.id, body, by))
  serve(routes.turnProblemList, ({ tx, by, params, body }) => turnList(tx, params, body, by))
  serve(routes.listHistory, async ({ tx, by, params }) => {
    await getList(tx, params.id, by)
    return { items: await historyOf(tx, params.id, { until: by.at, open: sightOf(by).kind !== 'all' }) }
  })
  serve(routes.enlist, async ({ tx, by, params, body }) => {
    const kase = await enlist(tx, engine, params.id, body, by)
    return getItem(tx, engine, { listId: params.id, id: kase.id, by }, meToo)
  })
  serve(routes.delist, ({ tx, by, params, body }) => delist(tx, engine, { ...params, ...body }, by))

  serve(routes.commit, ({ tx, by, params, body }) => draftCommitment(tx, engine, { listId: params.id, ...body }, by))
  serve(routes.listCommitments, ({ tx, by, params }) => coverage(tx, engine, params.id, by))
  serve(routes.commitmentCoverage, ({ tx, by }) => coverage(tx, engine, undefined, by))
  serve(routes.brokenCommitments, ({ tx, by, query }) => brokenCommitments(tx, engine, query, by))

  serve(routes.crosswalk, ({ tx, by, params, query }) => readCrosswalk(tx, engine, { ...params, ...query }, by))
  serve(routes.match, ({ tx, by, params, body }) => match(tx, { ...params, ...body }, by))
  serve(routes.unmatch, ({ tx, by, params, body }) => unmatch(tx, { ...params, ...body }, by))
  serve(routes.orderSelfCheck, ({ tx, by, params, body }) => orderSelfCheck(tx, engine, { ...params, ...body }, by))
  serve(routes.selfChecks, ({ tx, by, params }) => readSelfChecks(tx, engine, params.id, by))
  serve(routes.goals, async ({ tx, by }) => ({ items: await readGoals(tx, by) }))
  serve(routes.newGoal, ({ tx, by, body }) => createGoal(tx, body, by))

  serveRaw(routes.listWorkbook, async ({ tenant, by, params, query, reply }) => {
    const view = await store.tx(tenant, (tx) => readList(tx, engine, { ...params, ...query }, by), { readOnly: true })
    return sendBook(reply, `${view.list.title}.xlsx`, await listWorkbook(view))
  })
  serveRaw(routes.crosswalkWorkbook, async ({ tenant, by, params, query, reply }) => {
    const wanted = { ...params, ...query }
    const walk = await store.tx(tenant, (tx) => readCrosswalk(tx, engine, wanted, by), { readOnly: true })
    return sendBook(reply, `${walk.superior.title}对照表.xlsx`, await crosswalkWorkbook(walk))
  })
}

function sendBook(reply: FastifyReply, name: string, book: Readable) {
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  return reply.send(book)
}
