import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CaseId, UnitId } from '@banjie/contract'
import fc from 'fast-check'
import {
  type CaseEvent,
  type CaseState,
  findCase,
  fold,
  listClocks,
  listEvents,
  listRelated,
  sweep,
} from '../src/case/index.ts'
import { type Actor, citizen } from '../src/kernel/actor.ts'
import { Fault } from '../src/kernel/fault.ts'
import type { Tx } from '../src/kernel/store.ts'
import { type World, world } from './world.ts'

/**
 * A random walk: random people try random actions, legal and illegal, on random cases of every type, while time goes on. `npm run walk` takes
 * 100,000 steps, others each time; `npm test` a few thousand, always the same ones.
 */
const LONG = process.env['BANJIE_WALK']
const STEPS = Number(LONG ?? 3000)
const PER_RUN = 150
const ACCOUNTS = [
  'clerk',
  'dispatcher',
  'handler',
  'head',
  'vice',
  'handler2',
  'head2',
  'head3',
  'caller',
  'supervisor',
]
const OTHERS = ['citizen', 'leader', 'window', 'auditor', 'evaluator', 'admin']
const HOUR = 3_600_000

let w: World
let units: string[]
let holders: Map<string, Omit<Actor, 'at'>>
before(async () => {
  w = await world('2026-01-05T09:00:00+08:00')
  units = await Promise.all(['water', 'heating', 'south'].map((code) => w.unit(code)))
  holders = new Map()
  for (const account of [...ACCOUNTS, ...OTHERS.slice(1)]) {
    const { roles, ...holder } = await w.app.signIn.holderOf(w.tenant, account)
    holders.set(account, { ...holder, kind: 'person', account, roles: new Set(roles), requestId: 'walk' })
  }
  const { at: _, ...somebody } = citizen(new Date(0), 'walk')
  holders.set('citizen', somebody)
})
after(() => w.close())

const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[n % list.length]
  assert.ok(found !== undefined)
  return found
}
const day = (now: Date, days: number) => new Date(now.getTime() + days * 24 * HOUR).toISOString().slice(0, 10)

/** An input that fits the action's form, mostly; `n` varies it. */
function inputFor(action: string, n: number, now: Date, into: string): object {
  if (n % 11 === 0) return { text: 7, reason: null }
  const text = '走访核实后处理'
  const words = { text, reason: text, basis: text, notice: text, note: text, evidence: text, statement: text }
  const given: Record<string, object> = {
    accept: {
      category: 'pipe',
      ...(n % 3 === 0 && { mode: pick(['small', 'onSite', 'proactive', 'open', 'flexible'], n) }),
    },
    decline: { reason: 'other', advice: text },
    dispatch: { leadUnitId: pick(units, n), assistingUnitIds: n % 2 ? [pick(units, n + 1)] : [] },
    assign: { personId: holders.get(pick(ACCOUNTS, n))?.personId },
    contact: { reached: n % 2 === 0, channel: pick(['phone', 'visit'], n), note: text },
    draftAnswer: {
      ...{
        text,
        outcome: pick(['solved', 'partly', 'promised', 'refused', 'explained'], n),
        basis: text,
        alternatives: text,
      },
      promisedOn: day(now, n % 9),
    },
    callBack: { reached: n % 3 !== 0, satisfied: n % 2 === 0, solved: n % 2 === 0 },
    rate: { grade: 1 + (n % 5), solved: n % 2 === 0 },
    askSuspension: {
      ...words,
      reason: pick(['applicant', 'expert'], n),
      until: day(now, n % 12),
      ...(n % 4 === 0 && { from: day(now, -1) }),
    },
    askExtension: { ...words, amount: 1 + (n % 4) },
    askLongTerm: { ...words, reviewOn: day(now, 1 + (n % 95)), milestones: [{ text, on: day(now, 20) }] },
    askEnding: { explanation: text, basis: text, alternatives: text },
    askLeadChange: { unitId: pick(units, n), reason: text },
    refuse: { reason: text, basis: text, unitId: pick(units, n) },
    grant: { basis: text, ...(n % 2 && { unitId: pick(units, n) }) },
    merge: { into },
    reRaise: { text, newFacts: n % 2 === 0 },
    survey: { place: text, present: [text], text },
    minute: { present: [text], decisions: text },
    opine: { way: text, opinion: text, lawful: true },
    markLegacy: { reason: text, plan: [{ text, on: day(now, 9) }] },
    judgeDemand: { reasonable: false, basis: text },
    reviewDemand: { agree: true },
    supervise: { kind: 'red', text },
    coordinate: { body: text, text, days: 3 },
    orderSweep: { question: text, unitIds: [pick(units, n)], days: 3 },
    replyHave: { places: [{ title: text, content: text }] },
    spotCheck: { found: n % 2 === 0, note: text },
    correctAnswer: { text, reason: text },
    suspend: {
      ...words,
      reason: 'applicant',
      from: day(now, 0),
      until: day(now, 3),
      approvedBy: text,
      backdated: false,
    },
    diagnose: { symptom: text, rootCause: text, measures: text },
    setDeadline: { deadline: day(now, n % 20), reason: text },
    reviseCommitment: { text, deadline: day(now, n % 20) },
    correctCommitment: { text, deadline: day(now, n % 20), reason: text },
    callEmergency: { service: '119', reached: n % 2 === 0 },
    handOver: { unitId: pick(units, n), basis: text },
  }
  return given[action] ?? words
}

