import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { RULE, withCadre, yi } from './cadre.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let people: Map<string, string>
let unit = ''
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  people = await withCadre(w)
  unit = await w.unit('water')
})
after(() => w.close())
const { must, at } = storyteller(() => w)

const refusal = async (account: string, url: string, body: object): Promise<Row> => {
  const reply = await w.call(account, 'POST', url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const sheet = (amountFen: number, more: object = {}) => ({ amountFen, unitId: unit, ...more })
const register = async (name: string, amountFen: number, more: object = {}): Promise<string> =>
  (await must('supervisor', 'POST', '/api/v1/projects', { name, ...sheet(amountFen, more) }))['id']
const act = (id: string, action: string, body: object, account = 'supervisor') =>
  must(account, 'POST', `/api/v1/projects/${id}/actions/${action}`, body)
const office = (role: string, name: string, from = '2026-03-02') => ({
  ...{ role, personId: people.get(name), from, reason: '区委办文件' },
})
const stages = (...rows: object[]) => ({ stages: rows })
const ledger = async (kind: string) =>
  (await must('supervisor', 'GET', `/api/v1/ledger?type=${kind}&stage=running,missed,met&limit=100`))['items'] as Row[]
const violations = async () => must('supervisor', 'GET', '/api/v1/projects/violations')

test('a project without an amount is refused with what is missing, and nothing is stored', async () => {
  const input = { name: '石桥新材料项目', unitId: unit }
  const said = await refusal('supervisor', '/api/v1/projects', input)
  assert.partialDeepStrictEqual(said, { status: 422, code: 'project.amount_missing' })
  assert.match(said['detail'], /没有投资额的项目不能登记/)
  const empty = await refusal('supervisor', '/api/v1/projects', { ...input, amountFen: '' })
  assert.equal(empty['code'], 'project.amount_missing')
  const { items } = await must('supervisor', 'GET', '/api/v1/liaison-targets?kind=project')
  assert.deepEqual(items, [])
  const stranger = await refusal('handler2', '/api/v1/projects', { ...input, amountFen: yi(1) })
  assert.equal(stranger['code'], 'forbidden')
})

test('a project that was bound before it had a sheet waits for its amount, and keeps its id when it comes', async () => {
  const { id } = await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'project', name: '北站物流园' })
  const { without } = await must('supervisor', 'GET', '/api/v1/projects')
  assert.deepEqual(without, [{ id, name: '北站物流园' }])
  await must('supervisor', 'POST', `/api/v1/liaison-targets/${id}/actions/setPipeline`, { pipeline: 'planned' })
  const made = await must('supervisor', 'POST', '/api/v1/projects', { targetId: id, ...sheet(yi(0.5)) })
  assert.partialDeepStrictEqual(made, { id, name: '北站物流园', amountFen: 5_000_000_000, stage: null })
  assert.deepEqual((await must('supervisor', 'GET', '/api/v1/projects'))['without'], [])
  const again = await refusal('supervisor', '/api/v1/projects', { targetId: id, ...sheet(yi(1)) })
  assert.equal(again['code'], 'project.known')
  const mark = await refusal('supervisor', `/api/v1/liaison-targets/${id}/actions/setPipeline`, { pipeline: 'landed' })
  assert.equal(mark['code'], 'liaison.has_sheet')
})

test('the mark of the four ones follows from the stage, and a day that has not come is no actual date', async () => {
  const id = await register('河畔冷链项目', yi(0.3))
  const pipeline = async () => (await must('supervisor', 'GET', `/api/v1/liaison-targets/${id}`))['pipeline']
  assert.equal(await pipeline(), 'planned')
  await act(id, 'setStages', stages({ stage: 'negotiation', actualOn: '2026-02-01' }))
  assert.equal(await pipeline(), 'negotiated')
  const happened = stages(
    { stage: 'negotiation', actualOn: '2026-02-01' },
    { stage: 'landing', actualOn: '2026-02-20' },
  )
  assert.equal((await act(id, 'setStages', happened))['stage'], 'landing')
  assert.equal(await pipeline(), 'landed')
  const url = `/api/v1/projects/${id}/actions/setStages`
  const future = await refusal('supervisor', url, stages({ stage: 'start', actualOn: '2026-03-03' }))
  assert.equal(future['code'], 'project.stage_in_future')
  const back = stages({ stage: 'signing', actualOn: '2026-02-10' }, { stage: 'start', actualOn: '2026-02-09' })
  assert.equal((await refusal('supervisor', url, back))['code'], 'project.stage_order')
  assert.equal(await pipeline(), 'landed', 'what was refused changed nothing')
})

