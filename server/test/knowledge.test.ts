import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes } from '@banjie/contract'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { must, tries, at } = storyteller(() => w)

const TEXT = {
  ...{
    kind: 'policy',
    title: '供暖费减免怎么办',
    phrasings: ['低保户取暖费'],
    text: '低保家庭持证明到供热单位办理减免。',
  },
  ...{ category: 'heating', source: '供热办发〔2026〕3号', validFrom: '2026-01-01', expiresOn: '2026-12-31' },
}
const entries = (name: keyof typeof routes, id: string) => routes[name].path.replace(':id', id)
const titles = async (account: string | null, q: string): Promise<string[]> => {
  const path = account === null ? routes.publicKnowledge.path : routes.knowledge.path
  return (await must(account, 'GET', `${path}?q=${encodeURIComponent(q)}`))['items'].map((one: Row) => one['title'])
}
async function approved(text: object = {}): Promise<string> {
  const { id } = await must('clerk', 'POST', routes.newKnowledge.path, { ...TEXT, ...text })
  await must('dispatcher', 'POST', entries('approveKnowledge', id), {})
  return id
}
const reviews = async (account: string): Promise<Row[]> =>
  (await must(account, 'GET', `${routes.ledger.path}?queue=reviews`))['items']

test('an entry is offered only after somebody who did not write it has approved it', async () => {
  const { id } = await must('dispatcher', 'POST', routes.newKnowledge.path, TEXT)
  assert.deepEqual(await titles('clerk', '取暖费'), [])
  const own = await w.call('dispatcher', 'POST', entries('approveKnowledge', id), {})
  assert.equal(own.body.code, 'knowledge.own')
  assert.equal(own.body.detail, '不能审定自己起草的条目，请由其他人审定。')
  await must('dispatcher2', 'POST', entries('approveKnowledge', id), {})
  assert.deepEqual(await titles('clerk', '取暖费'), ['供暖费减免怎么办'])
  await must('dispatcher', 'POST', entries('withdrawKnowledge', id), { reason: '并入新办法' })
  assert.deepEqual(await titles('clerk', '取暖费'), [])
})

test('a two-character word, Traditional characters and a long sentence find the same entry; a rare word weighs more', async () => {
  const id = await approved({ title: '房屋漏雨报修', phrasings: [], text: '屋面漏雨由物业或房产部门维修。' })
  await approved({ title: '物业费收取标准', phrasings: [], text: '物业按合同收取。' })
  for (const q of ['漏雨', '漏雨報修', '家里顶楼漏雨好几天了找物业没人管'])
    assert.equal((await titles('clerk', q))[0], '房屋漏雨报修', q)
  assert.deepEqual(await titles('clerk', '雨'), [])
  assert.equal((await titles(null, '漏雨'))[0], '房屋漏雨报修')
  await must('dispatcher', 'POST', entries('withdrawKnowledge', id), { reason: '测试' })
})

test('what is not public is for the staff; a revision is not seen before it is approved; the history keeps both', async () => {
  const id = await approved({ title: '内部口径：停水解释', phrasings: [], text: '统一解释口径。', public: false })
  assert.deepEqual(await titles(null, '内部口径'), [])
  assert.deepEqual(await titles('clerk', '内部口径'), ['内部口径：停水解释'])
  const revised = { ...TEXT, title: '内部口径：停水说明', text: '统一说明口径。', public: false }
  await must('clerk', 'PUT' as 'POST', entries('reviseKnowledge', id), revised)
  assert.deepEqual(await titles('clerk', '内部口径'), ['内部口径：停水解释'])
  const { history, version, waiting } = await must('dispatcher', 'POST', entries('approveKnowledge', id), {
    note: '可',
  })
  assert.deepEqual(await titles('clerk', '内部口径'), ['内部口径：停水说明'])
  assert.equal(waiting, null)
  assert.equal(version, 2)
  assert.deepEqual(
    history.map((one: Row) => one['label']),
    ['审定', '修改', '审定', '起草'],
  )
})

