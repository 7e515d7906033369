import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** The merge desk: suggested groups, steps that can be undone, decisions that last; tag dictionaries and the tags of a case. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, DESK)
  await runAll(db, TAGS)
  await lockByTenant(db, 'grouping', 'merge_step', 'opinion_link', 'tag_set', 'case_tag')
}

const DESK = `
    create table grouping (
      tenant_id int not null references tenant (id),
      id uuid not null,
      state text not null check (state in ('running', 'done', 'failed')),
      filter jsonb not null,
      opinions int not null,
      truncated boolean not null,
      groups jsonb not null,
      by_person uuid not null,
      started_at timestamptz not null,
      finished_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, by_person) references person (tenant_id, id)
    );
    create index grouping_person on grouping (tenant_id, by_person, started_at);

    create table merge_step (
      tenant_id int not null references tenant (id),
      id uuid not null,
      kind text not null check (kind in ('attach', 'split', 'create')),
      state text not null check (state in ('running', 'done', 'failed', 'undoing', 'undone')),
      problem_id uuid,
      case_ids uuid[] not null,
      moved jsonb not null,
      failures jsonb not null,
      by_person uuid not null,
      by_name text not null,
      started_at timestamptz not null,
      finished_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, problem_id) references "case" (tenant_id, id),
      foreign key (tenant_id, by_person) references person (tenant_id, id)
    );
    create index merge_step_person on merge_step (tenant_id, by_person, started_at);
    create index merge_step_problem on merge_step (tenant_id, problem_id);
    create index merge_step_running on merge_step (tenant_id, started_at) where state in ('running', 'undoing');

    create table opinion_link (
      tenant_id int not null references tenant (id),
      case_id uuid not null,
      other_id uuid not null,
      kind text not null check (kind in ('must', 'cannot')),
      reason text,
      by_person uuid,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, case_id, other_id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade,
      foreign key (tenant_id, other_id) references "case" (tenant_id, id) on delete cascade,
      check (case_id < other_id)
    );
    create index opinion_link_other on opinion_link (tenant_id, other_id);

    create index case_opinion on "case" (tenant_id, received_at, id) where type = 'appeal';
    create index case_problem_list on "case" (tenant_id, received_at, id) where type = 'problem';
`

const TAGS = `
    create table tag_set (
      tenant_id int not null references tenant (id),
      version text not null,
      valid_from date not null,
      source text not null,
      kinds jsonb not null,
      primary key (tenant_id, version)
    );

    create table case_tag (
      tenant_id int not null,
      case_id uuid not null,
      tag text not null,
      primary key (tenant_id, case_id, tag),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index case_tag_tag on case_tag (tenant_id, tag, case_id);
`
