import { CHANNEL, type Channel, routes } from '@banjie/contract'
import { z } from 'zod'
import type { CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { attachBlobs } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import { isTransient, type Store } from '#kernel/store'
import { listKnowledge, listTopics } from './dictionary.sql.ts'
import { listClocks, listEvents } from './engine/case.sql.ts'
import type { CaseType } from './engine/case-type.ts'
import { type Engine, stageWord } from './engine/engine.ts'
import { sightOf } from './engine/may.ts'
import { publishYear } from './publish-year.ts'
import { relatedViews } from './related.ts'
import { returnUp } from './return-up.ts'
import { insertRuleSet, listRuleSets } from './rules.sql.ts'
import { linkParties, samePerson } from './same-person.ts'
import { publishTagSet, tagSetsView } from './tag.ts'
import { findParty } from './view.sql.ts'
import { caseAnswer, clockView, inputSchema, withPresentState } from './view.ts'

const REVEALERS = ['clerk', 'dispatcher', 'handler', 'head', 'caller', 'supervisor'] as const

/** Cases, their events and clocks, the acts on them, and the dictionaries they use. */
export function caseRoutes({ serve, serveRaw }: Server, engine: Engine, store: Store, calendars: CalendarBook): void {
  serve(routes.caseTypes, async () => ({ items: [...engine.types.values()].map(describeType) }))
  serve(routes.categories, async ({ tx }) => ({ items: await listTopics(tx) }))
  serve(routes.knowledge, async ({ tx, query }) => ({ items: await listKnowledge(tx, query) }))

  serve(routes.openCase, async ({ tx, by, body }) => {
    const type = engine.typeOf(body)
    refuseOpening(type, by, body.channel)
    const [kase] = await engine.open(
      tx,
      [{ type: body.type, facts: body.facts, party: body.party, channel: body.channel ?? 'window' }],
      by,
    )
    if (kase === undefined) throw new Error('nothing was opened')
    await attachBlobs(tx, kase.id, (kase.facts['attachmentIds'] as string[] | undefined) ?? [], false)
    return caseAnswer(engine, tx, kase, by)
  })
  serve(routes.relatedCases, async ({ tx, by, params }) => ({
    items: await relatedViews(engine, tx, await engine.get(tx, params.id, by), by),
  }))
  serve(routes.returnUp, async ({ tx, by, params }) => returnUp(engine, tx, await engine.get(tx, params.id, by)))
  serve(routes.publishYear, async ({ tx, by, params, body }) => {
    if (!by.roles.has('admin')) throw new Fault('forbidden')
    return publishYear(tx, { engine, calendars }, { ...params, ...body }, by)
  })
  serve(routes.ruleSets, async ({ tx }) => ({
    items: (await listRuleSets(tx)).map((set) => ({ ...set, rules: { ...set.rules } })),
  }))
  serve(routes.newRuleSet, async ({ tx, by, body }) => {
    if (!by.roles.has('admin')) throw new Fault('forbidden')
    if ((await listRuleSets(tx)).some(({ version }) => version === body.version))
      throw new Fault('rules.version_taken', { version: body.version })
    await insertRuleSet(tx, body)
    tx.afterCommit(() => engine.rules.forget())
    return { ...body, rules: { ...body.rules } }
  })
  serve(routes.tagSets, ({ tx, by }) => tagSetsView(tx, by))
  serve(routes.newTagSet, ({ tx, by, body }) => publishTagSet(tx, body, by))
  serve(routes.getCase, async ({ tx, by, params }) => caseAnswer(engine, tx, await engine.get(tx, params.id, by), by))
  serve(routes.caseClocks, async ({ tx, by, params }) => {
    const kase = await engine.get(tx, params.id, by)
    const calendar = await engine.calendarOf(tx.tenant)
    return { items: (await listClocks(tx, kase.id)).map((clock) => clockView(calendar, clock, by.at)) }
  })
  serve(routes.caseEvents, async ({ tx, by, params, query }) => {
    const kase = await engine.get(tx, params.id, by)
    const rows = await listEvents(tx, kase.id, Number(query.cursor ?? 0), query.limit)
    const items = rows.map((event) => ({
      ...{
        id: event.id,
        seq: event.seq,
        at: event.at.toISOString(),
        action: event.action,
        round: event.round,
        stage: event.stage,
        input: { ...event.input },
      },
      label: event.action === 'open' ? '登记' : (engine.typeOf(kase).actions[event.action]?.label ?? event.action),
      by: { id: event.byPerson, name: event.byName, unit: event.unitName },
    }))
    return { items, nextCursor: rows.length === query.limit ? String(rows.at(-1)?.seq) : null }
  })

  // Opens its own transaction: a refused act is rolled back, and what the case has become is read in another.
  serveRaw(routes.act, async ({ tenant, by, params, body }) => {
    try {
      return await store.tx(tenant, async (tx) => {
        const kase = await engine.act(
          tx,
          { caseId: params.id, action: params.action, version: body.version, input: body.input },
          by,
        )
        await attachBlobs(tx, kase.id, (body.input['attachmentIds'] as string[] | undefined) ?? [], true)
        return caseAnswer(engine, tx, kase, by)
      })
    } catch (error) {
      throw await store.tx(tenant, (tx) => withPresentState(engine, tx, error, by), { readOnly: true })
    }
  })
  serveRaw(routes.actOnMany, async ({ tenant, by, body }) => {
    const items = []
    for (const id of body.ids) {
      try {
        const kase = await store.tx(tenant, (tx) =>
          engine.act(tx, { caseId: id, action: body.action, input: body.input }, by),
        )
        items.push({ id, ok: true, stage: stageWord(engine.typeOf(kase), kase.stage), code: null, detail: null })
      } catch (error) {
        if (!(error instanceof Fault) || isTransient(error)) throw error
        items.push({ id, ok: false, stage: null, code: error.code, detail: error.message })
      }
    }
    return { items }
  })

  serve(routes.samePerson, async ({ tx, by, params }) => ({
    items: await samePerson(tx, await engine.get(tx, params.id, by), by),
  }))
  serve(routes.linkParties, ({ tx, by, params, body }) => linkParties(engine, tx, { ...params, ...body }, by))
  serve(routes.reveal, async ({ tx, by, params, body }) => {
    const party = await findParty(tx, params.id)
    if (party === undefined || sightOf(by).kind === 'none') throw new Fault('case.not_found')
    await engine.get(tx, party.caseId, by)
    if (!REVEALERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
    await audit(tx, by, { action: 'party.reveal', objectKind: 'case', objectId: party.caseId, note: body.reason })
    const { name, phone, email, uscc, said, proxyName, proxyPhone, proxyRelation } = party
    const proxy = proxyRelation === null ? null : { name: proxyName, phone: proxyPhone, relation: proxyRelation }
    return { name, phone, email, uscc, said, proxy }
  })
}

/** @throws Fault 'forbidden' for whoever opens none, 'case.only_findings' for what the intake office has to take */
function refuseOpening({ opens, findings }: CaseType, by: Actor, channel: Channel | undefined): void {
  const as = opens.filter((doer) => by.roles.has(doer as never))
  if (as.length === 0) throw new Fault('forbidden')
  const { by: finders = [], channels = [] } = findings ?? {}
  if (as.every((doer) => finders.includes(doer as never)) && !channels.includes(channel as never))
    throw new Fault('case.only_findings', { channels: channels.map((one) => CHANNEL[one]).join('、') })
}

function describeType(type: CaseType) {
  return {
    id: type.id,
    label: type.label,
    facts: z.toJSONSchema(type.facts, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
    stages: Object.entries(type.stages).map(([id, label]) => ({ id, label, end: type.ends.includes(id) })),
    actions: Object.entries(type.actions).map(([name, step]) => ({
      name,
      label: step.label,
      from: [...step.from],
      to: step.to,
      roles: [...step.by],
      input: inputSchema(step),
    })),
  }
}
