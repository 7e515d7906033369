import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '#kernel/fault'

/** The desk's files (工作台) under /w/: hashed ones for a year, the page itself asked for each time. */
export async function serveDesk(http: FastifyInstance, root: string): Promise<void> {
  await http.register(fastifyStatic, {
    root,
    prefix: '/w/',
    wildcard: false,
    index: false,
    maxAge: '1y',
    immutable: true,
  })
  const shell = (request: FastifyRequest, reply: FastifyReply) => {
    if (request.url.startsWith('/w/assets/')) throw new Fault('request.not_found')
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false })
  }
  http.get('/w', { schema: { hide: true } }, (_, reply) => reply.redirect('/w/'))
  http.get('/w/*', { schema: { hide: true } }, shell)
}
