import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { District, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import pg from 'pg'
import { type CaseState, findCase, fold, listEvents } from '../src/case/index.ts'
import { asNow, unitsAsNow } from '../src/org/index.ts'
import { CASE_TYPES } from '../src/wiring.ts'
import { type World, world } from './world.ts'

/** Units that end, and people who leave: nobody's matter is lost, and nobody's work is rewritten. */

/** The small district with an office of legal affairs and a second handler of the water bureau. */
const withLaw = (district: District): District => ({
  ...district,
  units: [...district.units, { id: 'law', name: '区法制办', kind: 'department' }],
  people: [
    ...district.people,
    { id: 'lawHandler', name: '法制经办', unitId: 'law', account: 'lawHandler', roles: ['handler'] },
    { id: 'lawHead', name: '法制主任', unitId: 'law', account: 'lawHead', post: '主任', roles: ['head'] },
    { id: 'handler3', name: '水务二号', unitId: 'water', account: 'handler3', roles: ['handler'] },
  ],
  topics: [
    ...district.topics,
    { id: 'law', label: '涉法涉诉', words: [], class: 'complaint', urgent: false },
    { id: 'pressure', label: '水压', parentId: 'water', words: [], class: 'complaint', urgent: false },
  ],
  dispatchCatalogue: {
    ...district.dispatchCatalogue,
    version: '2018',
    validFrom: '2018-01-01',
    rows: [
      ...district.dispatchCatalogue.rows,
      { row: 'F010', topicId: 'law', leadUnitId: 'law', assistingUnitIds: [], basis: '法制工作职责' },
    ],
  },
})

async function place(now: string): Promise<World> {
  const w = await world(now)
  const { status, body } = await w.call('admin', 'PUT', '/api/v1/district', withLaw(w.district))
  assert.equal(status, 200, JSON.stringify(body))
  return w
}
const get = async (w: World, id: string) => (await w.call('dispatcher', 'GET', `/api/v1/cases/${id}`)).body
const eventsOf = async (w: World, id: string) =>
  (await w.call('dispatcher', 'GET', `/api/v1/cases/${id}/events`)).body.items
const personId = async (w: World, account: string): Promise<string> =>
  (await w.call(account, 'GET', '/api/v1/session')).body.personId
const attempt = async (w: World, account: string, id: string, action: string, input: object = {}) =>
  w.call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, {
    version: (await get(w, id)).case.version,
    input,
  })

async function dispatched(w: World, category: string, unit: string, more: object = {}): Promise<string> {
  const { id } = await w.file(`请处理：${category}`)
  await w.act('clerk', id, 'accept', { category })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: unit, ...more })
  return id
}
async function signed(w: World, category: string, unit: string, account: string): Promise<string> {
  const id = await dispatched(w, category, unit)
  await w.act(account, id, 'sign')
  return id
}
async function closed(w: World, category: string, unit: string, handler: string, head: string): Promise<string> {
  const id = await signed(w, category, unit, handler)
  await w.act(handler, id, 'contact', { reached: true, channel: 'phone', note: '已电话沟通' })
  await w.act(handler, id, 'draftAnswer', { text: '已依法答复。', outcome: 'explained' })
  await w.act(head, id, 'approveAnswer')
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 })
  await w.act('caller', id, 'close')
  return id
}

