import type pg from 'pg'
import type { Finding } from './finding.ts'

/** Tables that belong to no tenant, and the named exceptions among the tenants' tables. Each is here for a reason. */
const REFERENCE = ['tenant', 'setting', 'kysely_migration', 'kysely_migration_lock']
/** A session is looked up before its tenant is known. */
const LOCAL = ['session']
/** Row-level security disables GIN indexes; this one holds no personal data and is read by one function. */
const WITHOUT_RLS = ['case_search']

interface Rule {
  readonly what: string
  /** Returns rows with `place`: the offenders. $1 reference and local tables, $2 tables without RLS. */
  readonly offenders: string
}

const TENANT_TABLES = `
  with t as (
    select c.oid, c.relname, c.relrowsecurity from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($1::text[])
      and ($2::text[] is not null)
  ),
  tenant_column as (select attrelid, attnum from pg_attribute where attname = 'tenant_id' and attnotnull and not attisdropped)
`

const RULES: readonly Rule[] = [
  {
    what: 'has no tenant_id not null; make it a tenant table or name it as reference',
    offenders: `${TENANT_TABLES} select relname as place from t where oid not in (select attrelid from tenant_column)`,
  },
  {
    what: 'has a key whose first column is not tenant_id',
    offenders: `${TENANT_TABLES} select t.relname || ' ' || k.conname as place from t join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'f')
      left join tenant_column c on c.attrelid = t.oid where k.conparentid = 0 and k.conkey[1] is distinct from c.attnum
        and not (k.contype = 'f' and k.confrelid in (select oid from pg_class where relname = 'tenant'))`,
  },
  {
    what: 'is a unique index whose first column is not tenant_id',
    offenders: `${TENANT_TABLES} select i.indexrelid::regclass::text as place from t join pg_index i on i.indrelid = t.oid and i.indisunique
      left join tenant_column c on c.attrelid = t.oid where i.indkey[0] is distinct from c.attnum`,
  },
  {
    what: 'has no primary key',
    offenders: `${TENANT_TABLES} select relname as place from t where oid not in (select conrelid from pg_constraint where contype = 'p')`,
  },
  {
    what: 'is a foreign key without an index that begins with its columns',
    offenders: `${TENANT_TABLES} select t.relname || ' ' || k.conname as place from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0
      where not exists (select from pg_index i where i.indrelid = t.oid
        and (select array_agg(x order by x) from unnest((i.indkey::int2[])[0:array_length(k.conkey, 1) - 1]) x) = (select array_agg(x order by x) from unnest(k.conkey) x))`,
  },
  {
    what: 'has a trigger; business logic lives in the app',
    offenders: `${TENANT_TABLES} select t.relname || ' ' || g.tgname as place from t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal`,
  },
  {
    what: 'has a default that calls a function; the app passes ids and times',
    offenders: `${TENANT_TABLES} select t.relname || '.' || a.attname as place from t join pg_attrdef d on d.adrelid = t.oid
      join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
      where a.attgenerated = '' and pg_get_expr(d.adbin, d.adrelid) ~ '\\w\\(|CURRENT_'`,
  },
  {
    what: 'has no row-level security with the tenant policy',
    offenders: `${TENANT_TABLES} select relname as place from t where relname <> all ($2::text[]) and (not relrowsecurity
      or not exists (select from pg_policy p where p.polrelid = t.oid and pg_get_expr(p.polqual, p.polrelid) like '%app.tenant%'))`,
  },
  {
    what: 'is a GIN index on a table with row-level security, which would never use it',
    offenders: `${TENANT_TABLES} select i.indexrelid::regclass::text as place from t join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
      join pg_am a on a.oid = x.relam and a.amname = 'gin' where t.relrowsecurity`,
  },
  {
    what: 'is a timestamp without time zone',
    offenders: `${TENANT_TABLES} select t.relname || '.' || a.attname as place from t join pg_attribute a on a.attrelid = t.oid and a.atttypid = 'timestamp'::regtype`,
  },
  {
    // A unit's and an on-call post's telephone is the office's own; a mobile is refused there.
    what: 'holds contact data; only party and liaison_contact may',
    offenders: `${TENANT_TABLES} select t.relname || '.' || a.attname as place from t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      where a.attname ~ '(^|_)(phone|mobile|id_card|id_number|email)($|_)' and t.relname not in ('party', 'liaison_contact', 'unit', 'roster_post')`,
  },
]

/**
 * The rules of the schema (数据库结构规则), read from the catalogue of a migrated database.
 * @throws Error when the database has too few tables to mean anything
 */
export async function lintSchema(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query(
    "select count(*)::int as tables from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition",
  )
  if (rows[0].tables < 20) throw new Error(`schema lint saw ${rows[0].tables} tables only; was the database migrated?`)
  const findings: Finding[] = []
  for (const { what, offenders } of RULES) {
    const found = await client.query<{ place: string }>(offenders, [[...REFERENCE, ...LOCAL], WITHOUT_RLS])
    findings.push(...found.rows.map(({ place }) => ({ where: place, what })))
  }
  return findings
}
