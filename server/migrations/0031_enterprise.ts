import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** The register of enterprises: what is known of each, by year and by month, and which cases concern it. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, REGISTER)
  await runAll(db, YEARS)
  await runAll(db, CASES)
  await runAll(db, CONTACTS)
  await lockByTenant(db, 'enterprise', 'enterprise_year', 'enterprise_title', 'enterprise_figure', 'enterprise_case')
}

/** A sheet beside the target of the same id; a code whose check fails stands with who confirmed it. */
const REGISTER = `
    create table enterprise (
      tenant_id int not null references tenant (id),
      id uuid not null,
      uscc_confirmed_by text,
      uscc_note text,
      industry text,
      chain text,
      registered_on date,
      address text,
      party_organisation text not null check (party_organisation in ('own', 'joint', 'none')),
      party_members int not null check (party_members >= 0),
      party_instructor text,
      figures_class text not null check (figures_class in ('open', 'bound', 'bureau')),
      by_name text not null,
      updated_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, id) references liaison_target (tenant_id, id),
      check ((uscc_confirmed_by is null) = (uscc_note is null))
    );
    create index enterprise_chain on enterprise (tenant_id, chain);
`

const YEARS = `
    create table enterprise_year (
      tenant_id int not null references tenant (id),
      enterprise_id uuid not null,
      year int not null check (year between 2000 and 2100),
      size text check (size in ('large', 'medium', 'small', 'micro')),
      above_scale boolean not null,
      staff int check (staff >= 0),
      source text not null,
      primary key (tenant_id, enterprise_id, year),
      foreign key (tenant_id, enterprise_id) references enterprise (tenant_id, id)
    );
    create index enterprise_year_scale on enterprise_year (tenant_id, year) where above_scale;

    create table enterprise_title (
      tenant_id int not null references tenant (id),
      enterprise_id uuid not null,
      title text not null,
      from_day date not null,
      to_day date,
      source text not null,
      primary key (tenant_id, enterprise_id, title, from_day),
      foreign key (tenant_id, enterprise_id) references enterprise (tenant_id, id),
      check (to_day is null or to_day >= from_day)
    );

    create table enterprise_figure (
      tenant_id int not null references tenant (id),
      enterprise_id uuid not null,
      month date not null check (extract(day from month) = 1),
      code text not null check (code in ('output', 'revenue', 'profit', 'tax')),
      fen bigint not null,
      unit_id uuid not null,
      source text not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, enterprise_id, code, month),
      foreign key (tenant_id, enterprise_id) references enterprise (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      check (code = 'profit' or fen >= 0)
    );
    create index enterprise_figure_month on enterprise_figure (tenant_id, code, month);
    create index enterprise_figure_unit on enterprise_figure (tenant_id, unit_id);
`

/** A case that concerns an enterprise, by which way; the first way it came stays. */
const CASES = `
    create table enterprise_case (
      tenant_id int not null references tenant (id),
      enterprise_id uuid not null,
      case_id uuid not null,
      way text not null check (way in ('filed', 'visit', 'bottleneck', 'promise', 'meeting', 'demand')),
      at timestamptz not null,
      primary key (tenant_id, enterprise_id, case_id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id)
    );
    create index enterprise_case_case on enterprise_case (tenant_id, case_id);
    create index enterprise_case_at on enterprise_case (tenant_id, enterprise_id, at);
`

/** Whom to call there: several people, each with what they do there. Every enterprise that is bound already gets a sheet. */
const CONTACTS = `
    alter table liaison_contact add column ordinal int not null default 1, add column role text;
    alter table liaison_contact drop constraint liaison_contact_pkey, add primary key (tenant_id, target_id, ordinal);

    insert into enterprise (tenant_id, id, party_organisation, party_members, figures_class, by_name, updated_at)
    select tenant_id, id, 'none', 0, 'bound', by_name, created_at from liaison_target where kind = 'enterprise';
`
