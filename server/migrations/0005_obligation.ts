import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What the hard cases need: owned and merged cases, the suspension ledger, extensions, disputes, numbered documents. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    alter table "case"
      add column parent_id uuid,
      add column problem_id uuid,
      add column stage_before text,
      add column mode text,
      add column paused boolean not null default false,
      add column legacy boolean not null default false,
      add column supervised text,
      add column superior jsonb,
      add column stops jsonb not null default '[]',
      add column extensions jsonb not null default '[]',
      add column disputes jsonb not null default '[]',
      add column pending jsonb not null default '[]',
      add column ways jsonb not null default '[]',
      add column plan jsonb not null default '[]',
      add column judgement jsonb,
      add column quantities jsonb not null default '[]',
      add column beneficiaries int,
      add column dissatisfied int not null default 0,
      add column supplemented int not null default 0,
      add column re_raised int not null default 0,
      add column broken_promises int not null default 0,
      add column reach_tried_at timestamptz,
      add column published_at timestamptz,
      add foreign key (tenant_id, parent_id) references "case" (tenant_id, id),
      add foreign key (tenant_id, problem_id) references "case" (tenant_id, id);
    create index case_published on "case" (tenant_id, published_at) where published_at is not null;
    create index case_parent on "case" (tenant_id, parent_id) where parent_id is not null;
    create index case_problem on "case" (tenant_id, problem_id) where problem_id is not null;

    alter table case_clock
      add column original_due_at timestamptz,
      add column extra numeric not null default 0,
      add column stops jsonb not null default '[]',
      add column rung int not null default 0,
      add column fixed boolean not null default false;
    update case_clock set original_due_at = due_at;
    alter table case_clock alter column original_due_at set not null;

    alter table unit add column leader_id uuid, add foreign key (tenant_id, leader_id) references person (tenant_id, id);
    create index unit_leader on unit (tenant_id, leader_id);

    create table document_series (
      tenant_id int not null references tenant (id),
      series text not null,
      year int not null,
      last int not null,
      primary key (tenant_id, series, year)
    );
    `,
  )
  await lockByTenant(db, 'document_series')
  await runAll(db, UPCAST)
}

/**
 * Cases of before: their first event says what the new columns hold, so that folding their events still gives the row; an undispatched one belongs
 * to the intake office; open handling clocks are armed for the escalation ladder, those already overdue at once.
 */
const UPCAST = `
    update case_event set patch = '{
      "parentId": null, "problemId": null, "stageBefore": null, "mode": null, "paused": false, "legacy": false, "supervised": null, "superior": null,
      "stops": [], "extensions": [], "disputes": [], "pending": [], "ways": [], "plan": [], "judgement": null, "quantities": [], "beneficiaries": null,
      "dissatisfied": 0, "supplemented": 0, "reRaised": 0, "brokenPromises": 0, "reachTriedAt": null, "publishedAt": null}'::jsonb || patch
    where action = 'open' and not patch ? 'stops';

    create temporary table intake_office on commit drop as
      select distinct on (post.tenant_id) post.tenant_id, post.unit_id from post
      join post_role on post_role.tenant_id = post.tenant_id and post_role.post_id = post.id and post_role.role in ('clerk', 'dispatcher')
      group by post.tenant_id, post.unit_id order by post.tenant_id, count(*) desc, post.unit_id;
    update case_event e set patch = jsonb_set(e.patch, '{holderUnitId}', to_jsonb(o.unit_id::text))
      from "case" c, intake_office o
      where c.tenant_id = e.tenant_id and c.id = e.case_id and o.tenant_id = c.tenant_id and c.holder_unit_id is null
        and e.patch -> 'holderUnitId' = 'null'::jsonb;
    update "case" c set holder_unit_id = o.unit_id from intake_office o where o.tenant_id = c.tenant_id and c.holder_unit_id is null;

    update case_clock k set next_alert_at = greatest(k.due_at, current_timestamp)
      from "case" c where c.tenant_id = k.tenant_id and c.id = k.case_id and c.type in ('appeal', 'problem')
        and k.kind = 'handle' and k.ended_at is null;
`
