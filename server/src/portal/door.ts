import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#kernel/actor'
import type { Gate } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import type { Tenant, TenantDirectory } from '#org'
import { cameBy } from './came-by.ts'
import type { Html } from './html.ts'
import { page } from './page.ts'

/** How somebody comes in and what stands around every page (门口). */
export interface Door {
  /** The district that was asked, and who asks. */
  enter(request: FastifyRequest): Promise<{ tenant: Tenant; by: Actor }>
  show(request: FastifyRequest, reply: FastifyReply, tenant: Tenant, title: string, content: Html): FastifyReply
  /** A page that is only read, in one transaction of the district that was asked. */
  read(
    request: FastifyRequest,
    reply: FastifyReply,
    content: (tx: Tx, now: Date) => Promise<readonly [title: string, content: Html]>,
  ): Promise<FastifyReply>
}

const ELDER_SECONDS = 365 * 86_400

export function openDoor({
  directory,
  gate,
  store,
}: {
  readonly directory: TenantDirectory
  readonly gate: Gate
  readonly store: Store
}): Door {
  const enter: Door['enter'] = async (request) => {
    const tenant = await directory.byId(await gate.tenantOf(request))
    return { tenant, by: await gate.actorOf(request, tenant.id) }
  }
  return {
    enter,
    show,
    async read(request, reply, content) {
      const { tenant, by } = await enter(request)
      const [title, body] = await store.tx(tenant.id, (tx) => content(tx, by.at), { readOnly: true })
      return show(request, reply, tenant, title, body)
    },
  }
}

/** The choice of large type is remembered; nothing else is. */
function show(request: FastifyRequest, reply: FastifyReply, tenant: Tenant, title: string, content: Html) {
  const asked = (request.query as Record<string, string> | undefined)?.['elder']
  if (asked !== undefined)
    reply.setCookie('elder', asked === '1' ? '1' : '0', { path: '/', maxAge: ELDER_SECONDS, sameSite: 'lax' })
  const elder = (asked ?? request.cookies['elder']) === '1'
  const frame = { district: tenant.name, phone: tenant.phone, demo: tenant.demo, elder, ...cameBy(request) }
  return reply.type('text/html; charset=utf-8').send(page(frame, title, content))
}
