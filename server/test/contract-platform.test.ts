import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance({
  // Nobody listens there: an invitation needs only that letters could leave.
  outlets: { smtpUrl: 'smtp://127.0.0.1:9', mailFrom: 'a@b.example', smsWebhook: undefined, allowLoopback: true },
})
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

test('an enterprise that took part in a meeting raises an issue there', async () => {
  const firm = { kind: 'enterprise', name: '远山食品公司' }
  const { id } = (await w.call('supervisor', 'POST', routes.newLiaisonTarget.path, firm)).body
  const { items } = (await w.call('dispatcher', 'GET', routes.people.path)).body
  const chairId = items.find(({ name }: { name: string }) => name === '区长').id
  const facts = {
    title: '银企对接会',
    kind: 'bank',
    on: '2026-03-02',
    at: '09:00',
    place: '三楼',
    chairId,
    targetIds: [id],
  }
  const meeting = (await w.call('dispatcher', 'POST', routes.newMeeting.path, facts)).body
  const issue = { enterpriseId: id, content: '流动资金不足。' }
  await call('newMeetingIssue', 'dispatcher', at('newMeetingIssue', meeting.id), issue)
  await call('meetingIssues', 'dispatcher', at('meetingIssues', meeting.id))
})

noneLeftOut('platform')
