import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onDay, type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { must, get, tries, refused, actions, events, at } = storyteller(() => w)

const WORDS = '建议在南塔菜市场门口设早市摊位疏导区，早上八点前允许摆摊。'
const propose = (more: object = {}) => w.file(WORDS, { kind: 'proposal', ...more })
async function studied(more: object = {}): Promise<{ id: string; number: string; pickupCode: string }> {
  const filed = await propose(more)
  await w.act('clerk', filed.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', filed.id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', filed.id, 'sign')
  return filed
}
const weigh = (id: string, input: object) => w.act('handler', id, 'draftAnswer', { text: '谢谢您的建议。', ...input })
const NOT = { outcome: 'notAdopted', reason: '门前道路为消防通道，依法不能占用' }

test('a proposal filed on the portal is promised an answer in its own limit, whatever class its topic has', async () => {
  const filed = await propose()
  assert.match(filed.number, /^JY/)
  assert.equal(onDay(filed.dueAt), '2026-03-23', 'fifteen working days')
  const accepted = await w.act('clerk', filed.id, 'accept', { category: 'pipe' })
  assert.equal(accepted.class, null, 'the class of complaints about pipes is not its class')
  const { clocks } = await get(filed.id)
  assert.partialDeepStrictEqual(clocks.find((one: Row) => one['kind'] === 'handle').limit, {
    amount: 15,
    unit: 'workingDay',
  })
})

test('adopted, partly or not: an answer without a reason is no answer', async () => {
  const { id } = await studied()
  const bare = await tries('handler', id, 'draftAnswer', { outcome: 'notAdopted', text: '不采纳。' })
  assert.equal(bare.status, 422)
  assert.ok(bare.body.errors.some(({ path }: Row) => path.endsWith('reason')))
  const solved = await tries('handler', id, 'draftAnswer', { outcome: 'solved', text: '已办', reason: '已办' })
  assert.equal(solved.status, 422, 'solved is no answer to a proposal')
  assert.equal((await get(id))['case'].stage, 'inHand')
  await refused('proposal.promise_not_adopted', 'handler', id, 'draftAnswer', {
    ...{ ...NOT, text: '谢谢', promisedOn: '2026-04-01' },
  })
})

test('not adopted, because: the person reads why, rates the answer, and nothing is reopened against the unit', async () => {
  const { id, number, pickupCode } = await studied()
  await weigh(id, NOT)
  const own = await tries('handler', id, 'approveAnswer')
  assert.equal(own.status, 403)
  const closed = await w.act('head', id, 'approveAnswer')
  assert.partialDeepStrictEqual(closed, { stage: 'closed', stageLabel: '已答复', outcome: 'notAdopted' })
  const seen = await must(null, 'GET', `/api/v1/public/appeals/${number}?code=${pickupCode}`)
  assert.match(seen['answer'], /采纳情况：不采纳。\n理由：门前道路为消防通道/)
  assert.equal(seen['type'], 'proposal')
  const rated = await must(null, 'POST', `/api/v1/public/appeals/${number}/rating?code=${pickupCode}`, {
    ...{ grade: 1, solved: false, text: '再想想办法' },
  })
  assert.equal(rated['stage'], 'closed')
  assert.deepEqual(await actions(id), ['open', 'accept', 'dispatch', 'sign', 'draftAnswer', 'approveAnswer', 'rate'])
  await w.act('supervisor', id, 'publishAnswer')
  const open = await w.call(null, 'GET', '/open')
  assert.match(String(open.body), /不采纳/)
})

test('what is adopted and promised by a day is carried out, or the proposal is open again', async () => {
  const kept = await studied()
  const broken = await studied()
  for (const { id } of [kept, broken]) {
    await weigh(id, { outcome: 'adopted', reason: '疏导区不占消防通道', promisedOn: '2026-03-10' })
    await w.act('head', id, 'approveAnswer')
  }
  assert.equal((await get(kept.id))['case'].light, 'green', 'a promise to keep shows on the ledger')
  const done = await w.act('handler', kept.id, 'fulfilPromise', { text: '疏导区已划线启用' })
  assert.partialDeepStrictEqual(done, { stage: 'closed', outcome: 'adopted', light: 'done' })
  await refused('promise.none', 'handler', kept.id, 'fulfilPromise', { text: '再来一次' })
  await at('2026-03-11T10:00:00+08:00')
  assert.partialDeepStrictEqual((await get(broken.id))['case'], { stage: 'inHand', round: 2, brokenPromises: 1 })
  assert.equal((await events(broken.id)).at(-1)?.['action'], 'breakPromise')
  assert.equal((await get(kept.id))['case'].stage, 'closed')
})

