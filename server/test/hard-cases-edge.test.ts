import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MORE, onDay, type Row, STOP, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** What happens at the seams of the hard cases: two of them at once, on the wrong day, in the wrong order. */
let w: World
const { must, get, related, clock, tries, refused, at, bring, answer, waiting, decided } = storyteller(() => w)
const story = (name: string, now: string, tell: () => Promise<void>) =>
  test(name, async () => {
    w = await world(now)
    try {
      await tell()
    } finally {
      await w.close()
    }
  })

const openProblem = async (title: string): Promise<Row> =>
  (
    await must('supervisor', 'POST', '/api/v1/cases', {
      type: 'problem',
      facts: { title, content: title, category: 'pipe' },
    })
  )['case']
const toHand = async (id: string) => {
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
}
const ENDING = { explanation: '管网属居民自有', basis: '物业管理条例', alternatives: '已协调物业' }
const because = { reason: '不属供水管道', basis: '分办目录 F003' }

story(
  'a request on a case that is closed lapses: nothing waits for a decision that can no longer be made',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('answered')
    await w.act('caller', id, 'callBack', { reached: true, satisfied: true })
    await w.act('head', id, 'askEnding', ENDING)
    await w.act('caller', id, 'close')
    assert.deepEqual((await get(id))['case'].pending, [])
    assert.equal((await related(id, 'request'))[0]?.['stage'], 'lapsed')
    // A new round is not ended by what was asked for in the one before.
    const again = await bring('answered')
    await w.act('caller', again, 'callBack', { reached: true, satisfied: false })
    await w.act('head', again, 'askEnding', ENDING)
    await w.act('caller', again, 'reopen', { reason: '仍漏水' })
    assert.equal((await related(again, 'request'))[0]?.['stage'], 'lapsed')
    const joint = await bring('answered', { assisting: ['heating'] })
    await w.act('caller', joint, 'callBack', { reached: true, satisfied: true })
    await w.act('caller', joint, 'close')
    assert.equal((await related(joint, 'task'))[0]?.['stage'], 'withdrawn', 'nobody is chased for a closed case')
  },
)

story(
  'a stop ends on its day although the new lead unit has not signed; the unit is deemed to have signed all the same',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('inHand', { class: 'complex' })
    await w.act('handler', id, 'askSuspension', { ...STOP, until: '2026-03-04' })
    await decided('head', id, 'suspension', 'grant')
    await at('2026-03-04T17:30:00+08:00')
    await w.act('head', id, 'askLeadChange', { unitId: await w.unit('heating'), reason: '主体在供热管网' })
    await decided('dispatcher', id, 'leadChange', 'grant')
    await at('2026-03-05T16:00:00+08:00')
    const { case: kase } = await get(id)
    assert.deepEqual([kase.paused, kase.stage], [false, 'inHand'])
  },
)

story('a promise that was ended with an explanation is not broken later', '2026-03-02T09:30:00+08:00', async () => {
  const id = await bring('inHand')
  await answer(id, { outcome: 'promised', promisedOn: '2026-03-10' })
  await w.act('caller', id, 'callBack', { reached: true, satisfied: false })
  await w.act('head', id, 'askEnding', ENDING)
  await decided('dispatcher', id, 'ending', 'grant')
  await at('2026-03-12T10:00:00+08:00')
  assert.partialDeepStrictEqual((await get(id))['case'], { stage: 'closed', outcome: 'explained', brokenPromises: 0 })
})

story(
  'a promise is for a day to come, when it is written and when it is signed',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('inHand')
    const promise = { text: '即将修好', outcome: 'promised' }
    await refused('answer.promise_past', 'handler', id, 'draftAnswer', { ...promise, promisedOn: '2026-02-27' })
    await w.act('handler', id, 'draftAnswer', { ...promise, promisedOn: '2026-03-02' })
    await at('2026-03-03T10:00:00+08:00')
    await refused('answer.promise_past', 'head', id, 'approveAnswer')
    await w.act('head', id, 'returnAnswer', { reason: '日期已过' })
    // Saturday: broken on Monday, in office hours.
    await answer(id, { ...promise, promisedOn: '2026-03-07' })
    await at('2026-03-08T10:00:00+08:00')
    assert.equal((await get(id))['case'].stage, 'answered')
    await at('2026-03-09T09:01:00+08:00')
    assert.partialDeepStrictEqual((await get(id))['case'], { stage: 'inHand', brokenPromises: 1 })
  },
)

