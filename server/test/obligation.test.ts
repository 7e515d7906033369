import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { routes } from '@banjie/contract'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { sql } from 'kysely'
import { periodsOf, type Series } from '../src/cadence/index.ts'
import { compileCalendar } from '../src/calendar/index.ts'
import { onDay, type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

// A Monday: two enterprises and a project in liaison, a plan of the year, and the appeals that come every day.
const BEGUN = '2026-03-02'
let w: World
const people = new Map<string, string>()
before(async () => {
  w = await world(`${BEGUN}T09:30:00+08:00`)
  for (const { id, name } of (await must('dispatcher', 'GET', '/api/v1/people'))['items']) people.set(name, id)
})
after(() => w.close())
const { must, at, bring, related } = storyteller(() => w)

const DAY = 86_400_000
const dayAfter = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
const person = (name: string) => {
  const id = people.get(name)
  assert.ok(id, name)
  return id
}
const visit = (targetId: string, on: string, names: readonly string[], account = 'supervisor') =>
  must(account, 'POST', routes.newVisit.path, {
    ...{ clientId: randomUUID(), targetId, kind: 'onSite', on, officials: names.map(person) },
  })
async function whole(account: string, query: string, path: string = routes.ledger.path, limit = 200): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor = ''; ; ) {
    const more = cursor === '' ? '' : `&cursor=${cursor}`
    const page = await must(account, 'GET', `${path}?${query}&limit=${limit}${more}`)
    rows.push(...page['items'])
    if (page['nextCursor'] === null) return rows
    cursor = page['nextCursor']
  }
}
const red = (account: string) => whole(account, 'light=red&sort=due')
const nameOf = (row: Row) => `${row['type']} ${row['title']} ${onDay(row['receivedAt'])}`

const targets: string[] = []
let plan: string
const planTargets: string[] = []

test('a duty, a target, its task and their check-ins are rows of the ledger, each with the four fixed', async () => {
  for (const [name, kind, leader] of [
    ['河畔机械公司', 'enterprise', '区长'],
    ['南塔食品公司', 'enterprise', '水务局长'],
    ['石桥新材料项目', 'project', '区长'],
  ] as const) {
    const { id } = await must('supervisor', 'POST', routes.newLiaisonTarget.path, { kind, name })
    targets.push(id)
    const bond = { targetId: id, personId: person(leader), from: BEGUN, reason: '领导包保' }
    await must('supervisor', 'POST', routes.newLiaison.path, bond)
  }
  const rule = { debtor: { kind: 'liaison' }, counts: ['onSite'], basis: '包保工作方案', min: 1 }
  await must('supervisor', 'POST', routes.newCadenceRule.path, {
    ...{ ...rule, code: 'week', title: '每周到企业', towardKind: 'enterprise', per: 'week', validFrom: BEGUN },
  })
  await must('supervisor', 'POST', routes.newCadenceRule.path, {
    ...{ ...rule, code: 'month', title: '每月到项目', towardKind: 'project', per: 'month', validFrom: '2026-03-01' },
  })
  const four = {
    ...{ unitId: await w.unit('water'), personId: person('水务经办'), duty: '牵头组织改造' },
    ...{ checkUnitId: await w.unit('supervision'), cadence: 'weekly' },
  }
  plan = (await must('supervisor', 'POST', routes.plans.path, { year: 2026, title: '全年作战图' }))['id']
  const [field] = (await must('supervisor', 'POST', `/api/v1/plans/${plan}/fields`, { name: '民生保障' }))['fields']
  for (const [title, value, dueOn] of [
    ['老旧管网改造', 40, '2026-05-29'],
    ['泵站改造', 3, '2026-06-30'],
  ] as const) {
    const definition = { kind: 'count', value, unit: '处', startOn: BEGUN, dueOn }
    const made = { title, definition, ...four }
    planTargets.push((await must('supervisor', 'POST', `/api/v1/plan-fields/${field.id}/targets`, made))['id'])
  }
  const task = { title: '现场勘察', days: 5, dueOn: '2026-03-31', quantity: 10, unit: '处', ...four }
  await must('supervisor', 'POST', `/api/v1/targets/${planTargets[0]}/tasks`, task)
  await must('leader', 'POST', `/api/v1/plans/${plan}/actions/publish`)

  const rows = await whole('supervisor', 'form=recurring,quantity&sort=due')
  assert.deepEqual(
    Map.groupBy(rows, (row) => row['type'])
      .entries()
      .map(([type, own]) => `${type} ${own.length}`)
      .toArray()
      .sort(),
    ['checkIn 2', 'period 3', 'target 2', 'task 1'],
  )
  for (const row of rows) {
    assert.ok(row['owners'].length > 0 && row['leadUnit'] !== null, `${row['title']}: 定人、定责`)
    assert.ok(row['dueAt'] !== null && row['light'] === 'green', `${row['title']}: 定时`)
    assert.equal(row['checker'], row['type'] === 'period' ? '督查员' : '督查室', `${row['title']}: 定查`)
    assert.equal(row['number'], null)
  }
  const project = rows.find((row) => row['subjectId'] === targets[2])
  assert.partialDeepStrictEqual(project, {
    title: '每月到项目：石桥新材料项目',
    progress: '0/1次',
    owners: [{ name: '区长' }],
  })
  assert.equal((await whole('handler2', 'form=recurring,quantity')).length, 0, 'others see none of it')
  assert.equal((await whole('leader', 'form=recurring&owner=me')).length, 2, '只看我的')
})

