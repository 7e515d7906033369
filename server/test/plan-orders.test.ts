import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import sharp from 'sharp'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

// A plan runs: orders are opened by those they are for, a task changes by approval, a delay is rehearsed, problems and money hang on tasks.
let w: World
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
})
after(() => w.close())
const { must, at } = storyteller(() => w)
const refusal = async (account: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => {
  const reply = await w.call(account, method, url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body).slice(0, 300)}`)
  return reply.body as Row
}

let plan: string
let target: string
const ids: Record<string, string> = {}
let four: Row
let written: Row
const task = (name: string, account = 'handler') => must(account, 'GET', `/api/v1/plan-tasks/${ids[name]}`)
const orders = async (query = '', account = 'leader') =>
  (await must(account, 'GET', `/api/v1/task-orders?${query}`))['items'] as Row[]
const queue = async (account: string, id: string): Promise<Row | undefined> =>
  (await must(account, 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === id)
const notes = async (action: string) =>
  (await w.app.store.tx(w.tenant, (tx) => tx.run<{ note: string }>(auditOf(tx.tenant, action)))).map(({ note }) => note)
const auditOf = (tenant: number, action: string) =>
  sql`select note from audit where tenant_id = ${tenant} and action = ${action} order by at, id`

test('a plan of three tasks is published, and an order goes to each who answers for one', async () => {
  const [unitId, checkUnitId, heating] = [await w.unit('water'), await w.unit('supervision'), await w.unit('heating')]
  const people: Row[] = (await must('supervisor', 'GET', '/api/v1/people'))['items']
  const person = (name: string) => people.find((one) => one['name'] === name)!['id']
  four = { unitId, personId: person('水务经办'), duty: '组织施工', checkUnitId, cadence: 'weekly' }
  plan = (await must('supervisor', 'POST', '/api/v1/plans', { year: 2026, title: '作战图' }))['id']
  const [field] = (await must('supervisor', 'POST', `/api/v1/plans/${plan}/fields`, { name: '民生保障' }))['fields']
  const definition = { kind: 'count', value: 1, unit: '座', startOn: '2026-03-02', dueOn: '2026-06-30' }
  const body = {
    title: '少儿图书馆',
    definition: { ...definition, budget: { fen: 2_800_000_000, qualifier: 'over' } },
    ...four,
  }
  target = (await must('supervisor', 'POST', `/api/v1/plan-fields/${field.id}/targets`, body))['id']
  const put = async (name: string, more: object) => {
    const tree = await must('supervisor', 'POST', `/api/v1/targets/${target}/tasks`, { title: name, ...four, ...more })
    ids[name] = tree['fields'][0].targets[0].tasks.find((one: Row) => one['title'] === name).id
  }
  await put('设计', { days: 10, dueOn: '2026-04-30', milestones: [{ title: '出图', dueOn: '2026-04-15' }] })
  const works = { days: 30, dueOn: '2026-05-29', quantity: 2000, unit: '平方米', redLine: true }
  await put('施工', { ...works, after: [ids['设计']], budget: { fen: 2_000_000_000, source: '区级财政' } })
  const other = { unitId: heating, personId: person('供热经办') }
  await put('供热接入', { ...other, days: 5, dueOn: '2026-06-15', quantity: 1, unit: '处', after: [ids['施工']] })
  assert.deepEqual(await orders(), [], 'a draft orders nothing')
  assert.equal(
    (await refusal('handler', 'POST', `/api/v1/plan-tasks/${ids['设计']}/actions/open`))['code'],
    'task.nobody',
  )
  await must('leader', 'POST', `/api/v1/plans/${plan}/actions/publish`)
  assert.deepEqual(
    (await orders()).map((one) => [one['task'].title, one['person'].name]),
    [
      ['设计', '水务经办'],
      ['施工', '水务经办'],
      ['供热接入', '供热经办'],
    ],
  )
})

test('an order waits until its addressee opens it, and nobody opens it for another', async () => {
  await at('2026-03-06T09:30:00+08:00')
  assert.deepEqual(
    (await orders()).map((one) => one['order'].waitingDays),
    [4, 4, 4],
  )
  assert.partialDeepStrictEqual(await queue('handler', 'taskOrders'), { label: '待知悉任务', count: 2 })
  assert.equal((await task('设计'))['may'].open, true)
  assert.equal((await task('设计', 'head'))['may'].open, false)
  const url = `/api/v1/plan-tasks/${ids['设计']}/actions/open`
  assert.equal((await refusal('head', 'POST', url))['code'], 'task.not_addressee')
  const opened = await must('handler', 'POST', url)
  assert.partialDeepStrictEqual(opened, { may: { open: false }, order: { waitingDays: 4 } })
  await at('2026-03-09T09:30:00+08:00')
  const again = await must('handler', 'POST', url)
  assert.equal(again['order'].openedAt, opened['order'].openedAt, 'the first time stays')
  assert.deepEqual(await notes('openTask'), ['设计'])
  assert.deepEqual(
    (await orders('mine=true', 'handler')).map((one) => one['task'].title),
    ['施工'],
  )
  assert.deepEqual(
    (await orders(`unit=${await w.unit('heating')}`)).map((one) => one['task'].title),
    ['供热接入'],
  )
})

test('the duty tree goes from the field over the unit to the person and counts what is not opened', async () => {
  const tree = await must('leader', 'GET', `/api/v1/plans/${plan}/duty-tree`)
  assert.partialDeepStrictEqual(tree, { orders: 3, unopened: 2 })
  assert.deepEqual(
    tree['fields'][0].units.map((unit: Row) => [
      unit['name'],
      unit['orders'],
      unit['unopened'],
      unit['people'][0].name,
    ]),
    [
      ['区水务局', 2, 1, '水务经办'],
      ['区供热办', 1, 1, '供热经办'],
    ],
  )
})

test('a delay is rehearsed and nothing is changed by it: what ends too late, which red line, along which tasks', async () => {
  const slip = (query: string) => must('handler', 'GET', `/api/v1/plans/${plan}/slip?${query}`)
  const before = await must('leader', 'GET', `/api/v1/plans/${plan}`)
  const none = await slip(`task=${ids['设计']}&days=0`)
  assert.partialDeepStrictEqual(none, { days: 0, moves: [], targets: [], redLines: 0, path: [] })
  const within = await slip(`task=${ids['设计']}&days=${none['slack']}`)
  assert.ok(none['slack'] > 0)
  assert.ok(within['moves'].every((move: Row) => move['late'] === 0))
  assert.match(within['words'], /在机动时间（\d+ 个工作日）之内/)
  const far = await slip(`task=${ids['设计']}&days=${none['slack'] + 20}`)
  assert.deepEqual(
    far['path'].map(({ title }: Row) => title),
    ['设计', '施工', '供热接入'],
  )
  assert.partialDeepStrictEqual(far, { redLines: 1, targets: [{ title: '少儿图书馆', dueOn: '2026-06-30' }] })
  const works = far['moves'].find((move: Row) => move['title'] === '施工')
  assert.partialDeepStrictEqual(works, { lastDay: '2026-05-29', late: 20, redLine: true })
  assert.match(far['words'], /3 项任务超过最迟完成日期，1 个目标不能按期完成，1 条时间红线被突破/)
  const onDay = await slip(`task=${ids['设计']}&beginOn=2026-03-16`)
  assert.partialDeepStrictEqual(onDay, { days: 5, beginOn: '2026-03-16' })
  assert.deepEqual(await must('leader', 'GET', `/api/v1/plans/${plan}`), before)

  const url = `/api/v1/plans/${plan}/slip?task=${ids['设计']}`
  assert.equal((await refusal('handler', 'GET', url))['code'], 'plan.slip_one')
  assert.equal((await refusal('handler', 'GET', `${url}&days=1&beginOn=2026-03-16`))['code'], 'plan.slip_one')
  assert.equal((await refusal('handler', 'GET', `${url}&beginOn=2027-12-31`))['code'], 'plan.slip_beyond')
  assert.equal(
    (await refusal('handler', 'GET', `/api/v1/plans/${plan}/slip?task=${target}&days=1`))['code'],
    'plan.task_not_found',
  )
})

const propose = (body: object, reason = '汛期停工') => ({ task: { ...written, ...body }, reason })
test('a task of a running plan changes only by a proposal that somebody else approves, and the plan is scheduled anew', async () => {
  const url = `/api/v1/plan-tasks/${ids['施工']}`
  written = { title: '施工', ...four, days: 30, dueOn: '2026-05-29', quantity: 2000, unit: '平方米', redLine: true }
  written = { ...written, after: [ids['设计']], budget: { fen: 2_000_000_000, source: '区级财政' } }
  assert.equal((await refusal('supervisor', 'PUT', url, written))['code'], 'plan.published')
  const later = propose({ dueOn: '2026-06-05', days: 34 })
  assert.equal((await refusal('handler', 'POST', `${url}/versions`, later))['code'], 'forbidden')
  assert.equal((await refusal('head', 'POST', `${url}/versions`, propose({})))['code'], 'task.unchanged')
  const bare = await refusal('head', 'POST', `${url}/versions`, propose({ personId: null, cadence: null }))
  assert.equal(bare['code'], 'task.unready')
  assert.match(bare['detail'], /变更后缺定人、定查/)
  const circle = await refusal('head', 'POST', `${url}/versions`, propose({ after: [ids['供热接入']] }))
  assert.equal(circle['code'], 'plan.cycle')
  const proposed = await must('head', 'POST', `${url}/versions`, later)
  assert.partialDeepStrictEqual(proposed, { dueOn: '2026-05-29', changeWaits: true, version: 1 })
  assert.equal((await refusal('head', 'POST', `${url}/versions`, propose({ days: 40 })))['code'], 'task.waiting')

  const [waiting] = (await must('leader', 'GET', '/api/v1/plan-changes'))['items']
  assert.partialDeepStrictEqual(waiting, {
    ...{ kind: 'task', title: '施工', words: '完成 2026-05-29 → 2026-06-05；工期 30 → 34 个工作日', decidable: true },
  })
  assert.partialDeepStrictEqual(await queue('leader', 'planChanges'), { label: '待批目标变更', count: 1, red: 0 })
  assert.equal(await queue('head', 'planChanges'), undefined)
  const approve = `${url}/versions/2/actions/approve`
  assert.equal((await refusal('head', 'POST', approve))['code'], 'forbidden')
  const before = await task('设计')
  const now = await must('leader', 'POST', approve, { note: '同意' })
  assert.partialDeepStrictEqual(now, { dueOn: '2026-06-05', days: 34, changeWaits: false, version: 2 })
  assert.deepEqual(
    now['versions'].map((one: Row) => [one['version'], one['state'], one['words'], one['approver']]),
    [
      [2, 'approved', '完成 2026-05-29 → 2026-06-05；工期 30 → 34 个工作日', '区长'],
      [1, 'approved', '公布时的任务', '区长'],
    ],
  )
  assert.equal(before['latestFinish'], '2026-04-15')
  assert.equal((await task('设计'))['latestFinish'], '2026-04-16', 'what it waits for is scheduled by the new days')
  assert.equal((await refusal('leader', 'POST', approve))['code'], 'target.no_waiting')
  assert.equal((await notes('approvedTask')).length, 1)
})

test('nobody approves what they proposed; what is returned holds no more than before', async () => {
  const url = `/api/v1/plan-tasks/${ids['施工']}/versions`
  written = { ...written, dueOn: '2026-06-05', days: 34 }
  await must('supervisor', 'POST', url, propose({ days: 36 }))
  assert.equal((await refusal('supervisor', 'POST', `${url}/3/actions/approve`))['code'], 'target.own')
  const now = await must('leader', 'POST', `${url}/3/actions/return`, { reason: '缺依据' })
  assert.partialDeepStrictEqual(now, {
    days: 34,
    version: 2,
    versions: [{ version: 3, state: 'returned', note: '缺依据' }],
  })
})

test('a task that is given to somebody else is a new order; what was reported of it stays', async () => {
  const url = `/api/v1/plan-tasks/${ids['设计']}`
  const milestone = (await task('设计'))['milestones'][0]
  const done = { day: '2026-03-09', taskId: ids['设计'], milestoneId: milestone.id, evidence: '图纸' }
  await must('handler', 'POST', `/api/v1/targets/${target}/check-ins`, done)
  const people: Row[] = (await must('supervisor', 'GET', '/api/v1/people'))['items']
  const personId = people.find((one) => one['name'] === '水务局长')!['id']
  const design = { title: '设计', ...four, personId, days: 10, dueOn: '2026-04-30' }
  const drops = { task: { ...design, milestones: [{ title: '送审', dueOn: '2026-04-20' }] }, reason: '换人' }
  await must('supervisor', 'POST', `${url}/versions`, drops)
  const lost = await refusal('leader', 'POST', `${url}/versions/2/actions/approve`)
  assert.equal(lost['code'], 'task.milestone_reached')
  assert.equal((await task('设计'))['person'].name, '水务经办', 'nothing of it was kept')
  await must('leader', 'POST', `${url}/versions/2/actions/return`, { reason: '节点已完成' })
  const milestones = [
    { title: '出图', dueOn: '2026-04-15' },
    { title: '送审', dueOn: '2026-04-20' },
  ]
  await must('supervisor', 'POST', `${url}/versions`, { task: { ...design, milestones }, reason: '换人' })
  const now = await must('leader', 'POST', `${url}/versions/3/actions/approve`)
  assert.deepEqual(
    now['milestones'].map((one: Row) => [one['title'], one['reachedOn']]),
    [
      ['出图', '2026-03-09'],
      ['送审', null],
    ],
  )
  assert.equal(now['milestones'][0].id, milestone.id)
  assert.equal(now['progress'].text, '1/2个节点')
  const waiting = await orders('mine=true', 'head')
  assert.deepEqual(
    waiting.map((one) => [one['task'].title, one['order'].waitingDays]),
    [['设计', 0]],
  )
  assert.deepEqual(
    (await orders('mine=true', 'handler')).map((one) => one['task'].title),
    ['施工'],
  )
})

test('a quantity is not changed to less than what is done', async () => {
  const url = `/api/v1/plan-tasks/${ids['施工']}/versions`
  await must('handler', 'POST', `/api/v1/targets/${target}/check-ins`, {
    ...{ day: '2026-03-09', taskId: ids['施工'], quantity: 800, evidence: '测量单' },
  })
  const less = await refusal('head', 'POST', url, propose({ quantity: 500 }))
  assert.equal(less['code'], 'task.below_reached')
  assert.match(less['detail'], /已完成 800平方米/)
})

test('photos prove a check-in; they are seen by whoever may see the target, and by no other door', async () => {
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const attach = async () =>
    (await upload(w, 'handler', '/api/v1/public/attachments', { name: '现场.png', data: photo })).body
  const { id } = await attach()
  const told = { day: '2026-03-09', taskId: ids['施工'], quantity: 10, attachmentIds: [id] }
  const now = await must('handler', 'POST', `/api/v1/targets/${target}/check-ins`, told)
  const kept = now['checkIns'].find((one: Row) => one['quantity'] === 10)
  assert.deepEqual(kept.files, [{ id, name: '现场.jpg', mediaType: 'image/jpeg' }])
  assert.equal(kept.evidence, '照片、录音 1 个')
  const again = await refusal('handler', 'POST', `/api/v1/targets/${target}/check-ins`, told)
  assert.equal(again['errors'][0].code, 'file.not_found', 'a photo proves one check-in')
  assert.equal((await task('施工'))['progress'].reached, 810, 'and nothing of the second is kept')
  const get = async (url: string, account: string | null) =>
    (await w.raw({ method: 'GET', url, ...(account && { headers: { cookie: await w.cookie(account) } }) })).status
  assert.equal(await get(`/api/v1/check-in-files/${id}`, 'auditor'), 200)
  assert.equal(await get(`/api/v1/check-in-files/${id}`, null), 401)
  assert.equal(await get(`/api/v1/attachments/${id}`, 'auditor'), 404)
  const loose = await attach()
  assert.equal(await get(`/api/v1/check-in-files/${loose.id}`, 'handler'), 404)
  const filed = await w.file('井盖破损', { attachmentIds: [loose.id] })
  assert.equal(
    await get(`/api/v1/check-in-files/${loose.id}`, 'supervisor'),
    404,
    `a photo of ${filed.number} is no check-in's`,
  )
})

