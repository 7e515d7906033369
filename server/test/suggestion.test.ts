import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { routes } from '@banjie/contract'
import { system } from '../src/kernel/actor.ts'
import { createLog } from '../src/kernel/log.ts'
import { createMemories, type Memories } from '../src/suggestion/index.ts'
import { suggestFor } from '../src/suggestion/suggest.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
const story = storyteller(() => w)
const { must, events, bring, at } = story
const inWorld = (start?: string) => {
  before(async () => {
    w = await world(start)
    await w.app.jobs.runAll()
  })
  after(() => w.close())
}
const suggest = (content: string, more: object = {}, account = 'clerk') =>
  must(account, 'POST', routes.suggest.path, { content, ...more })
const top = async (content: string, more: object = {}) =>
  (await suggest(content, more))['categories'][0] as Row | undefined

/** Accepts a report in a category, as a clerk does. */
async function taught(content: string, category: string, more: object = {}): Promise<string> {
  const { id } = await w.file(content, more)
  await w.act('clerk', id, 'accept', { category })
  return id
}

describe('what is suggested while a clerk types', () => {
  inWorld()

  test('before anything was learned the dictionary hints, and never says it is sure', async () => {
    const first = await top('暖气不热，家里老人受不了')
    assert.partialDeepStrictEqual(first, { id: 'heating', words: ['暖气'] })
    assert.notEqual(first?.['confidence'], 'sure')
    assert.equal(await top('广场舞音乐太吵'), undefined)
  })

  test('clerks teach what no dictionary says, and the words that decided are shown', async () => {
    for (const floor of ['三', '四', '五', '六', '七', '八', '九', '十'])
      await taught(`${floor}楼住户反映水龙头出水发黄浑浊，有异味`, 'water')
    for (const number of [1, 2, 3, 4, 5, 6, 7, 8])
      await taught(`${number}号楼室内温度只有十二度，冻得睡不着`, 'heating')
    const first = await top('家里水龙头的水发黄，浑浊不能喝')
    assert.equal(first?.['id'], 'water')
    assert.ok(
      first?.['words'].some((word: string) => ['发黄', '浑浊', '水龙头', '龙头'].includes(word)),
      first?.['words'],
    )
    assert.equal((await top('室内温度太低，冻得孩子睡不着'))?.['id'], 'heating')
  })

  test('a correction counts at once: what was accepted in the wrong category is put right by the supplement', async () => {
    const said = (n: number) => `第${n}栋电动车充电桩乱收服务费`
    for (const n of [1, 2, 3, 4, 5]) {
      const id = await taught(said(n), 'pipe')
      await w.act('clerk', id, 'supplement', { text: '经核实属供热收费', category: 'heating' })
    }
    assert.equal((await top(said(9)))?.['id'], 'heating')
  })

  test('each suggestion is judged by what the clerk then decided, before it is learned; a memory made again judges the same', async () => {
    const hits = async () => (await must('clerk', 'GET', routes.suggestionState.path))['hits']
    const sum = (all: Row[], part: 'right' | 'of') => all.reduce((total, one) => total + one[part], 0)
    const before = await hits()
    assert.deepEqual(
      before.map(({ confidence }: Row) => confidence),
      ['sure', 'likely', 'unsure'],
    )
    await taught('家里水龙头的水发黄，浑浊不能喝', 'water')
    await taught('厨房水龙头的水发黄，浑浊有异味', 'pipe')
    const after = await hits()
    assert.deepEqual([sum(after, 'of') - sum(before, 'of'), sum(after, 'right') - sum(before, 'right')], [2, 1])
    const again = createMemories(w.app.store, createLog('silent'))
    const memory = again.of(w.tenant, new Date('2026-03-02T09:30:00+08:00'))
    await memory.whole
    assert.deepEqual([...memory.hits], after)
  })

  test('the unit is the catalogue’s until dispatches say otherwise', async () => {
    const typed = '二次供水水箱有异味，水质浑浊发黄，请清洗水箱'
    const before = (await suggest(typed))['units'][0]
    assert.partialDeepStrictEqual(before, { name: '区水务局', basis: '分办目录 F001：供水管理职责' })
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const id = await taught(`${n}号楼二次供水水箱有异味，水质浑浊发黄`, 'water')
      await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit('heating') })
    }
    const [first] = (await suggest(typed))['units']
    assert.equal(first.name, '区供热办')
    assert.match(first.basis, /交办过 6 次/)
  })

  test('once a clerk has decided the matter, the unit is suggested for what was decided, whatever the words say', async () => {
    const { id } = await w.file('5号楼水龙头出水发黄浑浊，有异味')
    const first = async () => (await must('dispatcher', 'GET', `/api/v1/cases/${id}/similar`))['units'][0]
    assert.equal((await first())?.name, '区供热办', 'what such words were dispatched to')
    await w.act('clerk', id, 'accept', { category: 'pipe' })
    assert.match((await first())?.basis, /分办目录/)
    assert.equal(
      (await first())?.name,
      (await must('dispatcher', 'GET', `/api/v1/cases/${id}`))['actions'].find(({ name }: Row) => name === 'dispatch')
        .proposal.leadUnitName,
    )
  })

  test('urgency: an emergency by its words, with whom to call; the rest as clerks decided', async () => {
    const { urgency } = await suggest('楼道里有很浓的煤气味，怀疑燃气泄漏')
    assert.equal(urgency.value, 'critical')
    assert.ok(urgency.words.length > 0 && urgency.calls.length > 0)
    const said = (n: number) => `${n}号井盖缺失，过往行人有坠落危险`
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const { id } = await w.file(said(n))
      await w.act('clerk', id, 'accept', { category: 'pipe', urgency: 'urgent' })
    }
    assert.equal((await suggest(said(77)))['urgency'].value, 'urgent')
    assert.equal((await suggest('水龙头出水发黄浑浊'))['urgency'].value, 'normal')
  })

  test('however sure it is, nothing is accepted or dispatched without a person', async () => {
    const { id } = await w.file('水龙头出水发黄浑浊，有异味')
    await suggest('水龙头出水发黄浑浊，有异味')
    await must('dispatcher', 'GET', `/api/v1/cases/${id}/similar`)
    await w.app.jobs.runAll()
    const { case: kase } = await story.get(id)
    assert.partialDeepStrictEqual(kase, { stage: 'received', category: null, leadUnit: null, version: 1 })
    assert.deepEqual(
      (await events(id)).map(({ action }) => action),
      ['open'],
    )
  })

  test('an act that was rolled back taught nothing', async () => {
    const before = (await must('clerk', 'GET', routes.suggestionState.path))['lessons']
    const { id } = await w.file('路灯不亮一周了')
    const refused = await w.call('clerk', 'POST', `/api/v1/cases/${id}/actions/accept`, {
      version: 1,
      input: { category: 'no-such-category' },
    })
    assert.equal(refused.body.code, 'case.category_unknown')
    assert.equal((await must('clerk', 'GET', routes.suggestionState.path))['lessons'], before)
  })

  test('bad input is refused with the place: no text, a text too long; those who see no cases get nothing', async () => {
    const empty = await w.call('clerk', 'POST', routes.suggest.path, { content: ' ' })
    assert.deepEqual([empty.status, empty.body.code], [422, 'text.empty'])
    const long = await w.call('clerk', 'POST', routes.suggest.path, { content: '水'.repeat(5001) })
    assert.deepEqual([long.status, long.body.code], [422, 'text.too_long'])
    const nobody = await w.call(null, 'POST', routes.suggest.path, { content: '漏水' })
    assert.equal(nobody.body.code, 'session.required')
  })
})

