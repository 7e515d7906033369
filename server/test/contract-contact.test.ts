import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)
const make = async (name: RouteName, account: string, body: object) =>
  (await call(name, account, routes[name].path, body)).body

test('an enterprise is planned for, joined, visited, left alone, and what it cost is counted', async () => {
  const people = (await w.call('dispatcher', 'GET', '/api/v1/people')).body.items
  const head = people.find((one: { name: string }) => one.name === '水务局长').id
  const target = { kind: 'enterprise', name: '河畔机械公司' }
  const { id } = (await w.call('supervisor', 'POST', '/api/v1/liaison-targets', target)).body
  const limit = { perMonth: 2, nearDays: 5, windowDays: 30, asksPerWeek: 2, fieldsPerWeek: 30 }
  await make('newContactLimit', 'supervisor', { ...limit, basis: '减负规定', validFrom: '2026-03-02' })
  await call('contactLimits', 'handler', routes.contactLimits.path)
  const plan = { targetId: id, kind: 'visit', on: '2026-03-10', purpose: '了解用水' }
  const first = await make('newContactPlan', 'handler', plan)
  const second = await make('newContactPlan', 'handler2', { ...plan, on: '2026-03-12', purpose: '看换热站' })
  const preview = `?target=${id}&on=2026-03-11&kind=inspection&statutory=true`
  await call('contactPreview', 'head3', `${routes.contactPreview.path}${preview}`)
  const check = { kind: 'inspection', purpose: '安全检查', statutory: true, basis: '安全生产法第六十五条' }
  await call('joinContact', 'head3', at('joinContact', first.id), check)
  await call('mergeContact', 'handler2', at('mergeContact', second.id), { planId: first.id })
  await call('cancelContact', 'handler2', at('cancelContact', first.id), { reason: '另有安排' })
  const call0 = { targetId: id, kind: 'call', on: '2026-03-02', purpose: '核对联系人' }
  await make('recordContact', 'handler', call0)
  const due = await make('newContactPlan', 'handler2', {
    ...plan,
    kind: 'questionnaire',
    on: '2026-03-02',
    reason: '试点',
  })
  await call('contactDone', 'handler2', at('contactDone', due.id), { on: '2026-03-02' })
  const visit = { clientId: randomUUID(), targetId: id, kind: 'onSite', on: '2026-03-02', officials: [head] }
  await w.call('head', 'POST', '/api/v1/visits', visit)
  const quiet = { targetId: id, from: '2026-03-20', to: '2026-03-31', words: '盘点期间不必来' }
  const { id: quietId } = await make('newDoNotDisturb', 'clerk', quiet)
  await call('contactCalendar', 'leader', `${at('contactCalendar', id)}?from=2026-03-01&to=2026-03-31`)
  await call('contactMonth', 'leader', `${routes.contactMonth.path}?month=2026-03`)
  await call('contactMonth', 'leader', `${routes.contactMonth.path}?q=河畔`)
  await call('contactSavings', 'leader', routes.contactSavings.path)
  await call('endDoNotDisturb', 'clerk', at('endDoNotDisturb', quietId), { reason: '企业来电，可以来' })
})

test('a street is asked, a leader agrees, and the week is counted', async () => {
  const south = await w.unit('south')
  const base = { unitIds: [south], dueOn: '2026-03-06' }
  await make('askPreview', 'head', { unitIds: [south], fields: 12 })
  const order = { ...base, title: '排查井盖', kind: 'order', fields: 4, readReceipt: true }
  const { id } = await make('newAsk', 'head', order)
  await call('readAsk', 'head3', at('readAsk', id))
  const form = { ...base, title: '用水户统计表', kind: 'form', fields: 28, reason: '市局当天要' }
  const above = await make('newAsk', 'head', form)
  await call('agreeAsk', 'leader', at('agreeAsk', above.id), { note: '仅此一次' })
  const again = await make('newAsk', 'head', { ...form, title: '用水户统计表（二）' })
  await call('declineAsk', 'supervisor', at('declineAsk', again.id), { reason: '已有同样的表' })
  await call('burdens', 'leader', `${routes.burdens.path}?day=2026-03-04`)
  await call('burdenRows', 'leader', at('burdenRows', south))
  await call('asks', 'leader', `${routes.asks.path}?state=sent`)
  await call('withdrawAsk', 'head', at('withdrawAsk', id), { reason: '改由本局自查' })
  await call('queues', 'leader', routes.queues.path)
})

noneLeftOut('contact')