let plant = ''
test('0.99 becomes 1.01 亿: an appointment is owed within five working days, rings, and is gone when both are there', async () => {
  await must('supervisor', 'POST', '/api/v1/project-rules', RULE)
  plant = await register('石桥新材料项目', yi(0.99))
  assert.deepEqual((await violations())['items'], [])
  assert.deepEqual(await ledger('appointment'), [])
  const edited = await act(plant, 'edit', sheet(yi(1.01)))
  assert.equal(edited['appointBy'], '2026-03-09')
  const [owed] = await ledger('appointment')
  assert.partialDeepStrictEqual(owed, {
    ...{ form: 'quantity', title: '配备首席负责人和首办秘书：石桥新材料项目', progress: '0/2名', light: 'green' },
    leadUnit: { name: '区水务局' },
  })
  const found = await violations()
  assert.partialDeepStrictEqual(found, { projects: 1, items: [{ project: { id: plant }, overdue: false }] })
  assert.deepEqual(
    found['items'][0].faults.map((one: Row) => one['words']),
    ['未配备首席负责人（副区级）', '未配备首办秘书（正处级）'],
  )
  await act(plant, 'appoint', office('chief', '副区长甲'))
  assert.partialDeepStrictEqual((await ledger('appointment'))[0], { progress: '1/2名' })
  await at('2026-03-10T09:30:00+08:00')
  assert.equal((await violations())['items'][0].overdue, true)
  assert.partialDeepStrictEqual((await ledger('appointment'))[0], { light: 'red' })
  const { items } = await must('head', 'GET', '/api/v1/ledger?type=notice&limit=100')
  assert.ok(
    items.some((one: Row) => /配备首席负责人/.test(one['title'])),
    'the unit in charge has a notice',
  )
  await act(plant, 'appoint', office('secretary', '正处级丙', '2026-03-10'))
  assert.deepEqual(await ledger('appointment'), [])
  assert.deepEqual((await violations())['items'], [])
  await act(plant, 'edit', sheet(yi(0.99)))
  assert.equal((await violations())['projects'], 0)
  await act(plant, 'edit', sheet(yi(1)))
  assert.equal((await violations())['projects'], 1, 'the threshold itself counts')
})

test('each of the two owes the visit of the week, and one of them does not pay for the other', async () => {
  const record = { clientId: randomUUID(), targetId: plant, kind: 'onSite', on: '2026-03-10' }
  const visit = { ...record, officials: [people.get('副区长甲')] }
  await must('chief1', 'POST', '/api/v1/visits', visit)
  const { items } = await must('supervisor', 'GET', `/api/v1/duties?target=${plant}&from=2026-03-09`)
  assert.deepEqual(
    items.map((one: Row) => [one['debtors'][0].name, one['state']]).sort(),
    [
      ['副区长甲', 'met'],
      ['正处级丙', 'running'],
    ].sort(),
  )
})

test('two chiefs, a wrong rank, a rank that changed, and an office since vacant are each told with their reason', async () => {
  const words = async () =>
    ((await violations())['items'] as Row[]).flatMap((one) => one['faults'].map((fault: Row) => fault['words']))
  await act(plant, 'appoint', office('chief', '副区长乙', '2026-03-10'))
  assert.deepEqual(await words(), ['首席负责人多于一名：副区长甲、副区长乙'])
  const twice = office('secretary', '副区长乙', '2026-03-10')
  const said = await refusal('supervisor', `/api/v1/projects/${plant}/actions/appoint`, twice)
  assert.equal(said['code'], 'project.already_officer')
  const { officers } = await must('supervisor', 'GET', `/api/v1/projects/${plant}`)
  const of = (name: string) => officers.find((one: Row) => one['person'].name === name).liaisonId
  const end = (liaison: string, on: string) =>
    must('supervisor', 'POST', `/api/v1/projects/${plant}/officers/${liaison}/actions/end`, { on, reason: '分工调整' })
  await end(of('副区长乙'), '2026-03-10')
  await end(of('正处级丙'), '2026-03-10')
  await at('2026-03-11T09:30:00+08:00')
  assert.deepEqual(await words(), ['未配备首办秘书（正处级），自 2026-03-11 空缺'])
  await act(plant, 'appoint', office('secretary', '正科级戊', '2026-03-11'))
  assert.deepEqual(await words(), ['首办秘书正科级戊职级不符：现为正科级，应为正处级'])
  assert.equal((await ledger('appointment')).length, 1, 'a wrong rank still owes the appointment')
  await w.app.store.tx(w.tenant, (tx) =>
    tx.run(sql`update post set rank_id = (select id from rank where tenant_id = ${w.tenant} and code = 'division')
      where tenant_id = ${w.tenant} and person_id = ${people.get('正科级戊')}`),
  )
  await at('2026-03-12T09:30:00+08:00')
  assert.deepEqual(await words(), [])
  assert.deepEqual(await ledger('appointment'), [], 'the morning has looked at the ranks again')
})

