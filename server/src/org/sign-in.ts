import type { Role, TenantId } from '@banjie/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, citizen } from '#kernel/actor'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import type { Gate } from '#kernel/http'
import { newId, newSecret, sha256 } from '#kernel/id'
import { createLimiter } from '#kernel/limiter'
import type { Store, Tx } from '#kernel/store'
import { findHolder, type Holder } from './org.sql.ts'
import { fitsPassword } from './password.ts'
import {
  deleteSession,
  findSession,
  findToken,
  insertSession,
  insertToken,
  lockAccount,
  markFailure,
} from './session.sql.ts'
import type { TenantDirectory } from './tenant.ts'

/** Failures before an account is locked, and for how long; failures per address before the address has to wait. */
const MOST_FAILURES = 5
const LOCK_MINUTES = 15
const ADDRESS_FAILURES = 30
/** A working day and its overtime. */
const SESSION_HOURS = 12
const COOKIE = 'banjie'
/** How long a look-up of a session or a post is trusted. */
const FRESH_MS = 3000

export interface SignIn {
  readonly gate: Gate
  /** @throws Fault 'session.wrong_password' | 'session.locked' | 'request.too_many' */
  signIn(
    tenant: TenantId,
    request: FastifyRequest,
    reply: FastifyReply,
    account: string,
    password: string,
  ): Promise<Holder>
  signOut(request: FastifyRequest, reply: FastifyReply): Promise<void>
  issueToken(
    tx: Tx,
    name: string,
    account: string,
    validDays: number,
  ): Promise<{ id: string; token: string; expiresAt: Date }>
  holderOf(tenant: TenantId, account: string): Promise<Holder>
  forget(): void
}

/** A hash that fits no password, so that an unknown account takes as long as a known one. */
const NOBODYS_HASH = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}==$${'A'.repeat(43)}=`

export function createSignIn(store: Store, clock: Clock, directory: TenantDirectory, secure: boolean): SignIn {
  const addresses = createLimiter(ADDRESS_FAILURES, 15 * 60)
  const holders = new Map<string, { at: number; holder: Promise<Holder> }>()
  const sessions = new Map<string, { at: number; account: Promise<string | undefined> }>()

  /** Remembers an answer for three seconds: one screen asks five times at once. */
  function fresh<T>(cache: Map<string, { at: number } & T>, key: string, make: () => T): T {
    const now = clock.real().getTime()
    const known = cache.get(key)
    if (known !== undefined && now - known.at < FRESH_MS) return known
    if (cache.size > 10_000) cache.clear()
    const made = { at: now, ...make() }
    cache.set(key, made)
    return made
  }

  async function readHolder(tenant: TenantId, account: string): Promise<Holder> {
    const holder = await store.tx(tenant, (tx) => findHolder(tx, account, dayOf(clock.now())), { readOnly: true })
    if (holder === undefined) throw new Fault('session.required')
    return holder
  }
  const holderOf = (tenant: TenantId, account: string) =>
    fresh(holders, `${tenant} ${account}`, () => ({ holder: readHolder(tenant, account) })).holder

  /** The account behind a cookie or a bearer token; a wrong token is refused, an old cookie counts as none. */
  async function accountOf(
    request: FastifyRequest,
    tenant: TenantId,
  ): Promise<{ account: string; kind: 'person' | 'machine' } | undefined> {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer !== undefined) {
      const found = await store.tx(tenant, (tx) => findToken(tx, sha256(bearer), clock.real()), { readOnly: true })
      if (found === undefined) throw new Fault('token.invalid')
      return { account: found.account, kind: 'machine' }
    }
    const cookie = request.cookies[COOKIE]
    if (cookie === undefined) return undefined
    refuseForeignOrigin(request)
    const hash = sha256(cookie)
    const account = await fresh(sessions, `${tenant} ${hash}`, () => ({
      account: findSession(store, tenant, hash, clock.real()).then((session) => session?.account),
    })).account
    return account === undefined ? undefined : { account, kind: 'person' }
  }

  const gate: Gate = {
    tenantOf: async (request) => (await directory.ofHost(request.hostname)).id,
    async actorOf(request, tenant): Promise<Actor> {
      const who = await accountOf(request, tenant)
      if (who === undefined) return citizen(clock.now(), request.id)
      const holder = await holderOf(tenant, who.account)
      return { ...who, ...holder, roles: new Set<Role>(holder.roles), at: clock.now(), requestId: request.id }
    },
  }

  return {
    gate,
    holderOf,
    forget: () => {
      holders.clear()
      sessions.clear()
    },
    async signIn(tenant, request, reply, account, password) {
      refuseForeignOrigin(request)
      const wait = addresses.waitSeconds(request.ip, clock.real())
      if (wait > 0) throw new Fault('request.too_many', { seconds: wait })
      const fault = await store.tx(tenant, (tx) => checkPassword(tx, account, password, clock.real()))
      if (fault !== undefined) {
        addresses.fail(request.ip, clock.real())
        throw fault
      }
      const secret = newSecret()
      const expiresAt = new Date(clock.real().getTime() + SESSION_HOURS * 3_600_000)
      await insertSession(store, tenant, { hash: sha256(secret), account, expiresAt })
      reply.setCookie(COOKIE, secret, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure,
        maxAge: SESSION_HOURS * 3600,
      })
      return holderOf(tenant, account)
    },
    async signOut(request, reply) {
      const cookie = request.cookies[COOKIE]
      if (cookie !== undefined) await deleteSession(store, sha256(cookie))
      sessions.clear()
      reply.clearCookie(COOKIE, { path: '/' })
    },
    async issueToken(tx, name, account, validDays) {
      const token = newSecret()
      const expiresAt = new Date(clock.real().getTime() + validDays * 86_400_000)
      const id = newId()
      await insertToken(tx, { id, hash: sha256(token), name, account, expiresAt })
      return { id, token, expiresAt }
    },
  }
}

/** Checks a password and counts the failure; the count must be kept, so a refusal is returned, not thrown. */
async function checkPassword(tx: Tx, account: string, password: string, now: Date): Promise<Fault | undefined> {
  const row = await lockAccount(tx, account)
  if (row?.lockedUntil && row.lockedUntil > now)
    return new Fault('session.locked', { seconds: Math.ceil((row.lockedUntil.getTime() - now.getTime()) / 1000) })
  const fits = await fitsPassword(password, row?.passwordHash ?? NOBODYS_HASH)
  if (row === undefined) return new Fault('session.wrong_password')
  if (fits) {
    if (row.failures > 0) await markFailure(tx, account, 0, null)
    return undefined
  }
  const failures = row.failures + 1
  const locked = failures >= MOST_FAILURES
  await markFailure(tx, account, locked ? 0 : failures, locked ? new Date(now.getTime() + LOCK_MINUTES * 60_000) : null)
  return new Fault('session.wrong_password')
}

/** A cookie travels by itself, so an unsafe request that carries one must come from our own pages. */
function refuseForeignOrigin(request: FastifyRequest) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') throw new Fault('request.origin')
  const { origin } = request.headers
  if (typeof origin === 'string' && URL.parse(origin)?.host !== request.host) throw new Fault('request.origin')
}

const localDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
/** The local date of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: Date) => localDay.format(instant)
