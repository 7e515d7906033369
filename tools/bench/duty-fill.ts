import type pg from 'pg'

/** How much there is of everything. */
export interface Sizes {
  readonly leaders: number
  readonly targets: number
  readonly rules: number
  readonly visits: number
  readonly tasks: number
}
/** Visits of the one enterprise whose calendar is asked for. */
const BUSY = 2000

/**
 * Leaders, targets, liaisons, rules and visits by plain statements. A target in a hundred has no main liaison, three in ten an assisting one; a
 * rule is owed by the main liaison of its target, and half of all weeks have a visit.
 * @returns the target with the longest history
 */
export async function fillDuties(
  client: pg.Client,
  sizes: Sizes,
  tell: (line: string) => void,
): Promise<{ busiest: string }> {
  const { leaders, targets, rules, visits } = sizes
  const [unit] = (await client.query(`select id from unit where tenant_id = 1 order by code limit 1`)).rows
  // Foreign keys are kept by the statements themselves; checking a million of them is not what is measured.
  await client.query('set session_replication_role = replica')
  await client.query(
    'create temp table leader as select n, gen_random_uuid() as id from generate_series(0, $1::int - 1) n',
    [leaders],
  )
  await client.query(`insert into person (tenant_id, id, code, name) select 1, id, 'L' || n, '领导' || n from leader`)
  await client.query(
    `insert into post (tenant_id, id, person_id, unit_id, title, valid_from) select 1, gen_random_uuid(), id, $1, '局长', '2020-01-01' from leader`,
    [unit.id],
  )
  await client.query(
    'create temp table aim as select n, gen_random_uuid() as id from generate_series(0, $1::int - 1) n',
    [targets],
  )
  await client.query(`insert into liaison_target (tenant_id, id, kind, name, by_name, created_at)
    select 1, id, (array['enterprise','project','organisation'])[1 + n % 3], '对象' || n, '测量', now() from aim`)
  tell(`${targets} targets, `)
  await client.query(
    `insert into liaison (tenant_id, id, target_id, person_id, role, line_id, valid_from, reason, by_name, created_at)
    select 1, x.id, a.id, l.id, 'main', x.id, '2025-01-01', '包保', '测量', now() from aim a join leader l on l.n = a.n % $1::int
    cross join lateral (select gen_random_uuid() as id where a.n >= 0) x where a.n % 100 <> 0`,
    [leaders],
  )
  await client.query(
    `insert into liaison (tenant_id, id, target_id, person_id, role, line_id, valid_from, reason, by_name, created_at)
    select 1, x.id, a.id, l.id, 'assisting', x.id, '2025-01-01', '包保', '测量', now() from aim a join leader l on l.n = (a.n + 1) % $1::int
    cross join lateral (select gen_random_uuid() as id where a.n >= 0) x where a.n % 10 < 3`,
    [leaders],
  )
  tell('liaisons, ')
  await client.query(
    `insert into cadence_rule (tenant_id, id, code, version, title, debtor, sharing, target_id, min, per, counts, least_workdays, basis, valid_from, by_name, created_at)
    select 1, gen_random_uuid(), 'R' || a.n, 1, '每周走访', jsonb_build_object('kind', 'person', 'personId', l.id), 'either', a.id, 1, 'week', '{onSite}', 1,
      '测量', '2025-01-06', '测量', now() from aim a join leader l on l.n = a.n % $1::int where a.n < $2`,
    [leaders, rules],
  )
  // The first visits are those of the rules' weeks, the others fall anywhere in five years.
  const weekly = Math.min(visits / 2, rules * 26)
  await client.query(
    `create temp table trip as select n, gen_random_uuid() as id,
      case when n < $2 then n % $3 when n < $2 + ${BUSY} then 7 else (n * 7919::bigint) % $4 end as aim,
      case when n < $2 then date '2025-06-02' + (n / $3 * 14 + n % 5)::int else date '2026-05-29' - (n % 1826)::int end as on_day
    from generate_series(0, $1::int - 1) n`,
    [visits, Math.floor(weekly), rules, targets],
  )
  await client.query(`insert into visit (tenant_id, id, client_id, fingerprint, target_id, kind, on_day, purpose, note, may_quote, tags, by_name, recorded_at)
    select 1, t.id, t.id, '', a.id, 'onSite', t.on_day, 'collect', '看了现场，问了用工和订单。', false, '{}', '测量', t.on_day + interval '18 hours'
    from trip t join aim a on a.n = t.aim`)
  tell(`${visits} visits, `)
  await client.query(
    `insert into visit_official (tenant_id, visit_id, person_id, position)
    select 1, t.id, l.id, 1 from trip t join leader l on l.n = t.aim % $1::int`,
    [leaders],
  )
  const [busiest] = (await client.query('select id from aim where n = 7')).rows
  return { busiest: busiest.id }
}

