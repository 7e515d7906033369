import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import ExcelJS from 'exceljs'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
const { must, at, get } = storyteller(() => w)
const LISTS = '/api/v1/problem-lists'
const CAUSE = { symptom: '冬季频繁爆管', rootCause: '管网使用三十年', measures: '分两期更换主管' }

const newList = (more: object = {}) =>
  must('supervisor', 'POST', LISTS, { kind: 'own', title: '突出问题清单', aspects: ['民生', '营商'], ...more })
const read = (id: unknown, query = '', account = 'supervisor') => must(account, 'GET', `${LISTS}/${id}${query}`)
const add = async (list: Row, title: string, more: object = {}) =>
  must('supervisor', 'POST', `${LISTS}/${list['id']}/items`, {
    ...{ facts: { title, content: `${title}，多户反映。` }, aspect: '民生', leadUnitId: await w.unit('water') },
    ...more,
  })
const publish = async (list: Row) =>
  must('supervisor', 'POST', `${LISTS}/${list['id']}/actions/publish`, {
    version: (await read(list['id']))['list'].version,
  })
const refused = async (code: string, account: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => {
  const reply = await w.call(account, method, url, body)
  assert.equal(reply.body.code, code, `${reply.status} ${JSON.stringify(reply.body).slice(0, 300)}`)
  assert.ok(reply.status >= 400 && reply.status < 500)
  return String(reply.body.detail)
}
const refusedAct = async (code: string, account: string, id: unknown, action: string, input: object = {}) => {
  const { version } = (await get(String(id)))['case']
  return refused(code, account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version, input })
}
/** Rectified and answered; it waits for acceptance. */
async function rectify(id: string): Promise<void> {
  if ((await get(id))['case'].stage === 'dispatched') await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '已更换主管。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
}
async function accept(id: string): Promise<void> {
  await w.act('handler', id, 'diagnose', CAUSE)
  await w.act('supervisor', id, 'strikeOff', { note: '现场查看，水压正常' })
}
const promise = (list: Row, item: Row, deadline: string, account = 'handler') =>
  must(account, 'POST', `${LISTS}/${list['id']}/commitments`, {
    ...{ caseId: item['id'], text: '期限内换完主管，不再停水。', deadline },
  })
async function given(list: Row, item: Row, deadline: string): Promise<Row> {
  const word = await promise(list, item, deadline)
  await w.act('head', word['id'], 'signCommitment')
  return w.act('supervisor', word['id'], 'publishCommitment')
}
const kinds = async (list: Row) =>
  (await must('supervisor', 'GET', `${LISTS}/${list['id']}/history`))['items'].map(({ kind }: Row) => kind)
const page = async (url: string) => (await w.call(null, 'GET', url)).body as string

