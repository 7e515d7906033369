import type { Kysely } from 'kysely'
import { lockByTenant, partitionByQuarter, runAll } from '../src/kernel/tenancy.ts'

/** Tenants, number blocks, idempotent answers, audit and files. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    create table tenant (
      id int primary key,
      slug text not null unique,
      name text not null,
      host text unique,
      phone text not null default '12345',
      division_code text not null default '',
      demo boolean not null default false,
      secret bytea not null,
      created_at timestamptz not null
    );
    create table setting (key text primary key, value jsonb not null);

    create table number_block (
      tenant_id int not null references tenant (id),
      prefix text not null,
      day date not null,
      next int not null,
      primary key (tenant_id, prefix, day)
    );

    create table idempotency (
      tenant_id int not null references tenant (id),
      principal text not null,
      key uuid not null,
      fingerprint text not null,
      answer jsonb,
      at timestamptz not null,
      primary key (tenant_id, principal, key)
    );
    create index idempotency_at on idempotency (tenant_id, at);

    create table audit (
      tenant_id int not null,
      id uuid not null,
      at timestamptz not null,
      action text not null,
      by_person uuid,
      by_name text not null,
      object_kind text not null,
      object_id text not null,
      note text not null,
      request_id text not null,
      primary key (tenant_id, at, id)
    ) partition by range (at);
    create index audit_object on audit (tenant_id, object_kind, object_id, at);

    create table blob (
      tenant_id int not null references tenant (id),
      id uuid not null,
      sha256 text not null,
      name text not null,
      media_type text not null,
      bytes int not null,
      created_at timestamptz not null,
      attached_kind text,
      attached_id uuid,
      is_public boolean not null default false,
      primary key (tenant_id, id)
    );
    create index blob_attached on blob (tenant_id, attached_id);
    create index blob_loose on blob (tenant_id, created_at) where attached_id is null;
    `,
  )
  await partitionByQuarter(db, 'audit', 2025, 2028)
  await lockByTenant(db, 'number_block', 'idempotency', 'audit', 'blob')
}
