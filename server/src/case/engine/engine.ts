import {
  type CaseId,
  type Channel,
  type Party,
  type PartyId,
  type ProxyContact,
  STAGE,
  type TenantId,
} from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar, CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import { caseNumber, newId } from '#kernel/id'
import type { Store, Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type RuleBook, ruleBook } from '../rules.ts'
import { gramsOf } from '../text/grams.ts'
import { maskPersonal } from '../text/personal.ts'
import { type Change, findCase, leaseNumbers, listClocks, lockCase, write } from './case.sql.ts'
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
        /** Who speaks for the person (代办人). */
        readonly proxy?: z.output<typeof ProxyContact> | undefined
      }
    | undefined
  readonly source?: { readonly name: string; readonly key: string; readonly batchId: string } | undefined
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
      const { patch, party } = opened(type, opening, facts, { number, ruleSet: rules.version, by })
      const draft = { ...patch, version: 1, updatedAt: by.at } as CaseState
      const clocks = turnClocks(type, calendar, rules, draft, [], 'open', by.at)
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

  async function act(tx: Tx, { caseId, action, version, input }: Acting, by: Actor): Promise<CaseState> {
    const before = await lockCase(tx, caseId)
    if (before === undefined || !(by.kind === 'citizen' || sees(sightOf(by), before))) throw new Fault('case.not_found')
    const type = typeOf(before)
    const step = type.actions[action]
    if (step === undefined) throw new Fault('case.action_unknown', { action })
    // Before the version: a repeated tap carries the version from before the first.
    if (step.already?.(before, by) && mayAct(step, before, by)) return before
    if (version !== undefined && version !== before.version)
      throw new Fault('case.version_stale', { stage: type.stages[before.stage] ?? before.stage }, { stale: before })
    if (!mayAct(step, before, by)) throw new Fault('forbidden')
    if (!step.from.includes(before.stage))
      throw new Fault(
        (await step.outside?.({ tx, kase: before })) ?? 'case.action_not_allowed',
        { stage: type.stages[before.stage], action: step.label },
        { stale: before },
      )
    const rules = await book.of(tx, before.ruleSet)
    const context: Context<never> = { tx, kase: before, input: parse(step.input, input, 'input') as never, by, rules }
    await step.guard?.(context)
    const effect: Patch = { ...(step.to === null ? {} : { stage: step.to }), ...(await step.effect?.(context)) }
    return record(tx, type, before, { action, input: context.input, patch: effect }, by)
  }

  /** Appends the event, turns the clocks and writes the new state, in one statement. */
  async function record(
    tx: Tx,
    type: CaseType,
    before: CaseState,
    done: { action: string; input: object; patch: Patch },
    by: Actor,
  ): Promise<CaseState> {
    const seq = before.version + 1
    const draft = apply(before, { patch: done.patch, seq, at: by.at })
    const clocks = await listClocks(tx, before.id)
    const turned = turnClocks(
      type,
      await calendarOf(tx.tenant),
      await book.of(tx, before.ruleSet),
      draft,
      clocks,
      done.action,
      by.at,
    )
    const patch = { ...done.patch, ...showing(type, draft, current(clocks, turned)) }
    const event = eventOf(draft, done.action, done.input, patch, seq, by)
    const after = apply(before, event)
    await write(tx, { cases: [after], events: [event], clocks: turned })
    return after
  }

  return {
    types,
    typeOf,
    open,
    act,
    calendarOf,
    rules: book,
    async get(tx, idOrNumber, by) {
      const kase = await findCase(tx, idOrNumber)
      if (kase === undefined || !sees(sightOf(by), kase)) throw new Fault('case.not_found')
      return kase
    },
    actionsFor: (kase, by) =>
      Object.entries(typeOf(kase).actions).filter(
        ([, step]) => step.from.includes(kase.stage) && mayAct(step, kase, by),
      ),
  }
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
  { number, ruleSet, by }: { number: string; ruleSet: string; by: Actor },
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
    ...rest
  } = facts
  const place = (location ?? {}) as { address?: string; lng?: number; lat?: number }
  const contact = opening.party ?? {}
  const { proxy } = contact
  const known = [contact.name, contact.phone, proxy?.name, proxy?.phone].filter((word) => word !== undefined)
  const mask = (text: string) => maskPersonal(text, known)
  const content = mask(String(said))
  const id = newId<CaseId>()
  const isTold =
    [contact.name, contact.phone, contact.uscc, proxy].some((given) => given !== undefined) || content !== said
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
        proxyName: proxy?.name ?? null,
        proxyPhone: proxy?.phone ?? null,
        proxyRelation: proxy?.relation ?? null,
      }
    : undefined
  const patch: Omit<CaseState, 'version' | 'updatedAt'> = {
    ...{ id, number, type: type.id, stage: type.first, round: 1, ruleSet },
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
      leadUnitId: null,
      assistingUnitIds: [],
      holderUnitId: null,
      handlerId: null,
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
  }
  return { patch: { ...patch, ...type.begins?.(patch, by.at) }, party }
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
