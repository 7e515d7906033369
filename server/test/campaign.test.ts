import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

/** Campaigns: who is to be reached, who is, and what came of it. */
let w: World
const people = new Map<string, string>()
let firms: string[] = []
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  for (const { id, name } of (await must('dispatcher', 'GET', '/api/v1/people'))['items']) people.set(name, id)
  const targets = Array.from({ length: 20 }, (_, i) => ({ kind: 'enterprise', name: `示例企业${i + 1}号` }))
  const { items } = await must('supervisor', 'POST', '/api/v1/liaison-targets/bulk', { targets })
  firms = items.map((one: Row) => one['id'])
})
after(() => w.close())
const { must, at } = storyteller(() => w)

const idOf = (name: string) => {
  const id = people.get(name)
  assert.ok(id, name)
  return id
}
const refusal = async (account: string, url: string, body: object, method: 'GET' | 'POST' = 'POST'): Promise<Row> => {
  const reply = await w.call(account, method, url, method === 'GET' ? undefined : body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const campaign = async (tag: string, more: object = {}) => ({
  ...{ title: `“${tag}”活动`, tag, ownerUnitId: await w.unit('water'), ownerId: idOf('水务局长') },
  ...{ checkUnitId: await w.unit('supervision'), from: '2026-03-02', to: '2026-03-31' },
  ...{ scope: { by: 'list', targetIds: firms } },
  ...more,
})
const start = async (tag: string, more: object = {}) =>
  must('supervisor', 'POST', '/api/v1/campaigns', await campaign(tag, more))
const visit = (targetId: string | undefined, more: object = {}) => ({
  ...{ clientId: randomUUID(), targetId, kind: 'onSite', on: '2026-03-02', officials: [idOf('街道主任')] },
  ...more,
})
const record = (...args: Parameters<typeof visit>) => must('head3', 'POST', '/api/v1/visits', visit(...args))
const read = (id: string, account = 'supervisor') => must(account, 'GET', `/api/v1/campaigns/${id}`)
const figures = async (id: string) => (await read(id))['figures']
const rows = (id: string, what: string) => must('supervisor', 'GET', `/api/v1/campaigns/${id}/${what}`)

/** A problem raised on a visit goes the way of every appeal. */
async function solve(id: string, outcome = 'solved') {
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water'), assistingUnitIds: [] })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'contact', { reached: true, channel: 'phone', note: '已联系' })
  await w.act('handler', id, 'draftAnswer', { text: '已更换破损水管。', outcome })
  await w.act('head', id, 'approveAnswer')
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true, solved: true, grade: 5 })
  await w.act('caller', id, 'close')
}

let big: string

test('20 enterprises, all reached; 3 problems collected, 2 solved, and the one still open a click away', async () => {
  big = (await start('万人进万企', { banner: '有求必应 无事不扰' }))['id']
  assert.partialDeepStrictEqual(await figures(big), { inScope: 20, reached: 0, visits: 0, problems: 0 })
  assert.equal((await rows(big, 'subjects?state=missing'))['total'], 20)
  const raised: string[] = []
  for (const [i, firm] of firms.entries()) {
    const problems = i < 3 ? [{ content: `第${i + 1}家企业门前道路积水，货车进不来。` }] : []
    const { cases } = await record(firm, { tags: ['万人进万企'], problems })
    raised.push(...cases.map((one: Row) => one['id']))
    if (i === 18) {
      assert.partialDeepStrictEqual(await figures(big), { inScope: 20, reached: 19 })
      const { items } = await rows(big, 'subjects?state=missing')
      assert.deepEqual([items.length, items[0].name], [1, '示例企业20号'], 'who is missing is named')
    }
  }
  for (const id of raised.slice(0, 2)) await solve(id)
  assert.deepEqual(await figures(big), {
    ...{ inScope: 20, reached: 20, excluded: 0, visits: 20, personTimes: 20, visited: 20 },
    ...{ meetings: 0, problems: 3, solved: 2, open: 1, otherwise: 0 },
  })
  const open = await rows(big, 'problems?state=open')
  assert.deepEqual(
    open['items'].map(({ id, target }: Row) => [id, target]),
    [[raised[2], '示例企业3号']],
  )
  const ledger = await must('supervisor', 'GET', `/api/v1/ledger?campaign=${big}`)
  assert.deepEqual(ledger['items'].map((one: Row) => one['id']).sort(), [...raised].sort(), 'the ledger lists the same')
})

