import type { CaseId, NewTagSet } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** Published versions of the tag dictionaries, newest first. */
export const listTagSets = (tx: Tx) =>
  tx.run<NewTagSet>(
    sql`select version, valid_from, source, kinds from tag_set where tenant_id = ${tx.tenant} order by valid_from desc, version desc`,
  )

export const insertTagSet = (tx: Tx, set: NewTagSet) =>
  tx.run(sql`
    insert into tag_set (tenant_id, version, valid_from, source, kinds)
    values (${tx.tenant}, ${set.version}, ${set.validFrom}, ${set.source}, ${JSON.stringify(set.kinds)}::jsonb)`)

/**
 * The tags of a case by which the ledger finds it; the truth is the case's own `facts.tags`. A table, because the row-level lock lets no index
 * over JSON be used.
 */
export const putCaseTags = (tx: Tx, id: CaseId, tags: readonly string[]) =>
  tx.run(sql`
    with gone as (delete from case_tag where tenant_id = ${tx.tenant} and case_id = ${id} and tag <> all(${[...tags]}::text[]))
    insert into case_tag (tenant_id, case_id, tag) select ${tx.tenant}, ${id}, unnest(${[...tags]}::text[]) on conflict do nothing`)
