import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { readArticle } from '../../demo/dadong/article.ts'
import { figuresOf } from '../../demo/dadong/figures.ts'
import { replay, type Stage } from '../../demo/dadong/replay.ts'
import { readStory, refuseImpossible, type Story, type StoryTarget, targetsOf } from '../../demo/dadong/story.ts'
import { type Figure, holds, type Meant } from '../../demo/replay/figure.ts'
import { houseOn, QUIETLY } from './replayed.ts'

/** The battle map of the article, replayed with other numbers: the same code, and the figures follow the file. */
const whole = readStory(join(import.meta.dirname, '../../demo/dadong'))
const original = new Map(targetsOf(whole.plan).map((target) => [target.key, target]))

/** A target of the article with other numbers. */
function other(key: string, value: number, change: Partial<StoryTarget>, each?: number): StoryTarget {
  const target = original.get(key)
  assert.ok(target, key)
  const { definition } = target
  const bar = definition.each != null && each !== undefined ? { each: { ...definition.each, value: each } } : {}
  return { ...target, lead: 'urban', ...change, definition: { ...definition, ...bar, value } }
}
const some = (count: number) => ({ objects: { name: '对象{n}', count }, done: { finished: count } })
const measured = (count: number, from: number) => ({
  ...{ objects: { name: '对象{n}', count }, done: { measured: { from, step: 1 } } },
})
const lanes = other('lanes', 7, some(7))

const small: Story = {
  district: {
    ...whole.district,
    units: whole.district.units.filter(({ id, kind }) => kind !== 'department' || id === 'urban'),
    streets: { name: '第{n}街道', count: 3 },
  },
  plan: {
    ...whole.plan,
    checkDays: ['2018-03-30', '2018-06-29', '2018-08-31', '2018-12-28'],
    fields: [
      {
        name: '项目建设',
        targets: [
          other('breakthroughs', 2, some(2)),
          other('twenty', 3, measured(3, 21)),
          other('fifty', 4, measured(4, 60)),
          other('signed', 5, some(5)),
        ],
      },
      {
        name: '民生和城市',
        targets: [
          ...[other('schools', 6, some(6)), other('kindergartens', 1, some(1))],
          other('places', 41, { done: { total: 41, parts: 2 } }),
          other('healthCentre', 1, measured(1, 900), 900),
          other('libraryCost', 1000, { done: { total: 1200, parts: 3 } }),
          other('libraryArea', 1, measured(1, 300), 300),
          ...[other('centres', 8, measured(8, 120), 120), other('rooms', 9, measured(9, 85), 80)],
          other('markets', 10, some(10)),
          other('outlets', 5, { objects: { name: '社区{n}', count: 5 }, done: { each: 3 } }, 3),
          other('households', 25, { done: { total: 25, parts: 4 } }),
          other('estates', 11, some(11)),
          { ...lanes, definition: { ...lanes.definition, words: ['路平', '灯亮', '门严'] } },
          other('sanitation', 3, { objects: { name: '小区{n}', count: 6, streets: true }, done: { finished: 6 } }),
        ],
      },
      { name: '优化营商环境', targets: [other('front1', 2, some(2)), other('front2', 1, some(1))] },
    ],
  },
  figures: [],
}
/** What the figures of the file are with these numbers, and how many rows each leads to. */
const EXPECTED: readonly (readonly [name: string, value: number | string, rows: number])[] = [
  ['节后第二个工作日', '2018-02-23', 3],
  ['节后第三个工作日（调休上班的星期六）', '2018-02-24', 4],
  ['作战图的领域', 3, 3],
  ['三个突破', 2, 2],
  ['20亿元以上项目', 3, 3],
  ['50亿元以上项目', 4, 4],
  ['引进单体签约项目', 5, 5],
  ['升级改造学校', 6, 6],
  ['开园的幼儿园', 1, 1],
  ['新增优质公办幼儿学位', 41, 2],
  ['社区卫生服务中心面积', 900, 1],
  ['少儿图书馆投入', 1200, 3],
  ['少儿图书馆面积', 300, 1],
  ['街道活动中心', 8, 8],
  ['街道活动中心：最小的面积', 120, 8],
  ['新增社区活动室', 9, 9],
  ['社区活动室：最小的面积', 85, 9],
  ['升级改造农贸市场', 10, 10],
  ['“菜篮子”网点：最少的社区', 3, 5],
  ['棚户区改造', 25, 4],
  ['老旧小区改造提升', 11, 11],
  ['背街小巷改造', 7, 7],
  ['背街小巷：每条通过的验收词', 3, 7],
  ['环卫改革覆盖的办事处', 3, 6],
  ['优化营商环境的方面', 2, 2],
]
/** Where more is reached than was stated, as it may be. */
const STATED: Readonly<Record<string, number>> = { 少儿图书馆投入: 1000, '社区活动室：最小的面积': 80 }
const figures = whole.figures.map((one) => ({
  ...one,
  value: STATED[one.name] ?? EXPECTED.find(([name]) => name === one.name)?.[1] ?? one.value,
}))
const restated = (name: string, change: object): Story => ({
  ...small,
  figures: figures.map((one) => (one.name === name ? { ...one, ...change } : one)),
})

let stage: Stage
let seen: Figure[]
before(async () => {
  stage = await replay(await houseOn(small.plan.publishedOn), { ...small, figures }, QUIETLY)
  seen = await figuresOf(stage)
})
const differing = async (story: Story) =>
  (await figuresOf({ ...stage, story }))
    .filter(({ verdict }) => verdict === 'differs')
    .map(({ name, why }) => [name, why])

