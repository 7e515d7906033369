import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { migrate } from '../src/kernel/migrate.ts'
import { emptyDatabase } from './database.ts'

/** A database in which a list of problems had recorded broken promises is brought up to date: they stand in the register, and nothing is lost. */
const MIGRATIONS = join(import.meta.dirname, '../migrations')
const LAST_BEFORE = '0037'
const id = (n: number) => `01990000-0000-7000-8000-00000000000${n}`
const [OFFICE, LIST, PAID, OPEN, TORN, FIRM, KEPT] = [id(1), id(2), id(3), id(4), id(5), id(6), id(7)]

let connection: pg.ClientConfig
let drop: () => Promise<void>
let client: pg.Client
const old = mkdtempSync(join(MIGRATIONS, '../.old-'))

/** A problem in the columns that have no default. */
const problem = (key: string, number: string, more: object) => ({
  ...{ tenant_id: 1, id: key, number, type: 'problem', stage: 'accepted', round: 1, rule_set: '2026-01', version: 1 },
  ...{ title: '欠付工程款', content: '没有付', channel: 'other', urgency: 'normal', anonymous: false },
  ...{ confidential: false, assisting_unit_ids: [], reach_tries: 0, urged: 0, lead_unit_id: OFFICE },
  ...{ received_at: '2026-03-02T01:00:00Z', updated_at: '2026-03-02T01:00:00Z', ...more },
})
const broken = { enterprise: '某建筑公司', promise: '竣工后三十日内退还', amountFen: 5_000_000 }
const PROBLEMS = [
  problem(OPEN, 'WT202603020000011', {
    facts: {
      ...{ listId: LIST, deadline: '2026-06-30', measures: '列入预算' },
      broken: {
        ...{ ...broken, document: '河合同〔2025〕3号', legalBasis: '保障中小企业款项支付条例' },
        instalments: [
          { on: '2026-06-30', amountFen: 2_000_000 },
          { on: '2026-04-30', amountFen: 3_000_000 },
        ],
      },
    },
  }),
  problem(PAID, 'WT202603020000022', {
    ...{ stage: 'closed', closed_at: '2026-03-20T01:00:00Z', lead_unit_id: null },
    facts: { listId: LIST, broken: { enterprise: '河畔机械公司', promise: '交付地块' } },
  }),
  problem(TORN, 'WT202603020000033', { stage: 'withdrawn', facts: { listId: LIST, broken } }),
]

before(async () => {
  ;({ connection, drop } = await emptyDatabase())
  for (const name of readdirSync(MIGRATIONS))
    if (name.slice(0, 4) <= LAST_BEFORE) symlinkSync(join(MIGRATIONS, name), join(old, name))
  await migrate(connection, old)
  client = new pg.Client(connection)
  await client.connect()
  await client.query(`
    insert into tenant (id, slug, name, phone, division_code, demo, secret, created_at) values (1, 's', '小河区', '12345', '210100', false, '\\x00', now());
    insert into unit (tenant_id, id, code, name, kind, valid_from) values (1, '${OFFICE}', 'intake', '受理中心', 'office', '2020-01-01');
    insert into rule_set (tenant_id, version, valid_from, source, rules) values (1, '2026-01', '2026-01-01', '本区', '{}');
    insert into problem_list (tenant_id, id, kind, title, origin, owner_unit_id, aspects, state, version, created_at, published_at)
      values (1, '${LIST}', 'brokenPromise', '失信违诺清单', 'own', '${OFFICE}', '{账款}', 'published', 2, '2026-03-01', '2026-03-01');
    insert into liaison_target (tenant_id, id, kind, name, by_name, created_at) values (1, '${FIRM}', 'enterprise', '河畔机械公司', '甲', '2026-03-01');
    insert into broken_promise (tenant_id, id, enterprise_id, kind, words, source_no, source_on, source_by, disputed_fen, unit_id, cause, basis, measures,
      deadline, version, by_name, created_at) values (1, '${KEPT}', '${FIRM}', 'land', '通电', '1号', '2025-01-01', '区政府', 0, '${OFFICE}', 'funds', '协议', '年内',
      '2026-12-31', 1, '甲', '2026-03-01');
    insert into promise_event (tenant_id, id, promise_id, act, note, by_name, at) values
      (1, '${id(8)}', '${KEPT}', '企业说没有兑现，退回', '厂长（2026-03-04）：还没有（一半）通：等着', '乙', '2026-03-04'),
      (1, '${id(9)}', '${KEPT}', '企业说没有兑现，退回', '厂长（2026-03-05）：仍没有', '乙', '2026-03-05')`)
  // Defaults come from the table: only what is named is written.
  for (const row of PROBLEMS) {
    const names = Object.keys(row)
    await client.query(
      `insert into "case" (${names.join(', ')}) select ${names.join(', ')} from jsonb_populate_record(null::"case", $1)`,
      [JSON.stringify(row)],
    )
  }
  await migrate(connection)
})
after(async () => {
  await client.end()
  rmSync(old, { recursive: true, force: true })
  await drop()
})
const rows = async (text: string) => (await client.query(text)).rows

