import type pg from 'pg'

/** Cases, projects, payments, financings and broken promises of the one enterprise whose page is asked for, beside its share. */
const BUSY = { cases: 500, projects: 20, payments: 300, financings: 50, promises: 20 }
export const POLICIES = 200

/**
 * Sheets for a third of the targets, a year each, months of output, every case tied to one of them; and what hangs on an enterprise: a project, twenty
 * payments, three financings, a broken promise and what it is entitled to by half of the policies.
 * @param busiest the target whose visits the busy enterprise has
 * @returns the busy enterprise
 */
export async function fillEnterprises(client: pg.Client, busiest: string): Promise<string> {
  // Foreign keys are kept by the statements themselves; checking a million of them is not what is measured.
  await client.query('set session_replication_role = replica')
  await client.query(`create temp table firm as select row_number() over (order by id) - 1 as n, id
    from liaison_target where tenant_id = 1 and kind = 'enterprise'`)
  const [firm] = (await client.query('select id from firm where n = 0')).rows
  await client.query('update visit set target_id = $1 where tenant_id = 1 and target_id = $2', [firm.id, busiest])
  const [unit] = (await client.query('select id from unit where tenant_id = 1 order by code limit 1')).rows
  for (const statement of [...REGISTER, ...PROJECTS, ...MONEY, ...PROMISES, ...LIBRARY])
    await client.query(statement.replaceAll(':unit', `'${unit.id}'`))
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze')
  return firm.id
}

const REGISTER = [
  `insert into enterprise (tenant_id, id, chain, party_organisation, party_members, figures_class, by_name, updated_at)
    select 1, id, '新材料', 'none', 0, 'open', '测量', now() from firm`,
  `insert into enterprise_year (tenant_id, enterprise_id, year, size, above_scale, source)
    select 1, id, 2026, case when n % 3 = 0 then 'small' else 'large' end, true, '统计局' from firm`,
  `insert into enterprise_figure (tenant_id, enterprise_id, month, code, fen, unit_id, source, by_name, at)
    select 1, id, m::date, 'output', 100000 + n, :unit, '统计局月报', '测量', now() from firm, generate_series('2025-01-01'::date, '2026-05-01'::date, interval '1 month') m`,
  `insert into enterprise_case (tenant_id, enterprise_id, case_id, way, at)
    select 1, f.id, c.id, 'filed', c.received_at from (select id, received_at, row_number() over (order by id) - 1 as n from "case") c
    join firm f on f.n = case when c.n < ${BUSY.cases} then 0 else c.n % (select count(*) from firm) end`,
]
const PROJECTS = [
  `insert into project (tenant_id, id, enterprise_id, amount_fen, type, maturity, single, unit_id, by_name, created_at, updated_at)
    select 1, p.id, f.id, 100000000 + p.n, 'new', 'doing', true, :unit, '测量', now(), now()
    from (select id, row_number() over (order by id) - 1 as n from liaison_target where tenant_id = 1 and kind = 'project') p
    join firm f on f.n = case when p.n < ${BUSY.projects} then 0 else p.n % (select count(*) from firm) end`,
  `insert into project_stage (tenant_id, project_id, stage, planned_on, expected_on, actual_on, days, red_line)
    select 1, id, s.stage, '2025-01-01'::date + s.no * 60, '2025-01-01'::date + s.no * 60, case when s.no < 4 then '2025-01-10'::date + s.no * 60 end, 60, false
    from project, (values (1, 'planning'), (2, 'signing'), (3, 'landing'), (4, 'start'), (5, 'construction'), (6, 'production')) s (no, stage)`,
]
const many = (each: number, busy: number) =>
  `(select s.n, f.id as firm, gen_random_uuid() as id from generate_series(0, (select count(*) from firm) * ${each} - 1) s (n)
    join firm f on f.n = case when s.n < ${busy} then 0 else s.n % (select count(*) from firm) end)`
