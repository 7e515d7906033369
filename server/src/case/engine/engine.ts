import {
  type CaseId,
  type Channel,
  type Party,
  type PartyId,
  type PersonId,
  STAGE,
  type TenantId,
  type UnitId,
} from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar, CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import { caseNumber, newId } from '#kernel/id'
import type { Store, Tx } from '#kernel/store'
import { dayOf, intakeOffices } from '#org'
import { type RuleBook, ruleBook } from '../rules.ts'
import { gramsOf } from '../text/grams.ts'
import { maskPersonal } from '../text/personal.ts'
import { type Change, findCase, leaseNumbers, listClocksOf, lockCases, write } from './case.sql.ts'
import type { ActionType, CaseType, Context } from './case-type.ts'
import { showing, turnClocks } from './clocks.ts'
import { mayAct, sees, sightOf } from './may.ts'
import { apply, type CaseClock, type CaseEvent, type CaseState, type Patch } from './state.ts'

/** What somebody says when a case is opened. */
export interface Opening {
  readonly type: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly channel: Channel
  readonly party?:
    | {
        readonly kind?: z.output<typeof Party>['kind'] | undefined
        readonly name?: string | undefined
        readonly phone?: string | undefined
        readonly uscc?: string | undefined
      }
    | undefined
  readonly source?: { readonly name: string; readonly key: string; readonly batchId: string } | undefined
  /** The case it is opened for, and the units that owe it from the start. */
  readonly parentId?: CaseId | undefined
  /** Begins in another stage than the type's first. */
  readonly stage?: string | undefined
  readonly leadUnitId?: UnitId | null | undefined
  readonly holderUnitId?: UnitId | null | undefined
  readonly handlerId?: PersonId | null | undefined
}

export interface Acting {
  readonly caseId: string
  readonly action: string
  /** The version the caller saw; absent for the system and the citizen. */
  readonly version?: number | undefined
  readonly input: unknown
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
  actAll(tx: Tx, actings: readonly (Acting & { readonly by: Actor })[]): Promise<readonly CaseState[]>
  /** The case if the caller sees it. @throws Fault 'case.not_found' */
  get(tx: Tx, idOrNumber: string, by: Actor): Promise<CaseState>
  /** The actions the caller may take now. */
  actionsFor(kase: CaseState, by: Actor): readonly (readonly [string, ActionType])[]
  calendarOf(tenant: TenantId): Promise<Calendar>
  readonly rules: RuleBook
}

const BLOCK = 200

