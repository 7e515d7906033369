import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Row, storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

/** Months of the enterprises, from a bureau's tables, and what grew. */
let w: World
const ids = new Map<string, string>()
const { must } = storyteller(() => w)
const FIRMS = ['甲公司', '乙公司', '丙公司', '丁公司', '戊公司'] as const

before(async () => {
  w = await world('2026-05-06T09:30:00+08:00')
  for (const name of FIRMS)
    ids.set(name, (await must('supervisor', 'POST', '/api/v1/enterprises', { name, figuresClass: 'bureau' }))['id'])
})
after(() => w.close())

const send = (data: string, fields: Record<string, string> = {}, account = 'handler') =>
  upload(w, account, '/api/v1/enterprise-figure-imports', { name: '月报.csv', data }, fields)
const apply = { dryRun: 'false' }
const growth = async (query = '', account = 'supervisor') =>
  must(account, 'GET', `/api/v1/enterprise-growth?from=2026-01&to=2026-02${query}`)

/** Two months of two years in 万元: output and profit. */
const TABLE = `企业名称,月份,工业总产值（万元）,利润总额（元）
甲公司,2025-01,100,-10000
甲公司,2025-02,100,-10000
甲公司,2026-01,150,-5000
甲公司,2026-02,150,-5000
乙公司,2025-01,"1,000.5",-100
乙公司,2025-02,1000,-100
乙公司,2026-01,1499,100
乙公司,2026-02,1500,200
丙公司,2025-01,200,500
丙公司,2025-02,200,500
丙公司,2026-01,100,400
丙公司,2026-02,100,400
丁公司,2025-01,300,100
丁公司,2026-01,301,100
戊公司,2026-01,900,1`

test('figures are kept in fen with where they come from; the same file again changes nothing', async () => {
  const { body: trial } = await send(TABLE)
  assert.deepEqual(trial.faults, [])
  assert.deepEqual(trial.counts, { new: 30, changed: 0, same: 0 })
  assert.equal((await growth())['output'].base, 0)
  await send(TABLE, apply)
  assert.deepEqual((await send(TABLE, apply)).body.counts, { new: 0, changed: 0, same: 30 })
  const { items } = await must('handler', 'GET', `/api/v1/enterprises/${ids.get('乙公司')}/figures`)
  const january = items.find((one: Row) => one['month'] === '2025-01' && one['code'] === 'output')
  assert.deepEqual([january.fen, january.unit.name, january.source], [1_000_500_000, '区水务局', '月报.csv'])
  const changed = '企业名称,月份,利润总额（千元）\n丙公司,2026-02,0.45'
  assert.deepEqual((await send(changed, apply)).body.counts, { new: 0, changed: 1, same: 0 })
  await send(TABLE, apply)
})

test('each mark counts an enterprise once, half is inclusive and compared in whole fen, and leads to its rows', async () => {
  const told = await growth()
  assert.deepEqual(told['marks'], { grew: 3, grewByHalf: 1, lossCut: 1, turned: 1, lossCutOrTurned: 2 })
  assert.deepEqual([told['output'].base, told['partial'], told['missing']], [4, true, 2])
  for (const [mark, names] of [
    ['grew', ['丁公司', '乙公司', '甲公司']],
    ['grewByHalf', ['甲公司']],
    ['lossCut', ['甲公司']],
    ['turned', ['乙公司']],
    ['missing', ['丁公司', '戊公司']],
  ] as const) {
    const { items } = await must(
      'supervisor',
      'GET',
      `/api/v1/enterprise-growth/rows?from=2026-01&to=2026-02&mark=${mark}`,
    )
    assert.deepEqual(items.map(({ name }: Row) => name).toSorted(), names.toSorted(), mark)
  }
  // Only the months of both years are compared: the one month of 丁公司, and none of 戊公司.
  assert.equal(told['output'].now, (300 + 2999 + 200 + 301) * 1_000_000)
  assert.equal(told['output'].before, (200 + 2000.5 + 400 + 300) * 1_000_000)
})

