import {
  ConfirmEntitlement,
  ConfirmPromise,
  DeclineEntitlement,
  INPUT,
  Message,
  NewDoNotDisturb,
  PolicyId,
  PromiseId,
} from '@banjie/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppealDesk } from '#appeal'
import type { CalendarBook } from '#calendar'
import type { Engine } from '#case'
import { takeQuiet } from '#contact'
import type { Actor } from '#kernel/actor'
import type { BlobStore } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { faultBehind, type Gate, parse } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import { dayOf, type Tenant, type TenantDirectory } from '#org'
import { answerOffer } from '#policy'
import {
  type Form,
  faultPage,
  type Html,
  keepPhotos,
  openDoor,
  readForm,
  refuseStale,
  storePhotos,
  tokenOf,
} from '#portal'
import { confirmOwn } from '#promise'
import { actorOf, fileDemand, ownDemand } from './demand.ts'
import { codePage, demandPage, homePage, newDemandPage, signInPage } from './enterprise-page.ts'
import { homeOf } from './home.ts'
import type { PersonRow } from './person.sql.ts'
import { createEnterpriseSignIn } from './sign-in.ts'

export interface EnterprisePageParts {
  readonly store: Store
  readonly gate: Gate
  readonly engine: Engine
  readonly desk: AppealDesk
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly directory: TenantDirectory
  readonly calendars: CalendarBook
  readonly secureCookies: boolean
}
type Values = Record<string, string | undefined>
/** Whoever is signed in, in one transaction with what they do. */
interface Signed {
  readonly tx: Tx
  readonly tenant: Tenant
  readonly person: PersonRow
  readonly by: Actor
}

const HIDDEN = { schema: { hide: true } }
const LIMITED = { ...HIDDEN, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }
/** A code, an address: longer than any is nobody's. */
const MOST_TYPED = 254
const typed = (text: string | undefined) => (text ?? '').slice(0, MOST_TYPED)
const SAID: Readonly<Record<string, string>> = {
  filed: '已收到，下面是编号和期限。',
  told: '已转给承办单位。',
  rated: '谢谢您的评价。',
  confirm: '已确认，承办单位会按期兑现。',
  decline: '已记下，不再打扰。',
  kept: '谢谢，这件事销号了。',
  unkept: '已退回责任单位，重新兑现。',
  quiet: '已设置免打扰。期间除法定检查外不安排上门，您随时可以联系我们。',
}

/** The enterprise's pages (企业服务) under /e/, in the portal's manner; without a session there is only the door. */
export async function enterprisePages(house: FastifyInstance, parts: EnterprisePageParts): Promise<void> {
  const door = openDoor(parts)
  // biome-ignore lint/nursery/noMisusedPromises: Fastify awaits its plugins
  await house.register(async (http) => {
    http.setErrorHandler(async (error, request, reply) => {
      const fault = faultBehind(error, request.id)
      if (fault.code === 'platform.sign_in') return reply.redirect('/e/sign-in', 303)
      if (fault.status >= 500) request.log.error({ err: error, requestId: request.id }, 'page failed')
      const { tenant } = await door.enter(request)
      return door.show(request, reply.code(fault.status), tenant, '请看这里', faultPage('没有办成', fault.message))
    })
    const signIn = createEnterpriseSignIn(parts)
    /** Does something as the enterprise that is signed in. */
    const signed = async <T>(request: FastifyRequest, work: (here: Signed) => Promise<T>): Promise<T> => {
      const { tenant, by } = await door.enter(request)
      return parts.store.tx(tenant.id, async (tx) => {
        const person = await signIn.whoIs(tx, request, by)
        return work({ tx, tenant, person, by: actorOf(person, by) })
      })
    }
    const page = async (
      request: FastifyRequest,
      reply: FastifyReply,
      content: (here: Signed) => Promise<readonly [title: string, content: Html]>,
    ) => {
      const { tenant } = await door.enter(request)
      const [title, body] = await signed(request, content)
      return door.show(request, reply.header('cache-control', 'no-store'), tenant, title, body)
    }
    const here = { ...parts, ...door, signIn, signed, page }
    doorPages(http, here)
    ownPages(http, here)
    owedPages(http, here)
    demandPages(http, here)
  })
}

