import { DriveId } from '@banjie/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Engine } from '#case'
import { publicChannels, publicDrive, publicDrives } from '#channel'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import type { Html } from './html.ts'
import { channelsPage, drivePage, drivesPage } from './listening-page.ts'

/** How a page is shown: reads in a transaction of the tenant that was asked, and puts the frame around. */
export type ShowPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  content: (tx: Tx, now: Date) => Promise<readonly [title: string, content: Html]>,
) => Promise<unknown>

/** The public pages of listening (公开的渠道与征集): the channels that are open, and what the drives brought. */
export function listeningPages(
  http: FastifyInstance,
  { engine, show }: { readonly engine: Pick<Engine, 'typeOf'>; readonly show: ShowPage },
): void {
  const hidden = { schema: { hide: true } }
  http.get('/open/channels', hidden, (request, reply) =>
    show(request, reply, async (tx, now) => ['反映渠道', channelsPage(await publicChannels(tx, now))]),
  )
  http.get('/open/drives', hidden, (request, reply) =>
    show(request, reply, async (tx) => ['集中征集', drivesPage(await publicDrives(tx))]),
  )
  http.get<{ Params: { id: string } }>('/open/drives/:id', hidden, (request, reply) =>
    show(request, reply, async (tx) => {
      const id = DriveId.safeParse((request.params as { id: string }).id)
      if (!id.success) throw new Fault('drive.not_found')
      const drive = await publicDrive(tx, engine, id.data)
      return [drive.title, drivePage(drive)]
    }),
  )
}
