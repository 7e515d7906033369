import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)

test('a missed week is read, explained and cleared', async () => {
  const { items: people } = (await w.call('dispatcher', 'GET', routes.people.path)).body
  const personId = people.find((one: { name: string }) => one.name === '水务局长').id
  const target = { kind: 'enterprise', name: '河畔机械公司' }
  const { id: targetId } = (await w.call('supervisor', 'POST', routes.newLiaisonTarget.path, target)).body
  await w.call('supervisor', 'POST', routes.newLiaison.path, { targetId, personId, from: '2026-02-02', reason: '包保' })
  await w.call('supervisor', 'POST', routes.newCadenceRule.path, {
    ...{ code: 'week', title: '每周走访', debtor: { kind: 'liaison' }, towardKind: 'enterprise', min: 1, per: 'week' },
    ...{ counts: ['onSite'], basis: '包保工作方案', validFrom: '2026-02-02' },
  })
  const { items } = (await call('ledger', 'supervisor', `${routes.ledger.path}?form=recurring&sort=due`)).body
  const missed = items.find((one: { stage: string }) => one.stage === 'missed')
  await call('obligation', 'supervisor', at('obligation', missed.id))
  await call('explainObligation', 'head', at('explainObligation', missed.id), { text: '当周在市里开会' })
  await call('clearObligation', 'supervisor', at('clearObligation', missed.id), { note: '情况属实' })
})

noneLeftOut('obligation')
