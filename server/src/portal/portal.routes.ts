import { existsSync } from 'node:fs'
import { FileAppeal, INPUT, Message } from '@banjie/contract'
import type { FastifyInstance } from 'fastify'
import { type AppealDesk, publicDistrict } from '#appeal'
import { type Engine, SPOKEN_WORDS } from '#case'
import { openDrive } from '#channel'
import type { BlobStore } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { faultBehind, type Gate, parse } from '#kernel/http'
import { tidyNumber } from '#kernel/id'
import type { Store } from '#kernel/store'
import type { NoticeDesk } from '#notice'
import type { TenantDirectory } from '#org'
import type { MeToo } from '#problem'
import { publicPosts } from '#roster'
import { answerPages } from './answer.routes.ts'
import { cameBy } from './came-by.ts'
import { serveDesk } from './desk-files.ts'
import { disclosurePages, mediaPages } from './disclosure.routes.ts'
import { type Door, openDoor } from './door.ts'
import { followPages } from './follow.routes.ts'
import {
  type Form,
  faultsOf,
  keepPhotos,
  messageFaultsOf,
  readForm,
  refuseStale,
  storePhotos,
  tokenOf,
} from './form.ts'
import { knowledgePages } from './knowledge.routes.ts'
import { listPages } from './list.routes.ts'
import { listeningPages } from './listening.routes.ts'
import { mediaSubjectsOf } from './media-subject.ts'
import { faultPage, homePage, receiptPage, reportPage, trackFormPage, trackingPage, type Values } from './page.ts'
import { PORTAL_SCRIPT } from './portal-script.ts'
import { askIfSame, type Neighbours, similarPages } from './similar.routes.ts'
import { slipPages } from './slip.routes.ts'

export interface PortalParts {
  readonly store: Store
  readonly gate: Gate
  readonly engine: Engine
  /** How often others said “me too” (同感). */
  readonly meToo: MeToo
  readonly desk: AppealDesk
  readonly notices: NoticeDesk
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly directory: TenantDirectory
  readonly deskDir: string | undefined
  readonly neighbours: Neighbours
}

/** What an address may put into the form. */
const MOST_TYPED = 1000
const MOST_CODE = 20

/** The public portal (群众入口), server-rendered and complete without JavaScript, and the desk's files under /w/. */
export async function portalRoutes(house: FastifyInstance, parts: PortalParts): Promise<void> {
  const here = { ...parts, ...openDoor(parts) }
  // biome-ignore lint/nursery/noMisusedPromises: Fastify awaits its plugins
  await house.register(async (http) => {
    // People get a page, not a problem document.
    http.setErrorHandler(async (error, request, reply) => {
      const fault = faultBehind(error, request.id)
      if (fault.status >= 500) request.log.error({ err: error, requestId: request.id }, 'page failed')
      const { tenant } = await here.enter(request)
      return here.show(request, reply.code(fault.status), tenant, '请看这里', faultPage('没有办成', fault.message))
    })
    await pages(http, here)
  })
}

