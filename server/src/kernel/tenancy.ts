import { type Kysely, sql } from 'kysely'

/** The second lock (行级安全): a connection sees the rows of the tenant it was opened for and no others. */
export async function lockByTenant(db: Kysely<never>, ...tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await sql`alter table ${sql.ref(table)} enable row level security`.execute(db)
    // After a transaction the setting is '', not null.
    await sql`create policy tenant on ${sql.ref(table)} using (tenant_id = nullif(current_setting('app.tenant', true), '')::int)`.execute(
      db,
    )
  }
}

/** Splits a migration's text into statements and runs them in order. Statements end with `;` at the end of a line. */
export async function runAll(db: Kysely<never>, text: string): Promise<void> {
  for (const statement of text.split(/;\s*$/m)) if (statement.trim() !== '') await sql.raw(statement).execute(db)
}

/** Quarter partitions of `table` from the first of `fromYear` to the end of `toYear`, and a DEFAULT one whose emptiness is a health check. */
export async function partitionByQuarter(
  db: Kysely<never>,
  table: string,
  fromYear: number,
  toYear: number,
): Promise<void> {
  for (let year = fromYear; year <= toYear; year++)
    for (let quarter = 1; quarter <= 4; quarter++) {
      const from = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`
      const to = quarter === 4 ? `${year + 1}-01-01` : `${year}-${String(quarter * 3 + 1).padStart(2, '0')}-01`
      await sql`create table if not exists ${sql.ref(`${table}_${year}q${quarter}`)} partition of ${sql.ref(table)}
        for values from (${sql.lit(`${from}T00:00:00+08:00`)}) to (${sql.lit(`${to}T00:00:00+08:00`)})`.execute(db)
    }
  await sql`create table if not exists ${sql.ref(`${table}_default`)} partition of ${sql.ref(table)} default`.execute(
    db,
  )
}