test('closed is not solved: what was only explained is closed otherwise', async () => {
  const { id } = await start('只作解释', { scope: { by: 'list', targetIds: firms.slice(0, 1) } })
  const { cases } = await record(firms[0], { tags: ['只作解释'], problems: [{ content: '希望再减免一年租金。' }] })
  await solve(cases[0].id, 'explained')
  assert.partialDeepStrictEqual(await figures(id), { problems: 1, solved: 0, open: 0, otherwise: 1 })
})

test('one visit, two officials, three tags: one visit and two person-times in each, and once under the umbrella', async () => {
  const umbrella = await start('双城行动', { superior: '市优化营商环境建设局', scope: { by: 'children' } })
  const part = { parentId: umbrella['id'] }
  const first = await start('进企业', { ...part, scope: { by: 'list', targetIds: firms.slice(0, 3) } })
  const second = await start('解难题', { ...part, scope: { by: 'list', targetIds: firms.slice(1, 5) } })
  const tags = ['进企业', '解难题', '万人进万企', '联络员']
  const officials = [idOf('街道主任'), idOf('水务局长')]
  const before_ = await figures(big)
  await record(firms[2], { tags, officials, problems: [{ content: '水压不足，洗车线停了。' }] })
  for (const one of [first, second, umbrella])
    assert.partialDeepStrictEqual(await figures(one['id']), { visits: 1, personTimes: 2, visited: 1, problems: 1 })
  const after_ = await figures(big)
  assert.equal(after_.visits - before_.visits, 1)
  assert.equal(after_.personTimes - before_.personTimes, 2)
  assert.equal(after_.reached, 20, 'a second visit reaches nobody twice')
  assert.deepEqual(
    [await figures(first['id']), await figures(second['id']), await figures(umbrella['id'])].map(
      ({ inScope, reached }) => [inScope, reached],
    ),
    [
      [3, 1],
      [4, 1],
      [5, 1],
    ],
    'two enterprises are in both parts and counted once above them',
  )
  const whole = await read(umbrella['id'])
  assert.deepEqual(whole['children'].map((one: Row) => one['tag']).sort(), ['解难题', '进企业'].sort())
  assert.equal(whole['superior'], '市优化营商环境建设局')
  const units = whole['byUnit'].map(({ unit, visits }: Row) => [unit.name, visits])
  assert.deepEqual(
    units.sort(),
    [
      ['区水务局', 1],
      ['南塔街道办事处', 1],
    ].sort(),
  )
  const ledger = await must('supervisor', 'GET', `/api/v1/ledger?campaign=${umbrella['id']}`)
  assert.equal(ledger['items'].length, 1)
})

test('a tag of nobody’s campaign is refused, and told which ones run on that day', async () => {
  const { items } = await must('supervisor', 'GET', '/api/v1/visits')
  const told = await refusal('head3', '/api/v1/visits', visit(firms[0], { tags: ['万人进千企'] }))
  assert.equal(told['code'], 'campaign.tag_unknown')
  assert.match(told['detail'], /“万人进千企”在 2026-03-02 不是可记入的活动。当日可记入：.*万人进万企/)
  assert.equal((await must('supervisor', 'GET', '/api/v1/visits'))['items'].length, items.length, 'nothing is stored')
})

test('a visit outside the dates does not count, whether it says so or not', async () => {
  await at('2026-04-02T09:30:00+08:00')
  const later = { on: '2026-04-01', tags: ['万人进万企'] }
  assert.equal((await refusal('head3', '/api/v1/visits', visit(firms[0], later)))['code'], 'campaign.tag_unknown')
  const before_ = await figures(big)
  await record(firms[0], { on: '2026-04-01' })
  await record(firms[0], { on: '2026-03-31' })
  assert.deepEqual(await figures(big), before_, 'a visit that carries no tag counts for no campaign')
  await record(firms[0], { on: '2026-03-31', tags: ['万人进万企'] })
  assert.equal((await figures(big)).visits, before_.visits + 1, 'one of the last day, written down late, does')
  assert.equal((await read(big))['state'], 'over')
})

