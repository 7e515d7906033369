import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world('2026-02-12T10:00:00+08:00')
})
after(() => w.close())

interface Clock {
  kind: string
  dueAt: string
  state: string
  days: { date: string; counted: number; why: string }[]
}
const clocksOf = async (id: string): Promise<Clock[]> =>
  (await w.call('dispatcher', 'GET', `/api/v1/cases/${id}/clocks`)).body.items

test('accepted on 2026-02-12 with 15 working days: due on 2026-03-11, every day explained', async () => {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water'), class: 'complex' })
  const handle = (await clocksOf(id)).find((clock) => clock.kind === 'handle')
  assert.equal(handle?.dueAt, '2026-03-11T09:30:00.000Z')
  assert.equal(handle?.days.length, 28)
  assert.equal(
    handle?.days.reduce((sum, day) => sum + day.counted, 0),
    15,
  )
  assert.deepEqual(
    handle?.days.find((day) => day.date === '2026-02-28'),
    { date: '2026-02-28', counted: 1, why: '工作日，调休上班（春节）' },
  )
  const due = (await w.call('dispatcher', 'GET', '/api/v1/calendar/due?from=2026-02-12&amount=15&unit=workingDay')).body
  assert.equal(due.dueAt, handle?.dueAt)
})

test('an unsigned case is deemed signed when the limit runs out, at the moment it ran out', async () => {
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  const reply = await w.call('admin', 'PUT', '/api/v1/clock', { now: '2026-02-12T16:00:00+08:00' })
  assert.partialDeepStrictEqual(reply, { status: 200, body: { now: '2026-02-12T08:00:00.000Z' } })
  assert.ok(reply.body.fired >= 1)
  const { case: kase } = (await w.call('dispatcher', 'GET', `/api/v1/cases/${id}`)).body
  assert.equal(kase.stage, 'inHand')
  const events = (await w.call('dispatcher', 'GET', `/api/v1/cases/${id}/events`)).body.items
  assert.partialDeepStrictEqual(events.at(-1), {
    action: 'deemSigned',
    at: '2026-02-12T04:00:00.000Z',
    by: { name: '系统' },
  })
})

test('past the due date the case is red, the overdue filter finds it, and the public numbers admit it', async () => {
  const { id, number } = await w.file('路灯不亮已经很久')
  await w.act('clerk', id, 'accept', { category: 'water' })
  const overdue = async () =>
    (await w.call('dispatcher', 'GET', '/api/v1/ledger?light=red&limit=200')).body.items.map(
      (item: { number: string }) => item.number,
    )
  assert.ok(!(await overdue()).includes(number))
  await w.call('admin', 'PUT', '/api/v1/clock', { now: '2026-02-26T16:00:00+08:00' })
  assert.ok(
    (await w.call('dispatcher', 'GET', '/api/v1/ledger?light=yellow&limit=200')).body.items.some(
      (item: { number: string }) => item.number === number,
    ),
  )
  await w.call('admin', 'PUT', '/api/v1/clock', { now: '2026-03-02T17:31:00+08:00' })
  assert.ok((await overdue()).includes(number))
  const { case: kase } = (await w.call('dispatcher', 'GET', `/api/v1/cases/${number}`)).body
  assert.equal(kase.light, 'red')
  assert.ok(kase.remaining.amount < 0)
  assert.ok((await w.call(null, 'GET', '/api/v1/public/district')).body.numbers.unanswered > 0)
  const queues = (await w.call('dispatcher', 'GET', '/api/v1/queues')).body.items
  assert.ok(queues.find((queue: { id: string }) => queue.id === 'overdue').count > 0)
})

test('the test clock goes forwards only and is the administrator’s', async () => {
  const back = await w.call('admin', 'PUT', '/api/v1/clock', { now: '2020-01-01T00:00:00Z' })
  assert.deepEqual([back.status, back.body.code], [409, 'clock.backwards'])
  assert.equal((await w.call('clerk', 'PUT', '/api/v1/clock', { now: '2027-01-01T00:00:00Z' })).status, 403)
})

test('a deadline beyond the calendar is refused with its range', async () => {
  const reply = await w.call('clerk', 'GET', '/api/v1/calendar/due?from=2045-12-20&amount=85&unit=workingDay')
  assert.deepEqual([reply.status, reply.body.code], [422, 'calendar.out_of_range'])
})