test('a visit meets its week in its own transaction, and what is over and done is not carried along', async () => {
  await visit(targets[0] ?? '', BEGUN, ['区长'])
  const open = await whole('supervisor', 'form=recurring&type=period&sort=due')
  assert.deepEqual(open.map((row) => row['title']).sort(), ['每周到企业：南塔食品公司', '每月到项目：石桥新材料项目'])
  const [met] = await whole('supervisor', 'stage=met')
  assert.partialDeepStrictEqual(met, {
    title: '每周到企业：河畔机械公司',
    progress: '1/1次',
    light: 'done',
    stage: 'met',
  })
  assert.ok(!(await whole('supervisor', '')).some((row) => row['stage'] === 'met'))
})

test('what nobody did is red at midnight after the last day, for whoever owes it, their head and the leaders', async () => {
  await at('2026-03-09T08:00:00+08:00')
  const rows = await red('supervisor')
  assert.ok(rows.some((row) => nameOf(row) === `period 每周到企业：南塔食品公司 ${BEGUN}` && row['stage'] === 'missed'))
  assert.ok(rows.some((row) => row['type'] === 'checkIn' && row['stage'] === 'missed'))
  assert.ok(
    (await red('head')).some((row) => row['type'] === 'period'),
    'the head who missed it',
  )
  assert.ok(!(await red('clerk')).some((row) => row['form'] !== 'once'), 'a clerk owes none of it')
  const queue = (await must('leader', 'GET', routes.queues.path))['items'].find((one: Row) => one['id'] === 'redList')
  assert.equal(queue.count, (await red('leader')).length, 'the red list counts what it lists')
})

test('the ladder tells the head of everything at once, in one numbered notice', async () => {
  await at('2026-03-09T10:00:00+08:00')
  const notices = await whole('supervisor', 'type=notice')
  const told = notices.filter((row) => row['leadUnit']?.name === '区水务局')
  assert.equal(told.length, 1, 'one notice and not one for every missed row')
  const { case: notice } = await must('head', 'GET', `/api/v1/cases/${told[0]?.['id']}`)
  assert.match(notice.content, /每周到企业：南塔食品公司（应于 2026-03-08）/)
  assert.match(notice.content, /点检：老旧管网改造/)
  assert.match(notice.facts.documentNumber, /^催办〔2026〕\d+号$/)
  const rows = await red('supervisor')
  assert.ok(rows.every((row) => row['form'] === 'once' || row['supervised'] === 'reminder'))
})

test('a missed week is explained by whoever owed it and cleared by somebody else; it counts as missed for ever', async () => {
  const row = (await red('head')).find((one) => one['type'] === 'period')
  const url = (verb: string) => `/api/v1/obligations/${row?.['id']}/actions/${verb}`
  const refusedClear = await w.call('head', 'POST', url('clear'), { note: '自己认可' })
  assert.equal(refusedClear.body.code, 'obligation.not_clearable')
  assert.equal((await w.call('handler2', 'POST', url('explain'), { text: '路过' })).body.code, 'obligation.not_found')
  const told = await must('head', 'POST', url('explain'), { text: '当周在市里开会，电话 13900001111' })
  assert.partialDeepStrictEqual(told, {
    explanation: '当周在市里开会，电话 [电话]',
    light: 'red',
    may: { clear: false },
  })
  const cleared = await must('supervisor', 'POST', url('clear'), { note: '情况属实，本周补访 13900001111' })
  assert.partialDeepStrictEqual(cleared, {
    stage: 'cleared',
    light: 'done',
    cleared: { note: '情况属实，本周补访 [电话]' },
  })
  assert.ok(!(await red('supervisor')).some(({ id }) => id === row?.['id']))
  const { counts } = await must('supervisor', 'GET', `${routes.duties.path}?target=${row?.['subjectId']}`)
  assert.equal(counts.missed, 1, '统计中仍为未完成')
  const again = await w.call('supervisor', 'POST', url('clear'), { note: '再认可一次' })
  assert.equal(again.body.code, 'obligation.not_clearable')
  await visit(targets[1] ?? '', '2026-03-06', ['水务局长'])
  const found = await must('supervisor', 'GET', `/api/v1/obligations/${row?.['id']}`)
  assert.partialDeepStrictEqual(found, { stage: 'met', progress: '1/1次' }, 'a visit that was only entered late')
})

