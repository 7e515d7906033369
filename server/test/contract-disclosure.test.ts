import { test } from 'node:test'
import { type RouteName, routes } from '@banjie/contract'
import { conformance } from './conform.ts'

const { w, call, noneLeftOut } = await conformance()
const at = (name: RouteName, id: string) => routes[name].path.replace(':id', id)
const TEXT = { text: '内容', source: '规范', effectiveOn: '2026-03-01', validUntil: '2026-12-31' }

test('a body is registered, its things are written, sent back, published and read by all', async () => {
  const duty = { unitId: await w.unit('water'), trade: 'water', obligedFrom: '2026-02-01' }
  const { id } = (await call('newObligedBody', 'supervisor', routes.newObligedBody.path, duty)).body
  await call('editObligedBody', 'supervisor', at('editObligedBody', id), { ...duty, obligedFrom: '2026-02-02' })
  const submit = async () =>
    (await call('submitDisclosure', 'handler', at('submitDisclosure', id), { ...TEXT, part: 'charges' })).body.id
  await call('returnText', 'head', at('returnText', await submit()), { reason: '缺依据' })
  await call('publishText', 'head', at('publishText', await submit()), { note: '已核' })
  await call('disclosure', 'leader', at('disclosure', id))
  await call('disclosures', 'leader', `${routes.disclosures.path}?state=incomplete&trade=water&q=水`)
  await call('disclosureGaps', 'leader', routes.disclosureGaps.path)
  await call('publicDisclosures', null, routes.publicDisclosures.path)
})

test('a notice is drafted, renewed, published and withdrawn', async () => {
  const unitId = await w.unit('water')
  const notice = { title: '告知书', kind: 'advice', audiences: ['enterprise'], unitId, ...TEXT }
  const { body } = await call('newPublicNotice', 'handler', routes.newPublicNotice.path, notice)
  await w.call('head', 'POST', at('publishText', body.texts[0].id), {})
  await call('submitNotice', 'handler', at('submitNotice', body.id), { ...TEXT, text: '新内容', reason: '更正' })
  await call('noticesInForce', null, `${routes.noticesInForce.path}?audience=enterprise`)
  await call('publicNotices', 'leader', routes.publicNotices.path)
  await call('withdrawNotice', 'head', at('withdrawNotice', body.id), { reason: '政策调整' })
})

test('an item for the media, from the proposal to what came back', async () => {
  const drive = { title: '集中征集', from: '2026-03-01', to: '2026-03-14', unitId: await w.unit('supervision') }
  const { id } = (await w.call('supervisor', 'POST', routes.newDrive.path, { ...drive, published: true })).body
  await call('mediaSubjects', 'clerk', routes.mediaSubjects.path)
  const proposal = await call('mediaProposal', 'clerk', `/api/v1/media-subjects/drive?ref=${id}`)
  const { title, brief, text } = proposal.body
  const { body } = await call('newMediaItem', 'clerk', routes.newMediaItem.path, {
    ...{ kind: 'drive', ref: id, title, brief, text },
  })
  await call('mediaItems', 'leader', routes.mediaItems.path)
  await call('mediaVisits', 'leader', at('mediaVisits', body.id))
})

noneLeftOut('disclosure')
