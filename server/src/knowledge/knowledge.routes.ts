import { routes } from '@banjie/contract'
import { type Engine, queryGrams } from '#case'
import type { Server } from '#kernel/http'
import { dayOf, type TenantDirectory } from '#org'
import { approveEntry, draftEntry, entryFromCase, returnEntry, reviseEntry, withdrawEntry } from './keep.ts'
import { listEntries } from './knowledge.sql.ts'
import { lookUp, vote } from './offered.ts'
import { entryView, fileView, stateOf } from './view.ts'

/** The knowledge base: looked up by staff and by everybody, kept by its owners. */
export function knowledgeRoutes({ serve }: Server, engine: Engine, directory: TenantDirectory): void {
  serve(routes.knowledge, async ({ tx, by, query }) => ({ items: await lookUp(tx, query, by, false) }))
  serve(routes.publicKnowledge, async ({ tx, by, query }) => ({ items: await lookUp(tx, query, by, true) }))
  serve(routes.voteKnowledge, async ({ tx, by, params, body, request }) => {
    const { secret } = await directory.byId(tx.tenant)
    const device = { secret, address: request.ip, agent: String(request.headers['user-agent'] ?? '') }
    const { useful, useless } = await vote(tx, params.id, body.useful, device, by)
    return { useful, useless }
  })
  serve(routes.knowledgeEntries, async ({ tx, by, query }) => {
    const entries = await listEntries(tx, { grams: query.q === undefined ? [] : queryGrams(query.q) })
    const wanted = entries.filter((entry) => query.state === undefined || stateOf(entry, dayOf(by.at)) === query.state)
    return { items: wanted.map((entry) => entryView(entry, by)) }
  })
  serve(routes.knowledgeEntry, ({ tx, by, params }) => fileView(tx, params.id, by))
  serve(routes.newKnowledge, async ({ tx, by, body }) => fileView(tx, await draftEntry(tx, body, by), by))
  serve(routes.reviseKnowledge, async ({ tx, by, params, body }) => {
    await reviseEntry(tx, params.id, body, by)
    return fileView(tx, params.id, by)
  })
  serve(routes.approveKnowledge, async ({ tx, by, params, body }) => {
    await approveEntry(tx, engine, params.id, body.note, by)
    return fileView(tx, params.id, by)
  })
  serve(routes.returnKnowledge, async ({ tx, by, params, body }) => {
    await returnEntry(tx, params.id, body.reason, by)
    return fileView(tx, params.id, by)
  })
  serve(routes.withdrawKnowledge, async ({ tx, by, params, body }) => {
    await withdrawEntry(tx, engine, params.id, body.reason, by)
    return fileView(tx, params.id, by)
  })
  serve(routes.knowledgeFromCase, async ({ tx, by, params, body }) =>
    fileView(tx, await entryFromCase(tx, engine, params.id, body, by), by),
  )
}
