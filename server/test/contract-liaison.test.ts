import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import sharp from 'sharp'
import { conformance } from './conform.ts'
import { upload } from './upload.ts'

const { w, call, conforms, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)
const personOf = async (name: string) =>
  (await w.call('dispatcher', 'GET', '/api/v1/people')).body.items.find((one: { name: string }) => one.name === name).id
const newTarget = async (target: object) => (await w.call('supervisor', 'POST', '/api/v1/liaison-targets', target)).body

test('a visit with a photo, its roles, the four ones, the gaps and the normal track', async () => {
  const leader = await personOf('区长')
  const { id } = await newTarget({ kind: 'enterprise', name: '河畔机械公司' })
  const project = await newTarget({ kind: 'project', name: '石桥新材料项目' })
  await call('setPipeline', 'supervisor', at('setPipeline', project.id), { pipeline: 'landed' })
  const bond = { targetId: id, personId: leader, from: '2026-03-02', reason: '区级领导包保' }
  await w.call('supervisor', 'POST', '/api/v1/liaisons', bond)
  const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ffffff' } })
    .jpeg()
    .toBuffer()
  const file = (await upload(w, 'leader', routes.attach.path, { name: '现场.jpg', data: photo })).body.id
  const visit = {
    ...{ clientId: randomUUID(), targetId: id, kind: 'onSite', on: '2026-03-02', officials: [leader] },
    ...{ policies: '稳岗返还', services: '代办许可延期', attachmentIds: [file] },
  }
  const made = (await w.call('leader', 'POST', '/api/v1/visits', visit)).body
  const path = routes.visitAttachment.path.replace(':id', made.id).replace(':blob', file)
  conforms('visitAttachment', await w.call('leader', 'GET', path))
  await call('visitRoles', 'supervisor', `${routes.visitRoles.path}?from=2026-03-01&to=2026-03-02`)
  const quota = { basis: '四个一工作机制', validFrom: '2026-03-01' }
  await call('newFourOnesQuota', 'supervisor', routes.newFourOnesQuota.path, quota)
  const { body } = await call('fourOnes', 'leader', `${routes.fourOnes.path}?on=2026-03-02`)
  assert.ok(body.gaps > 0)
  await call('liaisonGaps', 'supervisor', `${routes.liaisonGaps.path}?days=0`)
  const track = { confirmedBy: '厂长', confirmedOn: '2026-03-02', words: '已经正常', mayQuote: true, on: '2026-03-02' }
  const asked = (await call('askNormalTrack', 'supervisor', at('askNormalTrack', id), track)).body
  await call('normalTracks', 'leader', `${routes.normalTracks.path}?state=waiting`)
  await call('returnNormalTrack', 'leader', at('returnNormalTrack', asked.id), { reason: '请再看一次' })
  const again = (await call('askNormalTrack', 'supervisor', at('askNormalTrack', id), track)).body
  await call('approveNormalTrack', 'leader', at('approveNormalTrack', again.id), {})
})

noneLeftOut('liaison')
