import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string, more: Record<string, string> = {}) =>
  Object.entries({ id, ...more }).reduce(
    (path, [key, value]) => path.replace(`:${key}`, value),
    routes[name].path as string,
  )

test('a policy is drafted, rehearsed, published, offered, confirmed, declined, paid and ended', async () => {
  const firms: string[] = []
  for (const name of ['河畔机械公司', '远山食品公司'])
    firms.push((await w.call('supervisor', 'POST', '/api/v1/enterprises', { name, titles: [] })).body.id)
  const [first = '', second = ''] = firms
  const rule = {
    all: [
      { fact: 'bound', is: false, cite: '第一条' },
      { not: { fact: 'title', title: '高新技术企业', cite: '第二条' } },
    ],
  }
  const policy = {
    ...{
      title: '稳岗补贴',
      documentNo: '河政发〔2026〕2号',
      issuer: '小河区人民政府',
      validFrom: '2026-01-01',
      benefit: '每户2万元',
    },
    ...{ mode: 'auto', unitId: await w.unit('water'), payWithin: 10, rule },
  }
  await call('policyPreview', 'handler', routes.policyPreview.path, { rule })
  const { id } = (await call('newPolicy', 'handler', routes.newPolicy.path, policy)).body
  await call('publishPolicy', 'head', at('publishPolicy', id, { version: '1' }), {})
  await call('policies', 'leader', `${routes.policies.path}?state=published`)
  await call('policy', 'leader', at('policy', id))
  await call('policyGaps', 'leader', at('policyGaps', id))
  await call('newPolicyVersion', 'handler', at('newPolicyVersion', id), { ...policy, fen: 2_000_000 })
  await call('entitlements', 'leader', `${routes.entitlements.path}?policy=${id}&on=2026-03-01`)
  await call('offerPolicy', 'handler', at('offerPolicy', id, { enterprise: first }), {})
  await call('offerPolicyToAll', 'handler', at('offerPolicyToAll', id), {})
  await call('confirmEntitlement', 'handler', at('confirmEntitlement', id, { enterprise: first }), {
    accountTail: '6688',
  })
  const pay = { on: '2026-03-02', fen: 2_000_000, voucher: '拨1' }
  await call('payEntitlement', 'handler', at('payEntitlement', id, { enterprise: first }), pay)
  await call('declineEntitlement', 'handler', at('declineEntitlement', id, { enterprise: second }), {
    reason: '不需要',
  })
  await call('enterprisePolicies', 'leader', at('enterprisePolicies', first))
  const need = { kind: 'workers', words: '缺焊工', on: '2026-03-02' }
  const { needs } = (await call('newNeed', 'handler', at('newNeed', first), need)).body
  await call('needs', 'leader', `${routes.needs.path}?state=asked`)
  await call('answerNeed', 'handler', at('answerNeed', needs[0].id), { state: 'met', reply: '已招到' })
  await call('endPolicy', 'handler', at('endPolicy', id), { on: '2026-03-31', reason: '到期' })
})

noneLeftOut('policy')
