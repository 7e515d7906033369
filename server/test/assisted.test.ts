import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { must, get, bring, tries, refused, events } = storyteller(() => w)
const FIND = '/api/v1/intake/telephone/actions/find'
const find = (body: object, account = 'clerk') => must(account, 'POST', FIND, body)
const audits = (action: string) =>
  w.app.store.tx(w.tenant, (tx) =>
    tx.run<{ byName: string; objectKind: string; objectId: string; note: string }>(
      sql`select by_name, object_kind, object_id, note from audit where tenant_id = ${w.tenant} and action = ${action} order by at, id`,
    ),
  )
const numbers = ({ items }: Row) => items.map(({ number }: Row) => number)

test('one telephone of many persons: telephone and name find the caller’s own matters and nobody else’s', async () => {
  const phone = '024-88880001'
  const li = await w.file('养老院三楼暖气不热。', { contact: { name: '李秀英', phone } })
  const zhao = await w.file('养老院门前没有坡道。', { contact: { name: '赵桂芝', phone } })
  const proxied = await w.file('老人证件到期换不了。', {
    ...{ contact: { name: '钱福' }, proxy: { name: '李秀英', phone, relation: '邻居' } },
  })
  assert.deepEqual(numbers(await find({ phone, name: '李秀英' })), [proxied.number, li.number])
  assert.deepEqual(numbers(await find({ phone: '024 8888 0001', name: '赵桂芝' })), [zhao.number])
  assert.deepEqual(numbers(await find({ phone, name: '孙' })), [])
  const bare = await w.call('clerk', 'POST', FIND, { phone })
  assert.equal(bare.body.code, 'telephone.ask')
  assert.match(bare.body.detail, /同时填写电话和姓名/)
  const same = await must('clerk', 'GET', `/api/v1/cases/${li.id}/same-person`)
  const other = same['items'].find(({ number }: Row) => number === zhao.number)
  assert.ok(
    other === undefined || (other.state === 'proposed' && other.confidence < 0.5),
    'the telephone alone joins nobody',
  )
})

test('each look-up on the telephone is on record, one that finds nothing too, without the caller’s data', async () => {
  const filed = await w.file('路灯不亮。', { contact: { name: '周小妹', phone: '13800001111' } })
  const [match] = (await find({ number: filed.number.toLowerCase() }))['items']
  assert.partialDeepStrictEqual(match, { number: filed.number, stageLabel: '待受理', masked: { name: '周**' } })
  assert.deepEqual((await find({ number: 'SQ000000000000000' }))['items'], [])
  await find({ phone: '13800001111', name: '不是我' })
  const rows = await audits('telephone.track')
  assert.deepEqual(
    rows.slice(-3).map(({ byName, objectKind, note }) => [byName, objectKind, note]),
    [
      ['甲clerk', 'case', '来电按编号查询'],
      ['甲clerk', 'search', '来电按编号查询，没有找到'],
      ['甲clerk', 'search', '来电按电话和姓名查询，没有找到'],
    ],
  )
  assert.doesNotMatch(JSON.stringify(rows), /13800001111|周小妹/)
  assert.equal((await w.call('handler', 'POST', FIND, { number: filed.number })).status, 403)
})

test('a caller rates through a clerk: the event says so, and what is not solved is reopened like the person’s own word', async () => {
  const id = await bring('answered', { file: { contact: { name: '吴大爷', phone: '13900002222' } } })
  const path = `/api/v1/intake/telephone/${id}/rating`
  const rated = await must('clerk', 'POST', path, { grade: 1, solved: false, text: '还在漏，打我13900002222' })
  assert.partialDeepStrictEqual(rated, { stageLabel: '办理中', round: 2 })
  const [rate, reopen] = (await events(id)).slice(-2)
  assert.deepEqual([rate?.['action'], rate?.['by'].name], ['rate', '诉求人来电（甲clerk代录）'])
  assert.equal(reopen?.['action'], 'reopen')
  assert.doesNotMatch(JSON.stringify([rate, reopen]), /13900002222/)
  assert.equal((await audits('telephone.rate')).at(-1)?.objectId, id)
  const early = await w.call('clerk', 'POST', path, { grade: 5, solved: true })
  assert.equal(early.body.code, 'track.not_ratable')
})

test('nobody records a rating of their own unit’s work', async () => {
  const { id } = await w.file('受理中心自己答复的事。')
  await w.act('clerk', id, 'accept', {})
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('intake') })
  const reply = await w.call('clerk', 'POST', `/api/v1/intake/telephone/${id}/rating`, { grade: 5, solved: true })
  assert.equal(reply.body.code, 'telephone.own_unit')
})

test('an answer told by call or letter is logged: who told whom, when and how', async () => {
  const id = await bring('answered')
  const early = { by: 'phone', at: '2026-03-01T10:00:00+08:00' }
  await refused('answer.given_before', 'clerk', id, 'deliverAnswer', early)
  await refused('answer.delivered_later', 'clerk', id, 'deliverAnswer', {
    by: 'phone',
    at: '2026-04-01T10:00:00+08:00',
  })
  await w.act('handler', id, 'deliverAnswer', {
    by: 'letter',
    letterNumber: '挂号 0017',
    to: 'family',
    note: '女儿代收',
  })
  const event = (await events(id)).at(-1)
  assert.deepEqual(
    [event?.['label'], event?.['by'].name, event?.['input'].by, event?.['input'].to, event?.['input'].letterNumber],
    ['告知答复', '水务经办', 'letter', 'family', '挂号 0017'],
  )
  assert.equal((await get(id))['case'].stage, 'answered', 'telling is no call-back')
  const open = await bring('inHand')
  assert.equal((await tries('handler', open, 'deliverAnswer', { by: 'phone' })).status, 409)
})

