import { join } from 'node:path'
import { routes } from '@banjie/contract'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type pg from 'pg'
import { appealRoutes, createAppealDesk, promisedDay } from '#appeal'
import { calendarBook, calendarRoutes } from '#calendar'
import { campaignRoutes } from '#campaign'
import { caseRoutes, createEngine, type Engine, putDictionaries } from '#case'
import { channelRoutes, loadChannels, recordSources } from '#channel'
import { askQueue, contactRoutes, savedThisYear } from '#contact'
import { disclosureRoutes } from '#disclosure'
import { enterpriseRoutes, tieFiled } from '#enterprise'
import { exchangeRoutes, markReturns } from '#exchange'
import { financeRoutes } from '#finance'
import { handoverRoutes } from '#handover'
import { intakeRoutes } from '#intake'
import { system } from '#kernel/actor'
import { folderBlobs, PHOTO_MEGABYTES } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { healthRoutes } from '#kernel/health'
import { newRequestId, problemsOn, type Server, serverOn } from '#kernel/http'
import { createJobs, type Jobs } from '#kernel/job'
import type { Log } from '#kernel/log'
import { countOutbox, type Senders } from '#kernel/outbox'
import { openStore, type Store } from '#kernel/store'
import { countUses, knowledgeRoutes, putKnowledge } from '#knowledge'
import { createImporter, importRoutes, ledgerRoutes } from '#ledger'
import { dutyRoutes, liaisonGapQueue, liaisonRoutes, normalTrackQueue, refuseUnverified, succeedIn } from '#liaison'
import { createMailbox, type MailboxOptions } from '#mailbox'
import { meetingQueue, meetingRoutes } from '#meeting'
import { createGrouper, createStepRunner, hotWatch, linkListener, mergingRoutes } from '#merging'
import {
  countMeToo,
  createNoticeDesk,
  createSenders,
  mailIsSet,
  noticeListener,
  noticeRoutes,
  type Outlets,
} from '#notice'
import { obligationRoutes } from '#obligation'
import { open311Routes } from '#open311'
import {
  createSignIn,
  dayOf,
  loadOrganisation,
  nameDistrict,
  orgRoutes,
  type SignIn,
  type TenantDirectory,
  tenantDirectory,
} from '#org'
import { planQueues, planRoutes, taskRoutes } from '#plan'
import { enterprisePages, platformLetter, platformRoutes } from '#platform'
import { policyRoutes } from '#policy'
import { mediaSubjectsOf, type Neighbours, portalRoutes } from '#portal'
import { enlist, listedIn, problemRoutes } from '#problem'
import { projectRoutes } from '#project'
import { promiseRoutes } from '#promise'
import { reportRoutes } from '#report'
import { rosterQueue, rosterRoutes } from '#roster'
import {
  type Assistant,
  createMemories,
  type Memories,
  openSimilar,
  publicSimilar,
  recurrenceWatch,
  suggestionRoutes,
} from '#suggestion'
import { houseJobs } from './house-jobs.ts'
import { CASE_TYPES, MEETING_LISTENERS, OFFER_LISTENERS, paymentListeners, VISIT_LISTENERS } from './wiring.ts'

/** What the house is built from. */
export interface AppOptions {
  readonly connection: pg.ClientConfig
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  readonly poolSize: number
  readonly testClock: boolean
  readonly initialPassword: string
  readonly secureCookies: boolean
  readonly trustProxy: boolean
  /** Where the portal is reached from outside, without a slash at the end; for links in messages. */
  readonly baseUrl?: string | undefined
  /** The ways out that are set up; absent, messages wait. */
  readonly outlets?: Outlets | undefined
  /** Where mail comes in; absent, it does not. */
  readonly mailbox?: Omit<MailboxOptions, 'mailFrom'> | undefined
  /** Where the built desk lies; absent in tests that need none. */
  readonly deskDir?: string | undefined
  /** How long, in milliseconds, this process may stand still before it turns requests away (503). */
  readonly patienceMs?: number | undefined
  /** Drafts texts elsewhere; absent by default, and then nothing leaves the house. */
  readonly assistant?: Assistant | undefined
}

export interface App {
  readonly http: FastifyInstance
  readonly store: Store
  readonly engine: Engine
  readonly jobs: Jobs
  readonly directory: TenantDirectory
  readonly signIn: SignIn
  readonly memories: Memories
  /** Begins to read the past for suggestions, in the background. */
  warm(): void
  readonly senders: Senders
  /** Begins to take mail in. @returns the port, or undefined where it is off */
  openMailbox(): Promise<number | undefined>
  close(): Promise<void>
}

const BODY_BYTES = 256 * 1024

