import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes } from '@banjie/contract'
import ExcelJS from 'exceljs'
import { settled, upload } from './upload.ts'
import { type Reply, type World, world } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client would
type Row = Record<string, any>

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const RETURNS = routes.cityReturns.path
const order = (number: string, more: object = {}) => ({
  ...{ number, dueOn: '2026-03-20', content: '南塔街水管漏水，请联系 13900004444', class: '一般工单' },
  ...{ contact: { name: '王小明', phone: '13900004444' }, location: { address: '南塔街' } },
  ...more,
})
const send = (body: object, account = 'clerk'): Promise<Reply> =>
  w.call(account, 'POST', routes.takeCityOrder.path, body)
async function take(number: string, more: object = {}): Promise<Row> {
  const { status, body } = await send(order(number, more))
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const read = async (query = ''): Promise<Row> => (await w.call('clerk', 'GET', `${RETURNS}${query}`)).body
const waiting = async (): Promise<string[]> => (await read())['items'].map((item: Row) => item['cityNumber'])
const acknowledge = (body: object, account = 'clerk'): Promise<Reply> =>
  w.call(account, 'POST', routes.acknowledgeReturns.path, body)

async function answer(number: string, text = '已更换破损水管。'): Promise<void> {
  await w.act('clerk', number, 'accept', { category: 'pipe' })
  await w.act('dispatcher', number, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', number, 'sign')
  await w.act('handler', number, 'contact', { reached: true, channel: 'phone', note: '已联系' })
  await w.act('handler', number, 'draftAnswer', { text, outcome: 'solved' })
  await w.act('head', number, 'approveAnswer')
}
/** A returned workbook as rows under its headers. */
async function sheetOf(query = ''): Promise<Record<string, string>[]> {
  const { status, raw } = await w.raw({
    method: 'GET',
    url: `${routes.cityReturnsWorkbook.path}${query}`,
    headers: { cookie: await w.cookie('clerk') },
  })
  assert.equal(status, 200)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength) as ArrayBuffer)
  const [sheet] = book.worksheets
  assert.ok(sheet)
  const rows: string[][] = []
  sheet.eachRow((row) => void rows.push((row.values as unknown[]).slice(1).map((cell) => String(cell ?? ''))))
  const [head = [], ...body] = rows
  return body.map((cells) => Object.fromEntries(head.map((word, i) => [word, cells[i] ?? ''])))
}

test('an order of the city is one case under its number, however often it is sent; changed words become a supplement', async () => {
  const first = await take('HX-0001')
  assert.equal(first['result'], 'opened')
  const again = await take('HX-0001')
  assert.deepEqual([again['result'], again['id']], ['unchanged', first['id']])
  const otherPhone = await take('HX-0001', {
    contact: { name: '王小明', phone: '13900005555' },
    content: order('').content,
  })
  assert.equal(otherPhone['result'], 'unchanged', 'a telephone number is no other order')
  const changed = await take('HX-0001', { content: '南塔街水管漏水加重，路面结冰', dueOn: '2026-03-18' })
  assert.deepEqual([changed['result'], changed['id']], ['supplemented', first['id']])
  assert.equal(
    (await take('HX-0001', { content: '南塔街水管漏水加重，路面结冰', dueOn: '2026-03-18' }))['result'],
    'unchanged',
  )

  const { body } = await w.call('clerk', 'GET', `/api/v1/cases/${first['id']}/events`)
  assert.deepEqual(
    body.items.map((event: Row) => event['action']),
    ['open', 'supplement'],
  )
  assert.match(body.items[1].input.text, /路面结冰[\s\S]*2026-03-18/)
  assert.doesNotMatch(JSON.stringify(body), /1390000|王小明/)
  const { body: kase } = await w.call('clerk', 'GET', `/api/v1/cases/${first['id']}`)
  assert.deepEqual(
    [kase.case.superior, kase.case.channel, kase.case.superiorNumber],
    [{ body: '市12345', number: 'HX-0001', dueOn: '2026-03-20', class: '一般工单' }, 'hotline', 'HX-0001'],
  )
})

test('two systems that send the same order at the same moment get the same case', async () => {
  const replies = await Promise.all(Array.from({ length: 6 }, () => send(order('HX-0002'))))
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
  assert.equal(new Set(replies.map(({ body }) => body.id)).size, 1)
  assert.equal(replies.filter(({ body }) => body.result === 'opened').length, 1)
})

test('the number of the city finds the case, whatever its form', async () => {
  const { number } = await take('沈热线〔2026〕第 0003 号')
  for (const path of [routes.cases.path, routes.ledger.path]) {
    const { body } = await w.call('clerk', 'GET', `${path}?q=${encodeURIComponent('沈热线〔2026〕第 0003 号')}`)
    assert.deepEqual(
      body.items.map((item: Row) => [item['number'], item['superiorNumber']]),
      [[number, '沈热线〔2026〕第 0003 号']],
    )
    assert.deepEqual(body.total, { value: 1, exact: true })
  }
})

