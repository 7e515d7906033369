import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { migrate } from '../src/kernel/migrate.ts'
import { emptyDatabase } from './database.ts'

/** A district whose entitlements had one state each and whose register could not tell none from unknown is brought up to date. */
const MIGRATIONS = join(import.meta.dirname, '../migrations')
const BEFORE = '0037'
const old = mkdtempSync(join(MIGRATIONS, '../.old-'))
const idOf = (n: number) => `01990000-0000-7000-8000-00000000000${n}`
const [UNIT, POLICY, GONE] = [idOf(1), idOf(2), idOf(9)]
const FIRMS = [3, 4, 5, 6].map(idOf)
let client: pg.Client
let drop: () => Promise<void>
before(async () => {
  const { connection, drop: dropped } = await emptyDatabase()
  drop = dropped
  for (const name of readdirSync(MIGRATIONS))
    if (name.slice(0, 4) <= BEFORE) symlinkSync(join(MIGRATIONS, name), join(old, name))
  await migrate(connection, old)
  client = new pg.Client(connection)
  await client.connect()
  await client.query(`
    insert into tenant (id, slug, name, phone, division_code, demo, secret, created_at) values (1, 's', '小河区', '12345', '210100', false, '\\x00', now());
    insert into unit (tenant_id, id, code, name, kind, valid_from) values (1, '${UNIT}', 'finance', '财政局', 'department', '2020-01-01');
    insert into policy (tenant_id, id, created_at) values (1, '${POLICY}', now());
    insert into policy_version (tenant_id, policy_id, version, body, by_name, at) values (1, '${POLICY}', 1, '{}', '甲', now());`)
  for (const [i, id] of FIRMS.entries())
    await client.query(
      `insert into liaison_target (tenant_id, id, kind, name, by_name, created_at) values (1, $1, 'enterprise', $2, '甲', now())`,
      [id, `企业${i}`],
    )
  await client.query(`
    insert into enterprise (tenant_id, id, party_organisation, party_members, party_instructor, figures_class, by_name, updated_at) values
      (1, '${FIRMS[0]}', 'none', 0, null, 'bound', '甲', now()), (1, '${FIRMS[1]}', 'none', 0, '指导员', 'bound', '甲', now()),
      (1, '${FIRMS[2]}', 'own', 3, null, 'bound', '甲', now()), (1, '${FIRMS[3]}', 'none', 0, null, 'bound', '甲', now());
    insert into enterprise_title (tenant_id, enterprise_id, title, from_day, source) values (1, '${FIRMS[2]}', '专精特新', '2024-01-01', '工信局');
    insert into entitlement (tenant_id, policy_id, enterprise_id, version, state, since, why, offered_on, confirmed_on, paid_on, paid_fen, voucher, by_name, updated_at) values
      (1, '${POLICY}', '${FIRMS[0]}', 1, 'paid', '2026-03-02', '[]', '2026-03-03', '2026-03-04', '2026-03-09', 100, '拨1', '甲', '2026-03-09T02:00:00Z'),
      (1, '${POLICY}', '${FIRMS[1]}', 1, 'lapsed', '2026-03-02', '[]', null, null, null, null, null, '甲', '2026-03-10T17:00:00Z'),
      (1, '${POLICY}', '${FIRMS[2]}', 1, 'eligible', '2026-03-05', '[]', null, null, null, null, null, '甲', now());
    insert into disbursement (tenant_id, id, enterprise_id, fen, on_day, programme, policy_id, unit_id, voucher, by_name, at)
      values (1, '${idOf(7)}', '${FIRMS[0]}', 5, '2026-03-01', '旧项目', '${GONE}', '${UNIT}', 'V1', '甲', now())`)
  await migrate(connection, MIGRATIONS)
})
after(async () => {
  await client.end()
  rmSync(old, { recursive: true })
  await drop()
})

test('a sheet that nobody had filled becomes not recorded; what somebody had entered stays', async () => {
  const { rows } = await client.query('select party_organisation, titles_recorded from enterprise order by id')
  assert.deepEqual(
    rows.map((row) => [row.party_organisation, row.titles_recorded]),
    [
      [null, false],
      ['none', false],
      ['own', true],
      [null, false],
    ],
  )
})

test('every day an entitlement is known to have stood on is in its history', async () => {
  const { rows } = await client.query(
    `select state, to_char(on_day, 'MM-DD') as day, voucher from entitlement_history order by enterprise_id, seq`,
  )
  assert.deepEqual(
    rows.map(({ state, day, voucher }) => [state, day, voucher]),
    [
      ['eligible', '03-02', null],
      ['offered', '03-03', null],
      ['confirmed', '03-04', null],
      ['paid', '03-09', '拨1'],
      ['eligible', '03-02', null],
      ['lapsed', '03-11', null],
      ['eligible', '03-05', null],
    ],
  )
})

test('a payment under a policy that is not in the library keeps its programme and loses the policy', async () => {
  const { rows } = await client.query('select policy_id, programme from disbursement')
  assert.deepEqual(rows, [{ policy_id: null, programme: '旧项目' }])
})