const calendar = compileCalendar()
const RULES = {
  enterprise: { title: '每周到企业', cadence: { min: 1, per: 'week', leastWorkdays: 3, from: BEGUN } },
  project: { title: '每月到项目', cadence: { min: 1, per: 'month', leastWorkdays: 10, from: '2026-03-01' } },
} as const
/** Judged anew from liaisons, visits and exemptions by the rule of periods alone; what the ledger stores has no part in it. */
async function missedPeriods(today: string): Promise<string[]> {
  const exemptions: Row[] = (await must('supervisor', 'GET', routes.cadenceExemptions.path))['items']
  const names: string[] = []
  for (const id of targets) {
    const { name, kind, liaisons, history } = await must('supervisor', 'GET', `/api/v1/liaison-targets/${id}`)
    const { title, cadence } = RULES[kind as keyof typeof RULES]
    const series = {
      cadence: { ...cadence, counts: ['onSite'], to: null },
      holders: liaisons.map((one: Row) => ({ personId: one['person'].id, from: one['from'], to: one['to'] })),
      suspensions: exemptions.filter((one) => one['target']?.id === id),
      leaves: Map.groupBy(
        exemptions.filter((one) => one['person'] !== null),
        (one) => one['person'].id,
      ),
      deeds: history.map((one: Row) => ({ ...one, officials: one['officials'].map((who: Row) => who['id']) })),
    } as unknown as Series
    const missed = periodsOf(series, calendar, { from: BEGUN, to: today, today }).filter(
      ({ state, debtors }) => state === 'missed' && debtors.length > 0,
    )
    names.push(...missed.map(({ from }) => `period ${title}：${name} ${from}`))
  }
  return names
}

/** Missed, late and overdue, each read where it is kept, and nothing of it from the ledger. */
async function owedLate(now: string): Promise<string[]> {
  const cases = (await whole('supervisor', '', routes.cases.path)).filter((row) => row['light'] === 'red').map(nameOf)
  const cleared = new Set((await whole('supervisor', 'stage=cleared')).map(nameOf))
  const periods = await missedPeriods(onDay(now))
  const { fields } = await must('supervisor', 'GET', `/api/v1/plans/${plan}`)
  const late: string[] = []
  for (const target of fields.flatMap((field: Row) => field['targets'])) {
    const { checkIns } = await must('supervisor', 'GET', `/api/v1/targets/${target.id}`)
    const things = [
      { ...target, kind: 'target', from: target.startOn, own: checkIns },
      ...target.tasks.map((task: Row) => ({
        ...{ ...task, kind: 'task', from: task['latestStart'], title: `${target.title}：${task['title']}` },
        own: checkIns.filter((one: Row) => one['task'] === task['title']),
      })),
    ]
    for (const { kind, title, from, progress, own } of things) {
      if (progress.light === 'red') late.push(`${kind} ${title} ${from}`)
      const done = own.filter((one: Row) => one['voided'] === null).map((one: Row) => one['day'])
      const first = from > BEGUN ? from : BEGUN
      const monday = dayAfter(first, -((new Date(first).getUTCDay() + 6) % 7))
      const end = progress.light === 'done' ? [...done].sort().at(-1) : '9999'
      for (let week = monday; dayAfter(week, 6) < onDay(now) && week <= end; week = dayAfter(week, 7)) {
        const isOwed = workdays([week, first].sort()[1] ?? week, dayAfter(week, 6)) >= 1
        if (isOwed && !done.some((day: string) => day >= week && day <= dayAfter(week, 6)))
          if (end === '9999' || dayAfter(week, 6) <= end) late.push(`checkIn 点检：${title} ${week}`)
      }
    }
  }
  return [...cases, ...[...periods, ...late].filter((name) => !cleared.has(name))].sort()
}
/** Weekdays suffice: no holiday lies in these weeks. */
const workdays = (from: string, to: string) => {
  let days = 0
  for (let day = from; day <= to; day = dayAfter(day, 1)) if (![0, 6].includes(new Date(day).getUTCDay())) days += 1
  return days
}