const TEXTS = ['水龙头出水发黄浑浊', '暖气不热，室内温度低', '南塔小区三号楼水管漏水', '二次供水水箱有异味', '噪音扰民']

/** Everything a memory suggests for some texts, without how far it has read. */
async function answers(memories: Memories): Promise<unknown[]> {
  const { engine, store } = w.app
  const now = new Date('2026-03-02T09:30:00+08:00')
  await memories.of(w.tenant, now).whole
  const said = []
  for (const content of TEXTS)
    said.push(await store.tx(w.tenant, (tx) => suggestFor(tx, { engine, memories }, { content }, system(now))))
  return said
}
const fresh = () => createMemories(w.app.store, createLog('silent'))

describe('what is remembered', () => {
  inWorld()

  test('a memory made again from the event log says the same as the one that was there all the time', async () => {
    const running = fresh()
    await running.of(w.tenant, new Date('2026-03-02T09:30:00+08:00')).whole
    for (const n of [1, 2, 3]) {
      await taught(`${n}号楼水龙头出水发黄浑浊`, 'water')
      await taught(`${n}单元暖气不热，室内温度低`, 'heating')
      const id = await bring('answered', { content: `南塔小区${n}号楼水管漏水`, category: 'pipe' })
      await w.act('caller', id, 'callBack', { reached: true, satisfied: true, solved: true })
    }
    await running.catchUp(w.tenant, new Date('2026-03-02T09:30:00+08:00'))
    const built = await answers(fresh())
    assert.deepEqual(await answers(running), built)
    assert.deepEqual(await answers(w.app.memories), built)
  })

  test('what another process wrote is caught up, each event once, also the one committed late', async () => {
    const other = fresh()
    const now = new Date('2026-03-02T09:30:00+08:00')
    const memory = other.of(w.tenant, now)
    await memory.whole
    const lessons = memory.progress.lessons
    const late = await w.file('广场舞噪音扰民，夜里睡不着')
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const act = { caseId: late.id, action: 'accept', input: { category: 'water' } }
    const clerk = { ...system(now), kind: 'person' as const, roles: new Set(['clerk'] as const) }
    const committed = w.app.store.tx(w.tenant, async (tx) => {
      await w.app.engine.act(tx, act, clerk)
      await held
    })
    await taught('另一处噪音扰民', 'heating')
    assert.ok((await other.catchUp(w.tenant, now)) >= 3)
    assert.equal(memory.progress.lessons, lessons + 1)
    release()
    await committed
    assert.equal(await other.catchUp(w.tenant, now), 1)
    assert.equal(memory.progress.lessons, lessons + 2)
    assert.equal(await other.catchUp(w.tenant, now), 0)
    assert.deepEqual(await answers(other), await answers(other))
  })

  test('a house that closes does not wait until the past is read', async () => {
    const closing = fresh()
    const memory = closing.of(w.tenant, new Date('2026-03-02T09:30:00+08:00'))
    closing.close()
    await memory.whole
    assert.deepEqual([memory.progress.ready, memory.progress.cases], [false, 0])
    assert.equal(await memory.catchUp(), 0)
  })

  test('a changed district file makes it read the past again; meanwhile and afterwards it answers', async () => {
    const before = await suggest('水龙头出水发黄浑浊')
    await must('admin', 'PUT', routes.setDistrict.path, w.district)
    assert.equal((await suggest('水龙头出水发黄浑浊'))['categories'][0].id, before['categories'][0].id)
    await w.app.jobs.runAll()
    assert.equal((await suggest('水龙头出水发黄浑浊'))['categories'][0].id, before['categories'][0].id)
  })
})

