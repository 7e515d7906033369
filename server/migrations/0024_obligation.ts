import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What is owed beside cases, one row an obligation: periods of duties, check-ins, targets, tasks. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, FIRST_VISITS)
  await runAll(db, OBLIGATIONS)
  await lockByTenant(db, 'obligation')
}

/** The day of a target's first visit: asked for of every target at once, and never changed by hand. */
const FIRST_VISITS = `
    alter table liaison_target add column visited_on date;
    update liaison_target t set visited_on = v.first from (select tenant_id, target_id, min(on_day) as first from visit group by tenant_id, target_id) v
      where v.tenant_id = t.tenant_id and v.target_id = t.id;
`

/**
 * `key` is how the module that owes it finds its row again. Late is computed from `due_at` and `red_at`, never stored: `red_at` is when the light
 * turns red if nothing more happens, which for a quantity is before its date where it falls behind.
 */
const OBLIGATIONS = `
    create table obligation (
      tenant_id int not null references tenant (id),
      id uuid not null,
      key text not null,
      form text not null check (form in ('recurring', 'quantity')),
      kind text not null check (kind in ('period', 'checkIn', 'channelTest', 'target', 'task')),
      title text not null,
      subject_id uuid,
      rule_id uuid,
      lead_unit_id uuid,
      unit_ids uuid[] not null,
      person_ids uuid[] not null,
      check_unit_id uuid,
      from_day date not null,
      due_day date not null,
      begins_at timestamptz not null,
      due_at timestamptz not null,
      yellow_at timestamptz not null,
      red_at timestamptz not null,
      done numeric(18, 3) not null,
      needed numeric(18, 3) not null,
      unit_word text not null,
      state text not null check (state in ('running', 'met', 'exempt', 'cleared')),
      cause text,
      closed_at timestamptz,
      explanation text,
      explained_at timestamptz,
      explained_by text,
      cleared_at timestamptz,
      cleared_by text,
      clear_note text,
      rung int not null default 0,
      supervised text,
      next_alert_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, key),
      foreign key (tenant_id, lead_unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, check_unit_id) references unit (tenant_id, id),
      check ((state = 'running') = (closed_at is null)),
      check ((state = 'running') or next_alert_at is null),
      check ((explanation is null) = (explained_at is null)),
      check (due_day >= from_day)
    );
    create index obligation_due on obligation (tenant_id, due_at, id) where closed_at is null;
    create index obligation_begins on obligation (tenant_id, begins_at, id);
    create index obligation_updated on obligation (tenant_id, updated_at, id);
    create index obligation_subject on obligation (tenant_id, subject_id, kind, from_day);
    create index obligation_rule on obligation (tenant_id, rule_id, from_day);
    create index obligation_alert on obligation (tenant_id, next_alert_at) where next_alert_at is not null;
    create index obligation_lead on obligation (tenant_id, lead_unit_id);
    create index obligation_check on obligation (tenant_id, check_unit_id);
`
