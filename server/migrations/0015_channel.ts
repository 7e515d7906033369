import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Channels and their tests, collection drives, questionnaires, forums, and where each case came from. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, CHANNELS)
  await runAll(db, DRIVES)
  await runAll(db, QUESTIONNAIRES)
  await runAll(db, SOURCES)
  await lockByTenant(
    db,
    ...['channel', 'channel_test', 'drive', 'drive_channel', 'drive_note', 'drive_claim'],
    ...['questionnaire_issue', 'questionnaire_sheet', 'forum', 'forum_unit', 'case_source'],
  )
}

const CHANNELS = `
    create table channel (
      tenant_id int not null references tenant (id),
      id uuid not null,
      code text,
      name text not null,
      kind text not null,
      unit_id uuid not null,
      person_id uuid,
      place text,
      hours text,
      audience text,
      purpose text,
      status text not null check (status in ('open', 'paused', 'closed')),
      valid_from date not null,
      valid_to date,
      test_every_days int check (test_every_days > 0),
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, code),
      unique (tenant_id, kind, name),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id)
    );
    create index channel_unit on channel (tenant_id, unit_id);
    create index channel_person on channel (tenant_id, person_id);

    create table channel_test (
      tenant_id int not null,
      id uuid not null,
      channel_id uuid not null,
      at timestamptz not null,
      by_person uuid,
      by_name text not null,
      how text not null,
      worked boolean not null,
      note text,
      primary key (tenant_id, id),
      foreign key (tenant_id, channel_id) references channel (tenant_id, id) on delete cascade
    );
    create index channel_test_channel on channel_test (tenant_id, channel_id, at, id);
`

const DRIVES = `
    create table drive (
      tenant_id int not null references tenant (id),
      id uuid not null,
      title text not null,
      from_day date not null,
      to_day date not null,
      unit_id uuid not null,
      audience text,
      topics text[] not null,
      status text not null check (status in ('open', 'closed')),
      published boolean not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      check (from_day <= to_day)
    );
    create index drive_unit on drive (tenant_id, unit_id);

    create table drive_channel (
      tenant_id int not null,
      drive_id uuid not null,
      channel_id uuid not null,
      primary key (tenant_id, drive_id, channel_id),
      foreign key (tenant_id, drive_id) references drive (tenant_id, id) on delete cascade,
      foreign key (tenant_id, channel_id) references channel (tenant_id, id)
    );
    create index drive_channel_channel on drive_channel (tenant_id, channel_id);

    create table drive_note (
      tenant_id int not null,
      drive_id uuid not null,
      line text not null,
      text text not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, drive_id, line),
      foreign key (tenant_id, drive_id) references drive (tenant_id, id) on delete cascade
    );

    create table drive_claim (
      tenant_id int not null,
      id uuid not null,
      drive_id uuid not null,
      line text not null,
      value int not null check (value >= 0),
      source text not null,
      link text,
      stated_on date,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, drive_id) references drive (tenant_id, id) on delete cascade
    );
    create index drive_claim_drive on drive_claim (tenant_id, drive_id);
`

const QUESTIONNAIRES = `
    create table questionnaire_issue (
      tenant_id int not null,
      id uuid not null,
      drive_id uuid not null,
      quantity int not null check (quantity > 0),
      recipients text not null,
      unit_id uuid not null,
      issued_on date not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, drive_id) references drive (tenant_id, id) on delete cascade,
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index questionnaire_issue_drive on questionnaire_issue (tenant_id, drive_id);
    create index questionnaire_issue_unit on questionnaire_issue (tenant_id, unit_id);

    create table questionnaire_sheet (
      tenant_id int not null,
      id uuid not null,
      drive_id uuid not null,
      number text not null,
      returned_on date not null,
      valid boolean not null,
      void_reason text,
      fingerprint text,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, drive_id, number),
      foreign key (tenant_id, drive_id) references drive (tenant_id, id) on delete cascade,
      check (valid or void_reason is not null)
    );

    create table forum (
      tenant_id int not null references tenant (id),
      id uuid not null,
      kind text not null check (kind in ('forum', 'leaderWindow', 'leaderResearch', 'visit')),
      title text not null,
      held_on date not null,
      place text,
      audience text,
      presided_by text,
      drive_id uuid,
      note text,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, drive_id) references drive (tenant_id, id)
    );
    create index forum_drive on forum (tenant_id, drive_id);
    create index forum_held on forum (tenant_id, held_on, id);

    create table forum_unit (
      tenant_id int not null,
      forum_id uuid not null,
      unit_id uuid not null,
      position int not null,
      primary key (tenant_id, forum_id, unit_id),
      foreign key (tenant_id, forum_id) references forum (tenant_id, id) on delete cascade,
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index forum_unit_unit on forum_unit (tenant_id, unit_id);
`

/**
 * Where a case came from, taken from its facts by a listener. A table of its own and no expression index on the facts: under row-level security
 * the planner may not look into an index on \`facts ->> …\` (the operator is not leakproof), and foreign keys keep a source from being lost.
 */
const SOURCES = `
    create table case_source (
      tenant_id int not null,
      case_id uuid not null,
      channel_id uuid,
      drive_id uuid,
      sheet_id uuid,
      forum_id uuid,
      primary key (tenant_id, case_id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade,
      foreign key (tenant_id, channel_id) references channel (tenant_id, id),
      foreign key (tenant_id, drive_id) references drive (tenant_id, id),
      foreign key (tenant_id, sheet_id) references questionnaire_sheet (tenant_id, id),
      foreign key (tenant_id, forum_id) references forum (tenant_id, id)
    );
    create index case_source_channel on case_source (tenant_id, channel_id, case_id);
    create index case_source_drive on case_source (tenant_id, drive_id, case_id);
    create index case_source_sheet on case_source (tenant_id, sheet_id, case_id);
    create index case_source_forum on case_source (tenant_id, forum_id, case_id);

    create index case_problem_aspect on "case" (tenant_id, id) where type = 'problem';
`