test('a problem is named as what holds a task up; it lights there as on its own page, for those who may see it', async () => {
  const { id, number } = await w.file('施工路段水管漏水')
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  const url = `/api/v1/plan-tasks/${ids['施工']}/problems`
  assert.equal((await refusal('handler2', 'POST', url, { number }))['code'], 'forbidden')
  assert.equal((await refusal('supervisor', 'POST', url, { number: 'X-1' }))['code'], 'case.not_found')
  const now = await must('supervisor', 'POST', url, { number, note: '找 13900001234 协调改管' })
  assert.partialDeepStrictEqual(now['linked'][0], { number, light: 'green', list: null, by: '督查员' })
  assert.doesNotMatch(now['linked'][0].note, /13900001234/)
  assert.equal(now['problems'], 1)
  assert.equal((await refusal('supervisor', 'POST', url, { number }))['code'], 'task.problem_known')
  assert.deepEqual((await task('施工', 'handler2'))['linked'], [], 'another unit does not see the case')
  const back = (await must('supervisor', 'GET', `/api/v1/cases/${id}/plan-tasks`))['items']
  assert.partialDeepStrictEqual(back, [{ title: '施工', target: { title: '少儿图书馆' } }])
  assert.equal((await refusal('handler2', 'GET', `/api/v1/cases/${id}/plan-tasks`))['code'], 'case.not_found')
  const gone = await must('supervisor', 'POST', `${url}/${id}/actions/unlink`, { reason: '已解决' })
  assert.deepEqual(gone['linked'], [])
  assert.equal(
    (await refusal('supervisor', 'POST', `${url}/${id}/actions/unlink`, { reason: '再' }))['code'],
    'task.problem_unknown',
  )
  assert.match((await notes('unlinkProblem'))[0]!, /已解决$/)
})

