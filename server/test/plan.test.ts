import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

// The second working day after the Spring Festival of 2018: the year's plan is made at a meeting.
let w: World
before(async () => {
  w = await world('2018-02-23T09:30:00+08:00')
})
after(() => w.close())
const { must, at } = storyteller(() => w)

const refusal = async (account: string, method: 'POST' | 'PUT', url: string, body: object = {}) => {
  const reply = await w.call(account, method, url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body).slice(0, 300)}`)
  return reply.body as Row
}
/** The code of a refusal, or of the first place that is faulty. */
const code = (problem: Row): string => problem['errors']?.[0]?.code ?? problem['code']

let plan: string
let fields: Row[]
let four: Row
const BY = { startOn: '2018-02-26', dueOn: '2018-12-28' }
const put = (field: number, title: string, definition: object, more: object = {}) =>
  must('supervisor', 'POST', `/api/v1/plan-fields/${fields[field]!['id']}/targets`, {
    ...{ title, definition: { ...BY, ...definition }, ...four, ...more },
  })
const see = (id: string, account = 'handler') => must(account, 'GET', `/api/v1/targets/${id}`)
const checkIn = (id: string, body: object, account = 'handler') =>
  must(account, 'POST', `/api/v1/targets/${id}/check-ins`, { evidence: '验收单', ...body })
const refusedCheckIn = (id: string, body: object, account = 'handler') =>
  refusal(account, 'POST', `/api/v1/targets/${id}/check-ins`, { evidence: '验收单', ...body })
const objectOf = async (id: string, name: string): Promise<Row> =>
  (await see(id))['objects'].find((one: Row) => one['name'] === name)
const named = (count: number, word: string) => Array.from({ length: count }, (_, i) => ({ name: `${word}${i + 1}` }))

test('the meeting is on the second working day after the holiday, and the third is a Saturday that is worked', async () => {
  const due = async (days: number) =>
    (await must('supervisor', 'GET', `/api/v1/calendar/due?from=2018-02-21&amount=${days}&unit=workingDay`))['dueAt']
  assert.match(await due(2), /^2018-02-23/)
  assert.match(await due(3), /^2018-02-24/)
})

test('the year has four fields, and a target without a unit is no target', async () => {
  plan = (await must('supervisor', 'POST', '/api/v1/plans', { year: 2018, title: '全年工作作战图' }))['id']
  for (const name of ['项目建设', '民生保障', '三城联创', '优化营商环境'])
    fields = (await must('supervisor', 'POST', `/api/v1/plans/${plan}/fields`, { name }))['fields']
  assert.equal(fields.length, 4)
  assert.equal(
    code(await refusal('supervisor', 'POST', '/api/v1/plans', { year: 2018, title: '全年工作作战图' })),
    'plan.known',
  )
  const unitId = await w.unit('water')
  const people = (await must('supervisor', 'GET', `/api/v1/people?unit=${unitId}`))['items']
  const personId = people.find((one: Row) => one['name'] === '水务经办').id
  four = { unitId, personId, duty: '牵头组织改造', checkUnitId: await w.unit('supervision'), cadence: 'monthly' }
  const url = `/api/v1/plan-fields/${fields[1]!['id']}/targets`
  const bare = { title: '棚户改造', definition: { kind: 'count', value: 3600 } }
  const problem = await refusal('supervisor', 'POST', url, bare)
  assert.equal(code(problem), 'target.no_unit')
  assert.match(problem['errors'][0].detail, /请写明计量单位/)
  const own = { ...bare, definition: { ...bare.definition, unit: '户' }, ...four, checkUnitId: unitId }
  assert.equal(code(await refusal('supervisor', 'POST', url, own)), 'target.own_check')
  assert.equal(code(await refusal('handler', 'POST', url, own)), 'forbidden')
})

let households: string
let centres: string
let outlets: string
let lanes: string
let cleaning: string
let library: string
test('targets of every kind are told in the words of the plan', async () => {
  const each = { what: '面积', value: 500, unit: '平方米', qualifier: 'atLeast' }
  const rows = [
    await put(1, '棚户改造', { kind: 'count', value: 3600, unit: '户' }),
    await put(1, '街道活动室', { kind: 'threshold', value: 14, unit: '个', each }, { objects: named(14, '街道') }),
    await put(
      1,
      '“菜篮子”零售网点',
      {
        ...{ kind: 'eachHas', value: 3, unit: '个社区', dueOn: '2018-09-30' },
        each: { what: '零售网点', value: 2, unit: '个', qualifier: 'atLeast' },
      },
      { objects: named(3, '社区') },
    ),
    await put(
      2,
      '背街小巷',
      { kind: 'objects', value: 59, unit: '条', words: ['路平', '草绿', '灯亮', '门严'] },
      { objects: [{ name: '北一巷' }, { name: '北二巷' }] },
    ),
    await put(2, '环卫改革', { kind: 'coverage', value: 2, unit: '个办事处' }),
    await put(1, '少儿图书馆', {
      ...{ kind: 'count', value: 2000, unit: '平方米', qualifier: 'atLeast' },
      budget: { fen: 2_800_000_000, qualifier: 'over' },
    }),
  ]
  ;[households, centres, outlets, lanes, cleaning, library] = rows.map((row) => row['id'] as string) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  assert.deepEqual(
    rows.map((row) => row['words']),
    [
      '3600户',
      '14个，每个面积500平方米以上',
      '3个社区，每个社区有零售网点2个以上',
      '59条，逐条验收路平、草绿、灯亮、门严',
      '覆盖2个办事处',
      '2000平方米以上',
    ],
  )
  const more = await refusal('supervisor', 'POST', `/api/v1/targets/${centres}/objects`, {
    objects: [{ name: '第十五个' }],
  })
  assert.equal(more['code'], 'target.too_many_objects')
  assert.match(more['detail'], /已登记 14 个，再登记 1 个就超出/)
  const homeless = await refusal('supervisor', 'POST', `/api/v1/targets/${cleaning}/objects`, {
    objects: [{ name: '甲小区' }],
  })
  assert.equal(homeless['code'], 'target.object_unit')
  const twice = await refusal('supervisor', 'POST', `/api/v1/targets/${lanes}/objects`, {
    objects: [{ name: '北一巷' }],
  })
  assert.equal(twice['code'], 'target.object_known')
  const [south, heating] = [await w.unit('south'), await w.unit('heating')]
  await must('supervisor', 'POST', `/api/v1/targets/${cleaning}/objects`, {
    objects: [
      { name: '甲小区', unitId: south },
      { name: '乙小区', unitId: south },
      { name: '丙小区', unitId: heating },
    ],
  })
  assert.equal((await see(lanes))['unnamed'], 57, 'what the number promises and nobody has named is told')
})

test('a plan is not published while one of the four is missing anywhere, and the refusal says which', async () => {
  const bare = await put(
    3,
    '解决新“四不”',
    { kind: 'count', value: 8, unit: '项', startOn: null, dueOn: null },
    {
      ...{ unitId: null, personId: null, duty: '', checkUnitId: null, cadence: null },
    },
  )
  const early = await refusedCheckIn(households, { day: '2018-02-23', quantity: 1 })
  assert.equal(early['code'], 'target.not_published')
  const tree = await must('supervisor', 'POST', `/api/v1/targets/${library}/tasks`, { title: '主体施工', days: 100 })
  const refused = await refusal('leader', 'POST', `/api/v1/plans/${plan}/actions/publish`)
  assert.equal(refused['code'], 'plan.unready')
  assert.match(refused['detail'], /还有 2 项四定不全/)
  assert.match(refused['detail'], /“解决新“四不””缺定人、定责、定时、定查/)
  assert.match(refused['detail'], /“主体施工”缺定人、定责、定时、定查、量化/)
  assert.equal((await must('leader', 'GET', `/api/v1/plans/${plan}`))['state'], 'draft')
  await must('supervisor', 'PUT', `/api/v1/targets/${bare['id']}`, {
    ...{ title: '解决新“四不”', definition: { kind: 'count', value: 8, unit: '项', ...BY }, ...four },
  })
  const task = tree['fields'][1].targets.find((one: Row) => one['id'] === library).tasks[0]
  await must('supervisor', 'PUT', `/api/v1/plan-tasks/${task.id}`, {
    ...{ title: '主体施工', ...four, days: 100, dueOn: '2018-10-31', redLine: true },
    milestones: [
      { title: '封顶', dueOn: '2018-08-31' },
      { title: '竣工', dueOn: '2018-10-31' },
    ],
  })
})

let construction: string
let fitting: string
test('tasks are scheduled back from the end over working days; what closes a circle is refused by name', async () => {
  const write = (body: object) => must('supervisor', 'POST', `/api/v1/targets/${library}/tasks`, { ...four, ...body })
  const tasksOf = async (): Promise<Row[]> => (await see(library))['tasks']
  construction = (await tasksOf())[0]!['id']
  const fit = { title: '装修布展', days: 20, dueOn: '2018-12-28', quantity: 2000, unit: '平方米' }
  await write({ ...fit, after: [construction] })
  fitting = (await tasksOf())[1]!['id']
  const [first, second] = await tasksOf()
  assert.partialDeepStrictEqual(second, { latestFinish: '2018-12-28', latestStart: '2018-12-03', critical: false })
  assert.partialDeepStrictEqual(first, { latestFinish: '2018-10-31', critical: true, redLine: true })
  const url = `/api/v1/plan-tasks/${construction}`
  const works = { title: '主体施工', ...four, days: 100, dueOn: '2018-10-31', redLine: true, after: [fitting] }
  const circle = await refusal('supervisor', 'PUT', url, {
    ...{ ...works, milestones: [{ title: '封顶', dueOn: '2018-08-31' }] },
  })
  assert.equal(circle['code'], 'plan.cycle')
  assert.match(circle['detail'], /“(主体施工|装修布展)” → “(主体施工|装修布展)” → “(主体施工|装修布展)”/)
  assert.deepEqual((await tasksOf())[0]!['after'], [], 'nothing of it is kept')
  const other = { ...works, after: [centres] }
  assert.equal((await refusal('supervisor', 'PUT', url, other))['code'], 'plan.other_plan')
  await write({ ...fit, title: '藏书采购', days: 300, dueOn: '2018-12-28' })
  assert.match((await tasksOf())[2]!['latestStart'], /^2017-/, 'a start that lies before the year is told, not hidden')
})

test('published, the plan runs: who drafted it cannot change it any more', async () => {
  const published = await must('leader', 'POST', `/api/v1/plans/${plan}/actions/publish`)
  assert.partialDeepStrictEqual(published, { state: 'published', publishedBy: '区长', lacking: [] })
  assert.equal((await refusal('leader', 'POST', `/api/v1/plans/${plan}/actions/publish`))['code'], 'plan.published')
  const body = { title: '棚户改造', definition: { kind: 'count', value: 30, unit: '户', ...BY }, ...four }
  assert.equal((await refusal('supervisor', 'PUT', `/api/v1/targets/${households}`, body))['code'], 'target.published')
  assert.equal(
    (await refusal('supervisor', 'POST', `/api/v1/plans/${plan}/fields`, { name: '第五个' }))['code'],
    'plan.published',
  )
})

test('what counts has evidence, is not in the future, and comes from whoever answers for it', async () => {
  const told = { day: '2018-02-23', quantity: 100 }
  const bare = await refusal('handler', 'POST', `/api/v1/targets/${households}/check-ins`, told)
  assert.equal(bare['code'], 'checkIn.no_evidence')
  assert.equal((await refusedCheckIn(households, { ...told, day: '2018-02-24' }))['code'], 'checkIn.future')
  assert.equal((await refusedCheckIn(households, told, 'handler2'))['code'], 'forbidden')
  assert.equal((await refusedCheckIn(households, { day: '2018-02-23' }))['code'], 'checkIn.nothing')
  assert.equal((await refusedCheckIn(households, { ...told, done: true }))['code'], 'checkIn.wrong_measure')
  assert.equal(code(await refusedCheckIn(households, { ...told, quantity: 0 })), 'target.quantity')
  assert.equal((await see(households))['progress'].reached, 0, 'nothing of it was kept')
  const note = await must('handler', 'POST', `/api/v1/targets/${households}/check-ins`, {
    day: '2018-02-23',
    note: '入户测量',
  })
  assert.equal(note['progress'].reached, 0, 'a note needs no evidence and counts nothing')
})

test('an exact number is not passed, and the sentence says by how much; 以上 may be passed', async () => {
  assert.equal((await checkIn(households, { day: '2018-02-23', quantity: 3500 }))['progress'].text, '3500/3600户')
  const over = await refusedCheckIn(households, { day: '2018-02-23', quantity: 200 })
  assert.equal(over['code'], 'checkIn.above_target')
  assert.match(over['detail'], /目标是3600户，已报 3500户，再报 200户就超出 100户/)
  await checkIn(library, { day: '2018-02-23', quantity: 2100.5 })
  assert.partialDeepStrictEqual((await see(library))['progress'], { reached: 2100.5, share: 1, light: 'done' })
})

test('two check-ins at once do not pass the target together', async () => {
  const url = `/api/v1/targets/${households}/check-ins`
  const body = { day: '2018-02-23', quantity: 60, evidence: '协议' }
  const both = await Promise.all([w.call('handler', 'POST', url, body), w.call('head', 'POST', url, body)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 422])
  assert.equal((await see(households))['progress'].reached, 3560)
})

test('a wrong check-in is voided by who reported it or who checks; it counts no more and can still be read', async () => {
  const wrong = (await see(households))['checkIns'].find((one: Row) => one['quantity'] === 60)
  const url = `/api/v1/check-ins/${wrong.id}/actions/void`
  assert.equal((await refusal('handler2', 'POST', url, { reason: '重复' }))['code'], 'forbidden')
  const now = await must('supervisor', 'POST', url, { reason: '协议未签字' })
  assert.equal(now['progress'].reached, 3500)
  const kept = now['checkIns'].find((one: Row) => one['id'] === wrong.id)
  assert.partialDeepStrictEqual(kept, { quantity: 60, voided: { by: '督查员', reason: '协议未签字' }, voidable: false })
  assert.equal((await refusal('supervisor', 'POST', url, { reason: '再次' }))['code'], 'checkIn.voided')
})

test('14 centres: a centre counts when it measures 500 square metres, and no more when it is measured smaller', async () => {
  const measure = async (name: string, measured: number, day = '2018-02-23') =>
    checkIn(centres, { day, objectId: (await objectOf(centres, name))['id'], measured })
  await measure('街道1', 499.9)
  assert.equal((await see(centres))['progress'].reached, 0)
  for (let i = 1; i <= 13; i++) await measure(`街道${i}`, 500 + i)
  assert.partialDeepStrictEqual((await see(centres))['progress'], { text: '13/14个', light: 'green' })
  assert.equal((await objectOf(centres, '街道1'))['text'], '501/500平方米')
  await measure('街道2', 480)
  assert.equal((await see(centres))['progress'].reached, 12)
  await measure('街道2', 520)
  await measure('街道14', 500)
  assert.equal((await see(centres))['progress'].light, 'done')
  assert.equal((await refusedCheckIn(centres, { day: '2018-02-23', measured: 600 }))['code'], 'checkIn.object')
})

test('59 lanes: a lane is finished with its fourth acceptance word, once, and not by a word nobody asked for', async () => {
  const objectId = (await objectOf(lanes, '北一巷'))['id']
  const day = '2018-02-23'
  await checkIn(lanes, { day, objectId, words: ['路平', '灯亮'] })
  assert.equal((await objectOf(lanes, '北一巷'))['text'], '路平 ✓ 草绿 – 灯亮 ✓ 门严 –')
  const unknown = await refusedCheckIn(lanes, { day, objectId, words: ['墙白'] })
  assert.equal(unknown['code'], 'checkIn.word_unknown')
  assert.equal((await refusedCheckIn(lanes, { day, objectId, done: true }))['code'], 'checkIn.wrong_measure')
  await checkIn(lanes, { day, objectId, words: ['草绿', '门严'] })
  assert.equal((await see(lanes))['progress'].text, '1/59条')
  assert.equal((await refusedCheckIn(lanes, { day, objectId, words: ['路平'] }))['code'], 'checkIn.already')
})

test('a sub-district is covered when its last abandoned estate is', async () => {
  const done = async (name: string) =>
    checkIn(cleaning, { day: '2018-02-23', objectId: (await objectOf(cleaning, name))['id'], done: true })
  await done('甲小区')
  assert.equal((await see(cleaning))['progress'].reached, 0)
  await done('乙小区')
  assert.equal((await see(cleaning))['progress'].text, '1/2个办事处')
})

test('a task counts for itself: its quantity is not passed, its milestones are reached once', async () => {
  const day = '2018-02-23'
  const milestones = (await see(library))['tasks'].find((one: Row) => one['id'] === construction).milestones
  const top = { day, taskId: construction, milestoneId: milestones[0].id }
  const now = await checkIn(library, top)
  assert.equal(now['tasks'].find((one: Row) => one['id'] === construction).progress.text, '1/2个节点')
  assert.equal((await refusedCheckIn(library, top))['code'], 'checkIn.milestone_already')
  assert.equal(
    (await refusedCheckIn(library, { ...top, milestoneId: null, quantity: 5 }))['code'],
    'checkIn.wrong_measure',
  )
  await checkIn(library, { day, taskId: fitting, quantity: 500 })
  assert.equal(
    (await refusedCheckIn(library, { day, taskId: fitting, quantity: 1501 }))['code'],
    'checkIn.above_target',
  )
  assert.equal((await refusedCheckIn(library, { day, taskId: fitting, done: true }))['code'], 'checkIn.one_thing')
  assert.equal((await refusedCheckIn(centres, { day, taskId: fitting, quantity: 1 }))['code'], 'checkIn.task')
  assert.equal((await see(library))['progress'].reached, 2100.5, 'and not for the target as well')
})

test('a change of a target is a version that somebody else approves; the old one stays and both are told', async () => {
  const url = `/api/v1/targets/${households}/versions`
  const definition = { kind: 'count', value: 4000, unit: '户', ...BY }
  assert.equal((await refusal('handler', 'POST', url, { definition, reason: '新增' }))['code'], 'forbidden')
  const kind = { definition: { ...definition, unit: '套' }, reason: '换单位' }
  assert.equal((await refusal('supervisor', 'POST', url, kind))['code'], 'target.kind_fixed')
  const same = { definition: { ...definition, value: 3600 }, reason: '无' }
  assert.equal((await refusal('supervisor', 'POST', url, same))['code'], 'target.unchanged')
  await must('supervisor', 'POST', url, { definition, reason: '市里追加四百户' })
  assert.equal((await refusal('supervisor', 'POST', url, { definition, reason: '再报' }))['code'], 'target.waiting')
  assert.partialDeepStrictEqual(
    await see(households),
    { words: '3600户', changeWaits: true },
    'what is proposed does not hold yet',
  )
  const approve = `${url}/2/actions/approve`
  assert.equal((await refusal('supervisor', 'POST', approve))['code'], 'target.own')
  assert.equal((await refusal('head', 'POST', approve))['code'], 'forbidden')
  const now = await must('leader', 'POST', approve, { note: '同意' })
  assert.equal(now['words'], '4000户')
  assert.deepEqual(
    now['versions'].map((one: Row) => [one['version'], one['words'], one['achieved'], one['approver']]),
    [
      [2, '4000户', '3500/4000户（88%）', '区长'],
      [1, '3600户', '3500/3600户（97%）', '区长'],
    ],
  )
  assert.equal((await refusal('leader', 'POST', approve))['code'], 'target.no_waiting')
  await checkIn(households, { day: '2018-02-23', quantity: 200 })
})

test('lights are told in words: behind the line, late with the check-in, past the day', async () => {
  const progress = async () => (await see(outlets))['progress']
  const share = async (name: string, quantity: number, day: string) =>
    checkIn(outlets, { day, objectId: (await objectOf(outlets, name))['id'], quantity })
  assert.equal((await progress()).light, 'green')
  await at('2018-03-05T09:30:00+08:00')
  assert.deepEqual([(await progress()).light, (await progress()).nextCheckInBy], ['yellow', '2018-02-28'])
  assert.match((await progress()).reason, /应于 2018-02-28 前点检/)
  await share('社区1', 1, '2018-03-05')
  assert.equal((await objectOf(outlets, '社区1'))['text'], '1/2个')
  assert.deepEqual([(await progress()).light, (await progress()).reached], ['green', 0])
  await share('社区1', 1, '2018-03-05')
  assert.equal((await progress()).reached, 1)
  await share('社区1', 1, '2018-03-05')
  await at('2018-09-28T09:30:00+08:00')
  assert.equal((await progress()).light, 'red')
  assert.match((await progress()).reason, /按计划今天应完成 9\d%，实际 33%，落后 \d+ 个百分点/)
  await share('社区2', 2, '2018-09-28')
  await share('社区3', 1, '2018-09-28')
  await at('2018-10-09T09:30:00+08:00')
  // 1–7 October is the holiday, the weekend before it was worked: Monday and Tuesday are all that is counted.
  assert.match((await progress()).reason, /应于 2018-09-30 完成，已超期 2 个工作日，还差 33%/)
  const red = await must('leader', 'GET', `/api/v1/targets?light=red`)
  assert.ok(red['items'].some((one: Row) => one['id'] === outlets && one['checkUnit'].name === '督查室'))
  await share('社区3', 1, '2018-10-09')
  assert.partialDeepStrictEqual(await progress(), { light: 'done', text: '3/3个社区' })
})

test('a task whose last day to begin has passed without a word is red, and the tree counts its lights', async () => {
  const tree = await must('leader', 'GET', `/api/v1/plans/${plan}`)
  const tasks = tree['fields'].flatMap((field: Row) => field['targets']).flatMap((target: Row) => target['tasks'])
  const books = tasks.find((one: Row) => one['title'] === '藏书采购')
  assert.equal(books.progress.light, 'red')
  const lights = Object.values(tree['lights'] as Record<string, number>)
  const targets = tree['fields'].flatMap((field: Row) => field['targets'])
  assert.equal(
    lights.reduce((a, b) => a + b, 0),
    targets.length,
  )
  assert.equal(tree['fields'][1].lights.done, 3)
})