export function createEngine(deps: {
  readonly calendars: CalendarBook
  readonly types: readonly CaseType[]
  readonly store: Store
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

  async function open(tx: Tx, openings: readonly Opening[], by: Actor): Promise<readonly CaseState[]> {
    const calendar = await calendarOf(tx.tenant)
    const rules = await book.inForce(tx, dayOf(by.at))
    const change: Required<Record<'cases' | 'events' | 'clocks' | 'parties' | 'searches', unknown[]>> = {
      cases: [],
      events: [],
      clocks: [],
      parties: [],
      searches: [],
    }
    const cases: CaseState[] = []
    const serials = new Map<string, number[]>()
    for (const opening of openings) {
      const type = typeOf(opening)
      const wanted = openings.filter((other) => other.type === opening.type).length
      if (!serials.has(type.prefix))
        serials.set(type.prefix, await nextNumbers(tx.tenant, type.prefix, dayOf(by.at), wanted))
      const number = caseNumber(type.prefix, dayOf(by.at), serials.get(type.prefix)?.shift() ?? 0)
      const facts = parse(type.facts, opening.facts, 'facts') as Record<string, unknown>
      const office = opening.holderUnitId ?? opening.leadUnitId ?? (await offices.of(tx, by))
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
    return cases
  }

  /** Finds out what an act would change; writes nothing. @throws Fault why it may not happen */
  async function prepare(
    tx: Tx,
    acting: Acting,
    before: CaseState | undefined,
    clocks: readonly CaseClock[],
    by: Actor,
  ) {
    const { action, version, input } = acting
    if (before === undefined || !(by.kind === 'citizen' || sees(sightOf(by), before))) throw new Fault('case.not_found')
    const type = typeOf(before)
    const step = type.actions[action]
    if (step === undefined) throw new Fault('case.action_unknown', { action })
    if (version !== undefined && version !== before.version)
      throw new Fault('case.version_stale', { stage: stageWord(type, before.stage) }, { stale: before })
    refuseUnfit(type, step, before, by)
    const [rules, calendar] = [await book.of(tx, before.ruleSet), await calendarOf(tx.tenant)]
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
    return { after, event, turned, follow }
  }

  async function actAll(tx: Tx, actings: readonly (Acting & { by: Actor })[]): Promise<readonly CaseState[]> {
    const keys = actings.map(({ caseId }) => caseId)
    const locked = await lockCases(tx, keys)
    const clocks = Map.groupBy(
      await listClocksOf(
        tx,
        locked.map(({ id }) => id),
      ),
      ({ caseId }) => caseId,
    )
    const prepared = []
    for (const { by, ...acting } of actings) {
      const before = locked.find(({ id, number }) => id === acting.caseId || number === acting.caseId)
      prepared.push(await prepare(tx, acting, before, clocks.get(before?.id as CaseId) ?? [], by))
    }
    await write(tx, {
      cases: prepared.map(({ after }) => after),
      events: prepared.map(({ event }) => event),
      clocks: prepared.flatMap(({ turned }) => turned),
    })
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
    calendarOf,
    rules: book,
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

const TITLE_LENGTH = 28
const firstWords = (content: string) => {
  const line = content.replaceAll(/\s+/g, ' ').trim()
  const sentence = /^[^。！？!?；;]+/.exec(line)?.[0] ?? line
  return sentence.length <= TITLE_LENGTH ? sentence : `${sentence.slice(0, TITLE_LENGTH - 1)}…`
}

/** The state a case begins with, and its party: contact data go there and nowhere else. */
function opened(
  type: CaseType,
  opening: Opening,
  facts: Record<string, unknown>,
  { number, ruleSet, by, office }: { number: string; ruleSet: string; by: Actor; office: UnitId | null },
) {
  const {
    content: said,
    title: headline,
    category,
    urgency,
    divisionCode,
    location,
    anonymous,
    confidential,
    receivedAt,
    superior,
    ...rest
  } = facts
  const place = (location ?? {}) as { address?: string; lng?: number; lat?: number }
  const contact = opening.party ?? {}
  const known = [contact.name, contact.phone].filter((word) => word !== undefined)
  const mask = (text: string) => maskPersonal(text, known)
  const content = mask(String(said))
  const id = newId<CaseId>()
  const isTold =
    contact.name !== undefined || contact.phone !== undefined || contact.uscc !== undefined || content !== said
  const party = isTold
    ? {
        id: newId<PartyId>(),
        caseId: id,
        kind: contact.kind ?? 'person',
        name: contact.name ?? null,
        phone: contact.phone ?? null,
        uscc: contact.uscc ?? null,
        said: content === said ? null : String(said),
        createdAt: by.at,
      }
    : undefined
  const patch: Omit<CaseState, 'version' | 'updatedAt'> = {
    ...{ id, number, type: type.id, stage: opening.stage ?? type.first, round: 1, ruleSet },
    ...{
      title: mask(String(headline ?? firstWords(content))),
      content,
      summary: null,
      category: (category as string) ?? null,
      channel: opening.channel,
    },
    ...{
      class: null,
      urgency: (urgency as CaseState['urgency']) ?? 'normal',
      divisionCode: (divisionCode as string) ?? null,
    },
    ...{
      address: place.address === undefined ? null : mask(place.address),
      lng: place.lng ?? null,
      lat: place.lat ?? null,
    },
    ...{ anonymous: anonymous === true, confidential: confidential === true, partyId: party?.id ?? null },
    ...{
      leadUnitId: opening.leadUnitId ?? null,
      assistingUnitIds: [],
      // Until it is dispatched a case belongs to the intake office: nothing is ever without an owner.
      holderUnitId: office,
      handlerId: opening.handlerId ?? null,
      authorId: null,
      answer: null,
      outcome: null,
      promisedOn: null,
    },
    ...{ declineReason: null, satisfied: null, solved: null, grade: null, reachTries: 0, urged: 0 },
    ...{
      receivedAt: receivedAt === undefined ? by.at : new Date(String(receivedAt)),
      acceptedAt: null,
      dispatchedAt: null,
      signedAt: null,
    },
    ...{
      contactedAt: null,
      answeredAt: null,
      calledBackAt: null,
      closedAt: null,
      dueKind: null,
      dueAt: null,
      yellowAt: null,
    },
    ...{
      facts: rest,
      batchId: opening.source?.batchId ?? null,
      source: opening.source?.name ?? null,
      sourceKey: opening.source?.key ?? null,
    },
    ...{
      parentId: opening.parentId ?? null,
      problemId: null,
      stageBefore: null,
      mode: null,
      paused: false,
      legacy: false,
    },
    ...{ supervised: null, superior: superiorOf(superior), stops: [], extensions: [], disputes: [], pending: [] },
    ...{ ways: [], plan: [], judgement: null, quantities: [], beneficiaries: null },
    ...{ dissatisfied: 0, supplemented: 0, reRaised: 0, brokenPromises: 0, reachTriedAt: null, publishedAt: null },
  }
  return { patch, party }
}

const superiorOf = (order: unknown): CaseState['superior'] => {
  if (order === undefined) return null
  const { body, number, dueOn, class: itsClass } = order as Record<string, string | undefined>
  return { body: body ?? '', number: number ?? '', dueOn: dueOn ?? '', class: itsClass ?? null }
}

/** Serial numbers from blocks leased per process, outside the intake's transaction: a district's intake must not queue for a counter. */
function numberDispenser(store: Store) {
  const blocks = new Map<string, { next: number; end: number; more?: Promise<void> }>()
  return async function take(tenant: TenantId, prefix: string, day: string, count: number): Promise<number[]> {
    const key = `${tenant} ${prefix} ${day}`
    const taken: number[] = []
    while (taken.length < count) {
      let block = blocks.get(key)
      if (block !== undefined && block.next < block.end) taken.push(block.next++)
      else {
        if (block === undefined) {
          if (blocks.size > 100) blocks.clear()
          block = { next: 0, end: 0 }
          blocks.set(key, block)
        }
        const leased = block
        const size = Math.max(BLOCK, count)
        leased.more ??= store
          .aside(tenant, (tx) => leaseNumbers(tx, prefix, day, size), { repeatable: true })
          .then((end) => {
            leased.next = end - size
            leased.end = end
          })
          .finally(() => {
            delete leased.more
          })
        await leased.more
      }
    }
    return taken
  }
}

/** The word of a stage, for whoever has only its id. */
export const stageWord = (type: CaseType, stage: string) =>
  type.stages[stage] ?? STAGE[stage as keyof typeof STAGE] ?? stage
