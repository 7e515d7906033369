import { PolicyRule, type TenantId } from '@banjie/contract'
import pg from 'pg'
import { countMatches } from '../../server/src/policy/match.sql.ts'
import { house, median } from './house.ts'

const DAY = '2026-06-01'
const ROUNDS = 3
const CHAINS = ['汽车及零部件', '生物医药', '新材料', '食品加工']

/** A rule, and the statement of a person who knows the tables. */
interface Asked {
  readonly rule: PolicyRule
  readonly sql: string
}
const cite = '第三条'
const OPEN = `from enterprise e join liaison_target t on t.tenant_id = e.tenant_id and t.id = e.id and t.closed_on is null`
const LAST = `join enterprise_year y on y.tenant_id = e.tenant_id and y.enterprise_id = e.id and y.year = 2025`
const summed = (year: number) =>
  `(select enterprise_id, sum(fen) as fen, count(*) as n from enterprise_figure where tenant_id = 1 and code = 'output' and month between '${year}-01-01' and '${year}-12-01' group by 1)`
/** Four shapes of rules as policies have them; the parameters differ. */
const SHAPES: readonly ((i: number) => Asked)[] = [
  (i) => ({
    rule: PolicyRule.parse({
      all: [
        { fact: 'size', in: ['small', 'micro'], year: 'last', cite },
        { fact: 'staff', min: i % 50, max: 100 + (i % 200), year: 'last', cite },
      ],
    }),
    sql: `select count(*) ${OPEN} ${LAST} where e.tenant_id = 1 and y.size in ('small', 'micro') and y.staff between ${i % 50} and ${100 + (i % 200)}`,
  }),
  (i) => ({
    rule: PolicyRule.parse({
      all: [
        { fact: 'chain', in: [CHAINS[i % CHAINS.length]], cite },
        { fact: 'figure', code: 'output', min: i * 10_000, year: 'last', cite },
      ],
    }),
    sql: `select count(*) ${OPEN} join ${summed(2025)} f on f.enterprise_id = e.id and f.n = 12
      where e.tenant_id = 1 and e.chain = '${CHAINS[i % CHAINS.length]}' and f.fen >= ${i * 10_000}`,
  }),
  (i) => ({
    rule: PolicyRule.parse({
      all: [
        { fact: 'aboveScale', is: true, year: 'last', cite },
        { fact: 'growth', code: 'output', percent: i % 100, cite },
      ],
    }),
    sql: `select count(*) ${OPEN} ${LAST} join ${summed(2025)} f on f.enterprise_id = e.id and f.n = 12 join ${summed(2024)} g on g.enterprise_id = e.id and g.n = 12
      where e.tenant_id = 1 and y.above_scale and g.fen > 0 and f.fen * 100 >= g.fen * ${100 + (i % 100)}`,
  }),
  (i) => ({
    rule: PolicyRule.parse({
      any: [
        { fact: 'title', title: i % 2 ? '专精特新' : '高新技术企业', cite },
        {
          all: [
            { fact: 'age', min: i, max: i + 60, cite },
            { fact: 'party', in: ['own'], cite },
          ],
        },
      ],
    }),
    sql: `select count(*) ${OPEN} where e.tenant_id = 1 and (exists (select from enterprise_title q where q.tenant_id = e.tenant_id and q.enterprise_id = e.id
        and q.title = '${i % 2 ? '专精特新' : '高新技术企业'}' and q.from_day <= '${DAY}' and (q.to_day is null or q.to_day >= '${DAY}'))
      or (extract(year from age('${DAY}'::date, e.registered_on)) * 12 + extract(month from age('${DAY}'::date, e.registered_on)) between ${i} and ${i + 60}
        and e.party_organisation = 'own'))`,
  }),
]