test('an entry with a phone is refused and the place is named; a unit’s own phone may stand', async () => {
  const refused = await w.call('clerk', 'POST', routes.newKnowledge.path, { ...TEXT, text: '找张科长 13812345678' })
  assert.equal(refused.status, 422)
  assert.equal(refused.body.detail, '文字中不能有个人信息：第 6 字起的电话（138****）。请改写后再提交。')
  await must('clerk', 'POST', routes.newKnowledge.path, { ...TEXT, text: '请打供水电话 024-00000001。' })
  const past = await w.call('clerk', 'POST', routes.newKnowledge.path, { ...TEXT, expiresOn: '2026-03-02' })
  assert.equal(past.body.code, 'knowledge.past')
  const foreign = await w.call('handler', 'POST', routes.newKnowledge.path, {
    ...TEXT,
    ownerUnitId: await w.unit('heating'),
  })
  assert.equal(foreign.body.code, 'knowledge.not_owner')
})

test('a device has one word a day, however often it speaks', async () => {
  const id = await approved({ title: '公厕开放时间', phrasings: [], text: '早六点到晚十点。' })
  const path = entries('voteKnowledge', id)
  for (let i = 0; i < 5; i++) await must(null, 'POST', path, { useful: true })
  assert.deepEqual(await must(null, 'POST', path, { useful: false }), { useful: 0, useless: 1 })
  const other = await w.call(null, 'POST', path, { useful: true }, { 'user-agent': 'another phone' })
  assert.deepEqual(other.body, { useful: 1, useless: 1 })
})

test('an entry about to expire lies on its owner’s desk, is renewed there, and once expired is offered to nobody', async () => {
  const id = await approved({
    ...{ title: '冬季停水预案', phrasings: [], text: '停水期间送水到楼下。', expiresOn: '2026-05-20' },
    ownerUnitId: await w.unit('water'),
  })
  assert.deepEqual(await reviews('head'), [])
  await at('2026-04-25T10:00:00+08:00')
  const [first] = await reviews('head')
  assert.equal(first?.['title'], '知识到期复核：冬季停水预案')
  assert.equal(first?.['dueAt'], '2026-05-20T15:59:59.000Z')
  assert.deepEqual(await reviews('head2'), [], 'another unit has nothing to do with it')
  const { items } = await must('clerk', 'GET', `${routes.knowledgeEntries.path}?q=${encodeURIComponent('停水预案')}`)
  assert.equal(items[0].light, 'yellow')
  const early = await tries('head', first?.['id'], 'renew', { expiresOn: '2026-04-25', basis: '文件有效' })
  assert.equal(early.body.code, 'knowledge.past')
  await w.act('head', first?.['id'], 'renew', { expiresOn: '2026-06-10', basis: '预案仍有效' })
  // It is due within thirty days again a while later, and this time nobody looks.
  await at('2026-05-15T10:00:00+08:00')
  assert.equal((await reviews('head')).length, 1)
  assert.equal((await titles('clerk', '停水预案'))[0], '冬季停水预案')
  await at('2026-06-11T10:00:00+08:00')
  for (const account of ['clerk', null])
    assert.equal((await titles(account, '停水预案')).includes('冬季停水预案'), false)
  const { id: caseId } = await w.file()
  const used = await tries('clerk', caseId, 'answerAtOnce', { text: '送水到楼下。', knowledgeId: id })
  assert.equal(used.body.code, 'knowledge.expired')
  assert.equal(
    used.body.detail,
    '知识条目“冬季停水预案”已于 2026-06-10 到期，不能再用于答复，请另选条目，或请区水务局复核续期。',
  )
  assert.equal((await must('dispatcher', 'GET', `/api/v1/cases/${caseId}`))['case'].stage, 'received')
  const [overdue] = await reviews('head')
  assert.equal(overdue?.['light'], 'red')
  await w.act('head', overdue?.['id'], 'retire', { reason: '冬季已过' })
  const { state } = await must('clerk', 'GET', entries('knowledgeEntry', id))
  assert.equal(state, 'retired')
})

test('the review is settled when the entry is approved anew; every use is counted', async () => {
  const id = await approved({ title: '汛期排水', phrasings: [], text: '积水请报。', expiresOn: '2026-06-30' })
  await at('2026-06-12T10:00:00+08:00')
  assert.equal((await reviews('clerk')).length, 1)
  await must('clerk', 'PUT' as 'POST', entries('reviseKnowledge', id), {
    ...{ ...TEXT, title: '汛期排水', text: '积水请及时报。', expiresOn: '2027-06-30' },
  })
  await must('dispatcher', 'POST', entries('approveKnowledge', id), {})
  assert.deepEqual(await reviews('clerk'), [])
  const { id: caseId } = await w.file()
  await w.act('clerk', caseId, 'answerAtOnce', { text: '积水请及时报。', knowledgeId: id })
  const { used } = await must('clerk', 'GET', entries('knowledgeEntry', id))
  assert.equal(used, 1)
  const unknown = await tries('clerk', (await w.file()).id, 'answerAtOnce', { text: '好。', knowledgeId: 'nothing' })
  assert.equal(unknown.body.code, 'knowledge.not_found')
})

