import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RULE, withCadre, yi } from './cadre.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** What an office with a project asks of whoever holds it, and of nobody else; the leading groups above a project. */
let w: World
let people: Map<string, string>
let unit = ''
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  people = await withCadre(w)
  unit = await w.unit('water')
})
after(() => w.close())
const { must, at } = storyteller(() => w)

const register = async (name: string, more: object = {}): Promise<string> =>
  (await must('supervisor', 'POST', '/api/v1/projects', { name, amountFen: yi(1.2), unitId: unit, ...more }))['id']
const office = (role: string, name: string, from: string) => ({
  ...{ role, personId: people.get(name), from, reason: '区委办文件' },
})
const appoint = (id: string, body: object) => must('supervisor', 'POST', `/api/v1/projects/${id}/actions/appoint`, body)
const bind = (id: string, name: string, from = '2026-03-02') =>
  must('supervisor', 'POST', '/api/v1/liaisons', {
    ...{ targetId: id, personId: people.get(name), role: 'assisting', from, reason: '分工' },
  })
/** Who owes a visit to a project in which weeks. */
const owed = async (id: string): Promise<string[]> =>
  ((await must('supervisor', 'GET', `/api/v1/duties?target=${id}&from=2026-03-02`))['items'] as Row[])
    .map((one) => `${one['debtors'][0].name} ${one['from']} ${one['state']}`)
    .sort()

let plant = ''
test('the weekly visit is owed by chief and secretary, not by whoever else is bound to the project', async () => {
  await must('supervisor', 'POST', '/api/v1/project-rules', RULE)
  plant = await register('石桥新材料项目')
  await bind(plant, '副区长乙')
  assert.deepEqual(await owed(plant), [], 'being bound to a project owes nothing by itself')
  await appoint(plant, office('chief', '副区长甲', '2026-03-02'))
  await appoint(plant, office('secretary', '正处级丙', '2026-03-02'))
  const two = ['副区长甲 2026-03-02 running', '正处级丙 2026-03-02 running']
  assert.deepEqual(await owed(plant), two)
  const ledger = await must('supervisor', 'GET', '/api/v1/ledger?type=period&limit=100')
  assert.equal(ledger['items'].length, 2, 'and nothing of it stands on the ledger for anybody else')
  const [rule] = (await must('supervisor', 'GET', '/api/v1/cadence-rules'))['items']
  assert.deepEqual([rule.debtor, rule.title], [{ kind: 'officer' }, '首席负责人、首办秘书每周至少到现场 1 次'])
})

test('whoever was bound long before owes from the day of the appointment, and whoever takes over owes in turn', async () => {
  await at('2026-03-17T09:30:00+08:00')
  const chief = (await must('supervisor', 'GET', `/api/v1/projects/${plant}`))['officers'].find(
    (one: Row) => one['role'] === 'chief',
  )
  await must('supervisor', 'POST', `/api/v1/projects/${plant}/officers/${chief.liaisonId}/actions/end`, {
    ...{ on: '2026-03-15', reason: '分工调整' },
  })
  const view = await appoint(plant, office('chief', '副区长乙', '2026-03-16'))
  const named = view['officers'].find((one: Row) => one['person'].name === '副区长乙')
  assert.equal(named.from, '2026-03-16', 'the office begins with the appointment, not with the liaison')
  const weeks = (await owed(plant)).filter((one) => one.startsWith('副区长乙'))
  assert.deepEqual(weeks, ['副区长乙 2026-03-16 running'], 'no week before it turns into a missed one')
  await must('supervisor', 'POST', `/api/v1/liaisons/${named.liaisonId}/actions/handOver`, {
    ...{ personId: people.get('正处级丁'), from: '2026-03-17', reason: '工作交接' },
  })
  await at('2026-03-24T09:30:00+08:00')
  const next = (await owed(plant)).filter((one) => one.includes('2026-03-23'))
  assert.deepEqual(next, ['正处级丁 2026-03-23 running', '正处级丙 2026-03-23 running'])
})

test('a duty of officers is about projects; toward a kind that has none it is refused', async () => {
  const rule = { code: 'firm-week', title: '每周走访', debtor: { kind: 'officer' }, min: 1, per: 'week' }
  const more = { counts: ['onSite'], basis: '区委办文件', validFrom: '2026-03-23' }
  const reply = await w.call('supervisor', 'POST', '/api/v1/cadence-rules', {
    ...{ ...rule, ...more, towardKind: 'enterprise' },
  })
  assert.partialDeepStrictEqual(reply.body, { status: 422, code: 'duty.officers_of_projects' })
})

test('a project stands under leading groups, is found under them, and under no ordinary unit', async () => {
  const [group, force] = [await w.unit('group-365'), await w.unit('force-land')]
  const id = await register('远山冷链项目', { groupIds: [group, force] })
  const groups = async () =>
    ((await must('leader', 'GET', `/api/v1/projects/${id}`))['groups'] as Row[]).map((one) => one['name'])
  assert.deepEqual((await groups()).sort(), ['项目服务“365”工作领导小组', '项目用地专班'])
  const under = await must('leader', 'GET', `/api/v1/projects?group=${group}`)
  assert.deepEqual(
    under['items'].map((one: Row) => one['name']),
    ['远山冷链项目'],
  )
  const url = `/api/v1/projects/${id}/actions/edit`
  const sheet = { amountFen: yi(1.2), unitId: unit }
  await must('supervisor', 'POST', url, sheet)
  assert.equal((await groups()).length, 2, 'an edit that says nothing of groups leaves them')
  const odd = await w.call('supervisor', 'POST', url, { ...sheet, groupIds: [group, unit] })
  assert.partialDeepStrictEqual(odd.body, { status: 422, code: 'project.not_group' })
  assert.match(odd.body.detail, /“区水务局”不是领导小组或专班/)
  assert.equal((await groups()).length, 2, 'what was refused changed nothing')
  await must('supervisor', 'POST', url, { ...sheet, groupIds: [group] })
  assert.deepEqual(await groups(), ['项目服务“365”工作领导小组'])
})
