import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** The knowledge base gets owners, sources, last days and a history; ratings of the contact are found by their day. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    alter table knowledge
      add column kind text not null default 'question' check (kind in ('policy', 'question', 'answer')),
      add column phrasings text[] not null default '{}',
      add column owner_unit_id uuid,
      add column source text,
      add column source_url text,
      add column valid_from date,
      add column expires_on date,
      add column public boolean not null default true,
      add column state text not null default 'approved' check (state in ('draft', 'approved', 'retired')),
      add column version int not null default 1,
      add column approver text,
      add column waiting jsonb,
      add column from_case text,
      add column grams text[] not null default '{}',
      add column title_grams text[] not null default '{}',
      add foreign key (tenant_id, owner_unit_id) references unit (tenant_id, id);
    create index knowledge_owner on knowledge (tenant_id, owner_unit_id);
    create index knowledge_expires on knowledge (tenant_id, expires_on) where expires_on is not null;

    create table knowledge_event (
      tenant_id int not null,
      knowledge_id text not null,
      id uuid not null,
      at timestamptz not null,
      by_person uuid,
      by_name text not null,
      action text not null,
      version int not null,
      note text,
      said jsonb not null,
      primary key (tenant_id, knowledge_id, id),
      foreign key (tenant_id, knowledge_id) references knowledge (tenant_id, id)
    );

    create table knowledge_use (
      tenant_id int not null,
      knowledge_id text not null,
      case_id uuid not null,
      version int not null,
      at timestamptz not null,
      primary key (tenant_id, knowledge_id, case_id, at),
      foreign key (tenant_id, knowledge_id) references knowledge (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index knowledge_use_case on knowledge_use (tenant_id, case_id);

    create table knowledge_vote (
      tenant_id int not null,
      knowledge_id text not null,
      day date not null,
      device text not null,
      useful boolean not null,
      primary key (tenant_id, knowledge_id, day, device),
      foreign key (tenant_id, knowledge_id) references knowledge (tenant_id, id)
    );

    create index case_review on "case" (tenant_id, (facts ->> 'knowledgeId')) where type = 'review' and closed_at is null;
    create index case_event_service on case_event (tenant_id, at)
      where (action = 'rate' and input ->> 'kind' = 'service') or (action = 'callBack' and input ? 'serviceGrade');
    create index case_event_graded on case_event (tenant_id, at)
      where action in ('rate', 'callBack') and jsonb_typeof(patch -> 'grade') = 'number';
    `,
  )
  await lockByTenant(db, 'knowledge_event', 'knowledge_use', 'knowledge_vote')
}