story('what a problem promises is a clock too', '2026-03-02T09:30:00+08:00', async () => {
  const [kept, broken] = [await openProblem('甲'), await openProblem('乙')]
  for (const { id } of [kept, broken]) {
    await toHand(id)
    await answer(id, { outcome: 'promised', promisedOn: '2026-03-10' })
  }
  await w.act('handler', kept['id'], 'fulfilPromise', { text: '已全部更换' })
  await at('2026-03-12T10:00:00+08:00')
  assert.partialDeepStrictEqual((await get(kept['id']))['case'], { stage: 'answered', outcome: 'solved' })
  assert.partialDeepStrictEqual((await get(broken['id']))['case'], { stage: 'inHand', round: 2, brokenPromises: 1 })
})

story(
  'a request that is denied gives nobody new time: no clock starts again',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('dispatched', { mode: 'proactive' })
    const before = (await get(id))['clocks'].map(({ kind, dueAt }: Row) => [kind, dueAt])
    await at('2026-03-02T10:00:00+08:00')
    await w.act('handler', id, 'refuse', { ...because, unitId: await w.unit('heating') })
    await decided('dispatcher', id, 'refusal', 'deny', { reason: '属本单位职责' })
    assert.deepEqual(
      (await get(id))['clocks'].map(({ kind, dueAt }: Row) => [kind, dueAt]),
      before,
    )
  },
)

story(
  'when the case goes to another unit, what the former one asked for lapses, and the new one owes itself no help',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('inHand', { class: 'complex', assisting: ['heating', 'heating'] })
    assert.equal((await related(id, 'task')).length, 1, 'one unit, one task')
    await refused('refusal.same_unit', 'head', id, 'askLeadChange', { unitId: await w.unit('water'), reason: '误填' })
    await w.act('handler', id, 'askExtension', MORE)
    const extension = await waiting(id, 'extension')
    await w.act('handler', id, 'refuse', { ...because, unitId: await w.unit('heating') })
    await decided('dispatcher', id, 'refusal', 'grant')
    assert.equal((await get(extension))['case'].stage, 'lapsed')
    assert.deepEqual((await get(id))['case'].pending, [])
    assert.equal((await related(id, 'task'))[0]?.['stage'], 'withdrawn')
    await w.act('handler2', id, 'sign')
    await w.act('handler2', id, 'askExtension', MORE)
    await decided('head2', id, 'extension', 'grant')
  },
)

story(
  'a refusal that nobody decided ends with the work: it is charged to who did it and does not weigh on the next round',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('inHand')
    await w.act('handler', id, 'refuse', { ...because, unitId: await w.unit('heating') })
    await at('2026-03-02T11:00:00+08:00')
    await answer(id)
    const [dispute] = (await get(id))['case'].disputes
    assert.equal(dispute.chargedTo?.name, '区水务局')
    assert.equal(new Date(dispute.to).toISOString(), '2026-03-02T03:00:00.000Z')
  },
)

story(
  'voices are not lost: no merging into what was taken back, and a problem inside a problem hands the answer down',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const gone = await openProblem('甲')
    await toHand(gone['id'])
    await w.act('handler', gone['id'], 'draftAnswer', { text: '拟更换', outcome: 'solved' })
    await w.act('dispatcher', gone['id'], 'withdraw', { reason: '重复立项' })
    await refused('merge.target_ended', 'dispatcher', await bring('accepted'), 'merge', { into: gone['number'] })
    const [inner, outer] = [await openProblem('乙'), await openProblem('丙')]
    const child = await bring('accepted')
    await w.act('dispatcher', child, 'merge', { into: inner['number'] })
    await w.act('dispatcher', inner['id'], 'merge', { into: outer['number'] })
    await toHand(outer['id'])
    await answer(outer['id'])
    assert.equal((await get(inner['id']))['case'].stage, 'answered')
    const { case: answered } = await get(child)
    assert.equal(answered.stage, 'answered')
    assert.match(answered.answer, /已更换破损水管/)
  },
)

