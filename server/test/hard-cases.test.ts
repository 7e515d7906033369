import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MORE, onDay, type Row, STOP, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** The hard cases of a case's life, each as a story through the API; the row's id opens its name. */
let w: World
const { must, get, related, events, actions, clock, tries, refused, at, bring, answer, decided } = storyteller(() => w)
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  await must('admin', 'POST', '/api/v1/rule-sets', {
    version: '2026-长',
    validFrom: '2026-02-01',
    source: '本区规定',
    rules: {
      limits: { handle: { any: { amount: 5, unit: 'workingDay' }, complex: { amount: 20, unit: 'workingDay' } } },
    },
  })
})
after(() => w.close())

test('K01 a clock that waits for the applicant stands still for whole days, with approver and notice, and says so', async () => {
  const id = await bring('inHand', { class: 'complex' })
  await at('2026-03-09T10:00:00+08:00')
  await refused('case.needs_approval', 'handler', id, 'suspend', { ...STOP, from: '2026-03-09', until: '2026-03-18' })
  await w.act('handler', id, 'askSuspension', { ...STOP, until: '2026-03-18' })
  assert.equal((await get(id))['case'].paused, false, 'asking stops nothing')
  await refused('request.pending', 'handler', id, 'askSuspension', { ...STOP, until: '2026-03-18' })
  await decided('head', id, 'suspension', 'grant', { note: '同意' })
  const paused = await get(id)
  assert.deepEqual([paused['case'].paused, paused['case'].light], [true, 'paused'])
  const lit = await must('dispatcher', 'GET', '/api/v1/ledger?light=paused')
  assert.ok(
    lit['items'].some((item: Row) => item['id'] === id),
    'the ledger finds it by its light',
  )
  // A second stop inside the first is counted once.
  await w.act('handler', id, 'askSuspension', { ...STOP, reason: 'expert', until: '2026-03-17' })
  await decided('head', id, 'suspension', 'grant')
  await at('2026-03-19T09:00:00+08:00')
  const { case: kase } = await get(id)
  assert.equal(kase.paused, false, 'it resumed by itself')
  const handle = await clock(id, 'handle')
  assert.equal(onDay(handle['dueAt']), '2026-04-10')
  assert.equal(
    handle['days'].filter((day: Row) => day['why'] === '暂停计时').length,
    10,
    'the explanation names every stopped day',
  )
  assert.equal(
    handle['days'].reduce((sum: number, day: Row) => sum + day['counted'], 0),
    20,
  )
  const notice = (await events(id)).find((event) => event['action'] === 'suspend')
  assert.match(notice?.['input'].notice, /产权证明/)
})

test('K01 what was waited for comes: the clock goes on at once, and the stopped share of the unit is told', async () => {
  const { number, pickupCode, id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'askSuspension', { ...STOP, until: '2026-04-10' })
  await decided('head', id, 'suspension', 'grant')
  await at('2026-03-20T09:30:00+08:00')
  const url = `/api/v1/public/appeals/${number}/messages?code=${pickupCode}`
  await must(null, 'POST', url, { text: '产权证明已交到窗口' })
  const { case: kase } = await get(id)
  assert.deepEqual([kase.paused, kase.stops[0].from, kase.stops[0].to], [false, '2026-03-19', '2026-03-20'])
  await answer(id)
  const share = '/api/v1/indicators/stoppedShare?from=2026-03-01&to=2026-03-31&by=unit'
  const { rows } = await must('leader', 'GET', share)
  const water = rows.find((row: Row) => row['label'] === '区水务局')
  assert.ok(water.numerator === 2 && water.denominator >= 2, JSON.stringify(water))
})

test('K01 a backdated stop is decided one level up and stays visible; nobody grants what he asks; overdue stays overdue', async () => {
  const id = await bring('inHand')
  await at('2026-03-23T10:00:00+08:00')
  const backdated = { ...STOP, from: '2026-03-20', until: '2026-03-25' }
  await refused('suspension.too_long', 'handler', id, 'askSuspension', { ...STOP, until: '2026-07-30' })
  await refused('suspension.before_start', 'handler', id, 'askSuspension', { ...backdated, from: '2026-03-01' })
  await w.act('handler', id, 'askSuspension', backdated)
  const [request] = await related(id, 'request')
  assert.match(
    (await tries('head', request?.['id'], 'grant')).body.detail,
    /分办中心/,
    'the head is told who may decide it',
  )
  await decided('dispatcher', id, 'suspension', 'grant')
  assert.equal((await get(id))['case'].stops[0].backdated, true)
  await at('2026-04-20T10:00:00+08:00')
  assert.equal((await get(id))['case'].light, 'red')
  await w.act('head', id, 'askSuspension', { ...STOP, until: '2026-04-24' })
  await refusedDecision('request.own', 'head', id)
  await decided('vice', id, 'suspension', 'grant')
  assert.equal((await get(id))['case'].light, 'red', 'a stop does not un-overdue')
})
async function refusedDecision(code: string, account: string, id: string) {
  const request = (await related(id, 'request')).findLast((one) => one['stage'] === 'asked')
  await refused(code, account, request?.['id'], 'grant')
}

