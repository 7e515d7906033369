import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What a task of a running plan has beside its schedule: versions, the order to its addressee, its problems, its money. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, TASKS)
  await runAll(db, ORDERS)
  await runAll(db, MONEY)
  await lockByTenant(db, 'plan_task_version', 'plan_order', 'plan_problem', 'plan_spending')
}

/** The task as it holds stands in `plan_task`; the first version is kept when the first change is proposed. */
const TASKS = `
    alter table plan_task add column budget_fen bigint check (budget_fen > 0);
    alter table plan_task add column budget_source text;
    alter table plan_task add check ((budget_fen is null) = (budget_source is null));

    create table plan_task_version (
      tenant_id int not null,
      task_id uuid not null,
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
      primary key (tenant_id, task_id, version),
      foreign key (tenant_id, task_id) references plan_task (tenant_id, id),
      foreign key (tenant_id, proposer_id) references person (tenant_id, id),
      foreign key (tenant_id, approver_id) references person (tenant_id, id),
      check ((version = 1) = (reason is null)),
      check (approver_id is null or approver_id <> proposer_id)
    );
    create unique index plan_task_version_waiting on plan_task_version (tenant_id, task_id) where state = 'proposed';
    create index plan_task_version_proposer on plan_task_version (tenant_id, proposer_id);
    create index plan_task_version_approver on plan_task_version (tenant_id, approver_id);
`

/** An order is issued with the plan, or with the change that gives the task to somebody else; the first opening stays. */
const ORDERS = `
    create table plan_order (
      tenant_id int not null,
      task_id uuid not null,
      person_id uuid not null,
      issued_at timestamptz not null,
      opened_at timestamptz check (opened_at >= issued_at),
      primary key (tenant_id, task_id, person_id),
      foreign key (tenant_id, task_id) references plan_task (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id)
    );
    create index plan_order_unopened on plan_order (tenant_id, person_id) where opened_at is null;
    create index plan_order_person on plan_order (tenant_id, person_id);

    insert into plan_order (tenant_id, task_id, person_id, issued_at)
    select t.tenant_id, t.id, t.person_id, p.published_at
    from plan_task t join plan_target g on g.tenant_id = t.tenant_id and g.target_id = t.target_id
    join plan_field f on f.tenant_id = g.tenant_id and f.id = g.field_id
    join plan p on p.tenant_id = f.tenant_id and p.id = f.plan_id
    where p.state = 'published' and t.person_id is not null;

    create table plan_problem (
      tenant_id int not null,
      task_id uuid not null,
      case_id uuid not null,
      note text,
      by_id uuid,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, task_id, case_id),
      foreign key (tenant_id, task_id) references plan_task (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id),
      foreign key (tenant_id, by_id) references person (tenant_id, id)
    );
    create index plan_problem_case on plan_problem (tenant_id, case_id);
    create index plan_problem_by on plan_problem (tenant_id, by_id);
`

/** Only added to; a wrong one is voided and stays to be read. A document pays once. */
const MONEY = `
    create table plan_spending (
      tenant_id int not null,
      id uuid not null,
      task_id uuid not null,
      day date not null,
      fen bigint not null check (fen > 0),
      document text not null,
      note text,
      by_id uuid,
      by_name text not null,
      at timestamptz not null,
      voided_at timestamptz,
      voided_by text,
      void_reason text,
      primary key (tenant_id, id),
      foreign key (tenant_id, task_id) references plan_task (tenant_id, id),
      foreign key (tenant_id, by_id) references person (tenant_id, id),
      check ((voided_at is null) = (void_reason is null) and (voided_at is null) = (voided_by is null))
    );
    create index plan_spending_task on plan_spending (tenant_id, task_id, day);
    create unique index plan_spending_document on plan_spending (tenant_id, task_id, document) where voided_at is null;
    create index plan_spending_by on plan_spending (tenant_id, by_id);
`
