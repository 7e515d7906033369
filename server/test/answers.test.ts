import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes } from '@banjie/contract'
import { deidentify } from '../src/case/index.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { must, get, tries, refused, bring, at } = storyteller(() => w)

const track = ({ number, pickupCode }: { number: string; pickupCode: string }): Promise<Row> =>
  must(null, 'GET', `/api/v1/public/appeals/${number}?code=${pickupCode}`)
async function problemInHand(): Promise<Row> {
  const { case: kase } = await must('dispatcher', 'POST', routes.openCase.path, {
    type: 'problem',
    facts: { title: '老旧水管漏水', content: '多处漏水' },
  })
  await w.act('dispatcher', kase.id, 'dispatch', { leadUnitId: await w.unit('water') })
  return w.act('handler', kase.id, 'sign')
}
async function voice(into: string, more: object = {}) {
  const filed = await w.file('水管漏水', more)
  await w.act('clerk', filed.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', filed.id, 'merge', { into })
  return filed
}

test('what cannot be done needs a basis and what was tried, and is signed above the head', async () => {
  const id = await bring('inHand', { mode: 'small' })
  const cannot = { text: '依规不能迁移此管道。', outcome: 'refused' }
  await refused('answer.cannot_without_basis', 'handler', id, 'draftAnswer', { ...cannot, basis: '供水条例' })
  const full = { ...cannot, basis: '供水条例第十条', alternatives: '已联系加装减压阀，业主未同意' }
  const drafted = await w.act('handler', id, 'draftAnswer', full)
  assert.equal(drafted.stage, 'drafted', 'not even a small matter is refused by one person')
  assert.deepEqual(drafted.facts.cannot, { basis: full.basis, alternatives: full.alternatives, level: 'leader' })
  const sentence = await refused('answer.needs_superior', 'head', id, 'approveAnswer')
  assert.equal(sentence, '答复“不能办”须由区领导审签，单位负责人不能单独审签；请转请审签，或退回修改。')
  const { items } = await must('leader', 'GET', `${routes.ledger.path}?queue=toApprove`)
  assert.deepEqual(
    items.map((one: Row) => one['id']),
    [id],
  )
  assert.equal((await w.act('leader', id, 'approveAnswer', { note: '同意' })).stage, 'answered')
})

test('an ordinary answer is signed by the head of the unit and nobody else; never by its author', async () => {
  const id = await bring('inHand')
  await w.act('head', id, 'draftAnswer', { text: '已修复。', outcome: 'solved' })
  await refused('case.own_answer', 'head', id, 'approveAnswer')
  await refused('forbidden', 'leader', id, 'approveAnswer')
  await refused('forbidden', 'dispatcher', id, 'approveAnswer')
  await refused('forbidden', 'head2', id, 'approveAnswer').catch(() => undefined)
  assert.equal((await w.act('vice', id, 'approveAnswer')).stage, 'answered')
})

test('answers to many: each begins with its own report, carries its personal part, and goes out only whole', async () => {
  const problem = await problemInHand()
  const place = { location: { address: '南塔路' } }
  const contact = { name: '王小明', phone: '13812345678' }
  const first = await voice(problem['number'], { ...place, contact })
  const second = await voice(problem['number'])
  const unknown = { text: '已全部更换。', outcome: 'solved', template: '尊敬的{称呼}，您家{楼号}' }
  const sentence = await refused('answer.unknown_field', 'handler', problem['id'], 'draftAnswer', unknown)
  assert.match(sentence, /^模板中不认识的字段：\{楼号\}/)
  await refused('answer.unfilled', 'handler', problem['id'], 'draftAnswer', {
    text: '已于{日期}修好',
    outcome: 'solved',
  })
  await w.act('handler', problem['id'], 'draftAnswer', {
    ...{ text: '片区水管已全部更换。', outcome: 'solved' },
    template: '尊敬的{称呼}：您于{反映日期}反映的{地点}“{事项}”（{编号}）已办理。',
  })
  const path = routes.mergedAnswers.path.replace(':id', problem['id'])
  const before = await must('handler', 'GET', `${path}?limit=1`)
  assert.equal(before['total'], 2)
  assert.equal(before['nextCursor'], '1')
  assert.deepEqual(before['lacking'], [{ number: second.number, fields: ['地点'] }])
  assert.equal(before['items'][0].channelLabel, '电话')
  const gap = await refused('answer.merged_lacking', 'head', problem['id'], 'approveAnswer')
  assert.equal(gap, `有 1 份并案答复缺内容，不能发出：${second.number} 缺地点。请补充个人说明，或从模板中删去该字段。`)
  assert.equal((await get(first.id))['case'].stage, 'merged', 'nothing went out to anybody')
  await w.act('head', problem['id'], 'returnAnswer', { reason: '删去地点' })
  await w.act('handler', problem['id'], 'draftAnswer', {
    ...{ text: '片区水管已全部更换。', outcome: 'solved' },
    template: '尊敬的{称呼}：您于{反映日期}反映的“{事项}”已办理。',
  })
  await refused('answer.not_merged', 'handler', problem['id'], 'draftPersonal', { number: 'SQ1', text: '好' })
  const personal = { number: first.number, text: '您提到的阀门也已更换。' }
  await refused('text.personal', 'handler', problem['id'], 'draftPersonal', { ...personal, text: '王小明您好' })
  await w.act('handler', problem['id'], 'draftPersonal', personal)
  await w.act('head', problem['id'], 'approveAnswer')
  const { answer } = (await get(first.id))['case']
  assert.equal(answer, '尊敬的诉求人：您于3月2日反映的“水管漏水”已办理。\n您提到的阀门也已更换。\n片区水管已全部更换。')
  assert.match((await track(first))['answer'], /^尊敬的王小明：/, 'the name is said to the person alone')
  assert.equal((await get(second.id))['case'].answer.includes('阀门'), false)
  const events = await must('dispatcher', 'GET', `/api/v1/cases/${first.id}/events`)
  assert.equal(JSON.stringify(events).includes('王小明'), false, 'no event holds a name')
})

test('masking for the public: every vector', () => {
  const known = { names: ['王小明'], phones: ['13812345678'], publicPhones: ['024-00000001'] }
  const vectors: readonly (readonly [from: string, to: string])[] = [
    ['我是3单元201的王小明 13812345678', '我是[住址]的[姓名] [电话]'],
    ['于洪区××路12号3单元201', '于洪区××路'],
    ['210114196001010017', '[证件号]'],
    ['住3号楼2单元401室', '住[住址]'],
    ['３号楼２单元４０１', '[住址]'],
    ['家住5栋1203', '家住[住址]'],
    ['3-2-401漏水', '[住址]漏水'],
    ['卡号6222020200112233445', '卡号[卡号]'],
    ['卡号 6222 0202 0011 2233', '卡号 [卡号]'],
    ['辽A12345和辽AD12345', '[车牌]和[车牌]'],
    ['请拨打 138-1234-5678', '请拨打 [电话]'],
    ['幺三八一二三四五六七八', '[电话]'],
    ['电话：23456789', '电话：[电话]'],
    ['发到 a.b@c.cn', '发到 [邮箱]'],
    ['请打供水电话 024-00000001 或 12345', '请打供水电话 024-00000001 或 12345'],
    ['编号 SQ202603020000017 于 2026-03-02 受理', '编号 SQ202603020000017 于 2026-03-02 受理'],
    ['3号楼门前路面结冰', '3号楼门前路面结冰'],
    ['更换水管160米，涉及15户', '更换水管160米，涉及15户'],
  ]
  for (const [from, to] of vectors) assert.equal(deidentify(from, known).text, to, from)
})

test('an answer is published in reviewed words: a phone is refused by its place, a unit’s own is not', async () => {
  const contact = { name: '王小明', phone: '13812345678' }
  const content = '我是3单元201的王小明，门前水管漏水'
  const id = await bring('inHand', { content, file: { contact } })
  const text = '王小明您好，3单元201水管已更换，有事请拨13987654321或供水电话024-00000001。'
  await w.act('handler', id, 'draftAnswer', { text, outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  const proposal = await must('supervisor', 'GET', routes.publication.path.replace(':id', id))
  assert.equal(proposal['title'].text.includes('3单元'), false)
  assert.equal(proposal['answer'].text, '[姓名]您好，[住址]水管已更换，有事请拨[电话]或供水电话024-00000001。')
  assert.deepEqual(
    proposal['answer'].spots.map((spot: Row) => [spot['kind'], spot['must']]),
    [
      ['姓名', true],
      ['住址', true],
      ['电话', true],
    ],
  )
  const sentence = await refused('publish.personal', 'supervisor', id, 'publishAnswer', {
    text: '该户水管已更换，有事请拨13987654321。',
  })
  assert.equal(sentence, '公开内容中不能有：第 13 字起的电话（139****）。请改写后再公开；本区单位的公开电话可以保留。')
  await refused('publish.personal', 'supervisor', id, 'publishAnswer', {})
  const words = { text: '该户水管已更换，有事请拨供水电话024-00000001。', question: '门前水管漏水' }
  await w.act('supervisor', id, 'publishAnswer', words)
  const [shown] = (await must(null, 'GET', routes.publicAnswers.path))['items']
  assert.partialDeepStrictEqual(shown, { answer: words.text, question: words.question })
  assert.equal(JSON.stringify(shown).includes('王小明') || JSON.stringify(shown).includes('201'), false)
  assert.equal((await get(id))['case'].answer, text, 'the file keeps its own words')
})

test('a correction of what is public waits for a second person', async () => {
  const id = await bring('answered')
  await w.act('supervisor', id, 'publishAnswer', {})
  await refused('publish.no_correction', 'dispatcher', id, 'publishCorrection', {})
  await w.act('supervisor', id, 'correctAnswer', { text: '已更换水管两根。', reason: '补充数量' })
  const read = async () =>
    (await must(null, 'GET', routes.publicAnswers.path))['items'].find(
      (one: Row) => one['answer'].includes('水管') && one['number'] === number,
    )
  const { number } = (await get(id))['case']
  assert.equal((await read()).answer, '已更换破损水管。')
  assert.deepEqual((await read()).corrections, [])
  await refused('publish.own', 'supervisor', id, 'publishCorrection', {})
  await w.act('dispatcher', id, 'publishCorrection', {})
  assert.equal((await read()).answer, '已更换水管两根。')
  assert.equal((await read()).corrections[0].reason, '补充数量')
  await w.act('head', id, 'correctAnswer', { text: '已更换水管三根。', reason: '又有出入' })
  await w.act('supervisor', id, 'dropCorrection', { reason: '数量以验收为准' })
  assert.equal((await get(id))['case'].answer, '已更换水管两根。')
})

test('whichever way a case ends, the person reads an answer', async () => {
  const declined = await w.file()
  await w.act('clerk', declined.id, 'decline', { reason: 'litigation', advice: '请向区人民法院咨询。' })
  const { answer } = await track(declined)
  assert.equal(answer, '您反映的事项已进入或应通过诉讼、仲裁、复议等法定途径，我们不能受理。请向区人民法院咨询。')
  const withdrawn = await w.file()
  await w.act('clerk', withdrawn.id, 'withdraw', { reason: '邻里已自行解决' })
  assert.match((await track(withdrawn))['answer'], /已经撤回：邻里已自行解决/)
  const problem = await problemInHand()
  const merged = await voice(problem['number'])
  assert.equal((await track(merged))['answer'], undefined)
  await w.act('handler', problem['id'], 'draftAnswer', { text: '已更换。', outcome: 'solved' })
  await w.act('head', problem['id'], 'approveAnswer')
  assert.match((await track(merged))['answer'], /已更换。/)
  const explained = await bring('inHand')
  const ending = { explanation: '管道属业主专有部分', basis: '民法典', alternatives: '已建议动用维修资金' }
  await w.act('head', explained, 'askEnding', ending)
  const around = (await must('dispatcher', 'GET', `/api/v1/cases/${explained}/related`))['items']
  await w.act('dispatcher', around.find((one: Row) => one['type'] === 'request').id, 'grant')
  const ended = (await get(explained))['case']
  assert.equal(ended.stage, 'closed')
  assert.match(ended.answer, /管道属业主专有部分/)
  const { items } = await must('supervisor', 'GET', `${routes.ledger.path}?type=appeal&limit=200`)
  const silent = items.filter((one: Row) => one['closedAt'] !== null)
  for (const { id } of silent) assert.ok((await get(id))['case'].answer, 'closed without a word')
})

test('an answer given by telephone is logged as given, and the person is told by telephone how it went', async () => {
  const id = await bring('answered', { file: { replyBy: 'letter' } })
  await refused('answer.delivered_later', 'clerk', id, 'deliverAnswer', { by: 'phone', at: '2027-01-01T00:00:00Z' })
  const { actions } = await get(id, 'clerk')
  assert.deepEqual(actions.find((one: Row) => one['name'] === 'deliverAnswer').proposal, { by: 'letter' })
  const kase = await w.act('clerk', id, 'deliverAnswer', { by: 'letter', note: '挂号信寄出' })
  assert.partialDeepStrictEqual(kase.facts.delivered, [{ by: 'letter', who: '甲clerk', round: 1 }])
  const called = await w.act('caller', id, 'callBack', { reached: true, solved: true, grade: 4, serviceGrade: 5 })
  assert.equal(called.facts.serviceGrade, 5)
})

test('the contact and the matter are rated apart, and only what was said counts', async () => {
  const filed = await w.file('暖气不热')
  const path = `/api/v1/public/appeals/${filed.number}/rating?code=${filed.pickupCode}`
  const early = await w.call(null, 'POST', path, { grade: 5, solved: true })
  assert.equal(early.body.code, 'track.not_ratable')
  const side = await w.raw({ method: 'GET', url: `/q/${filed.number}?code=${filed.pickupCode}` })
  assert.match(String(side.body), /评价接待服务/)
  const { stage } = await must(null, 'POST', path, { kind: 'service', grade: 2 })
  assert.equal(stage, 'received', 'the contact is rated at any time and moves nothing')
  assert.equal((await w.call(null, 'POST', path, { kind: 'service', grade: 5 })).body.code, 'rate.service_given')
  await w.act('clerk', filed.id, 'answerAtOnce', { text: '已联系热力公司。' })
  assert.equal((await w.call(null, 'POST', path, { grade: 5 })).body.code, 'rate.solved_missing')
  await must(null, 'POST', path, { grade: 4, solved: true })
  const figure = async (id: string) =>
    await must('leader', 'GET', `/api/v1/indicators/${id}?from=2026-03-01&to=2026-03-31`)
  assert.partialDeepStrictEqual(await figure('serviceGoodRate'), { numerator: 1, denominator: 2 })
  assert.partialDeepStrictEqual(await figure('matterStrictRate'), { value: 100 })
})

test('100 services of which 40 were rated: 87.50, 75.00, 40.00; one annulled: 35 of 39', async () => {
  const fresh = await world()
  const call = async (account: string | null, url: string, body: object) => {
    const reply = await fresh.call(account, 'POST', url, body)
    assert.ok(reply.status < 400, JSON.stringify(reply.body))
  }
  const figure = async (id: string) =>
    (await fresh.call('leader', 'GET', `/api/v1/indicators/${id}?from=2026-03-01&to=2026-03-31`)).body
  try {
    const grades = [
      ...Array(20).fill(5),
      ...Array(10).fill(4),
      ...Array(5).fill(3),
      ...Array(3).fill(2),
      ...Array(2).fill(1),
    ]
    let last = ''
    for (let i = 0; i < 100; i++) {
      const filed = await fresh.file('路灯不亮')
      await fresh.act('clerk', filed.id, 'answerAtOnce', { text: '已修。' })
      const grade = grades[i]
      if (grade === undefined) continue
      last = filed.id
      await call(null, `/api/v1/public/appeals/${filed.number}/rating?code=${filed.pickupCode}`, {
        grade,
        solved: true,
      })
    }
    assert.partialDeepStrictEqual(await figure('matterGoodRate'), { value: 87.5, numerator: 35, denominator: 40 })
    assert.partialDeepStrictEqual(await figure('matterStrictRate'), { value: 75, numerator: 30, denominator: 40 })
    assert.partialDeepStrictEqual(await figure('matterRatedShare'), { value: 40, numerator: 40, denominator: 100 })
    await fresh.act('supervisor', last, 'annulRating', { reason: '评价对象为他人' })
    assert.partialDeepStrictEqual(await figure('matterGoodRate'), { value: 89.74, numerator: 35, denominator: 39 })
    const { body } = await fresh.call(
      'leader',
      'GET',
      '/api/v1/indicators/matterGoodRate/rows?from=2026-03-01&to=2026-03-31',
    )
    assert.equal(body.total, 39)
  } finally {
    await fresh.close()
  }
})

test('unanswered is zero until a promised day passes; then it drills to the case, and to zero again once answered', async () => {
  const figure = async () => await must('leader', 'GET', '/api/v1/indicators/unanswered?from=2026-04-01&to=2026-04-30')
  await at('2026-04-01T10:00:00+08:00')
  const id = await bring('inHand')
  assert.equal((await figure())['value'], 0)
  await at('2026-04-20T10:00:00+08:00')
  assert.equal((await figure())['value'], 1)
  const rows = await must('leader', 'GET', '/api/v1/indicators/unanswered/rows?from=2026-04-01&to=2026-04-30')
  assert.deepEqual(
    rows['items'].map((one: Row) => one['id']),
    [id],
  )
  const { version } = (await get(id))['case']
  assert.ok(version > 0)
  await w.act('handler', id, 'draftAnswer', { text: '已修。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  assert.equal((await figure())['value'], 0)
  const ended = await w.file()
  await w.act('clerk', ended.id, 'withdraw', { reason: '不需要了' })
  assert.equal((await figure())['value'], 0, 'what a person takes back is not owed')
  assert.equal((await tries('clerk', ended.id, 'withdraw', { reason: '再撤' })).status, 409)
})

test('an answer addresses what the rules ask for its class, or says why not; without a list nothing is asked', async () => {
  const free = await bring('inHand')
  await w.act('handler', free, 'draftAnswer', { text: '已修。', outcome: 'solved' })
  await must('admin', 'POST', routes.newRuleSet.path, {
    ...{ version: '必答-1', validFrom: '2026-04-20', source: '答复规范' },
    rules: { checklist: { complaint: ['事实情况', '处理措施', '法规依据'] } },
  })
  await w.act('head', free, 'returnAnswer', { reason: '再写' })
  await w.act('handler', free, 'draftAnswer', { text: '已修。', outcome: 'solved' })
  const id = await bring('inHand')
  const draft = { text: '经查漏水属实，已更换。', outcome: 'solved' }
  const addressed = ['事实情况', '处理措施'].map((point) => ({ point, state: 'addressed' }))
  assert.equal(
    await refused('answer.points', 'handler', id, 'draftAnswer', draft),
    '必答项还没有核对：事实情况、处理措施、法规依据。请在答复中写明，或注明不适用的理由。',
  )
  const bare = [...addressed, { point: '法规依据', state: 'notApplicable' }]
  await refused('answer.points', 'handler', id, 'draftAnswer', { ...draft, checked: bare })
  const { actions } = await get(id, 'handler')
  const { proposal } = actions.find((one: Row) => one['name'] === 'draftAnswer')
  assert.deepEqual(
    proposal.checked.map((one: Row) => one['point']),
    ['事实情况', '处理措施', '法规依据'],
  )
  const checked = [...addressed, { point: '法规依据', state: 'notApplicable', reason: '维修事项' }]
  await w.act('handler', id, 'draftAnswer', { ...draft, checked })
  assert.deepEqual((await get(id, 'head'))['case'].facts.checked, checked, 'the head reads it')
})
