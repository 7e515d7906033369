import { routes } from '@banjie/contract'
import type { BlobStore } from '#kernel/blob'
import type { Server } from '#kernel/http'
import type { Store } from '#kernel/store'
import { dayOf } from '#org'
import { listTenures } from './bond.sql.ts'
import { fourOnesOn, putQuota } from './four-ones.ts'
import { liaisonGaps } from './gap.ts'
import { heldOn } from './keeper.ts'
import { approveNormalTrack, askNormalTrack, returnNormalTrack, tracksOf } from './normal-track.ts'
import { setPipeline, type TargetParts, targetOf } from './target.ts'
import { visitFile, visitRoles } from './visit.ts'

interface Parts extends TargetParts {
  readonly store: Store
  readonly blobs: BlobStore
}

/** Liaison to its end: roles, quotas, the normal track, what nobody answers for. */
export function liaisonRoutes({ serve, serveRaw }: Server, { engine, book, store, blobs }: Parts): void {
  serve(routes.visitRoles, async ({ tx, by, query: { unit, ...span } }) => {
    const tenures = unit === undefined ? undefined : await listTenures(tx, { units: [unit] })
    const of = tenures?.filter((one) => heldOn(one, dayOf(by.at))).map(({ personId }) => personId)
    return { items: await visitRoles(tx, span, of, by) }
  })
  serveRaw(routes.visitAttachment, async ({ tenant, by, params, reply }) => {
    const file = await store.tx(tenant, (tx) => visitFile(tx, engine, params.id, params.blob, by), { readOnly: true })
    reply.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    return reply.type(file.mediaType).header('cache-control', 'private, max-age=3600').send(blobs.read(file))
  })
  serve(routes.askNormalTrack, ({ tx, by, params, body }) => askNormalTrack(tx, params.id, body, by))
  serve(routes.normalTracks, async ({ tx, by, query }) => ({ items: await tracksOf(tx, query, by) }))
  serve(routes.approveNormalTrack, async ({ tx, by, params }) =>
    approveNormalTrack(tx, params.id, await book.of(tx.tenant, null), by),
  )
  serve(routes.returnNormalTrack, ({ tx, by, params, body }) => returnNormalTrack(tx, params.id, body.reason, by))
  serve(routes.setPipeline, async ({ tx, by, params, body }) => {
    await setPipeline(tx, params.id, body.pipeline, by)
    return targetOf(tx, { engine, book }, params.id, by)
  })
  serve(routes.fourOnes, ({ tx, by, query }) => fourOnesOn(tx, query.on ?? dayOf(by.at), by))
  serve(routes.newFourOnesQuota, ({ tx, by, body }) => putQuota(tx, body, by))
  serve(routes.liaisonGaps, async ({ tx, by, query }) => ({ items: await liaisonGaps(tx, query.days, by) }))
}
