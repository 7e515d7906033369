import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LIAISON_TARGET_KIND, type LiaisonTargetKind, routes } from '@banjie/contract'
import fc from 'fast-check'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

let w: World
const people: Row[] = []
const targets: Row[] = []
before(async () => {
  w = await world('2026-06-01T09:30:00+08:00')
  people.push(...(await must('dispatcher', 'GET', '/api/v1/people'))['items'].slice(0, 6))
  for (const kind of Object.keys(LIAISON_TARGET_KIND))
    for (let i = 1; i <= 3; i++)
      targets.push(await must('supervisor', 'POST', routes.newLiaisonTarget.path, { kind, name: `对象${i}` }))
})
after(() => w.close())
const { must } = storyteller(() => w)
const dayAt = (n: number) => new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10)

const Bond = fc.record({
  target: fc.nat({ max: 8 }),
  person: fc.nat({ max: 5 }),
  role: fc.constantFrom('main', 'assisting'),
  from: fc.nat({ max: 120 }),
  days: fc.option(fc.nat({ max: 60 })),
})

test('coverage never counts a liaison that has expired or not begun, nor an assisting one', async () => {
  const kept: { target: Row; person: Row; role: string; from: string; to: string | null }[] = []
  let refused = 0
  for (const { target, person, role, from, days } of fc.sample(Bond, { numRuns: 80, seed: 20_260_601 })) {
    const bond = {
      ...{ target: targets[target] ?? {}, person: people[person] ?? {}, role, from: dayAt(from) },
      to: days === null ? null : dayAt(from + days),
    }
    const reply = await w.call('supervisor', 'POST', routes.newLiaison.path, {
      ...{ targetId: bond.target['id'], personId: bond.person['id'], role, from: bond.from, reason: '分工' },
      ...(bond.to !== null && { to: bond.to }),
    })
    if (reply.status === 201) kept.push(bond)
    else refused += 1
  }
  assert.ok(kept.length > 15 && refused > 5, `${kept.length} kept, ${refused} refused`)
  let expired = 0
  for (let n = 0; n <= 180; n += 6) {
    const on = dayAt(n)
    const coverage = await must('leader', 'GET', `${routes.liaisonCoverage.path}?on=${on}`)
    const alive = kept.filter(({ from, to }) => from <= on && (to === null || to >= on))
    expired += kept.length - alive.length
    const mains = alive.filter(({ role }) => role === 'main')
    const of = (kind: string) =>
      new Set(mains.filter(({ target }) => target['kind'] === kind).map(({ target }) => target['id'])).size
    for (const kind of Object.keys(LIAISON_TARGET_KIND) as LiaisonTargetKind[]) {
      assert.equal(coverage['covered'][kind], of(kind), `${kind} on ${on}`)
      assert.equal(coverage['targets'][kind], 3)
    }
    assert.equal(coverage['leaders'], new Set(alive.map(({ person }) => person['id'])).size)
    const covered = new Set(mains.map(({ target }) => target['id']))
    assert.deepEqual(
      coverage['uncovered'].map((one: Row) => one['id']).sort(),
      targets.flatMap(({ id }) => (covered.has(id) ? [] : id)).sort(),
    )
    assert.equal(coverage['uncoveredCount'], coverage['uncovered'].length)
    for (const row of coverage['rows']) {
      const own = alive.filter(({ person }) => person['id'] === row.person.id)
      const main = Object.values(row.main as Record<string, number>).reduce((sum, count) => sum + count, 0)
      assert.deepEqual(
        [main, row.assisting],
        [own.filter(({ role }) => role === 'main').length, own.filter(({ role }) => role === 'assisting').length],
      )
    }
  }
  assert.ok(expired > 100)
})
