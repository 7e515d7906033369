import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Recurring duties: rules and exemptions; liaison targets, liaisons and visits. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, TARGETS)
  await runAll(db, CADENCE)
  await runAll(db, VISITS)
  await lockByTenant(
    db,
    ...['liaison_target', 'liaison_contact', 'liaison', 'cadence_rule', 'cadence_exemption'],
    ...['visit', 'visit_official', 'visit_case'],
  )
}

/**
 * Nobody is bound twice to one target at the same time, and a target has one main liaison at a time: the database holds it too. A range of one
 * id stands for the id, because equality of ids in such a constraint would need an extension that not every server has.
 */
const TARGETS = `
    create type id_range as range (subtype = uuid);

    create table liaison_target (
      tenant_id int not null references tenant (id),
      id uuid not null,
      kind text not null,
      name text not null,
      uscc text,
      division_code text,
      closed_on date,
      closed_reason text,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, kind, name),
      foreign key (tenant_id, division_code) references division (tenant_id, code),
      check ((closed_on is null) = (closed_reason is null))
    );
    create index liaison_target_division on liaison_target (tenant_id, division_code);
    create unique index liaison_target_uscc on liaison_target (tenant_id, kind, uscc) where uscc is not null;

    create table liaison_contact (
      tenant_id int not null,
      target_id uuid not null,
      name text,
      phone text,
      primary key (tenant_id, target_id),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id) on delete cascade
    );

    create table liaison (
      tenant_id int not null references tenant (id),
      id uuid not null,
      target_id uuid not null,
      person_id uuid not null,
      role text not null check (role in ('main', 'assisting')),
      line_id uuid not null,
      valid_from date not null,
      valid_to date,
      reason text not null,
      ended_reason text,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      check (valid_to is null or valid_to >= valid_from),
      constraint liaison_one_main exclude using gist (
        int4range(tenant_id, tenant_id, '[]') with =, id_range(target_id, target_id, '[]') with =, daterange(valid_from, valid_to, '[]') with &&
      ) where (role = 'main'),
      constraint liaison_once exclude using gist (
        int4range(tenant_id, tenant_id, '[]') with =, id_range(target_id, target_id, '[]') with =, id_range(person_id, person_id, '[]') with =,
        daterange(valid_from, valid_to, '[]') with &&
      )
    );
    create index liaison_target_from on liaison (tenant_id, target_id, valid_from);
    create index liaison_person on liaison (tenant_id, person_id, valid_from);
`

const CADENCE = `
    create table cadence_rule (
      tenant_id int not null references tenant (id),
      id uuid not null,
      code text not null,
      version int not null check (version > 0),
      title text not null,
      debtor jsonb not null,
      sharing text not null check (sharing in ('either', 'each')),
      toward_kind text,
      target_id uuid,
      min int not null check (min > 0),
      per text not null check (per in ('day', 'week', 'month', 'quarter')),
      counts text[] not null check (cardinality(counts) > 0),
      least_workdays int not null check (least_workdays > 0),
      basis text not null,
      valid_from date not null,
      valid_to date,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, code, version),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id),
      check ((toward_kind is null) <> (target_id is null)),
      check (valid_to is null or valid_to >= valid_from)
    );
    create index cadence_rule_target on cadence_rule (tenant_id, target_id);

    create table cadence_exemption (
      tenant_id int not null references tenant (id),
      id uuid not null,
      person_id uuid,
      target_id uuid,
      from_day date not null,
      to_day date not null,
      reason text not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id),
      check ((person_id is null) <> (target_id is null)),
      check (from_day <= to_day)
    );
    create index cadence_exemption_person on cadence_exemption (tenant_id, person_id);
    create index cadence_exemption_target on cadence_exemption (tenant_id, target_id);
`

/** A visit is one row whatever counts it: tags stand on it, they do not copy it. */
const VISITS = `
    create table visit (
      tenant_id int not null references tenant (id),
      id uuid not null,
      client_id uuid not null,
      fingerprint text not null,
      target_id uuid not null,
      kind text not null,
      on_day date not null,
      purpose text not null,
      place text,
      present text,
      note text,
      policies text,
      facts text,
      wishes text,
      quote text,
      may_quote boolean not null,
      tags text[] not null,
      by_person uuid,
      by_name text not null,
      recorded_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, client_id),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, by_person) references person (tenant_id, id),
      check (quote is not null or not may_quote)
    );
    create index visit_target on visit (tenant_id, target_id, on_day, id);
    create index visit_on on visit (tenant_id, on_day, id);
    create index visit_by on visit (tenant_id, by_person);

    create table visit_official (
      tenant_id int not null,
      visit_id uuid not null,
      person_id uuid not null,
      position int not null,
      primary key (tenant_id, visit_id, person_id),
      foreign key (tenant_id, visit_id) references visit (tenant_id, id) on delete cascade,
      foreign key (tenant_id, person_id) references person (tenant_id, id)
    );
    create index visit_official_person on visit_official (tenant_id, person_id, visit_id);

    create table visit_case (
      tenant_id int not null,
      visit_id uuid not null,
      case_id uuid not null,
      aspect text,
      raised boolean not null,
      primary key (tenant_id, visit_id, case_id),
      foreign key (tenant_id, visit_id) references visit (tenant_id, id) on delete cascade,
      foreign key (tenant_id, case_id) references "case" (tenant_id, id)
    );
    create index visit_case_case on visit_case (tenant_id, case_id, visit_id);
`