test('what counts is the kind and the number that the campaign asks for', async () => {
  const scope = { by: 'list', targetIds: firms.slice(0, 2) }
  const { id } = await start('两次上门', { from: '2026-04-01', to: '2026-04-30', scope, least: 2, counts: ['onSite'] })
  const go = (more: object) => record(firms[0], { on: '2026-04-01', tags: ['两次上门'], ...more })
  await go({})
  await go({ kind: 'phone' })
  assert.partialDeepStrictEqual(await figures(id), { reached: 0, visits: 1 })
  await go({ on: '2026-04-02' })
  assert.partialDeepStrictEqual(await figures(id), { reached: 1, visits: 2 })
  const [subject] = (await rows(id, 'subjects?state=reached'))['items']
  assert.partialDeepStrictEqual(subject, { contacts: 2, reachedOn: '2026-04-02', lastOn: '2026-04-02' })
})

test('a campaign of units is reached by the units that went', async () => {
  const unitIds = [await w.unit('water'), await w.unit('south')]
  const dates = { from: '2026-04-01', to: '2026-04-30' }
  const { id } = await start('人人都是软环境', { ...dates, scope: { by: 'unit', unitIds } })
  await record(firms[4], { on: '2026-04-01', tags: ['人人都是软环境'] })
  assert.partialDeepStrictEqual(await figures(id), { inScope: 2, reached: 1, visits: 1 })
  const [missing] = (await rows(id, 'subjects?state=missing'))['items']
  assert.partialDeepStrictEqual(missing, { kind: 'unit', name: '区水务局', contacts: 0 })
})

test('a scope by kind or by place follows the register', async () => {
  const dates = { from: '2026-04-01', to: '2026-04-30' }
  const kind = await start('走项目', { ...dates, scope: { by: 'kind', kinds: ['project'] } })
  const scope = { by: 'division', divisionCodes: ['210100'], kinds: ['project', 'enterprise'] }
  const place = await start('走辖区', { ...dates, scope })
  assert.equal((await figures(kind['id'])).inScope, 0)
  const project = { kind: 'project', name: '石桥新材料项目', divisionCode: '210101' }
  await must('supervisor', 'POST', '/api/v1/liaison-targets', project)
  assert.equal((await figures(kind['id'])).inScope, 1)
  assert.equal((await figures(place['id'])).inScope, 1, 'a street is part of its district')
  const url = `/api/v1/campaigns/${kind['id']}/scope`
  assert.equal((await refusal('supervisor', url, { targetIds: firms }))['code'], 'campaign.not_a_list')
})

test('nobody types a figure: a stage result takes those of the moment, and keeps them', async () => {
  const url = `/api/v1/campaigns/${big}/results`
  const typed = await refusal('supervisor', url, { text: '成果显著', figures: { solved: 41 } })
  assert.equal(typed['code'], 'request.invalid')
  const count = await refusal('supervisor', '/api/v1/campaigns', { ...(await campaign('手填')), targetCount: 1000 })
  assert.equal(count['code'], 'request.invalid')
  assert.equal((await refusal('handler', url, { text: '成果显著' }))['code'], 'forbidden')
  const now = await figures(big)
  const result = await must('head', 'POST', url, { text: '道路积水问题已纳入养护计划，请致电 13900000001。' })
  assert.deepEqual(result['figures'], now)
  assert.match(
    result['sentence'],
    /^截至 2026-04-02，应对接 20 个，全部对接；走访 22 次、23 人次；收集问题 4 条，已解决 2 条，在办 2 条。$/,
  )
  assert.doesNotMatch(result['text'], /13900000001/)
  const open = (await rows(big, 'problems?state=open'))['items']
  await solve(open[0].id)
  assert.equal((await figures(big)).solved, now.solved + 1, 'the figures go on')
  assert.deepEqual((await read(big))['results'][0].figures, now, 'what was published stays')
  const scope = { by: 'kind', kinds: ['enterprise'] }
  const coming = await start('明年再来', { from: '2027-01-01', to: '2027-02-01', scope })
  const early = await refusal('supervisor', `/api/v1/campaigns/${coming['id']}/results`, { text: '提前报喜' })
  assert.equal(early['code'], 'campaign.not_begun')
})

