import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Import batches and the mapping each sender's table had last time. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    create table import_batch (
      tenant_id int not null references tenant (id),
      id uuid not null,
      file_name text not null,
      sha256 text not null,
      kind text not null,
      state text not null,
      columns text[] not null,
      mapping jsonb not null,
      counts jsonb not null,
      errors jsonb not null,
      fault text,
      seconds numeric,
      by_person uuid,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id)
    );
    create index import_batch_at on import_batch (tenant_id, at);
    create table import_mapping (
      tenant_id int not null references tenant (id),
      sender text not null,
      mapping jsonb not null,
      at timestamptz not null,
      primary key (tenant_id, sender)
    );
    `,
  )
  await lockByTenant(db, 'import_batch', 'import_mapping')
}
