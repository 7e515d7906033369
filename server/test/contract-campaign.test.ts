import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'
import { upload } from './upload.ts'

const { w, call, conforms, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)
const personOf = async (name: string) =>
  (await w.call('dispatcher', 'GET', '/api/v1/people')).body.items.find((one: { name: string }) => one.name === name).id

test('a campaign is started, filled, carried by a visit, told and exported', async () => {
  const owner = { ownerUnitId: await w.unit('water'), ownerId: await personOf('水务局长') }
  const given = {
    ...{ ...owner, checkUnitId: await w.unit('supervision'), from: '2026-03-01', to: '2026-03-31' },
    ...{ title: '“万人进万企”活动', tag: '万人进万企', scope: { by: 'list' } },
  }
  const targets = ['河畔机械公司', '远山食品公司'].map((name) => ({ kind: 'enterprise', name }))
  const bulk = await w.call('supervisor', 'POST', routes.newLiaisonTargets.path, { targets })
  const [mill, foods] = bulk.body.items
  const { id } = (await call('newCampaign', 'supervisor', routes.newCampaign.path, given)).body
  await call('extendCampaignScope', 'head', at('extendCampaignScope', id), { targetIds: [mill.id] })
  const file = { name: '名单.csv', data: '名称,统一社会信用代码\n远山食品公司,\n' }
  conforms('importCampaignScope', await upload(w, 'supervisor', at('importCampaignScope', id), file))
  await call('campaignTags', 'leader', `${routes.campaignTags.path}?on=2026-03-02&target=${mill.id}`)
  const visit = { clientId: randomUUID(), targetId: mill.id, kind: 'onSite', on: '2026-03-02', tags: ['万人进万企'] }
  const problems = [{ content: '门前道路积水' }]
  await w.call('head', 'POST', routes.newVisit.path, { ...visit, officials: [owner.ownerId], problems })
  const { number, id: caseId } = await w.file('水管漏水')
  await call('tagCampaignCase', 'supervisor', at('tagCampaignCase', id), { numbers: [number] })
  await call('caseCampaigns', 'supervisor', at('caseCampaigns', caseId))
  await call('campaignProblems', 'supervisor', `${at('campaignProblems', id)}?state=open`)
  const untag = at('untagCampaignCase', id).replace(':caseId', caseId)
  await call('untagCampaignCase', 'supervisor', untag, { reason: '误记' })
  await call('campaignSubjects', 'leader', `${at('campaignSubjects', id)}?state=missing`)
  await call('campaignVisits', 'leader', `${at('campaignVisits', id)}?unit=${owner.ownerUnitId}&from=2026-03-01`)
  const leaving = { targetId: foods.id, reason: '企业已注销' }
  await call('leaveCampaignScope', 'supervisor', at('leaveCampaignScope', id), leaving)
  await call('newCampaignResult', 'head', at('newCampaignResult', id), { text: '首周进展' })
  await call('amendCampaign', 'head', at('amendCampaign', id), { to: '2026-04-30', reason: '延长一个月' })
  await call('campaigns', 'leader', `${routes.campaigns.path}?state=running&kind=campaign`)
  await call('campaign', 'leader', at('campaign', id))
  await call('campaignWorkbook', 'leader', at('campaignWorkbook', id))
})

noneLeftOut('campaign')