test('one that is taken out of the scope stays on record with the reason', async () => {
  const scope = { by: 'list', targetIds: firms.slice(0, 2) }
  const { id } = await start('留痕', { scope })
  const url = `/api/v1/campaigns/${id}/scope/actions/leave`
  assert.equal((await refusal('handler', url, { targetId: firms[0], reason: '停产' }))['code'], 'forbidden')
  const row = await must('supervisor', 'POST', url, { targetId: firms[0], reason: '企业已注销' })
  assert.partialDeepStrictEqual(row['figures'], { inScope: 1, excluded: 1 })
  const [out] = (await rows(id, 'subjects?state=excluded'))['items']
  assert.partialDeepStrictEqual(out, { id: firms[0], excluded: '企业已注销' })
  const again = await refusal('supervisor', url, { targetId: firms[0], reason: '企业已注销' })
  assert.equal(again['code'], 'campaign.not_in_scope')
  const back = await must('supervisor', 'POST', `/api/v1/campaigns/${id}/scope`, { targetIds: [firms[0]] })
  assert.partialDeepStrictEqual(back['figures'], { inScope: 2, excluded: 0 })
})

test('cases are counted by hand, once, and taken out again only where it was a mistake', async () => {
  const { id } = await start('专项整治', { kind: 'rectification' })
  const { number, id: caseId } = await w.file('水管漏水半个月没人管。')
  const url = `/api/v1/campaigns/${id}/cases`
  const unknown = await refusal('supervisor', url, { numbers: [number, 'SQ20990101000001'] })
  assert.match(unknown['detail'], /SQ20990101000001/)
  assert.equal((await figures(id)).problems, 0, 'nothing is stored halfway')
  await must('supervisor', 'POST', url, { numbers: [number] })
  assert.equal((await must('supervisor', 'POST', url, { numbers: [number] }))['total'], 1)
  await must('supervisor', 'POST', `${url}/${caseId}/actions/untag`, { reason: '误记' })
  assert.equal((await figures(id)).problems, 0)
  const [raised] = (await rows(big, 'problems'))['items']
  const kept = await refusal('supervisor', `/api/v1/campaigns/${big}/cases/${raised.id}/actions/untag`, {
    reason: '误记',
  })
  assert.equal(kept['code'], 'campaign.case_raised')
})

test('a campaign has somebody who answers for it and somebody else who checks', async () => {
  const tries = async (more: object) => refusal('supervisor', '/api/v1/campaigns', await campaign('不成立', more))
  const water = await w.unit('water')
  const codes = [
    await tries({ checkUnitId: water }),
    await tries({ to: '2026-03-01' }),
    await tries({ tag: '万人进万企' }),
    await tries({ tag: '联络员' }),
    await tries({ tag: '两个 词' }),
    await tries({ parentId: big, superior: '市里' }),
    await tries({ parentId: randomUUID() }),
    await tries({ scope: { by: 'list', targetIds: [randomUUID()] } }),
    await tries({ scope: { by: 'division', divisionCodes: ['999999'], kinds: ['project'] } }),
    await tries({ scope: { by: 'kind', kinds: [] } }),
  ].map(({ code }) => code)
  assert.deepEqual(codes, [
    ...['campaign.check_is_owner', 'campaign.reversed', 'campaign.tag_taken', 'campaign.tag_taken'],
    ...['campaign.tag_separated', 'campaign.two_parents', 'campaign.not_found', 'campaign.unknown_target'],
    ...['campaign.unknown_division', 'request.invalid'],
  ])
  assert.equal((await refusal('handler', '/api/v1/campaigns', await campaign('越权')))['code'], 'forbidden')
})

test('it cannot end before a visit that is counted, and the reason of every change is on record', async () => {
  const url = `/api/v1/campaigns/${big}/actions/amend`
  const early = await refusal('supervisor', url, { to: '2026-03-30', reason: '提前收官' })
  assert.equal(early['code'], 'campaign.visits_after')
  const longer = await must('head', 'POST', url, { to: '2026-05-31', reason: '延长到五月底' })
  assert.partialDeepStrictEqual(longer, { to: '2026-05-31', state: 'running' })
  const { sql } = await import('kysely')
  const notes = await w.app.store.tx(w.tenant, (tx) =>
    tx.run<{ note: string }>(sql`select note from audit where tenant_id = ${w.tenant} and action = 'amendCampaign'`),
  )
  assert.match(notes[0]?.note ?? '', /延长到五月底（2026-03-31 改为 2026-05-31）/)
})

