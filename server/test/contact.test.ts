import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
const people = new Map<string, string>()
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  for (const { id, name } of (await must('dispatcher', 'GET', '/api/v1/people'))['items']) people.set(name, id)
})
after(() => w.close())
const { must, at } = storyteller(() => w)

const refusal = async (account: string, url: string, body: object): Promise<Row> => {
  const reply = await w.call(account, 'POST', url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const enterprise = async (name: string): Promise<string> =>
  (await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name }))['id']
const PLANS = '/api/v1/contact-plans'
const planned = (targetId: string, on: string, more: object = {}) => ({
  ...{ targetId, on, kind: 'visit', purpose: '了解生产情况' },
  ...more,
})
const plan = (account: string, ...args: Parameters<typeof planned>) => must(account, 'POST', PLANS, planned(...args))
const calendar = async (id: string, query = ''): Promise<Row> =>
  must('leader', 'GET', `/api/v1/contact-calendars/${id}${query}`)
const preview = (account: string, target: string, on: string, more = '') =>
  must(account, 'GET', `/api/v1/contact-preview?target=${target}&on=${on}${more}`)
const savings = async (): Promise<Row> => must('leader', 'GET', '/api/v1/contact-savings')
const visit = (account: string, targetId: string, on: string, names: string[], kind = 'onSite') =>
  must(account, 'POST', '/api/v1/visits', {
    ...{ clientId: randomUUID(), targetId, kind, on, officials: names.map((name) => people.get(name)) },
  })
const unitNames = (entry: Row) => entry['units'].map((unit: Row) => unit['name'])

let mill: string

test('before anything is stored the planner sees who else comes and that the month is full, and above the budget a reason is asked for', async () => {
  mill = await enterprise('河畔机械公司')
  await visit('head', mill, '2026-03-02', ['水务局长'])
  await plan('handler2', mill, '2026-03-20', { kind: 'questionnaire', purpose: '供热满意度问卷' })
  const before_ = await preview('head3', mill, '2026-03-25')
  assert.partialDeepStrictEqual(before_, { overBudget: false, month: { used: 2, budget: 3 } })
  assert.deepEqual(
    before_['around'].map((one: Row) => [one['on'], one['kind'], unitNames(one), one['units'][0].purpose]),
    [
      ['2026-03-02', 'visit', ['区水务局'], '了解情况'],
      ['2026-03-20', 'questionnaire', ['区供热办'], '供热满意度问卷'],
    ],
  )
  await must('head3', 'POST', '/api/v1/contact-records', {
    ...{ targetId: mill, kind: 'call', on: '2026-03-02', purpose: '核对用工人数' },
  })
  const full = await preview('head3', mill, '2026-03-25')
  assert.partialDeepStrictEqual(full, { overBudget: true, needsReason: true, month: { used: 3, budget: 3 } })
  const refused = await refusal('head3', PLANS, planned(mill, '2026-03-25'))
  assert.equal(refused['code'], 'contact.over_budget')
  assert.match(refused['detail'], /河畔机械公司 2026-03 已有 3 次接触，预算是 3 次/)
  assert.equal((await calendar(mill))['items'].length, 3, 'nothing is stored halfway')
  const told = await plan('head3', mill, '2026-03-25', { reason: '企业约定当面办，电话 13900001234' })
  assert.equal(told['reason'], '企业约定当面办，电话 [电话]')
  assert.equal((await preview('head3', mill, '2026-04-02'))['month'].used, 0, 'next month has a budget of its own')
})