test('what the class keeps from a caller is counted and not told', async () => {
  const rows = async (account: string): Promise<Row[]> =>
    (await must(account, 'GET', '/api/v1/enterprise-growth/rows?from=2026-01&to=2026-02&mark=grew'))['items']
  assert.ok((await rows('handler')).every(({ readable, output }) => readable && output !== null))
  assert.ok((await rows('leader')).every(({ readable, output }) => !readable && output === null))
  const url = `/api/v1/enterprises/${ids.get('甲公司')}`
  const hidden = await must('leader', 'GET', `${url}/figures`)
  assert.deepEqual([hidden['readable'], hidden['items']], [false, []])
  // Four hidden ones can be told as a sum; one of them, once the others may be read, cannot.
  assert.notEqual((await growth('', 'leader'))['output'].now, null)
  for (const name of ['乙公司', '丙公司', '丁公司']) {
    const firm = `/api/v1/enterprises/${ids.get(name)}`
    const { updatedAt } = await must('supervisor', 'GET', firm)
    await must('supervisor', 'PUT', firm, { name, figuresClass: 'open', basedOn: updatedAt })
  }
  const { output, marks } = await growth('', 'leader')
  assert.deepEqual([output.now, marks.grew], [null, 3])
})

test('growth of those with a liaison counts them alone', async () => {
  const people = (await must('supervisor', 'GET', '/api/v1/people'))['items']
  const personId = people.find((one: Row) => one['name'] === '区长').id
  const bond = { targetId: ids.get('丙公司'), personId, from: '2026-05-01', reason: '包保' }
  await must('supervisor', 'POST', '/api/v1/liaisons', bond)
  const told = await growth('&group=liaison')
  assert.deepEqual([told['enterprises'], told['marks'].grew], [1, 0])
  const reversed = await w.call('leader', 'GET', '/api/v1/enterprise-growth?from=2026-03&to=2026-02')
  assert.equal(reversed.body.code, 'growth.reversed')
})

test('a table that mixes its units, or states none, is refused with its cells', async () => {
  const faultsOf = async (data: string) => (await send(data)).body.faults.map(({ row, code }: Row) => [row, code])
  const unstated = '企业名称,月份,工业总产值\n甲公司,2026-03,100'
  assert.deepEqual(await faultsOf(unstated), [[1, 'figureFile.unit_unstated']])
  const mixed = '企业名称,月份,工业总产值（万元）\n甲公司,2026-03,1500000元\n乙公司,2026-03,1500万元'
  assert.deepEqual(await faultsOf(mixed), [[2, 'figureFile.unit_mixed']])
  assert.equal((await send(mixed, apply)).body.code, 'enterpriseFile.faulty')
  const odd =
    '企业名称,月份,工业总产值（万元）\n甲公司,2026-13,1\n无名公司,2026-03,1\n甲公司,2026-06,1\n甲公司,2026-04,-1\n甲公司,2026-04,多'
  assert.deepEqual(await faultsOf(odd), [
    [2, 'figureFile.not_a_month'],
    [3, 'figureFile.enterprise_unknown'],
    [4, 'figureFile.month_ahead'],
    [5, 'figureFile.negative'],
    [6, 'figureFile.not_money'],
    [6, 'figureFile.twice'],
  ])
  const above = '单位：千元,,\n企业名称,月份,营业收入\n甲公司,2026-03,12.345'
  assert.deepEqual((await send(above)).body.units, [{ column: '营业收入', unit: '千元' }])
})

test('a month that jumps as if yuan were ten thousand yuan has to be confirmed', async () => {
  const jump = '企业名称,月份,工业总产值（万元）\n甲公司,2026-03,1600000\n乙公司,2026-03,1600'
  const { body } = await send(jump)
  assert.deepEqual(
    body.warnings.map(({ row, code }: Row) => [row, code]),
    [[2, 'figureFile.jump']],
  )
  assert.equal((await send(jump, apply)).body.code, 'enterpriseFile.unconfirmed')
  assert.deepEqual((await send(jump, { ...apply, confirm: '2' })).body.counts, { new: 2, changed: 0, same: 0 })
  assert.equal((await send(jump, apply, 'leader')).status, 403)
})
