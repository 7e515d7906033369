import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { CaseId, TenantId } from '@banjie/contract'
import pg from 'pg'
import { type CaseEvent, findCase, fold, listClocks, listEvents } from '../src/case/index.ts'
import { createLog } from '../src/kernel/log.ts'
import { migrate } from '../src/kernel/migrate.ts'
import { openStore } from '../src/kernel/store.ts'
import { emptyDatabase } from './database.ts'

/** A database of version 0.1.0 with one undispatched appeal in it is brought up to date. */
const OFFICE = '01990000-0000-7000-8000-000000000001'
const CASE = '01990000-0000-7000-8000-000000000002' as CaseId
const MIGRATIONS = join(import.meta.dirname, '../migrations')
const LAST_OF_0_1 = '0004'

const WORDS = {
  ...{ id: CASE, number: 'SQ202610120000011', type: 'appeal', stage: 'accepted', round: 1, ruleSet: '2026-01' },
  ...{ title: '水管漏水', content: '水管漏水', summary: null, category: null, channel: 'portal', class: null },
  ...{ urgency: 'normal', divisionCode: null, address: null, lng: null, lat: null, anonymous: true },
  ...{ confidential: false, partyId: null, leadUnitId: null, assistingUnitIds: [], holderUnitId: null },
  ...{ handlerId: null, authorId: null, answer: null, outcome: null, promisedOn: null, declineReason: null },
  ...{ satisfied: null, solved: null, grade: null, reachTries: 0, urged: 0, acceptedAt: null, dispatchedAt: null },
  ...{ signedAt: null, contactedAt: null, answeredAt: null, calledBackAt: null, closedAt: null, facts: {} },
  ...{ receivedAt: '2026-10-12T01:00:00.000Z', dueKind: 'handle', dueAt: '2026-10-19T09:30:00.000Z' },
  ...{ yellowAt: '2026-10-16T09:30:00.000Z', batchId: null, source: null, sourceKey: null },
}
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

let connection: pg.ClientConfig
let drop: () => Promise<void>
const old = mkdtempSync(join(MIGRATIONS, '../.old-'))

before(async () => {
  ;({ connection, drop } = await emptyDatabase())
  for (const name of readdirSync(MIGRATIONS))
    if (name.slice(0, 4) <= LAST_OF_0_1) symlinkSync(join(MIGRATIONS, name), join(old, name))
  await migrate(connection, old)
  const client = new pg.Client(connection)
  await client.connect()
  await client.query(`
    insert into tenant (id, slug, name, phone, division_code, demo, secret, created_at) values (1, 's', '小河区', '12345', '210100', false, '\\x00', now());
    insert into unit (tenant_id, id, code, name, kind, valid_from) values (1, '${OFFICE}', 'intake', '受理中心', 'office', '2020-01-01');
    insert into person (tenant_id, id, code, name) values (1, '${OFFICE}', 'clerk', '甲');
    insert into post (tenant_id, id, person_id, unit_id, valid_from) values (1, '${OFFICE}', '${OFFICE}', '${OFFICE}', '2020-01-01');
    insert into post_role (tenant_id, post_id, role) values (1, '${OFFICE}', 'clerk');
    insert into rule_set (tenant_id, version, valid_from, source, rules) values (1, '2026-01', '2026-01-01', '本区', '{}')`)
  const row = {
    ...Object.fromEntries(Object.entries(WORDS).map(([name, value]) => [snake(name), value])),
    tenant_id: 1,
  }
  await client.query(`insert into "case" select * from jsonb_populate_recordset(null::"case", $1)`, [
    JSON.stringify([{ ...row, version: 1, updated_at: WORDS.receivedAt }]),
  ])
  await client.query(
    `insert into case_event (tenant_id, case_id, seq, at, id, action, stage, round, by_kind, by_name, input, patch)
     values (1, $1, 1, $2, $1, 'open', 'accepted', 1, 'citizen', '诉求人', '{}', $3)`,
    [CASE, WORDS.receivedAt, JSON.stringify(WORDS)],
  )
  await client.query(
    `insert into case_clock (tenant_id, id, case_id, kind, round, started_at, amount, unit, rule, due_at, yellow_at, provisional, state)
     values (1, $1, $1, 'handle', 1, $2, 5, 'workingDay', '本区', $3, $4, false, 'running')`,
    [CASE, WORDS.receivedAt, WORDS.dueAt, WORDS.yellowAt],
  )
  await client.query(
    `insert into case_round (tenant_id, case_id, round, started_at, due_at) values (1, $1, 1, $2, $3)`,
    [CASE, WORDS.receivedAt, WORDS.dueAt],
  )
  await client.end()
})
after(async () => {
  rmSync(old, { recursive: true, force: true })
  await drop()
})

test('a case of version 0.1.0 folds to its row, has an owner and an armed clock after the upgrade', async () => {
  const applied = await migrate(connection)
  assert.ok(applied.length >= 5, applied.join(' '))
  const store = openStore(connection, { poolSize: 2, log: createLog('silent') })
  try {
    await store.tx(1 as TenantId, async (tx) => {
      const { tenantId: _, ...row } = (await findCase(tx, CASE)) as unknown as Record<string, unknown>
      const events = (await listEvents(tx, CASE, 0, 10)) as readonly CaseEvent[]
      const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
      assert.deepEqual(plain(fold(events)), plain(row))
      assert.equal(row['holderUnitId'], OFFICE)
      const [clock] = await listClocks(tx, CASE)
      assert.ok(clock?.nextAlertAt, 'the handling clock climbs the ladder from now on')
      assert.equal(clock.originalDueAt.toISOString(), WORDS.dueAt)
    })
  } finally {
    await store.close()
  }
})