async function pages(http: FastifyInstance, here: PortalParts & Door): Promise<void> {
  const { store, desk, clock, blobs, deskDir, enter, show } = here
  if (deskDir !== undefined && existsSync(deskDir)) await serveDesk(http, deskDir)
  const hidden = { schema: { hide: true } }

  http.get('/', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const [{ numbers }, onCall] = await store.tx(
      tenant.id,
      async (tx) => [await publicDistrict(tx, tenant, by.at), await publicPosts(tx, by.at)] as const,
      { readOnly: true },
    )
    return show(request, reply, tenant, '首页', homePage(numbers, onCall))
  })

  http.get<{ Querystring: Record<string, string> }>('/r', hidden, async (request, reply) => {
    const { tenant } = await enter(request)
    const { kind, content } = request.query
    const { media: m, drive } = cameBy(request)
    const values = { kind, content: content?.slice(0, MOST_TYPED), m, drive }
    return show(request, reply, tenant, '我要反映', reportPage(values, [], tokenOf(tenant, clock)))
  })
  http.post('/r', { ...hidden, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const form: Form = { values: {}, files: [] }
    try {
      await readForm(request, form)
      // A person does not see the trap; a script that fills it gets an answer that costs nothing.
      if (form.values['website']) throw new Fault('request.too_many', { seconds: 60 })
      refuseStale(tenant, clock, form.values['token'])
      const photos = await keepPhotos(blobs, form)
      const { content, address, name, phone, confidential, kind } = form.values
      // Who does not write speaks: the recording is the report.
      const spoken = form.voice !== undefined && !content?.trim()
      const input = parse(FileAppeal, {
        kind: kind || undefined,
        content: spoken ? SPOKEN_WORDS : content,
        location: { address },
        contact: { name, phone },
        confidential: confidential === '1',
        attachmentIds: photos.ids,
        // A code that is none is dropped: it came with the address, not with what the person wrote.
        via: form.values['m']?.slice(0, MOST_CODE),
      })
      const values = { ...form.values, photoIds: photos.ids.join(',') }
      // A proposal is nobody else's report, and what was only spoken has no words to compare.
      const asks = input.kind === 'appeal' && !spoken
      const question = asks ? await askIfSame(here, { tenant, by }, input, values) : undefined
      if (question !== undefined) {
        await store.tx(tenant.id, (tx) => storePhotos(tx, photos, by.at))
        return show(request, reply, tenant, '是不是这件事', question)
      }
      const receipt = await store.tx(tenant.id, async (tx) => {
        await storePhotos(tx, photos, by.at)
        return desk.file(tx, { ...input, driveId: await openDrive(tx, form.values['drive'], by.at) }, by)
      })
      return show(request, reply, tenant, '已收到', receiptPage(receipt))
    } catch (error) {
      const fault = faultBehind(error, request.id)
      if (fault.status >= 500) throw error
      return show(
        request,
        reply.code(fault.status),
        tenant,
        '我要反映',
        reportPage(form.values, faultsOf(fault), tokenOf(tenant, clock)),
      )
    }
  })

  http.get<{ Querystring: Record<string, string> }>('/q', hidden, async (request, reply) => {
    const { tenant } = await enter(request)
    const { number, code } = request.query
    if (!number || !code) return show(request, reply, tenant, '查进度', trackFormPage(request.query, []))
    return reply.redirect(`/q/${encodeURIComponent(tidyNumber(number))}?code=${encodeURIComponent(tidyNumber(code))}`)
  })
  http.get<{ Params: { number: string }; Querystring: Record<string, string> }>(
    '/q/:number',
    hidden,
    async (request, reply) => {
      const { tenant, by } = await enter(request)
      const { number } = request.params
      const code = request.query['code'] ?? ''
      try {
        const tracking = await store.tx(tenant.id, (tx) =>
          desk.track(tx, { number, code, address: request.ip, real: clock.real() }, by),
        )
        return show(
          request,
          reply,
          tenant,
          '进度',
          trackingPage(tracking, { code, token: tokenOf(tenant, clock), said: SAID[request.query['said'] ?? ''] }),
        )
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        return show(
          request,
          reply.code(error.status),
          tenant,
          '查进度',
          trackFormPage({ number, code }, [{ field: 'number', detail: error.message }]),
        )
      }
    },
  )
  http.post<{ Params: { number: string }; Querystring: Record<string, string>; Body: Values }>(
    '/q/:number/rating',
    hidden,
    async (request, reply) => {
      const { tenant, by } = await enter(request)
      const { number } = request.params
      const code = request.query['code'] ?? ''
      refuseStale(tenant, clock, request.body?.['token'])
      const { grade, solved, text, kind } = request.body ?? {}
      const input = parse(INPUT.rate, {
        grade: grade === undefined ? undefined : Number(grade),
        solved: solved === undefined ? undefined : solved === 'yes',
        text,
        kind,
      })
      const rated = await store.tx(tenant.id, (tx) =>
        desk.rate(tx, { number, code, address: request.ip, real: clock.real() }, input, by),
      )
      return reply.redirect(
        `/q/${encodeURIComponent(number)}?code=${encodeURIComponent(code)}&said=${input.kind === 'matter' && (rated.stage === 'inHand' || rated.stage === 'accepted') ? 'reopened' : 'rated'}`,
        303,
      )
    },
  )

  speakUpPage(http, here)
  similarPages(http, here)
  answerPages(http, here)
  slipPages(http, here)
  http.get('/portal.js', hidden, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(PORTAL_SCRIPT),
  )
  listPages(http, here)
  knowledgePages(http, here)
  listeningPages(http, here)
  followPages(http, here)
  disclosurePages(http, here)
  mediaPages(http, { ...here, subjects: mediaSubjectsOf(here.engine) })
}

/** What a person says about a report that was filed before. A refusal shows the page again with the words typed. */
function speakUpPage(http: FastifyInstance, { store, desk, clock, blobs, enter, show }: PortalParts & Door): void {
  http.post<{ Params: { number: string }; Querystring: Record<string, string> }>(
    '/q/:number/messages',
    { schema: { hide: true }, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const { tenant, by } = await enter(request)
      const code = request.query['code'] ?? ''
      const key = { number: request.params.number, code, address: request.ip, real: clock.real() }
      const form: Form = { values: {}, files: [] }
      try {
        await readForm(request, form)
        refuseStale(tenant, clock, form.values['token'])
        const { text, kind, newFacts } = form.values
        const photos = await keepPhotos(blobs, form)
        const message = parse(Message, {
          text: kind === 'urge' ? '请尽快办理。' : text,
          kind: kind === 'urge' ? 'urge' : 'supplement',
          newFacts: newFacts === '1',
          attachmentIds: photos.ids,
        })
        const { counted } = await store.tx(tenant.id, async (tx) => {
          await storePhotos(tx, photos, by.at)
          return desk.speakUp(tx, key, message, by)
        })
        return reply.redirect(
          `/q/${encodeURIComponent(key.number)}?code=${encodeURIComponent(code)}&said=${counted}`,
          303,
        )
      } catch (error) {
        const fault = faultBehind(error, request.id)
        if (fault.status >= 500 || fault.code.startsWith('track.') || fault.code === 'request.too_many') throw error
        const tracking = await store.tx(tenant.id, (tx) => desk.track(tx, key, by))
        const side = { code, token: tokenOf(tenant, clock), values: form.values, faults: messageFaultsOf(fault) }
        return show(request, reply.code(fault.status), tenant, '进度', trackingPage(tracking, side))
      }
    },
  )
}

const SAID: Readonly<Record<string, string>> = {
  urge: '已经帮您催了，承办单位会看到。',
  supplement: '您补充的情况已经转给承办单位。',
  reRaise: '已记下。这件事以前答复过，答复见下；有新情况可以再补充。',
  newRound: '已重新办理，编号不变。',
  rated: '谢谢您的评价。',
  follows: '已开通，有进展会告诉您。',
  confirmMail: '确认邮件已发出，请打开邮件里的链接确认。',
  reopened: '已重新办理，编号不变。',
}
