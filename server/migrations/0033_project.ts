import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** The register of projects: sheets, stages and their baselines, officers, what holds a project up; the rule for big ones and investment targets. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, KINDS)
  await runAll(db, REGISTER)
  await runAll(db, BASELINES)
  await runAll(db, OFFICERS)
  await runAll(db, OBSTACLES)
  await runAll(db, RULES)
  await lockByTenant(
    db,
    ...['project', 'project_stage', 'project_baseline', 'project_officer', 'project_pause'],
    ...['project_case', 'project_factor', 'project_rule', 'investment_target'],
  )
}

/** Kinds that other parts owe stand here too: whichever is built first, the constraint is the same. */
const KINDS = `
    alter table obligation drop constraint if exists obligation_kind_check;
    alter table obligation add constraint obligation_kind_check check (kind in ('period', 'checkIn', 'channelTest', 'target', 'task',
      'instalment', 'disbursement', 'appointment', 'stage', 'demand'));
`

/** A sheet beside the target of the same id. \`lacking_since\`: from which day the rule asks for officers that are not there. */
const REGISTER = `
    create table project (
      tenant_id int not null references tenant (id),
      id uuid not null,
      enterprise_id uuid,
      amount_fen bigint not null check (amount_fen > 0),
      type text not null check (type in ('new', 'continued')),
      maturity text not null check (maturity in ('doing', 'ready', 'wanted')),
      single boolean not null,
      chain text,
      division_code text,
      unit_id uuid not null,
      person_id uuid,
      agent text,
      state text not null default 'active' check (state in ('active', 'cancelled', 'merged')),
      state_note text,
      merged_into uuid,
      lacking_since date,
      by_name text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, division_code) references division (tenant_id, code),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, merged_into) references project (tenant_id, id),
      check ((state = 'active') = (state_note is null)),
      check ((state = 'merged') = (merged_into is not null))
    );
    create index project_enterprise on project (tenant_id, enterprise_id);
    create index project_division on project (tenant_id, division_code);
    create index project_unit on project (tenant_id, unit_id);
    create index project_person on project (tenant_id, person_id);
    create index project_merged on project (tenant_id, merged_into);

    create table project_stage (
      tenant_id int not null references tenant (id),
      project_id uuid not null,
      stage text not null check (stage in ('planning', 'negotiation', 'signing', 'landing', 'start', 'construction', 'production')),
      planned_on date,
      expected_on date,
      actual_on date,
      days int check (days > 0),
      red_line boolean not null,
      primary key (tenant_id, project_id, stage),
      foreign key (tenant_id, project_id) references project (tenant_id, id)
    );
    create index project_stage_actual on project_stage (tenant_id, stage, actual_on);
`

/** One version waits at a time, and nobody freezes what they proposed: the database holds both. */
const BASELINES = `
    create table project_baseline (
      tenant_id int not null references tenant (id),
      project_id uuid not null,
      version int not null check (version > 0),
      state text not null check (state in ('proposed', 'frozen', 'returned')),
      dates jsonb not null,
      document text not null,
      reason text,
      proposed_by uuid,
      proposed_name text not null,
      proposed_at timestamptz not null,
      decided_by uuid,
      decided_name text,
      decided_at timestamptz,
      note text,
      primary key (tenant_id, project_id, version),
      foreign key (tenant_id, project_id) references project (tenant_id, id),
      foreign key (tenant_id, proposed_by) references person (tenant_id, id),
      foreign key (tenant_id, decided_by) references person (tenant_id, id),
      check ((state = 'proposed') = (decided_at is null)),
      check (proposed_by is null or decided_by is null or proposed_by <> decided_by)
    );
    create unique index project_baseline_waiting on project_baseline (tenant_id, project_id) where state = 'proposed';
    create index project_baseline_proposed on project_baseline (tenant_id, proposed_by);
    create index project_baseline_decided on project_baseline (tenant_id, decided_by);
`

/** Which line of liaison is the chief's and which the secretary's: whoever takes the liaison over takes the office over. */
const OFFICERS = `
    create table project_officer (
      tenant_id int not null references tenant (id),
      project_id uuid not null,
      line_id uuid not null,
      role text not null check (role in ('chief', 'secretary')),
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, project_id, line_id),
      foreign key (tenant_id, project_id) references project (tenant_id, id),
      foreign key (tenant_id, line_id) references liaison (tenant_id, id) on delete cascade
    );
    create index project_officer_line on project_officer (tenant_id, line_id);

    create table project_pause (
      tenant_id int not null references tenant (id),
      project_id uuid not null,
      from_day date not null,
      to_day date not null,
      reason text not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, project_id, from_day),
      foreign key (tenant_id, project_id) references project (tenant_id, id),
      check (to_day >= from_day)
    );
`

const OBSTACLES = `
    create table project_case (
      tenant_id int not null references tenant (id),
      project_id uuid not null,
      case_id uuid not null,
      kind text not null check (kind in ('permit', 'land', 'funds', 'emission', 'factor', 'other')),
      at timestamptz not null,
      primary key (tenant_id, project_id, case_id),
      foreign key (tenant_id, project_id) references project (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id)
    );
    create index project_case_case on project_case (tenant_id, case_id);

    create table project_factor (
      tenant_id int not null references tenant (id),
      project_id uuid not null,
      factor text not null check (factor in ('land', 'funds', 'labour', 'energy', 'permit', 'supporting')),
      needed text not null,
      due_on date,
      secured_on date,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, project_id, factor),
      foreign key (tenant_id, project_id) references project (tenant_id, id)
    );
`

const RULES = `
    create table project_rule (
      tenant_id int not null references tenant (id),
      version int not null check (version > 0),
      threshold_fen bigint not null check (threshold_fen > 0),
      chief_rank text not null,
      secretary_rank text not null,
      rank_match text not null check (rank_match in ('exactly', 'atLeast')),
      appoint_workdays int not null check (appoint_workdays > 0),
      weekly_visits int not null check (weekly_visits >= 0),
      basis text not null,
      valid_from date not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, version),
      unique (tenant_id, valid_from)
    );

    create table investment_target (
      tenant_id int not null references tenant (id),
      year int not null check (year between 2000 and 2100),
      version int not null check (version > 0),
      items jsonb not null,
      basis text not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, year, version)
    );
`
