import { promises as fs } from 'node:fs'
import path from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { FileMigrationProvider, Migrator } from 'kysely/migration'
import pg from 'pg'
import { StartError } from './postgres.ts'

const FOLDER = path.join(import.meta.dirname, '../../migrations')

/** Brings the schema up to date as the owner, one transaction, and lets `banjie_app` work in it. @returns the migrations applied now */
export async function migrate(connection: pg.ClientConfig, folder = FOLDER): Promise<readonly string[]> {
  const pool = new pg.Pool({ ...connection, max: 2 })
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool }) })
  try {
    const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: folder }) })
    const { error, results = [] } = await migrator.migrateToLatest()
    const failed = results.find((result) => result.status === 'Error')
    if (error)
      throw new StartError(
        `数据库升级失败（${failed?.migrationName ?? ''}）：${(error as Error).message}。 Migration failed; nothing was changed.`,
      )
    await pool.query(`
      grant usage on schema public to banjie_app;
      grant select, insert, update, delete on all tables in schema public to banjie_app;
      revoke all on kysely_migration, kysely_migration_lock from banjie_app`)
    // A partition is reached through its parent, whose row-level security it does not have.
    const { rows } = await pool.query<{ name: string }>(
      "select format('%I', relname) as name from pg_class where relispartition and relkind = 'r'",
    )
    if (rows.length > 0) await pool.query(`revoke all on ${rows.map((row) => row.name).join(', ')} from banjie_app`)
    return results.map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}
