import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type District, routes, type TenantId } from '@banjie/contract'
import type { InjectOptions } from 'fastify'
import { type App, type AppOptions, createApp } from '../src/app.ts'
import { manualClock } from '../src/kernel/clock.ts'
import { createLog } from '../src/kernel/log.ts'
import { ensureAdmin, ensureTenant } from '../src/org/index.ts'
import { freshDatabase } from './database.ts'

/** A small district with one person for every role, on a database of its own and a clock that stands still until it is set. */
const SMALL: District = {
  district: { id: 'small', name: '小河区', divisionCode: '210100' },
  divisions: [
    { code: '210100', name: '小河区', parentCode: null, kind: 'district' },
    { code: '210101', name: '南塔街道', parentCode: '210100', kind: 'street' },
  ],
  units: [
    { id: 'intake', name: '诉求受理中心', kind: 'office' },
    { id: 'supervision', name: '督查室', kind: 'office' },
    { id: 'water', name: '区水务局', kind: 'department', phone: '024-00000001', leaderId: 'leader' },
    { id: 'heating', name: '区供热办', kind: 'department' },
    { id: 'south', name: '南塔街道办事处', kind: 'street', divisionCode: '210101' },
    { id: 'leaders', name: '区政府', kind: 'office' },
  ],
  ranks: [{ id: 'staff', name: '科员', level: 1 }],
  people: [
    ...(['clerk', 'dispatcher', 'caller', 'window'] as const).map((role) => ({
      id: role,
      name: `甲${role}`,
      unitId: 'intake',
      account: role,
      roles: [role],
    })),
    { id: 'dispatcher2', name: '乙分办', unitId: 'intake', account: 'dispatcher2', roles: ['dispatcher'] },
    { id: 'handler', name: '水务经办', unitId: 'water', account: 'handler', roles: ['handler'] },
    { id: 'head', name: '水务局长', unitId: 'water', account: 'head', roles: ['head', 'handler'] },
    { id: 'handler2', name: '供热经办', unitId: 'heating', account: 'handler2', roles: ['handler'] },
    { id: 'head2', name: '供热主任', unitId: 'heating', account: 'head2', roles: ['head'] },
    { id: 'head3', name: '街道主任', unitId: 'south', account: 'head3', roles: ['head', 'handler'] },
    { id: 'vice', name: '供水副局长', unitId: 'water', account: 'vice', roles: ['head'] },
    { id: 'supervisor', name: '督查员', unitId: 'supervision', account: 'supervisor', roles: ['supervisor'] },
    { id: 'leader', name: '区长', unitId: 'leaders', account: 'leader', roles: ['leader'] },
    { id: 'auditor', name: '审计', unitId: 'supervision', account: 'auditor', roles: ['auditor'] },
    { id: 'evaluator', name: '评议', unitId: 'leaders', account: 'evaluator', roles: ['evaluator'] },
  ],
  topics: [
    { id: 'water', label: '供水', words: ['停水'], class: 'complaint', urgent: false },
    { id: 'pipe', label: '水管漏水', parentId: 'water', words: ['漏水'], class: 'complaint', urgent: false },
    { id: 'heating', label: '供热', words: ['暖气'], class: 'help', urgent: false },
  ],
  dispatchCatalogue: {
    version: '2026-01',
    source: '三定规定',
    validFrom: '2007-01-01',
    rows: [
      { row: 'F001', topicId: 'water', leadUnitId: 'water', assistingUnitIds: [], basis: '供水管理职责' },
      {
        row: 'F002',
        topicId: 'water',
        divisionCode: '210101',
        leadUnitId: 'south',
        assistingUnitIds: ['water'],
        basis: '属地',
      },
      { row: 'F003', topicId: 'heating', leadUnitId: 'heating', assistingUnitIds: [], basis: '供热管理职责' },
    ],
  },
  answers: [{ id: 'k1', title: '停水通知', text: '停水信息见公告。', topicId: 'water' }],
} as District

const DESK = join(import.meta.dirname, '../../web/dist')
const PASSWORD = 'small-district'
const PATIENCE = 5

export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as a client would, before any type
  readonly body: any
  readonly headers: Record<string, unknown>
}