/** Composition root: builds every part and joins them; the only place that knows them all. */
export async function createApp(options: AppOptions): Promise<App> {
  const { clock, log } = options
  const store = openStore(options.connection, { poolSize: options.poolSize, log })
  const blobs = folderBlobs(join(options.dataDir, 'blobs'))
  const directory = tenantDirectory(store, clock)
  const calendars = calendarBook(store, clock)
  const outlets = options.outlets ?? NO_OUTLETS
  const tell = noticeListener({ mail: mailIsSet(outlets), sms: outlets.smsWebhook !== undefined })
  const memories = createMemories(store, log)
  const engine: Engine = createEngine({
    ...{ calendars, types: CASE_TYPES, store },
    listeners: [
      refuseUnverified,
      recordSources,
      countUses,
      markReturns,
      tieFiled,
      linkListener,
      recurrenceWatch(() => engine),
      memories.listener,
      tell,
    ],
  })
  const signIn = createSignIn(store, clock, directory, options.secureCookies)
  const desk = createAppealDesk(engine, async (tenant) => (await directory.byId(tenant)).secret)
  const importer = createImporter({ engine, store, dataDir: options.dataDir, log })
  const promise = promisedDay(engine)
  const baseUrl = options.baseUrl ?? 'http://127.0.0.1:3000'
  const senders = createSenders(
    { store, directory, baseUrl, promise },
    outlets,
    clock,
    platformLetter({ store, directory, baseUrl }),
  )
  const grouper = createGrouper(store, log)
  const runner = createStepRunner({
    ...{ engine, store, log },
    enlist: (tx, { listId, problem, aspect }, by) => enlist(tx, engine, listId, { problem: problem.id, aspect }, by),
  })
  const work = { store, directory, engine, calendars, blobs, clock, importer, senders, grouper, runner, memories }
  const jobs = createJobs(houseJobs(work), clock, log)
  const notices = createNoticeDesk({
    ...{ store, engine, directory, unlock: desk.unlock, promise },
    ...{ allowLoopback: outlets.allowLoopback, secureCookies: options.secureCookies },
  })
  const mailbox =
    options.mailbox &&
    createMailbox(
      { store, engine, desk, directory, blobs, clock, dataDir: options.dataDir, log },
      { ...options.mailbox, mailFrom: outlets.mailFrom },
    )

  const http: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    bodyLimit: BODY_BYTES,
    trustProxy: options.trustProxy,
    genReqId: newRequestId,
    routerOptions: { maxParamLength: 200 },
  })
  await prepare(http, options)
  const server = serverOn(http, store, signIn.gate)
  healthRoutes(http, store, () => outboxOfAll(store, directory))
  orgRoutes(server, signIn, directory)
  calendarRoutes(server, calendars)
  caseRoutes(server, engine, store, calendars)
  ledgerRoutes(server, engine, store, async (tx, by) => [
    ...(await meetingQueue(tx, by)),
    ...(await rosterQueue(tx, by)),
    ...(await askQueue(tx, by)),
    ...(await planQueues(tx, await calendars.of(tx.tenant, null), by)),
    ...(await normalTrackQueue(tx, by)),
    ...(await liaisonGapQueue(tx, by)),
  ])
  obligationRoutes(server, calendars)
  importRoutes(server, importer, store, options.dataDir)
  channelRoutes(server, engine, store)
  disclosureRoutes(server, mediaSubjectsOf(engine))
  dutyRoutes(server, { engine, listeners: VISIT_LISTENERS }, calendars)
  liaisonRoutes(server, { engine, store, blobs, book: calendars })
  contactRoutes(server)
  enterpriseRoutes(server, engine, store)
  campaignRoutes(server, engine, store)
  reportRoutes(server, engine)
  planRoutes(server, calendars)
  meetingRoutes(server, { engine, listeners: MEETING_LISTENERS }, { store, blobs })
  rosterRoutes(server, engine)
  promiseRoutes(server, engine)
  policyRoutes(server, calendars, OFFER_LISTENERS)
  financeRoutes(server, store, paymentListeners(calendars))
  const configured = new Set(Object.keys(senders) as (keyof Senders)[])
  platformRoutes(server, engine, { directory, configured })
  taskRoutes(server, { engine, store, blobs, calendars })
  projectRoutes(server, { engine, calendars })
  mergingRoutes(server, { engine, grouper, runner, hot: hotWatch(store) })
  handoverRoutes(
    server,
    engine,
    (tx, input, by) => succeedIn(tx, calendars, input, by),
    () => {
      signIn.forget()
      engine.forget()
    },
  )
  knowledgeRoutes(server, engine, directory)
  problemRoutes(server, engine, store, countMeToo)
  appealRoutes(server, desk, { engine, store, blobs, clock, directory })
  suggestionRoutes(server, { engine, memories, store, directory, assistant: options.assistant, log, listed: listedIn })
  noticeRoutes(server, notices, { clock, configured, mailbox: options.mailbox?.address })
  districtRoute(server, { directory, signIn, engine, memories, initialPassword: options.initialPassword })
  clockRoute(server, { clock, jobs, signIn, enabled: options.testClock })
  http.get('/api/openapi.json', { schema: { hide: true } }, () => http.swagger())
  exchangeRoutes(server, engine, store)
  intakeRoutes(server, { engine, desk, store })
  await open311Routes(server, http, { engine, store, desk, clock, directory })
  const neighbours: Neighbours = {
    find: (tx, { secret }, typed, by) => publicSimilar(tx, { engine, memories, secret, listed: listedIn }, typed, by),
    numberOf: async (tx, { secret }, token) =>
      (await engine.get(tx, openSimilar(secret, token), system(clock.now()))).number,
  }
  await portalRoutes(http, {
    ...{ store, engine, gate: signIn.gate, desk, notices, meToo: countMeToo, blobs, clock, directory },
    deskDir: options.deskDir,
    ...{ neighbours, saved: savedThisYear },
  })
  await enterprisePages(http, {
    ...{ store, engine, gate: signIn.gate, desk, blobs, clock, directory },
    ...{ calendars, secureCookies: options.secureCookies },
  })
  await http.ready()
  return {
    ...{ http, store, engine, jobs, directory, signIn, senders, memories },
    warm: () =>
      void directory.all().then((tenants) => {
        for (const { id } of tenants) memories.of(id, clock.now())
      }),
    openMailbox: async () => mailbox?.open(),
    async close() {
      memories.close()
      await mailbox?.close()
      await http.close()
      await jobs.stop()
      await Promise.all([runner.settled(), grouper.settled()])
      await store.close()
    },
  }
}

