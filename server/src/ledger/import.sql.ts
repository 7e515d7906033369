import type { ImportMapping } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface Counts {
  readonly read: number
  readonly added: number
  readonly unchanged: number
  readonly rejected: number
  readonly total: number | null
}
export interface BatchRow {
  readonly id: string
  readonly fileName: string
  readonly sha256: string
  readonly kind: 'xlsx' | 'xls' | 'csv' | 'jsonl'
  readonly state: 'reading' | 'ready' | 'committing' | 'done' | 'failed' | 'undone'
  readonly columns: string[]
  readonly mapping: ImportMapping
  readonly counts: Counts
  readonly errors: { row: number; column: string; code: string; detail: string }[]
  readonly fault: string | null
  readonly seconds: number | null
  readonly byName: string
  readonly at: Date
}

const COLUMNS = sql`id, file_name, sha256, kind, state, columns, mapping, counts, errors, fault, seconds, by_name, at`

export const insertBatch = (
  tx: Tx,
  batch: Pick<BatchRow, 'id' | 'fileName' | 'sha256' | 'kind' | 'byName' | 'at'> & {
    byPerson: string | null
    mapping: ImportMapping
  },
) =>
  tx.run(sql`
    insert into import_batch (tenant_id, id, file_name, sha256, kind, state, columns, mapping, counts, errors, by_person, by_name, at)
    values (${tx.tenant}, ${batch.id}, ${batch.fileName}, ${batch.sha256}, ${batch.kind}, 'reading', '{}', ${JSON.stringify(batch.mapping)}::jsonb,
      '{"read":0,"added":0,"unchanged":0,"rejected":0,"total":null}', '[]', ${batch.byPerson}, ${batch.byName}, ${batch.at})`)

export const findBatch = async (tx: Tx, id: string) =>
  (await tx.run<BatchRow>(sql`select ${COLUMNS} from import_batch where tenant_id = ${tx.tenant} and id = ${id}`))[0]
export const lockBatch = async (tx: Tx, id: string) =>
  (
    await tx.run<BatchRow>(
      sql`select ${COLUMNS} from import_batch where tenant_id = ${tx.tenant} and id = ${id} for update`,
    )
  )[0]
export const listBatches = (tx: Tx) =>
  tx.run<BatchRow>(sql`select ${COLUMNS} from import_batch where tenant_id = ${tx.tenant} order by at desc limit 50`)

export const updateBatch = (
  tx: Tx,
  id: string,
  now: Partial<Pick<BatchRow, 'state' | 'columns' | 'mapping' | 'counts' | 'errors' | 'fault' | 'seconds'>>,
) => {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return tx.run(sql`
    update import_batch set state = coalesce(${now.state ?? null}, state), columns = coalesce(${now.columns ?? null}::text[], columns),
      mapping = coalesce(${json(now.mapping)}::jsonb, mapping), counts = coalesce(${json(now.counts)}::jsonb, counts),
      errors = coalesce(${json(now.errors)}::jsonb, errors), fault = ${now.fault ?? null}, seconds = coalesce(${now.seconds ?? null}, seconds)
    where tenant_id = ${tx.tenant} and id = ${id}`)
}

/** The mapping this sender's table had last time. */
export const findMapping = async (tx: Tx, sender: string) =>
  (
    await tx.run<{ mapping: ImportMapping }>(
      sql`select mapping from import_mapping where tenant_id = ${tx.tenant} and sender = ${sender}`,
    )
  )[0]?.mapping
export const rememberMapping = (tx: Tx, sender: string, mapping: ImportMapping, at: Date) =>
  tx.run(sql`
    insert into import_mapping (tenant_id, sender, mapping, at) values (${tx.tenant}, ${sender}, ${JSON.stringify(mapping)}::jsonb, ${at})
    on conflict (tenant_id, sender) do update set mapping = excluded.mapping, at = excluded.at`)

/** Keys of this source that are cases already. An order of a superior is known by its number, however it came. */
const knownKeys = async (tx: Tx, source: string, keys: readonly string[]) =>
  new Set(
    (
      await tx.run<{ key: string }>(
        sql`select source_key as key from "case" where tenant_id = ${tx.tenant} and source = ${source} and source_key = any(${[...keys]}::text[])
          union select superior ->> 'number' from "case" where tenant_id = ${tx.tenant} and superior is not null and ${source} = '12345'
            and superior ->> 'number' = any(${[...keys]}::text[])`,
      )
    ).map((row) => row.key),
  )

/** The rows that are cases already. */
export async function knownRows<R extends { readonly source: string; readonly key: string }>(
  tx: Tx,
  rows: readonly R[],
): Promise<ReadonlySet<R>> {
  const found: R[] = []
  for (const [source, own] of Map.groupBy(rows, (row) => row.source)) {
    const keys = await knownKeys(
      tx,
      source,
      own.map(({ key }) => key),
    )
    found.push(...own.filter(({ key }) => keys.has(key)))
  }
  return new Set(found)
}

export const failInterrupted = (tx: Tx, before: Date, alive: readonly string[], fault: string) =>
  tx.run(sql`
    update import_batch set state = 'failed', fault = ${fault}
    where tenant_id = ${tx.tenant} and state in ('reading', 'committing') and at < ${before} and id <> all (${[...alive]}::uuid[]) returning id`)
