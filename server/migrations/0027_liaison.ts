import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Liaison to its end: what a visit did on the spot, the stage of a project, the normal track, the quotas of the four ones. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, MORE)
  await runAll(db, TRACKS)
  await runAll(db, QUOTAS)
  await lockByTenant(db, 'normal_track', 'four_ones_quota')
}

const MORE = `
    alter table visit add column services text;
    alter table liaison_target add column pipeline text check (pipeline in ('planned', 'negotiated', 'landed')),
      add check (pipeline is null or kind = 'project');
`

/** One request of a target waits at a time; who decides is not who asked: the database holds both. */
const TRACKS = `
    create table normal_track (
      tenant_id int not null references tenant (id),
      id uuid not null,
      target_id uuid not null,
      ground text not null check (ground in ('normalTrack', 'dissolved')),
      confirmed_by text not null,
      confirmed_on date not null,
      words text not null,
      may_quote boolean not null,
      on_day date not null,
      state text not null check (state in ('waiting', 'approved', 'returned')),
      by_person uuid,
      by_name text not null,
      asked_at timestamptz not null,
      decided_person uuid,
      decided_name text,
      decided_at timestamptz,
      reason text,
      primary key (tenant_id, id),
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id),
      foreign key (tenant_id, by_person) references person (tenant_id, id),
      foreign key (tenant_id, decided_person) references person (tenant_id, id),
      check ((state = 'waiting') = (decided_at is null)),
      check (by_person is null or decided_person is null or by_person <> decided_person)
    );
    create unique index normal_track_waiting on normal_track (tenant_id, target_id) where state = 'waiting';
    create index normal_track_target on normal_track (tenant_id, target_id, asked_at);
    create index normal_track_by on normal_track (tenant_id, by_person);
    create index normal_track_decided on normal_track (tenant_id, decided_person);
`

const QUOTAS = `
    create table four_ones_quota (
      tenant_id int not null references tenant (id),
      id uuid not null,
      version int not null check (version > 0),
      owner text not null check (owner in ('person', 'unit')),
      planned int not null check (planned >= 0),
      negotiated int not null check (negotiated >= 0),
      served int not null check (served >= 0),
      linked int not null check (linked >= 0),
      basis text not null,
      valid_from date not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, version),
      unique (tenant_id, valid_from)
    );
`