test('near another planned contact a unit joins it: one contact, several units, and one visit is saved', async () => {
  const plant = await enterprise('远山食品公司')
  const { id } = await plan('handler', plant, '2026-03-11')
  const { near } = await preview('handler2', plant, '2026-03-13')
  assert.deepEqual(
    near.map((one: Row) => [one['id'], one['may'].join]),
    [[id, true]],
  )
  assert.deepEqual((await preview('handler2', plant, '2026-03-19'))['near'], [], 'eight days off is not near')
  assert.deepEqual((await preview('handler', plant, '2026-03-12'))['near'], [], 'one’s own is not to be joined')
  const start = (await savings())['saved']
  const errand = { kind: 'inspection', purpose: '看换热站' }
  const joined = await must('handler2', 'POST', `${PLANS}/${id}/actions/join`, errand)
  assert.deepEqual(unitNames(joined), ['区水务局', '区供热办'])
  const { items, months } = await calendar(plant)
  assert.equal(items.length, 1)
  assert.deepEqual(months.find((one: Row) => one['month'] === '2026-03').used, 1)
  assert.equal((await savings())['saved'], start + 1)
  const twice = await refusal('handler2', `${PLANS}/${id}/actions/join`, errand)
  assert.match(twice['detail'], /区供热办已在此次接触中/)
  const late = await plan('head3', plant, '2026-03-16')
  await must('head3', 'POST', `${PLANS}/${late['id']}/actions/mergeInto`, { planId: id })
  assert.equal((await calendar(plant))['items'].length, 1, 'what was merged is no contact of its own any more')
  assert.equal((await savings())['saved'], start + 2)
  await must('head3', 'POST', `${PLANS}/${id}/actions/cancel`, { reason: '另有会议' })
  assert.equal((await savings())['saved'], start + 1, 'who drops out saves nothing')
  const other = await plan('handler', mill, '2026-04-14')
  const wrong = await refusal('handler', `${PLANS}/${other['id']}/actions/mergeInto`, { planId: id })
  assert.equal(wrong['code'], 'contact.other_target')
  const itself = await refusal('handler', `${PLANS}/${id}/actions/mergeInto`, { planId: id })
  assert.equal(itself['code'], 'contact.into_itself')
})

test('whoever has to come to the door cannot do so on a call, and only one’s own unit is planned for', async () => {
  const plant = await enterprise('新河纺织公司')
  const { id } = await plan('handler', plant, '2026-03-18', { kind: 'call' })
  assert.deepEqual((await preview('handler2', plant, '2026-03-18'))['near'], [])
  const refused = await refusal('handler2', `${PLANS}/${id}/actions/join`, { kind: 'visit', purpose: '走访' })
  assert.equal(refused['code'], 'contact.cannot_join_call')
  const foreign = planned(plant, '2026-03-18', { unitId: await w.unit('heating') })
  assert.equal((await refusal('handler', PLANS, foreign))['code'], 'contact.not_your_unit')
  assert.equal((await refusal('evaluator', PLANS, planned(plant, '2026-03-18')))['code'], 'forbidden')
  assert.equal((await refusal('handler', PLANS, planned(plant, '2026-03-01')))['code'], 'contact.in_past')
  const future = { ...planned(plant, '2026-03-18'), kind: 'inspection' }
  assert.equal((await refusal('handler', '/api/v1/contact-records', future))['code'], 'contact.in_future')
  const visited = await refusal('handler', '/api/v1/contact-records', { ...future, kind: 'visit', on: '2026-03-02' })
  assert.equal(visited['code'], 'request.invalid', 'a visit is recorded as a visit')
  assert.equal(
    (await refusal('handler2', `${PLANS}/${id}/actions/cancel`, { reason: '不去' }))['code'],
    'contact.not_your_unit',
  )
})

