import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world('2026-04-01T09:30:00+08:00')
})
after(() => w.close())
const { must } = storyteller(() => w)

const refusal = async (account: string, method: 'POST' | 'PUT', url: string, body: object) => {
  const reply = await w.call(account, method, url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body as Row
}
const channelOf = async (more: object) =>
  must('clerk', 'POST', '/api/v1/channels', { unitId: await w.unit('intake'), ...more })
const driveOf = async (more: object = {}) =>
  must('supervisor', 'POST', '/api/v1/drives', {
    ...{
      title: '优化环境集中征集',
      from: '2026-03-24',
      to: '2026-04-06',
      unitId: await w.unit('supervision'),
      ...more,
    },
  })
const opine = (drive: string, opinions: readonly object[]) =>
  must('clerk', 'POST', `/api/v1/drives/${drive}/opinions`, { opinions })
const view = (drive: string, account = 'supervisor') => must(account, 'GET', `/api/v1/drives/${drive}`)
const ledgerCount = async (query: string, account = 'supervisor'): Promise<number> =>
  (await must(account, 'GET', `/api/v1/ledger?limit=1&${query}`))['total'].value
const groups = (drive: Row): Row =>
  Object.fromEntries(drive['figures'].groups.map((one: Row) => [one['group'], one['count']]))

test('a channel whose test failed is broken until a test works, and is due for the next test by its cadence', async () => {
  const channel = await channelOf({ name: '作风问题举报箱', kind: 'other', purpose: '作风问题', testEveryDays: 30 })
  assert.equal(channel['nextTestOn'], '2026-05-01', 'never tested: counted from the day it began')
  const failed = await must('evaluator', 'POST', `/api/v1/channels/${channel['id']}/tests`, {
    ...{ worked: false, how: '现场投递', note: '箱体上锁无人开启', at: '2026-03-31T10:00:00+08:00' },
  })
  assert.partialDeepStrictEqual(failed, { failing: true, nextTestOn: '2026-04-30', testOverdue: false })
  const register = await must('supervisor', 'GET', '/api/v1/channels?purpose=作风问题')
  assert.partialDeepStrictEqual(register['counts'], { total: 1, open: 1, failing: 1, testOverdue: 0 })
  assert.deepEqual(register['counts'].byPurpose, [{ purpose: '作风问题', count: 1 }])
  const repaired = await must('clerk', 'POST', `/api/v1/channels/${channel['id']}/tests`, { worked: true, how: '复测' })
  assert.equal(repaired['failing'], false)
  assert.deepEqual(
    (await must('clerk', 'GET', `/api/v1/channels/${channel['id']}/tests`))['items'].map((one: Row) => one['worked']),
    [true, false],
  )
  const future = { worked: true, how: '预先填写', at: '2026-04-09T10:00:00+08:00' }
  assert.equal(
    (await refusal('clerk', 'POST', `/api/v1/channels/${channel['id']}/tests`, future))['code'],
    'channel.in_future',
  )
})

test('59 channels for style problems are counted by what they are for and by kind', async () => {
  const unitId = await w.unit('supervision')
  for (let i = 1; i <= 59; i++)
    await must('admin', 'POST', '/api/v1/channels', {
      ...{ name: `作风监督${i}`, kind: i <= 40 ? 'window' : 'hotline', purpose: '衙门作风', unitId },
    })
  const { counts } = await must('leader', 'GET', '/api/v1/channels?purpose=衙门作风')
  assert.equal(counts.total, 59)
  assert.deepEqual(
    counts.byKind.map(({ kind, count }: Row) => [kind, count]),
    [
      ['hotline', 19],
      ['window', 40],
    ],
  )
})

test('only those who keep the register change it, and two channels of a kind do not share a name', async () => {
  const body = { name: '街道微信群', kind: 'wechat', unitId: await w.unit('south') }
  assert.equal((await refusal('handler', 'POST', '/api/v1/channels', body))['code'], 'forbidden')
  await must('clerk', 'POST', '/api/v1/channels', body)
  assert.equal((await refusal('clerk', 'POST', '/api/v1/channels', body))['code'], 'channel.name_taken')
})

test('the public sees the channels that are open, and not one that is closed', async () => {
  const open = await channelOf({
    name: '政务大厅意见窗口',
    kind: 'window',
    hours: '工作日 9:00–17:00',
    place: '大厅一楼',
  })
  const names = async () => (await must(null, 'GET', '/api/v1/public/channels'))['items'].map((one: Row) => one['name'])
  assert.ok((await names()).includes('政务大厅意见窗口'))
  const page = await w.call(null, 'GET', '/open/channels')
  assert.equal(page.status, 200)
  assert.match(String(page.body), /政务大厅意见窗口/)
  const closed = await must('clerk', 'PUT', `/api/v1/channels/${open['id']}`, {
    ...{ name: '政务大厅意见窗口', kind: 'window', unitId: await w.unit('intake'), status: 'closed' },
  })
  assert.equal(closed['validTo'], '2026-04-01')
  assert.ok(!(await names()).includes('政务大厅意见窗口'))
})

test('a channel closed: what comes in now is refused, what came in while it was open may still be entered', async () => {
  const unitId = await w.unit('intake')
  const { id } = await channelOf({ name: '旧信箱', kind: 'mail', validFrom: '2026-01-01' })
  await must('clerk', 'PUT', `/api/v1/channels/${id}`, { name: '旧信箱', kind: 'mail', unitId, status: 'closed' })
  const open = (receivedAt?: string) => ({
    type: 'appeal',
    channel: 'mail',
    facts: { content: '信箱里的意见', ...(receivedAt && { receivedAt }), source: { channelId: id } },
  })
  const refused = await refusal('clerk', 'POST', '/api/v1/cases', open())
  assert.equal(refused['code'], 'channel.not_open')
  assert.match(refused['detail'], /旧信箱.*已关闭.*改选在用的渠道/)
  assert.equal(await ledgerCount(`channelRecord=${id}`), 0, 'nothing was stored')
  await must('clerk', 'POST', '/api/v1/cases', open('2026-02-01T10:00:00+08:00'))
  assert.equal(await ledgerCount(`channelRecord=${id}`), 1)
  const before = await refusal('clerk', 'POST', '/api/v1/cases', open('2025-12-01T10:00:00+08:00'))
  assert.equal(before['code'], 'channel.not_open')
})

test('a case under another kind than its channel record is refused: the two counts could not agree', async () => {
  const { id } = await channelOf({ name: '社区群', kind: 'wechat' })
  const body = { type: 'appeal', channel: 'media', facts: { content: '群里的意见', source: { channelId: id } } }
  const refused = await refusal('clerk', 'POST', '/api/v1/cases', body)
  assert.equal(refused['code'], 'channel.kind_mismatch')
  assert.match(refused['detail'], /社区群.*微信群/)
})

test('a source that is not there, or a link that is no https address, opens nothing', async () => {
  const nowhere = '01900000-0000-7000-8000-000000000000'
  const open = (source: object) =>
    refusal('clerk', 'POST', '/api/v1/cases', { type: 'appeal', facts: { content: '无源之水', source } })
  assert.equal((await open({ channelId: nowhere }))['code'], 'channel.not_found')
  assert.equal((await open({ driveId: nowhere }))['code'], 'drive.not_found')
  assert.equal((await open({ forumId: nowhere }))['code'], 'forum.not_found')
  assert.equal((await open({ sheetId: nowhere }))['code'], 'questionnaire.sheet_unknown')
  for (const link of ['http://example.com/a', 'javascript:alert(1)', 'https://user:secret@example.com/'])
    assert.equal((await open({ link }))['code'], 'source.link')
  assert.equal(await ledgerCount('q=无源之水'), 0)
})

test('the page of a case tells its channel, drive and link', async () => {
  const { id: channelId } = await channelOf({ name: '平河大小事', kind: 'media' })
  const { id: driveId } = await driveOf({ title: '媒体线索' })
  const source = { channelId, driveId, link: 'https://example.com/post/1' }
  const { case: kase } = await must('clerk', 'POST', '/api/v1/cases', {
    ...{ type: 'appeal', channel: 'media', facts: { content: '自媒体上说路灯不亮', source } },
  })
  assert.partialDeepStrictEqual(await must('clerk', 'GET', `/api/v1/cases/${kase.number}/source`), {
    ...{ channel: { id: channelId, name: '平河大小事' }, drive: { title: '媒体线索' }, sheet: null, forum: null },
    media: null,
    link: 'https://example.com/post/1',
  })
  const bare = await w.file('没有来源的诉求')
  assert.deepEqual(await must('clerk', 'GET', `/api/v1/cases/${bare.id}/source`), {
    ...{ channel: null, drive: null, sheet: null, forum: null, media: null, link: null },
  })
})

test('a drive that ends before it begins is refused', async () => {
  const body = { title: '倒置', from: '2026-04-06', to: '2026-03-24', unitId: await w.unit('supervision') }
  assert.equal((await refusal('supervisor', 'POST', '/api/v1/drives', body))['code'], 'drive.reversed')
})

test('a typed total is refused wherever one could be slipped in', async () => {
  const { id } = await driveOf({ title: '不填合计' })
  const unitId = await w.unit('supervision')
  const drive = { title: '合计', from: '2026-03-24', to: '2026-04-06', unitId, total: 2044 }
  const told = await refusal('supervisor', 'POST', '/api/v1/drives', drive)
  assert.equal(told['code'], 'drive.typed_total')
  assert.match(told['detail'], /逐件相加.*外部说法/)
  for (const [url, body] of [
    [`/api/v1/drives/${id}/opinions`, { opinions: [{ content: '意见', kind: 'portal' }], total: 1 }],
    [`/api/v1/drives/${id}/issues`, { quantity: 3, recipients: '企业', unitId, on: '2026-03-25', total: 3 }],
    [`/api/v1/drives/${id}/sheets`, { sheets: [{ number: '1' }], total: 1 }],
  ] as const)
    assert.equal((await refusal('clerk', 'POST', url, body))['code'], 'drive.typed_total', url)
  const unknown = await refusal('supervisor', 'POST', '/api/v1/drives', { ...drive, total: undefined, count: 2044 })
  assert.equal(unknown['code'], 'request.invalid')
  assert.equal((await view(id))['figures'].total, 0)
})

test('an opinion outside of the dates of the drive is refused, and with it the whole batch', async () => {
  const { id } = await driveOf({ title: '只收两周' })
  const refused = await refusal('clerk', 'POST', `/api/v1/drives/${id}/opinions`, {
    opinions: [
      { content: '按时的意见', kind: 'portal', receivedAt: '2026-03-25T10:00:00+08:00' },
      { content: '迟来的意见', kind: 'portal', receivedAt: '2026-03-23T23:59:00+08:00' },
    ],
  })
  assert.equal(refused['code'], 'drive.outside_dates')
  assert.match(refused['detail'], /2026-03-23.*2026-03-24 至 2026-04-06/)
  assert.equal((await view(id))['figures'].total, 0)
  await opine(id, [{ content: '按时的意见', kind: 'portal', receivedAt: '2026-03-24T00:00:00+08:00' }])
  const { title, unit } = await view(id)
  const shorter = { title, from: '2026-03-25', to: '2026-04-06', unitId: unit.id }
  assert.equal((await refusal('supervisor', 'PUT', `/api/v1/drives/${id}`, shorter))['code'], 'drive.would_exclude')
})

test('channels, others and total reconcile; questionnaires issued are never an addend; every figure drills to as many rows', async () => {
  const { id: record } = await channelOf({ name: '门户专栏', kind: 'portal', validFrom: '2026-01-01' })
  const { id } = await driveOf({ title: '对账', channelIds: [record] })
  await must('clerk', 'POST', `/api/v1/drives/${id}/issues`, {
    ...{ quantity: 303, recipients: '企业', unitId: await w.unit('supervision'), on: '2026-03-25' },
  })
  const returned = await must('clerk', 'POST', `/api/v1/drives/${id}/sheets`, {
    sheets: [{ number: '1' }, { number: '2' }, { number: '3', valid: false, voidReason: '空白' }],
  })
  assert.equal(returned['items'].length, 3)
  await opine(id, [
    ...['一', '二', '三'].map((word) => ({ content: `窗口意见${word}`, kind: 'leaderWindow' })),
    ...['一', '二'].map((word) => ({ content: `网上意见${word}`, channelId: record })),
    { content: '问卷意见甲', sheet: '1' },
    { content: '问卷意见乙', sheet: '1' },
    { content: '主动发现的问题', kind: 'staffFound' },
  ])
  const drive = await view(id)
  const { figures } = drive
  assert.equal(figures.total, 8)
  assert.deepEqual(groups(drive), { window: 3, online: 2, questionnaire: 2, other: 1 })
  assert.deepEqual(
    figures.channels.map(({ name, count }: Row) => [name, count]),
    [
      ['门户专栏', 2],
      ['其他', 6],
    ],
  )
  assert.deepEqual(figures.sheets, { issued: 303, returned: 3, valid: 2, void: 1, opinions: 2 })
  for (const parts of [figures.groups, figures.channels, figures.perDay])
    assert.equal(
      parts.reduce((sum: number, { count }: Row) => sum + count, 0),
      figures.total,
    )
  for (const [query, count] of [
    ['', 8],
    ['&channel=window,leaderWindow', 3],
    [`&channelRecord=${record}`, 2],
    ['&channelRecord=none', 6],
    [`&channelRecord=none,${record}`, 8],
    ['&sheet=any', 2],
    ['&answered=no', 8],
    ['&answered=yes', 0],
    ['&problem=none', 8],
    ['&problem=any', 0],
    ['&from=2026-04-01&to=2026-04-01', 8],
  ] as const)
    assert.equal(await ledgerCount(`drive=${id}${query}`), count, query)
  const void3 = await refusal('clerk', 'POST', `/api/v1/drives/${id}/opinions`, {
    opinions: [{ content: '空白卷的意见', sheet: '3' }],
  })
  assert.equal(void3['code'], 'questionnaire.sheet_void')
  const unknown = await refusal('clerk', 'POST', `/api/v1/drives/${id}/opinions`, {
    opinions: [{ content: '没收回的问卷', sheet: '99' }],
  })
  assert.equal(unknown['code'], 'questionnaire.sheet_unknown')
})

test('more returned than issued is refused', async () => {
  const { id } = await driveOf({ title: '多收' })
  await must('clerk', 'POST', `/api/v1/drives/${id}/issues`, {
    ...{ quantity: 2, recipients: '企业', unitId: await w.unit('supervision'), on: '2026-03-25' },
  })
  const sheets = (...numbers: string[]) => ({ sheets: numbers.map((number) => ({ number })) })
  await must('clerk', 'POST', `/api/v1/drives/${id}/sheets`, sheets('1', '2'))
  await must('clerk', 'POST', `/api/v1/drives/${id}/sheets`, sheets('1', ' ２ '))
  const refused = await refusal('clerk', 'POST', `/api/v1/drives/${id}/sheets`, sheets('2', '3'))
  assert.equal(refused['code'], 'questionnaire.more_than_issued')
  assert.match(refused['detail'], /发放 2 张.*收回 3 张.*多出 1 张/)
  assert.equal((await view(id))['figures'].sheets.returned, 2)
})

test('opinions merge into problems in aspects, a problem merged into another counts once, and answers are counted', async () => {
  const { id } = await driveOf({ title: '归并' })
  const { items } = await opine(
    id,
    ['供水', '供水', '供暖', '道路', '绿化'].map((word, i) => ({ content: `${word}方面的意见${i}`, kind: 'portal' })),
  )
  const problem = async (title: string, aspect?: string) =>
    (await must('supervisor', 'POST', '/api/v1/cases', { type: 'problem', facts: { title, content: title, aspect } }))[
      'case'
    ]
  const [water, pipes, heating] = [
    await problem('供水', '民生'),
    await problem('管网', '民生'),
    await problem('供暖', '服务'),
  ]
  const merges = [water, pipes, heating]
  for (const [i, target] of merges.entries()) await w.act('dispatcher', items[i].id, 'merge', { into: target.number })
  await w.act('dispatcher', pipes.id, 'merge', { into: water.number })
  await w.act('clerk', items[3].id, 'answerAtOnce', { text: '道路已列入计划。' })
  await w.act('clerk', items[4].id, 'withdraw', { reason: '本人撤回' })
  const { figures } = await view(id)
  assert.partialDeepStrictEqual(figures, { total: 5, merged: 3, unmerged: 2, answered: 1, withdrawn: 1, unanswered: 3 })
  assert.deepEqual(
    figures.problems.map(({ number, count }: Row) => [number, count]),
    [
      [water.number, 2],
      [heating.number, 1],
    ],
  )
  const listed = (await must('supervisor', 'GET', '/api/v1/drives'))['items'].find((one: Row) => one['id'] === id)
  assert.partialDeepStrictEqual(listed, { total: 5, problems: 2, answered: 1, unanswered: 3 })
  assert.deepEqual(figures.aspects, [
    { aspect: '民生', problems: 1, count: 2 },
    { aspect: '服务', problems: 1, count: 1 },
  ])
  for (const [query, count] of [
    [`problem=${water.number}`, 2],
    [`problem=${heating.id}`, 1],
    ['aspect=民生', 2],
    ['aspect=none', 0],
    ['problem=any', 3],
    ['answered=yes', 1],
    ['answered=no', 3],
    ['stage=withdrawn', 1],
  ] as const)
    assert.equal(await ledgerCount(`drive=${id}&${query}`), count, query)
})

test('what others state stands beside what we count and changes nothing', async () => {
  const { id } = await driveOf({ title: '外部说法' })
  await opine(id, [{ content: '唯一的意见', kind: 'portal' }])
  const claimed = await must('supervisor', 'POST', `/api/v1/drives/${id}/claims`, {
    ...{ line: 'total', value: 2044, source: '某报 2026 年 4 月 10 日', link: 'https://example.com/news' },
  })
  assert.partialDeepStrictEqual(claimed['claims'][0], { line: 'total', value: 2044, computed: 1, difference: 2043 })
  assert.equal(claimed['figures'].total, 1)
  const noted = await must('supervisor', 'PUT', `/api/v1/drives/${id}/notes/issued`, {
    text: '问卷 303 张是发放数，不计入合计。',
  })
  assert.equal(noted['notes'][0].line, 'issued')
  const bare = await w.call('supervisor', 'DELETE', `/api/v1/drives/${id}/claims/${claimed['claims'][0].id}`)
  assert.deepEqual(bare.body.claims, [])
  assert.deepEqual((await must('supervisor', 'PUT', `/api/v1/drives/${id}/notes/issued`, { text: '' }))['notes'], [])
})

test('a confidential opinion is counted for whoever may see it, and the page says when not all was counted', async () => {
  const { id } = await driveOf({ title: '保密' })
  await opine(id, [
    { content: '公开的意见', kind: 'portal' },
    { content: '保密的意见', kind: 'portal', confidential: true },
  ])
  assert.partialDeepStrictEqual((await view(id, 'supervisor'))['figures'], { total: 2, partial: false })
  assert.partialDeepStrictEqual((await view(id, 'auditor'))['figures'], { total: 1, partial: true })
  assert.equal(await ledgerCount(`drive=${id}`, 'auditor'), 1)
})

test('a drive has a public page once it is published, with the totals of all and no words of anybody', async () => {
  const { id, unit } = await driveOf({ title: '公开的征集' })
  await opine(id, [{ content: '某人说的原话', kind: 'portal', confidential: true }])
  assert.equal((await w.call(null, 'GET', `/open/drives/${id}`)).status, 404)
  await must('supervisor', 'PUT', `/api/v1/drives/${id}`, {
    ...{ title: '公开的征集', from: '2026-03-24', to: '2026-04-06', unitId: unit.id, published: true },
  })
  const page = await w.call(null, 'GET', `/open/drives/${id}`)
  assert.equal(page.status, 200)
  assert.match(String(page.body), /公开的征集/)
  assert.doesNotMatch(String(page.body), /原话/)
  assert.match(String((await w.call(null, 'GET', '/open/drives')).body), /公开的征集/)
  assert.equal((await w.call(null, 'GET', '/open/drives/nowhere')).status, 404)
})

test('leaders at the window and field research: opinions link to the session and are counted there', async () => {
  const { id: driveId } = await driveOf({ title: '坐窗口' })
  const session = {
    title: '区领导坐窗口',
    heldOn: '2026-03-30',
    unitIds: [await w.unit('intake'), await w.unit('leaders')],
  }
  const forum = await must('clerk', 'POST', '/api/v1/forums', {
    ...session,
    kind: 'leaderWindow',
    driveId,
    presidedBy: '区长',
  })
  assert.deepEqual(
    forum['units'].map(({ name }: Row) => name),
    ['诉求受理中心', '区政府'],
  )
  await opine(
    driveId,
    Array.from({ length: 27 }, (_, i) => ({ content: `坐窗口听到的意见 ${i}`, forumId: forum['id'] })),
  )
  const [told] = (await must('leader', 'GET', `/api/v1/forums?drive=${driveId}`))['items']
  assert.partialDeepStrictEqual(told, { cases: 27, answered: 0, kind: 'leaderWindow' })
  assert.equal(
    await ledgerCount(`forum=${forum['id']}&channel=leaderWindow`),
    27,
    'the channel is that of the occasion',
  )
  const edited = await must('clerk', 'PUT', `/api/v1/forums/${forum['id']}`, {
    ...{ ...session, unitIds: [await w.unit('leaders')], kind: 'leaderWindow', note: '每月一次' },
  })
  assert.partialDeepStrictEqual(edited, { note: '每月一次', drive: null, cases: 27 })
  assert.equal(edited['units'].length, 1)
})

test('the district file brings channels by code; loading it again adds none and leaves what the desk has set', async () => {
  const channels = [
    { id: 'ch-1', name: '平台专栏', kind: 'portal', unitId: 'intake', testEveryDays: 7, validFrom: '2026-01-01' },
  ]
  await must('admin', 'PUT', '/api/v1/district', { ...w.district, channels })
  const find = async () =>
    (await must('clerk', 'GET', '/api/v1/channels?kind=portal'))['items'].filter((one: Row) => one['code'] === 'ch-1')
  const [loaded] = await find()
  const unitId = await w.unit('intake')
  await must('clerk', 'PUT', `/api/v1/channels/${loaded['id']}`, {
    name: '平台专栏',
    kind: 'portal',
    unitId,
    status: 'paused',
  })
  await must('admin', 'PUT', '/api/v1/district', { ...w.district, channels: [{ ...channels[0], hours: '全天' }] })
  const again = await find()
  assert.equal(again.length, 1)
  assert.partialDeepStrictEqual(again[0], { id: loaded['id'], status: 'paused', hours: '全天' })
})

test('contact data of an opinion lie in party, and what was typed into the text is masked', async () => {
  const { id } = await driveOf({ title: '联系方式' })
  const { items } = await opine(id, [
    { content: '请打 13900001234 找我', kind: 'portal', party: { name: '陈某某', phone: '13900001234' } },
  ])
  const { case: kase } = await must('clerk', 'GET', `/api/v1/cases/${items[0].id}`)
  assert.doesNotMatch(JSON.stringify(kase), /13900001234|陈某某/)
})

test('2,044 opinions come in by batches of 500 and their figures are there at once', async () => {
  const { id } = await driveOf({ title: '两千零四十四条' })
  for (let from = 0; from < 2044; from += 500) {
    const opinions = Array.from({ length: Math.min(500, 2044 - from) }, (_, i) => ({
      content: `第 ${from + i} 条意见，希望尽快解决小区门前道路积水和路灯不亮的问题。`,
      kind: from + i < 27 ? 'leaderWindow' : from + i < 1679 ? 'portal' : 'staffFound',
      receivedAt: `2026-03-${String(24 + (i % 8)).padStart(2, '0')}T10:00:00+08:00`,
    }))
    await opine(id, opinions)
  }
  const start = performance.now()
  const drive = await view(id)
  const took = performance.now() - start
  assert.deepEqual(groups(drive), { window: 27, online: 1652, questionnaire: 0, other: 365 })
  assert.equal(drive['figures'].total, 2044)
  assert.ok(took < 1000, `the figures took ${took.toFixed(0)} ms`)
  const listed = performance.now()
  assert.equal(await ledgerCount(`drive=${id}&channel=portal`), 1652)
  assert.ok(performance.now() - listed < 1000)
})

/** A file of questionnaires: a title over it, a header, a line a sheet. */
async function workbook(lines: readonly (readonly (string | number)[])[], merges: readonly string[] = []) {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('问卷')
  sheet.addRow(['企业问卷汇总'])
  sheet.mergeCells('A1:F1')
  sheet.addRow(['问卷编号', '企业名称', '联系人', '联系电话', '意见一', '意见二', '行业', '收回日期', '无效原因'])
  for (const line of lines) sheet.addRow([...line])
  for (const merge of merges) sheet.mergeCells(merge)
  return Buffer.from(await book.xlsx.writeBuffer())
}
const importInto = async (drive: string, data: Buffer, dryRun: boolean) =>
  upload(w, 'clerk', `/api/v1/drives/${drive}/sheets/import`, { name: '问卷.xlsx', data }, { dryRun: String(dryRun) })
const issued = async (title: string, quantity: number) => {
  const { id } = await driveOf({ title })
  await must('clerk', 'POST', `/api/v1/drives/${id}/issues`, {
    ...{ quantity, recipients: '企业', unitId: await w.unit('supervision'), on: '2026-03-25' },
  })
  return id as string
}
const GOOD = [
  ['W-1', '小河机械厂', '赵某', '13900005555', '用电报装太慢', '希望开通通勤公交', '制造', '2026-03-30', ''],
  ['W-2', '', '', '', '厂区门前道路破损', '无', '制造', '2026-03-31', ''],
  ['W-3', '', '', '', '', '', '', '2026-03-31', '空白'],
] as const

test('returned questionnaires are read on trial, then stored: several cases a sheet, the respondent in party; again changes nothing', async () => {
  const id = await issued('导入', 10)
  const dry = await importInto(id, await workbook(GOOD), true)
  assert.partialDeepStrictEqual(dry.body, {
    ...{ dryRun: true, added: 3, void: 1, opinions: 3, unchanged: 0, issued: 10, returned: 3, faults: [] },
    ...{ opinionColumns: ['意见一', '意见二'], unusedColumns: ['行业'] },
  })
  assert.equal((await view(id))['figures'].total, 0, 'a trial stores nothing')
  assert.equal((await importInto(id, await workbook(GOOD), false)).status, 200)
  const drive = await view(id)
  assert.deepEqual(groups(drive), { window: 0, online: 0, questionnaire: 3, other: 0 })
  assert.deepEqual(drive['figures'].sheets, { issued: 10, returned: 3, valid: 2, void: 1, opinions: 3 })
  const sheets = (await must('clerk', 'GET', `/api/v1/drives/${id}/sheets`))['items']
  assert.deepEqual(
    sheets.map(({ number, opinions }: Row) => [number, opinions]),
    [
      ['W-1', 2],
      ['W-2', 1],
      ['W-3', 0],
    ],
  )
  assert.equal(await ledgerCount(`sheet=${sheets[0].id}`), 2)
  const [row] = (await must('clerk', 'GET', `/api/v1/ledger?sheet=${sheets[0].id}`))['items']
  const { case: kase } = await must('clerk', 'GET', `/api/v1/cases/${row.id}`)
  assert.equal(kase.party.kind, 'enterprise')
  assert.equal(kase.receivedAt, '2026-03-30T04:00:00.000Z')
  assert.doesNotMatch(JSON.stringify(kase), /13900005555/)
  const again = await importInto(id, await workbook(GOOD), false)
  assert.partialDeepStrictEqual(again.body, { added: 0, unchanged: 3, opinions: 0, returned: 3 })
  assert.equal((await view(id))['figures'].total, 3)
})

test('a questionnaire file with merged cells is refused, with the place', async () => {
  const id = await issued('合并', 10)
  const data = await workbook(GOOD, ['E3:E4'])
  const dry = await importInto(id, data, true)
  const [fault] = dry.body.faults
  assert.deepEqual([fault.row, fault.column, fault.code], [3, '意见一', 'questionnaire.merged_cells'])
  assert.match(fault.detail, /E3:E4 是合并单元格.*取消合并/)
  const wet = await importInto(id, data, false)
  assert.deepEqual([wet.status, wet.body.code], [422, 'questionnaire.faulty'])
  assert.match(wet.body.errors[0].detail, /^第 3 行“意见一”：/)
  assert.deepEqual((await must('clerk', 'GET', `/api/v1/drives/${id}/sheets`))['items'], [], 'nothing stored halfway')
})

test('missing numbers, sheets twice, empty sheets, broken phones, dates out of the drive: each line is named and nothing is stored', async () => {
  const id = await issued('差错', 10)
  const data = await workbook([
    ['', '', '', '', '没有编号', '', '', '', ''],
    ['W-1', '', '', '', '一', '', '', '2026-03-30', ''],
    ['w-1', '', '', '', '同一张', '', '', '2026-03-30', ''],
    ['W-2', '', '', '', '', '', '', '2026-03-30', ''],
    ['W-3', '', '', '1.39E+10', '电话坏了', '', '', '2026-03-30', ''],
    ['W-4', '', '', '', '太早', '', '', '2026-03-01', ''],
    ['W-5', '', '', '', '未来', '', '', '2026-04-02', ''],
    ['W-6', '', '', '', '日期坏了', '', '', '三月底', ''],
  ])
  const { body } = await importInto(id, data, true)
  assert.deepEqual(
    body.faults.map(({ row, code }: Row) => [row, code]),
    [
      [3, 'questionnaire.number_missing'],
      [5, 'questionnaire.duplicate'],
      [6, 'questionnaire.nothing_said'],
      [7, 'import.phone_lost_digits'],
      [8, 'drive.outside_dates'],
      [9, 'questionnaire.in_future'],
      [10, 'import.date_invalid'],
    ],
  )
  assert.equal((await importInto(id, data, false)).body.code, 'questionnaire.faulty')
  assert.equal((await view(id))['figures'].sheets.returned, 0)
})

test('a questionnaire file with more sheets than were issued is refused at the first that is too many', async () => {
  const id = await issued('超发', 2)
  const { body } = await importInto(id, await workbook(GOOD), true)
  assert.partialDeepStrictEqual(body.faults, [{ row: 5, code: 'questionnaire.more_than_issued' }])
  assert.match(body.faults[0].detail, /发放 2 张.*收回 3 张.*多出 1 张/)
})

test('a sheet that came in before with other words is refused; one whose return alone was registered is read', async () => {
  const id = await issued('更正', 10)
  await must('clerk', 'POST', `/api/v1/drives/${id}/sheets`, { sheets: [{ number: 'W-2' }] })
  const done = await importInto(id, await workbook(GOOD), false)
  assert.partialDeepStrictEqual(done.body, { added: 3, returned: 3 })
  const changed = await workbook([['W-2', '', '', '', '另一番话', '', '', '2026-03-31', '']])
  const { body } = await importInto(id, changed, true)
  assert.deepEqual([body.faults[0].row, body.faults[0].code], [3, 'questionnaire.sheet_known'])
})

test('a file that is no table, or has no header, says so', async () => {
  const id = await issued('不是表', 10)
  const url = `/api/v1/drives/${id}/sheets/import`
  assert.equal((await upload(w, 'clerk', url, { name: '问卷.docx', data: 'PK' })).body.code, 'import.kind')
  assert.equal(
    (await upload(w, 'clerk', url, { name: '问卷.xlsx', data: 'PK\u0003\u0004rubbish' })).body.code,
    'file.unreadable',
  )
  const headless = (await upload(w, 'clerk', url, { name: '问卷.csv', data: '甲,乙\n1,2\n' })).body
  assert.equal(headless.faults[0].code, 'questionnaire.no_header')
  const mute = (await upload(w, 'clerk', url, { name: '问卷.csv', data: '问卷编号,行业\n1,制造\n' })).body
  assert.equal(mute.faults[0].code, 'questionnaire.no_opinion_column')
})

test('the public rows of a drive tell of a confidential opinion that it came and was answered, not what it was merged into', async () => {
  const { id } = await driveOf({ title: '公开到行', published: true })
  const { items } = await opine(id, [
    { content: '保密的意见', kind: 'portal', confidential: true },
    { content: '普通的意见', kind: 'portal' },
  ])
  const facts = { title: '内部线索核查', content: '核查', confidential: true }
  const { case: secret } = await must('supervisor', 'POST', '/api/v1/cases', { type: 'problem', facts })
  await w.act('dispatcher', items[0].id, 'merge', { into: secret.number })
  const rows = async (query: string) => String((await w.call(null, 'GET', `/open/drives/${id}/rows?${query}`)).body)
  assert.match(await rows(''), /data-total="2"/)
  assert.match(await rows('merged=yes'), /data-total="1"/)
  for (const query of ['', 'merged=yes', 'channel=portal', 'answered=no'])
    assert.doesNotMatch(await rows(query), /内部线索核查|保密的意见|普通的意见/)
  assert.match(await rows(`problem=${secret.number}`), /data-total="0"/)
  const page = String((await w.call(null, 'GET', `/open/drives/${id}`)).body)
  assert.match(page, /保密问题/)
  assert.doesNotMatch(page, /内部线索核查/)
  assert.match(await rows('channel=nonsense&page=99'), /data-total="0"/)
  const hidden = await driveOf({ title: '不公开' })
  assert.equal((await w.call(null, 'GET', `/open/drives/${hidden['id']}/rows`)).status, 404)
})

test('who speaks up from a drive’s page is counted to it; an ended, hidden or unknown drive is dropped silently', async () => {
  const open = await driveOf({ title: '网上也征集', published: true })
  const page = String((await w.call(null, 'GET', `/open/drives/${open['id']}`)).body)
  assert.match(page, new RegExp(`class="button" href="/r\\?drive=${open['id']}"`))
  const fieldsOf = (html: string) =>
    Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, k, v]) => [k, v]),
    )
  const send = async (fields: Record<string, string>) =>
    String(
      (
        await w.raw({
          ...{ method: 'POST', url: '/r', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
          payload: new URLSearchParams(fields).toString(),
        })
      ).body,
    )
  const fileFor = async (drive: string, more: Record<string, string> = {}) => {
    const fields = fieldsOf(String((await w.call(null, 'GET', `/r?drive=${encodeURIComponent(drive)}`)).body))
    const refused = await send({ ...fields, content: '' })
    assert.equal(fieldsOf(refused)['drive'], fields['drive'], 'the refused form keeps it')
    const receipt = await send({ ...fields, content: '办事大厅排队太久，希望多开窗口。', ...more })
    const number = /\/q\/([A-Z]{2}\d+)\?/.exec(receipt)?.[1]
    assert.ok(number, receipt)
    return (await must('clerk', 'GET', `/api/v1/cases/${number}/source`))['drive']?.id ?? null
  }
  assert.equal(await fileFor(open['id']), open['id'])
  assert.equal(await fileFor(open['id'], { kind: 'proposal' }), open['id'], 'a proposal too')
  assert.equal(groups(await view(open['id']))['online'], 2)
  const ended = await driveOf({ title: '结束了的', published: true, status: 'closed' })
  const past = await driveOf({ title: '过了期的', published: true, to: '2026-03-31' })
  const hidden = await driveOf({ title: '没有公开的' })
  const unknown = '01890000-0000-7000-8000-000000000000'
  for (const drive of [ended['id'], past['id'], hidden['id'], unknown, '"><script>'])
    assert.equal(await fileFor(drive), null, drive)
})
