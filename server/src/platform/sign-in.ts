import { createHmac, timingSafeEqual } from 'node:crypto'
import { Email, normaliseUscc, Phone } from '@banjie/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#kernel/actor'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { newId, newSecret, sha256 } from '#kernel/id'
import { createLimiter } from '#kernel/limiter'
import { insertOutbox } from '#kernel/outbox'
import type { Store, Tx } from '#kernel/store'
import { dayOf, type Tenant } from '#org'
import {
  closeSession,
  countFailure,
  findByAddress,
  findSignedIn,
  insertCode,
  lockCode,
  openSession,
  type PersonRow,
} from './person.sql.ts'

const CODE_MINUTES = 10
/** Wrong guesses of one code. */
const MOST_FAILURES = 5
/** Codes asked for, and codes guessed wrong, per credit code and per address, in a quarter of an hour. */
const MOST_ASKED = 5
const MOST_FROM_ADDRESS = 30
const WINDOW_SECONDS = 15 * 60
const SESSION_HOURS = 12
const COOKIE = 'banjie_e'

/** What a person types to sign in: the enterprise's credit code and their own address (邮箱或手机号). */
export interface SignInWords {
  readonly uscc: string
  readonly address: string
}
const tidy = ({ uscc, address }: SignInWords): SignInWords => ({
  uscc: normaliseUscc(uscc),
  address: (address.includes('@') ? Email : Phone).safeParse(address.normalize('NFKC')).data ?? '',
})

/** Signing in to the platform (企业登录). */
export interface EnterpriseSignIn {
  /**
   * Sends a code to whoever is invited. Who is not learns nothing of it.
   * @returns the digits in a demo, which sends no mail: they are shown on the page
   * @throws Fault 'request.too_many'
   */
  ask(
    tenant: Tenant,
    words: SignInWords,
    from: { readonly ip: string; readonly by: Actor },
  ): Promise<string | undefined>
  /** @throws Fault 'platform.wrong_code' | 'request.too_many' */
  enter(
    tenant: Tenant,
    words: SignInWords & { readonly code: string },
    from: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly by: Actor },
  ): Promise<void>
  /** @throws Fault 'platform.sign_in' for whoever is not signed in, or no more */
  whoIs(tx: Tx, request: FastifyRequest, by: Actor): Promise<PersonRow>
  leave(tx: Tx, request: FastifyRequest, reply: FastifyReply): Promise<void>
}

/** The six digits (验证码) of a code: they follow from its id and the district's secret, so that they are stored nowhere. */
export const digitsOf = (secret: Buffer, codeId: string) =>
  String(createHmac('sha256', secret).update(`platform code ${codeId}`).digest().readUInt32BE(0) % 1_000_000).padStart(
    6,
    '0',
  )

export function createEnterpriseSignIn(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly secureCookies: boolean
}): EnterpriseSignIn {
  const { store, clock } = parts
  const asked = createLimiter(MOST_ASKED, WINDOW_SECONDS)
  const wrong = createLimiter(2 * MOST_FAILURES, WINDOW_SECONDS)
  const addresses = createLimiter(MOST_FROM_ADDRESS, WINDOW_SECONDS)

  /** The limits count for made-up codes too: a limit must not tell which exist. */
  function refuseTooMany(limiter: typeof asked, tenant: Tenant, uscc: string, ip: string): void {
    const real = clock.real()
    const wait = Math.max(limiter.waitSeconds(`${tenant.id} ${uscc}`, real), addresses.waitSeconds(ip, real))
    if (wait > 0) throw new Fault('request.too_many', { seconds: wait })
  }
  function count(limiter: typeof asked, tenant: Tenant, uscc: string, ip: string): void {
    limiter.fail(`${tenant.id} ${uscc}`, clock.real())
    addresses.fail(ip, clock.real())
  }

  return {
    async ask(tenant, words, { ip, by }) {
      const { uscc, address } = tidy(words)
      refuseTooMany(asked, tenant, uscc, ip)
      count(asked, tenant, uscc, ip)
      return store.tx(tenant.id, async (tx) => {
        const person = await findByAddress(tx, { uscc, address, today: dayOf(by.at) })
        if (person === undefined) return undefined
        const id = newId()
        await insertCode(tx, id, person.id, new Date(by.at.getTime() + CODE_MINUTES * 60_000))
        await insertOutbox(
          tx,
          [{ kind: person.via, key: `platform ${id}`, payload: { platformCode: id }, runAt: by.at }],
          by.at,
        )
        return tenant.demo ? digitsOf(tenant.secret, id) : undefined
      })
    },
    async enter(tenant, { code, ...words }, { request, reply, by }) {
      const { uscc, address } = tidy(words)
      refuseTooMany(wrong, tenant, uscc, request.ip)
      const secret = newSecret()
      const expiresAt = new Date(clock.real().getTime() + SESSION_HOURS * 3_600_000)
      // The failure must be kept, so a refusal is returned, not thrown.
      const isIn = await store.tx(tenant.id, async (tx) => {
        const person = await findByAddress(tx, { uscc, address, today: dayOf(by.at) })
        const open = person && (await lockCode(tx, person.id, by.at, MOST_FAILURES))
        if (person === undefined || open === undefined) return false
        if (!isSame(code, digitsOf(tenant.secret, open.id))) {
          await countFailure(tx, open.id)
          return false
        }
        await openSession(
          tx,
          open.id,
          { hash: sha256(secret), personId: person.id, expiresAt, real: clock.real() },
          by.at,
        )
        return true
      })
      if (!isIn) {
        count(wrong, tenant, uscc, request.ip)
        throw new Fault('platform.wrong_code')
      }
      reply.setCookie(COOKIE, secret, {
        ...{ path: '/e', httpOnly: true, sameSite: 'lax', secure: parts.secureCookies, maxAge: SESSION_HOURS * 3600 },
      })
    },
    async whoIs(tx, request, by) {
      const cookie = request.cookies[COOKIE]
      const person = cookie && (await findSignedIn(tx, sha256(cookie), clock.real(), dayOf(by.at)))
      if (!person) throw new Fault('platform.sign_in')
      return person
    },
    async leave(tx, request, reply) {
      const cookie = request.cookies[COOKIE]
      if (cookie !== undefined) await closeSession(tx, sha256(cookie))
      reply.clearCookie(COOKIE, { path: '/e' })
    },
  }
}

function isSame(typed: string, right: string): boolean {
  const given = Buffer.from(typed.normalize('NFKC').replaceAll(/\s/g, ''))
  return given.length === right.length && timingSafeEqual(given, Buffer.from(right))
}