test('a handler sees the visits whole and of the problems only those they may see', async () => {
  const seen = await read(big, 'handler2')
  assert.partialDeepStrictEqual(seen, { partial: true, mayKeep: false, figures: { reached: 20, problems: 0 } })
  assert.deepEqual((await must('handler2', 'GET', `/api/v1/campaigns/${big}/problems`))['items'], [])
})

test('the tags a visit may carry: those of its day, the fitting ones first', async () => {
  const { items } = await must('head3', 'GET', `/api/v1/campaign-tags?on=2026-04-02&target=${firms[4]}`)
  const fits = items.filter((one: Row) => one['suits']).map((one: Row) => one['tag'])
  assert.ok(fits.includes('万人进万企') && fits.includes('人人都是软环境') && !fits.includes('两次上门'), fits.join())
  assert.ok(!items.some((one: Row) => one['tag'] === '解难题'), 'one that is over is not offered')
})

test('the weeks of a campaign add up to its figures', async () => {
  const { weeks, figures: now } = await read(big)
  const sum = (of: string) => weeks.reduce((all: number, week: Row) => all + week[of], 0)
  assert.deepEqual(
    [sum('visits'), sum('reached'), sum('problems'), sum('solved')],
    [...[now.visits, now.reached, now.problems, now.solved]],
  )
})

test('however a visit is tagged, the umbrella counts it, its officials and its target once', async () => {
  const dates = { from: '2026-04-01', to: '2026-04-30' }
  const top = await start('总', { ...dates, scope: { by: 'children' } })
  const parts = ['甲', '乙', '丙']
  for (const tag of parts)
    await start(tag, { ...dates, parentId: top['id'], scope: { by: 'list', targetIds: firms.slice(0, 6) } })
  const shape = fc.record({
    firm: fc.integer({ min: 0, max: 7 }),
    tags: fc.array(fc.constantFrom(...parts, '总'), { maxLength: 4 }),
    officials: fc.uniqueArray(fc.constantFrom('街道主任', '水务局长', '区长'), { minLength: 1 }),
  })
  const made: { firm: number; officials: number }[] = []
  await fc.assert(
    fc.asyncProperty(shape, async ({ firm, tags, officials }) => {
      const given = visit(firms[firm], { on: '2026-04-02', tags, officials: officials.map(idOf) })
      await must('supervisor', 'POST', '/api/v1/visits', given)
      if (tags.length > 0) made.push({ firm, officials: officials.length })
      assert.partialDeepStrictEqual(await figures(top['id']), {
        visits: made.length,
        personTimes: made.reduce((sum, one) => sum + one.officials, 0),
        visited: new Set(made.map((one) => one.firm)).size,
        inScope: 6,
      })
    }),
    { numRuns: 12 },
  )
  const reached = (await rows(top['id'], 'subjects?state=reached'))['total']
  assert.equal(reached, (await figures(top['id'])).reached)
})

test('a thousand enterprises are put in scope with a few calls, and a faulty line stores none of its batch', async () => {
  const batch = (n: number) =>
    Array.from({ length: 500 }, (_, i) => ({ kind: 'enterprise', name: `批量企业${n}-${i}`, divisionCode: '210101' }))
  const bulk = '/api/v1/liaison-targets/bulk'
  const faulty = [...batch(0).slice(0, 3), { kind: 'enterprise', name: '示例企业1号', divisionCode: '000000' }]
  const told = await refusal('supervisor', bulk, { targets: faulty })
  assert.equal(told['code'], 'liaison.bulk_faulty')
  assert.deepEqual(
    told['errors'].map(({ path, code }: Row) => [path, code]),
    [
      ['targets.3.divisionCode', 'liaison.division_unknown'],
      ['targets.3.name', 'liaison.target_known'],
    ],
  )
  assert.equal((await refusal('handler', bulk, { targets: batch(0) }))['code'], 'forbidden')
  const ids: string[][] = []
  for (const n of [0, 1]) {
    const { items } = await must('supervisor', 'POST', bulk, { targets: batch(n) })
    ids.push(items.map((one: Row) => one['id']))
  }
  const dates = { from: '2026-04-01', to: '2026-04-30' }
  const { id } = await start('千企', { ...dates, scope: { by: 'list', targetIds: ids[0] } })
  const row = await must('supervisor', 'POST', `/api/v1/campaigns/${id}/scope`, { targetIds: ids[1] })
  assert.equal(row['figures'].inScope, 1000)
})

