import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'
import { upload } from './upload.ts'

const { w, call, conforms, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)

test('money is paid, borrowed, screened for and read again', async () => {
  const targets = ['河畔机械公司', '远山食品公司'].map((name) => ({ kind: 'enterprise', name }))
  const bulk = await w.call('supervisor', 'POST', routes.newLiaisonTargets.path, { targets })
  const [{ id: mill }, { id: foods }] = bulk.body.items
  const unitId = await w.unit('water')
  const paid = { enterpriseId: mill, fen: 12_345, on: '2026-02-01', programme: '技改奖补', unitId, voucher: 'V1' }
  const { id } = (await call('newDisbursement', 'head', routes.newDisbursement.path, paid)).body
  await call('voidDisbursement', 'head', at('voidDisbursement', id), { reason: '录错' })
  const data = '企业名称,金额（元）,日期,资金项目,凭证号\n河畔机械公司,100.05,2026-02-01,技改奖补,V1'
  const file = { name: '拨付.csv', data }
  conforms(
    'importDisbursements',
    await upload(w, 'head', routes.importDisbursements.path, file, { unitId, dryRun: 'false' }),
  )
  await call('disbursements', 'leader', `${routes.disbursements.path}?month=2026-02&policy=none`)
  await call('disbursementTotals', 'leader', `${routes.disbursementTotals.path}?by=programme&year=2026`)
  await call('enterpriseMoney', 'leader', at('enterpriseMoney', mill))

  await call('newFinancingProduct', 'head', routes.newFinancingProduct.path, { code: 'park-loan', label: '园区贷' })
  await call('financingProducts', 'head', routes.financingProducts.path)
  const intent = {
    enterpriseId: mill,
    partner: '演示银行',
    product: 'park-loan',
    intendedFen: 5_000_000,
    on: '2026-02-01',
  }
  const expected = { from: '2026-03-01', to: '2026-03-31', words: '一季度末' }
  const loan = (await call('newFinancing', 'head', routes.newFinancing.path, { ...intent, expected })).body
  await call('moveFinancing', 'head', at('moveFinancing', loan.id), {
    to: 'approval',
    on: '2026-02-02',
    fen: 4_000_000,
  })
  await call('financings', 'leader', `${routes.financings.path}?state=approval`)
  await call('financingFigures', 'leader', `${routes.financingFigures.path}?by=product`)

  const list = { product: 'park-loan', title: '白名单', criteria: '入园满一年', validTo: '2026-12-31' }
  const white = (await call('newWhitelist', 'head', routes.newWhitelist.path, list)).body
  await call('addCandidates', 'head', at('addCandidates', white.id), { enterpriseIds: [mill, foods] })
  const verdict = { enterpriseId: foods, state: 'refused', reason: '入园不满一年' }
  await call('screenCandidate', 'head', at('screenCandidate', white.id), verdict)
  await call('whitelists', 'leader', routes.whitelists.path)

  const lab = { name: '演示检测所', services: ['testing', 'metrology'] }
  const provider = (await call('newQualityProvider', 'head', routes.newQualityProvider.path, lab)).body
  await call('qualityProviders', 'leader', routes.qualityProviders.path)
  const need = {
    enterpriseId: mill,
    services: ['testing'],
    need: '检测',
    unitId,
    on: '2026-03-01',
    dueOn: '2026-03-20',
  }
  const asked = (await call('newQualityRequest', 'head', routes.newQualityRequest.path, need)).body
  const quote = { to: 'quoted', on: '2026-03-02', providerId: provider.id, feeFen: 0 }
  await call('moveQualityRequest', 'head', at('moveQualityRequest', asked.id), quote)
  await call('qualityRequests', 'leader', `${routes.qualityRequests.path}?state=quoted`)
  await call('enterpriseFinancing', 'leader', at('enterpriseFinancing', mill))
})

noneLeftOut('finance')
