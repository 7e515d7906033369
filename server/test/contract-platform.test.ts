import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)

test('somebody of an enterprise is invited, seen and revoked', async () => {
  const firm = { kind: 'enterprise', name: '河畔机械公司', uscc: '91210104MA0QXY126Q' }
  const { id } = (await w.call('supervisor', 'POST', routes.newLiaisonTarget.path, firm)).body
  const person = { name: '经理甲', email: 'firm@example.cn' }
  const { body } = await call('newPlatformPerson', 'supervisor', at('newPlatformPerson', id), person)
  await call('platform', 'supervisor', routes.platform.path)
  await call('enterprisePlatform', 'supervisor', at('enterprisePlatform', id))
  await call('revokePlatformPerson', 'supervisor', at('revokePlatformPerson', body.id), { reason: '离职' })
})

noneLeftOut('platform')
