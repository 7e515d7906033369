import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Campaigns: whom they are to reach, what was collected, and the results that were published. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, CAMPAIGNS)
  await runAll(db, ROWS)
  await lockByTenant(db, ...['campaign', 'campaign_division', 'campaign_subject', 'campaign_case', 'campaign_result'])
}

/** No figure has a column: each is computed from visits and cases whenever it is asked for. */
const CAMPAIGNS = `
    create table campaign (
      tenant_id int not null references tenant (id),
      id uuid not null,
      title text not null,
      kind text not null check (kind in ('campaign', 'rectification')),
      tag text not null,
      banner text,
      superior text,
      parent_id uuid,
      owner_unit_id uuid not null,
      owner_id uuid not null,
      check_unit_id uuid not null,
      from_day date not null,
      to_day date not null,
      scope_by text not null check (scope_by in ('kind', 'division', 'list', 'unit', 'children')),
      scope_kinds text[] not null,
      least int not null check (least > 0),
      counts text[] not null check (cardinality(counts) > 0),
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, tag),
      foreign key (tenant_id, parent_id) references campaign (tenant_id, id),
      foreign key (tenant_id, owner_unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, owner_id) references person (tenant_id, id),
      foreign key (tenant_id, check_unit_id) references unit (tenant_id, id),
      check (from_day <= to_day),
      check (parent_id is null or superior is null),
      check (owner_unit_id <> check_unit_id),
      check ((scope_by in ('kind', 'division')) = (cardinality(scope_kinds) > 0))
    );
    create index campaign_parent on campaign (tenant_id, parent_id);
    create index campaign_owner_unit on campaign (tenant_id, owner_unit_id);
    create index campaign_owner on campaign (tenant_id, owner_id);
    create index campaign_check_unit on campaign (tenant_id, check_unit_id);
`

/** A subject that was named, or taken out again with the reason; a case, and the visit on which it was raised where it was. */
const ROWS = `
    create table campaign_division (
      tenant_id int not null,
      campaign_id uuid not null,
      division_code text not null,
      primary key (tenant_id, campaign_id, division_code),
      foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade,
      foreign key (tenant_id, division_code) references division (tenant_id, code)
    );
    create index campaign_division_code on campaign_division (tenant_id, division_code);

    create table campaign_subject (
      tenant_id int not null,
      campaign_id uuid not null,
      subject_id uuid not null,
      target_id uuid,
      unit_id uuid,
      out_reason text,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, campaign_id, subject_id),
      foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade,
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      check (subject_id = coalesce(target_id, unit_id) and (target_id is null) <> (unit_id is null))
    );
    create index campaign_subject_target on campaign_subject (tenant_id, target_id);
    create index campaign_subject_unit on campaign_subject (tenant_id, unit_id);

    create table campaign_case (
      tenant_id int not null,
      campaign_id uuid not null,
      case_id uuid not null,
      visit_id uuid,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, campaign_id, case_id),
      foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade,
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade,
      foreign key (tenant_id, visit_id) references visit (tenant_id, id)
    );
    create index campaign_case_case on campaign_case (tenant_id, case_id);
    create index campaign_case_visit on campaign_case (tenant_id, visit_id);

    create table campaign_result (
      tenant_id int not null,
      campaign_id uuid not null,
      id uuid not null,
      text text not null,
      sentence text not null,
      figures jsonb not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, campaign_id, id),
      foreign key (tenant_id, campaign_id) references campaign (tenant_id, id) on delete cascade
    );
`
