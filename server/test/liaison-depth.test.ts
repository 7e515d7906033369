import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import sharp from 'sharp'
import { shareOf } from '../src/liaison/index.ts'
import { webm } from './sounds.ts'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

let w: World
const people = new Map<string, string>()
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  for (const { id, name } of (await must('dispatcher', 'GET', '/api/v1/people'))['items']) people.set(name, id)
})
after(() => w.close())
const { must, at, get, tries, actions } = storyteller(() => w)

const refusal = async (account: string, url: string, body: object): Promise<Row> => {
  const reply = await w.call(account, 'POST', url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const idOf = (name: string) => {
  const id = people.get(name)
  assert.ok(id, name)
  return id
}
const register = async (name: string, kind = 'enterprise', more: object = {}): Promise<string> =>
  (await must('supervisor', 'POST', '/api/v1/liaison-targets', { kind, name, ...more }))['id']
const bind = (targetId: string, name: string, from: string, more: object = {}) =>
  must('supervisor', 'POST', '/api/v1/liaisons', { targetId, personId: idOf(name), from, reason: '领导包保', ...more })
const visit = (targetId: string, on: string, names: string[], more: object = {}) => ({
  ...{ clientId: randomUUID(), targetId, kind: 'onSite', on, officials: names.map(idOf) },
  ...more,
})
const record = (account: string, ...args: Parameters<typeof visit>) =>
  must(account, 'POST', '/api/v1/visits', visit(...args))
const target = (id: string) => must('supervisor', 'GET', `/api/v1/liaison-targets/${id}`)

/** What a visit raised, answered by the water bureau. */
async function raisedAndAnswered(targetId: string, on: string): Promise<string> {
  const { cases } = await record('head3', targetId, on, ['街道主任'], { problems: [{ content: '门前积水。' }] })
  const { id } = cases[0]
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'contact', { reached: true, channel: 'visit', note: '已到现场' })
  return id
}
async function answer(id: string): Promise<void> {
  await w.act('handler', id, 'draftAnswer', { text: '已疏通排水。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
}
/** Calls that nobody picks up, until the rule set says enough. */
async function ringInVain(id: string, from: string): Promise<void> {
  let hour = Date.parse(from)
  while ((await get(id))['case'].stage === 'answered') {
    await at(new Date(hour).toISOString())
    await w.act('caller', id, 'callBack', { reached: false })
    hour += 6 * 3_600_000
  }
}

let mill: string

test('a case born on a visit is not closed before somebody goes back to see the finish', async () => {
  mill = await register('河畔机械公司')
  await bind(mill, '街道主任', '2026-03-02')
  const id = await raisedAndAnswered(mill, '2026-03-02')
  const early = { caseIds: [id], purpose: 'verify' }
  await record('head3', mill, '2026-03-02', ['街道主任'], early)
  await answer(id)
  await ringInVain(id, '2026-03-03T09:00:00+08:00')
  const refused = await tries('caller', id, 'close')
  assert.equal(refused.body.code, 'visit.unverified')
  assert.match(refused.body.detail, /现场看收尾/)
  assert.equal((await get(id))['case'].stage, 'calledBack', 'the refusal takes the closing back')
  assert.ok(!(await actions(id)).includes('close'))
  await at('2026-03-04T09:00:00+08:00')
  const online = { caseIds: [id], kind: 'online' }
  await record('head3', mill, '2026-03-04', ['街道主任'], online)
  assert.equal((await tries('caller', id, 'close')).body.code, 'visit.unverified', 'a chat is no look')
  await record('head3', mill, '2026-03-04', ['街道主任'], { caseIds: [id], purpose: 'verify' })
  assert.equal((await w.act('caller', id, 'close')).stage, 'closed')
})

test('a call after the answer will do, be it the liaison’s or the call-back; other appeals need none', async () => {
  const phoned = await raisedAndAnswered(mill, '2026-03-04')
  await answer(phoned)
  const called = await raisedAndAnswered(mill, '2026-03-04')
  await answer(called)
  const { id: other } = await w.file('楼道灯坏了')
  await w.act('clerk', other, 'accept', { category: 'pipe' })
  await w.act('dispatcher', other, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', other, 'sign')
  await answer(other)
  await w.act('caller', called, 'callBack', { reached: true, satisfied: true, solved: true })
  assert.equal((await w.act('caller', called, 'close')).stage, 'closed')
  await ringInVain(phoned, '2026-03-05T09:00:00+08:00')
  await ringInVain(other, '2026-03-09T09:00:00+08:00')
  assert.equal((await w.act('caller', other, 'close')).stage, 'closed')
  assert.equal((await tries('caller', phoned, 'close')).body.code, 'visit.unverified')
  await record('head3', mill, '2026-03-09', ['街道主任'], { caseIds: [phoned], kind: 'phone' })
  assert.equal((await w.act('caller', phoned, 'close')).stage, 'closed')
})

test('what the enterprise says on the verifying visit stands for a call-back, and its words are quoted with consent', async () => {
  await at('2026-03-16T09:00:00+08:00')
  const id = await raisedAndAnswered(mill, '2026-03-16')
  const verdicts = [{ caseId: id, satisfied: true, solved: true }]
  const about = { caseIds: [id], purpose: 'verify', verdicts }
  const before_ = (await must('supervisor', 'GET', '/api/v1/visits'))['counts'].visits
  const soon = await refusal('head3', '/api/v1/visits', visit(mill, '2026-03-16', ['街道主任'], about))
  assert.equal(soon['code'], 'visit.not_answered')
  const collecting = visit(mill, '2026-03-16', ['街道主任'], { ...about, purpose: 'collect' })
  assert.equal((await refusal('head3', '/api/v1/visits', collecting))['code'], 'visit.verdict_unlinked')
  assert.equal((await must('supervisor', 'GET', '/api/v1/visits'))['counts'].visits, before_, 'nothing is kept halfway')
  await answer(id)
  await at('2026-03-16T16:00:00+08:00')
  const words = { quote: '三次上门，水排走了。', mayQuote: true }
  const made = await record('head3', mill, '2026-03-16', ['街道主任'], { ...about, ...words })
  assert.match((await must('clerk', 'GET', `/api/v1/visits/${made['id']}`))['quote'], /水排走了/)
  assert.partialDeepStrictEqual((await get(id))['case'], { stage: 'calledBack', satisfied: true })
  assert.equal((await actions(id)).at(-1), 'verifyFinish')
  assert.equal((await w.act('caller', id, 'close')).stage, 'closed')
})

test('how many closed problems were seen on site, and how many visits they took, is counted and drills to the cases', async () => {
  const { counts } = await must('supervisor', 'GET', `/api/v1/visits?target=${mill}`)
  // Four raised; the first was visited four times, one was only telephoned about, one never seen again, the last twice.
  assert.partialDeepStrictEqual(counts, { problems: 4, closed: 4, verifiedOnSite: 2, closingVisits: 9 })
  const span = 'from=2026-03-01&to=2026-03-31'
  const share = await must('supervisor', 'GET', `/api/v1/indicators/verifiedOnSite?${span}`)
  assert.partialDeepStrictEqual(share, { value: 50, numerator: 2, denominator: 4 })
  const { items } = await must('supervisor', 'GET', `/api/v1/indicators/verifiedOnSite/rows?${span}`)
  assert.equal(items.length, 4)
})

test('an enterprise leaves the liaison by two: it says so, and somebody else approves', async () => {
  const rule = {
    ...{ code: 'mill', title: '每周到河畔机械', debtor: { kind: 'person', personId: idOf('区长') }, targetId: mill },
    ...{ min: 1, per: 'week', counts: ['onSite'], basis: '专项方案', validFrom: '2026-03-16' },
  }
  await must('supervisor', 'POST', '/api/v1/cadence-rules', rule)
  const closing = { on: '2026-03-16', reason: '步入正常轨道' }
  const simple = await refusal('supervisor', `/api/v1/liaison-targets/${mill}/actions/close`, closing)
  assert.equal(simple['code'], 'liaison.needs_normal_track')
  const url = `/api/v1/liaison-targets/${mill}/normal-tracks`
  const track = {
    confirmedBy: '厂长',
    confirmedOn: '2026-03-16',
    words: '订单满了，电话 13900001234。',
    on: '2026-03-18',
  }
  assert.equal((await refusal('handler2', url, track))['code'], 'forbidden')
  assert.equal((await refusal('head3', url, { ...track, confirmedOn: '2026-03-17' }))['code'], 'normalTrack.in_future')
  assert.equal((await refusal('head3', url, { ...track, on: '2026-03-15' }))['code'], 'normalTrack.before_confirmed')
  const own = await must('supervisor', 'POST', url, track)
  assert.equal((await refusal('head3', url, track))['code'], 'normalTrack.waiting')
  const decide = (id: string, action: string) => `/api/v1/normal-tracks/${id}/actions/${action}`
  const alone = await refusal('supervisor', decide(own['id'], 'approve'), {})
  assert.equal(alone['code'], 'normalTrack.own')
  assert.match(alone['detail'], /不能自己批准/)
  assert.equal((await refusal('head3', decide(own['id'], 'approve'), {}))['code'], 'forbidden')
  const queue = async (account: string) =>
    (await must(account, 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === 'normalTracks')
  assert.equal(await queue('supervisor'), undefined, 'one’s own request is not in one’s queue')
  assert.partialDeepStrictEqual(await queue('leader'), { count: 1, to: '/w/normal-tracks' })
  await must('leader', 'POST', decide(own['id'], 'return'), { reason: '再走访一次' })
  assert.equal((await target(mill))['closedOn'], null)
  const asked = await must('head3', 'POST', url, track)
  assert.doesNotMatch(JSON.stringify(await must('leader', 'GET', '/api/v1/normal-tracks')), /13900001234/)
  assert.equal((await must('leader', 'POST', decide(asked['id'], 'approve'), {}))['state'], 'approved')
  assert.equal((await refusal('leader', decide(asked['id'], 'approve'), {}))['code'], 'normalTrack.decided')
  const closed = await target(mill)
  assert.equal(closed['closedOn'], '2026-03-18')
  assert.partialDeepStrictEqual(closed['liaisons'][0], { to: '2026-03-18', ended: '步入正常轨道' })
  await at('2026-04-07T09:00:00+08:00')
  const owed = (await must('supervisor', 'GET', `/api/v1/duties?target=${mill}&from=2026-03-23`))['items']
  assert.deepEqual(owed, [], 'nothing is owed after that day')
})

test('the database itself holds that one request waits and nobody decides their own', async () => {
  const { sql } = await import('kysely')
  const insert = (state: string, decider: string | null) =>
    w.app.store.tx(w.tenant, (tx) =>
      tx.run(sql`insert into normal_track (tenant_id, id, target_id, ground, confirmed_by, confirmed_on, words, may_quote, on_day, state, by_person,
          by_name, asked_at, decided_person, decided_at)
        values (${w.tenant}, ${randomUUID()}, ${mill}, 'normalTrack', '某人', '2026-03-01', '好', false, '2026-03-01', ${state}, ${idOf('区长')}, '区长', now(),
          ${decider}, ${decider === null ? null : '2026-03-02'})`),
    )
  await assert.rejects(insert('approved', idOf('区长')), /check/)
  await insert('waiting', null)
  await assert.rejects(insert('waiting', null), /normal_track_waiting/)
})

test('what an officer was on each visit follows from what the visit brought, and every figure drills to its visits', async () => {
  const id = await register('远山食品公司')
  const day = '2026-04-07'
  await record('head3', id, day, ['街道主任'])
  await record('head3', id, day, ['街道主任', '水务局长'], { policies: '稳岗返还', services: '代办许可延期' })
  await record('head3', id, day, ['街道主任'], { facts: '用工 120 人', wishes: '想扩产', purpose: 'coordinate' })
  await record('head3', id, day, ['街道主任'], { kind: 'phone', problems: [{ content: '变压器容量不够。' }] })
  const { items } = await must('supervisor', 'GET', `/api/v1/visit-roles?from=${day}&to=${day}`)
  const rowOf = (name: string) => items.find((one: Row) => one['person'].name === name)
  assert.partialDeepStrictEqual(rowOf('街道主任'), {
    ...{ visits: 4, service: 1, contact: 4, information: 2, coordination: 2 },
    ...{ policies: 1, facts: 1, problems: 1, wishes: 1 },
  })
  assert.partialDeepStrictEqual(rowOf('水务局长'), {
    visits: 1,
    service: 1,
    contact: 1,
    information: 1,
    coordination: 0,
  })
  for (const row of items)
    for (const [filter, names] of [
      ['role', ['service', 'contact', 'information', 'coordination']],
      ['block', ['policies', 'facts', 'problems', 'wishes']],
    ] as const)
      for (const name of names) {
        const url = `/api/v1/visits?from=${day}&to=${day}&person=${row.person.id}&${filter}=${name}`
        assert.equal((await must('supervisor', 'GET', url))['items'].length, row[name], `${row.person.name} ${name}`)
      }
  const own = (await must('handler', 'GET', `/api/v1/visit-roles?from=${day}&to=${day}`))['items']
  assert.deepEqual(own, [], 'others see only their own')
})

test('the four ones: who is bound to what is held against the version of the day, and gaps come first', async () => {
  const sheet = (on: string) => must('leader', 'GET', `/api/v1/four-ones?on=${on}`)
  assert.equal((await sheet('2026-04-07'))['quota'], null)
  const quota = { basis: '四个一工作机制', validFrom: '2026-04-01' }
  assert.equal((await refusal('leader', '/api/v1/four-ones-quotas', quota))['code'], 'forbidden')
  const none = { ...quota, planned: 0, negotiated: 0, served: 0, linked: 0 }
  assert.equal((await refusal('supervisor', '/api/v1/four-ones-quotas', none))['code'], 'fourOnes.nothing')
  await must('supervisor', 'POST', '/api/v1/four-ones-quotas', quota)
  assert.equal((await refusal('supervisor', '/api/v1/four-ones-quotas', quota))['code'], 'fourOnes.later')
  await must('supervisor', 'POST', '/api/v1/four-ones-quotas', { ...quota, linked: 2, validFrom: '2026-05-01' })
  const marked = await refusal('supervisor', '/api/v1/liaison-targets', {
    kind: 'enterprise',
    name: '甲',
    pipeline: 'landed',
  })
  assert.equal(marked['code'], 'liaison.not_project')
  const projects = await Promise.all(
    (['planned', 'negotiated'] as const).map((pipeline) => register(`${pipeline} 项目`, 'project', { pipeline })),
  )
  const landed = await register('石桥新材料项目', 'project')
  await must('supervisor', 'POST', `/api/v1/liaison-targets/${landed}/actions/setPipeline`, { pipeline: 'landed' })
  for (const id of [...projects, landed, await register('北桥包装公司')]) await bind(id, '区长', '2026-04-07')
  const of = async (on: string, name: string) =>
    (await sheet(on))['rows'].find((row: Row) => row['person'].name === name)
  assert.partialDeepStrictEqual(await of('2026-04-07', '区长'), { short: 0, served: { targets: [{ id: landed }] } })
  assert.partialDeepStrictEqual(await of('2026-05-01', '区长'), { short: 1, linked: { quota: 2, short: 1 } })
  assert.partialDeepStrictEqual(await of('2026-04-07', '供热主任'), { short: 4 })
  assert.equal((await of('2026-04-06', '区长')).short, 4, 'before they were bound')
  const { rows, gaps } = await sheet('2026-04-07')
  assert.equal(rows.at(-1).person.name, '区长')
  assert.equal(gaps, rows.length - 1)
})

test('whatever is linked, the short of a share is the quota less the distinct targets of its kind, never below zero', () => {
  const link = fc.record({
    id: fc.integer({ min: 0, max: 6 }),
    pipeline: fc.constantFrom('planned', 'negotiated', 'landed', null),
  })
  const quotas = fc.record({
    planned: fc.nat(3),
    negotiated: fc.nat(3),
    served: fc.nat(3),
    linked: fc.nat(3),
  })
  fc.assert(
    fc.property(fc.array(link), quotas, (links, quota) => {
      const rows = links.map(({ id, pipeline }) => ({
        ...{ personId: 'p', units: [], pipeline },
        target: { id: `${pipeline}${id}`, name: '', kind: pipeline === null ? 'enterprise' : 'project' },
      }))
      const share = shareOf(rows as never, quota)
      const distinct = (pipeline: string | null) =>
        new Set(links.filter((one) => one.pipeline === pipeline).map(({ id }) => id)).size
      const wanted = {
        planned: Math.max(0, quota.planned - distinct('planned')),
        negotiated: Math.max(0, quota.negotiated - distinct('negotiated')),
        served: Math.max(0, quota.served - distinct('landed')),
        linked: Math.max(0, quota.linked - distinct(null)),
      }
      for (const one of ['planned', 'negotiated', 'served', 'linked'] as const)
        assert.equal(share[one].short, wanted[one])
      assert.equal(
        share.short,
        Object.values(wanted).reduce((sum, n) => sum + n, 0),
      )
    }),
  )
})

test('whoever leaves hands over their liaisons with what is open, promised and due there; what cannot go over is a gap', async () => {
  const food = await register('新河食品公司')
  const paper = await register('新河纸业公司')
  await bind(food, '供水副局长', '2026-04-07')
  await bind(paper, '供水副局长', '2026-04-07')
  await bind(paper, '水务局长', '2026-04-07', { role: 'assisting' })
  await must('supervisor', 'POST', '/api/v1/cadence-rules', {
    ...{ code: 'weekly', title: '每周走访', debtor: { kind: 'liaison' }, towardKind: 'enterprise', min: 1 },
    ...{ per: 'week', counts: ['onSite'], basis: '方案', validFrom: '2026-04-06' },
  })
  await record('vice', food, '2026-04-07', ['供水副局长'], { kind: 'phone', problems: [{ content: '水压低。' }] })
  await at('2026-04-08T09:00:00+08:00')
  const leaving = { fromPersonId: idOf('供水副局长'), toPersonId: idOf('水务局长'), on: '2026-04-08', reason: '调岗' }
  const hand = (dryRun: boolean) =>
    must('head', 'POST', '/api/v1/person-handovers', { ...leaving, endPost: true, dryRun })
  const tried = await hand(true)
  const bondsOf = async (id: string) => (await target(id))['liaisons'].map((one: Row) => one['person'].name)
  assert.deepEqual(await bondsOf(food), ['供水副局长'], 'a trial changes nothing')
  const done = await hand(false)
  assert.deepEqual(done['liaisons'], tried['liaisons'], 'the trial shows what is done')
  const lineOf = (id: string) => done['liaisons'].find((one: Row) => one['target'].id === id)
  assert.partialDeepStrictEqual(lineOf(food), {
    ...{ goesOver: true, gap: null, visitsDue: [{ rule: '每周走访', short: 1, until: '2026-04-12' }] },
    problems: [{ title: '水压低' }],
  })
  assert.match(lineOf(paper).gap, /水务局长.*已包保新河纸业公司/)
  assert.deepEqual(await bondsOf(food), ['供水副局长', '水务局长'])
  assert.partialDeepStrictEqual((await target(food))['liaisons'], [
    { to: '2026-04-07', visits: 1 },
    { from: '2026-04-08', visits: 0 },
  ])
})

test('a target nobody answers for is a gap since the last one’s last day, in the list and, once it lasts, red in the queue', async () => {
  const gaps = async (days: number) =>
    (await must('supervisor', 'GET', `/api/v1/liaison-gaps?days=${days}`))['items'].map(
      (one: Row) => one['target'].name,
    )
  const queue = async (account: string) =>
    (await must(account, 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === 'liaisonGaps')
  await at('2026-04-10T09:00:00+08:00')
  const [first] = (await must('supervisor', 'GET', '/api/v1/liaison-gaps?days=0'))['items'].filter(
    (one: Row) => one['target'].name === '新河纸业公司',
  )
  assert.partialDeepStrictEqual(first, { since: '2026-04-08', days: 2, last: { name: '供水副局长' } })
  assert.ok(!(await gaps(3)).includes('新河纸业公司'))
  await at('2026-04-13T09:00:00+08:00')
  assert.ok((await gaps(3)).includes('新河纸业公司'))
  assert.equal((await queue('supervisor')).red, (await gaps(3)).length)
  assert.equal(await queue('handler'), undefined)
  const coverage = (await must('leader', 'GET', '/api/v1/liaison-coverage'))['uncovered'].map((one: Row) => one['name'])
  assert.deepEqual(new Set(await gaps(0)), new Set(coverage), 'both lists name the same targets')
})

test('a photo without its place and a voice note hang on the visit; only who was there and overseers open them', async () => {
  const photo = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
    .withExif({ IFD0: { Make: '某相机' } })
    .jpeg()
    .toBuffer()
  const attach = async (name: string, data: Buffer) =>
    (await upload(w, 'head3', '/api/v1/public/attachments', { name, data })).body.id
  const files = [await attach('现场.jpg', photo), await attach('口述.webm', webm(20))]
  const id = await register('西岭木业公司')
  const sent = visit(id, '2026-04-13', ['街道主任'], { attachmentIds: files })
  const made = await must('head3', 'POST', '/api/v1/visits', sent)
  assert.deepEqual(await must('head3', 'POST', '/api/v1/visits', sent), made, 'sent again it is the same visit')
  const again = { ...sent, attachmentIds: [await attach('现场.jpg', photo)] }
  assert.deepEqual(await must('head3', 'POST', '/api/v1/visits', again), made, 'also with a file that was sent twice')
  assert.deepEqual(made['attachments'].map((one: Row) => one['mediaType']).sort(), ['audio/webm', 'image/jpeg'])
  const url = made['attachments'].find((one: Row) => one['mediaType'] === 'image/jpeg').url
  const reply = await w.raw({ method: 'GET', url, headers: { cookie: await w.cookie('head3') } })
  assert.equal((await sharp(reply.raw).metadata()).exif, undefined)
  assert.equal((await w.call('supervisor', 'GET', url)).status, 200)
  assert.equal((await w.call('handler2', 'GET', url)).body.code, 'file.not_found')
  assert.deepEqual((await must('handler2', 'GET', `/api/v1/visits/${made['id']}`))['attachments'], [])
  const stolen = visit(id, '2026-04-13', ['街道主任'], { attachmentIds: files })
  assert.equal((await refusal('head3', '/api/v1/visits', stolen))['errors'][0].code, 'file.not_found')
})