test('what is spent is the sum of the documents; a document pays once, a wrong one is voided', async () => {
  const url = `/api/v1/plan-tasks/${ids['施工']}/spendings`
  const paid = { day: '2026-03-09', fen: 500_000_000, document: '财建〔2026〕12号' }
  assert.equal((await refusal('handler2', 'POST', url, paid))['code'], 'forbidden')
  assert.equal((await refusal('handler', 'POST', url, { ...paid, day: '2026-03-10' }))['code'], 'spending.future')
  assert.equal((await w.call('handler', 'POST', url, { ...paid, fen: 0.5 })).status, 422)
  await must('handler', 'POST', url, paid)
  assert.equal((await refusal('handler', 'POST', url, paid))['code'], 'spending.known')
  const now = await must('handler', 'POST', url, { ...paid, fen: 1, document: '财建〔2026〕13号' })
  assert.partialDeepStrictEqual(now, { spentFen: 500_000_001, budget: { fen: 2_000_000_000, source: '区级财政' } })
  const wrong = now['spendings'].find((one: Row) => one['fen'] === 1).id
  const voided = await must('supervisor', 'POST', `/api/v1/spendings/${wrong}/actions/void`, { reason: '重复登记' })
  assert.equal(voided['spentFen'], 500_000_000)
  assert.equal(voided['spendings'].length, 2, 'and it can still be read')
  assert.equal(
    (await refusal('supervisor', 'POST', `/api/v1/spendings/${wrong}/actions/void`, { reason: '再' }))['code'],
    'spending.voided',
  )
  const tree = await must('leader', 'GET', `/api/v1/plans/${plan}`)
  assert.equal(tree['fields'][0].targets[0].tasks.find((one: Row) => one['title'] === '施工').spentFen, 500_000_000)
})

