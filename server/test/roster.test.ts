import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PersonId, Shift } from '@banjie/contract'
import fc from 'fast-check'
import { sql } from 'kysely'
import { rotate } from '../src/roster/rotation.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let post = ''
const people = new Map<string, string>()
before(async () => {
  w = await world('2026-09-28T09:00:00+08:00')
  for (const { id, name } of (await must('dispatcher', 'GET', '/api/v1/people'))['items']) people.set(name, id)
})
after(() => w.close())
const { must, get, at } = storyteller(() => w)
const refusal = async (account: string, url: string, body: object): Promise<Row> => {
  const reply = await w.call(account, 'POST', url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const idOf = (name: string) => {
  const id = people.get(name)
  assert.ok(id, name)
  return id
}
const CREW = ['水务经办', '水务局长', '供水副局长'] as const
const roster = async (month: string): Promise<Row> =>
  (await must('head', 'GET', `/api/v1/roster?month=${month}`))['posts'].find((one: Row) => one['id'] === post)
const fill = (day: string, name: string, more: object = {}) => ({
  ...{ day, shift: 'whole', personId: idOf(name) },
  ...more,
})
const entryOn = async (day: string): Promise<Row> =>
  (await roster(day.slice(0, 7)))['entries'].find((one: Row) => one['day'] === day)

test('a post is set up for every day of the year; what nobody has taken is a gap, and today it is red', async () => {
  const set = {
    ...{ unitId: await w.unit('water'), name: '区水务局总值班室', phone: '024-86420001', shifts: ['whole'] },
    ...{ from: '2026-09-28', isPublic: true },
  }
  assert.equal((await refusal('head2', '/api/v1/roster-posts', set))['code'], 'forbidden')
  assert.equal(
    (await refusal('head', '/api/v1/roster-posts', { ...set, phone: '13900001234' }))['code'],
    'roster.mobile',
  )
  const both = { ...set, shifts: ['whole', 'night'] }
  assert.equal((await refusal('head', '/api/v1/roster-posts', both))['code'], 'roster.shifts')
  const { posts } = await must('head', 'POST', '/api/v1/roster-posts', set)
  post = posts[0].id
  assert.deepEqual(
    posts[0].gaps.map((one: Row) => one['day']),
    ['2026-09-28', '2026-09-29', '2026-09-30'],
  )
  assert.equal((await refusal('head', '/api/v1/roster-posts', set))['code'], 'roster.post_known')
  const queue = (await must('head', 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === 'roster')
  assert.partialDeepStrictEqual(queue, { count: 7, red: 1, to: '/w/roster' })
  const now = (await must('clerk', 'GET', '/api/v1/on-duty'))['items'][0]
  assert.partialDeepStrictEqual(now, { gap: true, person: null, shift: 'whole' })
  const home = String((await w.call(null, 'GET', '/')).body)
  assert.match(home, /区水务局总值班室 <a href="tel:024-86420001">/)
})

test('the days are filled by turns, the National Day holiday by a turn of its own, and whoever is on leave is passed over', async () => {
  await must('supervisor', 'POST', '/api/v1/cadence-exemptions', {
    ...{ personId: idOf('水务局长'), from: '2026-10-01', to: '2026-10-01', reason: '年休假' },
  })
  const url = `/api/v1/roster-posts/${post}/actions/rotate`
  const order = {
    ...{ from: '2026-09-28', to: '2026-10-09', people: CREW.map(idOf), leaders: [idOf('区长')] },
    restPeople: [idOf('水务局长'), idOf('水务经办')],
  }
  const made = await must('head', 'POST', url, order)
  assert.partialDeepStrictEqual(made, { made: 12, kept: 0, gaps: [] })
  assert.deepEqual(made['passedOver'], [{ day: '2026-10-01', person: { id: idOf('水务局长'), name: '水务局长' } }])
  const { entries } = await roster('2026-10')
  const names = entries.map((one: Row) => [one['day'].slice(8), one['person'].name])
  assert.deepEqual(names.slice(0, 3), [
    ['01', '水务经办'],
    ['02', '水务局长'],
    ['03', '水务经办'],
  ])
  const { days } = await must('head', 'GET', '/api/v1/roster?month=2026-10')
  assert.partialDeepStrictEqual(days[0], { day: '2026-10-01', kind: 'holiday' })
  assert.deepEqual(
    days.slice(7, 11).map((one: Row) => one['kind']),
    ['work', 'work', 'work', 'rest'],
    'the Saturday after the holiday is worked, the Sunday is not',
  )
  const again = await must('head', 'POST', url, order)
  assert.partialDeepStrictEqual(again, { made: 0, kept: 12 })
  assert.equal((await roster('2026-10'))['gaps'].length, 31 - 9, 'what comes after is still empty')
})

test('nobody is put down who is on leave, has no post, has another shift that day, or for a day that is past', async () => {
  const url = `/api/v1/roster-posts/${post}/entries`
  const codeOf = async (body: object, account = 'head') => (await refusal(account, url, body))['code']
  await must('supervisor', 'POST', '/api/v1/cadence-exemptions', {
    ...{ personId: idOf('水务经办'), from: '2026-10-12', to: '2026-10-16', reason: '探亲' },
  })
  const leave = await refusal('head', url, fill('2026-10-12', '水务经办'))
  assert.equal(leave['code'], 'roster.on_leave')
  assert.match(leave['detail'], /水务经办在 2026-10-12 请假，不能值班/)
  await must('admin', 'POST', '/api/v1/person-handovers', {
    ...{ fromPersonId: idOf('供水副局长'), toPersonId: idOf('水务局长'), on: '2026-09-28', endPost: true },
    ...{ reason: '退休', dryRun: false },
  })
  assert.equal(await codeOf(fill('2026-10-20', '供水副局长')), 'roster.no_post')
  const gone = (await roster('2026-09'))['entries'].filter((one: Row) => one['away'] === 'noPost')
  assert.ok(gone.length > 0)
  assert.deepEqual(
    (await roster('2026-09'))['gaps'],
    gone.map(({ day, shift }: Row) => ({ day, shift })),
    'whoever has left since leaves a gap',
  )
  assert.equal(await codeOf(fill('2026-09-27', '水务局长')), 'roster.past')
  assert.equal(await codeOf(fill('2026-10-12', '水务局长', { shift: 'night' })), 'roster.shift_unknown')
  assert.equal(await codeOf(fill('2026-10-08', '水务局长')), 'roster.taken')
  assert.equal(await codeOf(fill('2026-10-12', '水务局长'), 'head2'), 'forbidden')
  const second = {
    ...{ unitId: await w.unit('water'), name: '防汛值班', phone: '024-86420002', shifts: ['day', 'night'] },
    from: '2026-09-28',
  }
  const { posts } = await must('head', 'POST', '/api/v1/roster-posts', second)
  const other = posts.find((one: Row) => one['name'] === '防汛值班').id
  const busy = fill('2026-10-08', (await entryOn('2026-10-08'))['person'].name, { shift: 'day' })
  assert.equal((await refusal('head', `/api/v1/roster-posts/${other}/entries`, busy))['code'], 'roster.twice')
  await must('head', 'POST', url, fill('2026-10-12', '水务局长', { leaderId: idOf('区长') }))
})

test('the database itself holds one shift a person and day', async () => {
  const entry = await entryOn('2026-10-08')
  const insert = w.app.store.tx(w.tenant, (tx) =>
    tx.run(sql`insert into roster_entry (tenant_id, id, post_id, day, shift, person_id, created_at)
      values (${w.tenant}, gen_random_uuid(), ${post}, '2026-10-08', 'night', ${entry['person'].id}, now())`),
  )
  await assert.rejects(insert, /roster_entry_once/)
})

test('two shifts change hands with a trace; nobody swaps with themselves, and nobody gives away what is not theirs', async () => {
  const [first, second] = [await entryOn('2026-10-08'), await entryOn('2026-10-09')]
  const url = `/api/v1/roster-entries/${first['id']}/actions/swap`
  const reason = '家中有事，电话 13900001111'
  const self = await refusal('head', url, { personId: first['person'].id, reason })
  assert.equal(self['code'], 'roster.swap_self')
  assert.equal((await refusal('head', url, { withEntryId: first['id'], reason }))['code'], 'roster.swap_self')
  assert.equal((await refusal('head', url, { reason }))['code'], 'roster.swap_one')
  assert.equal((await refusal('handler2', url, { withEntryId: second['id'], reason }))['code'], 'forbidden')
  const swapped = await must('head', 'POST', url, { withEntryId: second['id'], reason })
  assert.partialDeepStrictEqual(swapped, { person: second['person'], swapped: true })
  assert.deepEqual((await entryOn('2026-10-09'))['person'], first['person'])
  const { items } = await must('leader', 'GET', '/api/v1/roster-swaps?month=2026-10')
  assert.equal(items.length, 2)
  assert.equal(items[0]['reason'], '家中有事，电话 [电话]')
  assert.deepEqual(items.map((one: Row) => [one['day'], one['from'].name, one['to'].name]).sort(), [
    ['2026-10-08', first['person'].name, second['person'].name],
    ['2026-10-09', second['person'].name, first['person'].name],
  ])
  const onLeave = await entryOn('2026-10-12')
  const leave = { personId: idOf('水务经办'), reason }
  assert.equal(
    (await refusal('head', `/api/v1/roster-entries/${onLeave['id']}/actions/swap`, leave))['code'],
    'roster.on_leave',
  )
})

test('who is on duty now: until half past eight in the morning it is whoever began the day before', async () => {
  await at('2026-10-08T08:29:00+08:00')
  const now = async () =>
    (await must('clerk', 'GET', '/api/v1/on-duty'))['items'].find((one: Row) => one['post'].id === post)
  assert.equal((await now()).person.name, (await entryOn('2026-10-07'))['person'].name)
  await at('2026-10-08T08:30:00+08:00')
  assert.partialDeepStrictEqual(await now(), {
    ...{ person: (await entryOn('2026-10-08'))['person'], leader: { name: '区长' }, gap: false },
    until: '2026-10-09T00:30:00.000Z',
  })
})

test('a call at night is logged as one outside hours and becomes a case in the same moment; who called stands with the case only', async () => {
  await at('2026-10-08T23:30:00+08:00')
  const call = {
    ...{
      postId: post,
      at: '2026-10-08T23:10:00+08:00',
      what: '站前路爆管，王大爷 13900007777 报的。',
      done: '已通知抢修队',
    },
  }
  const bare = await refusal('handler', '/api/v1/on-call-logs', { ...call, caller: { phone: '13900007777' } })
  assert.equal(bare['code'], 'onCall.no_caller')
  const before_ = (await must('head', 'GET', '/api/v1/on-call-logs'))['counts']
  assert.deepEqual(before_, { calls: 0, outsideHours: 0, opened: 0 }, 'what is refused leaves nothing')
  const made = await must('handler', 'POST', '/api/v1/on-call-logs', {
    ...{ ...call, opens: true, caller: { name: '王大爷', phone: '13900007777' } },
  })
  assert.partialDeepStrictEqual(made, { outsideHours: true, onDuty: (await entryOn('2026-10-08'))['person'] })
  assert.doesNotMatch(made['what'], /13900007777|王大爷/)
  const { case: kase } = await get(made['case'].id)
  assert.partialDeepStrictEqual(kase, { type: 'appeal', channel: 'hotline' })
  const told = await must('clerk', 'POST', `/api/v1/parties/${kase.party.id}/reveal`, { reason: '回访' })
  assert.partialDeepStrictEqual(told, { name: '王大爷', phone: '13900007777' })
  await must('handler', 'POST', '/api/v1/on-call-logs', { ...call, at: '2026-10-08T10:00:00+08:00' })
  const { counts } = await must('head', 'GET', '/api/v1/on-call-logs')
  assert.deepEqual(counts, { calls: 2, outsideHours: 1, opened: 1 })
  const outside = (await must('head', 'GET', '/api/v1/on-call-logs?outside=yes'))['items']
  assert.equal(outside.length, counts.outsideHours)
  assert.equal((await refusal('handler2', '/api/v1/on-call-logs', call))['code'], 'forbidden')
  const future = { ...call, at: '2026-10-09T10:00:00+08:00' }
  assert.equal((await refusal('handler', '/api/v1/on-call-logs', future))['code'], 'onCall.future')
})

test('overtime is added up from its rows; a day has no more than 24 hours', async () => {
  const work = (hours: number, more: object = {}) => ({
    ...{ personId: idOf('水务经办'), on: '2026-10-01', hours, why: '抢修供水主管', campaign: '抢修', ...more },
  })
  await must('handler', 'POST', '/api/v1/overtime', work(10.5))
  const first = await must('head', 'POST', '/api/v1/overtime', work(8))
  assert.equal(first['kind'], 'holiday')
  const long = await refusal('head', '/api/v1/overtime', work(6))
  assert.equal(long['code'], 'overtime.too_long')
  assert.match(long['detail'], /合计 24.5 小时/)
  assert.equal((await refusal('handler2', '/api/v1/overtime', work(1)))['code'], 'forbidden')
  assert.equal((await refusal('handler', '/api/v1/overtime', work(1, { on: '2026-10-20' })))['code'], 'overtime.future')
  const { items, counts } = await must('leader', 'GET', '/api/v1/overtime?campaign=抢修')
  assert.deepEqual(counts, { people: 1, personTimes: 2, hours: 18.5 })
  assert.equal(items.length, counts.personTimes)
  assert.deepEqual((await must('handler2', 'GET', '/api/v1/overtime'))['items'], [], 'others see only their own')
})

test('two posts that want the same person on the same day at once: one gets them, the other is told', async () => {
  const flood = (await must('head', 'GET', '/api/v1/roster'))['posts'].find((one: Row) => one['name'] === '防汛值班').id
  const tries = await Promise.all([
    w.call('head', 'POST', `/api/v1/roster-posts/${post}/entries`, fill('2026-11-20', '水务局长')),
    w.call(
      'dispatcher',
      'POST',
      `/api/v1/roster-posts/${flood}/entries`,
      fill('2026-11-20', '水务局长', { shift: 'day' }),
    ),
  ])
  assert.deepEqual(tries.map(({ status, body }) => body.code ?? status).sort(), [201, 'roster.twice'])
})

test('whoever leaves in the middle of the stretch is put down until then and no longer', async () => {
  await w.app.store.tx(w.tenant, (tx) =>
    tx.run(
      sql`update post set valid_to = '2026-12-02' where tenant_id = ${w.tenant} and person_id = ${idOf('供热经办')}`,
    ),
  )
  const heat = {
    unitId: await w.unit('heating'),
    name: '供热值班',
    phone: '024-86420003',
    shifts: ['whole'],
    from: '2026-12-01',
  }
  const { posts } = await must('head2', 'POST', '/api/v1/roster-posts', heat)
  const { id } = posts.find((one: Row) => one['name'] === '供热值班')
  const days = { from: '2026-12-01', to: '2026-12-04', people: [idOf('供热经办')] }
  const made = await must('head2', 'POST', `/api/v1/roster-posts/${id}/actions/rotate`, days)
  assert.partialDeepStrictEqual(made, {
    made: 2,
    gaps: [
      { day: '2026-12-03', shift: 'whole' },
      { day: '2026-12-04', shift: 'whole' },
    ],
  })
})

test('a day that no calendar knows is refused in words', async () => {
  const far = await w.call('head', 'GET', '/api/v1/roster?month=2099-01')
  assert.deepEqual([far.status, far.body.code], [422, 'calendar.out_of_range'])
  assert.match(far.body.detail, /2007-01-01 至 2045-12-31/)
  const early = { personId: idOf('水务经办'), on: '1999-01-01', hours: 1, why: '补记' }
  assert.equal((await refusal('head', '/api/v1/overtime', early))['code'], 'calendar.out_of_range')
  assert.equal((await w.call('leader', 'GET', '/api/v1/overtime')).status, 200, 'nothing was stored')
})

test('however long the stretch, turns are shared evenly, nobody serves on leave or twice a day, and every shift is a turn or a gap', () => {
  const crew = ['a', 'b', 'c', 'd'] as PersonId[]
  const shape = fc.record({
    kinds: fc.array(fc.constantFrom('work', 'rest', 'holiday'), { minLength: 1, maxLength: 60 }),
    shifts: fc.constantFrom<readonly Shift[]>(['whole'], ['day', 'night']),
    size: fc.integer({ min: 1, max: 4 }),
    away: fc.array(fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 3 })), { maxLength: 40 }),
  })
  fc.assert(
    fc.property(shape, ({ kinds, shifts, size, away }) => {
      const list = crew.slice(0, size)
      const gone = new Set(away.map(([day, one]) => `${crew[one]} ${day}`))
      const days = kinds.map((kind, i) => ({ day: String(i), kind }))
      const { turns, gaps } = rotate({
        ...{ days, shifts: [...shifts], people: list, restPeople: list, leaders: [] },
        ...{ isFilled: () => false, isAway: (person, day) => gone.has(`${person} ${day}`) },
      })
      assert.equal(turns.length + gaps.length, days.length * shifts.length)
      assert.ok(turns.every(({ person, day }) => !gone.has(`${person} ${day}`)))
      assert.equal(new Set(turns.map(({ person, day }) => `${person} ${day}`)).size, turns.length)
      if (away.length > 0 || size < shifts.length) return
      for (const isWork of [true, false]) {
        const counts = list.map(
          (one) =>
            turns.filter(({ person, day }) => person === one && (kinds[Number(day)] === 'work') === isWork).length,
        )
        assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, JSON.stringify(counts))
      }
    }),
  )
})