export interface World {
  readonly app: App
  readonly tenant: TenantId
  readonly district: District
  /** Calls the API as an account, or as anybody. */
  call(
    account: string | null,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>
  raw(options: InjectOptions): Promise<Reply & { raw: Buffer }>
  /** Acts on a case with its present version. @returns the case */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  act(account: string, id: string, action: string, input?: object): Promise<any>
  file(content?: string, more?: object): Promise<{ number: string; pickupCode: string; dueAt: string; id: string }>
  unit(code: string): Promise<string>
  cookie(account: string): Promise<string>
  setNow(instant: string): void
  connection: import('pg').ClientConfig
  dataDir: string
  /** Every line the house has logged, at the finest level. */
  readonly logged: readonly string[]
  close(): Promise<void>
}

/** What a test's house has beside the ordinary. */
export type Furnishing = Partial<Pick<AppOptions, 'assistant' | 'outlets' | 'mailbox' | 'baseUrl'>>

export async function world(now = '2026-03-02T09:30:00+08:00', more: Furnishing = {}): Promise<World> {
  const database = await freshDatabase()
  const dataDir = mkdtempSync('/tmp/banjie-world-')
  const clock = manualClock(new Date(now))
  const logged: string[] = []
  const options = {
    connection: database.connection,
    dataDir,
    clock,
    log: createLog('trace', { write: (line) => void logged.push(line) }),
    poolSize: 6,
    testClock: true,
    initialPassword: PASSWORD,
  }
  // Many worlds share a few cores: a slow moment is no reason to turn a test away.
  const house = { ...options, secureCookies: false, trustProxy: false, deskDir: DESK, patienceMs: 60_000 }
  const app = await createApp({ ...house, ...more })
  await ensureTenant(app.store, clock, { name: '小河区', demo: false })
  app.directory.forget()
  const tenant = 1 as TenantId
  await app.store.tx(tenant, (tx) => ensureAdmin(tx, PASSWORD, '2007-01-01', false))
  const cookies = new Map<string, string>()

  const raw: World['raw'] = async (request) => {
    const answer = await app.http.inject({ ...request, headers: { host: 'localhost', ...request.headers } })
    const isJson = String(answer.headers['content-type'] ?? '').includes('json')
    return {
      status: answer.statusCode,
      body: isJson ? answer.json() : answer.body,
      headers: answer.headers,
      raw: answer.rawPayload,
    }
  }
  /** A busy house says when to come again, and a person does. */
  async function entered(account: string, attempt = 0): Promise<Reply> {
    const reply = await raw({ method: 'POST', url: routes.signIn.path, payload: { account, password: PASSWORD } })
    if (reply.status !== 503 || attempt === PATIENCE) return reply
    await new Promise((done) => setTimeout(done, 1000))
    return entered(account, attempt + 1)
  }
  async function cookie(account: string): Promise<string> {
    let known = cookies.get(account)
    if (known === undefined) {
      const { headers, status, body } = await entered(account)
      if (status !== 200) throw new Error(`${account} cannot sign in: ${JSON.stringify(body)}`)
      known = String(headers['set-cookie']).split(';')[0] ?? ''
      cookies.set(account, known)
    }
    return known
  }
  const call: World['call'] = async (account, method, url, body, headers = {}) =>
    raw({
      method,
      url,
      ...(body !== undefined && { payload: body as object }),
      headers: { ...(account !== null && { cookie: await cookie(account) }), ...headers },
    })
  const must = (reply: Reply) => {
    if (reply.status >= 400) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  must(await call('admin', 'PUT', routes.setDistrict.path, SMALL))

  return {
    ...{ app, tenant, district: SMALL, call, raw, cookie, connection: database.connection, dataDir, logged },
    async act(account, id, action, input = {}) {
      const { case: kase } = must(await call('dispatcher', 'GET', `/api/v1/cases/${id}`))
      return must(
        await call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version: kase.version, input }),
      ).case
    },
    async file(content = '南塔小区三号楼门前水管漏水已经两天，路面结冰。', more = {}) {
      const receipt = must(await call(null, 'POST', routes.fileAppeal.path, { content, ...more }))
      return { ...receipt, id: must(await call('dispatcher', 'GET', `/api/v1/cases/${receipt.number}`)).case.id }
    },
    async unit(code) {
      return must(await call('dispatcher', 'GET', '/api/v1/units')).items.find(
        (unit: { code: string }) => unit.code === code,
      ).id
    },
    setNow(instant) {
      if (!clock.forward(new Date(instant))) throw new Error('the clock only moves forwards')
      app.signIn.forget()
    },
    async close() {
      await app.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