test('K02 two refusals go to arbitration: the decision binds, enters the catalogue, and the loser pays the time in dispute', async () => {
  await at('2026-04-21T09:00:00+08:00')
  const id = await bring('dispatched')
  const promised = (await clock(id, 'handle'))['dueAt']
  const [water, heating] = [await w.unit('water'), await w.unit('heating')]
  const because = { reason: '不属供水管道', basis: '分办目录 F003' }
  await refused('refusal.same_unit', 'handler', id, 'refuse', { ...because, unitId: water })
  await w.act('handler', id, 'refuse', { ...because, unitId: heating })
  await at('2026-04-21T11:00:00+08:00')
  assert.equal((await get(id))['case'].stage, 'inHand', 'a refusal does not stop the sign-in clock')
  await decided('dispatcher', id, 'refusal', 'grant')
  assert.equal((await get(id))['case'].leadUnit.name, '区供热办')
  await w.act('handler2', id, 'refuse', { ...because, unitId: water })
  const [arbitration] = (await related(id, 'request')).filter((one) => one['kind'] === 'arbitration')
  assert.equal(arbitration?.['stage'], 'asked')
  await at('2026-04-21T15:00:00+08:00')
  await refused('arbitration.no_basis', 'supervisor', arbitration?.['id'], 'grant', { unitId: water })
  await decided('supervisor', id, 'arbitration', 'grant', { unitId: water, basis: '供水管道权属裁定' })
  const { case: kase } = await get(id)
  assert.equal(kase.leadUnit.name, '区水务局')
  assert.equal((await clock(id, 'handle'))['dueAt'], promised, "the person's date never moved")
  assert.deepEqual(
    kase.disputes.map((dispute: Row) => dispute['chargedTo'].name),
    ['区水务局', '区水务局'],
  )
  const used = new Map(kase.unitTimes.map((time: Row) => [time['unit']?.name, time['workingHours']]))
  assert.equal(used.get('区供热办'), 0, 'who was right pays nothing')
  assert.equal(used.get('区水务局'), 4.5, 'both disputes, 09:00–12:00 and 13:30–15:00')
  await refused('refusal.bound', 'handler', id, 'refuse', { ...because, unitId: heating })
  const next = await bring('accepted')
  const proposal = (await get(next))['actions'].find((action: Row) => action['name'] === 'dispatch').proposal
  assert.deepEqual([proposal.leadUnitName, proposal.basis], ['区水务局', '供水管道权属裁定'])
})

test('K02 a unit refuses once and in time; after that it is told what remains', async () => {
  const id = await bring('dispatched')
  const because = { reason: '错派', basis: '辖区界线', unitId: await w.unit('south') }
  await w.act('handler', id, 'refuse', because)
  await decided('dispatcher', id, 'refusal', 'deny', { reason: '属本单位职责' })
  assert.match(await refused('refusal.again', 'head', id, 'refuse', because), /变更主办/)
  assert.equal((await get(id))['case'].disputes[0].chargedTo.name, '区水务局')
  const late = await bring('dispatched')
  await at('2026-04-23T09:00:00+08:00')
  await refused('refusal.too_late', 'head', late, 'refuse', because)
})

test('K03 every co-unit has a task with a clock of its own before the lead unit; only the lead answers', async () => {
  await at('2026-05-06T09:00:00+08:00')
  const id = await bring('inHand', { assisting: ['heating'] })
  const [task] = await related(id, 'task')
  assert.equal(task?.['unit'], '区供热办')
  const lead = await clock(id, 'handle')
  assert.deepEqual(
    [onDay(lead['dueAt']), onDay(task?.['dueAt'])],
    ['2026-05-12', '2026-05-09'],
    '05-09 is a make-up Saturday',
  )
  await w.act('handler', id, 'survey', { place: '三号楼', present: ['水务局', '供热办'], text: '两处渗漏' })
  await w.act('head', id, 'minute', { present: ['水务局', '供热办'], decisions: '供热办先泄压' })
  await refused('forbidden', 'handler2', id, 'draftAnswer', { text: '已办', outcome: 'solved' })
  await at('2026-05-11T09:00:00+08:00')
  assert.deepEqual(
    [(await get(id))['case'].light, (await related(id, 'task'))[0]?.['light']],
    ['green', 'red'],
    'the co-unit is late, the lead is not',
  )
  await w.act('handler2', task?.['id'], 'report', { text: '已泄压' })
  await answer(id)
  assert.equal((await clock(id, 'handle'))['state'], 'met')
  const change = await bring('inHand')
  await w.act('head', change, 'askLeadChange', { unitId: await w.unit('heating'), reason: '主体在供热管网' })
  await decided('dispatcher', change, 'leadChange', 'grant')
  assert.equal((await get(change))['case'].leadUnit.name, '区供热办')
})

