import type { SubscriptionEvent } from '@banjie/contract'
import type { Outgoing } from '#kernel/outbox'
import type { SubscriptionRow } from './subscription.sql.ts'
import { TEMPLATE_VERSION } from './template.ts'

/** What an outbox row of ours says: ids and dates, never an address or a text. */
export interface Telling {
  readonly subscriptionId: string
  readonly partyId: string
  readonly caseId: string
  readonly what: SubscriptionEvent | 'confirm'
  /** When it happened. */
  readonly at: string
  /** The version of the words (文案版本) in force when it happened. */
  readonly template: string
}

/** A message to one subscriber. */
export const telling = (
  { id, partyId, caseId, via }: Pick<SubscriptionRow, 'id' | 'partyId' | 'caseId' | 'via'>,
  { what, key, at }: { readonly what: Telling['what']; readonly key: string; readonly at: Date },
): Outgoing => ({
  kind: via,
  key,
  runAt: at,
  payload: {
    ...{ subscriptionId: id, partyId, caseId, what, at: at.toISOString(), template: TEMPLATE_VERSION },
  } satisfies Telling,
})