describe('reported before?', () => {
  inWorld()

  test('the earlier one comes with its reasons: shared words, place, days apart, status and answer', async () => {
    const id = await bring('answered', { file: { location: { address: '南塔小区3号楼' } } })
    const { number } = (await story.get(id))['case']
    await at('2026-03-09T10:00:00+08:00')
    const { similar } = await suggest('南塔小区水管又漏水，路面结冰了', { location: { address: '南塔小区' } })
    const [first] = similar
    assert.partialDeepStrictEqual(first, { number, samePlace: true, daysApart: 7, answer: '已更换破损水管。' })
    assert.ok(first.words.includes('漏水'), first.words)
    assert.match(first.reasons.join('；'), /都提到.*同一地点：南塔小区3号楼.*相隔 7 天.*已有答复/)
  })

  test('an open one may be supplemented with what was typed; a problem takes it in', async () => {
    const { id, number } = await w.file('宝山路沿街商铺油烟直排熏人')
    const problem = await must('dispatcher', 'POST', routes.openCase.path, {
      type: 'problem',
      facts: { title: '宝山路油烟直排', content: '宝山路沿街商铺油烟直排，居民意见集中' },
    })
    const { similar } = await suggest('宝山路商铺油烟直排，熏得人难受')
    const of = (one: string) => similar.find((row: Row) => row['number'] === one)
    assert.deepEqual(of(number)?.actions, ['supplement'])
    assert.deepEqual(of(problem['case'].number)?.actions, ['merge'])
    await w.act('clerk', id, 'supplement', { text: '又有一人反映，傍晚最重' })
    const own = await must('clerk', 'GET', `/api/v1/cases/${id}/similar`)
    assert.ok(!own['similar'].some((row: Row) => row['number'] === number), 'a case is not similar to itself')
    const toHead = await suggest('宝山路商铺油烟直排', {}, 'auditor')
    assert.deepEqual(
      toHead['similar'].flatMap((row: Row) => row['actions']),
      [],
    )
  })

  test('the one of this place stands before one that shares more words elsewhere, and it says where that is', async () => {
    const here = await w.file('华山路公交站牌被撞歪', { location: { address: '华山路6号' } })
    const there = await w.file('泰山路公交站牌被撞歪，看不清车次和时刻', { location: { address: '泰山路9号' } })
    const { similar } = await suggest('公交站牌被撞歪，看不清车次和时刻', { location: { address: '华山路6号' } })
    assert.deepEqual(
      similar.map((row: Row) => [row['number'], row['samePlace']]),
      [
        [here.number, true],
        [there.number, false],
      ],
    )
    assert.match(similar[1].reasons.join('；'), /另一地点：泰山路/)
  })

  test('what the same person reported is found by the phone of whoever calls; never what was told in confidence, and only at intake', async () => {
    const contact = { phone: '13811112222' }
    const open = await w.file('小区门口井盖松动', { contact })
    const quiet = await w.file('社区干部吃拿卡要', { contact, confidential: true })
    const unseen = await w.file('夜间有人放鞭炮', { contact: { phone: '13811113333' } })
    const asks = (account: string) => suggest('孩子上学要转到本区', { phone: '138 1111 2222' }, account)
    const { similar } = await asks('clerk')
    assert.deepEqual(
      similar.map((row: Row) => [row['number'], row['samePerson'], row['reasons'][0]]),
      [[open.number, true, '同一电话反映']],
    )
    for (const { number } of [quiet, unseen]) assert.ok(!JSON.stringify(similar).includes(number))
    assert.deepEqual((await asks('auditor'))['similar'], [])
    const half = await w.call('clerk', 'POST', routes.suggest.path, { content: '孩子上学', phone: '13x' })
    assert.deepEqual([half.status, half.body.code], [422, 'import.phone_invalid'])
  })

  test('whoever asks, nothing is shown that the list hides (200 questions)', async () => {
    const accounts = ['clerk', 'handler', 'handler2', 'head3', 'auditor', 'evaluator', 'leader', 'window']
    const units = ['water', 'heating', 'south']
    const words = ['水管漏水', '暖气不热', '路面结冰', '井盖缺失', '油烟直排', '夜间施工', '垃圾堆放', '停车收费']
    let seed = 7
    const pick = <T>(items: readonly T[]): T => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return items[seed % items.length] as T
    }
    for (let n = 0; n < 40; n++) {
      const content = `${pick(words)}，${pick(words)}，文化路${n % 5}号`
      const { id } = await w.file(content, { confidential: n % 3 === 0 })
      if (n % 4 === 0) continue
      await w.act('clerk', id, 'accept', { category: pick(['water', 'heating', 'pipe']) })
      if (n % 4 === 1) continue
      const lead = pick(units)
      const assisting = n % 2 === 0 ? [await w.unit(pick(units.filter((unit) => unit !== lead)))] : []
      await w.act('dispatcher', id, 'dispatch', { leadUnitId: await w.unit(lead), assistingUnitIds: assisting })
    }
    const seen = new Map<string, Set<string>>()
    for (const account of accounts) {
      const { items } = await must(account, 'GET', `${routes.ledger.path}?limit=200`)
      seen.set(account, new Set(items.map(({ number }: Row) => number)))
    }
    let shown = 0
    for (let n = 0; n < 200; n++) {
      const account = pick(accounts)
      const { similar, recurrence } = await suggest(`${pick(words)}，文化路${pick([0, 1, 2])}号`, {}, account)
      for (const { number } of [...similar, ...(recurrence?.earlier ?? [])]) {
        shown++
        assert.ok(seen.get(account)?.has(number), `${account} is shown ${number}, which the list hides`)
      }
    }
    assert.ok(shown > 200, `${shown} shown`)
    const all = seen.get('leader')?.size ?? 0
    assert.ok(
      accounts.some((account) => (seen.get(account)?.size ?? 0) < all / 2),
      'somebody must see less',
    )
  })
})

