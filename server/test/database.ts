import { randomBytes } from 'node:crypto'
import pg from 'pg'

interface Database {
  readonly connection: pg.ClientConfig
  readonly drop: () => Promise<void>
}

/** A database of its own, cloned from the migrated template. */
export const freshDatabase = (): Promise<Database> => createDatabase('template_banjie')

/** A database of its own without any table. */
export const emptyDatabase = (): Promise<Database> => createDatabase('template0')

async function createDatabase(template: string): Promise<Database> {
  const given = process.env['BANJIE_TEST_PG']
  if (given === undefined) throw new Error('run tests with `npm test [name]`: it brings the database')
  const server = JSON.parse(given) as pg.ClientConfig
  const database = `t_${randomBytes(6).toString('hex')}`
  await ask(server, `create database ${database} template ${template}`)
  return {
    connection: { ...server, database },
    drop: () => ask(server, `drop database if exists ${database} with (force)`),
  }
}

/** Cloning takes a lock on the template; test files that start together wait for each other. */
async function ask(server: pg.ClientConfig, statement: string, attempt = 0): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } catch (error) {
    if (attempt > 50 || !/being accessed|55006/.test(String(error))) throw error
    await new Promise((done) => setTimeout(done, 50))
    return ask(server, statement, attempt + 1)
  } finally {
    await client.end()
  }
}
