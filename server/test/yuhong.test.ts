import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { checkFigures, type Figure } from '../../demo/replay/figure.ts'
import { idIn } from '../../demo/replay/stage.ts'
import { readArticle } from '../../demo/yuhong/article.ts'
import { figuresOf } from '../../demo/yuhong/figures.ts'
import { replay } from '../../demo/yuhong/replay.ts'
import type { Stage } from '../../demo/yuhong/stage.ts'
import { leadersOf, readStory, refuseImpossible, type Story, type StoryFile } from '../../demo/yuhong/story.ts'
import { houseOn, QUIETLY } from './replayed.ts'

/** The winter of the article, replayed with other numbers: the same code, and the figures follow the file. */
const whole = readStory(join(import.meta.dirname, '../../demo/yuhong'))
const { told: original } = whole
const told: StoryFile = {
  ...original,
  ...{ from: '2018-12-24', until: '2019-01-31' },
  leaders: {
    ...original.leaders,
    ranks: original.leaders.ranks.map((rank, i) => ({ ...rank, count: [2, 3][i] ?? 0 })),
  },
  organisations: { ...original.organisations, count: 4, visits: 9, activities: 6 },
  projects: { ...original.projects, count: 3, visits: 8, problems: 7 },
  enterprises: {
    ...original.enterprises,
    count: 12,
    visits: 20,
    problems: 8,
    matters: original.enterprises.matters.slice(5, 7),
  },
  campaign: {
    ...original.campaign,
    others: { ...original.campaign.others, count: 11 },
    ...{ problems: 13, solved: 11 },
  },
  thirdVisit: { ...original.thirdVisit, days: ['2018-12-26', '2018-12-28', '2019-01-08', '2019-01-16'] },
  style: {
    ...original.style,
    ...{ found: { people: 10, self: 5 }, rectified: 14, channels: 16, openedOn: '2018-12-25', deadline: '2019-01-25' },
  },
  weak: { ...original.weak, count: 18, transformed: 17, openedOn: '2018-12-27', deadline: '2019-01-28' },
}
const departments = ['urban', 'labor', 'development', 'construction']
const district: Story['district'] = {
  ...whole.district,
  units: whole.district.units.filter(({ id, kind }) => kind !== 'department' || departments.includes(id)),
  streets: { name: '第{n}街道', count: 4 },
  taskForces: (whole.district.taskForces ?? [])
    .filter(({ leadUnitId }) => ['development', 'construction'].includes(leadUnitId))
    .map((force) => ({ ...force, memberUnitIds: [], validFrom: told.from })),
}
/** What the figures of the file are with these numbers; each leads to as many rows. */
const EXPECTED = {
  ...{
    'campaign.inScope': 24,
    'campaign.reached': 24,
    'campaign.problems': 13,
    'campaign.solved': 11,
    'campaign.open': 2,
  },
  ...{ taskForces: 2, leaders: 5, 'covered.organisation': 4, 'covered.project': 3, 'covered.enterprise': 12 },
  ...{ 'visits.organisation': 9, 'visits.activity': 6, 'advanced.project': 7, 'visits.enterprise': 20 },
  ...{ 'problems.enterprise': 8, 'aspects.enterprise': 2, thirdVisit: 4 },
  ...{ 'style.found': 15, 'style.rectified': 14, 'style.channels': 16, 'weak.transformed': 17 },
}
const figures = whole.figures.map((one) => (one.source ? { ...one, value: EXPECTED[one.source] } : one))
const small: Story = { district, told, figures }

let stage: Stage
let seen: Figure[]
before(async () => {
  stage = await replay(await houseOn(told.from), small, QUIETLY)
  seen = await figuresOf(stage)
})
const differing = async (story: Story) =>
  (await figuresOf({ ...stage, story }))
    .filter(({ verdict }) => verdict === 'differs')
    .map(({ name, why }) => [name, why])

test('other numbers in the file: every figure is counted anew, leads to as many rows, and agrees', () => {
  const reached = seen.flatMap(({ source, reading }) => (reading ? [[source, reading.computed, reading.rows]] : []))
  assert.deepEqual(
    reached.sort(),
    Object.entries(EXPECTED)
      .map(([source, count]) => [source, count, count])
      .sort(),
  )
  assert.deepEqual(
    seen.filter(({ verdict }) => verdict === 'differs'),
    [],
  )
})

test('what no page of the product tells is said to be out of reach, each with its reason', () => {
  const out = seen.filter(({ verdict }) => verdict === 'unreached')
  assert.deepEqual(
    out.map(({ id }) => id),
    ['Y11', 'Y21', 'Y21', 'Y23', 'Y24', 'Y24', 'Y28'],
  )
  for (const { name, why, reading } of out) assert.ok(why !== '' && reading === undefined, name)
})

test('one wrong figure is told, and no other', async () => {
  const wrong = figures.map((one) => (one.source === 'visits.activity' ? { ...one, value: 7 } : one))
  assert.deepEqual(await differing({ ...small, figures: wrong }), [['参加基层组织活动', '报道说7次']])
})

