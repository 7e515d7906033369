import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import sharp from 'sharp'
import { onDay, type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

let w: World
const people = new Map<string, string>()
before(async () => {
  w = await world('2018-02-22T09:30:00+08:00')
  for (const { id, name } of (await must('dispatcher', 'GET', '/api/v1/people'))['items']) people.set(name, id)
})
after(() => w.close())
const { must, get, at } = storyteller(() => w)

const refusal = async (account: string, method: 'POST' | 'PUT', url: string, body: object = {}): Promise<Row> => {
  const reply = await w.call(account, method, url, body)
  assert.ok(reply.status >= 400 && reply.status < 500, `${url} was taken: ${JSON.stringify(reply.body)}`)
  return reply.body
}
const idOf = (name: string) => {
  const id = people.get(name)
  assert.ok(id, name)
  return id
}
const meeting = (more: object = {}) => ({
  ...{
    title: '春节后开工专题会',
    kind: 'special',
    on: '2018-02-23',
    at: '09:00',
    place: '三楼会议室',
    chairId: idOf('区长'),
  },
  ...more,
})
const hold = (more: object = {}) => must('dispatcher', 'POST', '/api/v1/meetings', meeting(more))
const decision = async (more: object = {}) => ({
  ...{ text: '更换南塔小区供水管线', unitId: await w.unit('water'), personId: idOf('水务经办') },
  ...{ dueWorkdays: 1, checkerId: idOf('督查员'), ...more },
})
const draft = async (id: string, ...decisions: object[]) =>
  must('dispatcher', 'PUT', `/api/v1/meetings/${id}/minutes`, { text: '会议研究了供水管线改造。', decisions })
const step = (account: string, id: string, action: string, body: object = {}) =>
  must(account, 'POST', `/api/v1/meetings/${id}/actions/${action}`, body)
const issued = async (...decisions: object[]) => {
  const { id } = await hold()
  await draft(id, ...decisions)
  await step('leader', id, 'approve')
  return step('dispatcher', id, 'issue')
}
const report = async (kase: string) => {
  const { stage } = (await get(kase))['case']
  if (stage === 'dispatched') await w.act('handler', kase, 'sign')
  await w.act('handler', kase, 'report', { text: '管线已更换并试水。' })
}

test('the second working day after the holiday of 2018 is a Friday, and the next one a Saturday that is worked', async () => {
  const due = async (amount: number) =>
    onDay(
      (await must('clerk', 'GET', `/api/v1/calendar/due?from=2018-02-21&amount=${amount}&unit=workingDay`))['dueAt'],
    )
  assert.deepEqual([await due(2), await due(3)], ['2018-02-23', '2018-02-24'])
})

test('minutes are drafted when the meeting has been held, and approved by somebody else', async () => {
  const { id, state, may } = await hold({
    attendance: [
      { unitId: await w.unit('water'), personId: idOf('水务局长') },
      { unitId: await w.unit('heating'), presence: 'leave', reason: '外出培训' },
    ],
    agenda: ['供水管线改造'],
    firms: ['河畔机械公司'],
  })
  assert.equal(state, 'none')
  assert.equal(may.draft, false)
  const early = await refusal('dispatcher', 'PUT', `/api/v1/meetings/${id}/minutes`, { text: '尚未召开' })
  assert.equal(early['code'], 'minutes.not_held')
  await at('2018-02-23T11:00:00+08:00')
  assert.equal((await refusal('leader', 'POST', `/api/v1/meetings/${id}/actions/approve`))['code'], 'minutes.none')
  await must('supervisor', 'PUT', `/api/v1/meetings/${id}/minutes`, {
    text: '联系电话 13900001234。',
    decisions: [await decision({ checkerId: idOf('乙分办') })],
  })
  const own = await refusal('supervisor', 'POST', `/api/v1/meetings/${id}/actions/approve`)
  assert.equal(own['code'], 'minutes.own')
  assert.match(own['detail'], /督查员 起草，请由另一人审定/)
  const early2 = await refusal('dispatcher', 'POST', `/api/v1/meetings/${id}/actions/issue`)
  assert.equal(early2['code'], 'minutes.not_approved')
  await step('leader', id, 'return', { reason: '补写会议议程' })
  const returned = await must('dispatcher', 'GET', `/api/v1/meetings/${id}`)
  assert.partialDeepStrictEqual(returned, { state: 'returned', returnedWhy: '补写会议议程' })
  assert.doesNotMatch(returned['text'], /13900001234/)
  await draft(id, await decision())
  const approved = await step('leader', id, 'approve')
  assert.partialDeepStrictEqual(approved, {
    state: 'approved',
    approvedBy: { name: '区长' },
    draftedBy: { name: '甲dispatcher' },
  })
  const fixed = await refusal('dispatcher', 'PUT', `/api/v1/meetings/${id}`, meeting({ title: '改名' }))
  assert.equal(fixed['code'], 'minutes.fixed')
  assert.deepEqual(
    approved['attendance'].map((one: Row) => [one['unit'].name, one['presence']]),
    [
      ['区水务局', 'present'],
      ['区供热办', 'leave'],
    ],
  )
})

test('a decision that lacks owner, day or checker stops the minutes by name, and no number is lost on it', async () => {
  const { id } = await hold({ title: '供热调度会', kind: 'dispatch' })
  await draft(id, await decision(), { text: '没有人管的事' }, await decision({ dueWorkdays: undefined }))
  await step('leader', id, 'approve')
  const { list } = await must('dispatcher', 'GET', `/api/v1/meetings/${id}`)
  assert.deepEqual(
    list.map((one: Row) => one['lacks']),
    [[], ['person', 'time', 'check'], ['time']],
  )
  const stopped = await refusal('dispatcher', 'POST', `/api/v1/meetings/${id}/actions/issue`)
  assert.equal(stopped['code'], 'minutes.lacking')
  assert.match(stopped['detail'], /第 2 项缺承办单位和承办人、期限、查验人；第 3 项缺期限/)
  assert.deepEqual((await must('dispatcher', 'GET', '/api/v1/ledger?type=task'))['items'], [])
  const { number } = await issued(await decision())
  assert.equal(number, '专题会议纪要〔2018〕1号')
})

test('issued minutes make tasks in the same moment, each due on the working day that was decided, linked both ways', async () => {
  const { id, number, list } = await issued(await decision())
  assert.equal(number, '专题会议纪要〔2018〕2号')
  const [only] = list
  assert.partialDeepStrictEqual(only, { state: 'open', dueOn: '2018-02-24', opened: true, case: { light: 'green' } })
  const { case: task } = await get(only.case.id)
  assert.partialDeepStrictEqual(task, { type: 'task', leadUnit: { name: '区水务局' }, handler: { name: '水务经办' } })
  assert.equal(onDay(task.dueAt), '2018-02-24')
  const { items } = await must('handler', 'GET', `/api/v1/cases/${task.id}/origins`)
  assert.partialDeepStrictEqual(items, [{ kind: 'meeting', id, number, title: '春节后开工专题会' }])
  assert.equal((await w.call('handler2', 'GET', `/api/v1/cases/${task.id}/origins`)).body.code, 'case.not_found')
  const other = (await must('handler2', 'GET', `/api/v1/meetings/${id}`))['list'][0]
  assert.partialDeepStrictEqual(other.case, { mayOpen: false, title: '（不在您的可见范围）' })
  const again = await refusal('dispatcher', 'POST', `/api/v1/meetings/${id}/actions/issue`)
  assert.equal(again['code'], 'minutes.fixed')
})

test('two who issue at the same moment get two numbers that follow each other', async () => {
  const ready = async () => {
    const { id } = await hold()
    await draft(id)
    await step('leader', id, 'approve')
    return id
  }
  const ids = [await ready(), await ready(), await ready()]
  const replies = await Promise.all(ids.map((id) => step('dispatcher', id, 'issue')))
  assert.deepEqual(
    replies.map(({ number }) => number).sort(),
    [3, 4, 5].map((n) => `专题会议纪要〔2018〕${n}号`),
  )
  const standing = await hold({ kind: 'standing' })
  await draft(standing['id'])
  await step('leader', standing['id'], 'approve')
  assert.equal((await step('dispatcher', standing['id'], 'issue'))['number'], '常务会议纪要〔2018〕1号')
})

test('what is reported is not done: the checker, and nobody else, passes it or sends it back with a new day', async () => {
  const { id, list } = await issued(await decision())
  const url = `/api/v1/decisions/${list[0].id}/actions/check`
  const pass = { passed: true, note: '到现场看过，属实' }
  assert.equal((await refusal('supervisor', 'POST', url, pass))['code'], 'decision.not_reported')
  await report(list[0].case.id)
  const waits = async (account: string) =>
    (await must(account, 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === 'decisions')?.count
  assert.equal(await waits('supervisor'), 1)
  assert.equal(await waits('dispatcher'), undefined)
  assert.equal((await must('supervisor', 'GET', '/api/v1/meetings?waits=me'))['items'][0].id, id)
  assert.equal((await refusal('handler', 'POST', url, pass))['code'], 'decision.not_checker')
  const back = { passed: false, note: '阀门还在漏' }
  assert.equal((await refusal('supervisor', 'POST', url, back))['code'], 'decision.due_needed')
  const again = await must('supervisor', 'POST', url, { ...back, dueWorkdays: 2 })
  assert.partialDeepStrictEqual(again, { state: 'open', returned: 1, dueOn: '2018-02-26', answer: null })
  assert.notEqual(again['case'].id, list[0].case.id)
  for (const kase of [list[0].case.id, again['case'].id])
    assert.equal((await must('handler', 'GET', `/api/v1/cases/${kase}/origins`))['items'][0].id, id)
  await report(again['case'].id)
  const done = await must('supervisor', 'POST', url, pass)
  assert.partialDeepStrictEqual(done, { state: 'done', checkedOn: '2018-02-23', answer: '管线已更换并试水。' })
  assert.equal((await refusal('supervisor', 'POST', url, pass))['code'], 'decision.checked')
  const row = (await must('leader', 'GET', '/api/v1/meetings'))['items'].find((one: Row) => one['id'] === id)
  assert.deepEqual(row.decisions, { all: 1, open: 0, red: 0, done: 1 })
})

test('a decision may be a problem, or be added to a case that is there; the case then knows its meeting', async () => {
  const kase = await w.file()
  const { list } = await issued(
    await decision({ form: 'problem', text: '老旧小区管线普遍失修' }),
    await decision({ form: 'existing', caseNumber: kase.number }),
  )
  assert.deepEqual(
    list.map((one: Row) => [one['form'], one['opened']]),
    [
      ['problem', true],
      ['existing', false],
    ],
  )
  assert.equal((await get(list[0].case.id))['case'].type, 'problem')
  assert.equal(list[1].case.number, kase.number)
  assert.equal((await must('clerk', 'GET', `/api/v1/cases/${kase.id}/origins`))['items'].length, 1)
})

test('a decision with a faulty day, checker or owner is refused where it is written', async () => {
  const { id } = await hold()
  const codeOf = async (more: object) =>
    (
      await refusal('dispatcher', 'PUT', `/api/v1/meetings/${id}/minutes`, {
        text: '纪要',
        decisions: [await decision(more)],
      })
    )['code']
  assert.equal(await codeOf({ checkerId: idOf('水务经办') }), 'decision.checks_itself')
  assert.equal(await codeOf({ dueOn: '2018-02-26' }), 'decision.due_twice')
  assert.equal(await codeOf({ dueWorkdays: undefined, dueOn: '2018-02-25' }), 'decision.due_not_workday')
  assert.equal(await codeOf({ dueWorkdays: undefined, dueOn: '2018-02-22' }), 'decision.due_before')
  assert.equal(await codeOf({ personId: idOf('供热经办') }), 'decision.no_post')
  assert.equal(await codeOf({ form: 'existing' }), 'decision.case_missing')
  assert.equal(await codeOf({ caseNumber: 'SQ20180223000001' }), 'decision.case_needless')
  assert.deepEqual((await must('dispatcher', 'GET', `/api/v1/meetings/${id}`))['list'], [])
  assert.equal((await refusal('handler', 'POST', '/api/v1/meetings', meeting()))['code'], 'forbidden')
  const twice = { unitId: await w.unit('water'), personId: idOf('水务局长') }
  const named = await refusal('dispatcher', 'POST', '/api/v1/meetings', meeting({ attendance: [twice, twice] }))
  assert.equal(named['code'], 'meeting.twice')
  assert.equal((await w.call('evaluator', 'GET', `/api/v1/meetings/${id}`)).body.code, 'forbidden')
})

test('kinds have versions: what was recorded keeps its word, what is gone cannot be chosen', async () => {
  const next = {
    ...{ version: '2018-03', validFrom: '2018-02-23', basis: '会议制度修订' },
    meetings: [{ code: 'special', label: '专项推进会', series: '推进会纪要' }],
    instructions: [{ code: 'read', label: '阅', actionable: false }],
  }
  const twice = { ...next, meetings: [next.meetings[0], next.meetings[0]] }
  const publish = (body: object) => refusal('admin', 'POST', '/api/v1/meeting-dictionaries', body)
  assert.equal((await publish(twice))['code'], 'meeting.dictionary_twice')
  assert.equal((await publish({ ...next, validFrom: '2018-02-01' }))['code'], 'meeting.dictionary_past')
  assert.equal((await refusal('clerk', 'POST', '/api/v1/meeting-dictionaries', next))['code'], 'forbidden')
  const old = await hold({ kind: 'dispatch' })
  await must('admin', 'POST', '/api/v1/meeting-dictionaries', { ...next, validFrom: '2018-02-24' })
  assert.equal((await publish({ ...next, validFrom: '2018-02-24' }))['code'], 'meeting.dictionary_version')
  assert.equal((await must('dispatcher', 'GET', `/api/v1/meetings/${old['id']}`))['kind'].label, '调度会')
  const gone = await refusal('dispatcher', 'POST', '/api/v1/meetings', meeting({ on: '2018-02-26', kind: 'dispatch' }))
  assert.equal(gone['code'], 'meeting.kind_unknown')
  assert.equal((await hold({ on: '2018-02-26' }))['kind'].label, '专项推进会')
  const { kinds } = await must('leader', 'GET', '/api/v1/meetings?to=2018-02-23')
  const held = Object.fromEntries(kinds.map((one: Row) => [one['code'], one['meetings']]))
  const listed = (await must('leader', 'GET', '/api/v1/meetings?to=2018-02-23&kind=dispatch'))['items']
  assert.equal(held['dispatch'], listed.length)
})

const instruction = async (more: object = {}) => ({
  ...{ leaderId: idOf('区长'), on: '2018-02-23', text: '请水务局阅处，两天内报结果。', kind: 'handle' },
  ...{ about: { kind: 'document', title: '关于供水管线的报告', number: '水务〔2018〕5号' } },
  ...{ unitId: await w.unit('water'), dueWorkdays: 2, rank: 'districtHead', ...more },
})
const READ = { kind: 'read', text: '阅。', unitId: undefined, dueWorkdays: undefined }
const instruct = async (more: object = {}) => must('clerk', 'POST', '/api/v1/instructions', await instruction(more))
const countsOf = async (account = 'leader') => (await must(account, 'GET', '/api/v1/instructions'))['counts']

test('“阅” is kept and owes nothing; only what has to be done is a task and counts', async () => {
  const read = await instruct(READ)
  assert.partialDeepStrictEqual(read, { state: 'read', case: null, dueOn: null, kind: { label: '阅' } })
  assert.deepEqual(await countsOf(), { open: 0, red: 0, answered: 0, read: 1 })
  const dated = await refusal('clerk', 'POST', '/api/v1/instructions', await instruction({ kind: 'agree' }))
  assert.equal(dated['code'], 'instruction.not_actionable')
  const made = await instruct()
  assert.partialDeepStrictEqual(made, { state: 'open', dueOn: '2018-02-26', rank: 'districtHead' })
  assert.deepEqual(await countsOf(), { open: 1, red: 0, answered: 0, read: 1 })
  const { case: task } = await get(made['case'].id)
  assert.partialDeepStrictEqual(task, { type: 'task', title: '请阅处：关于供水管线的报告', confidential: false })
})

test('the reply goes on the task, and the instruction is answered by it', async () => {
  const kase = await w.file()
  const made = await instruct({ about: { kind: 'case', number: kase.number } })
  await w.act('handler', made['case'].id, 'sign')
  await w.act('handler', made['case'].id, 'report', { text: '已更换，附照片。' })
  const [answered] = (await must('leader', 'GET', '/api/v1/instructions?state=answered'))['items']
  assert.partialDeepStrictEqual(answered, {
    id: made['id'],
    answer: '已更换，附照片。',
    about: { number: kase.number },
  })
  assert.equal((await countsOf()).answered, 1)
  const origin = await must('clerk', 'GET', `/api/v1/cases/${kase.id}/origins`)
  assert.partialDeepStrictEqual(origin, { items: [{ kind: 'instruction', title: '区长批示：请阅处' }] })
})

test('an instruction that nobody answers turns red on the queue of whoever recorded it', async () => {
  await at('2018-02-27T09:00:00+08:00')
  const queue = (await must('clerk', 'GET', '/api/v1/queues'))['items'].find((one: Row) => one['id'] === 'instructions')
  assert.partialDeepStrictEqual(queue, { count: 1, red: 1, to: '/w/instructions?state=open' })
})

test('what is limited to the unit is read by that unit and the offices, and nobody else', async () => {
  const made = await instruct({ confidentiality: 'limited', on: '2018-02-23' })
  const readBy = async (account: string) =>
    (await must(account, 'GET', '/api/v1/instructions'))['items'].some((one: Row) => one['id'] === made['id'])
  const found = await Promise.all(['handler', 'leader', 'clerk', 'handler2', 'auditor', 'evaluator'].map(readBy))
  assert.deepEqual(found, [true, true, true, false, false, false])
  assert.equal((await get(made['case'].id))['case'].confidential, true)
})

test('an instruction without words or picture, without owner, day or leader, or of tomorrow is refused', async () => {
  const codeOf = async (more: object) =>
    (await refusal('clerk', 'POST', '/api/v1/instructions', await instruction(more)))['code']
  assert.equal(await codeOf({ text: undefined }), 'instruction.empty')
  assert.equal(await codeOf({ unitId: undefined }), 'instruction.owner_needed')
  assert.equal(await codeOf({ dueWorkdays: undefined }), 'instruction.due_needed')
  assert.equal(await codeOf({ leaderTitle: '市长' }), 'instruction.leader')
  assert.equal(await codeOf({ on: '2018-02-28' }), 'instruction.future')
  assert.equal(await codeOf({ kind: 'unheard' }), 'meeting.kind_unknown')
  const superior = await instruct({ leaderId: undefined, leaderTitle: '市政府分管领导', rank: 'city', ...READ })
  assert.equal(superior['leader'], '市政府分管领导')
  assert.equal((await refusal('handler', 'POST', '/api/v1/instructions', await instruction()))['code'], 'forbidden')
})

test('a photo of the handwriting is kept with the instruction and read by whoever reads it; one that is too large is not taken', async () => {
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const sent = await upload(w, 'clerk', '/api/v1/public/attachments', { name: '批示.png', data: photo })
  const made = await instruct({ text: undefined, imageId: sent.body.id, confidentiality: 'limited' })
  assert.equal(made['hasImage'], true)
  const url = `/api/v1/instructions/${made['id']}/image`
  const shown = await w.raw({ method: 'GET', url, headers: { cookie: await w.cookie('handler') } })
  assert.deepEqual([shown.status, shown.headers['content-type']], [200, 'image/jpeg'])
  assert.equal((await w.call('handler2', 'GET', url)).body.code, 'instruction.not_found')
  const elsewhere = await refusal('clerk', 'POST', '/api/v1/instructions', await instruction({ imageId: sent.body.id }))
  assert.equal(elsewhere['errors'][0].code, 'file.not_found')
  const large = await upload(w, 'clerk', '/api/v1/public/attachments', {
    name: '批示.png',
    data: Buffer.concat([photo, Buffer.alloc(11 * 1024 * 1024)]),
  })
  assert.ok(large.status === 413 || large.status === 422, JSON.stringify(large.body))
  assert.match(String(large.body.code), /too_large/)
})

test('a decision that was added to a case and does not pass is open again, as a task of its own', async () => {
  await at('2018-03-05T09:00:00+08:00')
  const kase = await w.file('南塔小区门前路面塌陷')
  const { id } = await hold({ on: '2018-03-05', kind: 'special' })
  await draft(id, await decision({ form: 'existing', caseNumber: kase.number, text: '尽快修复路面' }))
  await step('leader', id, 'approve')
  const { list } = await step('dispatcher', id, 'issue')
  await w.act('clerk', kase.id, 'withdraw', { reason: '反映人称已自行处理' })
  const one = async () => (await must('supervisor', 'GET', `/api/v1/meetings/${id}`))['list'][0]
  assert.equal((await one()).state, 'reported')
  const check = { passed: false, note: '现场仍未修复', dueWorkdays: 2 }
  const url = `/api/v1/decisions/${list[0].id}/actions/check`
  await must('supervisor', 'POST', url, check)
  const back = await one()
  assert.partialDeepStrictEqual(back, { state: 'open', returned: 1, mayCheck: false })
  assert.notEqual(back.case.number, kase.number)
  assert.equal((await refusal('supervisor', 'POST', url, check))['code'], 'decision.not_reported')
  assert.equal((await must('supervisor', 'GET', `/api/v1/meetings/${id}`))['decisions'].open, 1)
})

test('what a leader wrote on a confidential case is read by those who see the case, whatever was ticked', async () => {
  const secret = await w.file('举报水务局收费', { confidential: true })
  const made = await instruct({
    ...{ about: { kind: 'case', number: secret.number }, on: '2018-02-23', confidentiality: 'internal' },
    ...{ unitId: await w.unit('heating') },
  })
  const readBy = async (account: string) =>
    (await must(account, 'GET', '/api/v1/instructions'))['items'].some((one: Row) => one['id'] === made['id'])
  assert.deepEqual(await Promise.all(['leader', 'handler2', 'auditor', 'admin'].map(readBy)), [
    true,
    true,
    false,
    false,
  ])
  assert.equal(
    (await w.call('auditor', 'GET', `/api/v1/instructions/${made['id']}/image`)).body.code,
    'instruction.not_found',
  )
})

test('instructions are counted beyond those that are listed, and those that wait come first', async () => {
  const before = await countsOf()
  await w.app.store.tx(w.tenant, (tx) =>
    tx.run(sql`
    insert into instruction (tenant_id, id, leader_title, on_day, body, kind, about_kind, about_title, rank, confidentiality, reply, by_name, created_at)
    select tenant_id, gen_random_uuid(), '市长', '2018-03-05', '阅。', kind, 'free', '材料', rank, 'open', reply, '甲', created_at
    from instruction, generate_series(1, 501) where tenant_id = ${w.tenant} and id = (select id from instruction where case_id is null limit 1)`),
  )
  const { items, counts } = await must('leader', 'GET', '/api/v1/instructions')
  assert.deepEqual(counts, { ...before, read: before.read + 501 })
  assert.equal(items.filter((one: Row) => one['state'] === 'open').length, before.open)
})

test('a telephone in the reason of a return is in no record', async () => {
  const { id } = await hold({ on: '2018-03-05' })
  await draft(id)
  await must('leader', 'POST', `/api/v1/meetings/${id}/actions/return`, { reason: '请先致电 13800138000 核实' })
  const rows = await w.app.store.tx(w.tenant, (tx) =>
    tx.run<{ note: string }>(sql`select note from audit where tenant_id = ${w.tenant} and action = 'returnMinutes'`),
  )
  assert.equal(
    rows.some(({ note }) => note.includes('13800138000')),
    false,
  )
})