test('do not disturb refuses who comes without need; a statutory check passes with its legal basis', async () => {
  const plant = await enterprise('石桥新材料公司')
  const early = await plan('handler', plant, '2026-03-12')
  const quiet = {
    targetId: plant,
    from: '2026-03-10',
    to: '2026-03-20',
    words: '盘点，别来，我会打 13900007777 找你们',
  }
  const { id, words, by } = await must('clerk', 'POST', '/api/v1/do-not-disturbs', quiet)
  assert.deepEqual([words, by], ['盘点，别来，我会打 [电话] 找你们', '甲clerk'])
  assert.equal((await preview('head3', plant, '2026-03-15'))['refused'], true)
  const refused = await refusal('head3', PLANS, planned(plant, '2026-03-15', { reason: '确有必要' }))
  assert.equal(refused['code'], 'contact.do_not_disturb')
  assert.match(refused['detail'], /石桥新材料公司 已说明 2026-03-10 至 2026-03-20 不需要上门/)
  const join = { kind: 'visit', purpose: '顺道走访' }
  const joining = await refusal('head3', `${PLANS}/${early['id']}/actions/join`, join)
  assert.equal(joining['code'], 'contact.do_not_disturb')
  const check = planned(plant, '2026-03-15', { kind: 'inspection', purpose: '消防检查', statutory: true })
  const bare = await refusal('head3', PLANS, check)
  assert.match(JSON.stringify(bare['errors']), /contact\.no_basis/)
  const passed = await plan('head3', plant, '2026-03-15', { ...check, basis: '消防法第五十三条' })
  assert.partialDeepStrictEqual(passed, { statutory: true, disturbs: false })
  const own = await plan('handler', plant, '2026-03-24')
  const into = await refusal('handler', `${PLANS}/${own['id']}/actions/mergeInto`, { planId: passed['id'] })
  assert.equal(into['code'], 'contact.do_not_disturb', 'nobody rides in on a statutory check')
  await must('handler', 'POST', `${PLANS}/${own['id']}/actions/cancel`, { reason: '改期' })
  const shown = (await calendar(plant))['items']
  assert.deepEqual(
    shown.map((one: Row) => [one['on'], one['disturbs']]),
    [
      ['2026-03-12', true],
      ['2026-03-15', false],
    ],
    'what had been planned before is marked',
  )
  const twice = await refusal('clerk', '/api/v1/do-not-disturbs', { ...quiet, from: '2026-03-18', to: '2026-04-30' })
  assert.equal(twice['code'], 'contact.quiet_overlaps')
  const backwards = { ...quiet, from: '2026-05-02', to: '2026-05-01' }
  assert.equal((await refusal('clerk', '/api/v1/do-not-disturbs', backwards))['code'], 'contact.quiet_reversed')
  await must('clerk', 'POST', `/api/v1/do-not-disturbs/${id}/actions/end`, { reason: '企业来电，可以来' })
  assert.equal((await preview('head3', plant, '2026-03-15'))['refused'], false)
  assert.equal(
    (await refusal('clerk', `/api/v1/do-not-disturbs/${id}/actions/end`, { reason: '再解除' }))['code'],
    'contact.quiet_ended',
  )
})

test('a visit closes what was planned, nobody types it, and the second unit’s own record is the same contact', async () => {
  const plant = await enterprise('北桥包装公司')
  const { id } = await plan('handler', plant, '2026-03-05')
  await must('handler2', 'POST', `${PLANS}/${id}/actions/join`, { kind: 'visit', purpose: '看供热' })
  const typed = await refusal('handler', `${PLANS}/${id}/actions/done`, { on: '2026-03-02' })
  assert.equal(typed['code'], 'contact.visit_by_record')
  const phone = await visit('handler', plant, '2026-03-02', ['水务经办'], 'phone')
  assert.deepEqual(
    (await calendar(plant))['items'].map((one: Row) => [one['id'], one['kind'], one['state']]),
    [
      [phone['id'], 'call', 'done'],
      [id, 'visit', 'planned'],
    ],
    'a call does not make a visit',
  )
  await at('2026-03-06T09:00:00+08:00')
  const done = (await savings())['done']
  const first = await visit('handler', plant, '2026-03-06', ['水务经办'])
  const second = await visit('handler2', plant, '2026-03-06', ['供热经办'])
  const [, contact, ...more] = (await calendar(plant))['items']
  assert.deepEqual(more, [])
  assert.partialDeepStrictEqual(contact, { id, state: 'done', on: '2026-03-06' })
  assert.deepEqual(contact['visitIds'].toSorted(), [first['id'], second['id']].toSorted())
  assert.equal((await savings())['done'], done + 1)
  const again = await refusal('handler', `${PLANS}/${id}/actions/cancel`, { reason: '晚了' })
  assert.match(again['detail'], /此次接触已完成/)
  await visit('head3', plant, '2026-03-06', ['街道主任'])
  assert.equal((await calendar(plant))['items'].length, 3, 'a unit that was not on it made a contact of its own')
})

