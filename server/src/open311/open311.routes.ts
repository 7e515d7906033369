import { routes } from '@banjie/contract'
import type { FastifyInstance } from 'fastify'
import type { Server } from '#kernel/http'
import { type GeoReportParts, geoReport } from './geo-report.ts'
import { createDoorkeeper, issueKey, keys, revoke } from './key.ts'

export type Open311Parts = Omit<GeoReportParts, 'doorkeeper'>

/** The open interface for foreign clients, and the keys they use. */
export async function open311Routes({ serve }: Server, http: FastifyInstance, parts: Open311Parts): Promise<void> {
  serve(routes.open311Keys, async ({ tx, by }) => ({ items: [...(await keys(tx, by))] }))
  serve(routes.newOpen311Key, ({ tx, by, body }) => issueKey(tx, body, by), {
    // The secret is shown once; an answer kept for a repeated request does not hold it.
    withhold: (key) => ({ ...key, secret: '' }),
  })
  serve(routes.revokeOpen311Key, ({ tx, by, params }) => revoke(tx, params.id, by))
  await geoReport(http, { ...parts, doorkeeper: createDoorkeeper() })
}
