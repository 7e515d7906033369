import type {
  ContactCalendar,
  ContactKind,
  ContactLimit,
  ContactMonth,
  ContactPreview,
  ContactSavings,
  LiaisonTargetId,
  UnitId,
} from '@banjie/contract'
import { dayAfter, periodAround } from '#cadence'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { findTargets, getTarget, listTargetNames } from '#liaison'
import { dayOf } from '#org'
import { type ContactSpan, countContacts, listContacts, listJoined, sumSaved } from './contact.sql.ts'
import { entryView, entryViews, fitsInto } from './entry.ts'
import { limitOn, limitVersions } from './limit.ts'
import { mayPlan, unitMeant } from './planner.ts'
import { listQuiets } from './quiet.sql.ts'
import { quietOn, quietView } from './quiet.ts'

const DAY_MS = 86_400_000
const LONGEST_DAYS = 400
const MOST_TARGETS = 300
const daysApart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / DAY_MS

/** @throws Fault 'contact.span' */
function spanOf({ from, to }: ContactSpan): ContactSpan {
  if (to < from || daysApart(from, to) > LONGEST_DAYS) throw new Fault('contact.span', { days: LONGEST_DAYS })
  return { from, to }
}
/** The months that a span touches, whole. */
const wholeMonths = ({ from, to }: ContactSpan): ContactSpan => ({
  from: periodAround('month', from).from,
  to: periodAround('month', to).to,
})
function monthsIn({ from, to }: ContactSpan): string[] {
  const first = periodAround('month', from)
  return first.from > to ? [] : [first.from.slice(0, 7), ...monthsIn({ from: dayAfter(first.to), to })]
}

/** The limits by which a month is judged: a past one by its last day, a coming one by its first. */
const budgetLimit = (versions: readonly ContactLimit[], { from, to }: ContactSpan, today: string) =>
  limitOn(versions, [from, today, to].sort()[1] ?? today)

interface SpanAsked {
  readonly from?: string | undefined
  readonly to?: string | undefined
}
/** The contact calendar (接触日历) of one target; by default last month, this one and the next. @throws Fault 'liaison.target_not_found' | 'contact.span' */
export async function calendarOf(tx: Tx, id: LiaisonTargetId, asked: SpanAsked, by: Actor): Promise<ContactCalendar> {
  const today = dayOf(by.at)
  const month = periodAround('month', today)
  const span = spanOf({
    from: asked.from ?? periodAround('month', dayAfter(month.from, -1)).from,
    to: asked.to ?? periodAround('month', dayAfter(month.to)).to,
  })
  const target = await getTarget(tx, id)
  const versions = await limitVersions(tx)
  const quiets = await listQuiets(tx, [id], span)
  const uses = await countContacts(tx, id, wholeMonths(span), today)
  return {
    ...{ ...span, today, quiets: quiets.map(quietView) },
    target: { id: target.id, name: target.name, kind: target.kind, closedOn: target.closedOn },
    items: (await listContacts(tx, id, span)).map((row) => entryView(row, target, quiets, by)),
    months: monthsIn(span).map((one) => ({
      month: one,
      used: uses.find((use) => use.month === one)?.used ?? 0,
      budget: budgetLimit(versions, periodAround('month', `${one}-01`), today).perMonth,
    })),
    may: { plan: mayPlan(by) && target.closedOn === null, quiet: mayPlan(by) && target.closedOn === null },
  }
}

/** Contacts that count in the month of a day, against the budget in force on that day. */
export async function monthOf(tx: Tx, target: LiaisonTargetId, on: string, today: string, perMonth: number) {
  const month = on.slice(0, 7)
  const uses = await countContacts(tx, target, periodAround('month', on), today)
  return { month, used: uses[0]?.used ?? 0, budget: perMonth }
}

interface PreviewAsked {
  readonly target: LiaisonTargetId
  readonly on: string
  readonly kind: ContactKind
  readonly unit?: UnitId | undefined
  readonly statutory: boolean
}
/**
 * What a planner is told before anything is stored (先看再定): what else comes to the target around that day, whether the month is full, which
 * contact the unit may join, whether the target wants to be left alone.
 * @throws Fault 'liaison.target_not_found' | 'contact.not_your_unit'
 */