describe('what comes back', () => {
  inWorld()
  const place = { location: { address: '南塔小区3号楼' } }

  async function closedCase(content: string, file: object = place): Promise<Row> {
    const id = await bring('answered', { content, file })
    await w.act('caller', id, 'callBack', { reached: true, satisfied: true, solved: true })
    await w.act('caller', id, 'close')
    return (await story.get(id))['case']
  }
  const drill = (account = 'leader') =>
    must(account, 'GET', `/api/v1/indicators/recurrence/rows?from=2026-03-01&to=2026-03-31&part=numerator`)

  test('the same place and matter after closing shows at intake and counts for the unit that closed it', async () => {
    const earlier = await closedCase('南塔小区3号楼门前水管漏水')
    const elsewhere = await closedCase('北陵小区5号楼门前水管漏水', { location: { address: '北陵小区5号楼' } })
    await at('2026-06-01T10:00:00+08:00')
    const typed = await suggest('南塔小区三号楼门前水管又漏水了', { location: { address: '南塔小区三号楼' } })
    assert.partialDeepStrictEqual(typed['recurrence'], {
      months: 12,
      times: 1,
      earlier: [{ number: earlier['number'], unit: '区水务局' }],
    })
    assert.equal((await drill())['total'], 0)

    const id = await taught('南塔小区三号楼门前水管又漏水了', 'pipe', { location: { address: '南塔小区三号楼' } })
    const { recurrence } = await must('clerk', 'GET', `/api/v1/cases/${id}/similar`)
    assert.deepEqual(
      recurrence.earlier.map(({ number }: Row) => number),
      [earlier['number']],
    )
    const { items, total } = await drill()
    assert.deepEqual([total, items[0].number, items[0].unit], [1, earlier['number'], '区水务局'])
    const figure = await must('leader', 'GET', '/api/v1/indicators/recurrence?from=2026-03-01&to=2026-03-31&by=unit')
    assert.partialDeepStrictEqual(figure, { numerator: 1, denominator: 2, value: 50 })
    await w.act('clerk', id, 'withdraw', { reason: '诉求人说看错了地方' })
    assert.equal((await drill())['total'], 0, 'what was taken back says nothing against the unit')
    assert.ok(!recurrence.earlier.some(({ number }: Row) => number === elsewhere['number']))
  })

  test('another number in the street, another matter, or a year later is no recurrence; a corrected category is looked at again', async () => {
    const other = await taught('南塔小区8号楼水管漏水', 'pipe', { location: { address: '南塔小区8号楼' } })
    assert.equal((await must('clerk', 'GET', `/api/v1/cases/${other}/similar`))['recurrence'], undefined)
    const heating = await taught('南塔小区3号楼暖气不热', 'heating', place)
    assert.equal((await must('clerk', 'GET', `/api/v1/cases/${heating}/similar`))['recurrence'], undefined)
    await w.act('clerk', heating, 'supplement', { text: '其实是水管漏水', category: 'pipe' })
    assert.equal((await must('clerk', 'GET', `/api/v1/cases/${heating}/similar`))['recurrence'].times, 1)
    await w.act('clerk', heating, 'supplement', { text: '还是供热', category: 'heating' })
    assert.equal((await must('clerk', 'GET', `/api/v1/cases/${heating}/similar`))['recurrence'], undefined)
    await at('2027-03-10T10:00:00+08:00')
    const late = await taught('南塔小区3号楼水管漏水', 'pipe', place)
    assert.equal((await must('clerk', 'GET', `/api/v1/cases/${late}/similar`))['recurrence'], undefined)
  })

  test('two estates of the same end are told apart', async () => {
    const address = { location: { address: '小河区沙岭街道沙岭向阳小区2号楼' } }
    await closedCase('沙岭向阳小区水管漏水', address)
    await at('2027-03-11T10:00:00+08:00')
    const other = { location: { address: '造化向阳小区2号楼' } }
    assert.equal((await suggest('造化向阳小区2号楼水管漏水', other))['recurrence'], undefined)
    assert.equal((await suggest('我们向阳小区2号楼水管漏水'))['recurrence'].times, 1)
  })

  test('the months are the rule set’s', async () => {
    const rules = {
      version: '2027-复发',
      validFrom: '2027-03-01',
      source: '本区规定',
      rules: { recurrence: { months: 24 } },
    }
    await must('admin', 'POST', routes.newRuleSet.path, rules)
    const id = await taught('南塔小区3号楼水管漏水，又来了', 'pipe', place)
    assert.partialDeepStrictEqual(await must('clerk', 'GET', `/api/v1/cases/${id}/similar`), {
      recurrence: { months: 24 },
    })
  })
})

