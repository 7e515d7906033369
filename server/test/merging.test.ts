import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ensureTenant } from '../src/org/index.ts'
import { type Row, storyteller } from './story.ts'
import { world } from './world.ts'

const w = await world()
after(() => w.close())
const { must, get } = storyteller(() => w)

let phone = 13_900_000_000
interface Voice {
  readonly phone?: string
  readonly name?: string
  readonly facts?: object
}
/** An opinion of somebody new, unless it is said who. */
async function voice(content: string, { phone: own, name, facts }: Voice = {}): Promise<string> {
  const body = {
    type: 'appeal',
    facts: { content, ...facts },
    party: { kind: 'person', name, phone: own ?? String(phone++) },
  }
  return (await must('clerk', 'POST', '/api/v1/cases', body))['case'].id
}
const voices = async (contents: readonly string[]) => {
  const ids: string[] = []
  for (const content of contents) ids.push(await voice(content))
  return ids
}
const problem = async (title: string, facts: object = {}): Promise<Row> =>
  (
    await must('dispatcher', 'POST', '/api/v1/cases', {
      type: 'problem',
      facts: { title, content: `${title}，群众反映集中。`, ...facts },
    })
  )['case']

/** Waits until what was begun is done. */
async function finished(path: string, account: string, done: (row: Row) => boolean): Promise<Row> {
  for (let tries = 0; tries < 400; tries++) {
    const row = await must(account, 'GET', path)
    if (done(row)) return row
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${path} does not end`)
}
const settled = (id: string, account = 'dispatcher') =>
  finished(`/api/v1/merge-steps/${id}`, account, ({ state }) => !['running', 'undoing'].includes(state))
async function step(body: object, account = 'dispatcher'): Promise<Row> {
  return settled((await must(account, 'POST', '/api/v1/merge-steps', body))['id'], account)
}
const undo = async (id: string, account = 'dispatcher') => {
  await must(account, 'POST', `/api/v1/merge-steps/${id}/actions/undo`, {})
  return settled(id, account)
}
async function grouped(filter: object = {}, account = 'dispatcher'): Promise<Row> {
  const { id } = await must(account, 'POST', '/api/v1/groupings', filter)
  return finished(`/api/v1/groupings/${id}`, account, ({ state }) => state !== 'running')
}
const groupOf = (run: Row, id: string): Row | undefined =>
  run['groups'].find((group: Row) => group['matters'].some((matter: Row) => matter['ids'].includes(id)))
const count = (query = '') => must('dispatcher', 'GET', `/api/v1/opinions/count${query}`)
const stateOf = async (id: string) => (await get(id))['case']

const HEAT = [
  '翠湖花园暖气不热，室内温度只有十四度，老人受不了。',
  '翠湖花园暖气不热，室内温度只有十四度，请供热公司来看看。',
  '翠湖花园暖气不热，已经一周，室内温度只有十四度。',
  '翠湖花园暖气不热，室内温度只有十四度，孩子感冒了。',
]
const DOGS = ['长风公园遛狗不牵绳，大型犬追咬儿童，没人管。', '长风公园有人遛狗不牵绳，大型犬吓到小孩。']

test('the grouping puts the voices of one problem together, says why, and counts people and not calls', async () => {
  const ids = [
    await voice(HEAT[0] ?? '', { phone: '13800000001' }),
    await voice(HEAT[1] ?? '', { phone: '13800000001' }),
    await voice(HEAT[2] ?? '', { phone: '13800000002' }),
    await voice(HEAT[3] ?? '', { facts: { anonymous: true } }),
  ]
  const dogs = await voices(DOGS)
  const alone = await voice('咨询新生儿医保参保需要哪些材料，到哪里办。')
  const run = await grouped()
  const heat = groupOf(run, ids[0] ?? '')
  assert.ok(heat)
  assert.deepEqual(heat['matters'].flatMap((matter: Row) => matter['ids']).sort(), [...ids].sort())
  assert.equal(heat['size'], 4)
  assert.equal(heat['reporters'], 3, 'one phone is one person, an anonymous voice counts once')
  assert.equal(heat['anonymous'], 1)
  assert.ok(heat['words'].includes('暖气'), heat['words'].join())
  assert.match(heat['place'], /翠湖花园|湖花园/)
  assert.deepEqual(groupOf(run, dogs[0] ?? ''), groupOf(run, dogs[1] ?? ''))
  assert.equal(groupOf(run, alone), undefined)
  assert.equal(run['opinions'], 7)
  assert.equal(run['single'], 1)
  const page = await must('dispatcher', 'GET', `/api/v1/opinions?grouping=${run['id']}&group=${heat['key']}`)
  assert.equal(page['total'].value, 4)
})

test('a problem for a group is opened with all its voices or not at all, and the counter is the number of rows', async () => {
  const run = await grouped()
  const heat = run['groups'].find((group: Row) => group['words'].includes('暖气'))
  const ids = heat['matters'].flatMap((matter: Row) => matter['ids'])
  const made = await step({ kind: 'create', ids, title: '翠湖花园供热不达标', content: '多户室温十四度。', aspect: '民生保障' })
  assert.equal(made['state'], 'done', JSON.stringify(made))
  assert.equal(made['moved'], 4)
  const kase = await stateOf(made['problem'].number)
  assert.equal(kase.facts.aspect, '民生保障')
  assert.equal(kase.merged.total, 4)
  assert.deepEqual(await count(), {
    ...{ raw: 7, merged: 4, unmerged: 3, open: 3, problems: 1 },
    aspects: [{ aspect: '民生保障', problems: 1, merged: 4 }],
  })
  for (const [merged, rows] of [
    ['yes', 4],
    ['no', 3],
    ['open', 3],
  ] as const)
    assert.equal((await must('dispatcher', 'GET', `/api/v1/opinions?merged=${merged}`))['total'].value, rows)
  const dogs = await must('dispatcher', 'GET', `/api/v1/opinions?q=${encodeURIComponent('遛狗')}`)
  assert.equal(dogs['items'].length, 2)

  const gone = '0190c0de-0000-7000-8000-000000000000'
  const refused = await w.call('dispatcher', 'POST', '/api/v1/merge-steps', {
    ...{ kind: 'create', title: '遛狗不牵绳', content: '大型犬追咬儿童。' },
    ids: [dogs['items'][0].id, gone],
  })
  assert.equal(refused.body.code, 'case.not_found')
  assert.equal((await count())['problems'], 1)
})

test('undoing puts back what the last step did: for its doer, within ten minutes, and the counter with it', async () => {
  const before = await count()
  const [one = '', other = ''] = await voices(['春光路路灯不亮，晚上很黑。', '春光路的路灯坏了，夜里看不清路。'])
  const { number } = await problem('春光路路灯不亮')
  const first = await stateOf(one)
  await w.act('clerk', one, 'accept', { category: 'water' })
  const accepted = await stateOf(one)
  const attached = await step({ kind: 'attach', ids: [one, other], into: number })
  assert.deepEqual([attached['moved'], attached['failures']], [2, []])
  assert.equal((await stateOf(one)).stage, 'merged')
  assert.ok(attached['undoUntil'])

  const foreign = await w.call('supervisor', 'POST', `/api/v1/merge-steps/${attached['id']}/actions/undo`, {})
  assert.equal(foreign.body.code, 'mergeStep.not_found')
  const undone = await undo(attached['id'])
  assert.equal(undone['state'], 'undone', JSON.stringify(undone))
  assert.deepEqual(same(await stateOf(one)), same(accepted))
  assert.equal((await stateOf(other)).stage, 'accepted')
  assert.deepEqual(await must('dispatcher', 'GET', `/api/v1/opinion-links?case=${one}`), { items: [] })
  assert.deepEqual((await count())['merged'], before['merged'])
  assert.equal(first.stage, 'received')
  const again = await w.call('dispatcher', 'POST', `/api/v1/merge-steps/${attached['id']}/actions/undo`, {})
  assert.equal(again.body.code, 'mergeStep.running')

  const created = await step({ kind: 'create', ids: [one, other], title: '路灯不亮', content: '春光路夜间照明。' })
  const back = await undo(created['id'])
  assert.equal(back['state'], 'undone')
  assert.equal((await stateOf(created['problem'].number)).stage, 'withdrawn')

  const late = await step({ kind: 'attach', ids: [one], into: number })
  const newer = await step({ kind: 'attach', ids: [other], into: number })
  const notLast = await w.call('dispatcher', 'POST', `/api/v1/merge-steps/${late['id']}/actions/undo`, {})
  assert.equal(notLast.body.code, 'mergeStep.not_last')
  w.setNow('2026-03-02T09:41:00+08:00')
  const tooLate = await w.call('dispatcher', 'POST', `/api/v1/merge-steps/${newer['id']}/actions/undo`, {})
  assert.equal(tooLate.body.code, 'mergeStep.too_late')
  assert.equal(tooLate.body.detail, '已超过 10 分钟，不能整步撤销，请打开问题逐件拆出。')
})

/** What must be as before when a merge was taken back. */
function same({ version, updatedAt, ...rest }: Row): Row {
  return rest
}

test('who takes an opinion out says that it does not belong: no later grouping brings it back', async () => {
  const ids = await voices([
    '北苑小区垃圾桶满溢，垃圾没人清运，臭味大。',
    '北苑小区垃圾桶满溢没人清运，苍蝇多。',
    '北苑小区垃圾桶满溢，垃圾清运不及时，臭味大。',
  ])
  const [stranger = '', ...rest] = ids
  const made = await step({ kind: 'create', ids, title: '北苑小区垃圾清运', content: '清运不及时。' })
  const out = await step({ kind: 'split', ids, reason: '逐件核对' })
  assert.deepEqual([out['state'], out['moved']], ['done', 3])
  const links = await must('dispatcher', 'GET', `/api/v1/opinion-links?case=${stranger}`)
  assert.deepEqual(links['items'].map((link: Row) => [link['kind'], link['label'], link['other'].number]), [
    ['cannot', '不是一回事', made['problem'].number],
  ])
  assert.equal(groupOf(await grouped(), stranger)?.['problem'], null, 'not suggested where it was taken out of')

  await must('clerk', 'POST', '/api/v1/opinion-links', { kind: 'cannot', id: stranger, otherIds: rest, reason: '另一栋楼' })
  for (let times = 0; times < 2; times++) {
    const run = await grouped()
    assert.notEqual(groupOf(run, rest[0] ?? ''), undefined)
    assert.notDeepEqual(groupOf(run, stranger), groupOf(run, rest[0] ?? ''))
  }
  const far = await voice('市民广场喷泉夜间噪音太大。')
  await must('clerk', 'POST', '/api/v1/opinion-links', { kind: 'must', id: far, otherIds: [stranger] })
  assert.deepEqual(groupOf(await grouped(), far), groupOf(await grouped(), stranger), 'what must be together is')
  const self = await w.call('clerk', 'POST', '/api/v1/opinion-links', { kind: 'must', id: far, otherIds: [far] })
  assert.equal(self.body.code, 'opinionLink.self')
})

test('what cannot be merged is told one by one; the others are merged', async () => {
  const { number } = await problem('老旧电梯故障')
  const good = await voices(['电梯经常停运。', '电梯又停运了。', '电梯门关不上。'])
  const secret = await voice('电梯维保造假，请保密。', { facts: { confidential: true } })
  const closed = await voice('电梯已修好，感谢。')
  await w.act('clerk', closed, 'withdraw', { reason: '本人撤回' })
  const nobody = '0190c0de-0000-7000-8000-000000000001'
  const told = await step({ kind: 'attach', ids: [good[0], secret, good[1], closed, nobody, good[2]], into: number })
  assert.equal(told['state'], 'done')
  assert.equal(told['moved'], 3)
  assert.deepEqual(Object.fromEntries(told['failures'].map((one: Row) => [one['id'], one['code']])), {
    [secret]: 'merge.confidential',
    [closed]: 'case.action_not_allowed',
    [nobody]: 'case.not_found',
  })
  const mixed = await w.call('dispatcher', 'POST', '/api/v1/merge-steps', {
    ...{ kind: 'create', ids: [secret, (await voices(['电梯困人。']))[0]], title: '电梯', content: '电梯' },
  })
  assert.equal(mixed.body.code, 'merge.mixed')
  const into = await w.call('dispatcher', 'POST', '/api/v1/merge-steps', { kind: 'attach', ids: good, into: 'WT000' })
  assert.deepEqual([into.status, into.body.code], [422, 'merge.not_a_problem'])
  const handler = await w.call('handler', 'POST', '/api/v1/merge-steps', { kind: 'attach', ids: good, into: number })
  assert.equal(handler.body.code, 'forbidden')
})

test('cases of another district are not found, whatever one tries to merge', async () => {
  const { id: other } = await ensureTenant(w.app.store, w.app.clock, { name: '大河区', demo: false })
  assert.notEqual(other, w.tenant)
})

test('a tag is a word of the dictionary in force; the ledger finds by it, one by one and in bulk', async () => {
  const [one = '', other = ''] = await voices(['学校门口堵车严重。', '学校门口上下学堵车。'])
  await w.act('clerk', one, 'tag', { tags: ['hotspot', 'pressing'] })
  const { number } = await problem('学校门口拥堵')
  await must('supervisor', 'POST', '/api/v1/case-actions', {
    ...{ action: 'tag', ids: [other, (await get(number))['case'].id], input: { tags: ['hotspot'] } },
  })
  const found = await must('dispatcher', 'GET', '/api/v1/ledger?tag=hotspot')
  assert.equal(found['items'].length, 3)
  assert.deepEqual((await must('dispatcher', 'GET', '/api/v1/ledger?tag=pressing'))['items'].map((row: Row) => row['tags']), [
    ['hotspot', 'pressing'],
  ])
  await w.act('clerk', one, 'tag', { tags: [] })
  assert.equal((await must('dispatcher', 'GET', '/api/v1/ledger?tag=hotspot'))['items'].length, 2)
  const unknown = await w.call('clerk', 'POST', `/api/v1/cases/${one}/actions/tag`, {
    ...{ version: (await stateOf(one)).version, input: { tags: ['festive'] } },
  })
  assert.equal(unknown.body.code, 'tag.unknown')
  assert.equal(unknown.body.detail, '现行标签字典里没有“festive”，请从字典中选择。')

  const kinds = [{ id: 'heat', label: '反映集中', tags: [{ id: 'festive', label: '节日保障' }] }]
  const set = { version: '2026-03', validFrom: '2026-03-02', source: '区政府办通知', kinds }
  assert.equal((await w.call('clerk', 'POST', '/api/v1/tag-sets', set)).body.code, 'forbidden')
  await must('admin', 'POST', '/api/v1/tag-sets', set)
  assert.equal((await w.call('admin', 'POST', '/api/v1/tag-sets', set)).body.code, 'tag.version_taken')
  assert.equal((await must('clerk', 'GET', '/api/v1/tag-sets'))['inForce'].version, '2026-03')
  await w.act('clerk', one, 'tag', { tags: ['festive'] })
  await w.act('clerk', other, 'tag', { tags: ['hotspot', 'festive'] })
})