test('K04 a dissatisfied call-back opens a new round: the first closing stays counted, the second goes to a leader, the third is supervised', async () => {
  await at('2026-06-22T09:00:00+08:00')
  const id = await bring('answered')
  await at('2026-06-28T10:00:00+08:00')
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
  await w.act('caller', id, 'close')
  const [june] = (await get(id))['case'].rounds
  await at('2026-07-03T10:00:00+08:00')
  const number = (await get(id))['case'].number
  await w.act('caller', id, 'reopen', { reason: '来电称仍漏水' })
  const { case: reopened } = await get(id)
  assert.deepEqual(reopened.rounds[0], june, 'June is not rewritten')
  assert.equal(onDay(reopened.receivedAt), '2026-06-22', 'age counts from the first report')
  for (const round of [2, 3, 4]) {
    await answer(id)
    await w.act('caller', id, 'callBack', { reached: true, satisfied: false, grade: 1 })
    await refused('case.unsatisfied', 'caller', id, 'close')
    await w.act('caller', id, 'reopen', { reason: `第 ${round} 次不满意` })
  }
  const notices = await related(id, 'notice')
  assert.deepEqual(
    notices.map((one) => [one['kind'], one['handler']]),
    [
      ['dissatisfied', '区长'],
      ['red', '水务局长'],
    ],
    number,
  )
  await w.act('head', id, 'askEnding', {
    explanation: '管网属居民自有',
    basis: '物业管理条例',
    alternatives: '已协调物业',
  })
  await refusedDecision('request.own', 'head', id)
  await decided('dispatcher', id, 'ending', 'grant')
  assert.partialDeepStrictEqual((await get(id))['case'], { stage: 'closed', outcome: 'explained' })
})

