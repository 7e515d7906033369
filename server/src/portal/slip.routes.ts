import type { FastifyInstance } from 'fastify'
import QRCode from 'qrcode'
import type { AppealDesk } from '#appeal'
import type { CaseState, Engine } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { tidyNumber } from '#kernel/id'
import type { Store, Tx } from '#kernel/store'
import type { Door } from './door.ts'
import { findAsker } from './slip.sql.ts'
import { slipPage } from './slip-page.ts'

/** Who hands a slip over the counter. */
const HANDS_OUT = ['clerk', 'dispatcher', 'window', 'caller'] as const
const WITH_SLIP: readonly string[] = ['appeal', 'proposal']

interface SlipParts extends Pick<Door, 'enter'> {
  readonly store: Store
  readonly engine: Engine
  readonly desk: AppealDesk
  readonly clock: Clock
}

/** The slip (回执单) of a matter: for the person with number and code, for the intake office with its reason on record. */
export function slipPages(http: FastifyInstance, { store, engine, desk, clock, enter }: SlipParts): void {
  http.get<{ Params: { number: string }; Querystring: Record<string, string> }>(
    '/slip/:number',
    { schema: { hide: true } },
    async (request, reply) => {
      const { tenant, by } = await enter(request)
      const number = tidyNumber(request.params.number)
      const code = request.query['code']
      const page = await store.tx(tenant.id, async (tx) => {
        const key = { number, code: code ?? '', address: request.ip, real: clock.real() }
        const kase = code === undefined ? await handedOut(tx, engine, number, by) : await desk.unlock(tx, key)
        if (!WITH_SLIP.includes(kase.type)) throw new Fault('case.not_found')
        const told = await desk.tell(tx, kase, by.at)
        const pickup = await desk.codeOf(tx, kase.number)
        const address = `${request.protocol}://${request.host}/q/${kase.number}?code=${pickup}`
        return slipPage({
          ...{ district: tenant.name, phone: tenant.phone, number: kase.number, code: pickup },
          ...{ title: told.title, name: await findAsker(tx, kase.id), anonymous: kase.anonymous },
          ...{ unit: told.unit, unitPhone: told.unitPhone, stageLabel: told.stageLabel, dueAt: told.dueAt },
          ...{ answer: told.answer ?? null, by: code === undefined ? by.name : null, at: by.at },
          qr: await QRCode.toString(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }),
        })
      })
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page)
    },
  )
}

/** The slip carries the code, so that printing one is written down. */
async function handedOut(tx: Tx, engine: Engine, number: string, by: Actor): Promise<CaseState> {
  if (by.personId === null) throw new Fault('session.required')
  if (!HANDS_OUT.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  const kase = await engine.get(tx, number, by)
  await audit(tx, by, { action: 'slip.print', objectKind: 'case', objectId: kase.id, note: '打印回执单' })
  return kase
}
