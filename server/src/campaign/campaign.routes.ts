import { type CampaignId, routes } from '@banjie/contract'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { fileFormOf } from '#kernel/form'
import type { Server } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import { readCellsInWorker } from '#ledger'
import { visitsOf } from '#liaison'
import { dayOf } from '#org'
import { listCampaigns } from './campaign.sql.ts'
import { listCounted, listSubjects, type SubjectState, type VisitWindow } from './coverage.sql.ts'
import { campaignsOfCase } from './of-case.ts'
import { publishResult } from './result.ts'
import { extendScope, leaveScope } from './scope.ts'
import { readScopeFile } from './scope-file.ts'
import { importScope } from './scope-import.ts'
import { amendCampaign, startCampaign } from './start.ts'
import { tagCases, tagsOn, untagCase } from './tag.ts'
import { campaignOf, getCampaign, problemsOf, rowOf, rowsOf } from './view.ts'
import { campaignWorkbook } from './workbook.ts'

const FILE_BYTES = 5 * 1024 * 1024
const MOST_EXPORTED = 20_000

/** Campaigns and special rectifications (专项活动、专项整治). */
export function campaignRoutes({ serve, serveRaw }: Server, engine: Engine, store: Store): void {
  serve(routes.campaigns, async ({ tx, by, query }) => {
    const rows = await rowsOf(tx, await listCampaigns(tx, {}, dayOf(by.at)), by)
    const fits = (row: (typeof rows)[number]) =>
      (query.state === undefined || row.state === query.state) && (query.kind === undefined || row.kind === query.kind)
    return { items: rows.filter(fits) }
  })
  serve(routes.newCampaign, async ({ tx, by, body }) => campaignOf(tx, await startCampaign(tx, body, by), by))
  serve(routes.campaignTags, async ({ tx, by, query }) => ({ items: await tagsOn(tx, query, by) }))
  serve(routes.campaign, ({ tx, by, params }) => campaignOf(tx, params.id, by))
  serve(routes.amendCampaign, async ({ tx, by, params, body }) => {
    await amendCampaign(tx, params.id, body, by)
    return campaignOf(tx, params.id, by)
  })
  serve(routes.extendCampaignScope, async ({ tx, by, params, body }) => {
    await extendScope(tx, params.id, body, by)
    return rowOf(tx, params.id, by)
  })
  serve(routes.leaveCampaignScope, async ({ tx, by, params, body }) => {
    await leaveScope(tx, params.id, body, by)
    return rowOf(tx, params.id, by)
  })
  // Reads the file before it opens a transaction: nobody waits for a spreadsheet.
  serveRaw(routes.importCampaignScope, async ({ tenant, by, params, request }) => {
    const upload = (await fileFormOf(request, FILE_BYTES)).upload
    const lines = readScopeFile(await readCellsInWorker(upload.name, upload.data))
    return store.tx(tenant, (tx) => importScope(tx, params.id, lines, by))
  })
  serve(routes.campaignSubjects, ({ tx, by, params, query }) =>
    subjectsOf(tx, { id: params.id, state: query.state }, by),
  )
  serve(routes.campaignProblems, async ({ tx, by, params, query }) => {
    await getCampaign(tx, params.id, by)
    return problemsOf(tx, engine, { id: params.id, state: query.state }, by)
  })
  serve(routes.campaignVisits, ({ tx, by, params, query }) => countedOf(tx, engine, { id: params.id, ...query }, by))
  serve(routes.tagCampaignCase, async ({ tx, by, params, body }) => {
    await tagCases(tx, { id: params.id, numbers: body.numbers }, by)
    return problemsOf(tx, engine, params, by)
  })
  serve(routes.untagCampaignCase, async ({ tx, by, params, body }) => {
    await untagCase(tx, { ...params, reason: body.reason }, by)
    return problemsOf(tx, engine, { id: params.id }, by)
  })
  serve(routes.caseCampaigns, ({ tx, by, params }) => campaignsOfCase(tx, engine, params.id, by))
  serve(routes.newCampaignResult, ({ tx, by, params, body }) => publishResult(tx, params.id, body, by))
  serveRaw(routes.campaignWorkbook, async ({ tenant, by, params: { id }, reply }) => {
    const book = await store.tx(tenant, async (tx) => {
      const campaign = await campaignOf(tx, id, by)
      const note = `${campaign.title} 导出`
      await audit(tx, by, { action: 'campaign.export', objectKind: 'campaign', objectId: id, note })
      const all = { id, most: MOST_EXPORTED }
      return {
        campaign,
        subjects: whole(await subjectsOf(tx, all, by)),
        problems: whole(await problemsOf(tx, engine, all, by)),
        visits: whole(await countedOf(tx, engine, all, by)),
      }
    })
    reply.header('content-disposition', 'attachment; filename="campaign.xlsx"')
    reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    return reply.send(await campaignWorkbook(book, by.at))
  })
}

/** Every row of a list, for a file that says it is whole. @throws Fault 'export.too_many' */
function whole<T>({ items, total }: { readonly items: T[]; readonly total: number }): T[] {
  if (items.length < total) throw new Fault('export.too_many', { max: MOST_EXPORTED })
  return items
}

/** Whom a campaign is to reach. @throws Fault 'campaign.not_found' */
async function subjectsOf(
  tx: Tx,
  { id, ...wanted }: { readonly id: CampaignId; readonly state?: SubjectState | undefined; readonly most?: number },
  by: Actor,
) {
  await getCampaign(tx, id, by)
  const rows = await listSubjects(tx, id, wanted, dayOf(by.at))
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** The visits that count for a campaign, as far as they are shown. @throws Fault 'campaign.not_found' */
async function countedOf(
  tx: Tx,
  engine: Engine,
  { id, most, ...window }: VisitWindow & { readonly id: CampaignId; readonly most?: number },
  by: Actor,
) {
  await getCampaign(tx, id, by)
  const rows = await listCounted(tx, id, window, most)
  const visits = await visitsOf(tx, engine, { ids: rows.map((row) => row.id) }, by)
  return { items: visits, total: rows[0]?.total ?? 0 }
}