test('orders that come by file carry the same numbers: by interface they are known', async () => {
  const data =
    '上级编号,上级单位,要求办结时间,诉求内容,电话\nHX-F1,市12345,2026-03-25 17:00,暖气不热,13900006666\nHX-F2,市12345,,停水两天,\nHX-0001,市12345,2026-03-20,早已接收,\n'
  const { body } = await upload(w, 'clerk', routes.newImport.path, { name: '市工单.csv', data }, { dryRun: 'true' })
  const tried = await settled(w, body.id)
  assert.deepEqual([tried.added, tried.unchanged, tried.rejected], [1, 1, 1])
  assert.match(tried.errors[0].detail, /“HX-F2”没有可识别的上级要求日期/)
  await w.call('clerk', 'POST', routes.commitImport.path.replace(':id', body.id))
  await settled(w, body.id)
  const found = (await w.call('clerk', 'GET', `${routes.cases.path}?q=HX-F1`)).body.items
  const known = await take('HX-F1', { content: '暖气不热', dueOn: '2026-03-25', class: undefined, location: undefined })
  assert.deepEqual([known['result'], known['id']], ['unchanged', found[0].id])
})

test('a result goes back in the columns of the city, its number first, and waits until it has arrived', async () => {
  const { number } = await take('HX-0010')
  assert.deepEqual(await waiting(), [])
  await answer(number)
  assert.deepEqual(await waiting(), ['HX-0010'])
  const { items } = await read()
  const [back] = items
  assert.deepEqual(
    [back.cityNumber, back.number, back.outcomeLabel, back.result, back.unit, back.again],
    ['HX-0010', number, '已解决', '已更换破损水管。', '区水务局', false],
  )
  assert.match(back.process, /^2026-03-02 09:30 登记.*交办.*审签/)
  assert.ok(back.acceptedAt && back.dispatchedAt && back.answeredAt)

  const [row] = await sheetOf()
  assert.ok(row)
  assert.equal(Object.keys(row)[0], '工单编号')
  assert.deepEqual(
    [row['工单编号'], row['办理结果'], row['承办单位'], row['答复时间'], row['回传类型']],
    ['HX-0010', '已更换破损水管。', '区水务局', '2026-03-02 09:30', '首次'],
  )
  assert.deepEqual(await waiting(), ['HX-0010'], 'a file that was fetched has not arrived yet')

  const done = await acknowledge({
    items: [
      { cityNumber: 'HX-0010', revision: back.revision },
      { cityNumber: 'NONE', revision: 1 },
    ],
  })
  assert.deepEqual(done.body, { acknowledged: 1, unknown: ['NONE'], waiting: 0 })
  const twice = await acknowledge({ items: [{ cityNumber: 'HX-0010', revision: back.revision }] })
  assert.deepEqual(twice.body, { acknowledged: 0, unknown: [], waiting: 0 })
  assert.deepEqual(await waiting(), [])
  assert.equal((await read('?all=true'))['items'].length, 1)
})

test('a corrected answer, the call-back and the end go back again, each told as a correction', async () => {
  const { body } = await w.call('clerk', 'GET', `${routes.cases.path}?q=HX-0010`)
  const { number } = body.items[0]
  await w.act('supervisor', number, 'publishAnswer')
  assert.deepEqual(await waiting(), [], 'publication changes nothing for the city')
  await w.act('head', number, 'correctAnswer', { text: '已更换水管并修复路面。', reason: '补充路面修复' })
  assert.deepEqual(await waiting(), [], 'a correction of what is public waits for a second person')
  await w.act('supervisor', number, 'publishCorrection', {})
  const [corrected] = (await read())['items']
  assert.deepEqual([corrected.result, corrected.again], ['已更换水管并修复路面。', true])
  assert.equal((await sheetOf())[0]?.['回传类型'], '更正')
  await w.act('caller', number, 'callBack', { reached: true, satisfied: true, solved: true, grade: 5, note: '满意' })
  const [called] = (await read())['items']
  assert.deepEqual([called.satisfaction, called.revision > corrected.revision], ['非常满意', true])
  // What arrived late for an older revision does not take the newer one away.
  await acknowledge({ items: [{ cityNumber: 'HX-0010', revision: corrected.revision }] })
  assert.deepEqual(await waiting(), ['HX-0010'])
  const { upTo } = await read()
  assert.equal((await acknowledge({ upTo })).body.waiting, 0)
})

test('a case that is opened again waits for its new answer, and then goes back', async () => {
  const { number } = await take('HX-0011')
  await answer(number)
  await w.act('caller', number, 'callBack', {
    reached: true,
    satisfied: false,
    solved: false,
    grade: 1,
    note: '仍漏水',
  })
  const { case: kase } = (await w.call('clerk', 'GET', `/api/v1/cases/${number}`)).body
  if (kase.round === 1) await w.act('supervisor', number, 'reopen', { reason: '仍漏水' })
  assert.deepEqual(await waiting(), [])
  await w.act('handler', number, 'draftAnswer', { text: '已重新焊接。', outcome: 'solved' })
  await w.act('head', number, 'approveAnswer')
  assert.deepEqual(
    (await read())['items'].map((item: Row) => [item['cityNumber'], item['result'], item['again']]),
    [['HX-0011', '已重新焊接。', false]],
  )
})