async function sheet(lines: readonly (readonly string[])[], merge?: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const page = book.addWorksheet('名单')
  for (const line of lines) page.addRow([...line])
  if (merge !== undefined) page.mergeCells(merge)
  return Buffer.from(await book.xlsx.writeBuffer())
}

test('a list comes as a table: every line, or none and each that does not fit; merged cells say nothing', async () => {
  const codes = ['91210104MA0QXY126Q', '91210104MA0QXY127Q']
  const more = codes.map((uscc, i) => ({ kind: 'enterprise', name: `有码企业${i + 1}号`, uscc }))
  await must('supervisor', 'POST', '/api/v1/liaison-targets/bulk', { targets: more })
  const { id } = await start('名单', { scope: { by: 'list' } })
  const send = async (data: Buffer | string, name = '名单.xlsx', account = 'supervisor') =>
    (await upload(w, account, `/api/v1/campaigns/${id}/scope-import`, { name, data })).body
  const head = ['序号', '企业名称', '统一社会信用代码']
  const good = [head, ['1', '示例企业1号', ''], ['2', '有码企业1号', codes[0] ?? ''], ['3', '', codes[1] ?? '']]
  const merged = await send(await sheet(good, 'B2:B3'))
  assert.equal(merged['code'], 'table.merged')
  assert.match(merged['detail'], /第 2–3 行/)
  assert.equal((await send(await sheet([['序号'], ['1']])))['code'], 'table.columns')
  assert.equal((await send(await sheet([head])))['code'], 'table.empty')
  assert.equal((await send('名称\n示例企业1号\n', '名单.csv', 'handler'))['code'], 'forbidden')
  const bad = [...good, ['4', '没有登记的企业', ''], ['5', '有码企业2号', codes[0] ?? '']]
  const faulty = await send(await sheet(bad))
  assert.deepEqual(
    faulty['errors'].map(({ path, code }: Row) => [path, code]),
    [
      ['5.名称', 'campaign.file_no_target'],
      ['6.名称', 'campaign.file_code_differs'],
    ],
  )
  assert.equal((await figures(id)).inScope, 0, 'nothing is stored halfway')
  assert.deepEqual(await send(await sheet(good)), { read: 3, added: 3, known: 0 })
  assert.deepEqual(await send(await sheet(good)), { read: 3, added: 0, known: 3 }, 'the same file changes nothing')
  assert.equal((await figures(id)).inScope, 3)
})

