import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { RULE, withCadre, yi } from './cadre.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
let people: Map<string, string>
let unit = ''
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  people = await withCadre(w)
  unit = await w.unit('water')
  await must('supervisor', 'POST', '/api/v1/project-rules', RULE)
})
after(() => w.close())
const { must } = storyteller(() => w)

const RANK: Readonly<Record<string, string>> = {
  ...{
    副区长甲: 'vice-district',
    副区长乙: 'vice-district',
    正处级丙: 'division',
    正处级丁: 'division',
    正科级戊: 'section',
  },
}
const WANTED = { chief: 'vice-district', secretary: 'division' } as const
type Role = keyof typeof WANTED
/** Each person is chief, secretary or nothing; and the office may have ended already. */
const shape = fc.record({
  amount: fc.constantFrom(0.5, 0.9999, 1, 1.01, 20),
  cancelled: fc.boolean(),
  offices: fc.tuple(
    ...Object.keys(RANK).map((name) =>
      fc.record({
        name: fc.constant(name),
        role: fc.constantFrom<Role | undefined>('chief', 'secretary', undefined, undefined),
        ended: fc.boolean(),
      }),
    ),
  ),
})

let made = 0
const violators = new Set<string>()
const big = new Set<string>()
test('whatever the appointments, the list is exactly the big projects without exactly one of each, of the rank', async () => {
  await fc.assert(
    fc.asyncProperty(shape, async ({ amount, cancelled, offices }) => {
      made += 1
      const { id } = await must('supervisor', 'POST', '/api/v1/projects', {
        ...{ name: `项目 ${made}`, amountFen: yi(amount), unitId: unit },
      })
      const url = `/api/v1/projects/${id}`
      const held = offices.filter(({ role }) => role !== undefined)
      for (const { name, role, ended } of held) {
        const body = { role, personId: people.get(name), from: '2026-02-02', reason: '任命' }
        const view = await must('supervisor', 'POST', `${url}/actions/appoint`, body)
        const own = view['officers'].find((one: Row) => one['person'].name === name)
        const end = `${url}/officers/${own.liaisonId}/actions/end`
        if (ended) await must('supervisor', 'POST', end, { on: '2026-03-01', reason: '离任' })
      }
      if (cancelled) await must('supervisor', 'POST', `${url}/actions/drop`, { state: 'cancelled', note: '退出' })
      const isRight = (['chief', 'secretary'] as const).every((role) => {
        const current = held.filter((one) => one.role === role && !one.ended)
        return current.length === 1 && RANK[current[0]?.name ?? ''] === WANTED[role]
      })
      if (amount >= 1 && !cancelled) big.add(id)
      if (amount >= 1 && !cancelled && !isRight) violators.add(id)
      const answer = await must('leader', 'GET', '/api/v1/projects/violations')
      const listed = answer['items'].map((one: Row) => one['project'].id)
      assert.deepEqual(listed.sort(), [...violators].sort())
      assert.equal(answer['projects'], big.size)
      const owed = (await must('supervisor', 'GET', '/api/v1/ledger?type=appointment&limit=200'))['items']
      assert.deepEqual(owed.map((one: Row) => one['subjectId']).sort(), [...violators].sort())
    }),
    { numRuns: 25 },
  )
  assert.ok(violators.size > 0 && violators.size < big.size + 1, 'the cases told both apart')
})
