import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { freshDatabase } from '../server/test/database.ts'
import { boundaries, sources } from './boundaries.ts'
import { glossary, glossaryPage, words } from './glossary.ts'
import { lintSchema } from './schema-lint.ts'

const house = sources(join(import.meta.dirname, '..'))
/** The house with one file more, or with one file changed. */
const withFile = (path: string, text: string) => boundaries(new Map([...house, [path, text]])).map(({ what }) => what)

test('the house stands within its walls', () => assert.deepEqual(boundaries(house), []))
test('a scan that found next to nothing is an error, not a pass', () =>
  assert.throws(() => boundaries(new Map([...house].slice(0, 5))), /scan is broken/))

for (const [sentence, path, text, finding] of [
  ['case must not know the ledger', 'server/src/case/x.ts', "import { y } from '#ledger'", /not below it/],
  ['peers do not import each other', 'server/src/calendar/x.ts', "import { y } from '#org'", /not below it/],
  ['the kernel knows no module', 'server/src/kernel/x.ts', "import { y } from '#case'", /not below it/],
  [
    'nobody imports the composition root',
    'server/src/portal/x.ts',
    "import { y } from '#app'",
    /only the composition root/,
  ],
  [
    'a module is entered by its front door',
    'server/src/ledger/x.ts',
    "import { y } from '../case/view.ts'",
    /front door/,
  ],
  ['a new module says how high it stands', 'server/src/visit/x.ts', "import { y } from '#case'", /no height/],
  ['a type import is an import', 'server/src/case/x.ts', "import type { Y } from '#ledger'", /not below it/],
  ['the contract stands alone', 'contract/src/x.ts', "import { y } from '../../server/src/app.ts'", /stands alone/],
  [
    'the desk sees only the contract',
    'web/src/x.ts',
    "import { y } from '../../server/src/app.ts'",
    /only @banjie\/contract/,
  ],
  [
    'the server does not import the desk',
    'server/src/app2.ts',
    "import { y } from '../../web/src/desk/app.tsx'",
    /served as files/,
  ],
  ['SQL is built in its place', 'server/src/appeal/x.ts', "import { sql } from 'kysely'", /outside noun\.sql\.ts/],
  [
    'only the owner writes a table',
    'server/src/appeal/x.sql.ts',
    'sql`update "case" set version = 1`',
    /writes case, which case owns/,
  ],
  [
    'a table has an owner',
    'server/src/appeal/x.sql.ts',
    'sql`insert into ballot (id) values (1)`',
    /which nobody owns/,
  ],
  ['one reader of the wall clock', 'server/src/org/x.ts', 'export const now = new Date()', /wall clock/],
  ['names say something', 'server/src/case/utils.ts', '', /says nothing/],
] as const)
  test(`boundaries: ${sentence}`, () => {
    const found = withFile(path, text)
    assert.equal(found.length, 1, String(found))
    assert.match(found[0] ?? '', finding)
  })
test('boundaries: a comment is no import', () =>
  assert.deepEqual(withFile('server/src/case/x.ts', "// import { y } from '#ledger'\n/* from '#app' */"), []))

test('the glossary has every word and no other', () => {
  const page = glossaryPage()
  assert.deepEqual(glossary(page), [])
  const [first] = words()
  assert.match(glossary(page.replace(`| ${first?.id} |`, '| somethingElse |'))[0]?.what ?? '', /is not in GLOSSARY/)
  assert.match(glossary(`${page}| extra | 多余 | STAGE |\n`)[0]?.what ?? '', /not in the contract/)
  assert.throws(() => glossary(page, []), /scan is broken/)
})

const db = await freshDatabase()
const client = new pg.Client(db.connection)
await client.connect()
after(async () => {
  await client.end()
  await db.drop()
})
/** The findings after `ddl`, which is undone again. */
async function seeded(ddl: string): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(ddl)
    return (await lintSchema(client)).map(({ where, what }) => `${where} ${what}`)
  } finally {
    await client.query('rollback')
  }
}
const LOCKED = `alter table ballot enable row level security; create policy tenant on ballot using (tenant_id = nullif(current_setting('app.tenant', true), '')::int)`

test('the schema keeps its rules', async () => assert.deepEqual(await lintSchema(client), []))
test('a sound table passes', async () =>
  assert.deepEqual(
    await seeded(
      `create table ballot (tenant_id int not null references tenant, id uuid not null, primary key (tenant_id, id)); ${LOCKED}`,
    ),
    [],
  ))
for (const [sentence, ddl, finding] of [
  ['a table without tenant', 'create table ballot (id uuid primary key)', /has no tenant_id/],
  [
    'a key that begins elsewhere',
    `create table ballot (tenant_id int not null, id uuid, primary key (id, tenant_id)); ${LOCKED}`,
    /key whose first column/,
  ],
  ['a unique index over all tenants', `create unique index loose on "case" (number)`, /unique index whose first/],
  ['a table without primary key', `create table ballot (tenant_id int not null); ${LOCKED}`, /no primary key/],
  [
    'a foreign key across tenants',
    `create table ballot (tenant_id int not null, id uuid, s text references setting (key), primary key (tenant_id, id)); create index on ballot (s); ${LOCKED}`,
    /key whose first column/,
  ],
  ['a foreign key without index', 'drop index post_unit', /without an index/],
  [
    'a trigger',
    `create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger t before insert on unit for each row execute function f()`,
    /trigger/,
  ],
  [
    'a default from the database clock',
    'alter table unit alter column name set default now()::text',
    /default that calls/,
  ],
  ['a table without the second lock', 'alter table unit disable row level security', /no row-level security/],
  [
    'a table with another policy',
    'drop policy tenant on unit; create policy tenant on unit using (true)',
    /no row-level security/,
  ],
  [
    'a GIN index that row-level security disables',
    'create index g on "case" using gin (to_tsvector(\'simple\', title))',
    /GIN index/,
  ],
  ['a time without zone', 'alter table unit add column made timestamp', /without time zone/],
  ['contact data outside party', 'alter table "case" add column reporter_phone text', /contact data/],
] as const)
  test(`schema lint finds ${sentence}`, async () => {
    const found = await seeded(ddl)
    assert.ok(found.length > 0, 'nothing found')
    assert.match(found.join('\n'), finding)
  })
test('an empty database is an error, not a pass', async () => {
  await assert.rejects(async () => {
    await client.query('begin')
    try {
      await client.query('create schema aside')
      await client.query(
        `do $$ declare r record; begin for r in select tablename from pg_tables where schemaname = 'public' loop execute format('drop table if exists %I cascade', r.tablename); end loop; end $$`,
      )
      await lintSchema(client)
    } finally {
      await client.query('rollback')
    }
  }, /was the database migrated/)
})
