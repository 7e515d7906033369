import { routes } from '@banjie/contract'
import pg from 'pg'
import { askAll, type Question, sum } from './ask.ts'
import { calendarQuestion } from './duty.ts'
import { fillDuties } from './duty-fill.ts'
import { fillEnterprises, POLICIES } from './enterprise-fill.ts'
import { fill } from './fill.ts'
import { house, NOW, signIn } from './house.ts'

/** As many visits as a page shows. */
const SHOWN = 300

const questionsOf = (id: string): Readonly<Record<string, Question>> => ({
  ...registerQuestions(id),
  ...concernQuestions(id),
  ...moneyQuestions(id),
  calendar: calendarQuestion(id),
  backlog: {
    url: routes.backlog.path,
    sql: `select c.lead_unit_id, count(*) as count from "case" c where c.tenant_id = 1 and c.closed_at is null
      and exists (select from enterprise_case e where e.tenant_id = 1 and e.case_id = c.id) group by 1`,
    agree: [({ total }) => total, (rows) => sum(rows.map(({ count }) => count))],
  },
})

const registerQuestions = (id: string) =>
  ({
    list: {
      url: `${routes.enterprises.path}?limit=50`,
      sql: `select t.id, t.name, e.chain, y.size, y.above_scale, p.name as main, count(*) over () as enterprises, count(p.id) over () as covered
        from liaison_target t left join enterprise e on e.tenant_id = t.tenant_id and e.id = t.id
        left join enterprise_year y on y.tenant_id = t.tenant_id and y.enterprise_id = t.id and y.year = 2026
        left join liaison l on l.tenant_id = t.tenant_id and l.target_id = t.id and l.role = 'main' and l.valid_from <= '2026-06-01'
          and (l.valid_to is null or l.valid_to >= '2026-06-01')
        left join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
        where t.tenant_id = 1 and t.kind = 'enterprise' and t.closed_on is null order by t.name, t.id limit 50`,
      agree: [({ counts }) => counts.covered, ([row]) => Number(row.covered)],
    },
    sheet: {
      url: routes.enterprise.path.replace(':id', id),
      sql: `select e.*, t.name, (select count(*) from enterprise_year y where y.tenant_id = 1 and y.enterprise_id = e.id) as years,
          (select count(*) from visit v where v.tenant_id = 1 and v.target_id = e.id) as visits,
          (select count(*) from enterprise_case k join "case" c on c.tenant_id = 1 and c.id = k.case_id
            where k.tenant_id = 1 and k.enterprise_id = e.id and c.closed_at is null) as open_cases
        from enterprise e join liaison_target t on t.tenant_id = e.tenant_id and t.id = e.id where e.tenant_id = 1 and e.id = $1`,
      values: [id],
      agree: [({ years, visits }) => years.length + visits, ([row]) => Number(row.years) + Number(row.visits)],
    },
    figures: {
      url: routes.enterpriseFigures.path.replace(':id', id),
      sql: `select f.month, f.code, f.fen, u.name from enterprise_figure f join unit u on u.tenant_id = f.tenant_id and u.id = f.unit_id
        where f.tenant_id = 1 and f.enterprise_id = $1 order by month`,
      values: [id],
      agree: [({ items }) => sum(items.map(fenOf)), (rows) => sum(rows.map(fenOf))],
    },
  }) satisfies Record<string, Question>
const fenOf = ({ fen }: { readonly fen: unknown }) => fen