test('what staff find themselves counts like what people bring; only the intake office takes calls', async () => {
  const found = { type: 'appeal', channel: 'staffFound', facts: { content: '巡查发现迎宾路井盖缺失。' } }
  const { case: kase } = await must('handler', 'POST', '/api/v1/cases', found)
  assert.equal((await events(kase.id))[0]?.['by'].name, '水务经办')
  const call = await w.call('handler', 'POST', '/api/v1/cases', { ...found, channel: 'hotline' })
  assert.equal(call.body.code, 'case.only_findings')
  assert.match(call.body.detail, /主动发现、领导调研/)
  const research = { ...found, channel: 'leaderResearch', facts: { content: '调研中企业反映停水不提前通知。' } }
  await must('leader', 'POST', '/api/v1/cases', research)
  await must('clerk', 'POST', '/api/v1/cases', { ...found, channel: 'suggestion', type: 'proposal' })
  const { rows } = await must(
    'supervisor',
    'GET',
    '/api/v1/indicators/received?from=2026-03-01&to=2026-03-31&by=channel&type=all',
  )
  const counted = Object.fromEntries(rows.map(({ key, value }: Row) => [key, value]))
  assert.partialDeepStrictEqual(counted, { staffFound: 1, leaderResearch: 1, suggestion: 1 })
})

test('a matter found by staff is answered and closed with nobody to call, and counts for no satisfaction', async () => {
  const found = { type: 'appeal', channel: 'staffFound', facts: { content: '巡查发现水管渗水。' } }
  const { case: kase } = await must('head', 'POST', '/api/v1/cases', found)
  await w.act('clerk', kase.id, 'accept', { category: 'pipe' })
  await w.act('dispatcher', kase.id, 'dispatch', { leadUnitId: await w.unit('water') })
  await w.act('handler', kase.id, 'sign')
  await w.act('handler', kase.id, 'draftAnswer', { text: '已修好。', outcome: 'solved' })
  const answered = await w.act('head', kase.id, 'approveAnswer')
  assert.equal(answered.stage, 'calledBack')
  assert.partialDeepStrictEqual(await w.act('clerk', kase.id, 'close'), { stage: 'closed', satisfied: null })
})

test('the portal asks which it is, and a proposal’s page says study and not call back', async () => {
  const page = String((await w.call(null, 'GET', '/r?kind=proposal')).body)
  assert.match(page, /value="proposal" checked/)
  const { number, pickupCode } = await propose()
  const track = String((await w.call(null, 'GET', `/q/${number}?code=${pickupCode}`)).body)
  assert.match(track, />研究</)
  assert.doesNotMatch(track, />回访</)
})

test('a published proposal has its own page, and its correction is public once a second person has read it', async () => {
  const { id, number } = await studied()
  await weigh(id, NOT)
  await w.act('head', id, 'approveAnswer')
  await w.act('supervisor', id, 'publishAnswer')
  assert.match(String((await w.call(null, 'GET', '/open')).body), new RegExp(`href="/open/${number}"`))
  const page = await w.call(null, 'GET', `/open/${number}`)
  assert.equal(page.status, 200, 'the list leads to it')
  assert.match(String(page.body), /不采纳/)
  const correction = { text: '不采纳。门前道路为消防车通道。', reason: '用词不准确' }
  await w.act('head', id, 'correctAnswer', correction)
  await refused('forbidden', 'head', id, 'publishCorrection', {})
  await w.act('supervisor', id, 'publishCorrection', {})
  assert.match(String((await w.call(null, 'GET', `/open/${number}`)).body), /消防车通道.*<b>更正<\/b>[^<]*用词不准确/s)
  await w.act('head', id, 'correctAnswer', { text: '再改一次。', reason: '再看看' })
  await w.act('dispatcher', id, 'dropCorrection', { reason: '原文无误' })
  const queue = await must('supervisor', 'GET', '/api/v1/ledger?queue=corrections')
  assert.deepEqual(queue['items'], [], 'nothing waits that nobody can decide')
})