interface Here extends EnterprisePageParts, ReturnType<typeof openDoor> {
  readonly signIn: ReturnType<typeof createEnterpriseSignIn>
  signed<T>(request: FastifyRequest, work: (here: Signed) => Promise<T>): Promise<T>
  page(
    request: FastifyRequest,
    reply: FastifyReply,
    content: (here: Signed) => Promise<readonly [title: string, content: Html]>,
  ): Promise<FastifyReply>
}

/** Ask for a code, enter it, leave. */
function doorPages(http: FastifyInstance, { clock, signIn, signed, enter, show }: Here): void {
  http.get('/e/sign-in', HIDDEN, async (request, reply) => {
    const { tenant } = await enter(request)
    return show(request, reply, tenant, '企业登录', signInPage(tokenOf(tenant, clock)))
  })
  http.post<{ Body: Values }>('/e/sign-in', LIMITED, async (request, reply) => {
    const { tenant, by } = await enter(request)
    refuseStale(tenant, clock, request.body?.['token'])
    const words = { uscc: typed(request.body?.['uscc']), address: typed(request.body?.['address']) }
    const demo = await signIn.ask(tenant, words, { ip: request.ip, by })
    return show(request, reply, tenant, '输入验证码', codePage(tokenOf(tenant, clock), words, { demo }))
  })
  http.post<{ Body: Values }>('/e/code', LIMITED, async (request, reply) => {
    const { tenant, by } = await enter(request)
    refuseStale(tenant, clock, request.body?.['token'])
    const words = { uscc: typed(request.body?.['uscc']), address: typed(request.body?.['address']) }
    try {
      await signIn.enter(tenant, { ...words, code: typed(request.body?.['code']) }, { request, reply, by })
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'platform.wrong_code') throw error
      const again = codePage(tokenOf(tenant, clock), words, { fault: error.message })
      return show(request, reply.code(error.status), tenant, '输入验证码', again)
    }
    return reply.redirect('/e/', 303)
  })
  http.post<{ Body: Values }>('/e/sign-out', HIDDEN, async (request, reply) => {
    await signed(request, ({ tx, tenant }) => {
      refuseStale(tenant, clock, request.body?.['token'])
      return signIn.leave(tx, request, reply)
    })
    return reply.redirect('/e/sign-in', 303)
  })
}

/** My enterprise (我的企业), and what it says of itself. */
function ownPages(http: FastifyInstance, { engine, clock, page, signed }: Here): void {
  http.get<{ Querystring: Values }>('/e/', HIDDEN, (request, reply) =>
    page(request, reply, async ({ tx, tenant, person, by }) => {
      const side = {
        token: tokenOf(tenant, clock),
        said: SAID[request.query['said'] ?? ''],
        today: dayOf(by.at),
        phone: tenant.phone,
      }
      return ['我的企业', homePage(await homeOf(tx, engine, person, by.at), side)]
    }),
  )
  http.get('/e', HIDDEN, (_, reply) => reply.redirect('/e/'))
  http.post<{ Body: Values }>('/e/quiet', LIMITED, async (request, reply) => {
    await signed(request, ({ tx, tenant, person, by }) => {
      refuseStale(tenant, clock, request.body?.['token'])
      const { from, to, words } = request.body ?? {}
      return takeQuiet(
        tx,
        parse(NewDoNotDisturb, { targetId: person.enterpriseId, from, to, words: words || '企业自行设置' }),
        by,
      )
    })
    return reply.redirect('/e/?said=quiet', 303)
  })
}

/** What the enterprise is owed: policies that suit it, promises made to it. Its own word moves both on. */
function owedPages(http: FastifyInstance, { calendars, clock, signed }: Here): void {
  const own = <T>(request: FastifyRequest<{ Body: Values }>, work: (here: Signed) => Promise<T>) =>
    signed(request, (given) => {
      refuseStale(given.tenant, clock, request.body?.['token'])
      return work(given)
    })
  const answers = [
    ['confirm', ({ accountTail }: Values) => parse(ConfirmEntitlement, { accountTail: typed(accountTail).trim() })],
    ['decline', ({ reason }: Values) => parse(DeclineEntitlement, { reason })],
  ] as const
  for (const [act, answerIn] of answers)
    http.post<{ Params: { id: string }; Body: Values }>(`/e/policies/:id/${act}`, LIMITED, async (request, reply) => {
      await own(request, async ({ tx, person, by }) => {
        const meant = { policy: parse(PolicyId, request.params.id), enterprise: person.enterpriseId }
        await answerOffer(tx, meant, answerIn(request.body ?? {}), await calendars.of(tx.tenant, null), by)
      })
      return reply.redirect(`/e/?said=${act}`, 303)
    })
  http.post<{ Params: { id: string }; Body: Values }>('/e/promises/:id/word', LIMITED, async (request, reply) => {
    const kept = request.body?.['kept'] === 'yes'
    await own(request, ({ tx, person, by }) => {
      const words = request.body?.['words']?.trim() || (kept ? '收到了' : '没有收到')
      const input = parse(ConfirmPromise, { kept, by: person.name, on: dayOf(by.at), words })
      return confirmOwn(tx, { id: parse(PromiseId, request.params.id), enterprise: person.enterpriseId }, input, by)
    })
    return reply.redirect(`/e/?said=${kept ? 'kept' : 'unkept'}`, 303)
  })
}

