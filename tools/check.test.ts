import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { CASE_TYPES } from '../server/src/wiring.ts'
import { freshDatabase } from '../server/test/database.ts'
import { articlePage, articles } from './article-page.ts'
import { boundaries, sources } from './boundaries.ts'
import { caseTypeDocs, caseTypePages, committedPages } from './case-type-docs.ts'
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
  [
    'no call of the desk is dropped',
    'web/src/x.ts',
    'const lines = []\n  lines.push(1)',
    /build drops this call on lines/,
  ],
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

const PAGE = 'docs/case-types/reminder.md'
const pages = committedPages(join(import.meta.dirname, '..'))
const [reminder] = CASE_TYPES.filter(({ id }) => id === 'reminder')
assert.ok(reminder)
const { read, ...rest } = reminder.actions
assert.ok(read)
/** The pages as they are, held against a house whose reminder is declared otherwise. */
const declared = (changed: Partial<typeof reminder>) =>
  caseTypeDocs(
    pages,
    CASE_TYPES.map((type) => (type === reminder ? { ...type, ...changed } : type)),
  )

test('the pages of the case types say what the declarations say', () =>
  assert.deepEqual(caseTypeDocs(pages, CASE_TYPES), []))
for (const [sentence, changed] of [
  ['an action under another name', { actions: { ...rest, read: { ...read, label: '阅毕' } } }],
  ['an action of other people', { actions: { ...rest, read: { ...read, by: ['leader'] } } }],
  ['an action that stays where it led on', { actions: { ...rest, read: { ...read, to: null } } }],
  ['a form with other fields', { actions: { ...rest, read: { ...read, input: reminder.facts } } }],
  ['a clock that ends otherwise', { clocks: { close: { starts: ['open'], ends: ['note'], shows: ['sent'] } } }],
] satisfies [string, Partial<typeof reminder>][])
  test(`case type pages: ${sentence} is found`, () =>
    assert.deepEqual(declared(changed), [{ where: PAGE, what: 'is not what the declarations say; run npm run docs' }]))
test('case type pages: a stage under another name is found on its page and in the index', () =>
  assert.deepEqual(
    declared({ stages: { ...reminder.stages, sent: '待阅' } }).map(({ where }) => where),
    ['docs/case-types/README.md', PAGE],
  ))
test('case type pages: a missing page is found', () =>
  assert.deepEqual(caseTypeDocs(new Map([...pages].filter(([path]) => path !== PAGE)), CASE_TYPES), [
    { where: PAGE, what: 'is missing; run npm run docs' },
  ]))
test('case type pages: the page of a type that is gone is found', () =>
  assert.deepEqual(caseTypeDocs(new Map([...pages, ['docs/case-types/ballot.md', '']]), CASE_TYPES), [
    { where: 'docs/case-types/ballot.md', what: 'describes a case type that no longer exists; run npm run docs' },
  ]))
test('case type pages: no case type at all is an error, not a pass', () =>
  assert.throws(() => caseTypeDocs(new Map(), []), /scan is broken/))
test('case type pages: a stage that nobody declared is an error, not an arrow into nothing', () =>
  assert.throws(
    () => caseTypePages([{ ...reminder, actions: { ...rest, read: { ...read, from: ['lost'] } } }]),
    /undeclared stage lost/,
  ))

const root = join(import.meta.dirname, '..')
const article = articlePage(root)
/** The findings on the page after one change to its text. */
const articleWith = (from: string | RegExp, to: string) => {
  const changed = article.replace(from, to)
  assert.notEqual(changed, article, 'nothing was changed')
  return articles(changed, root).map(({ what }) => what)
}
test('the page about the five articles names files that are there', () => assert.deepEqual(articles(article, root), []))
test('articles: a file that is gone is found', () =>
  assert.deepEqual(articleWith('server/src/case/step/order-sweep.ts', 'server/src/case/step/gone.ts'), [
    'names server/src/case/step/gone.ts, which is not there',
  ]))
test('articles: a mechanism that is claimed without a file is found', () =>
  assert.match(articleWith(/\| 尚无 \|(?= —)/, '| 有   |').join(), /says 有 and names no file/))
test('articles: a state that is none is found', () =>
  assert.match(articleWith(/\| 尚无 \|(?= —)/, '| 快了 |').join(), /the state 快了/))
test('articles: a mechanism left out, or told twice, is found', () => {
  assert.deepEqual(articleWith(/^\| P13 /m, '| P12 '), ['P12 is told 2 times', 'P13 is told 0 times'])
})
test('articles: a sum that the rows do not give is found', () =>
  assert.match(
    articleWith(/^(\| 大东区 +\|) \d+ /m, '$1 99 ').join(),
    /the rows of D sum up to \d+ \d+ \d+, the first table says 99 /,
  ))
test('articles: a page without rows is an error, not a pass', () =>
  assert.throws(() => articles('# 五篇报道\n', root), /scan is broken/))

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