/** Everything the database holds, as one text for each table; sessions and look-ups of keys aside. */
async function contents(w: World): Promise<Record<string, string>> {
  const client = new pg.Client(w.connection)
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and relname not in ('session', 'idempotency') order by 1`)
    const found: Record<string, string> = {}
    for (const { name } of tables.rows) {
      const { rows } = await client.query(
        `select md5(string_agg(t::text, ' ' order by t::text)) as sum from "${name}" t`,
      )
      found[name] = rows[0].sum
    }
    return found
  } finally {
    await client.end()
  }
}
/** As it comes back from JSON: instants as text. */
const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, inner) =>
      typeof inner === 'string' && /^\d{4}-.*T.*(Z|\+00:00)$/.test(inner) ? new Date(inner).toISOString() : inner,
    ),
  )
async function foldsToRow(w: World, id: string): Promise<void> {
  const { row, events } = await w.app.store.tx(w.tenant, async (tx) => {
    const found = (await findCase(tx, id)) as CaseState
    return { row: found, events: await listEvents(tx, found.id, 0, 1000) }
  })
  const { tenantId, ...state } = plain(row)
  assert.equal(tenantId, w.tenant)
  assert.deepEqual(plain(fold(events)), state)
}

test('every type of case that a unit can have is handed over from every stage that is not an end', () => {
  // A reminder goes to an office, not to a unit.
  const types = CASE_TYPES.filter(({ id }) => id !== 'reminder')
  assert.ok(types.length >= 2)
  for (const type of types)
    assert.deepEqual(
      Object.keys(type.stages).filter((stage) => !type.actions['handOver']?.from.includes(stage)),
      [...type.ends],
      type.id,
    )
})

describe('K16: the office of legal affairs becomes the bureau of justice', () => {
  let w: World
  let law: string
  let done: string
  let open: string
  const plan = (dryRun: boolean) => ({
    ...{ on: '2019-02-11', basis: '区机构改革方案', dryRun },
    newUnits: [{ code: 'justice', name: '区司法局', kind: 'department' }],
    moves: [{ unitId: law, successors: [{ unitCode: 'justice', rest: true }] }],
  })
  const reorganise = (body: object, account = 'admin') => w.call(account, 'POST', '/api/v1/reorganisations', body)
  before(async () => {
    w = await place('2018-11-05T09:30:00+08:00')
    law = await w.unit('law')
    done = await closed(w, 'law', law, 'lawHandler', 'lawHead')
    open = await signed(w, 'law', law, 'lawHandler')
    w.setNow('2019-02-11T09:30:00+08:00')
  })
  after(() => w.close())

  test('only the administrator reorganises, and not before the day has come; a dry run may look ahead', async () => {
    assert.equal((await reorganise(plan(true), 'dispatcher')).body.code, 'forbidden')
    const ahead = { ...plan(false), on: '2019-03-01' }
    assert.deepEqual((await reorganise(ahead)).body.code, 'handover.not_yet')
    assert.equal((await reorganise({ ...ahead, dryRun: true })).status, 200)
  })

  test('a plan with no rest-successor, or two, is refused, and so is one that names a unit nobody knows', async () => {
    const without = { ...plan(true), moves: [{ unitId: law, successors: [{ unitCode: 'justice', topics: ['law'] }] }] }
    assert.deepEqual((await reorganise(without)).body.code, 'reorganisation.rest')
    const rest = { unitCode: 'justice', rest: true }
    const twice = {
      ...plan(true),
      moves: [{ unitId: law, successors: [rest, { unitId: await w.unit('water'), rest: true }] }],
    }
    assert.match((await reorganise(twice)).body.detail, /“区法制办”须有且只有一个兜底承接单位，现有 2 个/)
    const unknown = { ...plan(true), newUnits: [] }
    assert.match((await reorganise(unknown)).body.detail, /没有找到承接单位“justice”/)
  })

  test('a dry run writes nothing and tells the same as the act', async () => {
    const before = await contents(w)
    const tried = (await reorganise(plan(true))).body
    assert.deepEqual(await contents(w), before)
    const told = (await reorganise(plan(false))).body
    assert.notDeepEqual(await contents(w), before)
    assert.deepEqual({ ...tried, id: told.id, dryRun: false }, told)
    const [unit] = told.units
    const justice = { code: 'justice', name: '区司法局' }
    const { number, title } = (await get(w, open)).case
    assert.deepEqual(unit.cases, [
      { id: open, number, title, part: 'lead', from: { code: 'law', name: '区法制办' }, to: justice },
    ])
    assert.deepEqual(unit.catalogueRows, [{ row: 'F010', from: 'F010', topic: 'law', division: null, lead: justice }])
    assert.deepEqual(
      unit.posts.map(({ person, accounts, to }: never) => [(person as { name: string }).name, accounts, to]),
      [
        ['法制经办', ['lawHandler'], justice],
        ['法制主任', ['lawHead'], justice],
      ],
    )
  })

  test('the closed case still shows the old unit, the open one the new; the events say who did what', async () => {
    assert.equal((await get(w, done)).case.leadUnit.name, '区法制办')
    assert.partialDeepStrictEqual((await get(w, open)).case, {
      stage: 'inHand',
      leadUnit: { name: '区司法局' },
      holder: { unit: { name: '区司法局' }, person: { name: '法制经办' } },
    })
    const events = await eventsOf(w, open)
    assert.deepEqual(
      events.slice(-2).map((event: never) => {
        const { action, label, by } = event as { action: string; label: string; by: { name: string; unit: string } }
        return [action, label, by.name, by.unit]
      }),
      [
        ['sign', '签收', '法制经办', '区法制办'],
        ['handOver', '移交', '系统管理员', '系统管理室'],
      ],
    )
    assert.equal(events.at(-1).input.basis, '区机构改革方案')
    await foldsToRow(w, open)
  })

  test('the ledger stays as then; the as-now view gives the closed case to the successor', async () => {
    const justice = await w.unit('justice')
    const idsOf = async (unit: string) =>
      (await w.call('dispatcher', 'GET', `/api/v1/ledger?unit=${unit}`)).body.items.map(({ id }: { id: string }) => id)
    assert.deepEqual(await idsOf(law), [done])
    assert.deepEqual(await idsOf(justice), [open])
    const { now, rows } = await w.app.store.tx(w.tenant, async (tx) => ({
      now: await unitsAsNow(tx, [law as UnitId, justice as UnitId]),
      rows: await tx.run<{ id: string; unit: string }>(sql`
        select c.id, ${asNow(tx, { unit: sql`c.lead_unit_id`, topic: sql`c.category`, division: sql`c.division_code` })} as unit
        from "case" c where tenant_id = ${w.tenant} and lead_unit_id is not null order by id`),
    }))
    assert.deepEqual([...now.values()], [[{ id: justice, name: '区司法局' }], [{ id: justice, name: '区司法局' }]])
    assert.deepEqual(rows, [
      { id: done, unit: justice },
      { id: open, unit: justice },
    ])
  })

  test('the old unit is offered no more; dispatching to it is refused and names the successor', async () => {
    const { items } = (await w.call('dispatcher', 'GET', '/api/v1/units')).body
    const names = items.map(({ name }: { name: string }) => name)
    assert.deepEqual([names.includes('区法制办'), names.includes('区司法局')], [false, true])
    const { id } = await w.file('行政复议怎么申请')
    await w.act('clerk', id, 'accept', { category: 'law' })
    const refused = await attempt(w, 'dispatcher', id, 'dispatch', { leadUnitId: law })
    assert.deepEqual(
      [refused.status, refused.body.code, refused.body.detail],
      [409, 'case.unit_dissolved', '区法制办已于2019-02-11撤销，职责由区司法局承接，请改派。'],
    )
    const { actions } = await get(w, id)
    const { proposal } = actions.find(({ name }: { name: string }) => name === 'dispatch')
    assert.partialDeepStrictEqual(proposal, { leadUnitName: '区司法局', row: 'F010', version: '2019-02-11 机构改革' })
    assert.match(proposal.basis, /法制工作职责（区机构改革方案）/)
    await w.act('dispatcher', id, 'dispatch', { leadUnitId: proposal.leadUnitId })
  })

  test('the people went along: they sign in at the new unit and go on with the case', async () => {
    assert.equal((await w.call('lawHandler', 'GET', '/api/v1/session')).body.unitName, '区司法局')
    await w.act('lawHandler', open, 'contact', { reached: true, channel: 'phone', note: '继续办理' })
    const { items } = (await w.call('clerk', 'GET', '/api/v1/people?q=法制主任')).body
    assert.deepEqual(
      items.map(({ post, unitName }: never) => [post, unitName]),
      [['主任', '区司法局']],
    )
  })

  test('the receiving head signs the list, once', async () => {
    const { items } = (await w.call('lawHead', 'GET', '/api/v1/handovers')).body
    assert.equal(items.length, 1)
    assert.partialDeepStrictEqual(items[0], {
      ...{ on: '2019-02-11', basis: '区机构改革方案', count: 1, signedBy: null },
      ...{ from: { name: '区法制办' }, to: { name: '区司法局' }, cases: [{ id: open }] },
    })
    const path = `/api/v1/handovers/${items[0].id}/actions/sign`
    assert.equal((await w.call('lawHandler', 'POST', path)).body.code, 'forbidden')
    assert.equal((await w.call('head', 'POST', path)).body.code, 'handover.not_found')
    const taken = await w.call('lawHead', 'POST', path)
    assert.deepEqual([taken.body.signedBy, taken.body.signedAt], ['法制主任', '2019-02-11T01:30:00.000Z'])
    const again = await w.call('lawHead', 'POST', path)
    assert.deepEqual([again.status, again.body.detail], [409, '此移交清单已由法制主任签收，不必再签。'])
  })

  test('a case that the old unit closed is reopened at its successor; round 1 stays with the old unit', async () => {
    const reopened = await w.act('supervisor', done, 'reopen', { reason: '诉求人称未解决' })
    assert.partialDeepStrictEqual(reopened, { stage: 'inHand', round: 2, leadUnit: { name: '区司法局' } })
    assert.deepEqual(
      reopened.rounds.map((round: { leadUnit: { name: string } }) => round.leadUnit.name),
      ['区法制办', '区司法局'],
    )
    await foldsToRow(w, done)
  })

  test('what has been dissolved is not dissolved again, and takes nothing over', async () => {
    assert.match((await reorganise({ ...plan(true), newUnits: [] })).body.detail, /“区法制办”已撤销/)
    const back = {
      ...plan(true),
      newUnits: [],
      moves: [{ unitId: await w.unit('water'), successors: [{ unitId: law, rest: true }] }],
    }
    assert.match((await reorganise(back)).body.detail, /“区法制办”已撤销或将撤销，不能承接/)
  })
})

describe('a bureau is split in two by topic', () => {
  let w: World
  let water: string
  let old: Record<'pipe' | 'pressure', string>
  before(async () => {
    w = await place('2026-03-02T09:30:00+08:00')
  })
  after(() => w.close())

  test('pipes go to the new centre, the rest to the other; places and people that were somebody else’s stay so', async () => {
    water = await w.unit('water')
    old = {
      pipe: await closed(w, 'pipe', water, 'handler', 'head'),
      pressure: await closed(w, 'pressure', water, 'handler', 'head'),
    }
    const pipe = await signed(w, 'pipe', water, 'handler')
    const other = await signed(w, 'water', water, 'handler')
    const assisting = await dispatched(w, 'pipe', await w.unit('heating'), { assistingUnitIds: [water] })
    const { status, body } = await w.call('admin', 'POST', '/api/v1/reorganisations', {
      ...{ on: '2026-03-02', basis: '水务机构改革', dryRun: false },
      newUnits: [
        { code: 'pipes', name: '区管网中心', kind: 'utility' },
        { code: 'waterworks', name: '区水利局', kind: 'department' },
      ],
      moves: [
        {
          unitId: water,
          successors: [
            { unitCode: 'waterworks', rest: true },
            { unitCode: 'pipes', topics: ['pipe'] },
          ],
        },
      ],
      people: [{ personId: await personId(w, 'handler3'), unitCode: 'pipes' }],
    })
    assert.equal(status, 200, JSON.stringify(body))
    const [unit] = body.units
    const task = (await w.call('dispatcher', 'GET', '/api/v1/ledger?type=task')).body.items[0].id
    assert.deepEqual(
      unit.cases.map(({ id, part, to }: never) => [id, part, (to as { name: string }).name]),
      [
        [pipe, 'lead', '区管网中心'],
        [other, 'lead', '区水利局'],
        [assisting, 'assisting', '区管网中心'],
        [task, 'lead', '区管网中心'],
      ],
    )
    assert.deepEqual(
      unit.catalogueRows.map(({ row, from, topic, division, lead }: never) => [
        row,
        from,
        topic,
        division,
        (lead as { code: string }).code,
      ]),
      [
        ['F001-1', 'F001', 'pipe', null, 'pipes'],
        ['F001', 'F001', 'water', null, 'waterworks'],
        ['F002', 'F002', 'water', '210101', 'south'],
        ['F002-1', 'F002', 'pipe', '210101', 'south'],
      ],
    )
    // The handler went to the other half: the new centre has nobody in hand for it and assigns anew.
    assert.partialDeepStrictEqual((await get(w, pipe)).case, { leadUnit: { name: '区管网中心' }, handler: null })
    assert.partialDeepStrictEqual((await get(w, other)).case, {
      ...{ leadUnit: { name: '区水利局' }, handler: { name: '水务经办' } },
    })
    assert.deepEqual(
      (await get(w, assisting)).case.assistingUnits.map(({ name }: { name: string }) => name),
      ['区管网中心'],
    )
    for (const id of [pipe, other, assisting, task]) await foldsToRow(w, id)
    assert.equal((await w.call('handler3', 'GET', `/api/v1/cases/${pipe}`)).status, 200)
    assert.equal((await w.call('handler', 'GET', `/api/v1/cases/${pipe}`)).status, 404)
  })

  test('the catalogue proposes by the split from now on', async () => {
    const proposed = async (category: string, divisionCode?: string) => {
      const facts = { content: '请处理', category, ...(divisionCode && { divisionCode }) }
      const { body } = await w.call('clerk', 'POST', '/api/v1/cases', { type: 'appeal', facts })
      await w.act('clerk', body.case.id, 'accept', { category })
      const { actions } = await get(w, body.case.id)
      return actions.find(({ name }: { name: string }) => name === 'dispatch').proposal.leadUnitName
    }
    assert.equal(await proposed('pipe'), '区管网中心')
    assert.equal(await proposed('pressure'), '区水利局')
    assert.equal(await proposed('pipe', '210101'), '南塔街道办事处')
    assert.equal(await proposed('pressure', '210101'), '南塔街道办事处')
  })

  test('a topic takes those below it along, a street its communities; the as-now view goes through both reorganisations', async () => {
    const works = await w.unit('waterworks')
    const inStreet = async (category: string) => {
      const facts = { content: '请处理', category, divisionCode: '210101' }
      const { body } = await w.call('clerk', 'POST', '/api/v1/cases', { type: 'appeal', facts })
      await w.act('clerk', body.case.id, 'accept', { category })
      await w.act('dispatcher', body.case.id, 'dispatch', { leadUnitId: works })
      return body.case.id
    }
    const pressure = await dispatched(w, 'pressure', works)
    const southern = await inStreet('heating')
    const other = await dispatched(w, 'heating', works)
    const { body } = await w.call('admin', 'POST', '/api/v1/reorganisations', {
      ...{ on: '2026-03-02', basis: '再次改革', dryRun: false },
      newUnits: [
        { code: 'supply', name: '区供水中心', kind: 'utility' },
        { code: 'hydro', name: '区水文站', kind: 'department' },
      ],
      moves: [
        {
          unitId: works,
          successors: [
            { unitCode: 'supply', topics: ['water'] },
            { unitId: await w.unit('south'), divisions: ['210100'] },
            { unitCode: 'hydro', rest: true },
          ],
        },
      ],
    })
    const went = new Map(body.units[0].cases.map(({ id, to }: never) => [id, (to as { code: string }).code]))
    assert.deepEqual(
      [pressure, southern, other].map((id) => went.get(id)),
      ['supply', 'south', 'hydro'],
    )
    assert.equal(body.catalogueVersion, '2026-03-02 机构改革 2')
    const now = await w.app.store.tx(w.tenant, async (tx) => ({
      units: (await unitsAsNow(tx, [water as UnitId])).get(water as UnitId)?.map(({ name }) => name),
      rows: await tx.run<{ id: string; name: string }>(sql`
        select c.id, (select name from unit where tenant_id = ${w.tenant}
          and id = ${asNow(tx, { unit: sql`c.lead_unit_id`, topic: sql`c.category`, division: sql`c.division_code` })}) as name
        from "case" c where tenant_id = ${w.tenant} and closed_at is not null order by id`),
    }))
    assert.deepEqual(now.units, ['区水文站', '区管网中心', '南塔街道办事处', '区供水中心'])
    assert.deepEqual(now.rows, [
      { id: old.pipe, name: '区管网中心' },
      { id: old.pressure, name: '区供水中心' },
    ])
  })
})

describe('a dispatch and a reorganisation at the same moment', () => {
  let w: World
  before(async () => {
    w = await place('2026-03-02T09:30:00+08:00')
  })
  after(() => w.close())

  test('no open case is left with a unit that was dissolved', async () => {
    let last = 'law'
    for (let round = 1; round <= 8; round++) {
      const unit = await w.unit(last)
      const next = `law-${round}`
      const waiting = await Promise.all(
        Array.from({ length: 3 }, async () => {
          const { id } = await w.file('行政复议')
          await w.act('clerk', id, 'accept', { category: 'law' })
          return { id, version: (await get(w, id)).case.version }
        }),
      )
      const dispatching = waiting.map(({ id, version }) =>
        w.call('dispatcher', 'POST', `/api/v1/cases/${id}/actions/dispatch`, { version, input: { leadUnitId: unit } }),
      )
      const reorganised = w.call('admin', 'POST', '/api/v1/reorganisations', {
        ...{ on: '2026-03-02', basis: `第${round}次改革`, dryRun: false },
        newUnits: [{ code: next, name: `法制${round}办`, kind: 'department' }],
        moves: [{ unitId: unit, successors: [{ unitCode: next, rest: true }] }],
      })
      const replies = await Promise.all([...dispatching, reorganised])
      assert.equal(replies.at(-1)?.status, 200, JSON.stringify(replies.at(-1)?.body))
      for (const { status, body } of replies)
        assert.ok(status === 200 || body.code === 'case.unit_dissolved', JSON.stringify(body))
      const left = (await w.call('dispatcher', 'GET', `/api/v1/ledger?unit=${unit}`)).body.items
      assert.deepEqual(left, [])
      last = next
    }
    const { items } = (await w.call('dispatcher', 'GET', `/api/v1/handovers`)).body
    assert.ok(items.every(({ count }: { count: number }) => count > 0))
  })
})

describe('task forces', () => {
  let w: World
  let force: string
  let inHand: string
  before(async () => {
    w = await place('2026-03-02T09:30:00+08:00')
  })
  after(() => w.close())

  test('a task force is set up, offered among the units and dispatched to; the lead unit’s people act for it', async () => {
    const heating = await w.unit('heating')
    const body = {
      ...{ name: '供暖问题工作专班', subject: '供暖', leadUnitId: heating, charter: '春季供暖收尾' },
      ...{ memberUnitIds: [await w.unit('water')], validFrom: '2026-03-01', validTo: '2026-03-20' },
    }
    assert.equal((await w.call('handler', 'POST', '/api/v1/task-forces', body)).body.code, 'forbidden')
    const reversed = { ...body, validTo: '2026-02-20' }
    assert.equal((await w.call('dispatcher', 'POST', '/api/v1/task-forces', reversed)).body.code, 'term.reversed')
    const made = await w.call('dispatcher', 'POST', '/api/v1/task-forces', body)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.partialDeepStrictEqual(made.body, { leadUnit: { name: '区供热办' }, members: [{ name: '区水务局' }] })
    force = made.body.id
    assert.deepEqual((await w.call('clerk', 'GET', '/api/v1/task-forces')).body.items, [made.body])
    const { items } = (await w.call('dispatcher', 'GET', '/api/v1/units?kind=taskForce')).body
    assert.deepEqual(
      items.map(({ id }: { id: string }) => id),
      [force],
    )

    inHand = await signed(w, 'heating', force, 'handler2')
    await w.act('handler2', inHand, 'assign', { personId: await personId(w, 'handler2') })
    assert.equal((await get(w, inHand)).case.leadUnit.name, '供暖问题工作专班')
    assert.equal((await w.call('handler', 'GET', `/api/v1/cases/${inHand}`)).status, 404)

    const secret = await w.file('举报供热站乱收费', { confidential: true })
    await w.act('clerk', secret.id, 'accept', { category: 'heating' })
    await w.act('dispatcher', secret.id, 'dispatch', { leadUnitId: force, assistingUnitIds: [await w.unit('water')] })
    const seenBy = async (account: string) => (await w.call(account, 'GET', `/api/v1/cases/${secret.id}`)).status
    assert.deepEqual([await seenBy('handler2'), await seenBy('handler')], [200, 404])
    const listed = (await w.call('handler2', 'GET', '/api/v1/ledger')).body.items.map(({ id }: { id: string }) => id)
    assert.ok(listed.includes(secret.id))
  })

  test('a task force whose term has not begun, or is over, is not dispatched to; its open cases are still finished', async () => {
    const later = await w.call('leader', 'POST', '/api/v1/task-forces', {
      ...{ name: '防汛工作专班', subject: '防汛', leadUnitId: await w.unit('water'), validFrom: '2026-06-01' },
    })
    const { id } = await w.file('暖气不热')
    await w.act('clerk', id, 'accept', { category: 'heating' })
    const early = await attempt(w, 'dispatcher', id, 'dispatch', { leadUnitId: later.body.id })
    assert.match(early.body.detail, /防汛工作专班自2026-06-01起才履行职责/)
    w.setNow('2026-03-20T09:30:00+08:00')
    assert.equal((await attempt(w, 'dispatcher', id, 'dispatch', { leadUnitId: force })).status, 200)
    w.setNow('2026-03-23T09:30:00+08:00')
    const next = await w.file('暖气还是不热')
    await w.act('clerk', next.id, 'accept', { category: 'heating' })
    const late = await attempt(w, 'dispatcher', next.id, 'dispatch', { leadUnitId: force })
    assert.deepEqual(
      [late.status, late.body.detail],
      [409, '供暖问题工作专班已于2026-03-20撤销，职责由区供热办承接，请改派。'],
    )
    assert.deepEqual((await w.call('dispatcher', 'GET', '/api/v1/units?kind=taskForce')).body.items, [])
    await w.act('handler2', inHand, 'draftAnswer', { text: '已恢复供暖。', outcome: 'solved' })
  })

  test('a task force whose term is over is wound up: its lead unit takes what is still open, once', async () => {
    const windUp = async () =>
      w.call('admin', 'POST', '/api/v1/reorganisations', {
        ...{ on: '2026-03-23', basis: '专班任务完成', dryRun: false },
        moves: [{ unitId: force, successors: [{ unitId: await w.unit('heating'), rest: true }] }],
      })
    assert.equal((await windUp()).status, 200)
    const { leadUnit, stage } = (await get(w, inHand)).case
    assert.deepEqual([leadUnit.name, stage], ['区供热办', 'drafted'])
    assert.match((await windUp()).body.detail, /“供暖问题工作专班”已撤销/)
  })

  test('a district file brings task forces, which its catalogue may name', async () => {
    const file = withLaw(w.district)
    const loaded = await w.call('admin', 'PUT', '/api/v1/district', {
      ...file,
      taskForces: [
        {
          id: 'honesty',
          name: '政府诚信问题工作专班',
          subject: '政府诚信',
          leadUnitId: 'law',
          memberUnitIds: ['water'],
          validFrom: '2026-01-01',
        },
      ],
      dispatchCatalogue: {
        ...file.dispatchCatalogue,
        version: '2026-03',
        validFrom: '2026-03-01',
        rows: [{ row: 'F1', topicId: 'law', leadUnitId: 'honesty', assistingUnitIds: ['law'], basis: '专班方案' }],
      },
    })
    assert.equal(loaded.status, 200, JSON.stringify(loaded.body))
    await signed(w, 'law', await w.unit('honesty'), 'lawHandler')
  })
})

describe('what a unit has asked for goes along with it', () => {
  let w: World
  const ask = {
    amount: 3,
    reason: '需外出取证',
    basis: '内部规定第三条',
    notice: '因需取证，答复延后三个工作日，请谅解。',
  }
  const requestOf = async (id: string) =>
    (await w.call('dispatcher', 'GET', '/api/v1/ledger?type=request')).body.items.find(({ title }: { title: string }) =>
      title.endsWith(id),
    )
  before(async () => {
    w = await place('2026-03-02T09:30:00+08:00')
  })
  after(() => w.close())

  test('a request of a task force is on the desk of the head of its lead unit', async () => {
    const { body } = await w.call('leader', 'POST', '/api/v1/task-forces', {
      ...{ name: '供水问题工作专班', subject: '供水', leadUnitId: await w.unit('water'), validFrom: '2026-03-01' },
    })
    const id = await signed(w, 'water', body.id, 'handler')
    await w.act('handler', id, 'askExtension', ask)
    const asked = await requestOf('water')
    assert.deepEqual([asked.handler.name, asked.leadUnit.name], ['水务局长', '供水问题工作专班'])
    await w.act('head', asked.id, 'grant')
    assert.deepEqual((await eventsOf(w, id)).at(-1).action, 'extend')
  })

  test('a pending request keeps its approver, and the head who went along grants it at the successor', async () => {
    const law = await w.unit('law')
    const small = await signed(w, 'law', law, 'lawHandler')
    await w.act('lawHandler', small, 'askExtension', ask)
    const byHead = await requestOf('law')
    const { status, body } = await w.call('admin', 'POST', '/api/v1/reorganisations', {
      ...{ on: '2026-03-02', basis: '机构改革', dryRun: false },
      newUnits: [{ code: 'justice', name: '区司法局', kind: 'department' }],
      moves: [{ unitId: law, successors: [{ unitCode: 'justice', rest: true }] }],
    })
    assert.equal(status, 200, JSON.stringify(body))
    const moved = (await get(w, byHead.id)).case
    assert.partialDeepStrictEqual(moved, {
      ...{ leadUnit: { name: '区司法局' }, handler: { name: '法制主任' }, holder: { unit: { name: '区司法局' } } },
    })
    await w.act('lawHead', byHead.id, 'grant')
    assert.equal((await eventsOf(w, small)).at(-1).action, 'extend')
    for (const id of [small, byHead.id]) await foldsToRow(w, id)
  })

  test('a change of lead to a unit that was dissolved meanwhile is not granted', async () => {
    const water = await w.unit('water')
    const south = await w.unit('south')
    const id = await signed(w, 'pipe', water, 'handler')
    await w.act('head', id, 'askLeadChange', { unitId: south, reason: '属地办理更便民' })
    await w.call('admin', 'POST', '/api/v1/reorganisations', {
      ...{ on: '2026-03-02', basis: '街道合并', dryRun: false },
      newUnits: [{ code: 'southern', name: '南部街道办事处', kind: 'street' }],
      moves: [{ unitId: south, successors: [{ unitCode: 'southern', rest: true }] }],
    })
    const refused = await attempt(w, 'dispatcher', (await requestOf('pipe')).id, 'grant')
    assert.deepEqual(
      [refused.status, refused.body.detail],
      [409, '南塔街道办事处已于2026-03-02撤销，职责由南部街道办事处承接，请改派。'],
    )
    assert.equal((await get(w, id)).case.leadUnit.name, '区水务局')
  })
})

describe('K17: people leave and stand in for each other', () => {
  let w: World
  let water: string
  let kase: string
  const handOver = (account: string, body: object) => w.call(account, 'POST', '/api/v1/person-handovers', body)
  before(async () => {
    w = await place('2026-03-02T09:30:00+08:00')
    water = await w.unit('water')
  })
  after(() => w.close())

  test('a head sees the sheet before anything moves: open cases, promises, overdue ones', async () => {
    kase = await signed(w, 'pipe', water, 'handler')
    await w.act('handler', kase, 'contact', { reached: true, channel: 'visit', note: '上门查看' })
    await w.act('handler', kase, 'draftAnswer', { text: '限期修复', outcome: 'promised', promisedOn: '2026-06-30' })
    const overdue = await signed(w, 'water', water, 'handler')
    w.setNow('2026-03-30T09:30:00+08:00')
    const before = await contents(w)
    const body = {
      ...{ fromPersonId: await personId(w, 'handler'), toPersonId: await personId(w, 'handler3') },
      ...{ on: '2026-03-30', reason: '岗位调整', dryRun: true, endPost: true },
    }
    assert.equal((await handOver('handler', body)).body.code, 'forbidden')
    assert.equal((await handOver('handler2', body)).body.code, 'forbidden')
    const { status, body: told } = await handOver('head', body)
    assert.equal(status, 200, JSON.stringify(told))
    const ids = (cases: { id: string }[]) => cases.map(({ id }) => id)
    assert.deepEqual(
      [ids(told.open), ids(told.promises), ids(told.overdue)],
      [[kase, overdue], [kase], [kase, overdue]],
    )
    assert.deepEqual(
      [told.promises[0].promisedOn, told.postsEnded],
      ['2026-06-30', [{ unit: '区水务局', title: null }]],
    )
    assert.deepEqual(await contents(w), before)
  })

  test('somebody outside the unit takes nothing over', async () => {
    const refused = await handOver('head', {
      ...{ fromPersonId: await personId(w, 'handler'), toPersonId: await personId(w, 'handler2') },
      ...{ on: '2026-03-30', reason: '岗位调整', dryRun: true },
    })
    assert.match(refused.body.detail, /供热经办没有在区水务局任职，不能接收 SQ/)
  })

  test('the cases go to the other; what was done stays with who did it, and the post has ended', async () => {
    const from = await personId(w, 'handler')
    const done = await handOver('head', {
      ...{ fromPersonId: from, toPersonId: await personId(w, 'handler3'), on: '2026-03-30' },
      ...{ reason: '岗位调整', dryRun: false, endPost: true },
    })
    assert.equal(done.status, 200, JSON.stringify(done.body))
    assert.partialDeepStrictEqual((await get(w, kase)).case, {
      ...{ handler: { name: '水务二号' }, leadUnit: { name: '区水务局' }, promisedOn: '2026-06-30', stage: 'drafted' },
    })
    const credit = (await eventsOf(w, kase)).map(({ action, by }: never) => [action, (by as { name: string }).name])
    assert.deepEqual(credit.slice(-4), [
      ['sign', '水务经办'],
      ['contact', '水务经办'],
      ['draftAnswer', '水务经办'],
      ['handOver', '水务局长'],
    ])
    await foldsToRow(w, kase)
    assert.equal((await w.call('handler', 'GET', `/api/v1/cases/${kase}`)).status, 404)
    assert.equal((await w.call('handler3', 'GET', `/api/v1/cases/${kase}`)).status, 200)
  })

  test('a stand-in acts with the roles of the person for the term, both days included, and not after', async () => {
    const body = {
      ...{ personId: await personId(w, 'head'), standInId: await personId(w, 'handler3') },
      ...{ from: '2026-03-31', to: '2026-04-02' },
    }
    assert.equal((await w.call('handler3', 'POST', '/api/v1/stand-ins', body)).body.code, 'forbidden')
    const made = await w.call('head', 'POST', '/api/v1/stand-ins', body)
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal((await attempt(w, 'handler3', kase, 'returnAnswer', { reason: '再核实' })).body.code, 'forbidden')
    w.setNow('2026-04-02T09:30:00+08:00')
    await w.act('handler3', kase, 'returnAnswer', { reason: '写明完成日期' })
    const last = (await eventsOf(w, kase)).at(-1)
    assert.deepEqual([last.action, last.by.name], ['returnAnswer', '水务二号'])
    await w.act('head', kase, 'draftAnswer', { text: '六月底前修复', outcome: 'promised', promisedOn: '2026-06-30' })
    w.setNow('2026-04-03T09:30:00+08:00')
    assert.equal((await attempt(w, 'handler3', kase, 'approveAnswer')).body.code, 'forbidden')
  })

  test('a handler of another unit does not stand in for a head: the roles would add up in the wrong place', async () => {
    const refused = await w.call('admin', 'POST', '/api/v1/stand-ins', {
      ...{ personId: await personId(w, 'head'), standInId: await personId(w, 'handler2') },
      ...{ from: '2026-04-03', to: '2026-04-05' },
    })
    assert.deepEqual([refused.status, refused.body.code], [422, 'standIn.elsewhere'])
  })

  test('an open case whose handler has gone is in the list of gaps after n days, with the head to ask', async () => {
    const window = await personId(w, 'window')
    const term = { personId: await personId(w, 'handler3'), standInId: window, from: '2026-04-03', to: '2026-04-03' }
    assert.equal((await w.call('head', 'POST', '/api/v1/stand-ins', term)).status, 201)
    w.setNow('2026-04-03T09:31:00+08:00')
    const lost = await signed(w, 'water', water, 'window')
    const gaps = async (account: string, days: number) =>
      (await w.call(account, 'GET', `/api/v1/ownership-gaps?days=${days}`)).body.items
    assert.deepEqual(await gaps('supervisor', 0), [])
    w.setNow('2026-04-06T09:30:00+08:00')
    assert.deepEqual(await gaps('supervisor', 3), [])
    const [gap, ...others] = await gaps('head', 2)
    assert.deepEqual(others, [])
    assert.partialDeepStrictEqual(gap, {
      ...{ case: { id: lost }, unit: { name: '区水务局' }, handler: { name: '甲window' } },
      ...{ since: '2026-04-03', days: 3, head: { name: '水务局长' } },
    })
    assert.deepEqual(await gaps('handler2', 0), [])
    const body = {
      fromPersonId: window,
      toPersonId: await personId(w, 'handler3'),
      on: '2026-04-06',
      reason: '代理期满',
    }
    assert.equal((await handOver('head', { ...body, dryRun: false })).status, 200)
    assert.deepEqual(await gaps('supervisor', 0), [])
  })
})
