import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  ENTERPRISE_FIGURE,
  ENTERPRISE_SIZE,
  type EnterpriseFigure,
  type EnterpriseId,
  type EnterpriseSize,
  PARTY_ORGANISATION,
  type PartyOrganisation,
  PolicyRule,
} from '@banjie/contract'
import fc from 'fast-check'
import pg from 'pg'
import { countMatches, listEligible } from '../src/policy/match.sql.ts'
import { judge } from '../src/policy/rule.ts'
import { type FactSheet, listSheets } from '../src/policy/sheet.sql.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

const DAY = '2026-06-15'
const FIRMS = 60
const SIZES = Object.keys(ENTERPRISE_SIZE) as EnterpriseSize[]
const PARTIES = Object.keys(PARTY_ORGANISATION) as PartyOrganisation[]
const CODES = Object.keys(ENTERPRISE_FIGURE) as EnterpriseFigure[]
const CHAINS = ['汽车及零部件', '生物医药', '新材料']
const TITLES = ['高新技术企业', '专精特新']

let w: World
const ids: EnterpriseId[] = []
before(async () => {
  w = await world(`${DAY}T09:30:00+08:00`)
  const unit = await w.unit('water')
  for (let i = 0; i < FIRMS; i++) {
    const name = `样本企业${String(i).padStart(2, '0')}`
    ids.push(
      (
        await must('supervisor', 'POST', '/api/v1/liaison-targets', {
          kind: 'enterprise',
          name,
          divisionCode: i % 3 ? '210101' : undefined,
        })
      )['id'],
    )
  }
  await register(unit)
})
after(() => w.close())
const { must } = storyteller(() => w)

const Firm = fc.record({
  chain: fc.option(fc.constantFrom(...CHAINS)),
  industry: fc.option(fc.constantFrom('C36', 'C35', 'I65')),
  registered: fc.option(fc.constantFrom('2026-02-28', '2025-06-15', '2024-01-31', '2010-12-31')),
  party: fc.option(fc.constantFrom(...PARTIES)),
  titlesRecorded: fc.boolean(),
  years: fc.array(
    fc.record({
      year: fc.constantFrom(2025, 2026),
      size: fc.option(fc.constantFrom(...SIZES)),
      scale: fc.boolean(),
      staff: fc.option(fc.integer({ min: 0, max: 400 })),
    }),
    { maxLength: 3 },
  ),
  titles: fc.array(
    fc.record({ title: fc.constantFrom(...TITLES), to: fc.option(fc.constantFrom('2026-06-14', DAY)) }),
    { maxLength: 2 },
  ),
  figures: fc.array(
    fc.record({
      code: fc.constantFrom(...CODES),
      year: fc.constantFrom(2024, 2025, 2026),
      months: fc.constantFrom(5, 12, 12, 12),
      fen: fc.integer({ min: -500, max: 1500 }),
    }),
    { maxLength: 8 },
  ),
})
/** A register with gaps, written as it would have come from the bureaus' files. */
async function register(unit: string): Promise<void> {
  const client = new pg.Client(w.connection)
  await client.connect()
  const firms = fc.sample(Firm, { numRuns: FIRMS, seed: 20_260_615 })
  for (const [i, firm] of firms.entries()) {
    await client.query(
      `insert into enterprise (tenant_id, id, chain, industry, registered_on, party_organisation, titles_recorded, party_members, figures_class, by_name, updated_at)
       values (1, $1, $2, $3, $4, $5, $6, 0, 'open', '测试', now())
       on conflict (tenant_id, id) do update set chain = excluded.chain, industry = excluded.industry, registered_on = excluded.registered_on,
         party_organisation = excluded.party_organisation, titles_recorded = excluded.titles_recorded`,
      [ids[i], firm.chain, firm.industry, firm.registered, firm.party, firm.titlesRecorded || firm.titles.length > 0],
    )
    for (const { year, size, scale, staff } of firm.years)
      await client.query(
        `insert into enterprise_year (tenant_id, enterprise_id, year, size, above_scale, staff, source) values (1, $1, $2, $3, $4, $5, '统计局') on conflict do nothing`,
        [ids[i], year, size, scale, staff],
      )
    for (const { title, to } of firm.titles)
      await client.query(
        `insert into enterprise_title (tenant_id, enterprise_id, title, from_day, to_day, source) values (1, $1, $2, '2025-01-01', $3, '工信局') on conflict do nothing`,
        [ids[i], title, to],
      )
    for (const { code, year, months, fen } of firm.figures)
      for (let month = 1; month <= (year === 2026 ? 5 : months); month++)
        await client.query(
          `insert into enterprise_figure (tenant_id, enterprise_id, month, code, fen, unit_id, source, by_name, at)
           values (1, $1, $2, $3, $4, $5, '统计局月报', '测试', now()) on conflict do nothing`,
          [ids[i], `${year}-${String(month).padStart(2, '0')}-01`, code, code === 'profit' ? fen : Math.abs(fen), unit],
        )
  }
  await client.end()
}