test('what a list had recorded stands in the register with its enterprise, amount and instalments; what was withdrawn does not', async () => {
  const moved = await rows(`
    select e.name, b.kind, b.words, b.source_no, b.fen, b.basis, b.measures, b.deadline::text, b.closed_at is not null as closed, c.number
    from broken_promise b join liaison_target e on e.id = b.enterprise_id join "case" c on c.id = b.case_id order by c.number`)
  const missing = '原清单没有写明，请更正'
  assert.deepEqual(moved, [
    {
      ...{
        name: '某建筑公司',
        kind: 'arrears',
        words: '竣工后三十日内退还',
        source_no: '河合同〔2025〕3号',
        fen: '5000000',
      },
      ...{ basis: '保障中小企业款项支付条例', measures: '列入预算', deadline: '2026-06-30', closed: false },
      number: 'WT202603020000011',
    },
    {
      ...{ name: '河畔机械公司', kind: 'other', words: '交付地块', source_no: '清单问题 WT202603020000022', fen: null },
      ...{ basis: missing, measures: missing, deadline: '2026-03-02', closed: true, number: 'WT202603020000022' },
    },
  ])
  assert.deepEqual(await rows('select no, due::text, fen from promise_instalment order by no'), [
    { no: 1, due: '2026-04-30', fen: '3000000' },
    { no: 2, due: '2026-06-30', fen: '2000000' },
  ])
  const [{ note }] = await rows(`select note from promise_event where act = '由清单转入' order by note limit 1`)
  assert.match(note, /WT202603020000011.*请核实后更正；清单上的分期：2026-06-30 20000.00元、2026-04-30 30000.00元/)
})

test('the problems are as they were, their list is closed with the reason in its log, and an enterprise known before is not made again', async () => {
  assert.equal((await rows(`select 1 from "case" where facts ? 'broken'`)).length, PROBLEMS.length)
  assert.deepEqual(await rows('select state, version, closed_at is not null as closed from problem_list'), [
    { state: 'closed', version: 3, closed: true },
  ])
  const [change] = await rows(`select why, data from problem_list_change`)
  assert.partialDeepStrictEqual(change, { why: '失信违诺改由登记册统一管理', data: { state: 'closed', version: 3 } })
  assert.equal((await rows(`select 1 from liaison_target where kind = 'enterprise'`)).length, 2)
})

test('what an enterprise had refused last is on its promise', async () => {
  assert.deepEqual(
    await rows(`select refused_by, refused_on::text, refused_words from broken_promise where id = '${KEPT}'`),
    [{ refused_by: '厂长', refused_on: '2026-03-05', refused_words: '仍没有' }],
  )
})