test('a record of a call closes the call that was planned; what lapsed disturbed nobody', async () => {
  const plant = await enterprise('东岭电子公司')
  const called = await plan('handler', plant, '2026-03-09', { kind: 'call' })
  const record = { targetId: plant, kind: 'call', on: '2026-03-06', purpose: '通知停水' }
  assert.equal((await must('handler', 'POST', '/api/v1/contact-records', record))['id'], called['id'])
  const check = await plan('handler2', plant, '2026-03-07', { kind: 'inspection' })
  await plan('head3', plant, '2026-03-07')
  const used = async () => (await calendar(plant))['months'].find((one: Row) => one['month'] === '2026-03').used
  assert.equal(await used(), 3)
  await at('2026-03-10T09:00:00+08:00')
  assert.equal(await used(), 1)
  const lapsed = (await calendar(plant))['items'].filter((one: Row) => one['lapsed'])
  assert.deepEqual(
    lapsed.map((one: Row) => [one['on'], one['counts']]),
    [
      ['2026-03-07', false],
      ['2026-03-07', false],
    ],
  )
  const late = await refusal('handler', `${PLANS}/${check['id']}/actions/join`, { kind: 'visit', purpose: '同去' })
  assert.equal(late['code'], 'contact.lapsed')
  const done = await must('handler2', 'POST', `${PLANS}/${check['id']}/actions/done`, { on: '2026-03-07' })
  assert.equal(done['state'], 'done', 'it had been made after all')
  assert.equal(await used(), 2)
})

test('two who plan the last contact of a month at the same moment: one of them has to give a reason', async () => {
  const plant = await enterprise('南坡家具公司')
  for (const on of ['2026-03-11', '2026-03-12']) await plan('handler', plant, on)
  const both = await Promise.all(
    ['handler2', 'head3'].map((account) => w.call(account, 'POST', PLANS, planned(plant, '2026-03-30'))),
  )
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 422])
  assert.ok(both.some(({ body }) => body.code === 'contact.over_budget'))
})

test('every figure is the sum of the rows it leads to', async () => {
  const { saved, done, items } = await savings()
  const sum = (rows: Row[]) => rows.reduce((all, one) => all + one['saved'], 0)
  assert.ok(saved > done && done > 0)
  assert.equal(sum(items), saved)
  assert.equal(sum(items.filter((one: Row) => one['state'] === 'done')), done)
  for (const one of items) assert.equal(one['saved'], one['units'].length - 1)
  const { items: targets } = await must('leader', 'GET', '/api/v1/contact-months?month=2026-03')
  assert.ok(targets.length > 3)
  for (const { target, used, over, budget } of targets) {
    const rows = (await calendar(target.id, '?from=2026-03-01&to=2026-03-31'))['items']
    assert.equal(rows.filter((one: Row) => one['counts']).length, used, target.name)
    assert.equal(over, used > budget)
  }
  const found = (await must('leader', 'GET', '/api/v1/contact-months?q=河畔'))['items']
  assert.deepEqual(
    found.map((one: Row) => one['target'].name),
    ['河畔机械公司'],
  )
  const long = await w.call('leader', 'GET', `/api/v1/contact-calendars/${mill}?from=2020-01-01&to=2026-01-01`)
  assert.equal(long.body.code, 'contact.span')
})

test('the public is told how many visits were saved, of those that have taken place', async () => {
  const { done } = await savings()
  const home = await w.call(null, 'GET', '/')
  assert.match(home.body, new RegExp(`合并走访，少跑 ${done} 次`))
})

test('the limits have versions: the next holds from its day on', async () => {
  const next = { perMonth: 1, nearDays: 3, windowDays: 15, asksPerWeek: 2, fieldsPerWeek: 20, basis: '减负若干规定' }
  const url = '/api/v1/contact-limits'
  assert.equal((await refusal('handler', url, { ...next, validFrom: '2026-03-16' }))['code'], 'forbidden')
  const past = await refusal('leader', url, { ...next, validFrom: '2026-03-01' })
  assert.equal(past['code'], 'contact.limit_past')
  assert.equal((await must('leader', 'POST', url, { ...next, validFrom: '2026-04-01' }))['version'], 1)
  const before_ = { ...next, validFrom: '2026-03-20' }
  assert.equal((await refusal('leader', url, before_))['code'], 'contact.limit_later')
  assert.equal((await preview('head3', mill, '2026-03-30'))['limit'].perMonth, 3)
  assert.partialDeepStrictEqual(await preview('head3', mill, '2026-04-02'), {
    ...{ limit: { version: 1, nearDays: 3 }, month: { used: 1, budget: 1 }, overBudget: true },
  })
})

