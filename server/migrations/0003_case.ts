import type { Kysely } from 'kysely'
import { lockByTenant, partitionByQuarter, runAll } from '../src/kernel/tenancy.ts'

/** The heart: cases, their events, clocks, rounds, units and parties; the dictionaries they are judged by. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, DICTIONARIES)
  await runAll(db, CASES)
  await partitionByQuarter(db, 'case_event', 2025, 2028)
  await lockByTenant(
    db,
    ...['topic', 'catalogue', 'catalogue_row', 'knowledge', 'rule_set'],
    ...['case', 'case_event', 'case_clock', 'case_round', 'case_unit', 'party'],
  )
}

const DICTIONARIES = `
    create table topic (
      tenant_id int not null references tenant (id),
      id text not null,
      label text not null,
      parent_id text,
      words text[] not null,
      class text not null,
      urgent boolean not null,
      position int not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, parent_id) references topic (tenant_id, id)
    );
    create index topic_parent on topic (tenant_id, parent_id);

    create table catalogue (
      tenant_id int not null references tenant (id),
      version text not null,
      source text not null,
      valid_from date not null,
      loaded_at timestamptz not null,
      primary key (tenant_id, version)
    );
    create table catalogue_row (
      tenant_id int not null,
      version text not null,
      row text not null,
      topic_id text not null,
      division_code text,
      lead_unit_id uuid not null,
      assisting_unit_ids uuid[] not null,
      basis text not null,
      primary key (tenant_id, version, row),
      foreign key (tenant_id, version) references catalogue (tenant_id, version),
      foreign key (tenant_id, topic_id) references topic (tenant_id, id),
      foreign key (tenant_id, division_code) references division (tenant_id, code),
      foreign key (tenant_id, lead_unit_id) references unit (tenant_id, id)
    );
    create index catalogue_row_topic on catalogue_row (tenant_id, topic_id);
    create index catalogue_row_division on catalogue_row (tenant_id, division_code);
    create index catalogue_row_unit on catalogue_row (tenant_id, lead_unit_id);

    create table knowledge (
      tenant_id int not null references tenant (id),
      id text not null,
      title text not null,
      text text not null,
      topic_id text,
      primary key (tenant_id, id),
      foreign key (tenant_id, topic_id) references topic (tenant_id, id)
    );
    create index knowledge_topic on knowledge (tenant_id, topic_id);

    create table rule_set (
      tenant_id int not null references tenant (id),
      version text not null,
      valid_from date not null,
      source text not null,
      rules jsonb not null,
      primary key (tenant_id, version)
    );
`

const CASES = `
    create table "case" (
      tenant_id int not null references tenant (id),
      id uuid not null,
      number text not null,
      type text not null,
      stage text not null,
      round int not null,
      version int not null,
      rule_set text not null,
      title text not null,
      content text not null,
      summary text,
      category text,
      channel text not null,
      class text,
      urgency text not null,
      division_code text,
      address text,
      lng double precision,
      lat double precision,
      anonymous boolean not null,
      confidential boolean not null,
      party_id uuid,
      lead_unit_id uuid,
      holder_unit_id uuid,
      assisting_unit_ids uuid[] not null,
      handler_id uuid,
      author_id uuid,
      answer text,
      outcome text,
      promised_on date,
      decline_reason text,
      satisfied boolean,
      solved boolean,
      grade int,
      reach_tries int not null,
      urged int not null,
      received_at timestamptz not null,
      accepted_at timestamptz,
      dispatched_at timestamptz,
      signed_at timestamptz,
      contacted_at timestamptz,
      answered_at timestamptz,
      called_back_at timestamptz,
      closed_at timestamptz,
      due_kind text,
      due_at timestamptz,
      yellow_at timestamptz,
      facts jsonb not null,
      batch_id uuid,
      source text,
      source_key text,
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, number),
      unique (tenant_id, source, source_key),
      foreign key (tenant_id, rule_set) references rule_set (tenant_id, version),
      foreign key (tenant_id, category) references topic (tenant_id, id),
      foreign key (tenant_id, lead_unit_id) references unit (tenant_id, id)
    );
    create index case_received on "case" (tenant_id, received_at, id);
    create index case_due on "case" (tenant_id, due_at, id) where due_at is not null;
    create index case_updated on "case" (tenant_id, updated_at, id);
    create index case_stage on "case" (tenant_id, stage, due_at, id);
    create index case_rule_set on "case" (tenant_id, rule_set);
    create index case_category on "case" (tenant_id, category, received_at, id);
    create index case_lead_unit on "case" (tenant_id, lead_unit_id, received_at, id);
    create index case_batch on "case" (tenant_id, batch_id) where batch_id is not null;

    create table case_event (
      tenant_id int not null,
      case_id uuid not null,
      seq int not null,
      at timestamptz not null,
      id uuid not null,
      action text not null,
      stage text not null,
      round int not null,
      by_kind text not null,
      by_person uuid,
      by_name text not null,
      by_unit uuid,
      input jsonb not null,
      patch jsonb not null,
      primary key (tenant_id, at, case_id, seq)
    ) partition by range (at);
    create index case_event_case on case_event (tenant_id, case_id, seq);

    create table case_clock (
      tenant_id int not null,
      id uuid not null,
      case_id uuid not null,
      kind text not null,
      round int not null,
      started_at timestamptz not null,
      amount numeric not null,
      unit text not null,
      rule text not null,
      layer text,
      due_at timestamptz not null,
      yellow_at timestamptz not null,
      provisional boolean not null,
      ended_at timestamptz,
      state text not null check (state in ('running', 'paused', 'met', 'missed')),
      next_alert_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index case_clock_case on case_clock (tenant_id, case_id);
    create index case_clock_alert on case_clock (tenant_id, next_alert_at) where next_alert_at is not null;

    create table case_round (
      tenant_id int not null,
      case_id uuid not null,
      round int not null,
      started_at timestamptz not null,
      lead_unit_id uuid,
      due_at timestamptz,
      answered_at timestamptz,
      closed_at timestamptz,
      answer text,
      outcome text,
      satisfied boolean,
      solved boolean,
      grade int,
      primary key (tenant_id, case_id, round),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );

    create table case_unit (
      tenant_id int not null,
      case_id uuid not null,
      unit_id uuid not null,
      role text not null check (role in ('lead', 'assisting')),
      primary key (tenant_id, case_id, unit_id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade,
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index case_unit_unit on case_unit (tenant_id, unit_id, case_id);

    create table party (
      tenant_id int not null,
      id uuid not null,
      case_id uuid not null,
      kind text not null,
      name text,
      phone text,
      uscc text,
      said text,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index party_case on party (tenant_id, case_id);
    create index party_phone on party (tenant_id, phone) where phone is not null;

    create table case_search (
      tenant_id int not null,
      case_id uuid not null,
      received_at timestamptz not null,
      grams text[] not null,
      primary key (tenant_id, case_id)
    );
    create index case_search_grams on case_search using gin (grams);
    create index case_search_received on case_search (tenant_id, received_at, case_id);
`
