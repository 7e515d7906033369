import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Policies for enterprises with rules of who is eligible, what each enterprise is entitled to, and what it needs. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, POLICIES)
  await runAll(db, ENTITLEMENTS)
  await lockByTenant(db, 'policy', 'policy_version', 'entitlement', 'enterprise_need')
}

/** One version waits at a time, and whoever publishes is not who wrote it: the database holds both. */
const POLICIES = `
    create table policy (
      tenant_id int not null references tenant (id),
      id uuid not null,
      ended_on date,
      ended_reason text,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      check ((ended_on is null) = (ended_reason is null))
    );

    create table policy_version (
      tenant_id int not null,
      policy_id uuid not null,
      version int not null check (version > 0),
      body jsonb not null,
      by_person uuid,
      by_name text not null,
      at timestamptz not null,
      published_person uuid,
      published_by text,
      published_at timestamptz,
      primary key (tenant_id, policy_id, version),
      foreign key (tenant_id, policy_id) references policy (tenant_id, id),
      check (by_person is null or published_person is null or by_person <> published_person)
    );
    create unique index policy_version_waiting on policy_version (tenant_id, policy_id) where published_at is null;
`

/** The reason kept is the explanation on the day it was found, by the version of then. */
const ENTITLEMENTS = `
    create table entitlement (
      tenant_id int not null,
      policy_id uuid not null,
      enterprise_id uuid not null,
      version int not null,
      state text not null check (state in ('eligible', 'offered', 'confirmed', 'declined', 'paid', 'lapsed')),
      since date not null,
      why jsonb not null,
      offered_on date,
      confirmed_on date,
      account_tail text,
      declined_on date,
      declined_reason text,
      paid_on date,
      paid_fen bigint check (paid_fen > 0),
      voucher text,
      by_name text not null,
      updated_at timestamptz not null,
      primary key (tenant_id, policy_id, enterprise_id),
      foreign key (tenant_id, policy_id, version) references policy_version (tenant_id, policy_id, version),
      foreign key (tenant_id, enterprise_id) references enterprise (tenant_id, id),
      check ((state = 'paid') = (paid_on is not null)),
      check ((paid_on is null) = (paid_fen is null) and (paid_on is null) = (voucher is null)),
      check ((state = 'declined') = (declined_on is not null))
    );
    create index entitlement_enterprise on entitlement (tenant_id, enterprise_id);
    create index entitlement_version on entitlement (tenant_id, policy_id, version);
    create index entitlement_since on entitlement (tenant_id, policy_id, since);

    create table enterprise_need (
      tenant_id int not null,
      id uuid not null,
      enterprise_id uuid not null,
      kind text not null,
      words text not null,
      on_day date not null,
      state text not null check (state in ('asked', 'met', 'declined')),
      reply text,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references enterprise (tenant_id, id)
    );
    create index enterprise_need_enterprise on enterprise_need (tenant_id, enterprise_id, on_day);
`
