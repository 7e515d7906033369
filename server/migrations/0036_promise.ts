import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Promises that the government has broken to enterprises, the plans to keep them after all, and what was paid. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, KINDS)
  await runAll(db, PROMISES)
  await runAll(db, PLANS)
  await lockByTenant(db, 'broken_promise', 'promise_plan', 'promise_instalment', 'promise_payment', 'promise_event')
}

const KINDS = `
    alter table obligation drop constraint obligation_kind_check;
    alter table obligation add constraint obligation_kind_check check (kind in ('period', 'checkIn', 'channelTest', 'target', 'task',
      'instalment', 'disbursement', 'appointment', 'stage', 'demand'));
`

/** The debtor is the government: the unit is who promised for it, and whoever takes that unit over owes the same. */
const PROMISES = `
    create table broken_promise (
      tenant_id int not null references tenant (id),
      id uuid not null,
      enterprise_id uuid not null,
      kind text not null check (kind in ('arrears', 'works', 'investment', 'land', 'other')),
      words text not null,
      source_no text not null,
      source_on date not null,
      source_by text not null,
      fen bigint check (fen > 0),
      disputed_fen bigint not null check (disputed_fen >= 0),
      disputed_reason text,
      unit_id uuid not null,
      person_id uuid,
      check_unit_id uuid,
      cause text not null check (cause in ('division', 'term', 'organisation', 'person', 'funds', 'policy', 'procedure')),
      basis text not null,
      delivered_on date,
      contract_days int check (contract_days between 1 and 60),
      measures text not null,
      deadline date not null,
      criminal text,
      version int not null check (version > 0),
      kept_evidence text,
      kept_on date,
      kept_by_person uuid,
      confirmed_words text,
      confirmed_on date,
      confirmed_by text,
      closed_at timestamptz,
      by_person uuid,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, check_unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      check (disputed_fen <= coalesce(fen, 0)),
      check ((disputed_fen = 0) = (disputed_reason is null)),
      check ((kept_on is null) = (kept_evidence is null)),
      check (closed_at is null or (kept_on is not null and confirmed_on is not null))
    );
    create index broken_promise_enterprise on broken_promise (tenant_id, enterprise_id);
    create index broken_promise_unit on broken_promise (tenant_id, unit_id);
    create index broken_promise_check_unit on broken_promise (tenant_id, check_unit_id);
    create index broken_promise_person on broken_promise (tenant_id, person_id);

    create table promise_event (
      tenant_id int not null,
      id uuid not null,
      promise_id uuid not null,
      act text not null,
      note text not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, promise_id) references broken_promise (tenant_id, id)
    );
    create index promise_event_promise on promise_event (tenant_id, promise_id, at);
`

/** One plan waits at a time, and whoever approves is not who proposed: the database holds both. */
const PLANS = `
    create table promise_plan (
      tenant_id int not null,
      promise_id uuid not null,
      version int not null check (version > 0),
      reason text not null,
      state text not null check (state in ('proposed', 'approved', 'returned')),
      by_person uuid,
      by_name text not null,
      at timestamptz not null,
      decided_person uuid,
      decided_by text,
      decided_at timestamptz,
      decided_note text,
      primary key (tenant_id, promise_id, version),
      foreign key (tenant_id, promise_id) references broken_promise (tenant_id, id),
      check ((state = 'proposed') = (decided_at is null)),
      check (by_person is null or decided_person is null or by_person <> decided_person)
    );
    create unique index promise_plan_waiting on promise_plan (tenant_id, promise_id) where state = 'proposed';

    create table promise_instalment (
      tenant_id int not null,
      promise_id uuid not null,
      version int not null,
      no int not null check (no > 0),
      due date not null,
      fen bigint not null check (fen > 0),
      primary key (tenant_id, promise_id, version, no),
      foreign key (tenant_id, promise_id, version) references promise_plan (tenant_id, promise_id, version)
    );

    create table promise_payment (
      tenant_id int not null,
      id uuid not null,
      promise_id uuid not null,
      on_day date not null,
      fen bigint not null check (fen > 0),
      voucher text not null,
      note text,
      by_name text not null,
      at timestamptz not null,
      voided_at timestamptz,
      voided_by text,
      void_reason text,
      primary key (tenant_id, id),
      foreign key (tenant_id, promise_id) references broken_promise (tenant_id, id),
      check ((voided_at is null) = (void_reason is null))
    );
    create unique index promise_payment_voucher on promise_payment (tenant_id, promise_id, voucher) where voided_at is null;
    create index promise_payment_day on promise_payment (tenant_id, on_day);
`
