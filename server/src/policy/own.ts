import type { EnterpriseId, EntitlementState, PolicyId, PolicyMode } from '@banjie/contract'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listEntitlements } from './entitlement.sql.ts'
import { listVersions } from './policy.sql.ts'
import { answerOf, judge, reasonsOf } from './rule.ts'
import { STEPS } from './serve.ts'
import { inForce } from './settle.ts'
import { listSheets } from './sheet.sql.ts'

/** A policy as the enterprise it suits reads it (匹配到的政策). `why` are the conditions it meets; money in fen. */
export interface OwnPolicy {
  readonly id: PolicyId
  readonly title: string
  readonly documentNo: string
  readonly benefit: string
  readonly mode: PolicyMode
  readonly unit: string
  readonly why: readonly string[]
  /** Null where it suits from today on and is entered tomorrow morning. */
  readonly state: EntitlementState | null
  readonly paid: { readonly on: string; readonly fen: number } | null
  readonly mayConfirm: boolean
  readonly mayDecline: boolean
}

/** The policies that suit an enterprise (政策匹配), and those it was paid by or has declined; what it does not meet is not told outside the house. */
export async function ownPoliciesOf(tx: Tx, enterprise: EnterpriseId, now: Date): Promise<OwnPolicy[]> {
  const today = dayOf(now)
  const [sheet] = await listSheets(tx, today, [enterprise])
  const known = new Map((await listEntitlements(tx, { enterprise })).map((row) => [row.policyId, row]))
  const versions = await listVersions(tx)
  const running = inForce(versions, today)
  const ids = new Set(running.map(({ policyId }) => policyId))
  // Whoever was found before a policy ended is paid all the same.
  const over = versions.filter((one) => !ids.has(one.policyId) && known.get(one.policyId)?.version === one.version)
  return [...running, ...over].flatMap(({ policyId, body, unitName }) => {
    const row = known.get(policyId)
    const suits = ids.has(policyId) && sheet !== undefined && answerOf(judge(body.rule, sheet)) === 'yes'
    const state = row === undefined || row.state === 'lapsed' ? null : row.state
    if (!suits && state === null) return []
    const may = (step: keyof typeof STEPS) => state !== null && STEPS[step].includes(state)
    return [
      {
        ...{ id: policyId, title: body.title, documentNo: body.documentNo, benefit: body.benefit, mode: body.mode },
        ...{ unit: unitName, state },
        why:
          sheet === undefined
            ? []
            : reasonsOf(body.rule, sheet).flatMap((one) => (one.answer === 'yes' ? [one.asked] : [])),
        paid: row?.paidOn == null ? null : { on: row.paidOn, fen: row.paidFen ?? 0 },
        ...{ mayConfirm: may('confirmed'), mayDecline: may('declined') },
      },
    ]
  })
}
