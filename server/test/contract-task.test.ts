import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import sharp from 'sharp'
import { conformance } from './conform.ts'
import { upload } from './upload.ts'

const { w, call, conforms, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string, more: Record<string, string> = {}) =>
  Object.entries(more).reduce(
    (path, [key, value]) => path.replace(`:${key}`, value),
    routes[name].path.replace(':id', id),
  )
async function download(name: RouteName, url: string) {
  const reply = await w.raw({ method: 'GET', url, headers: { cookie: await w.cookie('supervisor') } })
  conforms(name, reply)
  return reply
}

test('a task is opened, changed, delayed on trial, held up, paid for, and its plan goes out as a table and comes in', async () => {
  const [unitId, checkUnitId] = [await w.unit('water'), await w.unit('supervision')]
  const people = (await w.call('supervisor', 'GET', '/api/v1/people')).body.items
  const personId = people.find((one: { name: string }) => one.name === '水务经办').id
  const four = { unitId, personId, duty: '组织改造', checkUnitId, cadence: 'weekly' }
  const post = async (name: RouteName, id: string, body: object) =>
    (await w.call('supervisor', 'POST', at(name, id), body)).body
  const plan = await post('newPlan', '', { year: 2026, title: '民生作战图' })
  const { fields } = await post('newPlanField', plan.id, { name: '民生保障' })
  const definition = { kind: 'count', value: 3, unit: '处', startOn: '2026-03-01', dueOn: '2026-09-30' }
  const target = await post('newTarget', fields[0].id, { title: '农贸市场改造', definition, ...four })
  const written = { title: '施工', ...four, dueOn: '2026-06-30', days: 20, quantity: 3, unit: '处' }
  const tree = await post('newTask', target.id, written)
  const id = tree.fields[0].targets[0].tasks[0].id
  await w.call('leader', 'POST', at('publishPlan', plan.id))

  await call('task', 'handler', at('task', id))
  await call('taskOrders', 'leader', `${routes.taskOrders.path}?plan=${plan.id}&unit=${unitId}&mine=false`)
  await call('openTask', 'handler', at('openTask', id))
  await call('dutyTree', 'leader', at('dutyTree', plan.id))
  await call('slip', 'head', `${at('slip', plan.id)}?task=${id}&days=200`)
  await call('proposeTask', 'head', at('proposeTask', id), { task: { ...written, days: 25 }, reason: '汛期' })
  await call('planChanges', 'leader', routes.planChanges.path)
  await call('returnTask', 'leader', at('returnTask', id, { version: '2' }), { reason: '缺依据' })
  await call('proposeTask', 'head', at('proposeTask', id), { task: { ...written, days: 25 }, reason: '汛期' })
  await call('approveTask', 'leader', at('approveTask', id, { version: '3' }), {})
  const kase = await w.file('改造路段漏水')
  await call('linkProblem', 'supervisor', at('linkProblem', id), { number: kase.number, note: '先改管' })
  await call('tasksOfCase', 'supervisor', at('tasksOfCase', kase.id))
  await call('unlinkProblem', 'supervisor', at('unlinkProblem', id, { caseId: kase.id }), { reason: '已改管' })
  const paid = { day: '2026-03-02', fen: 100, document: '财建〔2026〕1号' }
  const { spendings } = (await call('newSpending', 'handler', at('newSpending', id), paid)).body
  await call('voidSpending', 'handler', at('voidSpending', spendings[0].id), { reason: '误登' })

  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const { body: file } = await upload(w, 'handler', routes.attach.path, { name: '现场.png', data: photo })
  await w.call('handler', 'POST', at('checkIn', target.id), {
    day: '2026-03-02',
    quantity: 1,
    attachmentIds: [file.id],
  })
  await download('checkInFile', at('checkInFile', file.id))
  await download('planTemplate', routes.planTemplate.path)
  const { raw } = await download('planWorkbook', at('planWorkbook', plan.id))
  const again = { year: '2027', title: '民生作战图', dryRun: 'false' }
  conforms('importPlan', await upload(w, 'supervisor', routes.importPlan.path, { name: '图.xlsx', data: raw }, again))
})

noneLeftOut('task')