async function fill(client: pg.Client, enterprises: number): Promise<void> {
  const [unit] = (await client.query(`select id from unit where tenant_id = 1 order by code limit 1`)).rows
  await client.query('set session_replication_role = replica')
  await client.query(
    'create temp table firm as select n, gen_random_uuid() as id from generate_series(0, $1::int - 1) n',
    [enterprises],
  )
  await client.query(
    `insert into liaison_target (tenant_id, id, kind, name, by_name, created_at) select 1, id, 'enterprise', '企业' || n, '测量', now() from firm`,
  )
  await client.query(
    `insert into enterprise (tenant_id, id, chain, industry, registered_on, party_organisation, titles_recorded, party_members, figures_class, by_name, updated_at)
     select 1, id, ($1::text[])[n % 5 + 1], 'C' || 30 + n % 10, '2026-05-01'::date - n % 6000, (array['own','joint','none'])[n % 3 + 1], true, n % 20, 'bureau', '测量', now() from firm`,
    [CHAINS],
  )
  await client.query(
    `insert into enterprise_year (tenant_id, enterprise_id, year, size, above_scale, staff, source)
     select 1, id, y, (array['large','medium','small','micro'])[(n + y) % 4 + 1], n % 7 = 0, n % 400, '统计局' from firm, generate_series(2025, 2026) y where n % 11 > 0`,
  )
  await client.query(
    `insert into enterprise_title (tenant_id, enterprise_id, title, from_day, to_day, source)
     select 1, id, case when n % 2 = 0 then '专精特新' else '高新技术企业' end, '2024-01-01', '2026-03-01'::date + n % 365, '工信局' from firm where n % 4 = 0`,
  )
  await client.query(
    `insert into enterprise_figure (tenant_id, enterprise_id, month, code, fen, unit_id, source, by_name, at)
     select 1, id, m::date, 'output', (n % 900 + extract(month from m) * 7 + (extract(year from m) - 2024) * (n % 300))::bigint * 1000, $1, '统计局月报', '测量', now()
     from firm, generate_series('2024-01-01'::date, '2026-05-01'::date, interval '1 month') m where n % 13 > 0`,
    [unit.id],
  )
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze')
}

/**
 * Policies held against the register: 200 rules over 10,000 enterprises in one statement, against one plain statement a rule on the same database, in
 * turn; both must find the same.
 * @returns pairs of enterprise and rule a second, and the product’s milliseconds relative to those of the statements
 */
export async function policyRatios(
  server: pg.ClientConfig,
  dataDir: string,
  { enterprises, rules }: { readonly enterprises: number; readonly rules: number },
  tell: (line: string) => void,
): Promise<Record<string, number>> {
  const { app, connection } = await house(server, 'bench_policy', dataDir)
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await fill(client, enterprises)
    const asked = Array.from({ length: rules }, (_, i) => SHAPES[i % SHAPES.length]?.(i)).flatMap((one) => one ?? [])
    // With its wrong guess of the sums the planner would join them row by row; a person who sees that says so.
    await client.query('set enable_nestloop = off')
    const took = { ours: [] as number[], plain: [] as number[] }
    for (let round = -1; round < ROUNDS; round++) {
      const start = performance.now()
      const counted = await app.store.tx(1 as TenantId, (tx) =>
        countMatches(
          tx,
          asked.map(({ rule }) => rule),
          DAY,
        ),
      )
      const between = performance.now()
      const plain: number[] = []
      for (const { sql } of asked) plain.push(Number((await client.query(sql)).rows[0].count))
      const end = performance.now()
      const ours = counted.map(({ yes }) => Number(yes))
      if (ours.join() !== plain.join() || ours.every((yes) => yes === 0))
        throw new Error(`matched ${ours.join()}, in SQL ${plain.join()}`)
      tell(`round ${round}: ${(between - start).toFixed(0)} ms, in SQL ${(end - between).toFixed(0)} ms\n`)
      if (round < 0) continue
      took.ours.push(between - start)
      took.plain.push(end - between)
    }
    const [ours, plain] = [median(took.ours), median(took.plain)]
    tell(`${enterprises} enterprises × ${rules} rules: ${ours.toFixed(0)} ms, in SQL ${plain.toFixed(0)} ms\n`)
    return {
      pairsPerSecond: Math.round((enterprises * rules * 1000) / ours),
      ratio: Math.round((ours / plain) * 100) / 100,
    }
  } finally {
    await client.end()
    await app.close()
  }
}
