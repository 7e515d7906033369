import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#kernel/store'

/**
 * What was merged into a problem (并入的件), also by way of problems that were merged into it: a select of `id` and `type`. Its voices are the
 * appeals among them; a problem is no voice.
 * @param problem the problem's id, a column of the statement around it
 */
export const mergedUnder = (tx: Tx, problem: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  with recursive under as (
    select v.id, v.type from "case" v where v.tenant_id = ${tx.tenant} and v.problem_id = ${problem}
    union select v.id, v.type from under join "case" v on v.tenant_id = ${tx.tenant} and v.problem_id = under.id where under.type = 'problem'
  ) select id, type from under`

/** How many voices a problem has (诉求件数): a select of one number. */
export const countOfVoices = (tx: Tx, problem: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select count(*) from (${mergedUnder(tx, problem)}) voice where voice.type = 'appeal'`