story(
  'taken out of a problem, a case stands on all its clocks again and its co-units are asked again',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const problem = await openProblem('甲')
    const unsigned = await bring('dispatched', { assisting: ['heating'] })
    const accepted = await bring('accepted')
    const drafted = await bring('inHand')
    await w.act('handler', drafted, 'draftAnswer', { text: '已修', outcome: 'solved' })
    for (const id of [unsigned, accepted, drafted]) {
      await w.act('dispatcher', id, 'merge', { into: problem['number'] })
      await w.act('dispatcher', id, 'unmerge', { reason: '不是同一处' })
    }
    assert.equal((await clock(unsigned, 'signIn'))['state'], 'running')
    assert.equal((await clock(unsigned, 'firstContact'))['state'], 'running')
    assert.equal((await clock(accepted, 'dispatch'))['state'], 'running')
    assert.equal((await clock(drafted, 'approve'))['state'], 'running')
    assert.deepEqual(
      (await related(unsigned, 'task')).map(({ stage }) => stage),
      ['withdrawn', 'dispatched'],
    )
    await at('2026-03-02T15:00:00+08:00')
    assert.equal((await get(unsigned))['case'].stage, 'inHand', 'not signed in time is deemed signed')
  },
)

story(
  'the ladder does not flood: what stood still or was merged gets one notice, not all it would have had',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const problem = await openProblem('甲')
    await toHand(problem['id'])
    const [merged, stopped] = [await bring('accepted'), await bring('inHand')]
    await w.act('dispatcher', merged, 'merge', { into: problem['number'] })
    await at('2026-03-10T10:00:00+08:00')
    assert.deepEqual(
      (await related(stopped, 'notice')).map(({ kind }) => kind),
      ['reminder'],
    )
    await w.act('handler', stopped, 'askSuspension', { ...STOP, until: '2026-04-07' })
    await decided('head', stopped, 'suspension', 'grant')
    await at('2026-04-08T10:00:00+08:00')
    assert.equal((await get(stopped))['case'].paused, false)
    assert.deepEqual(
      (await related(stopped, 'notice')).map(({ kind }) => kind),
      ['reminder'],
      'stopped days are no days on the ladder',
    )
    await w.act('dispatcher', merged, 'unmerge', { reason: '不是同一处' })
    await at('2026-04-08T10:05:00+08:00')
    assert.equal((await related(merged, 'notice')).length, 1)
    const event = (await must('dispatcher', 'GET', `/api/v1/cases/${merged}/events`))['items'].at(-1)
    assert.deepEqual(
      [event.action, onDay(event.at)],
      ['escalate', '2026-04-08'],
      'it is escalated now, not in the past',
    )
    await at('2026-04-13T18:30:00+08:00')
    assert.deepEqual(
      (await related(stopped, 'notice')).map(({ kind }) => kind),
      ['reminder', 'yellow'],
    )
  },
)

story(
  'an extension granted after the first reminder starts the ladder again from its foot',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('inHand')
    await at('2026-03-09T17:00:00+08:00')
    await w.act('handler', id, 'askExtension', { ...MORE, amount: 2 })
    await at('2026-03-10T10:00:00+08:00')
    assert.equal((await related(id, 'notice')).length, 1)
    await decided('head', id, 'extension', 'grant')
    assert.equal(onDay((await clock(id, 'handle'))['dueAt']), '2026-03-11')
    await at('2026-03-12T10:00:00+08:00')
    assert.deepEqual(
      (await related(id, 'notice')).map(({ kind }) => kind),
      ['reminder', 'reminder'],
      'the new date has its own reminder',
    )
  },
)