const cite = fc.constant('第三条')
const year = fc.constantFrom('this', 'last')
const bounds = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
  .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
const condition = fc.oneof(
  fc.record({ fact: fc.constant('size'), in: fc.subarray(SIZES, { minLength: 1 }), year, cite }),
  fc.record({ fact: fc.constant('aboveScale'), is: fc.boolean(), year, cite }),
  fc.record({ fact: fc.constant('chain'), in: fc.subarray(CHAINS, { minLength: 1 }), cite }),
  fc.record({ fact: fc.constant('industry'), prefix: fc.constantFrom('C', 'C3', 'I65'), cite }),
  fc.record({ fact: fc.constant('division'), prefix: fc.constantFrom('2101', '210102'), cite }),
  fc.tuple(bounds, cite).map(([range, words]) => ({ fact: 'age', ...range, cite: words })),
  fc.tuple(bounds, year, cite).map(([range, one, words]) => ({ fact: 'staff', ...range, year: one, cite: words })),
  fc.record({ fact: fc.constant('party'), in: fc.subarray(PARTIES, { minLength: 1 }), cite }),
  fc.record({ fact: fc.constant('title'), title: fc.constantFrom(...TITLES), cite }),
  fc.record({
    fact: fc.constant('figure'),
    code: fc.constantFrom(...CODES),
    min: fc.integer({ min: -2000, max: 9000 }),
    year,
    cite,
  }),
  fc.record({
    fact: fc.constant('growth'),
    code: fc.constantFrom(...CODES),
    percent: fc.constantFrom(-50, 0, 50, 100),
    cite,
  }),
  fc.record({ fact: fc.constant('bound'), is: fc.boolean(), cite }),
)
const { rule: Rule } = fc.letrec((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    condition,
    fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 4 }) }),
    fc.record({ not: tie('rule') }),
  ),
}))

test('the explanation of one enterprise and the matching of all say the same of every rule and every enterprise, in all three values', async () => {
  const rules = fc.sample(Rule, { numRuns: 300, seed: 7 }).map((rule) => PolicyRule.parse(rule))
  const { sheets, counted, eligible } = await w.app.store.tx(w.tenant, async (tx) => ({
    sheets: await listSheets(tx, DAY, ids),
    counted: await countMatches(tx, rules, DAY),
    eligible: await listEligible(tx, rules, DAY),
  }))
  assert.equal(sheets.length, FIRMS)
  const seen = { yes: 0, no: 0, unknown: 0 }
  for (const [no, rule] of rules.entries()) {
    const judged = sheets.map((sheet) => ({ id: sheet.id, truth: judge(rule, sheet) }))
    const count = (truth: boolean | null) => judged.filter((one) => one.truth === truth).length
    const row: Row = counted.find((one) => one.no === no) ?? {}
    assert.deepEqual(
      [row['yes'], row['ineligible'], row['unknown']],
      [count(true), count(false), count(null)],
      JSON.stringify(rule),
    )
    assert.deepEqual(
      eligible
        .filter((one) => one.no === no)
        .map(({ id }) => id)
        .sort(),
      judged.flatMap(({ id, truth }) => (truth === true ? id : [])).sort(),
    )
    seen.yes += count(true)
    seen.no += count(false)
    seen.unknown += count(null)
  }
  // The sample says something only where each of the three occurs often.
  assert.ok(Math.min(...Object.values(seen)) > 1000, JSON.stringify(seen))
})

test('what is missing is never a no: filling a gap turns an unknown into an answer and no answer into another', () => {
  const known: FactSheet = {
    ...{
      id: '' as EnterpriseId,
      name: '',
      sizeThis: 'small',
      sizeLast: 'small',
      scaleThis: true,
      scaleLast: true,
      staffThis: 40,
      staffLast: 40,
    },
    ...{
      chain: '新材料',
      industry: 'C36',
      division: '210101',
      months: 30,
      party: 'own',
      titles: ['专精特新'],
      bound: true,
    },
    figures: Object.fromEntries(
      CODES.flatMap((code) =>
        ['this', 'last', 'before'].map((name, i) => [`${code}_${name}`, { fen: 1000 - i * 300, n: 12 }]),
      ),
    ) as FactSheet['figures'],
  }
  const GAPS = [
    'sizeLast',
    'sizeThis',
    'scaleLast',
    'scaleThis',
    'staffLast',
    'staffThis',
    'chain',
    'industry',
    'division',
    'months',
    'party',
    'titles',
  ] as const
  fc.assert(
    fc.property(Rule, fc.subarray([...GAPS]), (given, gaps) => {
      const rule = PolicyRule.parse(given)
      const sheet = { ...known, ...Object.fromEntries(gaps.map((gap) => [gap, null])) }
      const before_ = judge(rule, sheet)
      assert.ok(before_ === null || before_ === judge(rule, known))
    }),
    { numRuns: 2000 },
  )
})
