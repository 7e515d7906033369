import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Problem lists, the log of what was done to them, crosswalks and goals. Items and commitments are cases. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, LISTS)
  await runAll(db, CROSSWALK)
  await lockByTenant(db, 'problem_list', 'problem_list_change', 'crosswalk_match', 'goal')
}

const LISTS = `
    create table problem_list (
      tenant_id int not null references tenant (id),
      id uuid not null,
      kind text not null,
      title text not null,
      period_from date,
      period_to date,
      origin text not null check (origin in ('own', 'superior', 'thirdParty')),
      source_document text,
      source_on date,
      owner_unit_id uuid,
      aspects text[] not null,
      note text,
      state text not null check (state in ('draft', 'published', 'closed')),
      version int not null,
      created_at timestamptz not null,
      published_at timestamptz,
      closed_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, owner_unit_id) references unit (tenant_id, id)
    );
    create index problem_list_owner on problem_list (tenant_id, owner_unit_id);
    create index problem_list_created on problem_list (tenant_id, created_at);

    create table problem_list_change (
      tenant_id int not null references tenant (id),
      id uuid not null,
      list_id uuid not null,
      at timestamptz not null,
      kind text not null,
      by_person uuid,
      by_name text not null,
      case_id uuid,
      why text,
      data jsonb not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, list_id) references problem_list (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id)
    );
    create index problem_list_change_list on problem_list_change (tenant_id, list_id, id);
    create index problem_list_change_case on problem_list_change (tenant_id, case_id);

    create index case_listed on "case" (tenant_id, (facts ->> 'listId')) where facts ? 'listId';
    create index case_event_listed on case_event (tenant_id, (patch -> 'facts' ->> 'listId')) where patch -> 'facts' ? 'listId';
`

const CROSSWALK = `
    create table crosswalk_match (
      tenant_id int not null references tenant (id),
      superior_id uuid not null,
      own_id uuid not null,
      note text,
      by_person uuid,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, superior_id, own_id),
      foreign key (tenant_id, superior_id) references "case" (tenant_id, id),
      foreign key (tenant_id, own_id) references "case" (tenant_id, id),
      check (superior_id <> own_id)
    );
    create index crosswalk_match_own on crosswalk_match (tenant_id, own_id);

    create table goal (
      tenant_id int not null references tenant (id),
      id uuid not null,
      title text not null,
      superior_list_id uuid not null,
      own_list_id uuid not null,
      created_at timestamptz not null,
      by_person uuid,
      by_name text not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, superior_list_id) references problem_list (tenant_id, id),
      foreign key (tenant_id, own_list_id) references problem_list (tenant_id, id)
    );
    create index goal_superior on goal (tenant_id, superior_list_id);
    create index goal_own on goal (tenant_id, own_list_id);
`