test('only a public answer becomes an entry, in its public words, and waits for approval', async () => {
  const { id } = await w.file('水管漏水，我是3单元201的')
  await w.act('clerk', id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', id, 'sign')
  await w.act('handler', id, 'draftAnswer', { text: '您家水管已更换。', outcome: 'solved' })
  await w.act('head', id, 'approveAnswer')
  const path = entries('knowledgeFromCase', id)
  const early = await w.call('dispatcher', 'POST', path, { expiresOn: '2027-01-01' })
  assert.equal(early.body.code, 'knowledge.not_public_answer')
  await w.act('supervisor', id, 'publishAnswer', { title: '水管漏水', text: '该处水管已更换。' })
  const entry = await must('dispatcher', 'POST', path, { expiresOn: '2027-01-01' })
  assert.partialDeepStrictEqual(entry, { state: 'draft', kind: 'answer', title: '水管漏水', text: '该处水管已更换。' })
  assert.equal(entry['waiting'].mine, true)
  assert.deepEqual(await titles(null, '该处水管'), [])
})

const page = async (url: string, payload?: Record<string, string>) => {
  const reply = await w.raw({
    ...{ method: payload === undefined ? 'GET' : 'POST', url },
    ...(payload !== undefined && {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(payload).toString(),
    }),
  })
  return { status: reply.status, body: String(reply.body) }
}
const tokenOn = async (url: string) => /name="token" value="([^"]+)"/.exec((await page(url)).body)?.[1] ?? ''

test('before anybody files, the portal finds what is known and asks once; what was typed is kept; a danger is never held up', async () => {
  await approved({ title: '暖气不热怎么办', phrasings: ['家里冷', '室温低'], text: '先放气，再预约测温。' })
  await approved({ title: '测温人员内部安排', phrasings: ['暖气不热'], text: '内部口径。', public: false })
  const found = await page(`/k?q=${encodeURIComponent('暖氣不熱')}`)
  assert.match(found.body, /暖气不热怎么办/)
  assert.equal(found.body.includes('内部安排'), false)
  assert.match((await page(`/k?q=${encodeURIComponent('宠物登记')}`)).body, /没有查到现成的办法/)
  const typed = { content: '我家暖气不热，才十四度', name: '王小明', phone: '13812345678', address: '南塔小区' }
  const asked = await page('/r', { ...typed, token: await tokenOn('/r') })
  assert.match(asked.body, /也许马上就有答案/)
  assert.match(asked.body, /先放气，再预约测温。/)
  for (const word of Object.values(typed)) assert.ok(asked.body.includes(`value="${word}"`), `${word} is kept`)
  const filed = await page('/r', { ...typed, alone: '1', token: await tokenOn('/r') })
  assert.match(filed.body, /已收到/)
  const danger = await page('/r', { content: '暖气不热，用炉子取暖，家里煤气中毒了', token: await tokenOn('/r') })
  assert.match(danger.body, /已收到/, 'nobody in danger reads articles first')
  const other = await page('/r', { content: '门口井盖丢了', token: await tokenOn('/r') })
  assert.match(other.body, /已收到/, 'where nothing comes near, nothing is asked')
})

test('a vote on the portal counts for its device, and an expired entry has no page', async () => {
  const id = await approved({ title: '临时停车点', phrasings: [], text: '广场北侧。', expiresOn: '2026-06-20' })
  const url = `/k/${id}`
  const voted = await page(`${url}/votes`, { useful: '1', token: await tokenOn(url) })
  assert.equal(voted.status, 303)
  assert.equal((await must('clerk', 'GET', entries('knowledgeEntry', id)))['useful'], 1)
  assert.match((await page(`${url}/votes`, { useful: '1', token: 'forged' })).body, /没有办成/)
  await at('2026-06-21T09:00:00+08:00')
  assert.equal((await page(url)).status, 404)
  assert.equal((await page(`/k?q=${encodeURIComponent('临时停车点')}`)).body.includes('广场北侧'), false)
})
