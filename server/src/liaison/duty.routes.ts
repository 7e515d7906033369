import { type CadenceRule, routes } from '@banjie/contract'
import {
  dayAfter,
  type ExemptionRow,
  endRule,
  listExemptions,
  listRules,
  putExemption,
  putRule,
  type RuleRow,
} from '#cadence'
import type { CalendarBook } from '#calendar'
import type { Server } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson } from '#org'
import { listPersonNames } from './bond.sql.ts'
import { bind, handOverBond, unbind } from './bond.ts'
import { coverageOn } from './coverage.ts'
import { dutiesOf } from './duty.ts'
import { personMeant, refuseUnlessKeeper } from './keeper.ts'
import { getTarget } from './open-target.ts'
import { settleDuties } from './settle.ts'
import { tagVisit } from './tag-visit.ts'
import { listTargetNames } from './target.sql.ts'
import { closeTarget, register, registerAll, revealContact, targetOf, targetRows } from './target.ts'
import { raisedOf, recordVisit, type VisitParts, visitCounts, visitOf, visitsOf } from './visit.ts'

const EVER = { from: '2007-01-01', to: '9999-12-31' }

/** Recurring duties, liaisons and visits. */
export function dutyRoutes({ serve }: Server, { engine, listeners }: VisitParts, book: CalendarBook): void {
  const days = (tx: Tx) => book.of(tx.tenant, null)
  const parts = { engine, book }
  serve(routes.duties, ({ tx, by, query }) => dutiesOf(tx, book, query, by))
  serve(routes.cadenceRules, async ({ tx }) => ({ items: await ruleViews(tx, await listRules(tx)) }))
  serve(routes.newCadenceRule, async ({ tx, by, body }) => {
    refuseUnlessKeeper(by)
    if (body.targetId !== undefined) await getTarget(tx, body.targetId)
    if (body.debtor.kind === 'person') await getPerson(tx, body.debtor.personId)
    const rule = await putRule(tx, body, by)
    // The version before ends the day before; its last period is judged again.
    await settleDuties(tx, await days(tx), { from: dayAfter(rule.validFrom, -1) }, by.at)
    return ruleView(tx, rule)
  })
  serve(routes.endCadenceRule, async ({ tx, by, params, body }) => {
    refuseUnlessKeeper(by)
    const rule = await endRule(tx, params.id, body, by)
    await settleDuties(tx, await days(tx), { from: body.on }, by.at)
    return ruleView(tx, rule)
  })
  serve(routes.cadenceExemptions, async ({ tx }) => ({
    items: await exemptionViews(tx, await listExemptions(tx, EVER)),
  }))
  serve(routes.newCadenceExemption, async ({ tx, by, body }) => {
    refuseUnlessKeeper(by)
    if (body.targetId !== undefined) await getTarget(tx, body.targetId)
    if (body.personId !== undefined) await getPerson(tx, body.personId)
    const id = await putExemption(tx, body, by)
    await settleDuties(tx, await days(tx), { from: body.from, to: body.to, target: body.targetId }, by.at)
    const [view] = await exemptionViews(
      tx,
      (await listExemptions(tx, EVER)).filter((one) => one.id === id),
    )
    if (view === undefined) throw new Error('an exemption that was just written is not there')
    return view
  })
  serve(routes.liaisonTargets, async ({ tx, by, query }) => ({
    items: await targetRows(tx, { ...query, person: personMeant(query.person, by) }, by),
  }))
  serve(routes.newLiaisonTarget, async ({ tx, by, body }) => targetOf(tx, parts, await register(tx, body, by), by))
  serve(routes.newLiaisonTargets, async ({ tx, by, body }) => ({ items: await registerAll(tx, body.targets, by) }))
  serve(routes.liaisonTarget, ({ tx, by, params }) => targetOf(tx, parts, params.id, by))
  serve(routes.closeLiaisonTarget, async ({ tx, by, params, body }) => {
    await closeTarget(tx, params.id, body, await days(tx), by)
    return targetOf(tx, parts, params.id, by)
  })
  serve(routes.revealLiaisonContact, ({ tx, by, params, body }) => revealContact(tx, params.id, body.reason, by))
  serve(routes.newLiaison, async ({ tx, by, body }) => bind(tx, body, await days(tx), by))
  serve(routes.endLiaison, async ({ tx, by, params, body }) => unbind(tx, params.id, body, await days(tx), by))
  serve(routes.handOverLiaison, async ({ tx, by, params, body }) =>
    handOverBond(tx, params.id, body, await days(tx), by),
  )
  serve(routes.liaisonCoverage, ({ tx, by, query }) => coverageOn(tx, query.on ?? dayOf(by.at)))
  serve(routes.visits, async ({ tx, by, query }) => {
    const filter = { ...query, person: personMeant(query.person, by) }
    return { items: await visitsOf(tx, engine, filter, by), counts: await visitCounts(tx, filter, by) }
  })
  serve(routes.newVisit, ({ tx, by, body }) => recordVisit(tx, { engine, listeners }, body, by))
  serve(routes.visitProblems, ({ tx, by, query: { state, ...filter } }) =>
    raisedOf(tx, engine, { state, filter: { ...filter, person: personMeant(filter.person, by) } }, by),
  )
  serve(routes.tagVisit, async ({ tx, by, params, body }) => {
    await tagVisit(tx, { listeners }, { id: params.id, tags: body.tags }, by)
    return visitOf(tx, engine, params.id, by)
  })
  serve(routes.visit, ({ tx, by, params }) => visitOf(tx, engine, params.id, by))
}

/** Rules with the names of what they are toward. */
async function ruleViews(tx: Tx, rules: readonly RuleRow[]): Promise<CadenceRule[]> {
  const targets = await namesOfTargets(tx, rules)
  return rules.map(({ targetId, ...rule }) => ({ ...rule, target: targets(targetId) }))
}
async function ruleView(tx: Tx, rule: RuleRow): Promise<CadenceRule> {
  const [view] = await ruleViews(tx, [rule])
  if (view === undefined) throw new Error('one rule in, none out')
  return view
}
async function exemptionViews(tx: Tx, rows: readonly ExemptionRow[]) {
  const targets = await namesOfTargets(tx, rows)
  const people = await listPersonNames(
    tx,
    rows.flatMap(({ personId }) => personId ?? []),
  )
  return rows.map(({ targetId, personId, ...row }) => ({
    ...{ ...row, target: targets(targetId) },
    person: people.find(({ id }) => id === personId) ?? null,
  }))
}
async function namesOfTargets(tx: Tx, rows: readonly Pick<RuleRow, 'targetId'>[]) {
  const found = await listTargetNames(
    tx,
    rows.flatMap(({ targetId }) => targetId ?? []),
  )
  const targets = new Map(found.map(({ id, name, kind }) => [id, { id, name, kind }]))
  return (id: RuleRow['targetId']) => (id === null ? null : (targets.get(id) ?? null))
}
