import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)
const personOf = async (name: string) =>
  (await w.call('dispatcher', 'GET', '/api/v1/people')).body.items.find((one: { name: string }) => one.name === name).id

test('a target is registered, bound, handed over, visited and closed', async () => {
  const [leader, head] = [await personOf('区长'), await personOf('水务局长')]
  const contact = { name: '联系人', phone: '13900000001' }
  const target = {
    kind: 'enterprise',
    name: '河畔机械公司',
    uscc: '91210104MA0QXY126Q',
    divisionCode: '210101',
    contact,
  }
  const { id } = (await call('newLiaisonTarget', 'supervisor', routes.newLiaisonTarget.path, target)).body
  await call('newLiaisonTargets', 'supervisor', routes.newLiaisonTargets.path, {
    targets: [{ kind: 'project', name: '石桥新材料项目', contact }],
  })
  await call('liaisonTargets', 'leader', `${routes.liaisonTargets.path}?kind=enterprise&gap=yes&contacted=no&q=河畔`)
  await call('revealLiaisonContact', 'supervisor', at('revealLiaisonContact', id), { reason: '约定走访时间' })
  const bond = { targetId: id, personId: leader, from: '2026-02-02', reason: '区级领导包保重点企业' }
  const liaison = (await call('newLiaison', 'supervisor', routes.newLiaison.path, bond)).body
  const rule = {
    ...{ code: 'enterprise-month', title: '每月走访企业', debtor: { kind: 'liaison' }, towardKind: 'enterprise' },
    ...{ min: 2, per: 'month', counts: ['onSite'], basis: '包保工作方案', validFrom: '2026-02-01' },
  }
  const { body } = await call('newCadenceRule', 'supervisor', routes.newCadenceRule.path, rule)
  await call('cadenceRules', 'leader', routes.cadenceRules.path)
  const rest = { targetId: id, from: '2026-02-09', to: '2026-02-13', reason: '停产检修' }
  await call('newCadenceExemption', 'supervisor', routes.newCadenceExemption.path, rest)
  await call('cadenceExemptions', 'leader', routes.cadenceExemptions.path)
  const visit = {
    ...{ clientId: randomUUID(), targetId: id, kind: 'onSite', on: '2026-02-25', officials: [leader, head] },
    ...{
      quote: '说到做到',
      mayQuote: true,
      tags: ['服务员', '联络员'],
      problems: [{ content: '门前道路积水', aspect: '城建' }],
    },
  }
  const made = (await call('newVisit', 'leader', routes.newVisit.path, visit)).body
  await call('visit', 'leader', at('visit', made.id))
  await call('visits', 'leader', `${routes.visits.path}?person=me&targetKind=enterprise&from=2026-02-01`)
  await call('tagVisit', 'leader', at('tagVisit', made.id), { tags: ['信息员'] })
  await call('visitProblems', 'leader', `${routes.visitProblems.path}?person=me&targetKind=enterprise&from=2026-02-01`)
  await call('visitProblems', 'leader', `${routes.visitProblems.path}?state=advanced`)
  await call('duties', 'leader', `${routes.duties.path}?person=me`)
  await call('duties', 'supervisor', `${routes.duties.path}?state=missed`)
  const next = { personId: head, from: '2026-03-02', reason: '分工调整' }
  const heir = (await call('handOverLiaison', 'supervisor', at('handOverLiaison', liaison.id), next)).body
  await call('liaisonCoverage', 'leader', `${routes.liaisonCoverage.path}?on=2026-03-02`)
  await call('endLiaison', 'supervisor', at('endLiaison', heir.id), { on: '2026-03-31', reason: '期满' })
  await call('liaisonTarget', 'leader', at('liaisonTarget', id))
  const branch = { kind: 'organisation', name: '南塔社区党支部' }
  const other = (await call('newLiaisonTarget', 'supervisor', routes.newLiaisonTarget.path, branch)).body
  const closing = { on: '2026-03-02', reason: '包保到期' }
  await call('closeLiaisonTarget', 'supervisor', at('closeLiaisonTarget', other.id), closing)
  await call('endCadenceRule', 'supervisor', at('endCadenceRule', body.id), { on: '2026-03-31', reason: '方案到期' })
  await call('queues', 'leader', routes.queues.path)
})

noneLeftOut('duty')
