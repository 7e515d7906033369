import type { ActionView, Case, CaseAnswer, CaseRow, CLOCK, ClockView, Light } from '@banjie/contract'
import { CLOCK as CLOCK_WORD, HANDLING_MODE, REQUEST_KIND, SUSPENSION_REASON } from '@banjie/contract'
import type { z } from 'zod'
import { z as zod } from 'zod'
import { type Calendar, explain, lightOf, remaining } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { emergencyAdvice } from './emergency.ts'
import { findCase, listClocks, listEvents } from './engine/case.sql.ts'
import type { ActionType } from './engine/case-type.ts'
import { spansOf } from './engine/clocks.ts'
import { type Engine, stageWord } from './engine/engine.ts'
import { sees, sightOf } from './engine/may.ts'
import type { CaseClock, CaseState } from './engine/state.ts'
import { tagsOf } from './tag.ts'
import { maskEmail, maskName, maskPhone } from './text/personal.ts'
import { usedTime } from './used-time.ts'
import { countMerged, getSurroundings, listNames } from './view.sql.ts'

type CaseView = z.input<typeof Case>

const iso = (instant: Date | null) => instant?.toISOString() ?? null
const isoOf = (text: string | null) => (text === null ? null : new Date(text).toISOString())

/** The clock of the ledger row as a light. A closed case with a promise still to keep shows the promise. */
export const caseLight = (kase: Pick<CaseState, 'dueAt' | 'yellowAt' | 'dueKind' | 'paused'>, now: Date): Light =>
  kase.dueAt === null || kase.yellowAt === null
    ? 'done'
    : lightOf({
        now,
        dueAt: kase.dueAt,
        yellowAt: kase.yellowAt,
        paused: kase.paused && kase.dueKind === 'handle' && kase.dueAt >= now,
      })

/** The unit in which a clock is told: hours for hour limits, working days for the others. */
const remainingOf = (
  calendar: Calendar,
  now: Date,
  clock: { dueAt: Date | null; dueKind: keyof typeof CLOCK | null; unit?: CaseClock['unit'] | undefined },
) => {
  if (clock.dueAt === null) return null
  const unit =
    clock.unit ??
    (clock.dueKind === 'accept' || clock.dueKind === 'dispatch' || clock.dueKind === 'signIn'
      ? 'workingHour'
      : 'workingDay')
  return remaining(calendar, now, clock.dueAt, unit)
}

/** A case as its page shows it, with its clocks and the actions the caller may take now. */
export async function caseAnswer(
  engine: Engine,
  tx: Tx,
  kase: CaseState,
  by: Actor,
): Promise<z.input<typeof CaseAnswer>> {
  const calendar = await engine.calendarOf(tx.tenant)
  const clocks = await listClocks(tx, kase.id)
  const emergency = emergencyAdvice(kase)
  return {
    case: await caseView(engine, calendar, tx, kase, by.at),
    clocks: clocks.map((clock) => clockView(calendar, clock, by.at)),
    actions: await actionViews(engine, tx, kase, { by, calendar, clocks }),
    ...(emergency.length > 0 && { emergency }),
  }
}

/** The 409 that helps: what the case has become and what may be done now. */
export async function withPresentState(engine: Engine, tx: Tx, fault: unknown, by: Actor): Promise<unknown> {
  if (!(fault instanceof Fault) || !('stale' in fault.extra)) return fault
  const kase = await findCase(tx, (fault.extra['stale'] as CaseState).id)
  if (kase === undefined || !sees(sightOf(by), kase)) return new Fault('case.not_found')
  return Object.assign(new Fault(fault.code, {}, { ...(await caseAnswer(engine, tx, kase, by)) }), {
    message: fault.message,
  })
}

interface Names {
  readonly categoryLabel: string | null
  readonly leadUnitName: string | null
  readonly handlerName: string | null
}