const MONEY = [
  `insert into disbursement (tenant_id, id, enterprise_id, fen, on_day, programme, unit_id, voucher, by_name, at)
    select 1, id, firm, 100000 + n, '2026-05-29'::date - (n % 1400)::int, '稳岗补贴', :unit, 'V' || n, '测量', now() from ${many(20, BUSY.payments)} x`,
  `insert into financing_product (tenant_id, code, label, by_name, at) values (1, 'park', '园区贷', '测量', now())`,
  `insert into financing (tenant_id, id, enterprise_id, partner, product, state, on_day, intended_fen, approved_fen, lent_fen)
    select 1, id, firm, '测量银行', 'park', case when n % 2 = 0 then 'lent' else 'intent' end, '2026-05-29'::date - (n % 700)::int, 100000000 + n,
      case when n % 2 = 0 then 90000000 end, case when n % 2 = 0 then 80000000 end from ${many(3, BUSY.financings)} x`,
  `insert into financing_event (tenant_id, financing_id, seq, state, on_day, fen, by_name, at)
    select 1, f.id, s.seq, s.state, f.on_day, case s.seq when 1 then f.intended_fen when 2 then f.approved_fen else f.lent_fen end, '测量', now()
    from financing f join (values (1, 'intent'), (2, 'approval'), (3, 'lent')) s (seq, state) on s.seq = 1 or f.state = 'lent'`,
]
const PROMISES = [
  `insert into broken_promise (tenant_id, id, enterprise_id, kind, words, source_no, source_on, source_by, fen, disputed_fen, unit_id, cause, basis, measures, deadline, version, by_name, created_at)
    select 1, id, firm, 'arrears', '工程款', 'S' || n, '2024-01-01', '专班', 100000000 + n, 0, :unit, 'funds', '合同', '分期支付', '2026-12-25', 1, '测量', '2025-01-01'
    from ${many(1, BUSY.promises)} x`,
  `insert into promise_plan (tenant_id, promise_id, version, reason, state, by_name, at, decided_by, decided_at)
    select 1, id, 1, '预算', 'approved', '测量', '2025-01-02', '测量', '2025-01-03' from broken_promise`,
  `insert into promise_instalment (tenant_id, promise_id, version, no, due, fen)
    select 1, id, 1, k, '2025-06-30'::date + k * 120, 25000000 from broken_promise, generate_series(1, 4) k`,
  `insert into promise_payment (tenant_id, id, promise_id, on_day, fen, voucher, plan_version, by_name, at)
    select 1, gen_random_uuid(), id, '2025-10-01'::date + k * 60, 20000000, 'P' || k, 1, '测量', now() from broken_promise, generate_series(1, 2) k`,
]
const LIBRARY = [
  `insert into policy (tenant_id, id, created_at) select 1, gen_random_uuid(), now() from generate_series(1, ${POLICIES})`,
  `insert into policy_version (tenant_id, policy_id, version, body, by_name, at, published_by, published_at)
    select 1, p.id, 1, jsonb_build_object('title', '政策' || p.n, 'documentNo', '测发' || p.n, 'issuer', '测量局', 'validFrom', '2025-01-01', 'benefit', '补贴', 'mode', 'auto',
      'unitId', :unit::text, 'payWithin', 20, 'rule', jsonb_build_object('fact', 'size', 'year', 'this', 'cite', '第三条',
        'in', jsonb_build_array(case when p.n % 2 = 0 then 'small' else 'large' end))), '测量', now(), '测量', now()
    from (select id, row_number() over (order by id) as n from policy where tenant_id = 1) p`,
  `insert into entitlement (tenant_id, policy_id, enterprise_id, version, state, since, why, by_name, updated_at)
    select 1, v.policy_id, y.enterprise_id, 1, 'eligible', '2026-05-01', '[]', '测量', now() from policy_version v join enterprise_year y on y.tenant_id = 1
      and v.body #> '{rule,in}' ? y.size where v.tenant_id = 1 and y.tenant_id = 1`,
]