describe('problem lists', () => {
  before(async () => {
    w = await world('2026-03-02T09:30:00+08:00')
  })
  after(() => w.close())

  test('the voices of an item are the appeals under it, also by way of a problem merged into it', async () => {
    const list = await newList()
    const item = await add(list, '供热管网老化')
    const { case: part } = await must('supervisor', 'POST', '/api/v1/cases', {
      ...{ type: 'problem', facts: { title: '某小区不热', content: '某小区不热' } },
    })
    const appeals = [await w.file('一号楼不热'), await w.file('二号楼不热')]
    for (const { id } of appeals) await w.act('clerk', id, 'merge', { into: part.number })
    await w.act('dispatcher', part.id, 'merge', { into: item['number'] })
    assert.equal((await read(list['id']))['items'][0].voices, 2)
  })

  test('P02 an own list: aspect, item, unit, deadline; each figure is the number of rows', async () => {
    const list = await newList()
    await refused('list.empty', 'supervisor', 'POST', `${LISTS}/${list['id']}/actions/publish`, { version: 1 })
    const item = await add(list, '老旧小区供水管网老化', { deadline: '2026-03-20', foundBy: 'people' })
    await add(list, '办证多头跑', { aspect: '营商', foundBy: 'self' })
    const free = await add(list, '无人认领的问题', { leadUnitId: undefined })
    assert.match(
      await refused('list.unowned', 'supervisor', 'POST', `${LISTS}/${list['id']}/actions/publish`, { version: 1 }),
      /1 个问题没有责任单位/,
    )
    await w.act('dispatcher', free['id'], 'dispatch', { leadUnitId: await w.unit('heating') })
    assert.equal((await w.call('handler', 'GET', `${LISTS}/${list['id']}`)).body.code, 'list.not_found')
    await publish(list)
    const view = await read(list['id'], '', 'handler2')
    assert.deepEqual([view['items'].length, view['list'].items, view['list'].accepted], [3, 3, 0])
    assert.equal(view['stats'].selfFound, 33.3)
    assert.equal(view['stats'].unknown, 1)
    assert.equal(
      view['stats'].byAspect.reduce((sum: number, row: Row) => sum + row['items'], 0),
      view['items'].length,
    )
    const { clocks } = await get(item['id'])
    const handle = clocks.find((clock: Row) => clock['kind'] === 'handle')
    assert.equal(new Date(handle.dueAt).toISOString(), '2026-03-20T15:59:59.999Z', 'the list’s day is the clock’s')
    await refusedAct('list.deadline_past', 'supervisor', item['id'], 'setDeadline', {
      deadline: '2026-03-01',
      reason: '错',
    })
    await w.act('supervisor', item['id'], 'setDeadline', { deadline: '2026-04-10', reason: '管材到货延迟' })
    assert.equal((await read(list['id']))['items'][0].deadline, '2026-04-10')
    await w.act('handler', item['id'], 'sign')
    const more = { amount: 3, reason: '等', basis: '办法第十条', notice: '稍后' }
    assert.match(await refusedAct('list.deadline_fixed', 'handler', item['id'], 'askExtension', more), /2026-04-10/)
  })

  test('H24 acceptance asks for cause, evidence and somebody else; strike-off and coming back stay in the log', async () => {
    const list = await newList()
    const item = await add(list, '农贸市场排水不畅', { foundBy: 'people' })
    await publish(list)
    await rectify(item['id'])
    await refusedAct('acceptance.no_cause', 'supervisor', item['id'], 'strikeOff', { note: '看过' })
    await w.act('handler', item['id'], 'diagnose', CAUSE)
    await refusedAct('acceptance.no_evidence', 'supervisor', item['id'], 'strikeOff')
    await refusedAct('forbidden', 'head', item['id'], 'strikeOff', { note: '自己看过' })
    await at('2026-03-04T10:00:00+08:00')
    await w.act('supervisor', item['id'], 'strikeOff', { note: '现场查看，已疏通' })
    assert.deepEqual([(await read(list['id']))['list'].accepted, (await read(list['id']))['list'].items], [1, 1])

    await at('2026-03-09T10:00:00+08:00')
    const again = { problem: item['number'], aspect: '营商' }
    await refused('list.relist_reason', 'supervisor', 'POST', `${LISTS}/${list['id']}/items`, again)
    await must('supervisor', 'POST', `${LISTS}/${list['id']}/items`, { ...again, reason: '雨后又堵' })
    assert.partialDeepStrictEqual((await read(list['id']))['items'][0], { accepted: false, aspect: '营商' })
    assert.equal((await get(item['id']))['case'].round, 2)

    const then = await read(list['id'], '?asOf=2026-03-04')
    assert.partialDeepStrictEqual(then['items'][0], { accepted: true, aspect: '民生', number: item['number'] })
    assert.equal(then['list'].accepted, 1)
    assert.equal((await read(list['id'], '?asOf=2026-03-02'))['items'][0].accepted, false)
    assert.match(
      await refused('list.as_of_future', 'supervisor', 'GET', `${LISTS}/${list['id']}?asOf=2026-12-01`),
      /2026-12-01/,
    )
    await must('supervisor', 'POST', `${LISTS}/${list['id']}/items`, {
      problem: (await add(await newList(), '占道'))['number'],
      aspect: '民生',
    }).then(
      () => assert.fail('it stands on another list'),
      (error: Error) => assert.match(error.message, /list\.elsewhere/),
    )
    const log = (await must('supervisor', 'GET', `${LISTS}/${list['id']}/history`))['items']
    assert.deepEqual(
      log.map(({ kind }: Row) => kind),
      ['relist', 'strikeOff', 'diagnose', 'publish', 'enlist', 'create'],
    )
    assert.partialDeepStrictEqual(log[0], { by: '督查员', why: '重新列入“突出问题清单”：雨后又堵' })
    assert.partialDeepStrictEqual(log[1], { by: '督查员', why: '现场查看，已疏通' })
  })

  test('an item taken off its list is no longer counted, and the log says who and why', async () => {
    const list = await newList()
    const item = await add(list, '重复的问题')
    const url = `${LISTS}/${list['id']}/items/${item['id']}/actions/delist`
    await refused('forbidden', 'handler', 'POST', url, { reason: '不想办' })
    assert.equal((await w.call('supervisor', 'POST', url, { reason: '与另一问题重复' })).status, 204)
    await refused('list.not_listed', 'supervisor', 'POST', url, { reason: '再来一次' })
    assert.equal((await read(list['id']))['items'].length, 0)
    assert.equal((await get(item['id']))['case'].closedAt, null, 'the problem goes on')
    await must('supervisor', 'POST', `${LISTS}/${list['id']}/items`, { problem: item['id'], aspect: '民生' })
    assert.deepEqual(await kinds(list), ['relist', 'delist', 'enlist', 'create'])
  })

  test('P14 a commitment: another hand signs, everybody reads it, a correction stays a correction', async () => {
    const list = await newList()
    const item = await add(list, '二次供水设施失修')
    await publish(list)
    const url = `${LISTS}/${list['id']}/commitments`
    const text = '有事请打13800138000'
    await refused('commitment.personal', 'handler', 'POST', url, { caseId: item['id'], text, deadline: '2026-04-01' })
    await refused('list.deadline_past', 'handler', 'POST', url, {
      caseId: item['id'],
      text: '尽快',
      deadline: '2026-03-01',
    })
    await refused('forbidden', 'handler2', 'POST', url, {
      caseId: item['id'],
      text: '替你承诺',
      deadline: '2026-04-01',
    })
    const own = await promise(list, item, '2026-04-01', 'head')
    await refusedAct('commitment.own', 'head', own['id'], 'signCommitment')
    await refused('commitment.again', 'handler', 'POST', url, {
      caseId: item['id'],
      text: '另一份',
      deadline: '2026-04-01',
    })
    assert.doesNotMatch(await page(`/open/lists/${list['id']}`), /换完主管/, 'a draft is nobody’s word')
    await w.act('vice', own['id'], 'signCommitment')
    await w.act('supervisor', own['id'], 'publishCommitment')
    assert.match(await page(`/open/lists/${list['id']}`), /区水务局承诺<\/b>（2026-04-01 前）：期限内换完主管/)

    await w.act('handler', own['id'], 'correctCommitment', {
      ...{ text: '四月中旬换完主管。', deadline: '2026-04-15', reason: '管材延迟到货' },
    })
    assert.doesNotMatch(await page(`/open/lists/${list['id']}`), /四月中旬/, 'unsigned, it is not public')
    await w.act('head', own['id'], 'signCorrection')
    const shown = await page(`/open/lists/${list['id']}`)
    assert.match(shown, /更正<\/b> .*管材延迟到货。原承诺：<del>期限内换完主管/)
    const coverage = await must('handler', 'GET', url)
    assert.deepEqual([coverage['having'], coverage['owing'], coverage['units'].length], [1, 1, 1])
    assert.equal(coverage['units'][0].commitments[0].versions.length, 2)
  })

  test('P15 a promise not kept breaks by itself, stays told, and the second time it is a second breach', async () => {
    const list = await newList()
    const item = await add(list, '欠付工程款', {
      facts: { title: '欠付工程款', content: '承诺退还的保证金没有退。' },
    })
    await publish(list)
    const word = await given(list, item, '2026-03-12')
    await at('2026-03-13T09:00:00+08:00')
    assert.partialDeepStrictEqual((await get(word['id']))['case'], {
      stage: 'broken',
      closedAt: null,
      brokenPromises: 1,
    })
    assert.match(await page(`/open/lists/${list['id']}`), /■ 失信<\/b> 应于 2026-03-12 兑现/)
    await w.act('handler', word['id'], 'reviseCommitment', { text: '三月底前退清。', deadline: '2026-03-31' })
    assert.match(await page(`/open/lists/${list['id']}`), /正在重新承诺/, 'a new draft hides nothing')
    await w.act('head', word['id'], 'signCommitment')
    await w.act('supervisor', word['id'], 'publishCommitment')
    await at('2026-04-02T09:00:00+08:00')
    const { items: broken } = await must('leader', 'GET', '/api/v1/broken-commitments')
    assert.partialDeepStrictEqual(
      broken.find((one: Row) => one['id'] === word['id']),
      { breaches: 2, settled: false, text: '三月底前退清。', deadline: '2026-03-31' },
    )
    await rectify(item['id'])
    await accept(item['id'])
    assert.equal((await get(word['id']))['case'].stage, 'fulfilled')
    const told = await page(`/open/lists/${list['id']}`)
    assert.match(told, /■ 失信<\/b> 应于 2026-03-31 兑现，逾期未兑现，后已补办/)
    assert.deepEqual(
      (await kinds(list)).filter((kind: string) => ['commit', 'break', 'fulfil'].includes(kind)),
      ['fulfil', 'break', 'commit', 'break', 'commit'],
    )
  })

  test('a commitment taken back says why, where everybody had read it', async () => {
    const list = await newList()
    const item = await add(list, '消防栓无水')
    await publish(list)
    const word = await given(list, item, '2026-05-20')
    await w.act('supervisor', word['id'], 'withdrawCommitment', { reason: '职责划转其他单位' })
    assert.match(await page(`/open/lists/${list['id']}`), /已撤回：职责划转其他单位/)
    const coverage = await must('leader', 'GET', `${LISTS}/${list['id']}/commitments`)
    assert.deepEqual([coverage['having'], coverage['owing']], [0, 1], 'taken back is not given')
  })

  test('P30 units with a commitment out of all that owe one: rows both ways', async () => {
    const list = await newList()
    const mine = await add(list, '水压不足')
    await add(list, '水质发黄')
    await add(list, '暖气不热', { leadUnitId: await w.unit('heating') })
    await publish(list)
    await given(list, mine, '2026-05-30')
    const coverage = await must('leader', 'GET', `${LISTS}/${list['id']}/commitments`)
    assert.deepEqual([coverage['having'], coverage['owing'], coverage['share']], [1, 2, 50])
    const names = (wanted: boolean) =>
      coverage['units'].filter((one: Row) => one['published'] > 0 === wanted).map((one: Row) => one['unit'].name)
    assert.deepEqual([names(true), names(false)], [['区水务局'], ['区供热办']])
    const url = `${LISTS}/${list['id']}/commitments`
    const whole = { unitId: await w.unit('heating'), text: '清单内问题限期办结。', deadline: '2026-05-30' }
    await refused('commitment.not_owed', 'supervisor', 'POST', url, { ...whole, unitId: await w.unit('south') })
    const word = await must('handler2', 'POST', url, whole)
    await w.act('head2', word['id'], 'signCommitment')
    await w.act('supervisor', word['id'], 'publishCommitment')
    assert.equal((await must('leader', 'GET', url))['having'], 2)
    assert.match(await page(`/open/lists/${list['id']}`), /总体承诺/)
  })

  test('P03 the crosswalk shows what answers to what, and what to nothing on both sides; it goes up as a workbook', async () => {
    const above = await newList({
      kind: 'superior',
      origin: 'superior',
      title: '市委点题清单',
      sourceDocument: '市委办〔2026〕3号',
      sourceOn: '2026-02-20',
    })
    const own = await newList()
    const [asked, unanswered] = [await add(above, '供水保障不足'), await add(above, '营商环境不优')]
    const [first, second, beyond] = [
      await add(own, '管网老化'),
      await add(own, '水压不足'),
      await add(own, '本地特有问题'),
    ]
    const url = `${LISTS}/${above['id']}/crosswalk`
    for (const item of [first, second])
      await must('supervisor', 'POST', url, { superiorId: asked['id'], ownId: item['id'], note: '细化' })
    await refused('crosswalk.already', 'supervisor', 'POST', url, { superiorId: asked['id'], ownId: first['id'] })
    await refused('crosswalk.same_list', 'supervisor', 'POST', url, {
      superiorId: asked['id'],
      ownId: unanswered['id'],
    })
    await refused('crosswalk.not_superior', 'supervisor', 'GET', `${LISTS}/${own['id']}/crosswalk?own=${above['id']}`)
    const walk = await must('supervisor', 'GET', `${url}?own=${own['id']}`)
    assert.deepEqual(walk['unmatched'], { superior: [unanswered['id']], own: [beyond['id']] })
    const book = new ExcelJS.Workbook()
    const { raw } = await w.raw({
      method: 'GET',
      url: `${LISTS}/${above['id']}/crosswalk.xlsx?own=${own['id']}`,
      headers: { cookie: await w.cookie('supervisor') },
    })
    await book.xlsx.load(raw as never)
    const sheet = book.worksheets[0]
    assert.equal(sheet?.rowCount, 2 + 4, 'two pairs, one unanswered, one beyond')
    assert.deepEqual(
      [5, 6].map((row) => [sheet?.getCell(row, 3).value, sheet?.getCell(row, 6).value]),
      [
        ['营商环境不优', '（本级无对应问题）'],
        ['（上级清单未列）', '本地特有问题'],
      ],
    )
    const undo = { superiorId: asked['id'], ownId: first['id'], reason: '对错了' }
    assert.equal((await w.call('supervisor', 'POST', `${url}/actions/unmatch`, undo)).status, 204)
    await refused('crosswalk.not_matched', 'supervisor', 'POST', `${url}/actions/unmatch`, undo)
  })

  test('P21 self-check: found becomes a problem found by oneself, none is signed, who is silent stands overdue on the ledger', async () => {
    const list = await newList({ kind: 'rectification', title: '作风整治清单' })
    const units = await Promise.all(['water', 'heating', 'south'].map((code) => w.unit(code)))
    const url = `${LISTS}/${list['id']}/self-checks`
    await refused('selfCheck.past', 'supervisor', 'POST', url, { question: '对照', unitIds: units, by: '2026-03-01' })
    await refused('forbidden', 'handler', 'POST', url, { question: '对照', unitIds: units, by: '2026-06-01' })
    const ordered = await must('supervisor', 'POST', url, {
      question: '有无推诿扯皮',
      unitIds: units,
      by: '2026-04-10',
    })
    const sheet = (name: string) => ordered['items'].find((one: Row) => one['unit'].name === name).id
    await w.act('handler', sheet('区水务局'), 'replyHave', {
      places: [{ title: '窗口中午无人', content: '午间无人值守' }],
    })
    await refusedAct('forbidden', 'handler2', sheet('区供热办'), 'replyNone', { statement: '经自查，未发现' })
    await w.act('head2', sheet('区供热办'), 'replyNone', { statement: '经自查，未发现' })
    await at('2026-04-13T09:00:00+08:00')
    const checks = await must('supervisor', 'GET', url)
    assert.deepEqual([checks['ordered'], checks['found'], checks['none'], checks['missing']], [3, 1, 1, 1])
    assert.equal(checks['items'].find((one: Row) => one['stage'] === 'sent').light, 'red')
    assert.partialDeepStrictEqual(
      checks['items'].find((one: Row) => one['stage'] === 'none'),
      { signedBy: '供热主任', statement: '经自查，未发现' },
    )
    const ledger = await must('supervisor', 'GET', '/api/v1/ledger?type=sweep&light=red')
    assert.equal(ledger['items'].length, 1)
    const [found] = checks['items'].find((one: Row) => one['stage'] === 'have').found
    assert.equal(found.listed, false)
    await must('supervisor', 'POST', `${LISTS}/${list['id']}/items`, { problem: found.id, aspect: '民生' })
    assert.partialDeepStrictEqual((await read(list['id']))['stats'], { selfFound: 100, unknown: 0 })
  })

  test('the public list as page, table and feed: drafts and confidential items are not there', async () => {
    const list = await newList({ title: '公开<清单>&' })
    const item = await add(list, '=SUM(1) 路面塌陷', { deadline: '2026-05-01' })
    await add(list, '保密的问题', { facts: { title: '保密的问题', content: '不公开', confidential: true } })
    assert.equal((await w.call(null, 'GET', `/open/lists/${list['id']}`)).status, 404)
    assert.equal((await w.call(null, 'GET', '/open/lists/not-a-list')).status, 404)
    await publish(list)
    await w.act('handler', item['id'], 'sign')
    await w.act('handler', item['id'], 'note', { text: '已围挡，联系13800138000', public: true })
    const shown = await page(`/open/lists/${list['id']}`)
    assert.match(shown, /路面塌陷/)
    assert.match(shown, /● 正常/)
    assert.doesNotMatch(shown, /保密的问题|13800138000/)
    assert.match(await page('/open/lists'), /公开&lt;清单&gt;&amp;/)
    const csv = await page(`/open/lists/${list['id']}.csv`)
    assert.equal(csv.trim().split('\n').length, 2, 'a header and one item')
    assert.match(csv, /'=SUM\(1\) 路面塌陷/, 'a title is no formula')
    const rss = await page(`/open/lists/${list['id']}.rss`)
    assert.equal(XMLValidator.validate(rss), true)
    const { channel } = new XMLParser({ isArray: (name) => name === 'item' }).parse(rss).rss
    assert.equal(channel.title, '公开<清单>& · 小河区办结')
    assert.ok(
      channel.item.every((one: Row) => !Number.isNaN(Date.parse(one['pubDate'])) && one['link'].startsWith('http')),
    )
    assert.doesNotMatch(rss, /保密的问题/)
  })

  test('bad input is refused with what to do instead', async () => {
    const list = await newList()
    const item = await add(list, '某问题')
    const items = `${LISTS}/${list['id']}/items`
    const facts = { title: '新问题', content: '内容' }
    assert.match(
      await refused('list.aspect_unknown', 'supervisor', 'POST', items, { facts, aspect: '没有' }),
      /民生、营商/,
    )
    await refused('list.problem_or_facts', 'supervisor', 'POST', items, { aspect: '民生' })
    await refused('list.not_a_problem', 'supervisor', 'POST', items, { problem: 'SQ1', aspect: '民生' })
    await refused('list.already', 'supervisor', 'POST', items, { problem: item['id'], aspect: '民生' })
    await refused('list.deadline_past', 'supervisor', 'POST', items, { facts, aspect: '民生', deadline: '2020-01-01' })
    const edit = { kind: 'own', title: '改名', aspects: ['民生'], version: 1, reason: '并为一类' }
    await refused('list.stale', 'supervisor', 'PUT', `${LISTS}/${list['id']}`, { ...edit, version: 9 })
    await must('supervisor', 'PUT', `${LISTS}/${list['id']}`, edit)
    await refused('list.aspect_used', 'supervisor', 'PUT', `${LISTS}/${list['id']}`, {
      ...edit,
      aspects: ['营商'],
      version: 2,
    })
    const register = { kind: 'brokenPromise', title: '失信违诺清单', aspects: ['账款'] }
    assert.match(await refused('list.in_register', 'supervisor', 'POST', LISTS, register), /登记册/)
    await refused('list.in_register', 'supervisor', 'PUT', `${LISTS}/${list['id']}`, {
      ...{ ...edit, version: 2, kind: 'brokenPromise' },
    })
    await refused('list.aspect_twice', 'supervisor', 'POST', LISTS, {
      kind: 'own',
      title: '清单',
      aspects: ['甲', '甲'],
    })
    await refused('list.period', 'supervisor', 'POST', LISTS, {
      kind: 'own',
      title: '清单',
      aspects: ['甲'],
      from: '2026-05-01',
      to: '2026-04-01',
    })
    await refused('forbidden', 'handler', 'POST', LISTS, { kind: 'own', title: '清单', aspects: ['甲'] })
    await must('supervisor', 'POST', `${LISTS}/${list['id']}/actions/close`, { version: 2, reason: '到期' })
    await refused('list.state', 'supervisor', 'POST', items, { facts, aspect: '民生' })
  })
})