story('a clock of hours stands still for whole days as well', '2026-03-02T09:30:00+08:00', async () => {
  const id = await bring('inHand', { mode: 'atOnce' })
  await w.act('handler', id, 'askSuspension', { ...STOP, until: '2026-03-03' })
  await decided('head', id, 'suspension', 'grant')
  const handle = await clock(id, 'handle')
  assert.equal(
    Math.round(new Date(handle['dueAt']).getTime() / 60_000),
    new Date('2026-03-05T00:00:00+08:00').getTime() / 60_000,
  )
  const counted = handle['days'].reduce((sum: number, day: Row) => sum + day['counted'], 0)
  assert.ok(Math.abs(counted - 24) < 0.1, `the explanation adds up: ${counted}`)
})

story('half a day more is half a day more', '2026-03-02T09:30:00+08:00', async () => {
  const id = await bring('inHand')
  const due = (await clock(id, 'handle'))['dueAt']
  assert.equal(onDay(due), '2026-03-09')
  await w.act('handler', id, 'askExtension', { ...MORE, amount: 0.5 })
  await decided('head', id, 'extension', 'grant')
  const handle = await clock(id, 'handle')
  assert.equal(handle['dueAt'], new Date('2026-03-10T12:00:00+08:00').toISOString())
  assert.equal(
    handle['days'].reduce((sum: number, day: Row) => sum + day['counted'], 0),
    5.5,
  )
})

story(
  'a stop asked for in the evening of the due day does not make the day unmissed',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('inHand')
    await at('2026-03-09T19:00:00+08:00')
    await refused('suspension.overdue', 'handler', id, 'askSuspension', { ...STOP, until: '2026-03-20' })
    await at('2026-03-10T10:00:00+08:00')
    await w.act('handler', id, 'askSuspension', { ...STOP, until: '2026-03-20' })
    await decided('head', id, 'suspension', 'grant')
    assert.equal((await get(id))['case'].light, 'red')
  },
)

story('the lead unit sees what its co-units reported', '2026-03-02T09:30:00+08:00', async () => {
  const id = await bring('inHand', { assisting: ['heating'] })
  const [task] = await related(id, 'task')
  await refused('case.action_not_allowed', 'head2', task?.['id'], 'report', { text: '未签收先反馈' })
  await w.act('handler2', task?.['id'], 'sign')
  await w.act('handler2', task?.['id'], 'report', { text: '已泄压' })
  assert.deepEqual(
    (await related(id, 'task', 'handler')).map(({ unit, answer: told }) => [unit, told]),
    [['区供热办', '已泄压']],
  )
})

story(
  'what was reported in confidence is told to no other unit: not by a task, not by a sweep',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const { id } = await w.file('举报某某水站乱收费，望查处。', { confidential: true })
    await w.act('clerk', id, 'accept', { category: 'pipe' })
    const [water, heating] = [await w.unit('water'), await w.unit('heating')]
    await w.act('dispatcher', id, 'dispatch', { leadUnitId: water, assistingUnitIds: [heating] })
    assert.equal((await w.call('handler2', 'GET', `/api/v1/cases/${id}`)).status, 404)
    await w.act('leader', id, 'orderSweep', { question: '收费公示是否上墙', unitIds: [heating], days: 5 })
    for (const type of ['task', 'sweep']) {
      const [owned] = await related(id, type)
      const { case: seen } = await get(owned?.['id'], type === 'task' ? 'handler2' : 'head2')
      assert.doesNotMatch(JSON.stringify([seen.title, seen.content]), /乱收费/, type)
    }
  },
)

story(
  'a legacy issue is not ended with an explanation behind the leader’s back',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const id = await bring('inHand')
    await w.act('head', id, 'markLegacy', { reason: '产权不清', plan: [{ text: '确权', on: '2026-12-01' }] })
    await w.act('head', id, 'askEnding', ENDING)
    await refused('request.wrong_level', 'dispatcher', await waiting(id, 'ending'), 'grant')
    await refused('legacy.no_opinion', 'leader', await waiting(id, 'ending'), 'grant')
    await w.act('head', id, 'opine', { way: '区属企业接管', opinion: '不符合规定', lawful: false })
    await decided('leader', id, 'ending', 'grant')
    assert.equal((await get(id))['case'].stage, 'closed')
  },
)

