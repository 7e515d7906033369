import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** Laws of lists: whatever is listed, solved, struck off, brought back, taken off or withdrawn. */
let w: World
const { must, get } = storyteller(() => w)
const LISTS = '/api/v1/problem-lists'
const RUNS = 6
const STEPS = 14

before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
})
after(() => w.close())

const DEEDS = ['add', 'solve', 'solve', 'solve', 'strikeOff', 'relist', 'delist', 'withdraw'] as const
type Deed = (typeof DEEDS)[number]

async function newList(origin: 'own' | 'superior') {
  const list = await must('supervisor', 'POST', LISTS, {
    kind: origin,
    origin,
    title: `${origin}`,
    aspects: ['甲', '乙'],
  })
  return String(list['id'])
}
async function add(list: string, n: number): Promise<string> {
  const item = await must('supervisor', 'POST', `${LISTS}/${list}/items`, {
    ...{
      facts: { title: `问题${n}`, content: '多户反映' },
      aspect: n % 2 ? '甲' : '乙',
      leadUnitId: await w.unit('water'),
    },
    ...{ rootCause: '年久', measures: '更换', foundBy: n % 3 ? 'people' : 'self' },
  })
  return item['id']
}
async function solve(id: string): Promise<void> {
  const { stage } = (await get(id))['case']
  if (stage === 'dispatched') await w.act('handler', id, 'sign')
  if (stage === 'dispatched' || stage === 'inHand') {
    await w.act('handler', id, 'draftAnswer', { text: '已办', outcome: 'solved' })
    await w.act('head', id, 'approveAnswer')
  }
  if ((await get(id))['case'].stage === 'answered') await w.act('supervisor', id, 'strikeOff', { note: '已看' })
}
/** Does a deed if it may be done; a refusal is an answer like any other. */
async function attempt(list: string, deed: Deed, id: string): Promise<void> {
  if (deed === 'solve') return solve(id)
  const { version } = (await get(id))['case']
  const act = (action: string, input: object) =>
    w.call('supervisor', 'POST', `/api/v1/cases/${id}/actions/${action}`, { version, input })
  const reply =
    deed === 'relist'
      ? await w.call('supervisor', 'POST', `${LISTS}/${list}/items`, { problem: id, aspect: '甲', reason: '又出现' })
      : deed === 'delist'
        ? await w.call('supervisor', 'POST', `${LISTS}/${list}/items/${id}/actions/delist`, { reason: '移出' })
        : deed === 'withdraw'
          ? await act('withdraw', { reason: '误报' })
          : await act('strikeOff', { note: '看过' })
  assert.ok(reply.status < 500, JSON.stringify(reply.body))
}

const asRow = ({ voices: _, meToo: __, ...item }: Row) => item

async function laws(list: string): Promise<Row> {
  const present = await must('supervisor', 'GET', `${LISTS}/${list}`)
  const today = await must('supervisor', 'GET', `${LISTS}/${list}?asOf=2026-03-02`)
  assert.deepEqual(today['items'].map(asRow), present['items'].map(asRow), 'the snapshot of now is the list')
  const { byAspect, byFound, unknown } = present['stats']
  const sum = (rows: Row[]) => rows.reduce((total, row) => total + row['items'], 0)
  assert.equal(sum(byAspect), present['items'].length)
  assert.equal(sum(byFound) + unknown, present['items'].length)
  const row = (await must('supervisor', 'GET', LISTS))['items'].find((one: Row) => one['id'] === list)
  assert.deepEqual(
    [row.items, row.accepted],
    [present['items'].length, present['items'].filter((item: Row) => item['accepted']).length],
    'a figure is the number of its rows',
  )
  return present
}

test('law: the goal is reached exactly when every item of both lists is accepted; the snapshot of now is the list', {
  timeout: 600_000,
}, async () => {
  const step = fc.record({ which: fc.nat(1), deed: fc.constantFrom(...DEEDS), item: fc.nat(3) })
  let reachedOnce = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      const lists = [await newList('superior'), await newList('own')]
      const [superiorListId, ownListId] = lists
      const goal = await must('supervisor', 'POST', '/api/v1/goals', { title: '两个解决', superiorListId, ownListId })
      const ever: string[][] = [[], []]
      for (const [n, { which, deed, item }] of steps.entries()) {
        const [list, own] = [lists[which] ?? '', ever[which] ?? []]
        const id = own[item % Math.max(1, own.length)]
        if (deed === 'add' || id === undefined) own.push(await add(list, n))
        else await attempt(list, deed, id)
        const views = [await laws(lists[0] ?? ''), await laws(lists[1] ?? '')]
        const wanted = views.every(
          ({ items }) => items['length'] > 0 && items.every((one: Row) => one['accepted'] === true),
        )
        const told = (await must('supervisor', 'GET', '/api/v1/goals'))['items'].find(
          (one: Row) => one['id'] === goal['id'],
        )
        assert.equal(told.reached, wanted)
        assert.equal(
          told.items,
          views.reduce((sum, { items }) => sum + items['length'], 0),
        )
        if (wanted) reachedOnce += 1
      }
    }),
    { numRuns: RUNS, seed: 20_260_302, endOnFailure: true },
  )
  assert.ok(reachedOnce > 0, 'the goal was reached now and then, or the law was not tried')
})

test('law: striking off and bringing back leave every step in the history', async () => {
  const list = await newList('own')
  const id = await add(list, 1)
  for (let i = 0; i < 3; i++) {
    await solve(id)
    await attempt(list, 'relist', id)
  }
  const kinds = (await must('supervisor', 'GET', `${LISTS}/${list}/history`))['items'].map(({ kind }: Row) => kind)
  assert.deepEqual(kinds, [...Array(3).fill(['relist', 'strikeOff']).flat(), 'enlist', 'create'])
})

test('nobody can type the progress of a goal', async () => {
  const [superiorListId, ownListId] = [await newList('superior'), await newList('own')]
  const said = { title: '两个解决', superiorListId, ownListId, reached: true, accepted: 29 }
  const goal = await must('supervisor', 'POST', '/api/v1/goals', said)
  assert.deepEqual([goal['reached'], goal['accepted'], goal['items']], [false, 0, 0], 'an empty list solves nothing')
  const twice = { title: '一个解决', superiorListId: ownListId, ownListId }
  assert.equal((await w.call('supervisor', 'POST', '/api/v1/goals', twice)).body.code, 'goal.lists')
})