/** Demands (诉求): file one, follow it, say more, rate the answer. */
function demandPages(http: FastifyInstance, here: Here): void {
  const { engine, desk, clock, blobs, page, signed, enter, show } = here
  http.get('/e/demands/new', HIDDEN, (request, reply) =>
    page(request, reply, async ({ tenant }) => ['提诉求', newDemandPage(tokenOf(tenant, clock))]),
  )
  http.post('/e/demands', LIMITED, async (request, reply) => {
    const { tenant } = await enter(request)
    // Nobody's files are read before it is known who sends them.
    await signed(request, async () => undefined)
    const form: Form = { values: {}, files: [] }
    try {
      await readForm(request, form)
      refuseStale(tenant, clock, form.values['token'])
      const photos = await keepPhotos(blobs, form)
      const kase = await signed(request, async ({ tx, person, by }) => {
        await storePhotos(tx, photos, by.at)
        return fileDemand(tx, engine, person, { content: form.values['content'], attachmentIds: photos.ids }, by)
      })
      return reply.redirect(`/e/demands/${kase.number}?said=filed`, 303)
    } catch (error) {
      const fault = faultBehind(error, request.id)
      if (fault.status >= 500 || fault.code === 'platform.sign_in') throw error
      const detail = form.values['content']?.trim() ? fault.message : '请写明要解决的事情。'
      const again = newDemandPage(tokenOf(tenant, clock), form.values['content'], detail)
      return show(request, reply.code(fault.status), tenant, '提诉求', again)
    }
  })
  http.get<{ Params: { number: string }; Querystring: Values }>('/e/demands/:number', HIDDEN, (request, reply) =>
    page(request, reply, async ({ tx, tenant, person, by }) => {
      const kase = await ownDemand(tx, person, request.params.number)
      const side = { token: tokenOf(tenant, clock), said: SAID[request.query['said'] ?? ''] }
      return ['诉求', demandPage(await desk.tell(tx, kase, by.at), side)]
    }),
  )
  http.post<{ Params: { number: string }; Body: Values }>(
    '/e/demands/:number/messages',
    LIMITED,
    async (request, reply) => {
      const number = await signed(request, async ({ tx, tenant, person, by }) => {
        refuseStale(tenant, clock, request.body?.['token'])
        const kase = await ownDemand(tx, person, request.params.number)
        const message = parse(Message, {
          text: request.body?.['text'],
          kind: 'supplement',
          newFacts: request.body?.['newFacts'] === '1',
          attachmentIds: [],
        })
        const key = {
          number: kase.number,
          code: await desk.codeOf(tx, kase.number),
          address: request.ip,
          real: clock.real(),
        }
        await desk.speakUp(tx, key, message, by)
        return kase.number
      })
      return reply.redirect(`/e/demands/${number}?said=told`, 303)
    },
  )
  http.post<{ Params: { number: string }; Body: Values }>(
    '/e/demands/:number/rating',
    LIMITED,
    async (request, reply) => {
      const number = await signed(request, async ({ tx, tenant, person, by }) => {
        refuseStale(tenant, clock, request.body?.['token'])
        const kase = await ownDemand(tx, person, request.params.number)
        const { grade, solved, text } = request.body ?? {}
        const input = parse(INPUT.rate, {
          ...{ grade: grade === undefined ? undefined : Number(grade), text: text || undefined, kind: 'matter' },
          solved: solved === undefined ? undefined : solved === 'yes',
        })
        await desk.rateAs(tx, kase, input, by)
        return kase.number
      })
      return reply.redirect(`/e/demands/${number}?said=rated`, 303)
    },
  )
}
