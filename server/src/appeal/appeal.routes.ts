import { routes } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, stageWord } from '#case'
import { type BlobStore, findBlob, insertBlob } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { Fault, invalid } from '#kernel/fault'
import type { Server } from '#kernel/http'
import { pickupCode } from '#kernel/id'
import type { Store, Tx } from '#kernel/store'
import type { Tenant, TenantDirectory } from '#org'
import { getPublicNumbers, listPublicAnswers } from './appeal.sql.ts'
import type { AppealDesk } from './appeal.ts'

const WINDOW_DAYS = 30

/** What anybody may do without an account. */
export function appealRoutes(
  { serve, serveRaw }: Server,
  desk: AppealDesk,
  deps: { engine: Engine; store: Store; blobs: BlobStore; clock: Clock; directory: TenantDirectory },
): void {
  const { engine, store, blobs, clock, directory } = deps
  // The pickup code is derived, never stored: not even in the answer kept for a repeated request.
  const secrets = new Map<Tx['tenant'], Buffer>()
  serve(
    routes.fileAppeal,
    async ({ tx, by, body }) => {
      secrets.set(tx.tenant, (await directory.byId(tx.tenant)).secret)
      return desk.file(tx, body, by)
    },
    {
      withhold: (receipt) => ({ ...receipt, pickupCode: '' }),
      restore: (tx, receipt) => ({
        ...receipt,
        pickupCode: pickupCode(secrets.get(tx.tenant) ?? Buffer.alloc(0), receipt.number),
      }),
    },
  )
  serve(routes.track, ({ tx, by, params, query, request }) =>
    desk.track(tx, { ...params, ...query, address: request.ip, real: clock.real() }, by),
  )
  serve(routes.rate, async ({ tx, by, params, query, body, request }) => {
    const { number, stage, round, type } = await desk.rate(
      tx,
      { ...params, ...query, address: request.ip, real: clock.real() },
      body,
      by,
    )
    return { number, stage, round, stageLabel: stageWord(engine.typeOf({ type }), stage) }
  })
  serve(routes.publicAnswers, ({ tx, query }) => publicAnswers(tx, query))
  serve(routes.speakUp, async ({ tx, by, params, query, body, request }) => {
    const key = { ...params, ...query, address: request.ip, real: clock.real() }
    const { kase, counted } = await desk.speakUp(tx, key, body, by)
    const { number, stage, round } = kase
    return { number, stage, round, counted, stageLabel: stageWord(engine.typeOf(kase), stage) }
  })
  serve(routes.district, async ({ tx, by }) => publicDistrict(tx, await directory.byId(tx.tenant), by.at))

  serveRaw(routes.attach, async ({ tenant, by, request }) => {
    if (!request.isMultipart()) throw new Fault('file.missing')
    const part = await request.file()
    if (part === undefined) throw new Fault('file.missing')
    const file = await blobs.keepEvidence(await part.toBuffer(), part.filename)
    await store.tx(tenant, (tx) => insertBlob(tx, file, by.at))
    const { id, name, bytes, mediaType } = file
    return { id, name, bytes, mediaType }
  })
  serveRaw(routes.attachment, async ({ tenant, by, params, query, reply }) => {
    const blob = await store.tx(
      tenant,
      async (tx) => {
        const found = await findBlob(tx, params.id)
        if (!found?.attachedId) throw new Fault('file.not_found')
        const opened = query.number === undefined ? undefined : await desk.opensWith(tx, query.number, query.code ?? '')
        if (opened?.id !== found.attachedId) await engine.get(tx, found.attachedId, by)
        return found
      },
      { readOnly: true },
    )
    reply.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(blob.name)}`)
    return reply.type(blob.mediaType).header('cache-control', 'private, max-age=3600').send(blobs.read(blob))
  })
}

/** Name and public numbers of the district, over the last thirty days. */
export async function publicDistrict(tx: Tx, { name, phone, demo }: Tenant, now: Date) {
  const numbers = await getPublicNumbers(tx, now, new Date(now.getTime() - WINDOW_DAYS * 86_400_000))
  const share = (part = 0, whole = 0) => (whole === 0 ? null : Math.round((part / whole) * 1000) / 10)
  return {
    ...{ name, phone, demo },
    numbers: {
      unanswered: numbers?.unanswered ?? 0,
      received: numbers?.received ?? 0,
      onTime: share(numbers?.onTime, numbers?.dueCount),
      satisfied: share(numbers?.satisfied, numbers?.rated),
    },
  }
}

export type PublicAnswers = z.input<(typeof routes.publicAnswers)['response']>

/**
 * Published answers (公开的答复), newest first, with what was corrected since.
 * @throws Fault 'request.invalid' for a cursor that is none
 */
export async function publicAnswers(
  tx: Tx,
  { limit, cursor, number }: { limit: number; cursor?: string | undefined; number?: string },
): Promise<PublicAnswers> {
  const [at = '', id = ''] = cursor?.split('~') ?? []
  const before = cursor === undefined ? undefined : { at: new Date(at), id }
  if (before !== undefined && (Number.isNaN(before.at.getTime()) || !/^[0-9a-f-]{36}$/.test(id)))
    throw invalid('cursor', 'request.not_found')
  const rows = await listPublicAnswers(tx, { before, limit: limit + 1, ...(number !== undefined && { number }) })
  const items = rows.slice(0, limit).map(({ id: _, ...row }) => ({
    ...row,
    answeredAt: row.answeredAt.toISOString(),
    publishedAt: row.publishedAt.toISOString(),
    corrections: (row.corrections ?? []).map(({ at, reason, before }) => ({
      ...{ at: new Date(at).toISOString(), reason, before },
    })),
  }))
  const last = rows[limit - 1]
  const more = rows.length > limit && last !== undefined
  return { items, nextCursor: more ? `${last.publishedAt.toISOString()}~${last.id}` : null }
}