test('an order that changes after its end raises the case again', async () => {
  const { number } = await take('HX-0012')
  await w.act('clerk', number, 'decline', { reason: 'outsideArea', advice: '请联系物业公司。' })
  const [, declined] = (await read())['items']
  assert.deepEqual([declined.cityNumber, declined.outcomeLabel], ['HX-0012', '依法不予支持'])
  const changed = await take('HX-0012', { content: '物业已确认是公共管网漏水' })
  assert.deepEqual([changed['result'], changed['number']], ['reRaised', number])
})

test('what is read page by page is neither doubled nor lost, though it is answered meanwhile', async () => {
  const numbers = ['HX-0020', 'HX-0021', 'HX-0022']
  for (const one of numbers) await answer((await take(one))['number'])
  const first = await read('?limit=2')
  assert.equal(first['items'].length, 2)
  await answer((await take('HX-0023'))['number'])
  const rest = await read(`?limit=10&cursor=${first['nextCursor']}`)
  const seen = [...first['items'], ...rest['items']].map((item: Row) => item['cityNumber'])
  assert.deepEqual(seen.slice(-4), [...numbers, 'HX-0023'])
  assert.equal(new Set(seen).size, seen.length)
  assert.equal(rest['nextCursor'], null)
  assert.equal(first['waiting'] + 1, seen.length)
})

test('answers given at the same moment get places one after the other', async () => {
  const cases = []
  for (const one of ['HX-0030', 'HX-0031', 'HX-0032', 'HX-0033']) {
    const { number } = await take(one)
    await w.act('clerk', number, 'accept', { category: 'pipe' })
    cases.push(number)
  }
  await Promise.all(
    cases.map((number) => w.act('clerk', number, 'answerAtOnce', { text: '已答复，请见公告。', outcome: 'explained' })),
  )
  const items: Row[] = (await read('?limit=500'))['items']
  assert.equal(items.at(-1)?.['unit'], '诉求受理中心', 'who answers at once is the office itself')
  const late = items.slice(-4).map((item) => item['cityNumber'])
  assert.deepEqual(late.toSorted(), ['HX-0030', 'HX-0031', 'HX-0032', 'HX-0033'])
})

test('the city changes its columns: a new version, and what lacks its number or names one twice is refused', async () => {
  const set = (columns: object[], account = 'admin', body = '市12345') =>
    w.call(account, 'PUT', routes.setReturnProfile.path, { body, columns })
  const columns = [
    { field: 'cityNumber', header: '市工单号' },
    { field: 'result', header: '反馈内容' },
  ]
  assert.equal((await w.call('clerk', 'GET', routes.returnProfile.path)).body.version, 0)
  const { body } = await set(columns)
  assert.deepEqual([body.version, body.columns], [1, columns])
  assert.equal((await set(columns)).body.version, 2)
  assert.deepEqual(Object.keys((await sheetOf())[0] ?? {}), ['市工单号', '反馈内容'])
  const without = await set([{ field: 'result', header: '反馈内容' }])
  assert.deepEqual([without.status, without.body.code], [422, 'exchange.column_missing'])
  assert.equal(without.body.detail, '回传表须有“上级编号”一栏，上级凭它认件，请加上。')
  const twice = await set([...columns, { field: 'unit', header: '反馈内容' }])
  assert.deepEqual([twice.status, twice.body.code], [422, 'exchange.column_twice'])
  assert.equal((await set(columns, 'clerk')).status, 403)
})

test('who is not of the intake office neither takes orders nor sends results', async () => {
  for (const account of ['handler', 'leader', 'admin'])
    assert.equal((await send(order('HX-0090'), account)).status, 403)
  assert.equal((await w.call('handler', 'GET', RETURNS)).status, 403)
  assert.equal((await acknowledge({ upTo: '1' }, 'supervisor')).status, 403)
  const nothing = await acknowledge({})
  assert.deepEqual([nothing.status, nothing.body.code], [422, 'exchange.nothing_named'])
  assert.equal((await send({ ...order('HX-0091'), dueOn: '下周' })).status, 422)
})

test('a machine with a token of the clerk hands in an order and fetches the result', async () => {
  const { body } = await w.call('admin', 'POST', routes.newToken.path, {
    name: '市热线',
    account: 'clerk',
    validDays: 30,
  })
  const headers = { authorization: `Bearer ${body.token}` }
  const taken = await w.call(null, 'POST', routes.takeCityOrder.path, order('HX-0100'), headers)
  assert.equal(taken.body.result, 'opened')
  assert.equal((await w.call(null, 'GET', RETURNS, undefined, headers)).status, 200)
})
