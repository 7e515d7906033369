import { Channel, Day, DriveId } from '@banjie/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Engine } from '#case'
import { publicChannels, publicDrive, publicDrives, publicRows, type RowFilter } from '#channel'
import { Fault } from '#kernel/fault'
import { cameBy } from './came-by.ts'
import type { Door } from './door.ts'
import { channelsPage, drivePage, driveRowsPage, drivesPage } from './listening-page.ts'

/** The public pages of listening (公开的渠道与征集): the channels that are open, and what the drives brought. */
export function listeningPages(
  http: FastifyInstance,
  { engine, read }: Pick<Door, 'read'> & { readonly engine: Pick<Engine, 'typeOf'> },
): void {
  const hidden = { schema: { hide: true } }
  http.get('/open/channels', hidden, (request, reply) =>
    read(request, reply, async (tx, now) => ['反映渠道', channelsPage(await publicChannels(tx, now))]),
  )
  http.get('/open/drives', hidden, (request, reply) =>
    read(request, reply, async (tx) => ['集中征集', drivesPage(await publicDrives(tx))]),
  )
  http.get<{ Params: { id: string } }>('/open/drives/:id', hidden, (request, reply) =>
    read(request, reply, async (tx) => {
      const drive = await publicDrive(tx, engine, driveIn(request))
      return [drive.title, drivePage(drive, cameBy(request))]
    }),
  )
  http.get('/open/drives/:id/rows', hidden, (request, reply) =>
    read(request, reply, async (tx) => {
      const query = wordsOf(request.query)
      const { page = '1', ...filter } = query
      const rows = await publicRows(tx, driveIn(request), filterOf(filter), Math.max(1, Math.floor(Number(page)) || 1))
      return [`${rows.drive.title}：${rows.total} 条`, driveRowsPage(rows, filter)]
    }),
  )
}

/** @throws Fault 'drive.not_found' for what is no id */
function driveIn(request: FastifyRequest): DriveId {
  const id = DriveId.safeParse((request.params as { id: string }).id)
  if (!id.success) throw new Fault('drive.not_found')
  return id.data
}

/** What an address asks for; the same name twice counts once. */
const wordsOf = (query: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query as Record<string, unknown>).flatMap(([key, value]) =>
      typeof value === 'string' && value.length <= MOST ? [[key, value]] : [],
    ),
  )
const MOST = 300
const ANSWERED = { yes: 'answered', no: 'unanswered', withdrawn: 'withdrawn' } as const

/** What is not understood matters nothing: a page for everybody answers with rows, not with a refusal. */
function filterOf({ channel, sheet, problem, merged, aspect, answered, day }: Record<string, string>): RowFilter {
  const kinds = channel?.split(',').filter((kind): kind is Channel => Channel.safeParse(kind).success)
  return {
    ...{ kinds, problem, aspect, fromSheet: sheet === 'any' ? true : undefined },
    ...{ merged: merged === undefined ? undefined : merged === 'yes', day: Day.safeParse(day).data },
    state: ANSWERED[answered as keyof typeof ANSWERED],
  }
}
