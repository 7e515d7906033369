import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What the figures need of a round: when it was recorded and called back. Frozen months; indexes for the time axes. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, ROUNDS)
  await runAll(db, FREEZES)
  await lockByTenant(db, 'period_freeze')
}

const ROUNDS = `
    alter table case_round add column called_back_at timestamptz, add column recorded_at timestamptz;
    update case_round r set
      called_back_at = (select c.called_back_at from "case" c where c.tenant_id = r.tenant_id and c.id = r.case_id and c.round = r.round),
      recorded_at = coalesce((select min(e.at) from case_event e where e.tenant_id = r.tenant_id and e.case_id = r.case_id and e.round = r.round), r.started_at);
    update case_round set started_at = recorded_at where started_at > recorded_at;
    alter table case_round alter column recorded_at set not null;
    create index case_round_started on case_round (tenant_id, started_at);
    create index case_round_answered on case_round (tenant_id, answered_at) where answered_at is not null;
    create index case_round_closed on case_round (tenant_id, closed_at);
    create index case_clock_handle_due on case_clock (tenant_id, due_at) where kind = 'handle';
    create index case_clock_handle_original on case_clock (tenant_id, original_due_at) where kind = 'handle';
    create index case_event_satisfied on case_event (tenant_id, at) where jsonb_typeof(patch -> 'satisfied') = 'boolean';
    create index case_event_solved on case_event (tenant_id, at) where jsonb_typeof(patch -> 'solved') = 'boolean';
`

const FREEZES = `
    create table period_freeze (
      tenant_id int not null references tenant (id),
      month text not null,
      at timestamptz not null,
      by_name text not null,
      figures jsonb not null,
      primary key (tenant_id, month)
    );
`
