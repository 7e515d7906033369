import { routes, type TenantId } from '@banjie/contract'
import pg from 'pg'
import type { App } from '../../server/src/app.ts'
import { settleDuties } from '../../server/src/liaison/settle.ts'
import { askAll, type Question, sum } from './ask.ts'
import { fillDuties, fillPlan, type Sizes } from './duty-fill.ts'
import { house, NOW, signIn } from './house.ts'

const [FROM, TO] = ['2025-06-02', '2026-05-31']

/**
 * Recurring duties and the battle map at size: the coverage matrix, a year of periods, the contact calendar of one enterprise, a plan of many
 * tasks; each against plain SQL of the same question on the same database, asked in turn.
 * @returns question → milliseconds of the product over HTTP relative to those of the statement
 */
export async function dutyRatios(
  server: pg.ClientConfig,
  dataDir: string,
  sizes: Sizes,
  tell: (line: string) => void,
): Promise<Record<string, number>> {
  const { app, connection } = await house(server, 'bench_duty', dataDir)
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { busiest } = await fillDuties(client, sizes, tell)
    const plan = await fillPlan(client, sizes.tasks, tell)
    await client.query('vacuum analyze')
    const cookie = await signIn(app, 'supervisor')
    const yearSettled = await settleRatio(app, client, tell)
    await client.query('analyze')
    return { yearSettled, ...(await askAll(app, client, cookie, questionsOf(busiest, plan), tell)) }
  } finally {
    await client.end()
    await app.close()
  }
}

const IN_WEEKS = `with week as (select d::date as from_day, d::date + 6 as to_day from generate_series('${FROM}'::date, '${TO}'::date, interval '7 days') d)
  select r.id, w.from_day, r.min, count(v.id) as done from cadence_rule r cross join week w
  left join visit v on v.tenant_id = r.tenant_id and v.target_id = r.target_id and v.on_day between w.from_day and w.to_day
    and v.kind = any(r.counts) and exists (select from visit_official o where o.tenant_id = v.tenant_id and o.visit_id = v.id
      and o.person_id = (r.debtor ->> 'personId')::uuid)
  where r.tenant_id = 1 group by r.id, w.from_day, r.min`

/** A year of periods worked out from the visits and written to the ledger, against a statement that works out and writes the same counts. */
async function settleRatio(app: App, client: pg.Client, tell: (line: string) => void): Promise<number> {
  const start = performance.now()
  await app.store.tx(1 as TenantId, async (tx) =>
    settleDuties(tx, await app.engine.calendarOf(tx.tenant), { from: FROM, to: TO }, NOW),
  )
  const between = performance.now()
  await client.query(`create temp table settled as ${IN_WEEKS}`)
  const end = performance.now()
  const [ours] = (await client.query(`select count(*) from obligation where kind = 'period' and due_day <= $1`, [TO]))
    .rows
  const [theirs] = (await client.query('select count(*) from settled')).rows
  if (ours.count !== theirs.count) throw new Error(`${ours.count} periods on the ledger, ${theirs.count} in SQL`)
  tell(
    `${ours.count} periods settled in ${((between - start) / 1000).toFixed(1)} s, in SQL ${((end - between) / 1000).toFixed(1)} s\n`,
  )
  return Math.round(((between - start) / (end - between)) * 100) / 100
}

/** The contact calendar of a target over a year. */
export const calendarQuestion = (target: string): Question => ({
  url: `${routes.contactCalendar.path.replace(':id', target)}?from=${FROM}&to=${TO}`,
  sql: `select v.id, v.on_day, v.kind, v.purpose, string_agg(distinct u.name, '、') as units from visit v
    join visit_official o on o.tenant_id = v.tenant_id and o.visit_id = v.id
    join post p on p.tenant_id = o.tenant_id and p.person_id = o.person_id and p.valid_from <= v.on_day and (p.valid_to is null or p.valid_to >= v.on_day)
    join unit u on u.tenant_id = p.tenant_id and u.id = p.unit_id
    where v.tenant_id = 1 and v.target_id = $1 and v.on_day between $2 and $3 group by v.id, v.on_day, v.kind, v.purpose order by v.on_day, v.id`,
  values: [target, FROM, TO],
  agree: [({ items }) => items.length, (rows) => rows.length],
})
const questionsOf = (busiest: string, plan: string): Readonly<Record<string, Question>> => ({
  coverageMatrix: {
    url: `${routes.liaisonCoverage.path}?on=2026-06-01`,
    sql: `select l.person_id, t.kind, count(*) filter (where l.role = 'main') as main, count(*) filter (where l.role = 'assisting') as assisting,
        (select count(*) from liaison_target) as targets
      from liaison l join liaison_target t on t.tenant_id = l.tenant_id and t.id = l.target_id
      where l.tenant_id = 1 and l.valid_from <= '2026-06-01' and (l.valid_to is null or l.valid_to >= '2026-06-01')
      group by l.person_id, t.kind`,
    agree: [({ covered }) => sum(Object.values(covered)), (rows) => sum(rows.map(({ main }) => main))],
  },
  yearOfPeriods: {
    url: `${routes.duties.path}?from=${FROM}&to=${TO}`,
    sql: `select count(*) filter (where done >= min) as met, count(*) filter (where done < min) as missed from (${IN_WEEKS}) p`,
    agree: [({ counts }) => counts.met, ([row]) => Number(row.met)],
  },
  contactCalendar: calendarQuestion(busiest),
  planPage: {
    url: routes.plan.path.replace(':id', plan),
    sql: `select t.*, u.name as unit, p.name as person, k.name as check_unit, coalesce(c.quantity, 0) as done, c.last_on,
        array(select before_id from plan_task_order o where o.tenant_id = t.tenant_id and o.task_id = t.id) as after
      from plan_task t join plan_target pt on pt.tenant_id = t.tenant_id and pt.target_id = t.target_id
      join plan_field f on f.tenant_id = pt.tenant_id and f.id = pt.field_id
      left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id left join person p on p.tenant_id = t.tenant_id and p.id = t.person_id
      left join unit k on k.tenant_id = t.tenant_id and k.id = t.check_unit_id
      left join lateral (select sum(quantity) as quantity, max(day) as last_on from check_in c
        where c.tenant_id = t.tenant_id and c.target_id = t.target_id and c.task_id = t.id and c.voided_at is null) c on true
      where t.tenant_id = 1 and f.plan_id = $1`,
    values: [plan],
    agree: [
      ({ fields }) =>
        sum(
          fields.flatMap((field: { targets: { tasks: unknown[] }[] }) =>
            field.targets.map(({ tasks }) => tasks.length),
          ),
        ),
      (rows) => rows.length,
    ],
  },
})
