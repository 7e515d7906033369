import type { EnterpriseId, PolicyCondition, PolicyRule } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#kernel/store'
import { fenOf, monthsOf, sheets } from './sheet.sql.ts'

const column = (name: string) => sql.ref(`s.${name}`)
const between = (
  value: RawBuilder<unknown>,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
) =>
  sql`(${value} >= coalesce(${min ?? null}::bigint, -9223372036854775807) and ${value} <= coalesce(${max ?? null}::bigint, 9223372036854775807))`

/** A condition over a sheet s: true, false, or null where the fact is missing, as rule.ts says it of one. */
function conditionSql(condition: PolicyCondition): RawBuilder<unknown> {
  switch (condition.fact) {
    case 'size':
      return sql`${column(`size_${condition.year}`)} = any(${condition.in}::text[])`
    case 'aboveScale':
      return sql`${column(`scale_${condition.year}`)} = ${condition.is}`
    case 'chain':
      return sql`${column('chain')} = any(${condition.in}::text[])`
    case 'industry':
    case 'division':
      return sql`starts_with(${column(condition.fact)}, ${condition.prefix})`
    case 'age':
      return between(column('months'), condition)
    case 'staff':
      return between(column(`staff_${condition.year}`), condition)
    case 'party':
      return sql`${column('party')} = any(${condition.in}::text[])`
    case 'title':
      return sql`${condition.title} = any(${column('titles')})`
    case 'figure': {
      const { code, year } = condition
      const known = year === 'this' ? sql`${monthsOf(code, year)} > 0` : sql`${monthsOf(code, year)} = 12`
      return sql`case when ${known} then ${between(fenOf(code, year), condition)} end`
    }
    case 'growth': {
      const { code, percent } = condition
      const [last, before] = [fenOf(code, 'last'), fenOf(code, 'before')]
      return sql`case when ${monthsOf(code, 'last')} = 12 and ${monthsOf(code, 'before')} = 12
        then ${before} > 0 and ${last}::numeric * 100 >= ${before}::numeric * ${100 + percent}::int end`
    }
    case 'bound':
      return sql`${column('bound')} = ${condition.is}`
  }
}
/** A rule as an expression: SQL’s own logic of three values is the one that is meant. */
function ruleSql(rule: PolicyRule): RawBuilder<unknown> {
  if ('fact' in rule) return sql`(${conditionSql(rule)})`
  if ('not' in rule) return sql`(not ${ruleSql(rule.not)})`
  return 'all' in rule
    ? sql`(${sql.join(rule.all.map(ruleSql), sql` and `)})`
    : sql`(${sql.join(rule.any.map(ruleSql), sql` or `)})`
}

const matches = (tx: Tx, rules: readonly PolicyRule[], day: string) => sql`
  with s as materialized (${sheets(tx, day)})
  select s.id, r.no, r.ok from s cross join lateral (values ${sql.join(rules.map((rule, no) => sql`(${no}::int, ${ruleSql(rule)})`))}) as r (no, ok)`

/** How all open enterprises stand to each of many rules (成批匹配), by the rule’s place. Cost: one statement, one pass over the register. */
export const countMatches = (tx: Tx, rules: readonly PolicyRule[], day: string) =>
  tx.run<{ no: number; yes: number; ineligible: number; unknown: number }>(sql`
    select no, count(*) filter (where ok) as yes, count(*) filter (where not ok) as ineligible, count(*) filter (where ok is null) as unknown
    from (${matches(tx, rules, day)}) m group by no order by no`)

/** Who is eligible by which of many rules. */
export const listEligible = (tx: Tx, rules: readonly PolicyRule[], day: string) =>
  tx.run<{ id: EnterpriseId; no: number }>(
    sql`select id, no from (${matches(tx, rules, day)}) m where ok order by no, id`,
  )

const MOST = 500
/** Of whom a rule cannot be said, for want of data. */
export const listUnknown = (tx: Tx, rule: PolicyRule, day: string) =>
  tx.run<{ id: EnterpriseId }>(
    sql`select id from (${matches(tx, [rule], day)}) m where ok is null order by id limit ${MOST}`,
  )
