import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Quantities by a date with their versions, objects and check-ins; the year's plan that they stand in. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, TARGETS)
  await runAll(db, PLANS)
  await runAll(db, CHECK_INS)
  await lockByTenant(db, ...['target', 'target_version', 'target_object', 'check_in'])
  await lockByTenant(db, ...['plan', 'plan_field', 'plan_target', 'plan_task', 'plan_milestone', 'plan_task_order'])
}

/** `fixed_at`: from then on a definition changes by an approved version only. Progress has no column: it is counted. */
const TARGETS = `
    create table target (
      tenant_id int not null references tenant (id),
      id uuid not null,
      title text not null,
      unit_id uuid,
      person_id uuid,
      duty text,
      check_unit_id uuid,
      cadence text check (cadence in ('weekly', 'monthly')),
      fixed_at timestamptz,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, check_unit_id) references unit (tenant_id, id),
      check (check_unit_id <> unit_id)
    );
    create index target_unit on target (tenant_id, unit_id);
    create index target_person on target (tenant_id, person_id);
    create index target_check_unit on target (tenant_id, check_unit_id);

    create table target_version (
      tenant_id int not null,
      target_id uuid not null,
      version int not null check (version > 0),
      state text not null check (state in ('proposed', 'approved', 'returned')),
      definition jsonb not null,
      reason text,
      proposer_id uuid,
      proposer_name text not null,
      proposed_at timestamptz not null,
      approver_id uuid,
      approver_name text,
      decided_at timestamptz,
      note text,
      primary key (tenant_id, target_id, version),
      foreign key (tenant_id, target_id) references target (tenant_id, id),
      foreign key (tenant_id, proposer_id) references person (tenant_id, id),
      foreign key (tenant_id, approver_id) references person (tenant_id, id),
      check ((version = 1) = (reason is null)),
      check (version = 1 or approver_id is null or approver_id <> proposer_id)
    );
    create unique index target_version_waiting on target_version (tenant_id, target_id) where state = 'proposed' and version > 1;
    create index target_version_proposer on target_version (tenant_id, proposer_id);
    create index target_version_approver on target_version (tenant_id, approver_id);

    create table target_object (
      tenant_id int not null,
      id uuid not null,
      target_id uuid not null,
      name text not null,
      unit_id uuid,
      position int not null,
      primary key (tenant_id, id),
      unique (tenant_id, target_id, name),
      foreign key (tenant_id, target_id) references target (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index target_object_unit on target_object (tenant_id, unit_id);
`

const PLANS = `
    create table plan (
      tenant_id int not null references tenant (id),
      id uuid not null,
      year int not null,
      title text not null,
      banner text,
      state text not null default 'draft' check (state in ('draft', 'published')),
      published_at timestamptz,
      published_by text,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, year, title),
      check ((state = 'published') = (published_at is not null))
    );

    create table plan_field (
      tenant_id int not null,
      id uuid not null,
      plan_id uuid not null,
      name text not null,
      position int not null,
      primary key (tenant_id, id),
      unique (tenant_id, plan_id, name),
      foreign key (tenant_id, plan_id) references plan (tenant_id, id)
    );

    create table plan_target (
      tenant_id int not null,
      target_id uuid not null,
      field_id uuid not null,
      position int not null,
      primary key (tenant_id, target_id),
      foreign key (tenant_id, target_id) references target (tenant_id, id),
      foreign key (tenant_id, field_id) references plan_field (tenant_id, id)
    );
    create index plan_target_field on plan_target (tenant_id, field_id, position);

    create table plan_task (
      tenant_id int not null,
      id uuid not null,
      target_id uuid not null,
      title text not null,
      unit_id uuid,
      person_id uuid,
      duty text,
      check_unit_id uuid,
      cadence text check (cadence in ('weekly', 'monthly')),
      due_on date,
      days int not null check (days > 0),
      red_line boolean not null,
      quantity numeric(18, 3) check (quantity > 0),
      quantity_unit text,
      position int not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, target_id) references target (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, check_unit_id) references unit (tenant_id, id),
      check ((quantity is null) = (quantity_unit is null)),
      check (check_unit_id <> unit_id)
    );
    create index plan_task_target on plan_task (tenant_id, target_id, position);
    create index plan_task_unit on plan_task (tenant_id, unit_id);
    create index plan_task_person on plan_task (tenant_id, person_id);
    create index plan_task_check_unit on plan_task (tenant_id, check_unit_id);

    create table plan_milestone (
      tenant_id int not null,
      id uuid not null,
      task_id uuid not null,
      title text not null,
      due_on date not null,
      position int not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, task_id) references plan_task (tenant_id, id)
    );
    create index plan_milestone_task on plan_milestone (tenant_id, task_id, position);

    create table plan_task_order (
      tenant_id int not null,
      task_id uuid not null,
      before_id uuid not null,
      primary key (tenant_id, task_id, before_id),
      foreign key (tenant_id, task_id) references plan_task (tenant_id, id),
      foreign key (tenant_id, before_id) references plan_task (tenant_id, id),
      check (task_id <> before_id)
    );
    create index plan_task_order_before on plan_task_order (tenant_id, before_id);
`

/** Only added to; a wrong one is voided and stays to be read. What counts has evidence. */
const CHECK_INS = `
    create table check_in (
      tenant_id int not null,
      id uuid not null,
      target_id uuid not null,
      object_id uuid,
      task_id uuid,
      milestone_id uuid,
      day date not null,
      quantity numeric(18, 3) check (quantity > 0),
      measured numeric(18, 3) check (measured > 0),
      words text[] not null,
      done boolean not null,
      evidence text,
      note text,
      issues text,
      next text,
      by_id uuid,
      by_name text not null,
      at timestamptz not null,
      voided_at timestamptz,
      voided_by text,
      void_reason text,
      primary key (tenant_id, id),
      foreign key (tenant_id, target_id) references target (tenant_id, id),
      foreign key (tenant_id, object_id) references target_object (tenant_id, id),
      foreign key (tenant_id, task_id) references plan_task (tenant_id, id),
      foreign key (tenant_id, milestone_id) references plan_milestone (tenant_id, id),
      foreign key (tenant_id, by_id) references person (tenant_id, id),
      check (evidence is not null or (quantity is null and measured is null and cardinality(words) = 0 and not done and milestone_id is null)),
      check ((voided_at is null) = (void_reason is null) and (voided_at is null) = (voided_by is null))
    );
    create index check_in_target on check_in (tenant_id, target_id, day);
    create index check_in_object on check_in (tenant_id, object_id);
    create index check_in_task on check_in (tenant_id, task_id);
    create index check_in_milestone on check_in (tenant_id, milestone_id);
    create index check_in_by on check_in (tenant_id, by_id);
`