test('K05 five calls while it is open are one case and four urgings; after the end a new photo makes a new round, the same words do not', async () => {
  const { number, pickupCode, id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  const { dueAt } = (await get(id))['case']
  const say = (body: object) => must(null, 'POST', `/api/v1/public/appeals/${number}/messages?code=${pickupCode}`, body)
  for (let call = 2; call <= 5; call++) await say({ text: `第 ${call} 次来电`, kind: 'urge' })
  await say({ text: '四号楼也漏', kind: 'supplement' })
  const { case: open } = await get(id)
  assert.partialDeepStrictEqual(open, { urged: 4, supplemented: 1, round: 1, dueAt })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await answer(id)
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
  await w.act('caller', id, 'close')
  assert.equal((await say({ text: '还是那件事' }))['counted'], 'reRaise')
  assert.partialDeepStrictEqual((await get(id))['case'], { stage: 'closed', round: 1, reRaised: 1 })
  assert.equal((await say({ text: '又漏了，这是照片', newFacts: true }))['counted'], 'newRound')
  assert.partialDeepStrictEqual((await get(id))['case'], { stage: 'inHand', round: 2 })
})

test('K06 fifty voices, one work, fifty answers: the problem closes only when everybody is answered or was not reached at three different times', async () => {
  await at('2026-07-06T09:00:00+08:00')
  const { case: problem } = await must('supervisor', 'POST', '/api/v1/cases', {
    type: 'problem',
    facts: { title: '南塔小区供水管网老化', content: '多户反映漏水', category: 'pipe' },
  })
  const children: string[] = []
  const voice = await w.file('1 号楼水管漏水')
  children.push(voice.id)
  for (let i = 2; i <= 50; i++) children.push((await w.file(`${i} 号楼水管漏水`)).id)
  const merged = await must('dispatcher', 'POST', '/api/v1/case-actions', {
    action: 'merge',
    ids: children,
    input: { into: problem.number },
  })
  assert.ok(
    merged['items'].every((item: Row) => item['ok']),
    JSON.stringify(merged['items'].find((i: Row) => !i['ok'])),
  )
  const [first = '', second = '', third = ''] = children
  await refused('merge.not_a_problem', 'dispatcher', await bring('accepted'), 'merge', { into: 'WT000' })
  await w.act('dispatcher', third, 'unmerge', { reason: '不是同一处' })
  assert.partialDeepStrictEqual((await get(third))['case'], { stage: 'accepted' })
  await w.act('dispatcher', third, 'merge', { into: problem.number })

  await w.act('dispatcher', problem.id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', problem.id, 'sign')
  await w.act('handler', problem.id, 'askExtension', { ...MORE, notice: '管材到货后三日内完工' })
  await decided('head', problem.id, 'extension', 'grant')
  const follows = await must(null, 'GET', `/api/v1/public/appeals/${voice.number}?code=${voice.pickupCode}`)
  assert.equal(follows['unit'], '区水务局', 'who was merged sees who works on it, and what is told there')
  assert.ok(follows['steps'].some((step: Row) => step['text'].includes('管材到货后三日内完工')))
  await w.act('handler', problem.id, 'draftAnswer', { text: '已更换主管网 160 米。', outcome: 'solved' })
  await w.act('head', problem.id, 'approveAnswer')
  const { case: answered } = await get(problem.id)
  assert.deepEqual(answered.merged, { total: 50, answered: 50, unreachable: 0 })
  const { case: one } = await get(second)
  assert.match(one.answer, /您于7月6日反映的“2 号楼水管漏水”.*已更换主管网/s, 'each answer speaks of its own report')

  const late = await bring('accepted')
  await w.act('dispatcher', late, 'merge', { into: problem.number })
  assert.equal((await get(late))['case'].stage, 'answered', 'who joins late has the answer at once')

  await refused('merge.children_open', 'supervisor', problem.id, 'strikeOff')
  const [, ...reached] = [...children, late]
  for (const id of reached.filter((child) => child !== second))
    await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
  for (const [day, hour] of [
    ['07', '10'],
    ['08', '15'],
    ['09', '19'],
  ]) {
    await at(`2026-07-${day}T${hour}:00:00+08:00`)
    for (const id of [first, second]) await w.act('caller', id, 'callBack', { reached: false })
    if (day === '07') await refused('callBack.too_soon', 'caller', first, 'callBack', { reached: false })
  }
  await w.act('supervisor', problem.id, 'strikeOff')
  const { case: closed } = await get(problem.id)
  assert.deepEqual([closed.merged.unreachable, closed.facts.struckOff.unreachable.length], [2, 2])
  assert.equal((await get(first))['case'].satisfied, null, 'not reached is not satisfied')
})

test('K06 a closed case is not merged, and links do not go in circles', async () => {
  const id = await bring('answered')
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
  await w.act('caller', id, 'close')
  const open = async (title: string) =>
    (await must('supervisor', 'POST', '/api/v1/cases', { type: 'problem', facts: { title, content: title } }))['case']
  const [a, b] = [await open('甲'), await open('乙')]
  await refused('case.action_not_allowed', 'dispatcher', id, 'merge', { into: a.number })
  await w.act('dispatcher', a.id, 'merge', { into: b.number })
  await refused('merge.cycle', 'dispatcher', b.id, 'merge', { into: a.number })
  await refused('merge.cycle', 'dispatcher', b.id, 'merge', { into: b.number })
})

test('K07 an extension is asked before the due date, granted by level, told to the person; the original date stays on record', async () => {
  await at('2026-07-13T09:00:00+08:00')
  const id = await bring('inHand')
  const due = (await clock(id, 'handle'))['dueAt']
  await w.act('handler', id, 'askExtension', MORE)
  await decided('head', id, 'extension', 'deny', { reason: '可先临时抢修' })
  assert.equal((await clock(id, 'handle'))['dueAt'], due, 'denied: the old date stands')
  await w.act('handler', id, 'askExtension', MORE)
  await decided('head', id, 'extension', 'grant')
  const extended = await clock(id, 'handle')
  assert.deepEqual([onDay(extended['dueAt']), extended['originalDueAt'], extended['extra']], ['2026-07-23', due, 3])
  await w.act('handler', id, 'askExtension', MORE)
  await refusedDecision('request.wrong_level', 'head', id)
  await decided('dispatcher', id, 'extension', 'grant')
  await refused('extension.exhausted', 'handler', id, 'askExtension', MORE)
  const late = await bring('inHand')
  const { dueAt } = (await clock(late, 'handle')) as { dueAt: string }
  await at(new Date(new Date(dueAt).getTime() + 60_000).toISOString())
  assert.match(
    await refused('extension.too_late', 'handler', late, 'askExtension', MORE),
    /挂账/,
    'one minute late is late',
  )
})

test('K08 an order from above keeps both numbers and two clocks: the inner date comes first by the margin, the timeline goes up whole', async () => {
  await at('2026-11-23T09:00:00+08:00')
  const { case: kase } = await must('clerk', 'POST', '/api/v1/cases', {
    type: 'appeal',
    channel: 'hotline',
    facts: {
      content: '市热线转办：水管漏水',
      superior: { body: '市12345', number: 'S-20261123-001', dueOn: '2026-12-14' },
    },
  })
  await w.act('clerk', kase.id, 'accept', { category: 'pipe' })
  assert.equal(onDay((await clock(kase.id, 'handle'))['dueAt']), '2026-12-10')
  assert.equal(onDay((await clock(kase.id, 'superior'))['dueAt']), '2026-12-14')
  assert.equal((await get(kase.id))['case'].superior.number, 'S-20261123-001')
  await w.act('dispatcher', kase.id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', kase.id, 'sign')
  await refused('extension.fixed', 'handler', kase.id, 'askExtension', MORE)
  await w.act('head', kase.id, 'coordinate', { kind: 'superior', body: '市住建局', text: '请示管网改造资金', days: 5 })
  assert.equal((await related(kase.id, 'task'))[0]?.['kindLabel'], '请示上级')
  await answer(kase.id)
  const up = await must('clerk', 'GET', `/api/v1/cases/${kase.id}/return`)
  assert.deepEqual(
    [up['superior'].number, up['number'], up['result'].outcome],
    ['S-20261123-001', kase.number, 'solved'],
  )
  assert.deepEqual(
    up['timeline'].map((step: Row) => step['action']),
    await actions(kase.id),
  )
})

test('K18, H23 what lies outside our jurisdiction stays ours to answer: a letter, reminders and a result hang on the case', async () => {
  const id = await bring('inHand')
  await w.act('handler', id, 'coordinate', {
    body: '市政园林建设处',
    letterNumber: '函〔2026〕8号',
    text: '商请疏通两处淤堵管道',
    days: 3,
  })
  const [task] = await related(id, 'task')
  assert.partialDeepStrictEqual(task ?? {}, { unit: '区水务局', stage: 'inHand', kindLabel: '外部协调' })
  await w.act('handler', task?.['id'], 'remind', { text: '电话催问一次' })
  assert.equal((await get(id))['case'].paused, false, 'our own wait stops no clock')
  await w.act('handler', task?.['id'], 'report', { text: '已更换管道两处，修缮检修井两处' })
  await answer(id, {
    quantities: [
      { kind: 'pieces', what: '管道', value: 2 },
      { kind: 'pieces', what: '检修井', value: 2 },
    ],
    beneficiaries: 20000,
  })
  assert.partialDeepStrictEqual((await get(id))['case'], {
    beneficiaries: 20000,
    quantities: [{ value: '2' }, { value: '2' }],
  })
})

test('K19, H06 a long-term matter needs a leader, a plan and a review within 90 days, and comes back by itself', async () => {
  const id = await bring('inHand')
  const plan = {
    reason: '须列入明年改造计划',
    milestones: [{ text: '立项', on: '2026-12-20' }],
    notice: '已列入改造计划',
  }
  await refused('longTerm.review', 'head', id, 'askLongTerm', { ...plan, reviewOn: '2027-06-30' })
  await w.act('head', id, 'askLongTerm', { ...plan, reviewOn: '2027-01-15' })
  await refusedDecision('request.wrong_level', 'supervisor', id)
  await decided('leader', id, 'longTerm', 'grant')
  assert.partialDeepStrictEqual((await get(id))['case'], {
    light: 'paused',
    stops: [{ longTerm: true, reasonLabel: '挂账' }],
  })
  await at('2027-01-16T09:00:00+08:00')
  const { case: back } = await get(id)
  assert.equal(back.paused, false)
  assert.ok((await actions(id)).includes('resume'))
  await w.act('head', id, 'markLegacy', { reason: '1998 年建成，产权不清', plan: [{ text: '确权', on: '2027-03-01' }] })
  await answer(id)
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
  await refused('legacy.no_opinion', 'leader', id, 'close')
  await w.act('caller', id, 'reopen', { reason: '补法律意见' })
  await w.act('head', id, 'opine', { way: '由区属企业接管', opinion: '符合规定', lawful: true })
  await answer(id)
  await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
  await refused('legacy.needs_leader', 'caller', id, 'close')
  await w.act('leader', id, 'close')
})

test('H05 whether a demand is reasonable is a judgement of its own, with author, basis and another reviewer', async () => {
  const id = await bring('inHand')
  await w.act('head', id, 'judgeDemand', { reasonable: false, basis: '超出职责' })
  await w.act('supervisor', id, 'reviewDemand', { agree: false, note: '属正当诉求' })
  assert.partialDeepStrictEqual((await get(id))['case'].judgement, {
    author: '水务局长',
    reviewer: '督查员',
    agreed: false,
  })
})

test('K20 a promise by a date is a clock: broken, the case is open again on the next working day', async () => {
  const u = await world('2026-09-14T09:00:00+08:00')
  const home = w
  w = u
  try {
    const [kept, broken] = [await bring('inHand'), await bring('inHand')]
    await refused('answer.promise_without_day', 'handler', kept, 'draftAnswer', {
      text: '月底前修好',
      outcome: 'promised',
    })
    for (const id of [kept, broken]) {
      await answer(id, { outcome: 'promised', promisedOn: '2026-09-30', text: '九月底前更换完毕' })
      await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
      await w.act('caller', id, 'close')
    }
    assert.equal((await get(broken))['case'].light, 'green', 'a promise still to keep shows on the closed case')
    await w.act('handler', kept, 'fulfilPromise', { text: '已全部更换' })
    await at('2026-10-07T20:00:00+08:00')
    assert.equal((await get(broken))['case'].stage, 'closed', 'nothing happens in the holidays')
    await at('2026-10-08T09:00:00+08:00')
    assert.partialDeepStrictEqual((await get(broken))['case'], { stage: 'inHand', round: 2, brokenPromises: 1 })
    const event = (await events(broken)).find(({ action }) => action === 'breakPromise')
    assert.equal(onDay(event?.['at']), '2026-10-08')
    assert.partialDeepStrictEqual((await get(kept))['case'], { stage: 'closed', outcome: 'solved', brokenPromises: 0 })
  } finally {
    w = home
    await u.close()
  }
})

test('K21 an answer is published by somebody else, without personal data, corrected openly and taken down with a reason', async () => {
  const id = await bring('answered')
  await refused('forbidden', 'handler', id, 'publishAnswer')
  await w.act('head', id, 'correctAnswer', { text: '已更换，有事请拨 13812345678', reason: '补充电话' })
  await refused('publish.personal', 'supervisor', id, 'publishAnswer')
  await w.act('head', id, 'correctAnswer', { text: '已更换，有事请拨 12345', reason: '改为公开电话' })
  await w.act('supervisor', id, 'publishAnswer', {})
  const listed = async () =>
    ((await must(null, 'GET', '/api/v1/public/answers'))['items'] as Row[]).find((one) => one['number'] === kase.number)
  const { case: kase } = await get(id)
  assert.equal((await listed())?.['answer'], '已更换，有事请拨 12345')
  await w.act('dispatcher', id, 'correctAnswer', { text: '已更换管道两根', reason: '数量有误' })
  await refused('publish.own', 'dispatcher', id, 'publishCorrection')
  await w.act('supervisor', id, 'publishCorrection', {})
  assert.deepEqual(
    (await listed())?.['corrections'].map((one: Row) => [one['reason'], one['before']]),
    [['数量有误', '已更换，有事请拨 12345']],
    'a correction after publication is shown as one',
  )
  await w.act('supervisor', id, 'takeDown', { reason: '当事人要求' })
  assert.equal(await listed(), undefined)
})

test('K22, H13 one case becomes a have-or-none task for every unit that can have the thing; a false none is a matter of accountability', async () => {
  const id = await bring('inHand')
  await w.act('leader', id, 'orderSweep', {
    question: '办公用房是否在无电梯的三楼及以上',
    unitIds: [await w.unit('water'), await w.unit('heating')],
    days: 5,
  })
  const [water, heating] = await related(id, 'sweep')
  await w.act('head', water?.['id'], 'replyHave', { places: [{ title: '营业厅在三楼', content: '群众上下不便' }] })
  const [found] = await related(water?.['id'], 'problem')
  assert.equal(found?.['title'], '营业厅在三楼')
  await refused('forbidden', 'handler2', heating?.['id'], 'replyNone', { statement: '没有' })
  await w.act('head2', heating?.['id'], 'replyNone', { statement: '经排查未发现' })
  await w.act('supervisor', heating?.['id'], 'spotCheck', { found: true, note: '二号站在四楼' })
  assert.equal((await get(heating?.['id']))['case'].stage, 'falseNone')
  assert.equal((await related(heating?.['id'], 'notice'))[0]?.['kind'], 'red')
})

test('ladder: an overdue case climbs by itself, in office hours; each rung is a numbered notice, signed for and answered; nobody there is an alarm', async () => {
  const u = await world('2026-03-02T09:30:00+08:00')
  const home = w
  w = u
  try {
    const id = await bring('inHand')
    const orphan = (await w.file('暖气不热')).id
    await w.act('clerk', orphan, 'accept', { category: 'heating' })
    await w.act('dispatcher', orphan, 'dispatch', { leadUnitId: await w.unit('heating'), class: 'complaint' })
    await at('2026-03-10T08:00:00+08:00')
    assert.equal((await related(id, 'notice')).length, 0, 'not before the office opens')
    await at('2026-03-10T09:00:00+08:00')
    const [reminder] = await related(id, 'notice')
    assert.partialDeepStrictEqual(reminder ?? {}, {
      kind: 'reminder',
      documentNumber: '催办〔2026〕1号',
      handler: '水务局长',
    })
    await refused('notice.not_addressee', 'leader', reminder?.['id'], 'receive')
    await refused('case.not_found', 'head2', reminder?.['id'], 'receive')
    await w.act('head', reminder?.['id'], 'receive')
    await w.act('head', reminder?.['id'], 'reply', { text: '配件后天到货' })
    await at('2026-03-31T10:00:00+08:00')
    const kinds = (await related(id, 'notice')).map(({ kind }) => kind)
    assert.deepEqual(kinds.slice(0, 4), ['reminder', 'yellow', 'red', 'leader'])
    assert.equal((await get(id))['case'].supervised, 'leader')
    const orphans = await related(orphan, 'notice')
    const alarm = orphans.find(({ kind }) => kind === 'alarm')
    assert.equal(alarm?.['handler'], '督查员', 'a missing superior is an alarm, never silence')
    for (const event of (await events(id)).filter(({ action }) => action === 'escalate')) {
      const hour = new Date(event['at']).getUTCHours() + 8
      assert.ok(hour >= 9 && hour < 18, `${event['at']} is office time`)
    }
    await w.act('supervisor', id, 'supervise', { kind: 'red', text: '限期三日' })
  } finally {
    w = home
    await u.close()
  }
})

test('S29, H14 a handling mode has its own clock and its own duties', async () => {
  const solved = { text: '已办', outcome: 'solved' }
  const onSite = await bring('inHand', { mode: 'onSite' })
  await refused('mode.visit_first', 'handler', onSite, 'draftAnswer', solved)
  await w.act('handler', onSite, 'contact', { reached: true, channel: 'visit', note: '已上门' })
  await answer(onSite)
  const flexible = await bring('inHand', { mode: 'flexible' })
  await refused('mode.opinion_first', 'handler', flexible, 'draftAnswer', solved)
  await w.act('head', flexible, 'opine', { way: '以租代建', opinion: '不违背政策', lawful: true })
  await w.act('head', flexible, 'minute', { present: ['水务局'], decisions: '同意' })
  await answer(flexible)
  const open = await bring('inHand', { mode: 'open' })
  await refused('mode.publish_first', 'handler', open, 'draftAnswer', solved)
  const small = await bring('inHand', { mode: 'small' })
  await w.act('handler', small, 'draftAnswer', solved)
  assert.equal((await get(small))['case'].stage, 'answered', 'a small matter needs no second signature')
  const atOnce = await bring('inHand', { mode: 'atOnce' })
  assert.deepEqual((await clock(atOnce, 'handle'))['limit'], { amount: 24, unit: 'hour' })
  const proactive = await bring('inHand', { mode: 'proactive' })
  assert.deepEqual((await clock(proactive, 'progress'))['limit'], { amount: 7, unit: 'day' })
  await w.act('handler', proactive, 'reportProgress', { text: '已踏勘' })
  await w.act('handler', proactive, 'askExtension', MORE)
  await refusedDecision('request.wrong_level', 'dispatcher', proactive)
  await decided('leader', proactive, 'extension', 'grant')
})

test('H15 figures of an outcome are typed, qualified and kept with the case', async () => {
  const id = await bring('inHand')
  await refused('quantity.invalid', 'handler', id, 'draftAnswer', {
    text: '已修',
    outcome: 'solved',
    quantities: [{ kind: 'length', value: '一百' }],
  })
  await answer(id, {
    text: '修建便道长100米、宽1.8米，结束绕行一千余米；新建排污管道约160米，惠及15户。',
    quantities: [
      { kind: 'length', what: '便道', value: 100 },
      { kind: 'width', what: '便道', value: '1.8' },
      { kind: 'length', what: '绕行', value: 1000, qualifier: 'over' },
      { kind: 'length', what: '排污管道', value: 160, qualifier: 'about' },
      { kind: 'households', value: 15 },
    ],
    contractors: '施工单位、监理单位',
  })
  assert.equal((await get(id))['case'].quantities.length, 5)
})

test('K09 a holiday notice moves exactly the dates it touches, shown before it is applied; a told date moves later with notice and never earlier', async () => {
  const u = await world('2026-12-25T09:00:00+08:00')
  const home = w
  w = u
  try {
    const touched = await bring('inHand')
    await at('2026-12-28T09:00:00+08:00')
    const other = await bring('inHand')
    const early = await bring('accepted', { category: 'heating', content: '暖气不热' })
    const guess = await clock(touched, 'handle')
    assert.deepEqual([onDay(guess['dueAt']), guess['provisional']], ['2027-01-04', true])
    assert.equal((await clock(early, 'handle'))['provisional'], false, 'due within the published year')
    const body = {
      source: '假设的通知',
      off: { '2027-01-01': '元旦', '2027-01-02': '元旦', '2027-01-04': '元旦' },
      work: { '2027-01-03': '元旦补班' },
    }
    const publish = (more: object) => must('admin', 'PUT', '/api/v1/calendar/years/2027', { ...body, ...more })
    const later = { off: { '2027-01-01': '元旦', '2027-01-04': '元旦', '2027-01-05': '元旦' }, work: {} }
    const dry = await publish({ ...later, dryRun: true })
    assert.deepEqual(
      dry['moved'].map((one: Row) => [one['id'], onDay(one['from']), onDay(one['to']), one['applied']]).sort(),
      [
        [touched, '2027-01-04', '2027-01-06', true],
        [other, '2027-01-05', '2027-01-07', true],
      ].sort(),
    )
    assert.equal((await clock(touched, 'handle'))['dueAt'], guess['dueAt'], 'a dry run moves nothing')
    // With a working Sunday one date would come earlier: it was told, so it stays.
    const mixed = await publish({ work: { '2027-01-03': '补班' }, off: { '2027-01-01': '元旦' }, dryRun: true })
    assert.ok(mixed['moved'].every((one: Row) => one['applied'] === false))
    const refused = await w.call('admin', 'PUT', '/api/v1/calendar/years/2027', {
      ...body,
      off: { '2026-12-31': '错' },
    })
    assert.equal(refused.body.errors[0].code, 'calendar.other_year')
    await publish({ ...later, dryRun: false })
    const set = await clock(touched, 'handle')
    assert.deepEqual([onDay(set['dueAt']), set['provisional']], ['2027-01-06', false])
    const event = (await events(touched)).at(-1)
    assert.match(event?.['input'].notice, /2027年1月4日调整为2027年1月6日/)
    const due = await must('clerk', 'GET', '/api/v1/calendar/due?from=2026-12-25&amount=5&unit=workingDay')
    assert.deepEqual([onDay(due['dueAt']), due['provisional']], ['2027-01-06', false])
  } finally {
    w = home
    await u.close()
  }
})

test('B21 a decision that is late stands on the desk one level up as well; above the last desk it is an alarm', async () => {
  const u = await world('2026-03-02T09:30:00+08:00')
  const home = w
  w = u
  try {
    const id = await bring('inHand')
    await w.act('handler', id, 'askExtension', MORE)
    const queued = async (account: string): Promise<number> =>
      (await must(account, 'GET', '/api/v1/queues'))['items'].find((queue: Row) => queue['id'] === 'toDecide')['count']
    assert.deepEqual([await queued('head'), await queued('dispatcher')], [1, 0])
    await at('2026-03-04T09:30:00+08:00')
    assert.deepEqual([await queued('head'), await queued('dispatcher')], [1, 1], 'after one working day')
    await at('2026-03-10T09:30:00+08:00')
    assert.deepEqual([await queued('supervisor'), await queued('leader')], [1, 1])
    await at('2026-03-13T09:30:00+08:00')
    const [request] = await related(id, 'request')
    const alarms = await related(request?.['id'], 'notice')
    assert.deepEqual(
      alarms.map(({ kind, handler }) => [kind, handler]),
      [['alarm', '督查员']],
      'one alarm, however long it lasts',
    )
    await decided('head', id, 'extension', 'grant')
    assert.equal((await clock(id, 'handle'))['extra'], 3, 'the head may still decide')
  } finally {
    w = home
    await u.close()
  }
})

test('K20 what a problem promises is promised to every voice in it: kept for all, or broken for all on the same day', async () => {
  const u = await world('2026-09-14T09:00:00+08:00')
  const home = w
  w = u
  try {
    const promised = async (title: string): Promise<{ problem: string; voice: string }> => {
      const facts = { title, content: title, category: 'pipe' }
      const { case: problem } = await must('supervisor', 'POST', '/api/v1/cases', { type: 'problem', facts })
      const voice = await bring('accepted')
      await w.act('dispatcher', voice, 'merge', { into: problem.number })
      await w.act('dispatcher', problem.id, 'dispatch', { leadUnitId: await w.unit('water') })
      await w.act('handler', problem.id, 'sign')
      await answer(problem.id, { outcome: 'promised', promisedOn: '2026-09-30', text: '九月底前更换完毕' })
      await w.act('caller', voice, 'callBack', { reached: true, satisfied: true })
      await w.act('caller', voice, 'close')
      return { problem: problem.id, voice }
    }
    const [kept, broken] = [await promised('东街管网'), await promised('西街管网')]
    assert.partialDeepStrictEqual((await get(kept.voice))['case'], { outcome: 'promised', promisedOn: '2026-09-30' })
    await w.act('handler', kept.problem, 'fulfilPromise', { text: '已全部更换' })
    assert.equal((await get(kept.voice))['case'].outcome, 'solved')
    await at('2026-10-08T09:00:00+08:00')
    assert.equal((await get(kept.voice))['case'].stage, 'closed')
    assert.partialDeepStrictEqual((await get(broken.problem))['case'], { stage: 'inHand', round: 2 })
    assert.partialDeepStrictEqual((await get(broken.voice))['case'], { stage: 'merged', round: 2, brokenPromises: 1 })
    await answer(broken.problem, { text: '十月九日已更换完毕' })
    const { case: again } = await get(broken.voice)
    assert.match(again.answer, /十月九日已更换完毕/)
    assert.partialDeepStrictEqual(again, { stage: 'answered', round: 2, outcome: 'solved' })
  } finally {
    w = home
    await u.close()
  }
})