/** As it comes back from JSON: instants as text. */
const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, inner) =>
      typeof inner === 'string' && /^\d{4}-.*T.*(Z|\+00:00)$/.test(inner) ? new Date(inner).toISOString() : inner,
    ),
  )

/** What must be true of every case at every moment. */
async function holds(tx: Tx, id: CaseId): Promise<void> {
  const row = (await findCase(tx, id)) as CaseState & { tenantId: number }
  const events = (await listEvents(tx, id, 0, 1000)) as readonly CaseEvent[]
  const { tenantId: _, ...state } = row
  assert.deepEqual(plain(fold(events)), plain(state), `${row.number}: the events do not fold to the row`)
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((__, i) => i + 1),
  )
  const owner = row.leadUnitId ?? row.holderUnitId
  assert.ok(owner !== null, `${row.number} in ${row.stage} has no owner`)
  const type = w.app.engine.typeOf(row)
  const isOpen = !type.ends.includes(row.stage)
  assert.equal(isOpen, row.closedAt === null, `${row.number}: stage ${row.stage} and closing do not agree`)
  const running = (await listClocks(tx, id)).filter(({ endedAt }) => endedAt === null)
  if (isOpen) {
    assert.ok(row.dueAt !== null, `${row.number} waits in ${row.stage} without a date`)
    assert.ok(running.length > 0, `${row.number} is open and no clock runs`)
  }
  assert.equal(
    new Set(running.map(({ kind }) => kind)).size,
    running.length,
    `${row.number}: two clocks of one kind run: ${running.map(({ kind }) => kind)}`,
  )
  if (row.paused)
    assert.ok(
      running.some(({ kind, nextAlertAt }) => kind === 'suspension' && nextAlertAt !== null),
      `${row.number} stands still and nothing will wake it`,
    )
  if (!row.paused)
    for (const clock of running)
      if (type.clocks[clock.kind]?.ladder?.(row) || type.clocks[clock.kind]?.onDue)
        assert.ok(clock.nextAlertAt !== null, `${row.number}: clock ${clock.kind} is not armed`)
  for (const kind of row.pending)
    assert.ok(
      (await listRelated(tx, id)).some(
        (one) => one.type === 'request' && one.stage === 'asked' && one.facts['kind'] === kind,
      ),
      `${row.number} waits for a decision that nobody owes: ${kind}`,
    )
}

/** Legality told from the declaration alone, apart from the engine. */
function isLegal(before: CaseState, action: string, by: Actor): boolean {
  const step = w.app.engine.typeOf(before).actions[action]
  if (step === undefined) return false
  if (!step.from.includes(before.stage) && !step.already?.(before, by)) return false
  if (by.kind === 'citizen') return step.by.includes('citizen')
  return step.by.some(
    (role) =>
      by.roles.has(role as never) &&
      (!['handler', 'head'].includes(role) || (before.leadUnitId !== null && by.scope.includes(before.leadUnitId))),
  )
}

/** Every run begins here again: the cases of the runs before have had what was due to them. */
const START = new Date('2026-01-05T09:00:00+08:00')
let now = START
let steps = 0
let accepted = 0
const done = new Map<string, number>()

function actorOf(account: string): Actor {
  const holder = holders.get(account)
  assert.ok(holder)
  return { ...holder, at: now }
}
/** Somebody who is offered the next step of the loop, so that cases also come to their end. */
async function whoMayGoOn(id: CaseId, otherwise: string): Promise<Actor> {
  const kase = await w.app.store.tx(w.tenant, (tx) => findCase(tx, id))
  assert.ok(kase)
  return (
    [...holders.keys()].map(actorOf).find((by) => w.app.engine.actionsFor(kase, by).some(([, step]) => step.primary)) ??
    actorOf(otherwise)
  )
}

