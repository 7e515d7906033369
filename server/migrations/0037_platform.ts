import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Who may act for an enterprise on the platform, the codes they sign in with, and their sessions. No code is stored: it follows from the row's id. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, PLATFORM)
  await lockByTenant(db, 'platform_person', 'platform_code', 'platform_session')
}

const PLATFORM = `
    create table platform_person (
      tenant_id int not null references tenant (id),
      id uuid not null,
      enterprise_id uuid not null,
      name text not null,
      invited_by text not null,
      invited_at timestamptz not null,
      last_signed_in_at timestamptz,
      revoked_at timestamptz,
      revoked_by text,
      revoked_why text,
      primary key (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      check ((revoked_at is null) = (revoked_why is null))
    );
    create index platform_person_enterprise on platform_person (tenant_id, enterprise_id);

    alter table liaison_contact add column email text, add column platform_person uuid,
      add foreign key (tenant_id, platform_person) references platform_person (tenant_id, id);
    create index liaison_contact_platform on liaison_contact (tenant_id, platform_person);
    create unique index liaison_contact_platform_address on liaison_contact (tenant_id, target_id, coalesce(email, phone))
      where platform_person is not null;

    create table platform_code (
      tenant_id int not null,
      id uuid not null,
      person_id uuid not null,
      expires_at timestamptz not null,
      failures int not null check (failures >= 0),
      used_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, person_id) references platform_person (tenant_id, id)
    );
    create index platform_code_person on platform_code (tenant_id, person_id);

    create table platform_session (
      tenant_id int not null,
      hash text not null,
      person_id uuid not null,
      expires_at timestamptz not null,
      primary key (tenant_id, hash),
      foreign key (tenant_id, person_id) references platform_person (tenant_id, id)
    );
    create index platform_session_person on platform_session (tenant_id, person_id);
`