async function prepare(http: FastifyInstance, { secureCookies, patienceMs = 2000 }: AppOptions): Promise<void> {
  problemsOn(http)
  // The contract parses; Fastify only needs the schemas for the document.
  http.setValidatorCompiler(() => (value) => ({ value }))
  http.setSerializerCompiler(() => (value) => JSON.stringify(value))
  await http.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        upgradeInsecureRequests: secureCookies ? [] : null,
      },
    },
    strictTransportSecurity: secureCookies,
  })
  await http.register(cookie)
  await http.register(formbody, { bodyLimit: BODY_BYTES })
  await http.register(multipart, { limits: { fileSize: PHOTO_MEGABYTES * 1024 * 1024, files: 4, fields: 30 } })
  // A request from this machine is the operator, a test or a proxy that has its own limit.
  await http.register(rateLimit, { global: false, allowList: (request) => isLoopback(request.ip) })
  await http.register(underPressure, { maxEventLoopDelay: patienceMs, exposeStatusRoute: false })
  await http.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Banjie 办结', version: '1', description: '有求必应，无事不扰' } },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
}

const NO_OUTLETS: Outlets = { smtpUrl: undefined, mailFrom: undefined, smsWebhook: undefined, allowLoopback: false }

/** What lies in the outboxes of all districts, for the metrics. */
async function outboxOfAll(store: Store, directory: TenantDirectory) {
  const counted = []
  for (const { id } of await directory.all()) counted.push(...(await store.tx(id, countOutbox, { readOnly: true })))
  return counted
}

const isLoopback = (ip: string) => ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1'

function districtRoute(
  { serve }: Server,
  parts: { directory: TenantDirectory; signIn: SignIn; engine: Engine; memories: Memories; initialPassword: string },
): void {
  serve(routes.setDistrict, async ({ tx, by, body }) => {
    if (!by.roles.has('admin')) throw new Fault('forbidden')
    const ids = await loadOrganisation(tx, body, dayOf(by.at), parts.initialPassword)
    await putDictionaries(tx, body, ids.unit, by.at)
    await loadChannels(tx, body.channels ?? [], ids.unit, by.at)
    await putKnowledge(tx, body, ids.unit)
    await nameDistrict(tx, body)
    tx.afterCommit(() => {
      parts.directory.forget()
      parts.signIn.forget()
      parts.engine.forget()
      parts.memories.forget(tx.tenant)
    })
    return {
      units: body.units.length,
      people: body.people.length,
      topics: body.topics.length,
      catalogueRows: body.dispatchCatalogue.rows.length,
    }
  })
}

function clockRoute(
  { serveRaw }: Server,
  { clock, jobs, signIn, enabled }: { clock: Clock; jobs: Jobs; signIn: SignIn; enabled: boolean },
): void {
  serveRaw(routes.setClock, async ({ by, body }) => {
    if (!enabled) throw new Fault('clock.disabled')
    if (!by.roles.has('admin')) throw new Fault('forbidden')
    if (!clock.forward(new Date(body.now))) throw new Fault('clock.backwards', { now: clock.now().toISOString() })
    signIn.forget()
    return { fired: await jobs.runAll(), now: clock.now().toISOString() }
  })
}