test('a figure that its own rows do not bear out is told', async () => {
  const stated = {
    id: 'Y14',
    name: '对象',
    quote: '',
    value: 3,
    unit: '个',
    qualifier: 'exact',
    source: 'any',
  } as const
  const [figure] = await checkFigures([stated], async () => ({ computed: 3, rows: 2, adds: 2 }))
  assert.partialDeepStrictEqual(figure, { verdict: 'differs', why: '点开的行合起来是 2' })
})

test('the last of the visits finds both problems finished: it is about cases that are closed after it, with a quotation that may be told', async () => {
  const visit = await stage.ask('leader', 'visit', { params: { id: stage.ids.verifying } })
  assert.partialDeepStrictEqual(visit, { ordinal: 4, purpose: 'verify', mayQuote: true, quote: told.thirdVisit.quote })
  for (const { id } of visit.cases) {
    const { closedAt } = (await stage.ask('leader', 'getCase', { params: { id } })).case
    assert.equal(closedAt?.slice(0, 10), visit.on)
  }
  const unverified = await figuresOf({
    ...stage,
    story: { ...small, told: { ...told, thirdVisit: { ...told.thirdVisit, problems: ['一个'] } } },
  })
  assert.equal(unverified.find(({ id }) => id === 'Y01')?.why, '不是 1 个问题都已办结')
})

test('a number edited in the file: the computed figure follows, and the replay ends with a difference', async () => {
  const folder = mkdtempSync('/tmp/banjie-yuhong-')
  const fewer: StoryFile = {
    ...{ ...told, until: '2019-01-11' },
    organisations: { ...told.organisations, visits: 8 },
    projects: { ...told.projects, visits: 1, problems: 0 },
    enterprises: { ...told.enterprises, count: 2, visits: 2, problems: 0 },
    campaign: { ...told.campaign, others: { ...told.campaign.others, count: 1 }, problems: 2, solved: 2 },
    thirdVisit: { ...told.thirdVisit, days: ['2018-12-26', '2018-12-28', '2019-01-08'] },
    style: { ...told.style, found: { self: 1 }, rectified: 1, channels: 1, deadline: '2019-01-11' },
    weak: { ...told.weak, count: 1, transformed: 1, deadline: '2019-01-11' },
  }
  const stated = figures.filter(({ source }) => source === 'visits.organisation' || source === 'visits.activity')
  for (const [name, content] of Object.entries({ district, story: fewer, figures: stated }))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content))
  const article = readArticle(folder)
  const { wrong, table, sum } = await article.play(await houseOn(article.from), QUIETLY)
  assert.equal(wrong, 1)
  assert.equal(sum, '2 个数字：1 个一致，1 个不一致，0 个本部分没有做到。')
  assert.match(table, /Y15 +深入基层党组织 +9次 +8 +8 {2}✗ 不一致：报道说9次/)
  assert.match(table, /Y15 +参加基层组织活动 +6次 +6 +6 {2}✓/)
  rmSync(folder, { recursive: true })
})

test('a figure follows its rows: one visit more, and only what it counts for changes', async () => {
  const [target = ''] = stage.ids.target.values()
  await stage.ask('supervisor', 'newVisit', {
    body: {
      ...{ clientId: randomUUID(), targetId: target, kind: 'onSite', on: told.until },
      officials: [idIn(stage.ids.person, '包保领导1')],
    },
  })
  assert.deepEqual(await differing(small), [['深入基层党组织', '报道说9次']])
})

test('numbers that cannot be true at once are refused with a sentence about each', () => {
  const refused = (change: Partial<StoryFile>) => () => refuseImpossible({ ...small, told: { ...told, ...change } })
  assert.throws(
    refused({
      organisations: { ...told.organisations, activities: 10 },
      enterprises: { ...told.enterprises, visits: 19 },
      projects: { ...told.projects, problems: 9 },
    }),
    /参加活动 10 次，比深入基层党组织 9 次还多；走访 19 次，不够 12 户各去一次再收集 8 条问题；项目问题 9 个，比到项目的 8 次还多/,
  )
  const { campaign, style, weak, thirdVisit } = told
  assert.throws(refused({ campaign: { ...campaign, problems: 13, solved: 14 } }), /活动解决 14 条，对不上收集的 13 条/)
  assert.throws(refused({ campaign: { ...campaign, problems: 14 } }), /活动收集 14 条，对不上企业 11 户/)
  assert.throws(refused({ style: { ...style, rectified: 16 } }), /整改 16 个，比查出的 15 个还多/)
  assert.throws(refused({ weak: { ...weak, transformed: 19 } }), /转化 19 个，比列入的 18 个还多/)
  assert.throws(refused({ thirdVisit: { ...thirdVisit, unit: 'nobody' } }), /有的责任单位不在地区文件里/)
  assert.throws(refused({ until: told.from }), /结束日不在开始日之后/)
  assert.doesNotThrow(refused({}))
})

test('the whole file: 93 leaders, 28 figures, each with a page or a reason', () => {
  assert.equal(leadersOf(original), 93)
  assert.equal(whole.figures.length, 28)
  for (const { name, source, unreached } of whole.figures)
    assert.notEqual(source === undefined, unreached === undefined, name)
})
