import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Contacts with enterprises, planned and past; do-not-disturb; the limits; what is asked of the grass roots. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, CONTACTS)
  await runAll(db, ASKS)
  await lockByTenant(db, ...['contact_plan', 'contact_plan_unit', 'contact_visit', 'do_not_disturb'])
  await lockByTenant(db, ...['contact_limit', 'ask', 'ask_unit'])
}

/**
 * `on_day` is the day that counts: the planned one until it is done, then the real one; `planned_on` keeps what was planned. Several units on a
 * contact are rows of their own, so that a joined contact is one row however many go.
 */
const CONTACTS = `
    create table contact_plan (
      tenant_id int not null references tenant (id),
      id uuid not null,
      target_id uuid not null,
      on_day date not null,
      planned_on date,
      state text not null check (state in ('planned', 'joined', 'done', 'cancelled')),
      joined_to uuid,
      reason text,
      by_person uuid,
      by_name text not null,
      created_at timestamptz not null,
      closed_at timestamptz,
      closed_reason text,
      primary key (tenant_id, id),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, joined_to) references contact_plan (tenant_id, id),
      foreign key (tenant_id, by_person) references person (tenant_id, id),
      check ((state = 'joined') = (joined_to is not null)),
      check ((state = 'planned') = (closed_at is null)),
      check (joined_to <> id)
    );
    create index contact_plan_target on contact_plan (tenant_id, target_id, on_day, id);
    create index contact_plan_on on contact_plan (tenant_id, on_day, id);
    create index contact_plan_joined on contact_plan (tenant_id, joined_to);
    create index contact_plan_by on contact_plan (tenant_id, by_person);

    create table contact_plan_unit (
      tenant_id int not null,
      plan_id uuid not null,
      unit_id uuid not null,
      position int not null,
      kind text not null check (kind in ('visit', 'inspection', 'questionnaire', 'call')),
      purpose text not null,
      statutory boolean not null,
      basis text,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, plan_id, unit_id),
      foreign key (tenant_id, plan_id) references contact_plan (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      check (basis is not null or not statutory)
    );
    create index contact_plan_unit_unit on contact_plan_unit (tenant_id, unit_id, plan_id);

    create table contact_visit (
      tenant_id int not null,
      visit_id uuid not null,
      plan_id uuid not null,
      primary key (tenant_id, visit_id),
      foreign key (tenant_id, visit_id) references visit (tenant_id, id) on delete cascade,
      foreign key (tenant_id, plan_id) references contact_plan (tenant_id, id)
    );
    create index contact_visit_plan on contact_visit (tenant_id, plan_id);

    create table do_not_disturb (
      tenant_id int not null references tenant (id),
      id uuid not null,
      target_id uuid not null,
      from_day date not null,
      to_day date not null,
      words text not null,
      ended_reason text,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id)
    );
    create index do_not_disturb_target on do_not_disturb (tenant_id, target_id, to_day);

    create table contact_limit (
      tenant_id int not null references tenant (id),
      version int not null check (version > 0),
      per_month int not null check (per_month > 0),
      near_days int not null check (near_days >= 0),
      window_days int not null check (window_days > 0),
      asks_per_week int not null check (asks_per_week > 0),
      fields_per_week int not null check (fields_per_week > 0),
      basis text not null,
      valid_from date not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, version)
    );
`

const ASKS = `
    create table ask (
      tenant_id int not null references tenant (id),
      id uuid not null,
      title text not null,
      kind text not null check (kind in ('form', 'checkIn', 'notice', 'materials', 'order', 'study')),
      unit_id uuid not null,
      fields int not null check (fields >= 0),
      due_on date not null,
      detail text,
      read_receipt boolean not null,
      state text not null check (state in ('waiting', 'sent', 'declined', 'withdrawn')),
      reason text,
      by_person uuid,
      by_name text not null,
      created_at timestamptz not null,
      sent_at timestamptz,
      decided_by text,
      decided_at timestamptz,
      decision_note text,
      primary key (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, by_person) references person (tenant_id, id),
      check (kind = 'order' or not read_receipt),
      check (state <> 'sent' or sent_at is not null),
      check ((decided_by is null) = (decided_at is null))
    );
    create index ask_sent on ask (tenant_id, sent_at) where sent_at is not null;
    create index ask_created on ask (tenant_id, created_at, id);
    create index ask_waiting on ask (tenant_id, created_at) where state = 'waiting';
    create index ask_unit_of on ask (tenant_id, unit_id);
    create index ask_by on ask (tenant_id, by_person);

    create table ask_unit (
      tenant_id int not null,
      ask_id uuid not null,
      unit_id uuid not null,
      read_at timestamptz,
      read_by text,
      primary key (tenant_id, ask_id, unit_id),
      foreign key (tenant_id, ask_id) references ask (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index ask_unit_unit on ask_unit (tenant_id, unit_id, ask_id);
`
