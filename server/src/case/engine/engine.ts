import { type CaseId, STAGE, type TenantId } from '@banjie/contract'
import type { Calendar, CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import { caseNumber, newId } from '#kernel/id'
import type { Store, Tx } from '#kernel/store'
import { dayOf, intakeOffices } from '#org'
import { type RuleBook, ruleBook } from '../rules.ts'
import { gramsOf } from '../text/grams.ts'
import { type Change, findCase, listClocksOf, lockCases, write } from './case.sql.ts'
import type { ActionType, CaseType, Context } from './case-type.ts'
import { showing, turnClocks } from './clocks.ts'
import { mayAct, sees, sightOf } from './may.ts'
import { numberDispenser } from './number.ts'
import { type Opening, opened } from './opening.ts'
import { apply, type CaseClock, type CaseEvent, type CaseState, type Patch } from './state.ts'

export interface Acting {
  readonly caseId: string
  readonly action: string
  /** The version the caller saw; absent for the system and the citizen. */
  readonly version?: number | undefined
  readonly input: unknown
}

/** Who acts, and when. */
export interface Act extends Acting {
  readonly by: Actor
}

/** What happened to a case (事件通报): the event, and the case before and after it. */
export interface Happening {
  readonly event: CaseEvent
  readonly before: CaseState | undefined
  readonly kase: CaseState
  /** Whoever opened it gave the code of an enterprise. */
  readonly hasUscc?: boolean
}
/** Who wants to know what happened. It runs in the same transaction, after the event is written and before what follows from it. */
export type Listener = (tx: Tx, happenings: readonly Happening[]) => Promise<void>

/** Cases that this transaction has locked, with all their clocks as they are since. */
export interface Held {
  readonly cases: readonly CaseState[]
  readonly clocks: readonly CaseClock[]
}

export interface Engine {
  readonly types: ReadonlyMap<string, CaseType>
  typeOf(kase: Pick<CaseState, 'type'>): CaseType
  /** Opens cases in one statement. @throws Fault on facts that do not fit the type */
  open(tx: Tx, openings: readonly Opening[], by: Actor): Promise<readonly CaseState[]>
  /**
   * Acts (办理) on a case: lock, version, may, stage, parse, guard, effect, clocks; event and state in one commit.
   * @throws Fault 'case.not_found' | 'case.version_stale' | 'case.action_not_allowed' | 'forbidden' | what the input or the guard says
   */
  act(tx: Tx, acting: Acting, by: Actor): Promise<CaseState>
  /** The same for many cases, each once, by whom and when each says: one lock, one statement, then what follows from each. */
  actAll(
    tx: Tx,
    acts: readonly Act[],
    /** A calendar that is being published in this transaction. */
    calendar?: Calendar,
  ): Promise<readonly CaseState[]>
  /** The same for cases that the caller has locked. */
  actOn(tx: Tx, held: Held, acts: readonly Act[], calendar?: Calendar): Promise<readonly CaseState[]>
  /** The case if the caller sees it. @throws Fault 'case.not_found' */
  get(tx: Tx, idOrNumber: string, by: Actor): Promise<CaseState>
  /** The actions the caller may take now. */
  actionsFor(kase: CaseState, by: Actor): readonly (readonly [string, ActionType])[]
  calendarOf(tenant: TenantId): Promise<Calendar>
  readonly rules: RuleBook
  /** The organisation has changed: what is remembered of it is looked up again. */
  forget(): void
}

export function createEngine(deps: {
  readonly calendars: CalendarBook
  readonly types: readonly CaseType[]
  readonly store: Store
  /** In the order in which they are told. */
  readonly listeners?: readonly Listener[]
}): Engine {
  const types = new Map(deps.types.map((type) => [type.id, type]))
  const typeOf = ({ type }: Pick<CaseState, 'type'>): CaseType => {
    const found = types.get(type)
    if (found === undefined) throw new Fault('case.type_unknown', { type })
    return found
  }
  const calendarOf = (tenant: TenantId) => deps.calendars.of(tenant, null)
  const book = ruleBook()
  const nextNumbers = numberDispenser(deps.store)
  const offices = intakeOffices()
  const tell = teller(deps.listeners ?? [])

  async function open(tx: Tx, openings: readonly Opening[], by: Actor): Promise<readonly CaseState[]> {
    const calendar = await calendarOf(tx.tenant)
    const rules = await book.inForce(tx, dayOf(by.at))
    const intake = await offices.of(tx, by)
    const change: Required<Record<'cases' | 'events' | 'clocks' | 'parties' | 'searches', unknown[]>> = {
      cases: [],
      events: [],
      clocks: [],
      parties: [],
      searches: [],
    }
    const cases: CaseState[] = []
    const happenings: Happening[] = []
    const serials = new Map<string, number[]>()
    for (const opening of openings) {
      const type = typeOf(opening)
      const wanted = openings.filter((other) => other.type === opening.type).length
      if (!serials.has(type.prefix))
        serials.set(type.prefix, await nextNumbers(tx.tenant, type.prefix, dayOf(by.at), wanted))
      const number = caseNumber(type.prefix, dayOf(by.at), serials.get(type.prefix)?.shift() ?? 0)
      const facts = parse(type.facts, opening.facts, 'facts') as Record<string, unknown>
      const office = opening.holderUnitId ?? opening.leadUnitId ?? intake
      const { patch, party } = opened(type, opening, facts, { number, ruleSet: rules.version, by, office })
      const draft = { ...patch, version: 1, updatedAt: by.at } as CaseState
      const clocks = turnClocks({ type, calendar, rules, kase: draft }, [], 'open', by.at)
      const event = eventOf(
        draft,
        'open',
        { channel: opening.channel },
        { ...patch, ...showing(type, draft, clocks) },
        1,
        by,
      )
      const kase = apply({}, event)
      cases.push(kase)
      happenings.push({ event, before: undefined, kase, hasUscc: opening.party?.uscc !== undefined })
      change.cases.push(kase)
      change.events.push(event)
      change.clocks.push(...clocks)
      if (party) change.parties.push(party)
      change.searches.push({
        caseId: kase.id,
        receivedAt: kase.receivedAt,
        grams: gramsOf(kase.title, kase.content, kase.address ?? ''),
      })
    }
    await write(tx, change as unknown as Change)
    await tell(tx, happenings)
    return cases
  }

  /** Finds out what an act would change; writes nothing. @throws Fault why it may not happen */
  async function prepare(
    tx: Tx,
    acting: Acting,
    now: { before: CaseState | undefined; clocks: readonly CaseClock[]; by: Actor; calendar: Calendar },
  ) {
    const { before, clocks, by, calendar } = now
    const { action, version, input } = acting
    if (before === undefined || !(by.kind === 'citizen' || sees(sightOf(by), before))) throw new Fault('case.not_found')
    const type = typeOf(before)
    const step = type.actions[action]
    if (step === undefined) throw new Fault('case.action_unknown', { action })
    // Before the version: a repeated tap carries the version from before the first.
    if (step.already?.(before, by) && mayAct(step, before, by)) return { after: before, follow: async () => {} }
    if (version !== undefined && version !== before.version)
      throw new Fault('case.version_stale', { stage: stageWord(type, before.stage) }, { stale: before })
    if (!step.from.includes(before.stage) && mayAct(step, before, by)) await refuseOutside(step, tx, before)
    refuseUnfit(type, step, before, by)
    const rules = await book.of(tx, before.ruleSet)
    const context: Context<never> = {
      ...{ tx, kase: before, input: parse(step.input, input, 'input') as never, by, rules, calendar, clocks },
    }
    await step.guard?.(context)
    const effect: Patch = { ...(step.to === null ? {} : { stage: step.to }), ...(await step.effect?.(context)) }
    const seq = before.version + 1
    const draft = apply(before, { patch: effect, seq, at: by.at })
    const turned = turnClocks({ type, calendar, rules, kase: draft }, clocks, action, by.at)
    const patch = { ...effect, ...showing(type, draft, current(clocks, turned)) }
    const event = eventOf(draft, action, context.input, patch, seq, by)
    const after = apply(before, event)
    const follow = async () =>
      step.follow?.({ ...context, before, kase: after, clocks: current(clocks, turned), engine })
    const written = { cases: [after], events: [event], clocks: turned }
    return { after, written, happening: { event, before, kase: after }, follow }
  }

  async function actAll(tx: Tx, acts: readonly Act[], calendar?: Calendar): Promise<readonly CaseState[]> {
    const cases = await lockCases(tx, keysOf(acts))
    return actOn(tx, { cases, clocks: await listClocksOf(tx, idsOf(cases)) }, acts, calendar)
  }

  async function actOn(tx: Tx, held: Held, acts: readonly Act[], calendar?: Calendar): Promise<readonly CaseState[]> {
    const inForce = calendar ?? (await calendarOf(tx.tenant))
    const known = new Map(
      held.cases.flatMap((kase) => [[kase.id as string, kase] as const, [kase.number, kase] as const]),
    )
    const clocksOf = Map.groupBy(held.clocks, ({ caseId }) => caseId)
    const prepared = []
    for (const { by, ...acting } of acts) {
      const before = known.get(acting.caseId)
      const clocks = clocksOf.get(before?.id as CaseId) ?? []
      prepared.push(await prepare(tx, acting, { before, clocks, by, calendar: inForce }))
    }
    const changes = prepared.flatMap(({ written }) => written ?? [])
    if (changes.length > 0) {
      await write(tx, together(changes))
      await tell(tx, happenedIn(prepared))
    }
    for (const { follow } of prepared) await follow()
    return prepared.map(({ after }) => after)
  }

  async function act(tx: Tx, acting: Acting, by: Actor): Promise<CaseState> {
    const [after] = await actAll(tx, [{ ...acting, by }])
    if (after === undefined) throw new Fault('case.not_found')
    return after
  }

  const engine: Engine = {
    types,
    typeOf,
    open,
    act,
    actAll,
    actOn,
    calendarOf,
    rules: book,
    forget: offices.forget,
    async get(tx, idOrNumber, by) {
      const kase = await findCase(tx, idOrNumber)
      if (kase === undefined || !sees(sightOf(by), kase)) throw new Fault('case.not_found')
      return kase
    },
    actionsFor: (kase, by) =>
      Object.entries(typeOf(kase).actions).filter(
        ([, step]) => step.from.includes(kase.stage) && mayAct(step, kase, by) && !step.unless?.(kase, by),
      ),
  }
  return engine
}

/** @throws Fault that says more than “not in this stage”, where the action has such a word */
async function refuseOutside(step: ActionType, tx: Tx, before: CaseState): Promise<void> {
  const code = await step.outside?.({ tx, kase: before })
  if (code !== undefined) throw new Fault(code, {}, { stale: before })
}

/** @throws Fault when the person or the stage does not fit the action; says by which other action to ask for it */
function refuseUnfit(type: CaseType, step: ActionType, before: CaseState, by: Actor): void {
  const stage = stageWord(type, before.stage)
  if (!mayAct(step, before, by)) {
    const instead = step.instead === undefined ? undefined : type.actions[step.instead]
    if (instead === undefined || by.kind === 'citizen') throw new Fault('forbidden')
    throw new Fault('case.needs_approval', { action: step.label, instead: instead.label })
  }
  if (!step.from.includes(before.stage))
    throw new Fault('case.action_not_allowed', { stage, action: step.label }, { stale: before })
}

const teller =
  (listeners: readonly Listener[]): Listener =>
  async (tx, happenings) => {
    for (const listen of listeners) await listen(tx, happenings)
  }
const happenedIn = (prepared: readonly { happening?: Happening }[]) =>
  prepared.flatMap(({ happening }) => happening ?? [])
const keysOf = (acts: readonly Act[]) => acts.map(({ caseId }) => caseId)
const idsOf = (cases: readonly CaseState[]) => cases.map(({ id }) => id)
const together = (changes: readonly Change[]): Change => ({
  cases: changes.flatMap(({ cases }) => cases),
  events: changes.flatMap(({ events }) => events),
  clocks: changes.flatMap(({ clocks }) => clocks),
})

const current = (clocks: readonly CaseClock[], turned: readonly CaseClock[]) => [
  ...clocks.filter((clock) => turned.every((other) => other.id !== clock.id)),
  ...turned,
]

function eventOf(kase: CaseState, action: string, input: object, patch: Patch, seq: number, by: Actor): CaseEvent {
  return {
    ...{
      id: newId(),
      caseId: kase.id,
      seq,
      at: by.at,
      action,
      stage: kase.stage,
      round: kase.round,
      input: { ...input },
      patch,
    },
    ...{ byKind: by.kind, byPerson: by.personId, byName: by.name, byUnit: by.unitId },
  }
}

/** The word of a stage, for whoever has only its id. */
export const stageWord = (type: CaseType, stage: string) =>
  type.stages[stage] ?? STAGE[stage as keyof typeof STAGE] ?? stage
