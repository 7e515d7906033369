import { routes } from '@banjie/contract'
import pg from 'pg'
import { fillDuties } from './duty-fill.ts'
import { fill } from './fill.ts'
import { house, median, NOW, signIn } from './house.ts'

const ROUNDS = 9
const BUSY_CASES = 500

interface Question {
  readonly url: string
  readonly sql: string
  /** The figure both must agree on, so that a fast wrong answer is no answer. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer as a client reads it
  readonly agree: readonly [ofAnswer: (body: any) => number, ofRows: (rows: any[]) => number]
}

/** Sheets for a third of the targets, a year each, months of output, and every case tied to one of them. @returns the busiest */
async function fillEnterprises(client: pg.Client, busiest: string): Promise<string> {
  await client.query('set session_replication_role = replica')
  const [firm] = (
    await client.query(`select id from liaison_target where tenant_id = 1 and kind = 'enterprise' order by id limit 1`)
  ).rows
  await client.query('update visit set target_id = $1 where tenant_id = 1 and target_id = $2', [firm.id, busiest])
  await client.query(
    `insert into enterprise (tenant_id, id, chain, party_organisation, party_members, figures_class, by_name, updated_at)
     select 1, id, '新材料', 'none', 0, 'open', '测量', now() from liaison_target where tenant_id = 1 and kind = 'enterprise' on conflict do nothing`,
  )
  await client.query(
    `insert into enterprise_year (tenant_id, enterprise_id, year, size, above_scale, source) select 1, id, 2026, 'small', true, '统计局' from enterprise`,
  )
  const [unit] = (await client.query(`select id from unit where tenant_id = 1 order by code limit 1`)).rows
  await client.query(
    `insert into enterprise_figure (tenant_id, enterprise_id, month, code, fen, unit_id, source, by_name, at)
     select 1, id, m::date, 'output', 100000, $1, '统计局月报', '测量', now() from enterprise, generate_series('2025-01-01'::date, '2026-05-01'::date, interval '1 month') m`,
    [unit.id],
  )
  await client.query(
    `insert into enterprise_case (tenant_id, enterprise_id, case_id, way, at)
     select 1, f.id, c.id, 'filed', c.received_at from (select id, received_at, row_number() over (order by id) as n from "case") c
     join (select id, row_number() over (order by id) as n, count(*) over () as firms from enterprise) f on f.n = case when c.n <= ${BUSY_CASES} then 1 else 1 + c.n % f.firms end`,
  )
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze')
  return firm.id
}

const questionsOf = (id: string): Readonly<Record<string, Question>> => ({
  sheet: {
    url: routes.enterprise.path.replace(':id', id),
    sql: `select e.*, t.name, (select count(*) from enterprise_year y where y.tenant_id = 1 and y.enterprise_id = e.id) as years
      from enterprise e join liaison_target t on t.tenant_id = e.tenant_id and t.id = e.id where e.tenant_id = 1 and e.id = '${id}'`,
    agree: [({ years }) => years.length, ([row]) => Number(row.years)],
  },
  cases: {
    url: `${routes.enterpriseCases.path.replace(':id', id)}?limit=50`,
    sql: `select c.id, c.number, c.title, c.stage, c.received_at, u.name from enterprise_case e join "case" c on c.tenant_id = e.tenant_id and c.id = e.case_id
      left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id where e.tenant_id = 1 and e.enterprise_id = '${id}' and not c.confidential
      order by e.at desc, c.id desc limit 50`,
    agree: [({ items }) => items.length, (rows) => rows.length],
  },
  visits: {
    url: routes.enterpriseVisits.path.replace(':id', id),
    sql: `select v.id, v.on_day, v.kind, v.note, string_agg(p.name, '、') as officials, count(*) over () as visits from visit v
      join visit_official o on o.tenant_id = v.tenant_id and o.visit_id = v.id join person p on p.tenant_id = o.tenant_id and p.id = o.person_id
      where v.tenant_id = 1 and v.target_id = '${id}' group by v.id, v.on_day, v.kind, v.note order by v.on_day desc`,
    agree: [({ items }) => Math.min(1, items.length), (rows) => Math.min(1, rows.length)],
  },
  figures: {
    url: routes.enterpriseFigures.path.replace(':id', id),
    sql: `select f.month, f.code, f.fen, u.name from enterprise_figure f join unit u on u.tenant_id = f.tenant_id and u.id = f.unit_id
      where f.tenant_id = 1 and f.enterprise_id = '${id}' order by month`,
    agree: [({ items }) => items.length, (rows) => rows.length],
  },
  promises: {
    url: routes.enterprisePromises.path.replace(':id', id),
    sql: `select count(*) + 1 as one from broken_promise where tenant_id = 1 and enterprise_id = '${id}'`,
    agree: [({ items }) => items.length + 1, ([row]) => Number(row.one)],
  },
  backlog: {
    url: routes.backlog.path,
    sql: `select c.lead_unit_id, count(*) as count from "case" c where c.tenant_id = 1 and c.closed_at is null
      and exists (select from enterprise_case e where e.tenant_id = 1 and e.case_id = c.id) group by 1`,
    agree: [({ total }) => total, (rows) => rows.reduce((sum, { count }) => sum + Number(count), 0)],
  },
})

/**
 * The page of one busy enterprise: each of its requests over HTTP against one plain statement of the same question on the same database, in turn.
 * @returns request → milliseconds of the product relative to those of the statement
 */
export async function enterpriseRatios(
  server: pg.ClientConfig,
  dataDir: string,
  size: number,
  tell: (line: string) => void,
): Promise<Record<string, number>> {
  const { app, connection } = await house(server, 'bench_enterprise', dataDir)
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const sizes = { leaders: 1000, targets: 30_000, rules: 100, visits: size, tasks: 0 }
    const { busiest } = await fillDuties(client, sizes, tell)
    await fill(client, size, NOW, () => undefined)
    const id = await fillEnterprises(client, busiest)
    tell(`${size} cases tied\n`)
    const cookie = await signIn(app, 'supervisor')
    const ratios: Record<string, number> = {}
    for (const [name, { url, sql, agree }] of Object.entries(questionsOf(id))) {
      const took = { http: [] as number[], sql: [] as number[] }
      for (let round = -2; round < ROUNDS; round++) {
        const start = performance.now()
        const reply = await app.http.inject({ url, headers: { cookie, host: 'localhost' } })
        const between = performance.now()
        const { rows } = await client.query(sql)
        const end = performance.now()
        if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body.slice(0, 300)}`)
        const [ours, theirs] = [agree[0](reply.json()), agree[1](rows)]
        if (ours !== theirs || ours === 0) throw new Error(`${name}: ${ours} over HTTP, ${theirs} in SQL`)
        if (round < 0) continue
        took.http.push(between - start)
        took.sql.push(end - between)
      }
      const [http, plain] = [median(took.http), median(took.sql)]
      tell(`${name}: ${http.toFixed(1)} ms over HTTP, ${plain.toFixed(1)} ms in SQL\n`)
      ratios[name] = Math.round((http / plain) * 100) / 100
    }
    return ratios
  } finally {
    await client.end()
    await app.close()
  }
}
