import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string, version = 2) =>
  routes[name].path.replace(':id', id).replace(':version', String(version))

test('a plan is drafted, published, checked in on and changed', async () => {
  const [unitId, checkUnitId] = [await w.unit('water'), await w.unit('supervision')]
  const people = (await w.call('supervisor', 'GET', `/api/v1/people?unit=${unitId}`)).body.items
  const four = { unitId, personId: people[0].id, duty: '组织改造', checkUnitId, cadence: 'weekly' }
  const definition = { kind: 'objects', value: 3, unit: '处', startOn: '2026-03-01', dueOn: '2026-09-30' }
  const plan = (await call('newPlan', 'supervisor', routes.newPlan.path, { year: 2026, title: '民生作战图' })).body
  const { fields } = (await call('newPlanField', 'supervisor', at('newPlanField', plan.id), { name: '民生保障' })).body
  const body = { title: '农贸市场改造', definition, ...four, objects: [{ name: '甲市场' }] }
  const target = (await call('newTarget', 'supervisor', at('newTarget', fields[0].id), body)).body
  await call('editTarget', 'supervisor', at('editTarget', target.id), body)
  await call('newTargetObjects', 'supervisor', at('newTargetObjects', target.id), { objects: [{ name: '乙市场' }] })
  const task = {
    title: '设计',
    ...four,
    dueOn: '2026-06-30',
    days: 20,
    milestones: [{ title: '出图', dueOn: '2026-06-01' }],
  }
  const tree = (await call('newTask', 'supervisor', at('newTask', target.id), task)).body
  await call('editTask', 'supervisor', at('editTask', tree.fields[0].targets[0].tasks[0].id), {
    ...task,
    redLine: true,
  })
  await call('publishPlan', 'leader', at('publishPlan', plan.id))
  await call('plan', 'handler', at('plan', plan.id))
  await call('plans', 'handler', routes.plans.path)
  const { objects } = (await call('target', 'handler', at('target', target.id))).body
  const first = { day: '2026-03-02', objectId: objects[0].id, done: true, evidence: '验收单' }
  const { checkIns } = (await call('checkIn', 'handler', at('checkIn', target.id), first)).body
  await call('voidCheckIn', 'supervisor', at('voidCheckIn', checkIns[0].id), { reason: '照片不符' })
  const change = { definition: { ...definition, value: 2 }, reason: '一处拆迁' }
  await call('proposeTarget', 'head', at('proposeTarget', target.id), change)
  await call('returnTarget', 'leader', at('returnTarget', target.id), { reason: '缺依据' })
  await call('proposeTarget', 'head', at('proposeTarget', target.id), change)
  await call('approveTarget', 'leader', at('approveTarget', target.id, 3), {})
  await call('targets', 'leader', `${routes.targets.path}?light=green&unit=${unitId}`)
})

noneLeftOut('plan')
