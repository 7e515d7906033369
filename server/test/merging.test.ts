import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { TenantId } from '@banjie/contract'
import fc from 'fast-check'
import pg from 'pg'
import { system } from '../src/kernel/actor.ts'
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
  const made = await step({
    kind: 'create',
    ids,
    title: '翠湖花园供热不达标',
    content: '多户室温十四度。',
    aspect: '民生保障',
  })
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
  assert.deepEqual(
    links['items'].map((link: Row) => [link['kind'], link['label'], link['other'].number]),
    [['cannot', '不是一回事', made['problem'].number]],
  )
  assert.equal(groupOf(await grouped(), stranger)?.['problem'], null, 'not suggested where it was taken out of')

  await must('clerk', 'POST', '/api/v1/opinion-links', {
    kind: 'cannot',
    id: stranger,
    otherIds: rest,
    reason: '另一栋楼',
  })
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

test('whatever is merged, taken out and undone, the counter is the number of its rows', async () => {
  const said = '南湖早市'
  const ids = await voices(Array.from({ length: 12 }, (_, n) => `${said}第${n + 1}个摊位占道经营。`))
  const into = [await problem('早市占道', { aspect: '市容' }), await problem('早市噪音', { aspect: '环境' })]
  const query = `?q=${encodeURIComponent(said)}`
  const random = fc.sample(
    fc.record({
      kind: fc.constantFrom('attach', 'split', 'undo'),
      from: fc.nat(11),
      size: fc.integer({ min: 1, max: 6 }),
      to: fc.nat(1),
    }),
    14,
  )
  let last: string | undefined
  for (const { kind, from, size, to } of random) {
    const some = ids.slice(from, from + size)
    if (kind === 'attach') last = (await step({ kind, ids: some, into: into[to]?.['number'] }))['id']
    else if (kind === 'split') last = (await step({ kind, ids: some, reason: '核对' }))['id']
    else if (last !== undefined) await w.call('dispatcher', 'POST', `/api/v1/merge-steps/${last}/actions/undo`, {})
    if (last !== undefined) await settled(last)
    const counted = await count(query)
    const rows = async (more: string): Promise<Row[]> =>
      (await must('dispatcher', 'GET', `/api/v1/opinions${query}&limit=200${more}`))['items']
    const merged = await rows('&merged=yes')
    assert.equal(counted['raw'], ids.length)
    assert.equal(counted['merged'], merged.length)
    assert.equal(counted['unmerged'], (await rows('&merged=no')).length)
    assert.equal(counted['open'], (await rows('&merged=open')).length)
    assert.equal(counted['problems'], new Set(merged.map((row) => row['problem'].id)).size)
    assert.equal(sum(counted['aspects'], 'merged'), merged.length)
    assert.equal(sum(counted['aspects'], 'problems'), counted['problems'])
  }
})
const sum = (rows: readonly Row[], key: string) => rows.reduce((total, row) => total + row[key], 0)