test('what the rule does not know is refused: an unknown rank, a version that is not later', async () => {
  const rank = await refusal('supervisor', '/api/v1/project-rules', {
    ...RULE,
    chiefRank: 'king',
    validFrom: '2026-04-01',
  })
  assert.equal(rank['code'], 'project.no_rank')
  assert.equal((await refusal('supervisor', '/api/v1/project-rules', RULE))['code'], 'project.rule_later')
  assert.equal((await refusal('head', '/api/v1/project-rules', RULE))['code'], 'forbidden')
})

const baseline = async (id: string, expectedOn: string, account = 'head') => {
  await act(id, 'setStages', stages({ stage: 'start', expectedOn, days: 20 }), account)
  return act(id, 'proposeBaseline', { document: '区项目办〔2026〕3号' }, account)
}
const freeze = (id: string, version: number, account = 'leader') =>
  must(account, 'POST', `/api/v1/projects/${id}/baselines/${version}/actions/decide`, { freeze: true })
const saved = (ids: readonly string[]) =>
  must('leader', 'GET', `/api/v1/projects/days-saved?type=continued&stage=start&ids=${ids.join(',')}`)

test('days saved are the least of a group and rest on a frozen expectation; nonsense is left out with its reason', async () => {
  const more = { type: 'continued' }
  const [a, b, late, loose, gone] = [
    await register('续建甲项目', yi(0.4), more),
    await register('续建乙项目', yi(0.4), more),
    await register('续建丙项目', yi(0.4), more),
    await register('续建丁项目', yi(0.4), more),
    await register('续建戊项目', yi(0.4), more),
  ]
  for (const [id, day] of [
    [a, '2026-12-01'],
    [b, '2026-11-01'],
    [gone, '2026-12-01'],
  ] as const) {
    await baseline(id, day)
    await freeze(id, 1)
  }
  await at('2026-04-20T09:30:00+08:00')
  for (const id of [a, b, late, loose, gone])
    await act(id, 'setStages', stages({ stage: 'start', expectedOn: '2026-12-01', actualOn: '2026-04-20' }))
  await act(gone, 'drop', { state: 'cancelled', note: '投资方退出' })
  const group = await saved([a, b, late, loose, gone])
  assert.partialDeepStrictEqual(group, { least: { project: { id: b }, days: 195 }, n: 2 })
  assert.deepEqual(
    group['items'].map((one: Row) => one['days']),
    [195, 225],
  )
  const why = Object.fromEntries(group['left'].map((one: Row) => [one['project'].name, one['why']]))
  assert.deepEqual(why, { 续建丙项目: 'notFrozen', 续建丁项目: 'notFrozen', 续建戊项目: 'cancelled' })
  assert.deepEqual(await saved([loose]), {
    ...{ stage: 'start', least: null, n: 0, items: [] },
    left: [{ project: { id: loose, name: '续建丁项目' }, why: 'notFrozen', note: null }],
  })
  const empty = await refusal('head', `/api/v1/projects/${late}/actions/proposeBaseline`, { document: '补报' })
  assert.equal(empty['code'], 'project.baseline_empty', 'what has happened is not expected any more')
})

test('who proposes does not freeze; the first frozen date counts, and a later version asks for a reason', async () => {
  const id = await register('续建己项目', yi(0.4), { type: 'continued' })
  await baseline(id, '2026-10-30', 'supervisor')
  const url = `/api/v1/projects/${id}/baselines/1/actions/decide`
  assert.equal((await refusal('supervisor', url, { freeze: true }))['code'], 'project.baseline_own')
  assert.equal((await refusal('head', url, { freeze: true }))['code'], 'forbidden')
  await freeze(id, 1)
  await act(id, 'setStages', stages({ stage: 'start', expectedOn: '2027-10-30' }))
  const propose = `/api/v1/projects/${id}/actions/proposeBaseline`
  assert.equal((await refusal('supervisor', propose, { document: '批复' }))['code'], 'project.baseline_reason')
  await act(id, 'proposeBaseline', { document: '批复', reason: '用地未批' })
  assert.equal(
    (await refusal('supervisor', propose, { document: '批复', reason: '再改' }))['code'],
    'project.baseline_waits',
  )
  await freeze(id, 2)
  await at('2026-05-06T09:30:00+08:00')
  await act(id, 'pause', { from: '2026-05-04', to: '2026-05-06', reason: '汛期停工' })
  await act(id, 'setStages', stages({ stage: 'start', expectedOn: '2027-10-30', actualOn: '2026-05-06' }))
  const { items } = await saved([id])
  assert.partialDeepStrictEqual(items, [
    { expectedOn: '2026-10-30', days: 177, version: 1, later: 1, frozenBy: '区长', pausedDays: 3 },
  ])
})

