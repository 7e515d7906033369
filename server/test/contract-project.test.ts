import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { RULE, withCadre, yi } from './cadre.ts'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)

test('a project is registered, dated, staffed, frozen, paused, scheduled, counted and merged', async () => {
  const people = await withCadre(w)
  const unitId = await w.unit('water')
  await call('newProjectRule', 'supervisor', routes.newProjectRule.path, RULE)
  await call('projectRules', 'leader', routes.projectRules.path)
  const owner = (
    await call('newLiaisonTarget', 'supervisor', routes.newLiaisonTarget.path, { kind: 'enterprise', name: '河畔机械' })
  ).body.id
  const sheet = {
    amountFen: yi(1.2),
    unitId,
    enterpriseId: owner,
    chain: '汽车',
    divisionCode: '210101',
    agent: '商会',
  }
  const input = { ...sheet, name: '河畔二期', type: 'continued', maturity: 'doing', personId: people.get('水务局长') }
  const { id } = (await call('newProject', 'supervisor', routes.newProject.path, input)).body
  const other = (await call('newProject', 'supervisor', routes.newProject.path, { ...sheet, name: '河畔三期' })).body.id
  await call('editProject', 'supervisor', at('editProject', id), { ...input, name: undefined, amountFen: yi(21) })
  const stages = [
    { stage: 'signing', actualOn: '2026-02-02' },
    { stage: 'start', plannedOn: '2026-06-30', expectedOn: '2026-06-30', days: 20, redLine: true },
    { stage: 'production', plannedOn: '2026-12-31', expectedOn: '2026-12-31', days: 60 },
  ]
  await call('setProjectStages', 'head', at('setProjectStages', id), { stages })
  await call('newBaseline', 'head', at('newBaseline', id), { document: '区项目办文件' })
  const decide = at('decideBaseline', id).replace(':version', '1')
  await call('decideBaseline', 'leader', decide, { freeze: true, note: '同意' })
  const chief = { role: 'chief', personId: people.get('副区长甲'), from: '2026-03-02', reason: '任命' }
  const view = (await call('appointOfficer', 'supervisor', at('appointOfficer', id), chief)).body
  const end = at('endOfficer', id).replace(':liaison', view.officers[0].liaisonId)
  await call('endOfficer', 'supervisor', end, { on: '2026-03-02', reason: '调整' })
  await call('pauseProject', 'head', at('pauseProject', id), { from: '2026-03-02', to: '2026-03-06', reason: '检修' })
  const factor = { factor: 'land', needed: '200 亩', dueOn: '2026-05-01', securedOn: '2026-03-01' }
  await call('setFactor', 'head', at('setFactor', id), factor)
  await call('newBottleneck', 'head', at('newBottleneck', id), { kind: 'land', content: '还有两户没有搬迁。' })
  await call('project', 'leader', at('project', id))
  await call('projects', 'leader', `${routes.projects.path}?type=continued&maturity=doing&stage=signing&q=河畔`)
  await call('projectSchedule', 'head', `${at('projectSchedule', id)}?stage=start&slip=200`)
  await call('daysSaved', 'leader', `${routes.daysSaved.path}?type=continued&ids=${id}`)
  await call('projectViolations', 'leader', routes.projectViolations.path)
  await call('newInvestmentTargets', 'supervisor', routes.newInvestmentTargets.path, {
    ...{ year: 2026, basis: '全会报告', items: [{ title: '20 亿元以上', thresholdFen: yi(20), needed: 2 }] },
  })
  await call('investmentTargets', 'leader', `${routes.investmentTargets.path}?year=2026`)
  await call('enterpriseProjects', 'leader', at('enterpriseProjects', owner))
  const merging = { state: 'merged', into: id, note: '并入二期' }
  await call('dropProject', 'supervisor', at('dropProject', other), merging)
  await call('queues', 'head', routes.queues.path)
})

noneLeftOut('project')
