import type { Tx } from '#kernel/store'
import type { RuleAt } from './officer.ts'
import { listProjectRules, listRanks } from './rule.sql.ts'

/** The rule in force on a day, with the district's order of ranks. */
export async function ruleAt(tx: Tx, today: string): Promise<RuleAt> {
  const rule = (await listProjectRules(tx)).find(({ validFrom }) => validFrom <= today)
  return { rule, ranks: await listRanks(tx), today }
}