const Step = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 9 }) }),
  fc.record({
    kind: fc.constant('visit' as const),
    target: fc.nat({ max: 2 }),
    back: fc.nat({ max: 12 }),
    who: fc.nat({ max: 2 }),
  }),
  fc.record({
    kind: fc.constant('checkIn' as const),
    target: fc.nat({ max: 1 }),
    quantity: fc.integer({ min: 1, max: 12 }),
    back: fc.nat({ max: 9 }),
  }),
  fc.record({ kind: fc.constant('task' as const), quantity: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('leave' as const), who: fc.nat({ max: 1 }), days: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('rest' as const), target: fc.nat({ max: 1 }), days: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('handOver' as const), target: fc.nat({ max: 2 }), to: fc.nat({ max: 2 }) }),
  fc.record({ kind: fc.constant('file' as const) }),
  fc.record({ kind: fc.constant('clear' as const), which: fc.nat({ max: 20 }) }),
)
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never
const LEADERS = ['区长', '水务局长', '街道主任']

async function take(step: Step, today: string): Promise<string> {
  const name = (i: number) => LEADERS[i] ?? ''
  const target = (i: number) => targets[i] ?? ''
  switch (step.kind) {
    case 'wait': {
      const next = dayAfter(today, step.days)
      await at(`${next}T09:30:00+08:00`)
      return next
    }
    case 'visit':
      await w.call('supervisor', 'POST', routes.newVisit.path, {
        ...{ clientId: randomUUID(), targetId: target(step.target), kind: 'onSite' },
        ...{ on: dayAfter(today, -step.back), officials: [person(name(step.who))] },
      })
      return today
    case 'checkIn':
    case 'task': {
      const id = planTargets[step.kind === 'task' ? 0 : step.target]
      const { tasks } = await must('supervisor', 'GET', `/api/v1/targets/${id}`)
      const day = step.kind === 'task' ? today : dayAfter(today, -step.back)
      const task = step.kind === 'task' ? { taskId: tasks[0].id } : {}
      await w.call('handler', 'POST', `/api/v1/targets/${id}/check-ins`, {
        ...task,
        day,
        quantity: step.quantity,
        evidence: '验收单',
      })
      return today
    }
    case 'leave':
    case 'rest': {
      const what = step.kind === 'leave' ? { personId: person(name(step.who)) } : { targetId: target(step.target) }
      const span = { from: dayAfter(today, -3), to: dayAfter(today, step.days), reason: '公务' }
      await must('supervisor', 'POST', routes.newCadenceExemption.path, { ...what, ...span })
      return today
    }
    case 'handOver': {
      const { liaisons } = await must('supervisor', 'GET', `/api/v1/liaison-targets/${target(step.target)}`)
      const current = liaisons.find((one: Row) => one['current'])
      await w.call('supervisor', 'POST', `/api/v1/liaisons/${current?.id}/actions/handOver`, {
        ...{ personId: person(name(step.to)), from: dayAfter(today, -1), reason: '分工调整' },
      })
      return today
    }
    case 'file':
      await bring('dispatched')
      return today
    case 'clear': {
      const missed = (await red('supervisor')).filter((row) => row['stage'] === 'missed')
      const row = missed[step.which % Math.max(1, missed.length)]
      if (row !== undefined)
        await must('supervisor', 'POST', `/api/v1/obligations/${row['id']}/actions/clear`, { note: '已说明' })
      return today
    }
  }
}

test('whatever happens, the red list is the union of overdue cases, missed periods and late targets', async () => {
  let today = '2026-03-09'
  let [most, madeGood] = [0, 0]
  let before: readonly string[] = []
  const steps = fc.sample(Step, { numRuns: 110, seed: 20_260_309 })
  for (const [i, step] of steps.entries()) {
    if (today > '2026-07-24') break
    today = await take(step, today)
    const now = `${today}T10:30:00+08:00`
    const listed = (await red('supervisor')).map(nameOf).sort()
    assert.deepEqual(listed, await owedLate(now), `after step ${i} (${JSON.stringify(step)}) on ${today}`)
    most = Math.max(most, listed.length)
    const isGone = before.some((name) => name.startsWith('period') && !listed.includes(name))
    if (step.kind === 'visit' && isGone) madeGood += 1
    before = listed
  }
  assert.ok(most >= 10, 'a walk on which nothing is late shows nothing')
  assert.ok(madeGood >= 1, 'nor one on which no visit that is entered late meets its week after all')
})