const concernQuestions = (id: string) =>
  ({
    cases: {
      url: `${routes.enterpriseCases.path.replace(':id', id)}?limit=50`,
      sql: `select c.id, c.number, c.title, c.stage, c.received_at, u.name from enterprise_case e join "case" c on c.tenant_id = e.tenant_id and c.id = e.case_id
        left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id where e.tenant_id = 1 and e.enterprise_id = $1
        order by e.at desc, c.id desc limit 50`,
      values: [id],
      agree: [({ items }) => sum(items.map(serialOf)), (rows) => sum(rows.map(serialOf))],
    },
    visits: {
      url: routes.enterpriseVisits.path.replace(':id', id),
      sql: `select v.id, v.on_day, v.kind, v.note, row_number() over (order by v.on_day, v.id) as ordinal, string_agg(p.name, '、') as officials from visit v
        join visit_official o on o.tenant_id = v.tenant_id and o.visit_id = v.id join person p on p.tenant_id = o.tenant_id and p.id = o.person_id
        where v.tenant_id = 1 and v.target_id = $1 group by v.id, v.on_day, v.kind, v.note order by v.on_day desc, v.id desc limit ${SHOWN}`,
      values: [id],
      agree: [({ items }) => sum(items.map(ordinalOf)), (rows) => sum(rows.map(ordinalOf))],
    },
    projects: {
      url: routes.enterpriseProjects.path.replace(':id', id),
      sql: `select j.*, t.name, u.name as unit, (select json_agg(s order by s.stage) from project_stage s where s.tenant_id = 1 and s.project_id = j.id) as stages
        from project j join liaison_target t on t.tenant_id = 1 and t.id = j.id join unit u on u.tenant_id = 1 and u.id = j.unit_id
        where j.tenant_id = 1 and j.enterprise_id = $1 order by j.amount_fen desc`,
      values: [id],
      agree: [
        ({ items }) => sum(items.map(({ amountFen }: { amountFen: number }) => amountFen)),
        (rows) => sum(rows.map(({ amount_fen }) => amount_fen)),
      ],
    },
    policies: {
      url: routes.enterprisePolicies.path.replace(':id', id),
      sql: `select v.body, n.state, n.since, y.size = any (array(select jsonb_array_elements_text(v.body #> '{rule,in}'))) as yes from policy_version v
        join enterprise_year y on y.tenant_id = 1 and y.enterprise_id = $1 and y.year = 2026
        left join entitlement n on n.tenant_id = 1 and n.policy_id = v.policy_id and n.enterprise_id = y.enterprise_id
        where v.tenant_id = 1 and v.published_at is not null order by yes desc`,
      values: [id],
      agree: [
        ({ items }) =>
          items.filter(({ answer }: { answer: string }) => answer === 'yes').length * POLICIES + items.length,
        (rows) => rows.filter(({ yes }) => yes).length * POLICIES + rows.length,
      ],
    },
  }) satisfies Record<string, Question>
const serialOf = ({ number }: { readonly number: string }) => number.replaceAll(/\D/g, '').slice(-9)
const ordinalOf = ({ ordinal }: { readonly ordinal: unknown }) => ordinal

const moneyQuestions = (id: string) =>
  ({
    money: {
      url: routes.enterpriseMoney.path.replace(':id', id),
      sql: `select d.*, u.name as unit, sum(d.fen) over () as paid from disbursement d join unit u on u.tenant_id = 1 and u.id = d.unit_id
        where d.tenant_id = 1 and d.enterprise_id = $1 and d.voided_at is null order by d.on_day desc`,
      values: [id],
      agree: [({ fen }) => fen, ([row]) => Number(row.paid)],
    },
    financing: {
      url: routes.enterpriseFinancing.path.replace(':id', id),
      sql: `select f.*, p.label, (select json_agg(e order by e.seq) from financing_event e where e.tenant_id = 1 and e.financing_id = f.id) as events
        from financing f join financing_product p on p.tenant_id = 1 and p.code = f.product where f.tenant_id = 1 and f.enterprise_id = $1 order by f.on_day desc`,
      values: [id],
      agree: [({ lentFen }) => lentFen, (rows) => sum(rows.map(({ lent_fen }) => lent_fen ?? 0))],
    },
    promises: {
      url: routes.enterprisePromises.path.replace(':id', id),
      sql: `select b.*, u.name as unit, (select json_agg(i order by i.no) from promise_instalment i where i.tenant_id = 1 and i.promise_id = b.id) as instalments,
          b.fen - (select coalesce(sum(y.fen), 0) from promise_payment y where y.tenant_id = 1 and y.promise_id = b.id and y.voided_at is null) as rest
        from broken_promise b join unit u on u.tenant_id = 1 and u.id = b.unit_id where b.tenant_id = 1 and b.enterprise_id = $1 order by b.deadline`,
      values: [id],
      agree: [({ totals }) => totals.restFen, (rows) => sum(rows.map(({ rest }) => rest))],
    },
  }) satisfies Record<string, Question>

/**
 * The register of enterprises and the page of one busy enterprise: each request over HTTP against one plain statement of the same question on the same
 * database, in turn.
 * @param size how many visits and how many cases there are, over 10,000 enterprises
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
    return await askAll(app, client, await signIn(app, 'supervisor'), questionsOf(id), tell)
  } finally {
    await client.end()
    await app.close()
  }
}
