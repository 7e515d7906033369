import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { Rules } from './rules.ts'

export interface RuleSet {
  readonly version: string
  readonly validFrom: string
  readonly source: string
  readonly rules: Omit<Rules, 'version' | 'source'>
}

/** All versions, oldest first. */
export const listRuleSets = (tx: Tx) =>
  tx.run<RuleSet>(
    sql`select version, valid_from, source, rules from rule_set where tenant_id = ${tx.tenant} order by valid_from`,
  )

export const insertRuleSet = (tx: Tx, set: { version: string; validFrom: string; source: string; rules: object }) =>
  tx.run(sql`
    insert into rule_set (tenant_id, version, valid_from, source, rules)
    values (${tx.tenant}, ${set.version}, ${set.validFrom}, ${set.source}, ${JSON.stringify(set.rules)}::jsonb) on conflict do nothing`)