test('pages of three in any order are the whole ledger, each row once', async () => {
  for (const sort of ['due', '-due', 'received', '-received', 'updated', '-updated']) {
    const all = await whole('supervisor', `sort=${sort}&form=once,recurring,quantity`)
    const paged = await whole('supervisor', `sort=${sort}&form=once,recurring,quantity`, routes.ledger.path, 3)
    assert.ok(new Set(all.map((row) => row['form'])).size === 3, 'all three forms are in it')
    assert.deepEqual(
      paged.map(({ id }) => id),
      all.map(({ id }) => id),
      sort,
    )
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  }
})

test('the Excel file holds what the list shows, the late in red', async () => {
  const query = 'light=red&sort=due'
  const reply = await w.raw({
    ...{ method: 'GET', url: `${routes.ledgerWorkbook.path}?${query}` },
    headers: { cookie: await w.cookie('supervisor') },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(reply.raw as unknown as ArrayBuffer)
  const sheet = book.worksheets[0]
  const listed = await red('supervisor')
  assert.equal((sheet?.rowCount ?? 0) - 2, listed.length)
  const kinds = new Set(Array.from({ length: listed.length }, (_, i) => sheet?.getRow(i + 3).getCell(3).value))
  assert.ok(kinds.has('周期责任') && kinds.has('定期点检'), [...kinds].join())
})

test('a filter that only a case can meet lists cases only', async () => {
  const rows = await whole('supervisor', 'channel=hotline,portal')
  assert.ok(rows.length > 0 && rows.every((row) => row['form'] === 'once'))
  assert.deepEqual(
    await related(rows[0]?.['id'], 'notice').then((found) => found.every((one) => one['type'] === 'notice')),
    true,
  )
  assert.equal((await whole('supervisor', 'q=南塔食品&form=recurring')).length > 0, true)
})

test('a telephone in the words of a check-in is kept nowhere', async () => {
  const url = `/api/v1/targets/${planTargets[0]}`
  const { today } = await must('handler', 'GET', url)
  const told = {
    day: today,
    note: '已约施工队 13900001111',
    issues: '致电 13900001111 无人接',
    next: '改约 13900001111',
  }
  await must('handler', 'POST', `${url}/check-ins`, told)
  const { checkIns } = await must('handler', 'GET', url)
  const kept = checkIns.find((one: Row) => one['note']?.startsWith('已约施工队'))
  assert.partialDeepStrictEqual(kept, { note: '已约施工队 [电话]', issues: '致电 [电话] 无人接', next: '改约 [电话]' })
  const audits = await w.app.store.tx(w.tenant, (tx) =>
    tx.run<{ note: string }>(sql`select note from audit where tenant_id = ${w.tenant} and note like '%13900001111%'`),
  )
  assert.deepEqual(audits, [])
})

test('a monitoring point is tested in its turn, or its owner reads of it on the same list', async () => {
  const { now } = (await must('admin', 'PUT', '/api/v1/clock', { now: '2026-08-03T09:30:00+08:00' })) as { now: string }
  assert.equal(onDay(now), '2026-08-03')
  const point = {
    ...{ name: '南塔营商环境监测点', kind: 'monitoring', testEveryDays: 10 },
    ...{ unitId: await w.unit('water'), personId: person('水务局长') },
  }
  const { id } = await must('supervisor', 'POST', routes.newChannel.path, point)
  const rows = () => whole('supervisor', 'type=channelTest&form=recurring&sort=received')
  assert.partialDeepStrictEqual(await rows(), [
    {
      title: '渠道测试：南塔营商环境监测点',
      light: 'green',
      owners: [{ name: '水务局长' }],
      leadUnit: { name: '区水务局' },
    },
  ])
  await at('2026-08-14T10:00:00+08:00')
  assert.ok((await red('head')).some((row) => row['subjectId'] === id && row['stage'] === 'missed'))
  await must('supervisor', 'POST', `/api/v1/channels/${id}/tests`, { worked: true, how: '拨打监测点电话' })
  assert.deepEqual(
    (await rows()).map((row) => [row['stage'], row['dueAt'].slice(0, 10)]),
    [
      ['met', '2026-08-13'],
      ['running', '2026-08-24'],
    ],
  )
  await must('supervisor', 'PUT', `/api/v1/channels/${id}`, { ...point, status: 'closed' })
  assert.deepEqual(
    (await rows()).map((row) => row['stage']),
    ['met'],
    'a closed channel owes nothing more',
  )
})