describe('what a citizen may know', () => {
  inWorld()
  const typed = { content: '迎宾路12号门前自来水管漏水，路面结冰很滑', location: { address: '迎宾路12号' } }
  const ask = async (body: object = typed) => (await must(null, 'POST', routes.publicSimilar.path, body))['items']

  test('a similar one near by: matter, street and age; no number, no name, no words of another person', async () => {
    const secret = '王小明说自来水管漏水，路面结冰很滑，电话13900001111'
    const { number, id } = await w.file(secret, {
      location: { address: '迎宾路 8 号院 2 单元 501' },
      contact: { name: '王小明', phone: '13900001111' },
    })
    await at('2026-03-05T09:30:00+08:00')
    const items = await ask()
    assert.partialDeepStrictEqual(items, [
      { category: '待分类', place: '迎宾路一带', daysAgo: 3, stageLabel: '待受理' },
    ])
    const text = JSON.stringify(items)
    for (const hidden of [number, id, '王小明', '139', '501', '8 号院', '很滑'])
      assert.ok(!text.includes(hidden), hidden)
  })

  test('what was told in confidence, what is elsewhere and what is of another matter is not there', async () => {
    const { id } = await w.file('学府路自来水管漏水，路面结冰很滑', {
      confidential: true,
      location: { address: '学府路3号' },
    })
    assert.ok(id)
    assert.deepEqual(await ask({ content: '学府路自来水管漏水，路面结冰很滑' }), [])
    assert.deepEqual(await ask({ content: '文化路自来水管漏水，路面结冰很滑' }), [])
    assert.deepEqual(await ask({ content: '自来水管漏水，路面结冰很滑' }), [], 'no place, no neighbours')
    assert.deepEqual(await ask({ content: '迎宾路夜间施工噪音' }), [])
  })

  test('within 300 metres by coordinates, not beyond', async () => {
    await w.file('人行道地砖破损绊倒老人', { location: { lng: 123.4, lat: 41.8 } })
    const near = (lat: number) => ask({ content: '人行道地砖破损，老人被绊倒', location: { lng: 123.4, lat } })
    assert.equal((await near(41.8025)).length, 1)
    assert.equal((await near(41.8035)).length, 0)
  })

  test('a problem on a published list has its title, one that is not has none', async () => {
    const content = '长江路积水点每逢下雨就积水，行人无法通过'
    const list = `/api/v1/problem-lists/${(await must('supervisor', 'POST', '/api/v1/problem-lists', { kind: 'own', title: '积水点清单', aspects: ['道路'] }))['id']}`
    await must('supervisor', 'POST', `${list}/items`, {
      ...{ facts: { title: '长江路积水点', content, location: { address: '长江路5号' } }, aspect: '道路' },
      leadUnitId: await w.unit('water'),
    })
    const first = async () => (await ask({ content, location: { address: '长江路5号' } }))[0]
    assert.partialDeepStrictEqual(await first(), { place: '长江路一带' })
    assert.equal((await first())?.title, undefined, 'a draft is not public')
    const { version } = (await must('supervisor', 'GET', list))['list']
    await must('supervisor', 'POST', `${list}/actions/publish`, { version })
    assert.equal((await first())?.title, '长江路积水点')
  })

  test('a published answer may be read', async () => {
    const id = await bring('answered', {
      content: '公园路自来水管漏水，路面结冰',
      file: { location: { address: '公园路1号' } },
    })
    await w.act('supervisor', id, 'publishAnswer')
    const [first] = await ask({ content: '公园路自来水管漏水，路面结冰' })
    assert.equal(first.answer, '已更换破损水管。')
  })
})