test('a bottleneck is a case of the project and of its owner, and the list shows where it stands', async () => {
  const owner = (await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name: '远山制药' }))[
    'id'
  ]
  const id = await register('制药废水外排项目', yi(0.6), { enterpriseId: owner })
  const said = { kind: 'emission', content: '废水外排须报省厅同意，联系人 13900001234。' }
  const other = await refusal('handler2', `/api/v1/projects/${id}/actions/raiseBottleneck`, said)
  assert.equal(other['code'], 'forbidden')
  const view = await act(id, 'raiseBottleneck', said, 'head')
  assert.equal(view['openBottlenecks'], 1)
  const seen = (await must('supervisor', 'GET', `/api/v1/projects/${id}`))['bottlenecks']
  assert.partialDeepStrictEqual(seen, [{ kind: 'emission', closed: false, title: '环评排放：制药废水外排项目' }])
  const kase = (await must('supervisor', 'GET', `/api/v1/cases/${seen[0].number}`))['case']
  assert.doesNotMatch(JSON.stringify(kase), /13900001234/)
  const tied = await w.app.store.tx(w.tenant, (tx) =>
    tx.run<{ way: string }>(
      sql`select way from enterprise_case where tenant_id = ${w.tenant} and enterprise_id = ${owner}`,
    ),
  )
  assert.deepEqual(tied, [{ way: 'bottleneck' }])
  const { items } = await must('supervisor', 'GET', `/api/v1/enterprises/${owner}/projects`)
  assert.deepEqual(
    items.map((one: Row) => one['name']),
    ['制药废水外排项目'],
  )
  const factor = await act(id, 'setFactor', { factor: 'energy', needed: '年用电 800 万千瓦时', dueOn: '2026-06-30' })
  assert.partialDeepStrictEqual(factor['factors'], [{ factor: 'energy', securedOn: null, dueOn: '2026-06-30' }])
})

test('planned stages of whoever answers stand on the ledger; the schedule counts back from production', async () => {
  const id = await register('倒排示例项目', yi(0.7), { personId: people.get('水务局长') })
  const url = `/api/v1/projects/${id}/schedule`
  assert.equal((await w.call('head', 'GET', url)).body.code, 'project.no_production')
  await act(
    id,
    'setStages',
    stages(
      { stage: 'signing', actualOn: '2026-05-06' },
      { stage: 'start', plannedOn: '2026-05-29', days: 10, redLine: true },
      { stage: 'production', plannedOn: '2026-06-30', days: 20 },
    ),
  )
  const own = (await ledger('stage')).filter((one) => one['title'].endsWith('倒排示例项目'))
  assert.deepEqual(own.map((one) => one['title']).sort(), ['开工（红线）：倒排示例项目', '投产：倒排示例项目'].sort())
  const { items, slip } = await must('head', 'GET', `${url}?stage=start&slip=15`)
  assert.partialDeepStrictEqual(items, [
    { stage: 'start', latestStart: '2026-05-18', latestFinish: '2026-05-29', redLine: true, late: false, short: 0 },
    { stage: 'production', latestStart: '2026-06-02', latestFinish: '2026-06-30' },
  ])
  assert.partialDeepStrictEqual(slip.moves[0], { stage: 'start', redLine: true })
  assert.ok(slip.moves[0].late > 0)
  await at('2026-06-01T09:30:00+08:00')
  const red = (await ledger('stage')).find((one) => one['title'] === '开工（红线）：倒排示例项目')
  assert.equal(red?.['light'], 'red')
  await act(id, 'drop', { state: 'cancelled', note: '不再实施' })
  assert.ok(
    !(await ledger('stage')).some((one) => one['title'].endsWith('倒排示例项目')),
    'a cancelled project owes nothing',
  )
  assert.equal(
    (await refusal('supervisor', `/api/v1/projects/${id}/actions/edit`, sheet(yi(1))))['code'],
    'project.inactive',
  )
})