test('other numbers in the file: every figure is counted anew, leads to its rows, and agrees', () => {
  assert.deepEqual(
    seen.flatMap(({ name, reading }) => (reading ? [[name, reading.computed, reading.rows]] : [])),
    EXPECTED,
  )
  assert.deepEqual(
    seen.filter(({ verdict }) => verdict === 'differs'),
    [],
  )
})

test('what no page of the product tells is said to be out of reach, and is not equal to anything', () => {
  const out = seen.filter(({ verdict }) => verdict === 'unreached')
  assert.deepEqual(
    out.map(({ name, reading, why }) => [name, reading, why]),
    [['社区服务内容', undefined, '还没有社区服务事项目录']],
  )
})

test('one wrong figure is told, and no other', async () => {
  assert.deepEqual(await differing(restated('升级改造学校', { value: 7 })), [['升级改造学校', '报道说7所']])
  assert.deepEqual(await differing(restated('节后第二个工作日', { value: '2018-02-24' })), [
    ['节后第二个工作日', '报道说2018-02-24'],
  ])
})

test('reached, but promised otherwise: the number or what it means', async () => {
  const told = '作战图上的目标是“1000余元”'
  assert.deepEqual(await differing(restated('少儿图书馆投入', { value: 900 })), [['少儿图书馆投入', told]])
  assert.deepEqual(await differing(restated('少儿图书馆投入', { qualifier: 'atLeast' })), [['少儿图书馆投入', told]])
})

test('a figure follows its rows: one check-in voided, one school fewer', async () => {
  const id = stage.ids.target.get('schools') ?? ''
  const [last] = (await stage.ask('leader', 'target', { params: { id } })).checkIns
  assert.ok(last)
  await stage.ask('supervisor', 'voidCheckIn', { params: { id: last.id }, body: { reason: '还没有验收' } })
  assert.deepEqual(await differing({ ...small, figures }), [['升级改造学校', '报道说6所']])
})

test('a number edited in the file: the computed figure follows, and the replay ends with a difference', async () => {
  const folder = mkdtempSync('/tmp/banjie-dadong-')
  const { definition } = lanes
  const undone = {
    ...lanes,
    definition: { ...definition, value: 3 },
    objects: { name: '巷{n}', count: 3 },
    done: { finished: 2 },
  }
  const plan = { ...small.plan, fields: [{ name: '“三城联创”', targets: [undone] }] }
  const stated = figures.filter(({ name }) => ['背街小巷改造', '作战图的领域'].includes(name))
  for (const [name, content] of Object.entries({ district: small.district, plan, figures: stated }))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content))
  const article = readArticle(folder)
  const { wrong, table, sum } = await article.play(await houseOn(article.from), QUIETLY)
  assert.equal(wrong, 2)
  assert.equal(sum, '2 个数字：0 个一致，2 个不一致，0 个本部分没有做到。')
  assert.match(table, /D-22 +背街小巷改造 +7条 +2 +2 {2}✗ 不一致：报道说7条/)
  assert.match(table, /D-03 +作战图的领域 +3个 +1 +1 {2}✗ 不一致：报道说3个/)
  rmSync(folder, { recursive: true })
})

test('numbers that cannot be true at once are refused with a sentence about each', () => {
  const refused = (change: object) => () => refuseImpossible({ ...small, ...change })
  const fields = [{ name: '领域', targets: [{ ...lanes, lead: 'nobody', due: '2018-03-01', done: { finished: 8 } }] }]
  assert.throws(
    refused({ plan: { ...small.plan, fields } }),
    /“背街小巷改造”的责任单位不在地区文件里；“背街小巷改造”完成 8 个，比点名的 7 个还多；“背街小巷改造”在第一次点检之前就到期/,
  )
  assert.throws(refused({ plan: { ...small.plan, checkDays: ['2018-01-31'] } }), /点检日不在公布之后、年底之前/)
  const torn = { name: '领域', targets: [{ ...other('households', 2, { done: { total: 2.5, parts: 2 } }) }] }
  assert.throws(refused({ plan: { ...small.plan, fields: [torn] } }), /“棚户区改造”完成 2.5，不是整数/)
  const astray = { ...whole.figures[4], name: '数字', source: { target: 'moon', take: 'reached' } }
  assert.throws(refused({ figures: [astray] }), /数字“数字”要看的目标“moon”不在作战图里/)
  assert.doesNotThrow(refused({}))
})

test('the whole file: 26 figures, each with a page or a reason', () => {
  assert.equal(whole.figures.length, 26)
  for (const { name, source, unreached } of whole.figures)
    assert.notEqual(source === undefined, unreached === undefined, name)
})

test('a number is what was stated as it was meant', () => {
  const cases: readonly (readonly [Meant, number, readonly number[], readonly number[]])[] = [
    ['exact', 59, [59], [58, 60]],
    ['atLeast', 500, [500, 501], [499.9]],
    ['atMost', 3.5, [3.5, 3], [3.6]],
    ['moreThan', 2000, [2001], [2000, 1999]],
    ['about', 100, [90, 100, 110], [89, 111]],
  ]
  for (const [qualifier, value, right, wrong] of cases) {
    for (const computed of right) assert.ok(holds(computed, { value, qualifier }), `${computed} ${qualifier} ${value}`)
    for (const computed of wrong) assert.ok(!holds(computed, { value, qualifier }), `${computed} ${qualifier} ${value}`)
  }
  assert.ok(!holds('2018-02-23', { value: 20180223, qualifier: 'exact' }), 'a day is no number')
})