test('the worn fingerprint: what could not be done, why, and what was done instead, counted by kind and exported', async () => {
  const filed = await w.file('社保认证办不了。')
  const entry = { kind: 'fingerprint', what: '养老待遇资格认证须按指纹', why: '老人指纹磨损，录了六次', done: true }
  const logged = await must('window', 'POST', '/api/v1/service-exceptions', {
    ...{ ...entry, instead: '改为窗口人员当面核对并拍照，电话 13800003333 通知家属', caseNumber: filed.number },
  })
  assert.partialDeepStrictEqual(logged, { on: '2026-03-02', kindLabel: '指纹录不上', by: '甲window' })
  assert.match(logged['instead'], /电话 \[电话\]/)
  await must('handler', 'POST', '/api/v1/service-exceptions', {
    ...{ kind: 'rareCharacter', what: '系统录不进“𠮷”字', instead: '按标准字录入，并在备注写明', done: false },
  })
  const all = await must('supervisor', 'GET', '/api/v1/service-exceptions')
  assert.equal(all['total'], 2)
  assert.deepEqual(all['counts'].map(({ kind, count, done }: Row) => [kind, count, done]).sort(), [
    ['fingerprint', 1, 1],
    ['rareCharacter', 1, 0],
  ])
  const own = await must('head', 'GET', '/api/v1/service-exceptions')
  assert.deepEqual(
    own['items'].map(({ kind }: Row) => kind),
    ['rareCharacter'],
    'a unit sees its own',
  )
  assert.equal((await w.call('evaluator', 'GET', '/api/v1/service-exceptions')).status, 403)
  const later = { ...entry, instead: '改日', on: '2026-03-03' }
  const refusedEntry = await w.call('window', 'POST', '/api/v1/service-exceptions', later)
  assert.equal(refusedEntry.body.code, 'exception.in_future')

  const file = await w.raw({
    ...{ method: 'GET', url: '/api/v1/service-exceptions.xlsx?kind=rareCharacter' },
    headers: { cookie: await w.cookie('clerk') },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file.raw as never)
  const rows: unknown[] = []
  book.worksheets[0]?.eachRow((row) => rows.push(row.values))
  assert.equal(rows.length, 3)
  assert.match(JSON.stringify(rows), /录不进“𠮷”字/)
})

test('rare characters are kept, found, printed and exported; those of one machine’s making are refused in words', async () => {
  const name = '𬭚𠮷'
  const filed = await w.file('住在𬇙𬇹河边，𣲘𣲗镇供水管断了。', { contact: { name, phone: '13800004444' } })
  assert.deepEqual(numbers(await must('clerk', 'GET', '/api/v1/ledger?q=𣲘𣲗镇')), [filed.number])
  assert.deepEqual(numbers(await find({ phone: '13800004444', name })), [filed.number])
  const { case: kase } = await get(filed.id)
  assert.equal(kase.party.masked.name, '𬭚*')
  const slip = await w.call('window', 'GET', `/slip/${filed.number}`)
  assert.match(String(slip.body), /𬇙𬇹河边.*𬭚\*/s)
  const file = await w.raw({
    ...{ method: 'GET', url: `/api/v1/ledger.xlsx?q=${encodeURIComponent('𣲘𣲗镇')}` },
    headers: { cookie: await w.cookie('clerk') },
  })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file.raw as never)
  assert.match(JSON.stringify(book.worksheets[0]?.getRow(3).values), /𬇙𬇹河边/)
  const made = await w.call(null, 'POST', '/api/v1/public/appeals', { content: '停水', contact: { name: '王\uE123' } })
  assert.equal(made.status, 422)
  assert.equal(made.body.code, 'text.private_use')
  assert.match(made.body.detail, /请改用标准字/)
})

test('the slip: number, who, until when, telephone; with the code for its person, and for the intake office on record', async () => {
  const filed = await w.file('井盖松动。', { contact: { name: '郑阿姨', phone: '13800005555' } })
  const slip = String((await w.call(null, 'GET', `/slip/${filed.number}?code=${filed.pickupCode}`)).body)
  const words = ['回执单', filed.pickupCode, '郑**', '受理中心', '最迟', '12345', '<svg', '@page{size:A5']
  for (const word of words) assert.ok(slip.includes(word), word)
  assert.doesNotMatch(slip, /13800005555|郑阿姨/)
  assert.equal((await w.call(null, 'GET', `/slip/${filed.number}?code=AAAAAA`)).status, 404)
  assert.equal((await w.call(null, 'GET', `/slip/${filed.number}`)).status, 401)
  assert.equal((await w.call('handler', 'GET', `/slip/${filed.number}`)).status, 403)
  const printed = await w.call('window', 'GET', `/slip/${filed.number}`)
  assert.match(String(printed.body), /经办：甲window/)
  assert.equal((await audits('slip.print')).at(-1)?.objectId, filed.id)
})

test('a follower’s number is neither told to a clerk nor taken for the person’s own', async () => {
  const filed = await w.file('三号楼楼道灯不亮。')
  await must(null, 'POST', `/api/v1/public/appeals/${filed.number}/me-too`, { contact: { phone: '13700137099' } })
  const [match] = (await find({ number: filed.number }))['items']
  assert.deepEqual(match.masked, { name: null, phone: null })
  const { case: problem } = await must('dispatcher', 'POST', '/api/v1/cases', {
    ...{ type: 'problem', facts: { title: '楼道灯', content: '楼道灯多处不亮' } },
  })
  await w.act('dispatcher', filed.id, 'merge', { into: problem.number })
  const { items } = await must('dispatcher', 'GET', `/api/v1/cases/${problem.id}/merged-answers`)
  assert.equal(items[0].channel, 'code', 'nobody can be called about it')
})
