import type { EnterpriseId, PolicyId } from '@banjie/contract'
import { type Calendar, dueOf } from '#calendar'
import { system } from '#kernel/actor'
import { audit } from '#kernel/audit'
import type { Tx } from '#kernel/store'
import { holdObligations, keepObligations, type Owed, termOf } from '#obligation'
import { dayOf } from '#org'
import { type CohortRow, lapse, listCohorts, listStates, putEntitlements } from './entitlement.sql.ts'
import { listEligible } from './match.sql.ts'
import { listVersions, type VersionRow } from './policy.sql.ts'
import { reasonsOf } from './rule.ts'
import { listSheets } from './sheet.sql.ts'

const BATCH = 500
const UNSERVED: readonly string[] = ['eligible', 'offered']

/** The version of a policy that holds on a day: the newest of those published whose term has begun; one that begins later leaves the other in force. */
export const versionOn = (versions: readonly VersionRow[], day: string) =>
  versions.findLast(({ publishedAt, body }) => publishedAt !== null && body.validFrom <= day)

/** The version of every policy that runs on a day. @param versions the oldest first */
export const inForce = (versions: readonly VersionRow[], day: string): VersionRow[] =>
  [...Map.groupBy(versions, ({ policyId }) => policyId).values()]
    .flatMap((own) => versionOn(own, day) ?? [])
    .filter(({ endedOn, body }) => (body.validTo == null || body.validTo >= day) && (endedOn === null || endedOn > day))

/**
 * Finds who is entitled to what (应享入账): every open enterprise against every policy in force. Whoever is found is kept with the reasons of that day, and
 * stands on the ledger of the policy’s unit until it is paid, has declined or is eligible no more.
 */
export async function settlePolicies(tx: Tx, calendar: Calendar, now: Date): Promise<void> {
  await holdObligations(tx, 'policy', 'whole')
  const day = dayOf(now)
  const by = system(now)
  const policies = inForce(await listVersions(tx), day)
  const found =
    policies.length === 0
      ? []
      : await listEligible(
          tx,
          policies.map(({ body }) => body.rule),
          day,
        )
  const known = new Map((await listStates(tx)).map((one) => [keyOf(one), one]))
  const eligible = found.flatMap(({ id, no }) => {
    const policy = policies[no]
    return policy === undefined ? [] : [{ policy, policyId: policy.policyId, enterpriseId: id }]
  })
  const fresh = eligible.filter(({ policy, ...pair }) => {
    const before = known.get(keyOf(pair))
    return (
      before === undefined ||
      before.state === 'lapsed' ||
      (before.state === 'declined' && before.version < policy.version)
    )
  })
  for (let i = 0; i < fresh.length; i += BATCH) {
    const some = fresh.slice(i, i + BATCH)
    const byId = new Map(
      (
        await listSheets(
          tx,
          day,
          some.map(({ enterpriseId }) => enterpriseId),
        )
      ).map((sheet) => [sheet.id, sheet]),
    )
    const rows = some.flatMap(({ policy, policyId, enterpriseId }) => {
      const sheet = byId.get(enterpriseId)
      if (sheet === undefined) return []
      return [{ policyId, enterpriseId, version: policy.version, why: reasonsOf(policy.body.rule, sheet) }]
    })
    await putEntitlements(tx, rows, day, by)
  }
  const still = new Set(eligible.map(keyOf))
  const running = new Set(policies.map(({ policyId }) => policyId))
  // A policy that has ended owes what it had found; one that runs looks again.
  const gone = [...known.values()].filter(
    (one) => UNSERVED.includes(one.state) && running.has(one.policyId) && !still.has(keyOf(one)),
  )
  if (gone.length > 0) await lapse(tx, gone, day, by)
  for (const { policyId } of policies) {
    const [came, went] = [fresh, gone].map((some) => some.filter((one) => one.policyId === policyId).length)
    const note = `列入 ${came} 户，不再符合 ${went} 户`
    if (came || went) await audit(tx, by, { action: 'settlePolicy', objectKind: 'policy', objectId: policyId, note })
  }
  await settleCohorts(tx, calendar, now)
}
const keyOf = ({ policyId, enterpriseId }: { readonly policyId: PolicyId; readonly enterpriseId: EnterpriseId }) =>
  `${policyId} ${enterpriseId}`

/** What is owed by the policies’ units, a row for those found eligible on one day (兑现入账). */
export async function settleCohorts(tx: Tx, calendar: Calendar, now: Date): Promise<void> {
  await holdObligations(tx, 'policy', 'whole')
  const owed = (await listCohorts(tx)).map((cohort) => owedOf(cohort, calendar))
  await keepObligations(tx, owed, { kinds: ['disbursement'], subjects: undefined }, now)
}

const WARN_SHARE = 3
function owedOf({ policyId, title, unitId, payWithin, since, size, settled }: CohortRow, calendar: Calendar): Owed {
  const from = new Date(`${since}T09:00:00+08:00`)
  const term = termOf(since, dayOf(dueOf(calendar, from, { amount: payWithin, unit: 'workingDay' }).dueAt))
  const [begin, end] = [term.beginsAt.getTime(), term.dueAt.getTime()]
  return {
    ...{ key: `policy ${policyId} ${since}`, form: 'quantity', kind: 'disbursement', title: `惠企政策兑现：${title}` },
    ...{ subjectId: policyId, ruleId: null, leadUnitId: unitId, unitIds: [unitId], personIds: [], checkUnitId: null },
    ...{ ...term, redAt: term.dueAt, yellowAt: new Date(end - (end - begin) / WARN_SHARE) },
    ...{ done: settled, needed: size, unitWord: '户', state: settled >= size ? 'met' : 'running', cause: null },
  }
}
