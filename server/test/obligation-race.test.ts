import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { routes } from '@banjie/contract'
import { sql } from 'kysely'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** Two who settle the same row of the ledger at once. */
let w: World
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
})
after(() => w.close())
const { must } = storyteller(() => w)

/** Does something while a row of the ledger is held by somebody else, until so many wait. */
async function whileHeld<T>(key: string, waiting: number, work: () => Promise<T>): Promise<T> {
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holder = w.app.store.tx(w.tenant, async (tx) => {
    const rows = await tx.run(
      sql`select 1 from obligation where tenant_id = ${w.tenant} and key like ${`${key}%`} for update`,
    )
    assert.equal(rows.length, 1, key)
    held.resolve()
    await release.promise
  })
  await Promise.race([held.promise, holder])
  const done = work()
  for (let [blocked, turns] = [0, 0]; blocked < waiting && turns < 250; turns += 1, await setTimeout(20))
    blocked = await w.app.store.tx(w.tenant, async (tx) => {
      const [found] = await tx.run<{ count: number }>(
        sql`select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`,
      )
      return found?.count ?? 0
    })
  release.resolve()
  await holder
  return done
}

test('two visits to two enterprises at once both count for the duty that is toward any of them', async () => {
  const { items: people } = await must('supervisor', 'GET', '/api/v1/people')
  const street = people.find((one: Row) => one['name'] === '街道主任').id
  const targets = ['河畔机械公司', '南塔食品公司'].map((name) => ({ kind: 'enterprise', name }))
  const { items } = await must('supervisor', 'POST', '/api/v1/liaison-targets/bulk', { targets })
  const rule = await must('supervisor', 'POST', routes.newCadenceRule.path, {
    ...{
      code: 'two',
      title: '每周走访两户',
      debtor: { kind: 'unit', unitId: await w.unit('south') },
      min: 2,
      per: 'week',
    },
    ...{ towardKind: 'enterprise', counts: ['onSite'], basis: '走访办法', validFrom: '2026-03-02' },
  })
  const visit = (targetId: string) =>
    must('head3', 'POST', routes.newVisit.path, {
      ...{ clientId: randomUUID(), targetId, kind: 'onSite', on: '2026-03-02', officials: [street] },
    })
  await whileHeld(rule['id'], 2, () => Promise.all(items.map((one: Row) => visit(one['id']))))
  const { items: rows } = await must(
    'supervisor',
    'GET',
    `${routes.ledger.path}?form=recurring&limit=10&sort=-received`,
  )
  assert.deepEqual(
    rows.map((row: Row) => [row['title'], row['progress'], row['stage']]),
    [['每周走访两户', '2/2次', 'met']],
  )
})