test('a step whose process has died is told as it stands: what was done stays done, the rest can be tried again', async () => {
  const ids = await voices(['河道漂浮垃圾。', '河道有垃圾漂着。'])
  const { number } = await problem('河道垃圾')
  const done = await step({ kind: 'attach', ids: ids.slice(0, 1), into: number })
  const client = new pg.Client(w.connection)
  await client.connect()
  await client.query(
    `update merge_step set state = 'running', case_ids = $2, started_at = started_at - interval '1 hour' where id = $1`,
    [done['id'], ids],
  )
  await client.end()
  await w.app.jobs.runAll()
  const told = await settled(done['id'])
  assert.equal(told['moved'], 1)
  assert.deepEqual(
    told['failures'].map((one: Row) => [one['id'], one['code']]),
    [[ids[1], 'mergeStep.interrupted']],
  )
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
  assert.deepEqual(
    (await must('dispatcher', 'GET', '/api/v1/ledger?tag=pressing'))['items'].map((row: Row) => row['tags']),
    [['hotspot', 'pressing']],
  )
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

const NOW = Date.parse('2026-03-02T09:41:00+08:00')
/** Said so many hours ago. */
const ago = (content: string, hours: number, who: Voice = {}) =>
  voice(content, { ...who, facts: { ...who.facts, receivedAt: new Date(NOW - hours * 3_600_000).toISOString() } })

test('hot is what enough people say of one matter; neither one person who calls ten times nor a street makes it so', async () => {
  for (let call = 0; call < 10; call++)
    await ago('广场舞音响噪音扰民，夜里十点还在放。', call, { phone: '13811112222' })
  const matters = [
    '长安路井盖丢失，行人容易掉下去。',
    '长安路公交站牌被遮挡看不清线路。',
    '长安路幼儿园伙食质量差，孩子吃坏肚子。',
    '长安路饭店油烟直排，窗户不敢开。',
    '长安路物业费乱涨价没有公示。',
    '长安路社保卡丢失如何补办。',
    '长安路诊所没有执业许可证。',
    '长安路快递站乱收保管费。',
    '长安路教培机构跑路不退学费。',
    '长安路工地拖欠农民工工资。',
  ]
  for (const [hours, matter] of matters.entries()) await ago(matter, hours)
  const trees = [
    '解放大街行道树枯死，大风天树枝折断砸车。',
    '解放大街行道树枯死没人管，树枝折断掉下来。',
    '文昌街行道树枯死，树枝折断差点砸到人。',
    '文昌街行道树枯死多棵，树枝折断很危险。',
    '文昌街行道树枯死，大风天树枝折断砸车。',
  ]
  const told: string[] = []
  for (const [hours, tree] of trees.entries()) told.push(await ago(tree, hours))
  const { items } = await must('leader', 'GET', '/api/v1/hot-issues?days=7&least=5')
  const hot = items.find((one: Row) => one['words'].some((word: string) => /枯死|行道树|树枝/.test(word)))
  assert.ok(hot, JSON.stringify(items.map((one: Row) => one['title'])))
  assert.equal(hot['reporters'], 5)
  assert.equal(hot['places'].length, 2)
  assert.ok(hot['tags'].length === 0 || hot['tags'].includes('hotspot'))
  for (const one of items as Row[]) assert.doesNotMatch(one['title'], /广场舞|长安路/)
  const { items: fewer } = await must('leader', 'GET', '/api/v1/hot-issues?days=7&least=6')
  assert.equal(
    fewer.find((one: Row) => /行道树/.test(one['title'])),
    undefined,
  )
  assert.deepEqual(
    (await must('head3', 'GET', '/api/v1/hot-issues?days=7&least=2'))['items'],
    [],
    'a unit sees its own only',
  )
  const [one = '', other = ''] = await Promise.all(
    told.slice(0, 2).map(async (id) => (await get(id))['case'].party?.id as string),
  )
  await must('dispatcher', 'POST', `/api/v1/parties/${one}/links`, { otherId: other, same: true })
  const { items: after } = await must('leader', 'GET', '/api/v1/hot-issues?days=7&least=4')
  const known = after.find((group: Row) => told.every((id) => group['ids'].includes(id)))
  assert.equal(known?.reporters, 4, 'two of them are known to be one person since')
})

test('cases of another district are not found, whatever one tries to merge', async () => {
  const client = new pg.Client(w.connection)
  await client.connect()
  await client.query(
    `insert into tenant (id, slug, name, host, secret, created_at) values (2, 'other', '大河区', 'other', '\\x00', now())`,
  )
  await client.query(`update tenant set host = 'localhost' where id = 1`)
  await client.end()
  w.app.directory.forget()
  const at = new Date(NOW)
  const open = (type: string, facts: object) =>
    w.app.store.tx(2 as TenantId, async (tx) => {
      const [kase] = await w.app.engine.open(tx, [{ type, facts: { ...facts }, channel: 'window' }], system(at))
      assert.ok(kase)
      return kase
    })
  const theirs = await open('appeal', { content: '外区路灯不亮。' })
  const theirProblem = await open('problem', { title: '外区问题', content: '外区问题' })
  const ours = await voice('路灯又灭了。')
  const { number } = await problem('路灯损坏')
  const mixed = await step({ kind: 'attach', ids: [ours, theirs.id], into: number })
  assert.deepEqual(
    mixed['failures'].map((one: Row) => [one['id'], one['number'], one['code']]),
    [[theirs.id, null, 'case.not_found']],
  )
  const into = await w.call('dispatcher', 'POST', '/api/v1/merge-steps', {
    kind: 'attach',
    ids: [ours],
    into: theirProblem.id,
  })
  assert.equal(into.body.code, 'merge.not_a_problem')
  const linked = await w.call('dispatcher', 'POST', '/api/v1/opinion-links', {
    kind: 'must',
    id: ours,
    otherIds: [theirs.id],
  })
  assert.deepEqual([linked.status, linked.body.code], [404, 'case.not_found'])
  const [many] = (
    await must('dispatcher', 'POST', '/api/v1/case-actions', {
      action: 'merge',
      ids: [theirs.id],
      input: { into: number },
    })
  )['items']
  assert.equal(many.code, 'case.not_found')
})
