import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'
import { upload } from './upload.ts'

const { w, conforms, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)

test('a channel is registered, changed, tested and shown to all', async () => {
  const channel = { name: '大厅意见窗口', kind: 'window', unitId: await w.unit('intake'), testEveryDays: 7 }
  const { body } = await call('newChannel', 'clerk', routes.newChannel.path, channel)
  await call('editChannel', 'clerk', at('editChannel', body.id), { ...channel, hours: '工作日' })
  await call('testChannel', 'evaluator', at('testChannel', body.id), { worked: true, how: '现场提交' })
  await call('channelTests', 'clerk', at('channelTests', body.id))
  await call('channels', 'clerk', routes.channels.path)
  await call('publicChannels', null, routes.publicChannels.path)
})

test('a drive with opinions, questionnaires, a forum, notes and claims', async () => {
  const unitId = await w.unit('supervision')
  const drive = { title: '集中征集', from: '2026-03-01', to: '2026-03-14', unitId }
  const { id } = (await call('newDrive', 'supervisor', routes.newDrive.path, drive)).body
  await call('editDrive', 'supervisor', at('editDrive', id), { ...drive, published: true })
  await call('issueSheets', 'clerk', at('issueSheets', id), {
    ...{ quantity: 5, recipients: '企业', unitId, on: '2026-03-01' },
  })
  await call('issues', 'clerk', at('issues', id))
  await call('returnSheets', 'clerk', at('returnSheets', id), { sheets: [{ number: '1' }] })
  await call('sheets', 'clerk', `${at('sheets', id)}?valid=true`)
  const data = '问卷编号,意见\n2,门前道路积水\n'
  conforms(
    'importSheets',
    await upload(w, 'clerk', at('importSheets', id), { name: '问卷.csv', data }, { dryRun: 'false' }),
  )
  const forum = { kind: 'leaderWindow', title: '领导坐窗口', heldOn: '2026-03-02', unitIds: [unitId] }
  const { body: held } = await call('newForum', 'clerk', routes.newForum.path, { ...forum, driveId: id })
  await call('editForum', 'clerk', at('editForum', held.id), { ...forum, driveId: id, note: '每月一次' })
  const { body: opened } = await call('addOpinions', 'clerk', at('addOpinions', id), {
    opinions: [{ content: '窗口听到的意见', forumId: held.id, link: 'https://example.com/a' }],
  })
  await call('forums', 'leader', `${routes.forums.path}?drive=${id}`)
  await call('caseSource', 'clerk', at('caseSource', opened.items[0].id))
  await call('noteDrive', 'supervisor', at('noteDrive', id).replace(':line', 'issued'), { text: '发放数不计入合计' })
  const { body: claimed } = await call('claimFigure', 'supervisor', at('claimFigure', id), {
    ...{ line: 'total', value: 2044, source: '某报' },
  })
  await call('claimFigure', 'supervisor', at('claimFigure', id), { line: 'online', value: 1652, source: '某报' })
  const problem = { type: 'problem', facts: { title: '积水', content: '积水', aspect: '市政' } }
  const { body: listed } = await w.call('supervisor', 'POST', routes.openCase.path, problem)
  await w.act('dispatcher', opened.items[0].id, 'merge', { into: listed.case.number })
  await call('dropClaim', 'supervisor', at('dropClaim', id).replace(':claim', claimed.claims[0].id))
  await call('drive', 'leader', at('drive', id))
  await call('drives', 'leader', routes.drives.path)
})

noneLeftOut('channel')
