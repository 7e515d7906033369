import type {
  EnterpriseId,
  EnterprisePolicies,
  Entitlement,
  NeedState,
  PolicyDetail,
  PolicyGap,
  PolicyId,
  PolicyRow,
  PolicyRule,
  PolicyState,
  QueuedNeed,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { refuseOutsiders } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { listTargetNames } from '#liaison'
import { dayOf } from '#org'
import { getVersions } from './draft.ts'
import {
  countEntitlements,
  daysToPaid,
  type EntitlementFilter,
  type EntitlementRow,
  listEntitlements,
} from './entitlement.sql.ts'
import { countMatches, listEligible, listUnknown } from './match.sql.ts'
import { listNeeds, listNeedsOf, type NeedRow } from './need.sql.ts'
import { mayNote } from './need.ts'
import { listVersions, type VersionRow } from './policy.sql.ts'
import { mayPublish, mayTryFigures, mayWrite } from './right.ts'
import { answerOf, asksFigures, judge, linesOf, reasonsOf } from './rule.ts'
import { STEPS } from './serve.ts'
import { inForce, versionOn } from './settle.ts'
import { listSheets } from './sheet.sql.ts'

const DAY_MS = 86_400_000
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

type Counts = Pick<PolicyRow, 'entitled' | 'paid' | 'paidFen' | 'waiting'>
const NONE: Counts = { entitled: 0, paid: 0, paidFen: 0, waiting: 0 }
/** A policy as it now is: the version in force, one that is still to begin, or its draft. */
function rowView(versions: readonly VersionRow[], counts: Counts, today: string): PolicyRow | undefined {
  const shown =
    versionOn(versions, today) ?? versions.findLast(({ publishedAt }) => publishedAt !== null) ?? versions.at(-1)
  if (shown === undefined) return undefined
  const { policyId, version, body, endedOn, publishedAt, unitName } = shown
  const isOver = (endedOn !== null && endedOn <= today) || (body.validTo != null && body.validTo < today)
  const state: PolicyState = publishedAt === null ? 'draft' : isOver ? 'ended' : 'published'
  const { title, documentNo, issuer, benefit, mode, validFrom } = body
  return {
    ...{ id: policyId, title, documentNo, issuer, benefit, mode, validFrom, version, state },
    ...{ fen: body.fen ?? null, validTo: body.validTo ?? null, unit: { id: body.unitId, name: unitName } },
    ...{ entitled: counts.entitled, paid: counts.paid, paidFen: counts.paidFen, waiting: counts.waiting },
  }
}

/** The library (政策库), with how many are entitled and how many were paid. */
export async function policiesOf(
  tx: Tx,
  { state }: { readonly state?: PolicyState | undefined },
  by: Actor,
): Promise<PolicyRow[]> {
  const counts = new Map((await countEntitlements(tx)).map((one) => [one.policyId, one]))
  const groups = Map.groupBy(await listVersions(tx), ({ policyId }) => policyId)
  const rows = [...groups].flatMap(([id, versions]) => rowView(versions, counts.get(id) ?? NONE, dayOf(by.at)) ?? [])
  return rows.filter((row) => state === undefined || row.state === state)
}

function entitlementView(row: EntitlementRow, isNow: boolean, by: Actor): Entitlement {
  const { policyId, title, version, state, since, why, offeredOn, confirmedOn, declinedReason } = row
  const may = (step: keyof typeof STEPS) => isNow && mayWrite(row.unitId, by) && STEPS[step].includes(state)
  const { paidOn, paidFen, voucher, disbursementId } = row
  return {
    ...{ policyId, title, version, state, since, why, offeredOn, confirmedOn, declined: declinedReason },
    enterprise: { id: row.enterpriseId, name: row.enterpriseName, kind: 'enterprise' },
    paid:
      paidOn === null
        ? null
        : {
            ...{ on: paidOn, fen: paidFen ?? 0, voucher: voucher ?? '', disbursementId },
            days: Math.max(daysBetween(since, paidOn), 0),
          },
    may: { offer: may('offered'), confirm: may('confirmed'), decline: may('declined'), pay: may('paid') },
  }
}
/** Who is entitled to what and what was paid (应享、已享清单); staff read it, since money for enterprises is published anyway. @throws Fault 'forbidden' */
export async function entitlementsOf(tx: Tx, filter: EntitlementFilter, by: Actor): Promise<Entitlement[]> {
  refuseOutsiders(by)
  return (await listEntitlements(tx, filter)).map((row) => entitlementView(row, filter.on === undefined, by))
}

/** One of them. @throws Fault 'policy.not_entitled' */
export async function entitlementOf(
  tx: Tx,
  policy: PolicyId,
  enterprise: EnterpriseId,
  by: Actor,
): Promise<Entitlement> {
  const [row] = await entitlementsOf(tx, { policy, enterprise }, by)
  if (row === undefined) throw new Fault('policy.not_entitled')
  return row
}

const SAMPLE = 20
const isOpen = (rule: PolicyRule, by: Actor) => !asksFigures(rule) || mayTryFigures(by)
/** How many enterprises a rule would find (试算); nothing is stored. @throws Fault 'policy.figures_closed' | 'forbidden' */
export async function previewOf(tx: Tx, rule: PolicyRule, by: Actor) {
  refuseOutsiders(by)
  if (!isOpen(rule, by)) throw new Fault('policy.figures_closed')
  const day = dayOf(by.at)
  const found = await listEligible(tx, [rule], day)
  const sample = (
    await listTargetNames(
      tx,
      found.slice(0, SAMPLE).map(({ id }) => id),
    )
  ).map(({ id, name, kind }) => ({ id, name, kind }))
  return { ...(await matchOf(tx, rule, day)), sample }
}
async function matchOf(tx: Tx, rule: PolicyRule, day: string) {
  const [counted] = await countMatches(tx, [rule], day)
  return { yes: counted?.yes ?? 0, no: counted?.ineligible ?? 0, unknown: counted?.unknown ?? 0 }
}

/** One policy: its rule clause by clause, who is entitled, how long payment took. @throws Fault 'policy.not_found' */
export async function policyOf(tx: Tx, id: PolicyId, by: Actor): Promise<PolicyDetail> {
  const today = dayOf(by.at)
  const versions = await getVersions(tx, id)
  const counts = (await countEntitlements(tx)).find(({ policyId }) => policyId === id) ?? NONE
  const row = rowView(versions, counts, today)
  if (row === undefined) throw new Fault('policy.not_found')
  const newest = versions.at(-1) ?? versions[0]
  const { body } = versions.find(({ version }) => version === row.version) ?? newest
  const entitlements = await entitlementsOf(tx, { policy: id }, by)
  return {
    ...row,
    ...{ sourceUrl: body.sourceUrl ?? null, payWithin: body.payWithin, rule: body.rule, ruleWords: linesOf(body.rule) },
    versions: versions.map(({ version, byName, at, publishedBy, publishedAt, body: own }) => ({
      ...{ version, by: byName, at: at.toISOString(), body: own },
      published: publishedAt === null ? null : { by: publishedBy ?? '', at: publishedAt.toISOString() },
    })),
    match: isOpen(newest.body.rule, by) ? await matchOf(tx, newest.body.rule, today) : null,
    entitlements,
    ended: newest.endedOn === null ? null : { on: newest.endedOn, reason: newest.endedReason ?? '' },
    days: await daysToPaid(tx, id),
    may: {
      write: mayWrite(body.unitId, by) && newest.endedOn === null,
      publish: newest.publishedAt === null && mayPublish(by) && newest.byPerson !== by.personId,
      end: mayWrite(body.unitId, by) && newest.endedOn === null && row.state === 'published',
    },
  }
}

/**
 * Of which enterprises a policy cannot be said, and whose data are missing (缺数据企业), by its newest version as the count has it.
 * @throws Fault 'policy.not_found' | 'policy.figures_closed' | 'forbidden'
 */
export async function gapsOf(tx: Tx, id: PolicyId, by: Actor): Promise<PolicyGap[]> {
  refuseOutsiders(by)
  const versions = await getVersions(tx, id)
  const { rule } = (versions.at(-1) ?? versions[0]).body
  if (!isOpen(rule, by)) throw new Fault('policy.figures_closed')
  const day = dayOf(by.at)
  const unknown = (await listUnknown(tx, rule, day)).map((one) => one.id)
  const sheets = unknown.length === 0 ? [] : await listSheets(tx, day, unknown)
  return sheets
    .map((sheet) => ({
      enterprise: { id: sheet.id, name: sheet.name, kind: 'enterprise' as const },
      missing: [...new Set(reasonsOf(rule, sheet).flatMap(({ missing }) => missing ?? []))],
    }))
    .sort((a, b) => a.enterprise.name.localeCompare(b.enterprise.name, 'zh-CN'))
}

const RANK: Readonly<Record<string, number>> = { yes: 0, unknown: 1, no: 2 }
/** Every policy in force held against one enterprise (政策匹配), what it was told and paid, and what it needs. @throws Fault 'liaison.target_not_found' */
export async function enterprisePoliciesOf(tx: Tx, enterprise: EnterpriseId, by: Actor): Promise<EnterprisePolicies> {
  const today = dayOf(by.at)
  const [sheet] = await listSheets(tx, today, [enterprise])
  const entitlements = await entitlementsOf(tx, { enterprise }, by)
  const policies = inForce(await listVersions(tx), today)
  const items = policies.flatMap((policy) => {
    const row = rowView([policy], NONE, today)
    if (row === undefined) return []
    const { id, title, documentNo, benefit, fen, mode, unit } = row
    const { rule } = policy.body
    return [
      {
        policy: { id, title, documentNo, benefit, fen, mode, unit },
        answer: sheet === undefined ? ('unknown' as const) : answerOf(judge(rule, sheet)),
        why: sheet === undefined ? [] : reasonsOf(rule, sheet),
        entitlement: entitlements.find(({ policyId }) => policyId === id) ?? null,
      },
    ]
  })
  const needs = (await listNeedsOf(tx, enterprise)).map(needView)
  return {
    items: items.sort((a, b) => (RANK[a.answer] ?? 0) - (RANK[b.answer] ?? 0)),
    ...{ needs, may: { need: mayNote(by) } },
  }
}

const needView = ({
  enterpriseId: _,
  enterpriseName: __,
  onDay,
  byName,
  answeredOn,
  answeredBy,
  ...need
}: NeedRow) => ({
  ...need,
  ...{ on: onDay, by: byName, answered: answeredOn === null ? null : { on: answeredOn, by: answeredBy ?? '' } },
})
/** What all enterprises need (需求清单), what waits longest first. @throws Fault 'forbidden' */
export async function needsOf(tx: Tx, state: NeedState | undefined, by: Actor): Promise<QueuedNeed[]> {
  refuseOutsiders(by)
  return (await listNeeds(tx, state)).map((row) => ({
    ...needView(row),
    enterprise: { id: row.enterpriseId, name: row.enterpriseName, kind: 'enterprise' },
    mayAnswer: row.state === 'asked' && mayNote(by),
  }))
}
