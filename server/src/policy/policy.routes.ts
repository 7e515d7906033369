import { type EnterpriseId, type PolicyId, routes } from '@banjie/contract'
import type { CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import type { Server } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { draftPolicy, draftVersion, endPolicy, publishPolicy } from './draft.ts'
import { answerNeed, noteNeed } from './need.ts'
import { type OfferListener, offerToAll, serveEntitlement } from './serve.ts'
import {
  enterprisePoliciesOf,
  entitlementOf,
  entitlementsOf,
  gapsOf,
  needsOf,
  policiesOf,
  policyOf,
  previewOf,
} from './view.ts'

/** Policies for enterprises (惠企政策): rules, matching, what is owed and paid, needs. */
export function policyRoutes({ serve }: Server, calendars: CalendarBook, listeners: readonly OfferListener[]): void {
  const days = (tx: Tx) => calendars.of(tx.tenant, null)
  const tell: OfferListener = async (tx, told, by) => {
    for (const heard of listeners) await heard(tx, told, by)
  }
  const step = async (
    tx: Tx,
    { id, enterprise }: { readonly id: PolicyId; readonly enterprise: EnterpriseId },
    given: Parameters<typeof serveEntitlement>[2],
    by: Actor,
  ) => {
    await serveEntitlement(tx, { policy: id, enterprise }, given, await days(tx), by)
    if (given.state === 'offered') await tell(tx, { policy: id, enterprises: [enterprise] }, by)
    return entitlementOf(tx, id, enterprise, by)
  }

  serve(routes.policies, async ({ tx, by, query }) => ({ items: await policiesOf(tx, query, by) }))
  serve(routes.newPolicy, async ({ tx, by, body }) => policyOf(tx, await draftPolicy(tx, body, by), by))
  serve(routes.policyPreview, ({ tx, by, body }) => previewOf(tx, body.rule, by))
  serve(routes.policy, ({ tx, by, params }) => policyOf(tx, params.id, by))
  serve(routes.policyGaps, async ({ tx, by, params }) => ({ items: await gapsOf(tx, params.id, by) }))
  serve(routes.newPolicyVersion, async ({ tx, by, params, body }) => {
    await draftVersion(tx, params.id, body, by)
    return policyOf(tx, params.id, by)
  })
  serve(routes.publishPolicy, async ({ tx, by, params }) => {
    await publishPolicy(tx, params.id, params.version, await days(tx), by)
    return policyOf(tx, params.id, by)
  })
  serve(routes.endPolicy, async ({ tx, by, params, body }) => {
    await endPolicy(tx, params.id, body, by)
    return policyOf(tx, params.id, by)
  })
  serve(routes.entitlements, async ({ tx, by, query }) => ({ items: await entitlementsOf(tx, query, by) }))
  serve(routes.offerPolicyToAll, async ({ tx, by, params }) => {
    const enterprises = await offerToAll(tx, params.id, await days(tx), by)
    await tell(tx, { policy: params.id, enterprises }, by)
    return policyOf(tx, params.id, by)
  })
  serve(routes.offerPolicy, ({ tx, by, params }) => step(tx, params, { state: 'offered', on: dayOf(by.at) }, by))
  serve(routes.confirmEntitlement, ({ tx, by, params, body }) =>
    step(tx, params, { state: 'confirmed', on: dayOf(by.at), ...body }, by),
  )
  serve(routes.declineEntitlement, ({ tx, by, params, body }) =>
    step(tx, params, { state: 'declined', on: dayOf(by.at), ...body }, by),
  )
  serve(routes.payEntitlement, ({ tx, by, params, body }) => step(tx, params, { state: 'paid', ...body }, by))
  serve(routes.enterprisePolicies, ({ tx, by, params }) => enterprisePoliciesOf(tx, params.id, by))
  serve(routes.newNeed, async ({ tx, by, params, body }) => {
    await noteNeed(tx, params.id, body, by)
    return enterprisePoliciesOf(tx, params.id, by)
  })
  serve(routes.needs, async ({ tx, by, query }) => ({ items: await needsOf(tx, query.state, by) }))
  serve(routes.answerNeed, async ({ tx, by, params, body }) =>
    enterprisePoliciesOf(tx, await answerNeed(tx, params.id, body, by), by),
  )
}
