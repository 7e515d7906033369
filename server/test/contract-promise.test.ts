import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string, version?: number) =>
  routes[name].path.replace(':id', id).replace(':version', `${version}`)

test('a promise is registered, planned, paid, corrected, kept and confirmed', async () => {
  const enterprise = (
    await w.call('supervisor', 'POST', '/api/v1/liaison-targets', { kind: 'enterprise', name: '河畔机械公司' })
  ).body.id
  const unitId = await w.unit('water')
  const fields = {
    ...{ kind: 'works', words: '支付泵站改造工程尾款', fen: 100_000, unitId, cause: 'funds', basis: '条例第九条' },
    source: { no: '河合同〔2025〕12号', on: '2025-09-01', by: '区水务局' },
    ...{ deliveredOn: '2025-12-01', measures: '列入预算', deadline: '2026-12-31' },
  }
  const { id, version } = (
    await call('newPromise', 'supervisor', routes.newPromise.path, { enterpriseId: enterprise, ...fields })
  ).body
  await call('promises', 'supervisor', `${routes.promises.path}?state=open&kind=works&cause=funds`)
  await call('promise', 'leader', at('promise', id))
  const plan = { instalments: [{ due: '2026-06-30', fen: 60_000 }], reason: '分期' }
  await call('newPromisePlan', 'handler', at('newPromisePlan', id), plan)
  await call('returnPromisePlan', 'leader', at('returnPromisePlan', id, 1), { reason: '太晚' })
  await call('newPromisePlan', 'handler', at('newPromisePlan', id), plan)
  await call('approvePromisePlan', 'leader', at('approvePromisePlan', id, 2), {})
  const pay = { on: '2026-03-02', fen: 60_000, voucher: '凭1' }
  const paid = (await call('newPromisePayment', 'handler', at('newPromisePayment', id), pay)).body
  await call('voidPromisePayment', 'head', at('voidPromisePayment', paid.payments[0].id), { reason: '记错' })
  await call('correctPromise', 'supervisor', at('correctPromise', id), {
    ...fields,
    fen: 60_000,
    version,
    reason: '核减',
  })
  await call('newPromisePayment', 'handler', at('newPromisePayment', id), { ...pay, voucher: '凭2' })
  await call('promiseSummary', 'leader', `${routes.promiseSummary.path}?by=cause`)
  await call('enterprisePromises', 'leader', at('enterprisePromises', enterprise))
  await call('keepPromise', 'handler', at('keepPromise', id), { evidence: '回单' })
  await call('confirmPromise', 'caller', at('confirmPromise', id), {
    kept: true,
    by: '财务负责人',
    on: '2026-03-02',
    words: '收到',
  })
})

test('the backlog of enterprises’ matters is counted and listed', async () => {
  await call('backlog', 'supervisor', routes.backlog.path)
  await call('backlogRows', 'supervisor', `${routes.backlogRows.path}?age=d30`)
})

noneLeftOut('promise')
