import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import type { Figure } from '../../demo/replay/figure.ts'
import { figuresOf } from '../../demo/shuangyang/figures.ts'
import { replay, type Stage } from '../../demo/shuangyang/replay.ts'
import { readStory, refuseImpossible, type Story } from '../../demo/shuangyang/story.ts'
import { houseOn, QUIETLY } from './replayed.ts'

/** The article's mechanism, replayed with other numbers: the same code, and the figures follow the file. */
const whole = readStory(join(import.meta.dirname, '../../demo/shuangyang'))
const small: Story = {
  ...whole,
  year: {
    ...whole.year,
    big: { ...whole.year.big, count: 2 },
    continued: { ...whole.year.continued, daysSaved: [210, 190] },
    enterprises: { ...whole.year.enterprises, count: 3, officials: 1 },
    forums: ['2017-03-21'],
    growth: { ...whole.year.growth, grewByHalf: 1, grewLess: 1, turned: 1, lossCut: 1 },
  },
}
const STATED: Readonly<Record<string, number>> = {
  软环境建设监督员座谈会: 1,
  走访企业: 12,
  ...{ 工业总产值增长的包保企业: 2, '其中增幅50%以上': 1, 减亏或扭亏的企业: 2 },
}
const figures = whole.figures.map((one) => ({ ...one, value: STATED[one.name] ?? one.value }))

let stage: Stage
let seen: Figure[]
before(async () => {
  stage = await replay(await houseOn(small.year.from), { ...small, figures }, QUIETLY)
  seen = await figuresOf(stage)
})

test('other numbers in the file: every figure is counted anew, leads to its rows, and agrees', () => {
  assert.deepEqual(
    seen.flatMap(({ id, reading }) => (reading ? [[id, reading.computed, reading.rows, reading.adds]] : [])),
    [
      ['S15', 0, 2, 0],
      ['S19', 190, 2, 190],
      ['S22', 1, 32, 1],
      ['S23', 2, 6, 2],
      ['S24', 2, 2, 2],
      ['S24', 1, 1, 1],
      ['S24', 2, 2, 2],
      ['S31b', 1, 1, 1],
      ['S31b', 12, 12, 12],
    ],
  )
  assert.deepEqual(
    seen.filter(({ verdict }) => verdict === 'differs'),
    [],
  )
})

test('one wrong figure is told, and no other', async () => {
  const restated = figures.map((one) => (one.id === 'S19' ? { ...one, value: 191 } : one))
  const wrong = (await figuresOf({ ...stage, story: { ...small, figures: restated } })).filter(
    ({ verdict }) => verdict === 'differs',
  )
  assert.deepEqual(
    wrong.map(({ id, why }) => [id, why]),
    [['S19', '报道说191天以上']],
  )
})

test('an officer who is relieved makes the first figure differ', async () => {
  const { ask, big } = stage
  const id = big[0] ?? ''
  const { officers } = await ask('supervisor', 'project', { params: { id } })
  const liaison = officers.find(({ role }) => role === 'secretary')?.liaisonId ?? ''
  const body = { on: '2017-04-29', reason: '调任' }
  await ask('supervisor', 'endOfficer', { params: { id, liaison }, body })
  const s15 = (await figuresOf({ ...stage, story: { ...small, figures } })).find((one) => one.id === 'S15')
  assert.partialDeepStrictEqual(s15, { verdict: 'differs', reading: { computed: 1, adds: 1 } })
})

test('what cannot be is refused before anything is played', () => {
  const late = { ...small.year.continued, frozenOn: small.year.continued.startedOn }
  assert.throws(() => refuseImpossible({ year: { ...small.year, continued: late } }), /须在实际开工之前冻结/)
  assert.throws(() => refuseImpossible({ year: { ...small.year, from: '2017-03-07' } }), /须自星期一开始/)
})