/** A published plan of four fields with targets of fifty tasks in a row each, and four check-ins a task. @returns its id */
export async function fillPlan(client: pg.Client, tasks: number, tell: (line: string) => void): Promise<string> {
  const [plan] = (
    await client.query(`insert into plan (tenant_id, id, year, title, state, published_at, published_by, created_at)
      values (1, gen_random_uuid(), 2026, '测量', 'published', '2026-01-05', '测量', '2026-01-04') returning id`)
  ).rows
  const [units, [person]] = [
    (await client.query('select id from unit where tenant_id = 1 order by code limit 2')).rows,
    (await client.query('select id from person where tenant_id = 1 order by code limit 1')).rows,
  ]
  await client.query('create temp table area as select n, gen_random_uuid() as id from generate_series(0, 3) n')
  await client.query(
    `insert into plan_field (tenant_id, id, plan_id, name, position) select 1, id, $1, '领域' || n, n from area`,
    [plan.id],
  )
  await client.query(
    'create temp table goal as select n, gen_random_uuid() as id from generate_series(0, ceil($1::int / 50.0)::int - 1) n',
    [tasks],
  )
  await client.query(
    `insert into target (tenant_id, id, title, unit_id, person_id, duty, check_unit_id, cadence, fixed_at, created_at)
    select 1, id, '目标' || n, $1, $2, '牵头', $3, 'monthly', '2026-01-05', '2026-01-04' from goal`,
    [units[0].id, person.id, units[1].id],
  )
  await client.query(`insert into target_version (tenant_id, target_id, version, state, definition, proposer_name, proposed_at, decided_at)
    select 1, id, 1, 'approved', '{"kind":"count","value":1000,"unit":"户","qualifier":"exact","words":[],"startOn":"2026-01-05","dueOn":"2026-12-25"}'::jsonb,
      '测量', '2026-01-04', '2026-01-05' from goal`)
  await client.query(`insert into plan_target (tenant_id, target_id, field_id, position)
    select 1, g.id, a.id, g.n from goal g join area a on a.n = g.n % 4`)
  await client.query(
    `create temp table work as select n, gen_random_uuid() as id, n / 50 as goal, n % 50 as place from generate_series(0, $1::int - 1) n`,
    [tasks],
  )
  await client.query(
    `insert into plan_task (tenant_id, id, target_id, title, unit_id, person_id, duty, check_unit_id, cadence, due_on, days, red_line, quantity, quantity_unit, position, created_at)
    select 1, w.id, g.id, '任务' || w.n, $1, $2, '具体实施', $3, 'monthly', '2026-12-25', 4, w.place = 49, 20, '户', w.place, '2026-01-04'
    from work w join goal g on g.n = w.goal`,
    [units[0].id, person.id, units[1].id],
  )
  await client.query(`insert into plan_task_order (tenant_id, task_id, before_id)
    select 1, w.id, b.id from work w join work b on b.n = w.n - 1 where w.place > 0`)
  await client.query(`insert into check_in (tenant_id, id, target_id, task_id, day, quantity, words, done, evidence, by_name, at)
    select 1, gen_random_uuid(), g.id, w.id, date '2026-01-10' + (k * 30)::int, 2, '{}', false, '验收单', '测量', '2026-05-30'
    from work w join goal g on g.n = w.goal cross join generate_series(0, 3) k`)
  tell(`${tasks} tasks\n`)
  return plan.id
}