test('whoever joins and drops out in whatever order: what is saved is the units on contacts less the contacts', async () => {
  const ACCOUNTS = ['handler', 'handler2', 'head3'] as const
  const steps = fc.array(fc.tuple(fc.constantFrom(...ACCOUNTS), fc.constantFrom('plan', 'join', 'leave')), {
    ...{ minLength: 3, maxLength: 12 },
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(steps, async (course) => {
      run += 1
      const target = await enterprise(`律例企业${run}`)
      const start = (await savings())['saved']
      for (const [account, step] of course) {
        const open = (await calendar(target))['items'].find((one: Row) => one['state'] === 'planned')
        if (step === 'plan') await w.call(account, 'POST', PLANS, planned(target, '2026-03-27', { reason: '试' }))
        else if (open === undefined) continue
        else if (step === 'join')
          await w.call(account, 'POST', `${PLANS}/${open['id']}/actions/join`, { kind: 'visit', purpose: '同去' })
        else await w.call(account, 'POST', `${PLANS}/${open['id']}/actions/cancel`, { reason: '不去' })
      }
      const { items } = await calendar(target)
      const units = items.reduce((all: number, one: Row) => all + one['units'].length, 0)
      assert.equal((await savings())['saved'] - start, units - items.length)
    }),
    { numRuns: 8 },
  )
})

test('the calendar of one enterprise reads two ranges of an index, however many visits the district has', async () => {
  const { sql } = await import('kysely')
  const { listContacts } = await import('../src/contact/contact.sql.ts')
  await w.app.store.tx(w.tenant, async (tx) => {
    await tx.run(sql`
      insert into liaison_target (tenant_id, id, kind, name, by_name, created_at)
      select ${w.tenant}, gen_random_uuid(), 'enterprise', '量测企业' || n, '测试', now() from generate_series(1, 400) n`)
    const fifty = sql`from liaison_target t, generate_series(1, 50) n where t.tenant_id = ${w.tenant} and t.name like '量测企业%'`
    await tx.run(sql`
      insert into visit (tenant_id, id, client_id, fingerprint, target_id, kind, on_day, purpose, may_quote, tags, by_name, recorded_at)
      select ${w.tenant}, gen_random_uuid(), gen_random_uuid(), '', t.id, 'onSite', date '2025-01-01' + n, 'collect', false, '{}', '测试', now() ${fifty}`)
    await tx.run(sql`
      insert into contact_plan (tenant_id, id, target_id, on_day, planned_on, state, by_name, created_at, closed_at)
      select ${w.tenant}, gen_random_uuid(), t.id, date '2025-01-01' + n, date '2025-01-01' + n, 'done', '测试', now(), now() ${fifty}`)
  })
  const owner = new pg.Client(w.connection)
  await owner.connect()
  await owner.query('analyze')
  await owner.end()
  const plan = await w.app.store.tx(w.tenant, async (tx) => {
    const explaining = { ...tx, run: (query: Parameters<typeof tx.run>[0]) => tx.run(sql`explain ${query}`) }
    const [target] = await tx.run<{ id: string }>(sql`select id from liaison_target where name = '量测企业7'`)
    const span = { from: '2025-02-01', to: '2025-02-28' }
    const rows = await listContacts(explaining as typeof tx, target?.id as never, span)
    return (rows as unknown as Row[]).map((row) => Object.values(row)[0]).join('\n')
  })
  assert.match(plan, /Index (Only )?Scan using visit_target on visit/, plan)
  assert.match(plan, /(Index (Only )?Scan using|Bitmap Index Scan on) contact_plan_target/, plan)
  assert.doesNotMatch(plan, /Seq Scan on (visit|contact_plan) /, plan)
})
