import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../server/src/kernel/migrate.ts'
import { type Cluster, startEmbedded } from '../server/src/kernel/postgres.ts'

/** One PostgreSQL for all tests, with a migrated template that every test file clones. */
let cluster: Cluster | undefined
let home = ''

export async function globalSetup(): Promise<void> {
  home = mkdtempSync('/tmp/banjie-test-')
  // Tests clone databases by the dozen and none has to survive a power cut.
  cluster = await startEmbedded({
    dataDir: home,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const client = new pg.Client(cluster.connection)
  await client.connect()
  await client.query('create database template_banjie')
  await client.end()
  await migrate({ ...cluster.connection, database: 'template_banjie' })
  process.env['BANJIE_TEST_PG'] = JSON.stringify(cluster.connection)
  if (!existsSync(join(import.meta.dirname, '../../shared/data')))
    console.error('../shared/data is not here: the tests that measure on it will say that they skip.')
}

export async function globalTeardown(): Promise<void> {
  await cluster?.stop()
  rmSync(home, { recursive: true, force: true })
}
