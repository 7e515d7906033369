import { type HandoverList, routes } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listGaps } from './person.sql.ts'
import { handOverPerson, type Succeed } from './person.ts'
import { type ListRow, listHandovers, signList } from './reorganise.sql.ts'
import { reorganise } from './reorganise.ts'

/**
 * Reorganisations, the lists they hand over by, and what people hand over to each other.
 * @param succeed hands over what modules above keep of a person
 * @param forget called when posts have changed, so that nobody keeps acting in an old one
 */
export function handoverRoutes({ serve }: Server, engine: Engine, succeed: Succeed, forget: () => void): void {
  serve(routes.reorganise, ({ tx, by, body }) => {
    tx.afterCommit(forget)
    return reorganise(tx, engine, body, by)
  })
  serve(routes.handovers, async ({ tx, by }) => ({ items: (await listHandovers(tx, by, null)).map(shown) }))
  serve(routes.signHandover, ({ tx, by, params }) => sign(tx, params.id, by))
  serve(routes.handOverPerson, ({ tx, by, body }) => {
    tx.afterCommit(forget)
    return handOverPerson(tx, { engine, succeed }, body, by)
  })
  serve(routes.ownershipGaps, async ({ tx, by, query }) => ({
    items: await listGaps(tx, sightOf(by), query.days, dayOf(by.at)),
  }))
}

const shown = (list: ListRow): z.input<typeof HandoverList> => ({
  ...list,
  signedAt: list.signedAt?.toISOString() ?? null,
})

/** Signs a handover list (签收移交清单): the receiving unit's head says that all of it has arrived. */
async function sign(tx: Tx, id: string, by: Actor): Promise<z.input<typeof HandoverList>> {
  const [list] = await listHandovers(tx, by, id)
  if (list === undefined) throw new Fault('handover.not_found')
  if (!by.roles.has('head') || !by.scope.includes(list.to.id)) throw new Fault('forbidden')
  if (!(await signList(tx, id, by))) throw new Fault('handover.signed', { name: list.signedBy ?? '他人' })
  const [signed] = await listHandovers(tx, by, id)
  return shown(signed ?? list)
}
