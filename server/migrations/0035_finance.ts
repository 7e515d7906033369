import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Money that reaches enterprises: what was paid, what was borrowed, who may borrow, and the quality one-stop. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, DISBURSEMENTS)
  await runAll(db, FINANCING)
  await runAll(db, WHITELISTS)
  await runAll(db, QUALITY)
  await runAll(db, OBLIGATION_KINDS)
  await lockByTenant(
    db,
    ...['disbursement', 'financing_product', 'financing', 'financing_event', 'whitelist', 'whitelist_candidate'],
    ...['quality_provider', 'quality_request'],
  )
}

/** Voided ones stay; their voucher may be used again. */
const DISBURSEMENTS = `
    create table disbursement (
      tenant_id int not null references tenant (id),
      id uuid not null,
      enterprise_id uuid not null,
      fen bigint not null check (fen > 0),
      on_day date not null,
      programme text not null,
      policy_id uuid,
      unit_id uuid not null,
      voucher text not null,
      note text,
      by_name text not null,
      at timestamptz not null,
      voided_at timestamptz,
      voided_by text,
      voided_why text,
      primary key (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      check ((voided_at is null) = (voided_why is null) and (voided_at is null) = (voided_by is null))
    );
    create unique index disbursement_voucher on disbursement (tenant_id, unit_id, voucher) where voided_at is null;
    create index disbursement_unit on disbursement (tenant_id, unit_id);
    create index disbursement_enterprise on disbursement (tenant_id, enterprise_id);
    create index disbursement_day on disbursement (tenant_id, on_day);
`

/** The amounts of a financing never grow from step to step. */
const FINANCING = `
    create table financing_product (
      tenant_id int not null references tenant (id),
      code text not null,
      label text not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, code)
    );

    create table financing (
      tenant_id int not null references tenant (id),
      id uuid not null,
      enterprise_id uuid not null,
      partner text not null,
      product text not null,
      meeting_id uuid,
      state text not null check (state in ('intent', 'approval', 'lent', 'repaid', 'failed')),
      on_day date not null,
      intended_fen bigint not null check (intended_fen > 0),
      approved_fen bigint check (approved_fen > 0 and approved_fen <= intended_fen),
      lent_fen bigint check (lent_fen > 0 and lent_fen <= approved_fen),
      expected_from date,
      expected_to date,
      expected_words text,
      primary key (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, product) references financing_product (tenant_id, code),
      foreign key (tenant_id, meeting_id) references meeting (tenant_id, id),
      check ((expected_from is null) = (expected_to is null) and expected_from <= expected_to),
      check (state not in ('lent', 'repaid') or lent_fen is not null)
    );
    create index financing_enterprise on financing (tenant_id, enterprise_id);
    create index financing_product_of on financing (tenant_id, product);
    create index financing_meeting on financing (tenant_id, meeting_id);

    create table financing_event (
      tenant_id int not null,
      financing_id uuid not null,
      seq int not null check (seq > 0),
      state text not null check (state in ('intent', 'approval', 'lent', 'repaid', 'failed')),
      on_day date not null,
      fen bigint check (fen > 0),
      note text,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, financing_id, seq),
      foreign key (tenant_id, financing_id) references financing (tenant_id, id)
    );
`

const WHITELISTS = `
    create table whitelist (
      tenant_id int not null references tenant (id),
      id uuid not null,
      product text not null,
      title text not null,
      criteria text not null,
      conditions text[] not null,
      valid_to date not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, product) references financing_product (tenant_id, code)
    );
    create index whitelist_product on whitelist (tenant_id, product);

    create table whitelist_candidate (
      tenant_id int not null,
      whitelist_id uuid not null,
      enterprise_id uuid not null,
      state text not null check (state in ('waiting', 'passed', 'refused')),
      reason text,
      by_name text,
      at timestamptz not null,
      primary key (tenant_id, whitelist_id, enterprise_id),
      foreign key (tenant_id, whitelist_id) references whitelist (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      check ((state = 'waiting') = (reason is null))
    );
    create index whitelist_candidate_enterprise on whitelist_candidate (tenant_id, enterprise_id);
`

const QUALITY = `
    create table quality_provider (
      tenant_id int not null references tenant (id),
      id uuid not null,
      name text not null,
      services text[] not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, name)
    );

    create table quality_request (
      tenant_id int not null references tenant (id),
      id uuid not null,
      enterprise_id uuid not null,
      services text[] not null,
      need text not null,
      unit_id uuid not null,
      state text not null check (state in ('requested', 'quoted', 'done', 'withdrawn')),
      on_day date not null,
      due_on date not null,
      provider_id uuid,
      fee_fen bigint check (fee_fen >= 0),
      quoted_on date,
      ended_on date,
      note text,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, provider_id) references quality_provider (tenant_id, id),
      check (on_day <= due_on),
      check ((provider_id is null) = (fee_fen is null) and (provider_id is null) = (quoted_on is null)),
      check (state <> 'done' or provider_id is not null),
      check ((ended_on is null) = (state in ('requested', 'quoted')))
    );
    create index quality_request_enterprise on quality_request (tenant_id, enterprise_id);
    create index quality_request_unit on quality_request (tenant_id, unit_id);
    create index quality_request_provider on quality_request (tenant_id, provider_id);
`

const OBLIGATION_KINDS = `
    alter table obligation drop constraint obligation_kind_check;
    alter table obligation add constraint obligation_kind_check check (kind in ('period', 'checkIn', 'channelTest', 'target', 'task', 'instalment',
      'disbursement', 'appointment', 'stage', 'demand'));
`