/** A case as a row of a list; its own page shows the same and more. */
export function rowView(
  engine: Engine,
  calendar: Calendar,
  kase: CaseState,
  names: Names,
  now: Date,
): z.input<typeof CaseRow> {
  const { id, number, type, title, stage, round, version, category, channel } = kase
  const { urgency, confidential, urged, outcome, satisfied, paused, supervised } = kase
  return {
    ...{ id, number, type, title, stage, round, version, category, channel },
    ...{ urgency, confidential, urged, outcome, satisfied, paused, supervised },
    superiorNumber: kase.superior?.number ?? null,
    stageLabel: stageWord(engine.typeOf(kase), stage),
    light: caseLight(kase, now),
    dueAt: iso(kase.dueAt),
    remaining: kase.closedAt === null ? remainingOf(calendar, now, kase) : null,
    categoryLabel: names.categoryLabel,
    leadUnit: kase.leadUnitId === null ? null : { id: kase.leadUnitId, name: names.leadUnitName ?? '' },
    handler: kase.handlerId === null ? null : { id: kase.handlerId, name: names.handlerName ?? '' },
    receivedAt: kase.receivedAt.toISOString(),
    answeredAt: iso(kase.answeredAt),
    closedAt: iso(kase.closedAt),
    updatedAt: kase.updatedAt.toISOString(),
    tags: [...tagsOf(kase)],
  }
}

async function caseView(engine: Engine, calendar: Calendar, tx: Tx, kase: CaseState, now: Date): Promise<CaseView> {
  const around = await getSurroundings(tx, kase.id, {
    units: [kase.leadUnitId, kase.holderUnitId, ...kase.assistingUnitIds, ...unitsIn(kase)],
    people: [kase.handlerId],
    category: kase.category,
  })
  const unit = (id: string | null) => (id === null ? null : { id: id as never, name: around?.units?.[id] ?? '' })
  const names = {
    categoryLabel: around?.categoryLabel ?? null,
    leadUnitName: unit(kase.leadUnitId)?.name ?? null,
    handlerName: around?.people?.[kase.handlerId ?? ''] ?? null,
  }
  const row = rowView(engine, calendar, kase, names, now)
  const { content, summary, divisionCode, anonymous, answer, promisedOn, declineReason, ruleSet } = kase
  return {
    ...row,
    ...{ content, summary, divisionCode, anonymous, answer, promisedOn, declineReason, ruleSet },
    class: kase.class,
    facts: { ...kase.facts },
    acceptedAt: iso(kase.acceptedAt),
    dispatchedAt: iso(kase.dispatchedAt),
    location: { address: kase.address, lng: kase.lng, lat: kase.lat },
    assistingUnits: kase.assistingUnitIds.map((assisting) => unit(assisting)).filter((named) => named !== null),
    holder: { unit: unit(kase.holderUnitId), person: row.handler },
    party: around?.party
      ? {
          id: around.party.id,
          kind: around.party.kind,
          masked: {
            name: around.party.name && maskName(around.party.name),
            phone: around.party.phone && maskPhone(around.party.phone),
            email: around.party.email && maskEmail(around.party.email),
          },
          proxy: around.party.proxyRelation
            ? {
                name: around.party.proxyName && maskName(around.party.proxyName),
                phone: around.party.proxyPhone && maskPhone(around.party.proxyPhone),
                relation: around.party.proxyRelation,
              }
            : null,
        }
      : null,
    rounds: (around?.rounds ?? []).map(({ leadUnitId, ...one }) => ({
      ...one,
      leadUnit: unit(leadUnitId),
      startedAt: isoOf(one.startedAt) ?? '',
      dueAt: isoOf(one.dueAt),
      answeredAt: isoOf(one.answeredAt),
      closedAt: isoOf(one.closedAt),
    })),
    attachments: (around?.attachments ?? []).map((file) => ({ ...file, url: `/api/v1/attachments/${file.id}` })),
    ...(await hardship(tx, calendar, kase, unit, now)),
  }
}

const unitsIn = ({ disputes }: CaseState) =>
  disputes.flatMap(({ byUnitId, chargedTo }) => (chargedTo === null ? [byUnitId] : [byUnitId, chargedTo]))