export async function previewOf(tx: Tx, asked: PreviewAsked, by: Actor): Promise<ContactPreview> {
  const { on, kind, statutory } = asked
  const today = dayOf(by.at)
  const unit = unitMeant(by, asked.unit)
  const target = await getTarget(tx, asked.target)
  const limit = limitOn(await limitVersions(tx), on)
  const month = await monthOf(tx, target.id, on, today, limit.perMonth)
  const span = { from: dayAfter(on, -limit.windowDays), to: dayAfter(on, limit.windowDays) }
  const quiets = await listQuiets(tx, [target.id], span)
  const around = (await listContacts(tx, target.id, span)).map((row) => entryView(row, target, quiets, by))
  const quiet = quietOn(quiets, on)
  const overBudget = month.used >= month.budget
  return {
    ...{ on, limit, month, around, overBudget, needsReason: overBudget && !statutory },
    target: { id: target.id, name: target.name, kind: target.kind },
    near: around
      .filter((one) => one.state === 'planned' && !one.lapsed && daysApart(one.on, on) <= limit.nearDays)
      .filter((one) => fitsInto(kind, one) && !one.units.some(({ id }) => id === unit))
      .sort((a, b) => daysApart(a.on, on) - daysApart(b.on, on)),
    quiet: quiet === undefined ? null : quietView(quiet),
    refused: quiet !== undefined && !statutory,
  }
}

/** How much each target is contacted in a month (各户接触次数), most first; by name also those that nobody comes to. */
export async function monthOfAll(
  tx: Tx,
  asked: { readonly month?: string | undefined; readonly q?: string | undefined },
  by: Actor,
): Promise<ContactMonth> {
  const today = dayOf(by.at)
  const month = asked.month ?? today.slice(0, 7)
  const span = periodAround('month', `${month}-01`)
  const { perMonth } = budgetLimit(await limitVersions(tx), span, today)
  const uses = new Map((await countContacts(tx, undefined, span, today)).map((use) => [use.targetId, use]))
  const meant = asked.q ? await findTargets(tx, asked.q, today) : await listTargetNames(tx, [...uses.keys()])
  const shown = meant
    .map((target) => ({ target, use: uses.get(target.id) }))
    .sort((a, b) => (b.use?.used ?? 0) - (a.use?.used ?? 0) || (a.target.name < b.target.name ? -1 : 1))
  const first = shown.slice(0, MOST_TARGETS)
  const quiets = await listQuiets(
    tx,
    first.map(({ target }) => target.id),
    { from: today, to: today },
  )
  const items = first.map(({ target: { id, name, kind }, use }) => ({
    ...{ target: { id, name, kind }, used: use?.used ?? 0, budget: perMonth, next: use?.next ?? null },
    over: (use?.used ?? 0) > perMonth,
    quiet: quiets.some(({ targetId }) => targetId === id),
  }))
  return { month, items, cut: shown.length > MOST_TARGETS }
}

/** Visits saved by joining (合并少跑) in a period, this year unless said otherwise, with every joined contact. @throws Fault 'contact.span' */
export async function savingsOf(tx: Tx, asked: SpanAsked, by: Actor): Promise<ContactSavings> {
  const today = dayOf(by.at)
  const year = today.slice(0, 4)
  const span = spanOf({ from: asked.from ?? `${year}-01-01`, to: asked.to ?? `${year}-12-31` })
  const shown = await entryViews(tx, await listJoined(tx, span, today), by)
  return {
    ...{ ...span, ...(await sumSaved(tx, span, today)) },
    items: shown.map(({ row, entry }) => ({ ...entry, saved: row.saved })),
  }
}

/** Visits that were saved by joining (合并少跑) this year and have taken place: what the public is told. */
export async function savedThisYear(tx: Tx, now: Date): Promise<number> {
  const today = dayOf(now)
  return (await sumSaved(tx, { from: `${today.slice(0, 4)}-01-01`, to: today }, today)).done
}
