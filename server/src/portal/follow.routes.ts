import { NewMeToo, NewSubscription } from '@banjie/contract'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import type { Store } from '#kernel/store'
import type { NoticeDesk } from '#notice'
import type { Door } from './door.ts'
import { confirmPage, followedPage, followFaultPage, joinedPage, joinPage } from './follow-page.ts'
import { refuseStale, tokenOf } from './form.ts'

interface FollowParts extends Door {
  readonly store: Store
  readonly notices: NoticeDesk
  readonly clock: Clock
}
type Body = Readonly<Record<string, string | undefined>> | undefined

/** One field takes both: what has an @ is an e-mail address. */
const contactOf = (typed: string) => (typed.includes('@') ? { email: typed } : { phone: typed })
const LIMITED = { schema: { hide: true }, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }

/** Tell me when there is news, and me too (关注与同感); complete without JavaScript. */
export function followPages(http: FastifyInstance, parts: FollowParts): void {
  followNumber(http, parts)
  links(http, parts)
  same(http, parts)
}

function followNumber(http: FastifyInstance, { notices, clock, enter, show }: FollowParts): void {
  http.post<{ Params: { number: string }; Querystring: Record<string, string>; Body: Body }>(
    '/q/:number/follow',
    LIMITED,
    async (request, reply) => {
      const { tenant, by } = await enter(request)
      const { number } = request.params
      const code = request.query['code'] ?? ''
      const typed = request.body?.['contact'] ?? ''
      try {
        refuseStale(tenant, clock, request.body?.['token'])
        const input = parse(NewSubscription, contactOf(typed))
        const key = { number, code, address: request.ip, real: clock.real() }
        const { state } = await notices.subscribe(tenant.id, key, input, by)
        const said = state === 'unconfirmed' ? 'confirmMail' : 'follows'
        return reply.redirect(`/q/${encodeURIComponent(number)}?code=${encodeURIComponent(code)}&said=${said}`, 303)
      } catch (error) {
        if (!(error instanceof Fault) || error.code.startsWith('track.')) throw error
        const key = { number, code, token: tokenOf(tenant, clock) }
        return show(request, reply.code(error.status), tenant, '关注进展', followFaultPage(key, typed, wordsOf(error)))
      }
    },
  )
}

/** What the one field says; the two of the contract are one here. */
const wordsOf = ({ code, message }: Fault) =>
  code === 'import.phone_invalid' || code === 'subscription.one_address'
    ? '请填写完整的手机号，或带 @ 的邮箱地址。'
    : message

/** The links in a mail. */
function links(http: FastifyInstance, { store, notices, enter, show }: FollowParts): void {
  // A mail program asks for the head of a link to see whether it is safe; that must not unsubscribe.
  const hidden = { schema: { hide: true }, exposeHeadRoute: false }
  http.get<{ Params: { token: string } }>('/follow/:token', hidden, async (request, reply) => {
    const { tenant } = await enter(request)
    const { token } = request.params
    const purpose = token.startsWith('c') ? 'confirm' : 'manage'
    const followed = await store.tx(tenant.id, (tx) => notices.look(tx, purpose, token))
    return show(
      request,
      reply,
      tenant,
      '关注进展',
      purpose === 'confirm' ? confirmPage(followed, token) : followedPage(followed),
    )
  })
  http.post<{ Params: { token: string } }>('/follow/:token', LIMITED, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const { token } = request.params
    const followed = await store.tx(tenant.id, async (tx) => {
      await notices.confirm(tx, token, by)
      return notices.look(tx, 'confirm', token)
    })
    return show(request, reply, tenant, '关注进展', followedPage(followed))
  })
  http.get<{ Params: { token: string } }>('/follow/:token/leave', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const { token } = request.params
    const followed = await store.tx(tenant.id, async (tx) => {
      await notices.end(tx, token, by)
      return notices.look(tx, 'manage', token)
    })
    return show(request, reply, tenant, '已退订', followedPage(followed))
  })
  http.post<{ Params: { token: string } }>('/follow/:token/resume', LIMITED, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const { token } = request.params
    await store.tx(tenant.id, (tx) => notices.resume(tx, token, by))
    return reply.redirect(`/follow/${encodeURIComponent(token)}`, 303)
  })
}

function same(http: FastifyInstance, { store, notices, clock, enter, show }: FollowParts): void {
  http.get<{ Params: { number: string } }>('/same/:number', { schema: { hide: true } }, async (request, reply) => {
    const { tenant } = await enter(request)
    const one = await store.tx(tenant.id, (tx) => notices.joinable(tx, request.params.number), { readOnly: true })
    return show(request, reply, tenant, '我也遇到了', joinPage(one, { token: tokenOf(tenant, clock) }))
  })
  http.post<{ Params: { number: string }; Body: Body }>('/same/:number', LIMITED, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const { number } = request.params
    const typed = request.body?.['contact']?.trim() ?? ''
    try {
      refuseStale(tenant, clock, request.body?.['token'])
      const { contact } = parse(NewMeToo, typed === '' ? {} : { contact: contactOf(typed) })
      const joined = await store.tx(tenant.id, (tx) => notices.joinIn(tx, { request, reply }, { number, contact }, by))
      return show(request, reply, tenant, '我也遇到了', joinedPage(joined))
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'case.not_found') throw error
      const one = await store.tx(tenant.id, (tx) => notices.joinable(tx, number), { readOnly: true })
      const again = { token: tokenOf(tenant, clock), value: typed, fault: wordsOf(error) }
      return show(request, reply.code(error.status), tenant, '我也遇到了', joinPage(one, again))
    }
  })
}
