import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { type CaseEvent, type CaseState, defineCaseType, findCase, fold, listEvents } from '../src/case/index.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const read = (id: string) =>
  w.app.store.tx(w.tenant, async (tx) => {
    const row = (await findCase(tx, id)) as CaseState
    return { row, events: await listEvents(tx, row.id, 0, 1000) }
  })
/** As it comes back from JSON: instants as text. */
const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, inner) =>
      typeof inner === 'string' && /^\d{4}-.*T.*(Z|\+00:00)$/.test(inner) ? new Date(inner).toISOString() : inner,
    ),
  )

const ACTORS = ['clerk', 'dispatcher', 'handler', 'head', 'caller', 'supervisor', 'leader'] as const

test('law: whatever people do, the events fold to the row, their numbers have no gap, and no step escapes the declaration', async () => {
  const units = [await w.unit('water'), await w.unit('heating')]
  const inputs: Record<string, () => object> = {
    accept: () => ({ category: 'pipe' }),
    decline: () => ({ reason: 'other', advice: '请向有关单位反映' }),
    answerAtOnce: () => ({ text: '即答' }),
    dispatch: () => ({ leadUnitId: units[0], assistingUnitIds: [units[1]] }),
    contact: () => ({ reached: true, channel: 'phone', note: '已联系' }),
    draftAnswer: () => ({ text: '已办', outcome: 'solved', promisedOn: '2026-09-30' }),
    returnAnswer: () => ({ reason: '再核实' }),
    callBack: () => ({ reached: true, satisfied: false }),
    reopen: () => ({ reason: '未解决' }),
    withdraw: () => ({ reason: '自行解决' }),
    note: () => ({ text: '备注' }),
  }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 4, maxLength: 14 }), async (walk) => {
      const { id } = await w.file()
      for (const [who, which] of walk) {
        const account = ACTORS[who % ACTORS.length] ?? 'clerk'
        const shown = (await w.call(account, 'GET', `/api/v1/cases/${id}`)).body
        const offered = (shown.actions ?? []).filter(
          (action: { name: string }) =>
            action.name in inputs || ['sign', 'approveAnswer', 'close', 'urge'].includes(action.name),
        )
        const action = offered[which % Math.max(1, offered.length)]
        if (action === undefined) continue
        const reply = await w.call(account, 'POST', `/api/v1/cases/${id}/actions/${action.name}`, {
          version: shown.case.version,
          input: inputs[action.name]?.() ?? {},
        })
        assert.ok(
          reply.status === 200 || reply.body.code === 'case.unsatisfied',
          `${action.name}: ${JSON.stringify(reply.body)}`,
        )
      }
      const { row, events } = await read(id)
      assert.deepEqual(
        events.map((event) => event.seq),
        events.map((_, i) => i + 1),
      )
      const { tenantId, ...state } = row as CaseState & { tenantId: number }
      assert.equal(tenantId, w.tenant)
      assert.deepEqual(plain(fold(events as readonly CaseEvent[])), plain(state))
    }),
    { numRuns: 25 },
  )
})

test('law: nobody reaches a case that the list hides from them', async () => {
  const shown = { ...(await w.file('供水投诉')), confidential: false }
  await w.act('clerk', shown.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', shown.id, 'dispatch', {
    leadUnitId: await w.unit('water'),
    assistingUnitIds: [await w.unit('heating')],
  })
  const secret = await w.file('举报水务局收费', { confidential: true })
  await w.act('clerk', secret.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', secret.id, 'dispatch', {
    leadUnitId: await w.unit('heating'),
    assistingUnitIds: [await w.unit('water')],
  })
  await w.file('还没有交办')
  const all: { id: string; number: string }[] = (await w.call('dispatcher', 'GET', '/api/v1/ledger?limit=200')).body
    .items
  for (const account of ['clerk', 'handler', 'head', 'handler2', 'leader', 'auditor', 'admin', 'window']) {
    const listed = new Set(
      (await w.call(account, 'GET', '/api/v1/ledger?limit=200')).body.items.map((item: { id: string }) => item.id),
    )
    for (const { id, number } of all) {
      const replies = await Promise.all(
        [
          `/api/v1/cases/${id}`,
          `/api/v1/cases/${number}`,
          `/api/v1/cases/${id}/events`,
          `/api/v1/cases/${id}/clocks`,
        ].map((url) => w.call(account, 'GET', url)),
      )
      for (const reply of replies) assert.equal(reply.status === 200, listed.has(id), `${account} ${number}`)
      const found = (await w.call(account, 'GET', `/api/v1/ledger?q=${number}`)).body
      assert.deepEqual([found.items.length, found.total.value], listed.has(id) ? [1, 1] : [0, 0])
    }
  }
  const units = (await w.call('handler', 'GET', '/api/v1/ledger')).body.items.map((item: { id: string }) => item.id)
  assert.ok(
    units.includes(shown.id) && !units.includes(secret.id),
    'an assisting unit does not see what was said in confidence',
  )
})

test('search: Traditional finds Simplified, two characters suffice, numbers find, and pages join without gap or double', async () => {
  await w.file('雙陽路口信號燈損壞')
  await w.file('双阳小区门前积水')
  const find = async (q: string) =>
    (await w.call('clerk', 'GET', `/api/v1/ledger?q=${encodeURIComponent(q)}`)).body.items.length
  assert.deepEqual(
    [await find('双阳'), await find('雙陽'), await find('信号灯'), await find('ｓｑ'), await find('无此词')],
    [2, 2, 1, 0, 0],
  )
  for (const sort of ['received', '-received', 'due', '-due', 'updated', '-updated']) {
    const whole = (await w.call('clerk', 'GET', `/api/v1/ledger?sort=${sort}&limit=200`)).body
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; nextCursor: string | null } = (
        await w.call('clerk', 'GET', `/api/v1/ledger?sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`)
      ).body
      ids.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    }
    assert.deepEqual(
      ids,
      whole.items.map((item: { id: string }) => item.id),
      sort,
    )
  }
})

test('a case type with a dead end, an unreachable stage, a stage without limit or a nameless clock action does not boot', () => {
  const step = (from: string, to: string) => ({
    label: 'x',
    from: [from],
    to,
    by: ['clerk' as const],
    input: z.object({}),
  })
  const good = {
    ...{
      id: 't',
      label: '试',
      prefix: 'TT',
      facts: z.object({}),
      stages: { a: '甲', b: '乙' },
      first: 'a',
      ends: ['b'],
      opens: ['clerk' as const],
    },
    actions: { go: step('a', 'b') },
    clocks: { close: { starts: ['open'], ends: ['go'], shows: ['a'] } },
  }
  defineCaseType<string>(good)
  assert.throws(() => defineCaseType<string>({ ...good, ends: [] }), /dead end/)
  assert.throws(() => defineCaseType<string>({ ...good, stages: { ...good.stages, c: '丙' } }), /cannot be reached/)
  assert.throws(() => defineCaseType<string>({ ...good, clocks: {} }), /without a limit/)
  assert.throws(
    () => defineCaseType<string>({ ...good, clocks: { close: { starts: ['open'], ends: ['fly'], shows: ['a'] } } }),
    /unknown action/,
  )
  assert.throws(() => defineCaseType<string>({ ...good, actions: { go: { ...step('a', 'b'), by: [] } } }), /nobody/)
})
