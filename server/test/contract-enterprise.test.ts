import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'
import { upload } from './upload.ts'

const { w, call, conforms, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)

test('an enterprise is registered, edited, looked at, and its months grow', async () => {
  const sheet = {
    ...{
      name: '河畔机械公司',
      uscc: '91210104MA0QXY126Q',
      divisionCode: '210101',
      chain: '装备',
      registeredOn: '2015-05-20',
    },
    years: [{ year: 2026, size: 'medium', aboveScale: true, staff: 210, source: '统计局' }],
    titles: [{ title: '专精特新', from: '2024-06-01', to: null, source: '工信局' }],
    contacts: [{ name: '联系人', role: '办公室', phone: '13900000001' }],
  }
  const { body } = await call('newEnterprise', 'supervisor', routes.newEnterprise.path, sheet)
  const { id, updatedAt: basedOn } = body
  await call('editEnterprise', 'supervisor', at('editEnterprise', id), { ...sheet, address: '河畔路1号', basedOn })
  await call('enterprise', 'leader', at('enterprise', id))
  await call('enterprises', 'leader', `${routes.enterprises.path}?q=河畔&aboveScale=yes&gap=yes&size=medium&chain=装备`)
  await call('revealEnterpriseContacts', 'supervisor', at('revealEnterpriseContacts', id), { reason: '约定时间' })
  await call('enterpriseCases', 'leader', at('enterpriseCases', id))
  await call('enterpriseVisits', 'leader', at('enterpriseVisits', id))
  const list = { name: '名单.csv', data: '企业名称,备注\n远山食品公司,无' }
  conforms('importEnterprises', await upload(w, 'supervisor', routes.importEnterprises.path, list, { dryRun: 'false' }))
  const months = {
    name: '月报.csv',
    data: '企业名称,月份,利润总额（万元）\n远山食品公司,2025-01,-3\n远山食品公司,2026-01,2',
  }
  const sent = await upload(w, 'supervisor', routes.importEnterpriseFigures.path, months, { dryRun: 'false' })
  conforms('importEnterpriseFigures', sent)
  await call('enterpriseFigures', 'supervisor', at('enterpriseFigures', id))
  const span = '?from=2026-01&to=2026-01'
  await call('enterpriseGrowth', 'leader', `${routes.enterpriseGrowth.path}${span}&group=aboveScale`)
  await call('enterpriseGrowthRows', 'leader', `${routes.enterpriseGrowthRows.path}${span}&mark=turned`)
})

noneLeftOut('enterprise')