story(
  'an order that is due tomorrow is not overdue on arrival; a new round has a date of its own',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const { case: kase } = await must('clerk', 'POST', '/api/v1/cases', {
      type: 'appeal',
      channel: 'hotline',
      facts: { content: '市热线转办：水管漏水', superior: { body: '市12345', number: 'S-1', dueOn: '2026-03-03' } },
    })
    await w.act('clerk', kase.id, 'accept', { category: 'pipe' })
    assert.equal(onDay((await clock(kase.id, 'handle'))['dueAt']), '2026-03-03')
    await toHand(kase.id)
    await answer(kase.id)
    await w.act('caller', kase.id, 'callBack', { reached: true, satisfied: false })
    await at('2026-03-30T09:30:00+08:00')
    await w.act('caller', kase.id, 'reopen', { reason: '仍漏水' })
    assert.equal(onDay((await clock(kase.id, 'handle'))['dueAt']), '2026-04-07')
  },
)

story(
  'two arbitrations at the same moment both bind and both stand in the catalogue',
  '2026-03-02T09:30:00+08:00',
  async () => {
    const [water, heating] = [await w.unit('water'), await w.unit('heating')]
    const disputed = async (category: string) => {
      const { id } = await w.file()
      await w.act('clerk', id, 'accept', { category })
      await w.act('dispatcher', id, 'dispatch', { leadUnitId: water })
      await w.act('handler', id, 'refuse', { ...because, unitId: heating })
      await decided('dispatcher', id, 'refusal', 'grant')
      await w.act('handler2', id, 'refuse', { ...because, unitId: water })
      return waiting(id, 'arbitration')
    }
    const topics = ['pipe', 'heating', 'water']
    const requests: string[] = []
    for (const topic of topics) requests.push(await disputed(topic))
    const replies = await Promise.all(
      requests.map((id) => tries('supervisor', id, 'grant', { unitId: heating, basis: `裁定 ${id}` })),
    )
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200],
    )
    for (const [i, category] of topics.entries()) {
      const { id } = await w.file()
      await w.act('clerk', id, 'accept', { category })
      const { proposal } = (await get(id))['actions'].find(({ name }: Row) => name === 'dispatch')
      assert.equal(proposal.basis, `裁定 ${requests[i]}`)
    }
  },
)

story('a person who writes at length after the answer is heard', '2026-03-02T09:30:00+08:00', async () => {
  const { number, pickupCode, id } = await w.file()
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await toHand(id)
  await answer(id)
  const url = `/api/v1/public/appeals/${number}/messages?code=${pickupCode}`
  assert.equal((await must(null, 'POST', url, { text: '还在漏。'.repeat(200) }))['counted'], 'supplement')
})

story(
  'a decision and the end of the work at the same moment: one comes first, the other is told, nothing breaks',
  '2026-03-02T09:30:00+08:00',
  async () => {
    for (let i = 0; i < 3; i++) {
      const id = await bring('inHand')
      await w.act('handler', id, 'askExtension', MORE)
      const request = await waiting(id, 'extension')
      await w.act('handler', id, 'draftAnswer', { text: '已更换破损水管。', outcome: 'solved' })
      const replies = await Promise.all([
        tries('head', request, 'grant'),
        tries('vice', request, 'grant'),
        tries('head', id, 'approveAnswer'),
      ])
      assert.ok(
        replies.every(({ status }) => status === 200 || status === 409),
        JSON.stringify(replies.map(({ status, body }) => [status, body.code])),
      )
      const { case: decided } = await get(request)
      assert.ok(['granted', 'lapsed'].includes(decided.stage), decided.stage)
      assert.equal((await get(id))['case'].extensions.length, decided.stage === 'granted' ? 1 : 0)
    }
  },
)
