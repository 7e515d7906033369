import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import sharp from 'sharp'
import { conformance } from './conform.ts'
import { upload } from './upload.ts'

const { w, call, conforms, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)
const personOf = async (name: string) =>
  (await w.call('dispatcher', 'GET', '/api/v1/people')).body.items.find((one: { name: string }) => one.name === name).id

test('a meeting is held, its minutes go their way, its decision is done and checked', async () => {
  const kinds = (await call('meetingDictionaries', 'clerk', routes.meetingDictionaries.path)).body.items[0]
  const { by: _, ...next } = kinds
  await call('newMeetingDictionary', 'admin', routes.newMeetingDictionary.path, {
    ...{ ...next, version: '2026', validFrom: '2026-03-03' },
  })
  const [leader, handler, supervisor] = [await personOf('区长'), await personOf('水务经办'), await personOf('督查员')]
  const meeting = {
    ...{ title: '供水调度会', kind: 'dispatch', on: '2026-03-02', at: '09:00', place: '会议室', chairId: leader },
    ...{ attendance: [{ unitId: await w.unit('water'), presence: 'leave', reason: '出差' }], agenda: ['供水'] },
    caseNumbers: [(await w.file()).number],
  }
  const { id } = (await call('newMeeting', 'dispatcher', routes.newMeeting.path, meeting)).body
  const campaign = {
    ...{ title: '开工', tag: '开工', ownerUnitId: await w.unit('water'), ownerId: handler, from: '2026-03-01' },
    ...{ checkUnitId: await w.unit('supervision'), to: '2026-03-31', scope: { by: 'list' } },
  }
  const { id: opening } = (await w.call('supervisor', 'POST', routes.newCampaign.path, campaign)).body
  await call('editMeeting', 'dispatcher', at('editMeeting', id), { ...meeting, tags: ['开工'] })
  const decision = {
    ...{ text: '更换管线', unitId: await w.unit('water'), personId: handler, dueOn: '2026-03-05' },
    checkerId: supervisor,
  }
  const draft = { text: '会议研究了供水。', decisions: [decision] }
  await call('draftMinutes', 'dispatcher', at('draftMinutes', id), draft)
  await call('returnMinutes', 'leader', at('returnMinutes', id), { reason: '补充背景' })
  await call('draftMinutes', 'dispatcher', at('draftMinutes', id), draft)
  await call('approveMinutes', 'leader', at('approveMinutes', id))
  const { list } = (await call('issueMinutes', 'dispatcher', at('issueMinutes', id))).body
  const task = list[0].case.id
  await call('caseOrigins', 'handler', at('caseOrigins', task))
  await w.act('handler', task, 'sign')
  await w.act('handler', task, 'report', { text: '完成。' })
  await call(
    'meetings',
    'supervisor',
    `${routes.meetings.path}?waits=me&state=issued&tag=开工&campaign=${opening}&from=2026-03-01`,
  )
  await call('checkDecision', 'supervisor', at('checkDecision', list[0].id), { passed: true, note: '属实' })
  await call('meeting', 'leader', at('meeting', id))
})

test('an instruction is recorded with its picture and listed', async () => {
  const data = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const image = await upload(w, 'clerk', routes.attach.path, { name: '批示.png', data })
  const instruction = {
    ...{ leaderId: await personOf('区长'), on: '2026-03-02', imageId: image.body.id, kind: 'handle' },
    ...{ about: { kind: 'free', title: '供水' }, unitId: await w.unit('water'), dueWorkdays: 3 },
  }
  const { body } = await call('newInstruction', 'clerk', routes.newInstruction.path, instruction)
  await call('instructions', 'leader', `${routes.instructions.path}?state=open`)
  const url = at('instructionImage', body.id)
  const picture = await w.raw({ method: 'GET', url, headers: { cookie: await w.cookie('leader') } })
  conforms('instructionImage', picture)
  assert.equal(picture.headers['content-type'], 'image/jpeg')
})

noneLeftOut('meeting')
