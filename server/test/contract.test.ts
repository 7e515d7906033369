import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROUTE_GROUPS, type Route, type RouteName, routes } from '@banjie/contract'
import sharp from 'sharp'
import { conformance, inDocument } from './conform.ts'
import { settled, upload } from './upload.ts'

const { w, document, conforms, call, noneLeftOut } = await conformance()

const operationOf = (route: Route) => document.paths[inDocument(route.path)]?.[route.method.toLowerCase()]

test('every route of the contract is in the document, and no other route of the API', () => {
  const promised = Object.values(routes).map(
    (route: Route) => `${route.method.toLowerCase()} ${inDocument(route.path)}`,
  )
  const documented = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  assert.deepEqual(documented.filter((one) => one.includes('/api/v1/')).sort(), promised.sort())
  for (const route of Object.values(routes)) assert.ok(operationOf(route).summary, route.path)
})

test('a citizen files with a photo, tracks and rates', async () => {
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
  const attached = conforms('attach', await upload(w, null, routes.attach.path, { name: '路面.jpg', data: photo }))
  const { body: receipt } = await call('fileAppeal', null, routes.fileAppeal.path, {
    content: '南塔小区水管漏水两天了',
    attachmentIds: [attached.body.id],
    contact: { name: '王某', phone: '13900001111' },
  })
  const path = `/api/v1/public/appeals/${receipt.number}`
  await call('track', null, `${path}?code=${receipt.pickupCode}`)
  conforms(
    'attachment',
    await w.call(
      null,
      'GET',
      `/api/v1/attachments/${attached.body.id}?number=${receipt.number}&code=${receipt.pickupCode}`,
    ),
  )
  await call('district', null, routes.district.path)

  const water = await w.unit('water')
  const { id, partyId } = await call('getCase', 'dispatcher', `/api/v1/cases/${receipt.number}`).then(({ body }) => ({
    id: body.case.id,
    partyId: body.case.party?.id,
  }))
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: water })
  const { body: before } = await call('getCase', 'handler', `/api/v1/cases/${id}`)
  await call('act', 'handler', `/api/v1/cases/${id}/actions/sign`, { version: before.case.version, input: {} })
  await w.act('handler', id, 'contact', { channel: 'phone', reached: true, note: '已电话联系' })
  await w.act('handler', id, 'draftAnswer', { text: '水管已修复，供水正常。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  await call('caseEvents', 'dispatcher', `/api/v1/cases/${id}/events`)
  await call('caseClocks', 'dispatcher', `/api/v1/cases/${id}/clocks`)
  await call('reveal', 'clerk', `/api/v1/parties/${partyId}/reveal`, { reason: '核实地址' })
  await call('rate', null, `${path}/rating?code=${receipt.pickupCode}`, { grade: 4, solved: true })
})

test('the office reads its lists, opens a case and acts on many', async () => {
  await w.file()
  for (const name of [
    'session',
    'units',
    'people',
    'categories',
    'knowledge',
    'caseTypes',
    'ledger',
    'cases',
    'queues',
    'ledgerWorkbook',
    'imports',
  ] as const)
    await call(name, 'clerk', routes[name].path)
  await call('due', 'clerk', `${routes.due.path}?from=2026-02-12&amount=15&unit=workingDay`)
  const { body } = await call('openCase', 'clerk', routes.openCase.path, {
    type: 'appeal',
    facts: { content: '暖气不热' },
    channel: 'hotline',
    party: { name: '李某', phone: '13900002222' },
  })
  await call('samePerson', 'clerk', `/api/v1/cases/${body.case.id}/same-person`)
  const { body: twin } = await call('openCase', 'clerk', routes.openCase.path, {
    type: 'appeal',
    facts: { content: '楼道有很浓的煤气味' },
    party: { name: '李某', phone: '13900002222', proxy: { name: '李小某', relation: '子女' } },
  })
  await call('samePerson', 'clerk', `/api/v1/cases/${twin.case.id}/same-person`)
  await call('linkParties', 'clerk', `/api/v1/parties/${twin.case.party.id}/links`, {
    otherId: body.case.party.id,
    same: true,
  })
  await call('actOnMany', 'clerk', routes.actOnMany.path, {
    action: 'accept',
    ids: [body.case.id],
    input: { category: 'heating' },
  })
})

test('a table comes in, is mapped anew, committed, returned and undone', async () => {
  const data = '编号,诉求内容,时间\nA1,暖气不热,2026-02-01\nA2,,2026-02-02\n'
  const { body } = conforms(
    'newImport',
    await upload(w, 'clerk', routes.newImport.path, { name: '台账.csv', data }, { dryRun: 'true' }),
  )
  await settled(w, body.id)
  const of = (name: RouteName) => routes[name].path.replace(':id', body.id)
  await call('getImport', 'clerk', of('getImport'))
  await call('remapImport', 'clerk', of('remapImport'), { mapping: { content: '诉求内容', externalId: '编号' } })
  await settled(w, body.id)
  await call('commitImport', 'clerk', of('commitImport'))
  await settled(w, body.id)
  await call('returnedImport', 'clerk', of('returnedImport'))
  await call('undoImport', 'clerk', of('undoImport'))
})

