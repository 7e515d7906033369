import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Divisions, units, persons, posts, ranks, roles, accounts, sessions, tokens and the district's own calendar days. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    create table division (
      tenant_id int not null references tenant (id),
      code text not null,
      name text not null,
      parent_code text,
      kind text not null,
      primary key (tenant_id, code)
    );
    create table unit (
      tenant_id int not null references tenant (id),
      id uuid not null,
      code text not null,
      name text not null,
      short_name text,
      kind text not null,
      parent_id uuid,
      division_code text,
      phone text,
      valid_from date not null,
      valid_to date,
      primary key (tenant_id, id),
      unique (tenant_id, code),
      foreign key (tenant_id, parent_id) references unit (tenant_id, id),
      foreign key (tenant_id, division_code) references division (tenant_id, code)
    );
    create index unit_parent on unit (tenant_id, parent_id);
    create index unit_division on unit (tenant_id, division_code);

    create table rank (
      tenant_id int not null references tenant (id),
      id uuid not null,
      code text not null,
      name text not null,
      level int not null,
      primary key (tenant_id, id),
      unique (tenant_id, code)
    );
    create table person (
      tenant_id int not null references tenant (id),
      id uuid not null,
      code text not null,
      name text not null,
      primary key (tenant_id, id),
      unique (tenant_id, code)
    );
    create table post (
      tenant_id int not null references tenant (id),
      id uuid not null,
      person_id uuid not null,
      unit_id uuid not null,
      title text,
      rank_id uuid,
      valid_from date not null,
      valid_to date,
      primary key (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, rank_id) references rank (tenant_id, id)
    );
    create index post_person on post (tenant_id, person_id);
    create index post_unit on post (tenant_id, unit_id);
    create index post_rank on post (tenant_id, rank_id);
    create table post_role (
      tenant_id int not null,
      post_id uuid not null,
      role text not null,
      primary key (tenant_id, post_id, role),
      foreign key (tenant_id, post_id) references post (tenant_id, id)
    );

    create table account (
      tenant_id int not null references tenant (id),
      account text not null,
      person_id uuid not null,
      password_hash text not null,
      failures int not null default 0,
      locked_until timestamptz,
      primary key (tenant_id, account),
      foreign key (tenant_id, person_id) references person (tenant_id, id)
    );
    create index account_person on account (tenant_id, person_id);
    create table session (
      hash text primary key,
      tenant_id int not null,
      account text not null,
      expires_at timestamptz not null
    );
    create index session_expiry on session (expires_at);
    create table token (
      tenant_id int not null,
      id uuid not null,
      hash text not null,
      name text not null,
      account text not null,
      expires_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, hash),
      foreign key (tenant_id, account) references account (tenant_id, account)
    );
    create index token_account on token (tenant_id, account);

    create table calendar_day (
      tenant_id int not null references tenant (id),
      layer text not null,
      day date not null,
      kind text not null check (kind in ('off', 'work', 'amOnly', 'pmOnly')),
      why text not null,
      source text not null,
      primary key (tenant_id, layer, day)
    );
    `,
  )
  await lockByTenant(db, 'division', 'unit', 'rank', 'person', 'post', 'post_role', 'account', 'token', 'calendar_day')
}
