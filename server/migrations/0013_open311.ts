import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Keys of foreign Open311 clients and what they filed; the city's orders, and what goes back to the city. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    create table open311_key (
      tenant_id int not null references tenant (id),
      id uuid not null,
      name text not null,
      owner text not null,
      hash text not null,
      rights text[] not null,
      per_minute int not null check (per_minute > 0),
      created_by text not null,
      created_at timestamptz not null,
      revoked_by text,
      revoked_at timestamptz,
      primary key (tenant_id, id),
      unique (tenant_id, hash)
    );
    create table open311_request (
      tenant_id int not null,
      case_id uuid not null,
      key_id uuid not null,
      media_url text,
      filed_at timestamptz not null,
      primary key (tenant_id, case_id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade,
      foreign key (tenant_id, key_id) references open311_key (tenant_id, id)
    );
    create index open311_request_key on open311_request (tenant_id, key_id);

    create table exchange_order (
      tenant_id int not null,
      number text not null,
      case_id uuid not null,
      fingerprint text not null,
      received_at timestamptz not null,
      changed_at timestamptz,
      primary key (tenant_id, number),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index exchange_order_case on exchange_order (tenant_id, case_id);
    create table exchange_return (
      tenant_id int not null,
      case_id uuid not null,
      revision int not null,
      position bigint not null,
      ready_at timestamptz not null,
      acknowledged_at timestamptz,
      acknowledged_by text,
      primary key (tenant_id, case_id, revision),
      unique (tenant_id, position),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index exchange_return_waiting on exchange_return (tenant_id, position) where acknowledged_at is null;
    create index exchange_return_ready on exchange_return (tenant_id, ready_at);
    create table exchange_profile (
      tenant_id int not null references tenant (id),
      body text not null,
      version int not null,
      columns jsonb not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, body, version)
    );

    create index case_superior_number on "case" (tenant_id, (superior ->> 'number')) where superior is not null;
    insert into exchange_return (tenant_id, case_id, revision, position, ready_at)
      select tenant_id, id, version, row_number() over (partition by tenant_id order by coalesce(answered_at, closed_at), id), coalesce(answered_at, closed_at)
      from "case" where superior is not null and coalesce(answered_at, closed_at) is not null;
    `,
  )
  await lockByTenant(db, 'open311_key', 'open311_request', 'exchange_order', 'exchange_return', 'exchange_profile')
}