test('a hard case: the superior, what hangs on it, the public answer, the rules and the year', async () => {
  const { body } = await call('openCase', 'clerk', routes.openCase.path, {
    type: 'appeal',
    facts: { content: '市里转办：水管漏水', superior: { body: '市12345', number: 'S-1', dueOn: '2026-04-01' } },
  })
  const { id, number } = body.case
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  const assistingUnitIds = [await w.unit('heating')]
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water'), assistingUnitIds })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'askSuspension', {
    ...{ reason: 'expert', evidence: '委托检测', until: '2026-03-05', notice: '检测后继续办理' },
  })
  const { body: around } = await call('relatedCases', 'supervisor', `/api/v1/cases/${id}/related`)
  const request = around.items.find((one: { type: string }) => one.type === 'request')
  await w.act('head', request.id, 'grant')
  await call('getCase', 'dispatcher', `/api/v1/cases/${id}`)
  await call('caseClocks', 'dispatcher', `/api/v1/cases/${id}/clocks`)
  await w.act('handler', id, 'draftAnswer', { text: '水管已更换。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  await w.act('supervisor', id, 'publishAnswer')
  await call('publicAnswers', null, routes.publicAnswers.path)
  const { body: up } = await call('returnUp', 'clerk', `/api/v1/cases/${number}/return`)
  assert.equal(up.superior.number, 'S-1')
  const { number: filed, pickupCode } = await w.file()
  await call('speakUp', null, `/api/v1/public/appeals/${filed}/messages?code=${pickupCode}`, {
    text: '请尽快',
    kind: 'urge',
  })
  await call('newRuleSet', 'admin', routes.newRuleSet.path, {
    ...{ version: '2099', validFrom: '2099-01-01', source: '示例', rules: { callBackTries: 2 } },
  })
  await call('ruleSets', 'clerk', routes.ruleSets.path)
  const notice = { source: '示例', off: { '2027-01-01': '元旦' }, dryRun: true }
  await call('calendarYear', 'clerk', routes.calendarYear.path.replace(':year', '2026'))
  await call('publishYear', 'admin', routes.publishYear.path.replace(':year', '2027'), notice)
})

test('figures with what stands behind them, and a month that is frozen', async () => {
  await call('indicators', 'leader', routes.indicators.path)
  const period = '?from=2025-12-01&to=2026-03-31'
  const rate = routes.indicator.path.replace(':id', 'onTimeRate')
  await call('indicator', 'leader', `${rate}${period}&by=unit&base=yearBefore`)
  await call('indicatorRows', 'leader', `${rate}/rows${period}`)
  await call('outcomes', 'leader', `${routes.outcomes.path}${period}&by=unit`)
  await call('outcomeRows', 'leader', `${routes.outcomeRows.path}${period}`)
  const january = routes.period.path.replace(':month', '2026-01')
  await call('freezePeriod', 'supervisor', `${january}/actions/freeze`, {})
  await call('period', 'leader', january)
  await call('periods', 'leader', routes.periods.path)
})

test('accounts, machines, the clock and the district', async () => {
  conforms('signIn', await w.call(null, 'POST', routes.signIn.path, { account: 'window', password: 'small-district' }))
  await call('newToken', 'admin', routes.newToken.path, { name: '热线平台', account: 'clerk', validDays: 30 })
  await call('setClock', 'admin', routes.setClock.path, { now: '2026-03-03T09:00:00+08:00' })
  await call('setDistrict', 'admin', routes.setDistrict.path, w.district)
  await call('signOut', 'leader', routes.signOut.path)
})

test('a task force, a stand-in, a handover and a reorganisation', async () => {
  const day = '2026-03-03'
  const [heating, water, south] = [await w.unit('heating'), await w.unit('water'), await w.unit('south')]
  const personOf = async (account: string) => (await w.call(account, 'GET', routes.session.path)).body.personId
  const [handler, head] = [await personOf('handler'), await personOf('head')]
  await call('newTaskForce', 'dispatcher', routes.newTaskForce.path, {
    ...{ name: '供暖专班', subject: '供暖', leadUnitId: heating, memberUnitIds: [water], validFrom: day },
  })
  await call('taskForces', 'clerk', routes.taskForces.path)
  await call('newStandIn', 'head', routes.newStandIn.path, { personId: head, standInId: handler, from: day, to: day })
  const { id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: water })
  await w.act('handler', id, 'sign')
  await call('handOverPerson', 'head', routes.handOverPerson.path, {
    ...{ fromPersonId: handler, toPersonId: head, on: day, reason: '轮岗', dryRun: false },
  })
  await call('ownershipGaps', 'supervisor', routes.ownershipGaps.path)
  await call('reorganise', 'admin', routes.reorganise.path, {
    ...{ on: day, basis: '机构改革', dryRun: false },
    moves: [{ unitId: water, successors: [{ unitId: south, rest: true }] }],
  })
  const { body } = await call('handovers', 'head', routes.handovers.path)
  await call('signHandover', 'head', routes.signHandover.path.replace(':id', body.items[0].id))
})

noneLeftOut('house')

test('every group of routes has a test of its own', () => {
  for (const group of Object.keys(ROUTE_GROUPS))
    if (group !== 'house')
      assert.ok(existsSync(join(import.meta.dirname, `contract-${group}.test.ts`)), `contract-${group}.test.ts`)
})

test('an answer that breaks the document is found', () => {
  assert.throws(() => conforms('queues', { status: 200, body: { items: [{ id: 1 }] }, headers: {} }), /queues: /)
  assert.throws(() => conforms('queues', { status: 201, body: { items: [] }, headers: {} }), /queues/)
})

test('a fault is a problem document (RFC 9457)', async () => {
  const { status, body, headers } = await w.call('clerk', 'GET', '/api/v1/cases/SQ000')
  assert.deepEqual([status, body.status, body.code], [404, 404, 'case.not_found'])
  assert.match(String(headers['content-type']), /application\/problem\+json/)
})
