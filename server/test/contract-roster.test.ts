import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)

test('a roster is set up, filled, swapped, and what happens on duty is written down', async () => {
  const people = (await w.call('dispatcher', 'GET', '/api/v1/people')).body.items as { id: string; name: string }[]
  const [head, handler] = ['水务局长', '水务经办'].map((name) => people.find((one) => one.name === name)?.id)
  const post = {
    ...{ unitId: await w.unit('water'), name: '水务值班室', phone: '024-86420001', shifts: ['whole'] },
    from: '2026-03-01',
  }
  const { id } = (await call('newRosterPost', 'head', routes.newRosterPost.path, post)).body.posts[0]
  const order = { from: '2026-03-02', to: '2026-03-08', people: [head, handler] }
  await call('rotateRoster', 'head', at('rotateRoster', id), order)
  const entry = { day: '2026-03-09', shift: 'whole', personId: handler }
  const { body } = await call('newRosterEntry', 'head', at('newRosterEntry', id), entry)
  await call('swapRoster', 'head', at('swapRoster', body.id), { personId: head, reason: '出差' })
  await call('rosterSwaps', 'head', `${routes.rosterSwaps.path}?month=2026-03`)
  await call('roster', 'head', `${routes.roster.path}?month=2026-03`)
  await call('onDuty', 'clerk', routes.onDuty.path)
  const heard = { postId: id, at: '2026-03-02T08:00:00+08:00', what: '路面积水', done: '已到场', opens: true }
  await call('newOnCallLog', 'head', routes.newOnCallLog.path, heard)
  await call('onCallLogs', 'head', `${routes.onCallLogs.path}?post=${id}&outside=yes&from=2026-03-01`)
  const overtime = { personId: handler, on: '2026-03-01', hours: 4, why: '抢修' }
  await call('newOvertime', 'handler', routes.newOvertime.path, overtime)
  await call('overtime', 'head', `${routes.overtime.path}?person=${handler}&from=2026-03-01`)
})

noneLeftOut('roster')
