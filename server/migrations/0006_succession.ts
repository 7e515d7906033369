import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Task forces with their terms, who succeeds a dissolved unit, stand-ins, and the lists by which open cases are handed over. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    create table task_force (
      tenant_id int not null,
      unit_id uuid not null,
      subject text not null,
      lead_unit_id uuid not null,
      charter text,
      valid_from date not null,
      valid_to date,
      primary key (tenant_id, unit_id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, lead_unit_id) references unit (tenant_id, id)
    );
    create index task_force_lead on task_force (tenant_id, lead_unit_id);
    create table task_force_member (
      tenant_id int not null,
      unit_id uuid not null,
      member_unit_id uuid not null,
      primary key (tenant_id, unit_id, member_unit_id),
      foreign key (tenant_id, unit_id) references task_force (tenant_id, unit_id),
      foreign key (tenant_id, member_unit_id) references unit (tenant_id, id)
    );
    create index task_force_member_unit on task_force_member (tenant_id, member_unit_id);

    create table unit_successor (
      tenant_id int not null,
      unit_id uuid not null,
      position int not null,
      successor_id uuid not null,
      topics text[],
      divisions text[],
      is_rest boolean not null,
      effective_on date not null,
      primary key (tenant_id, unit_id, position),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, successor_id) references unit (tenant_id, id)
    );
    create index unit_successor_successor on unit_successor (tenant_id, successor_id);

    create table stand_in (
      tenant_id int not null,
      id uuid not null,
      person_id uuid not null,
      stand_in_id uuid not null,
      valid_from date not null,
      valid_to date not null,
      by_person uuid,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, stand_in_id) references person (tenant_id, id)
    );
    create index stand_in_person on stand_in (tenant_id, person_id);
    create index stand_in_stand_in on stand_in (tenant_id, stand_in_id);

    create table reorganisation (
      tenant_id int not null references tenant (id),
      id uuid not null,
      at timestamptz not null,
      by_person uuid,
      by_name text not null,
      effective_on date not null,
      basis text not null,
      catalogue_version text,
      primary key (tenant_id, id)
    );
    create table handover_list (
      tenant_id int not null,
      id uuid not null,
      reorganisation_id uuid not null,
      from_unit_id uuid not null,
      to_unit_id uuid not null,
      signed_by uuid,
      signed_name text,
      signed_at timestamptz,
      primary key (tenant_id, id),
      foreign key (tenant_id, reorganisation_id) references reorganisation (tenant_id, id),
      foreign key (tenant_id, from_unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, to_unit_id) references unit (tenant_id, id)
    );
    create index handover_list_reorganisation on handover_list (tenant_id, reorganisation_id);
    create index handover_list_from on handover_list (tenant_id, from_unit_id);
    create index handover_list_to on handover_list (tenant_id, to_unit_id);
    create table handover_case (
      tenant_id int not null,
      list_id uuid not null,
      case_id uuid not null,
      primary key (tenant_id, list_id, case_id),
      foreign key (tenant_id, list_id) references handover_list (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index handover_case_case on handover_case (tenant_id, case_id);
    create index case_handler on "case" (tenant_id, handler_id) where handler_id is not null;
    `,
  )
  await lockByTenant(
    db,
    ...['task_force', 'task_force_member', 'unit_successor', 'stand_in'],
    ...['reorganisation', 'handover_list', 'handover_case'],
  )
}