const SIX_MINUTES = 6
/** What a hard case carries beside its loop, with names for its ids. */
async function hardship(
  tx: Tx,
  calendar: Calendar,
  kase: CaseState,
  unit: (id: string | null) => { id: never; name: string } | null,
  now: Date,
) {
  const { mode, legacy, superior, ways, plan, judgement, quantities, beneficiaries, disputes } = kase
  const { dissatisfied, supplemented, reRaised, brokenPromises } = kase
  const times = usedTime(calendar, await listEvents(tx, kase.id, 0, MOST_EVENTS), disputes, now)
  const names = await listNames(tx, { units: times.map(({ unitId }) => unitId), people: [] })
  return {
    ...{ mode, legacy, superior, beneficiaries, dissatisfied, supplemented, reRaised, brokenPromises },
    ...{ ways: [...ways], plan: [...plan], quantities: [...quantities] },
    modeLabel: mode === null ? null : HANDLING_MODE[mode],
    pending: kase.pending.map((kind) => ({ kind, label: REQUEST_KIND[kind] })),
    stops: kase.stops.map((stop) => ({ ...stop, reasonLabel: REASON[stop.reason] ?? stop.reason })),
    extensions: [...kase.extensions],
    disputes: disputes.map(({ byUnitId, chargedTo, from, to }) => ({
      ...{ from, to, byUnit: unit(byUnitId), chargedTo: unit(chargedTo) },
    })),
    unitTimes: times.map(({ unitId, minutes }) => ({
      unit: unitId === null ? null : { id: unitId, name: names.get(unitId) ?? '' },
      workingHours: Math.round(minutes / SIX_MINUTES) / 10,
    })),
    judgement,
    publishedAt: iso(kase.publishedAt),
    merged: kase.type === 'problem' ? await countMerged(tx, kase.id) : { total: 0, answered: 0, unreachable: 0 },
  }
}
const MOST_EVENTS = 1000
const REASON: Readonly<Record<string, string>> = { ...SUSPENSION_REASON, longTerm: '挂账' }

export function clockView(calendar: Calendar, clock: CaseClock, now: Date): z.input<typeof ClockView> {
  const limit = { amount: clock.amount, unit: clock.unit }
  const stops = spansOf(clock.stops)
  const done = clock.endedAt !== null
  const paused = clock.state === 'paused' && now <= clock.dueAt
  return {
    kind: clock.kind,
    label: CLOCK_WORD[clock.kind],
    round: clock.round,
    startedAt: clock.startedAt.toISOString(),
    dueAt: clock.dueAt.toISOString(),
    endedAt: iso(clock.endedAt),
    state: clock.state,
    provisional: clock.provisional,
    light: lightOf({ now, dueAt: clock.dueAt, yellowAt: clock.yellowAt, paused, done }),
    originalDueAt: clock.originalDueAt.toISOString(),
    extra: clock.extra,
    stops: [...clock.stops],
    limit,
    remaining: done ? null : remaining(calendar, now, clock.dueAt, clock.unit),
    rule: clock.rule,
    days: [...explain(calendar, clock.startedAt, limit, { stops, extra: clock.extra })],
  }
}

async function actionViews(
  engine: Engine,
  tx: Tx,
  kase: CaseState,
  { by, calendar, clocks }: { by: Actor; calendar: Calendar; clocks: readonly CaseClock[] },
): Promise<z.input<typeof ActionView>[]> {
  const rules = await engine.rules.of(tx, kase.ruleSet)
  const offered = engine.actionsFor(kase, by)
  return Promise.all(
    offered.map(async ([name, step]) => {
      const proposal = await step.propose?.({ tx, kase, by, rules, calendar, clocks, input: undefined })
      return {
        name,
        label: step.label,
        primary: step.primary === true,
        input: inputSchema(step),
        ...(proposal && { proposal }),
      }
    }),
  )
}

const schemas = new WeakMap<ActionType, Record<string, unknown>>()
/** JSON schema of an action's input, made once. */
export function inputSchema(step: ActionType): Record<string, unknown> {
  let schema = schemas.get(step)
  if (schema === undefined) {
    schema = zod.toJSONSchema(step.input, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>
    schemas.set(step, schema)
  }
  return schema
}