test('the workbook holds the figures and every row behind them', async () => {
  const { raw } = await w.raw({
    ...{ method: 'GET', url: `/api/v1/campaigns/${big}/campaign.xlsx` },
    headers: { cookie: await w.cookie('supervisor') },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(raw as unknown as ArrayBuffer)
  const now = await figures(big)
  const rowsIn = (name: string) => (book.getWorksheet(name)?.rowCount ?? 0) - 2
  assert.deepEqual(['对象', '问题', '走访'].map(rowsIn), [now.inScope, now.problems, now.visits])
})

test('of more than two thousand in scope, any can be taken out; the Excel file holds every visit that counts, or says that it cannot', async () => {
  await w.app.store.tx(w.tenant, (tx) =>
    tx.run(sql`insert into liaison_target (tenant_id, id, kind, name, by_name, created_at)
      select ${w.tenant}, gen_random_uuid(), 'project', '项目' || to_char(n, 'FM0000'), '甲', '2026-03-01' from generate_series(1, 2100) as n`),
  )
  const scope = { by: 'kind', kinds: ['project'] }
  const { id } = await start('项目大走访', { scope, to: '2026-12-31' })
  const { inScope } = await figures(id)
  const [last] = (await must('supervisor', 'GET', '/api/v1/liaison-targets?q=项目2100'))['items']
  const left = { targetId: last.id, reason: '已停建，联系 13900001111' }
  await must('supervisor', 'POST', `/api/v1/campaigns/${id}/scope/actions/leave`, left)
  assert.partialDeepStrictEqual(await figures(id), { inScope: inScope - 1, excluded: 1 })
  const [out] = (await rows(id, 'subjects?state=excluded'))['items']
  assert.equal(out.excluded, '已停建，联系 [电话]')
  const [first] = (await must('supervisor', 'GET', '/api/v1/liaison-targets?q=项目0001'))['items']
  const { on, place } = await record(first.id, {
    tags: ['项目大走访'],
    on: '2026-03-20',
    place: '厂区，电话 13900001111',
  })
  assert.equal(place, '厂区，电话 [电话]')
  await w.app.store.tx(w.tenant, async (tx) => {
    await tx.run(sql`insert into visit select r.* from visit v, generate_series(1, 301) as n,
      lateral jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'client_id', gen_random_uuid(), 'place', n::text)) as r
      where v.target_id = ${first.id} and v.on_day = ${on}`)
    await tx.run(sql`insert into visit_official (tenant_id, visit_id, person_id, position)
      select v.tenant_id, v.id, ${idOf('街道主任')}, 1 from visit v where v.target_id = ${first.id} and length(v.place) < 4`)
  })
  assert.equal((await figures(id)).visits, 302)
  const reply = await w.raw({
    ...{ method: 'GET', url: `/api/v1/campaigns/${id}/campaign.xlsx` },
    headers: { cookie: await w.cookie('supervisor') },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(reply.raw as unknown as ArrayBuffer)
  assert.equal((book.getWorksheet('走访')?.rowCount ?? 0) - 2, 302)
  assert.equal((book.getWorksheet('对象')?.rowCount ?? 0) - 2, inScope)
})

test('whoever does not see the confidential is told that the problems are only those they see', async () => {
  assert.deepEqual(
    await Promise.all(
      ['supervisor', 'auditor', 'handler2'].map(async (account) => (await read(big, account))['partial']),
    ),
    [false, true, true],
  )
})

const meeting = (on: string, tags: readonly string[], more: object = {}) => ({
  ...{ title: '调度会', kind: 'dispatch', on, at: '09:00', place: '三楼会议室', chairId: idOf('区长'), tags },
  ...more,
})
const hold = (on: string, ...tags: string[]) => must('dispatcher', 'POST', '/api/v1/meetings', meeting(on, tags))

test('a meeting is held for the campaigns of its day: counted once under the umbrella, and the figure opens its meetings', async () => {
  const dates = { from: '2026-04-01', to: '2026-04-30' }
  const top = await start('会议总', { ...dates, scope: { by: 'children' } })
  const part = { ...dates, parentId: top['id'], scope: { by: 'kind', kinds: ['project'] } }
  const [first] = [await start('会议甲', part), await start('会议乙', part)]
  const day = '2026-04-02'
  const { id } = await hold(day, '会议甲', '会议乙', '会议甲')
  await hold(day, '会议总')
  await hold(day)
  await hold('2026-04-20', '会议甲')
  assert.equal((await figures(first['id'])).meetings, 1, 'one that is still to come is not counted')
  assert.equal((await figures(top['id'])).meetings, 2, 'one for two parts is one')
  const held = await must('leader', 'GET', `/api/v1/meetings?campaign=${top['id']}&to=${day}`)
  assert.equal(held['items'].length, 2)
  assert.equal((await must('leader', 'GET', '/api/v1/meetings?tag=会议乙'))['items'][0].id, id)
  const strange = await refusal('dispatcher', '/api/v1/meetings', meeting('2026-05-20', ['会议甲']))
  assert.equal(strange['code'], 'campaign.tag_unknown')
  const duty = await refusal('dispatcher', '/api/v1/meetings', meeting(day, ['联络员']))
  assert.equal(duty['code'], 'campaign.tag_unknown', 'the four duties are for visits')
  const early = { to: '2026-04-19', reason: '提前收官' }
  const kept = await refusal('supervisor', `/api/v1/campaigns/${first['id']}/actions/amend`, early)
  assert.equal(kept['code'], 'campaign.visits_after')
  const { sentence } = await must('head', 'POST', `/api/v1/campaigns/${top['id']}/results`, { text: '开了会。' })
  assert.match(sentence, /召开会议 2 次；/)
  const edited = meeting(day, ['会议乙'])
  const reply = await w.call('dispatcher', 'PUT', `/api/v1/meetings/${id}`, edited)
  assert.equal(reply.status, 200)
  assert.equal((await figures(first['id'])).meetings, 0, 'a tag taken off counts no more')
})

test('a case tells the campaigns it belongs to, and those who keep them count it there', async () => {
  const { id } = await start('案件所属', { from: '2026-04-01', to: '2026-04-30', scope: { by: 'list' } })
  const { number, id: caseId } = await w.file('井盖松动，夜里响个不停。')
  const of = (account: string) => must(account, 'GET', `/api/v1/cases/${caseId}/campaigns`)
  const named = (rows: readonly Row[]) => rows.map((one) => one['title'])
  assert.deepEqual((await of('supervisor'))['items'], [])
  assert.ok(named((await of('supervisor'))['mayJoin']).includes('“案件所属”活动'))
  assert.ok(!named((await of('supervisor'))['mayJoin']).includes('“解难题”活动'), 'one that is over is not offered')
  assert.deepEqual((await of('dispatcher'))['mayJoin'], [], 'whoever keeps none is offered none')
  await must('supervisor', 'POST', `/api/v1/campaigns/${id}/cases`, { numbers: [number] })
  const [joined] = (await of('supervisor'))['items']
  assert.partialDeepStrictEqual(joined, { id, state: 'running', raised: false, mayLeave: true })
  assert.equal((await of('dispatcher'))['items'][0].mayLeave, false)
  await must('supervisor', 'POST', `/api/v1/campaigns/${id}/cases/${caseId}/actions/untag`, { reason: '误记' })
  assert.deepEqual((await of('supervisor'))['items'], [])
  const [raised] = (await rows(big, 'problems'))['items']
  const { items } = await must('supervisor', 'GET', `/api/v1/cases/${raised.id}/campaigns`)
  const whole = items.find((one: Row) => one['id'] === big)
  assert.partialDeepStrictEqual(whole, { raised: true, mayLeave: false }, 'what was raised on a counted visit stays')
  assert.equal((await w.call('handler2', 'GET', `/api/v1/cases/${raised.id}/campaigns`)).status, 404)
})

test('a tag forgotten on a visit is added afterwards: the visit counts, what was raised on it joins, and it is on record', async () => {
  const dates = { from: '2026-04-01', to: '2026-04-02' }
  const { id } = await start('补记', { ...dates, scope: { by: 'list', targetIds: firms.slice(6, 8) } })
  const given = { on: '2026-04-02', problems: [{ content: '厂区外路灯不亮。' }] }
  const recorded = await record(firms[6], given)
  assert.equal(recorded['mayTag'], true)
  const url = `/api/v1/visits/${recorded['id']}/actions/tag`
  await at('2026-04-07T09:30:00+08:00')
  assert.partialDeepStrictEqual(await figures(id), { visits: 0, problems: 0 })
  const others = await refusal('head', url, { tags: ['补记'] })
  assert.equal(others['code'], 'visit.not_yours_to_tag', 'whoever neither wrote it down nor keeps the register')
  const strange = await refusal('head3', url, { tags: ['解难题'] })
  assert.equal(strange['code'], 'campaign.tag_unknown', 'it did not run on the day of the visit')
  const tagged = await must('head3', 'POST', url, { tags: ['补记', '补记'] })
  assert.deepEqual(tagged['tags'], ['补记'])
  await must('supervisor', 'POST', url, { tags: ['补记'] })
  assert.partialDeepStrictEqual(await figures(id), { visits: 1, reached: 1, problems: 1 })
  const { items } = await rows(id, 'problems')
  assert.deepEqual([items.length, items[0].id], [1, recorded['cases'][0].id])
  const many = Array.from({ length: 10 }, (_, i) => `标签${i}`)
  assert.equal((await refusal('head3', url, { tags: many }))['code'], 'visit.tags_full')
  const nobody = `/api/v1/visits/${randomUUID()}/actions/tag`
  assert.equal((await refusal('supervisor', nobody, { tags: ['补记'] }))['code'], 'visit.not_found')
  const { sql } = await import('kysely')
  const notes = await w.app.store.tx(w.tenant, (tx) =>
    tx.run<{ note: string; byName: string }>(
      sql`select note, by_name from audit where tenant_id = ${w.tenant} and action = 'tagVisit'`,
    ),
  )
  assert.deepEqual(notes, [{ note: '2026-04-02 走访补记 补记', byName: '街道主任' }], 'once, where something was added')
})

test('the list, the page of each and the umbrella give the same figures', async () => {
  const { items } = await must('supervisor', 'GET', '/api/v1/campaigns')
  for (const one of items as Row[]) {
    const page = await read(one['id'])
    assert.deepEqual(page['figures'], one['figures'], one['title'])
    for (const part of page['children'])
      assert.deepEqual(part.figures, items.find(({ id }: Row) => id === part.id).figures, part.title)
  }
})