test('when a light turns is a rule with a day from which it holds', async () => {
  const light = async () => (await must('leader', 'GET', `/api/v1/targets/${target}`))['progress'].light
  await at('2026-04-01T09:30:00+08:00')
  await must('handler', 'POST', `/api/v1/targets/${target}/check-ins`, { day: '2026-04-01', note: '按计划' })
  const { planned, worked } = (await must('leader', 'GET', `/api/v1/targets/${target}`))['progress']
  const behind = Math.round(planned * 100) - Math.round(worked * 100)
  assert.ok(behind !== 0, `${behind} points`)
  const rules = (red: number, yellow: number, day: string) =>
    w.call('admin', 'POST', '/api/v1/rule-sets', {
      ...{ version: day, validFrom: day, source: '会议纪要' },
      rules: { progress: { redPoints: red, yellowPoints: yellow } },
    })
  assert.equal((await rules(5, 20, '2026-04-02')).body.code, 'rules.progress_order')
  const was = await light()
  assert.equal((await rules(1, 1, '2026-04-02')).status, 201)
  assert.equal(await light(), was, 'not before its day')
  await at('2026-04-30T09:30:00+08:00')
  await must('handler', 'POST', `/api/v1/targets/${target}/check-ins`, { day: '2026-04-30', note: '按计划' })
  assert.equal(await light(), 'red')
  assert.equal((await rules(100, 100, '2026-04-30')).status, 201)
  assert.notEqual(await light(), 'red')
})
