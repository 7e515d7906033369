import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Disclosures of utilities and service trades, notices to kinds of organisations, and items for the district's own media. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, DISCLOSURES)
  await runAll(db, MEDIA)
  await lockByTenant(db, ...['obliged_body', 'public_notice', 'public_text', 'media_item', 'media_salt', 'media_visit'])
}

/** One table of texts for both: what is written, reviewed and versioned is the same, and so is the one who may do it. */
const DISCLOSURES = `
    create table obliged_body (
      tenant_id int not null references tenant (id),
      id uuid not null,
      unit_id uuid not null,
      name text,
      trade text not null,
      obliged_from date not null,
      obliged_until date,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      check (obliged_until is null or obliged_until >= obliged_from)
    );
    create index obliged_body_unit on obliged_body (tenant_id, unit_id);
    create unique index obliged_body_itself on obliged_body (tenant_id, unit_id) where name is null;
    create unique index obliged_body_name on obliged_body (tenant_id, name) where name is not null;

    create table public_notice (
      tenant_id int not null references tenant (id),
      id uuid not null,
      title text not null,
      kind text not null,
      audiences text[] not null check (cardinality(audiences) > 0),
      unit_id uuid not null,
      withdrawn_at timestamptz,
      withdrawn_by text,
      withdrawn_reason text,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      check ((withdrawn_at is null) = (withdrawn_reason is null) and (withdrawn_at is null) = (withdrawn_by is null))
    );
    create index public_notice_unit on public_notice (tenant_id, unit_id);

    create table public_text (
      tenant_id int not null,
      id uuid not null,
      body_id uuid,
      part text,
      notice_id uuid,
      state text not null check (state in ('submitted', 'returned', 'published')),
      version int check (version > 0),
      text text not null,
      source text not null,
      effective_on date not null,
      valid_until date not null,
      reason text,
      author_id uuid not null,
      author_name text not null,
      submitted_at timestamptz not null,
      reviewer_id uuid,
      reviewer_name text,
      reviewed_at timestamptz,
      review_note text,
      primary key (tenant_id, id),
      foreign key (tenant_id, body_id) references obliged_body (tenant_id, id),
      foreign key (tenant_id, notice_id) references public_notice (tenant_id, id),
      foreign key (tenant_id, author_id) references person (tenant_id, id),
      foreign key (tenant_id, reviewer_id) references person (tenant_id, id),
      check ((body_id is null) <> (notice_id is null) and (body_id is null) = (part is null)),
      check (effective_on <= valid_until),
      check ((state = 'submitted') = (reviewed_at is null) and (state = 'published') = (version is not null)),
      check (reviewer_id is null or reviewer_id <> author_id)
    );
    create unique index public_text_body on public_text (tenant_id, body_id, part, version);
    create unique index public_text_notice on public_text (tenant_id, notice_id, version);
    create unique index public_text_waiting on public_text (tenant_id, coalesce(body_id, notice_id), coalesce(part, '')) where state = 'submitted';
    create index public_text_author on public_text (tenant_id, author_id);
    create index public_text_reviewer on public_text (tenant_id, reviewer_id);
`

/**
 * A visit is a row of a day and a hash of the device; the salt of that day is thrown away when the day is over, and then nobody can tell any
 * more which device it was.
 */
const MEDIA = `
    create table media_item (
      tenant_id int not null references tenant (id),
      id uuid not null,
      code text not null,
      kind text not null check (kind in ('problem', 'list', 'answer', 'drive')),
      ref text not null,
      path text not null,
      title text not null,
      brief text not null,
      text text not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, code)
    );
    create index media_item_created on media_item (tenant_id, created_at, id);

    create table media_salt (
      tenant_id int not null references tenant (id),
      day date not null,
      salt bytea not null,
      primary key (tenant_id, day)
    );

    create table media_visit (
      tenant_id int not null,
      item_id uuid not null,
      day date not null,
      device bytea not null,
      primary key (tenant_id, item_id, day, device),
      foreign key (tenant_id, item_id) references media_item (tenant_id, id)
    );

    alter table case_source add column media_item_id uuid;
    alter table case_source add foreign key (tenant_id, media_item_id) references media_item (tenant_id, id);
    create index case_source_media on case_source (tenant_id, media_item_id, case_id);
`