describe('a machine’s draft', () => {
  const received: { body: string; key: string | undefined }[] = []
  let delay = 0
  const house = createServer((request, reply) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      received.push({ body, key: request.headers.authorization })
      const answer = '{"choices":[{"message":{"content":"居民反映水管漏水，请致电13812345678。"}}]}'
      setTimeout(() => reply.setHeader('content-type', 'application/json').end(answer), delay)
    })
  })
  let on: World
  before(async () => {
    await new Promise<void>((resolve) => house.listen(0, '127.0.0.1', resolve))
    const { port } = house.address() as AddressInfo
    w = await world()
    const assistant = { url: `http://127.0.0.1:${port}/v1/`, key: 'k-1', model: 'local-model', timeoutMs: 300 }
    on = await world(undefined, { assistant })
  })
  after(async () => {
    await w.close()
    await on.close()
    house.close()
  })
  const draft = (house: World, id: string, kind = 'answer', account = 'clerk') =>
    house.call(account, 'POST', `/api/v1/cases/${id}/draft`, { kind })

  test('is off by default: nothing leaves the house', async () => {
    const { id } = await w.file()
    await suggest('水管漏水')
    const refused = await draft(w, id)
    assert.deepEqual([refused.status, refused.body.code], [409, 'draft.off'])
    assert.match(refused.body.detail, /自行拟写/)
    const drafts = async (house: World) => (await house.call('clerk', 'GET', routes.suggestionState.path)).body.drafts
    assert.deepEqual([await drafts(w), await drafts(on)], [false, true], 'the desk offers it only where it is open')
    assert.equal(received.length, 0)
  })

  test('gets masked words only, is marked as a draft and is stored nowhere', async () => {
    const contact = { name: '李建国', phone: '13900001111' }
    const { id, number } = await on.file('我叫李建国，电话13900001111，南塔小区水管漏水', {
      contact,
      location: { address: '南塔小区2单元' },
    })
    const { status, body } = await draft(on, id)
    assert.equal(status, 200)
    assert.deepEqual([body.mark, body.model], ['机器草稿，须人工核改', 'local-model'])
    assert.ok(!body.text.includes('13812345678'), 'a number that the machine makes up is masked too')
    const [sent] = received.splice(0)
    assert.equal(sent?.key, 'Bearer k-1')
    assert.match(sent?.body ?? '', /水管漏水/)
    for (const hidden of ['李建国', '13900001111', number, '2单元']) assert.ok(!sent?.body.includes(hidden), hidden)
    const { case: kase } = (await on.call('clerk', 'GET', `/api/v1/cases/${id}`)).body
    assert.deepEqual([kase.version, kase.answer, kase.summary], [1, null, null])
  })

  test('nothing that was told in confidence is sent, and not by everybody', async () => {
    const { id } = await on.file('单位食堂采购有问题', { confidential: true })
    assert.equal((await draft(on, id)).body.code, 'draft.confidential')
    assert.equal((await draft(on, id, 'answer', 'auditor')).body.code, 'forbidden')
    assert.equal((await draft(on, id, 'poem')).status, 422)
    assert.equal(received.length, 0)
  })

  test('an endpoint that does not answer in time is a refusal that says what to do', async () => {
    delay = 1000
    const { id } = await on.file()
    const late = await draft(on, id)
    assert.deepEqual([late.status, late.body.code], [502, 'draft.unavailable'])
  })
})
