import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What the hard cases need: owned and merged cases, the suspension ledger, extensions, disputes, numbered documents. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    alter table "case"
      add column parent_id uuid,
      add column problem_id uuid,
      add column stage_before text,
      add column mode text,
      add column paused boolean not null default false,
      add column legacy boolean not null default false,
      add column supervised text,
      add column superior jsonb,
      add column stops jsonb not null default '[]',
      add column extensions jsonb not null default '[]',
      add column disputes jsonb not null default '[]',
      add column pending jsonb not null default '[]',
      add column ways jsonb not null default '[]',
      add column plan jsonb not null default '[]',
      add column judgement jsonb,
      add column quantities jsonb not null default '[]',
      add column beneficiaries int,
      add column dissatisfied int not null default 0,
      add column supplemented int not null default 0,
      add column re_raised int not null default 0,
      add column broken_promises int not null default 0,
      add column reach_tried_at timestamptz,
      add column published_at timestamptz,
      add foreign key (tenant_id, parent_id) references "case" (tenant_id, id),
      add foreign key (tenant_id, problem_id) references "case" (tenant_id, id);
    create index case_published on "case" (tenant_id, published_at) where published_at is not null;
    create index case_parent on "case" (tenant_id, parent_id) where parent_id is not null;
    create index case_problem on "case" (tenant_id, problem_id) where problem_id is not null;

    alter table case_clock
      add column original_due_at timestamptz,
      add column extra numeric not null default 0,
      add column stops jsonb not null default '[]',
      add column rung int not null default 0,
      add column fixed boolean not null default false;
    update case_clock set original_due_at = due_at;
    alter table case_clock alter column original_due_at set not null;

    alter table unit add column leader_id uuid, add foreign key (tenant_id, leader_id) references person (tenant_id, id);
    create index unit_leader on unit (tenant_id, leader_id);

    create table document_series (
      tenant_id int not null references tenant (id),
      series text not null,
      year int not null,
      last int not null,
      primary key (tenant_id, series, year)
    );
    `,
  )
  await lockByTenant(db, 'document_series')
}