async function oneStep(cases: CaseId[], [which, what, who, n, minutes]: readonly number[]): Promise<void> {
  assert.ok(which !== undefined && what !== undefined && who !== undefined && n !== undefined && minutes !== undefined)
  steps += 1
  // Now and then a week passes, so that promises, stops and rungs come due.
  // Mostly minutes pass, so that what must be done within hours can be; sometimes hours.
  const passed = n % 4 === 0 ? minutes * 60_000 : minutes * 3_000
  now = new Date(now.getTime() + passed + (n % 41 === 0 ? 7 * 24 * HOUR : 0))
  if (n % 40 === 0) await sweep(w.app.engine, w.app.store, w.tenant, now)
  // The newest ones are tasks, requests and notices that the others gave birth to.
  const id = which % 2 ? pick(cases, which) : (cases.at(-1 - (which % 6)) ?? pick(cases, which))
  const account = n % 13 === 0 ? pick(OTHERS, who) : pick(ACCOUNTS, who)
  const by = n % 3 === 1 ? await whoMayGoOn(id, account) : actorOf(account)
  const { row, action } = await w.app.store.tx(w.tenant, async (tx) => {
    const before = (await findCase(tx, id)) as CaseState
    const { actions } = w.app.engine.typeOf(before)
    // Two thirds of the tries are what a screen would offer to this person, so that the walk gets anywhere.
    const offered = w.app.engine.actionsFor(before, by).map(([name]) => name)
    const primary = offered.filter((name) => actions[name]?.primary)
    if (n % 3 === 1 && n % 2 && primary.length > 0) return { row: before, action: pick(primary, what) }
    const names = n % 3 === 0 || offered.length === 0 ? Object.keys(actions) : offered
    return { row: before, action: pick(names, what) }
  })
  const problem = await w.app.store.tx(w.tenant, async (tx) => (await findCase(tx, cases[0] as CaseId))?.number ?? '')
  try {
    await w.app.store.tx(w.tenant, async (tx) => {
      const after = await w.app.engine.act(tx, { caseId: id, action, input: inputFor(action, n, now, problem) }, by)
      assert.ok(isLegal(row, action, by), `${action} by ${by.account} in ${row.stage} was accepted`)
      const around = await listRelated(tx, id)
      for (const one of [id, after.parentId, after.problemId, ...around.map(({ id: other }) => other)])
        if (one !== null) await holds(tx, one)
      for (const one of around) if (!cases.includes(one.id)) cases.push(one.id)
    })
    accepted += 1
    done.set(action, (done.get(action) ?? 0) + 1)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    assert.ok(error.status < 500, `${action}: ${error.code}`)
    await w.app.store.tx(w.tenant, (tx) => holds(tx, id))
  }
}

test('law: whatever people try, events fold to rows, every case has an owner and an armed clock, nothing illegal is accepted, nothing breaks', {
  timeout: 3_600_000,
}, async () => {
  const step = fc.noBias(fc.tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), fc.integer({ min: 1, max: 300 })))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: PER_RUN, maxLength: PER_RUN }), async (walk) => {
      now = START
      const cases = await w.app.store.tx(w.tenant, async (tx) => {
        const by: Actor = { ...(holders.get('supervisor') as Omit<Actor, 'at'>), at: now }
        const facts = { title: '管网老化', content: '多户反映', category: 'pipe' }
        const [problem, reminder] = await w.app.engine.open(
          tx,
          ['problem', 'reminder'].map((type) => ({ type, channel: 'visit' as const, facts })),
          by,
        )
        const appeals = await w.app.engine.open(
          tx,
          ['漏水', '匿名反映停水', '楼道有煤气味'].map((content) => ({
            type: 'appeal',
            channel: 'hotline' as const,
            facts: { content, anonymous: content.startsWith('匿名') },
          })),
          by,
        )
        const deadline = day(now, 20)
        const words = await w.app.engine.open(
          tx,
          [problem?.id, undefined].map((parentId) => ({
            ...{ type: 'commitment', channel: 'other' as const, parentId, leadUnitId: units[0] as UnitId },
            facts: { title: '承诺', content: '限期换完主管', deadline },
          })),
          by,
        )
        return [problem, ...appeals, reminder, ...words].map((one) => one?.id as CaseId)
      })
      for (const one of walk) await oneStep(cases, one)
      await w.app.store.tx(w.tenant, async (tx) => {
        for (const id of cases) await holds(tx, id)
      })
    }),
    { numRuns: Math.ceil(STEPS / PER_RUN), endOnFailure: true, ...(LONG === undefined && { seed: 20_260_105 }) },
  )
  const never = [...w.app.engine.types.values()]
    .flatMap(({ actions }) => Object.entries(actions))
    .filter(([name, { by }]) => !done.has(name) && by.some((doer) => doer !== 'system' && doer !== 'citizen'))
  console.log(`${steps} actions tried, ${accepted} accepted, ${done.size} different ones`)
  console.log(`never accepted: ${[...new Set(never.map(([name]) => name))].join(' ')}`)
  assert.ok(steps >= STEPS && accepted > steps / 10, 'the walk got somewhere')
})
