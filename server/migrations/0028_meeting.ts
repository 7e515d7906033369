import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Meetings, minutes, decisions and leaders' instructions; rosters, calls to the post, overtime. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, MEETINGS)
  await runAll(db, INSTRUCTIONS)
  await runAll(db, ROSTERS)
  await lockByTenant(
    db,
    ...['meeting_dictionary', 'meeting', 'meeting_attendance', 'meeting_target', 'meeting_case', 'decision'],
    ...['decision_case', 'instruction', 'roster_post', 'roster_entry', 'roster_swap', 'on_call_log', 'overtime'],
  )
}

/** The kind of a meeting is kept as it was called when the meeting was recorded: a later version of the dictionary renames nothing. */
const MEETINGS = `
    create table meeting_dictionary (
      tenant_id int not null references tenant (id),
      version text not null,
      valid_from date not null,
      basis text not null,
      meetings jsonb not null,
      instructions jsonb not null,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, version)
    );

    create table meeting (
      tenant_id int not null references tenant (id),
      id uuid not null,
      title text not null,
      kind jsonb not null,
      on_day date not null,
      at_time text not null,
      place text not null,
      chair_id uuid not null,
      campaign text,
      agenda text[] not null,
      firms text[] not null,
      state text not null check (state in ('none', 'draft', 'returned', 'approved', 'issued')),
      body text,
      drafted_by uuid,
      drafted_at timestamptz,
      approved_by uuid,
      approved_at timestamptz,
      returned_why text,
      issued_by uuid,
      issued_on date,
      number text,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, number),
      foreign key (tenant_id, chair_id) references person (tenant_id, id),
      foreign key (tenant_id, drafted_by) references person (tenant_id, id),
      foreign key (tenant_id, approved_by) references person (tenant_id, id),
      foreign key (tenant_id, issued_by) references person (tenant_id, id),
      check (approved_by is null or approved_by <> drafted_by),
      check ((state = 'issued') = (number is not null)),
      check (state not in ('approved', 'issued') or approved_by is not null)
    );
    create index meeting_on on meeting (tenant_id, on_day, id);
    create index meeting_chair on meeting (tenant_id, chair_id);
    create index meeting_drafted on meeting (tenant_id, drafted_by);
    create index meeting_approved on meeting (tenant_id, approved_by);
    create index meeting_issued on meeting (tenant_id, issued_by);

    create table meeting_attendance (
      tenant_id int not null,
      meeting_id uuid not null,
      position int not null,
      unit_id uuid not null,
      person_id uuid,
      presence text not null check (presence in ('present', 'leave', 'absent')),
      reason text,
      primary key (tenant_id, meeting_id, position),
      foreign key (tenant_id, meeting_id) references meeting (tenant_id, id) on delete cascade,
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id)
    );
    create index meeting_attendance_unit on meeting_attendance (tenant_id, unit_id);
    create index meeting_attendance_person on meeting_attendance (tenant_id, person_id);

    create table meeting_target (
      tenant_id int not null,
      meeting_id uuid not null,
      target_id uuid not null,
      primary key (tenant_id, meeting_id, target_id),
      foreign key (tenant_id, meeting_id) references meeting (tenant_id, id) on delete cascade,
      foreign key (tenant_id, target_id) references liaison_target (tenant_id, id)
    );
    create index meeting_target_target on meeting_target (tenant_id, target_id);

    create table meeting_case (
      tenant_id int not null,
      meeting_id uuid not null,
      case_id uuid not null,
      primary key (tenant_id, meeting_id, case_id),
      foreign key (tenant_id, meeting_id) references meeting (tenant_id, id) on delete cascade,
      foreign key (tenant_id, case_id) references "case" (tenant_id, id)
    );
    create index meeting_case_case on meeting_case (tenant_id, case_id);

    create table decision (
      tenant_id int not null,
      id uuid not null,
      meeting_id uuid not null,
      position int not null,
      body text not null,
      form text not null check (form in ('task', 'problem', 'existing')),
      unit_id uuid,
      person_id uuid,
      due_on date,
      checker_id uuid,
      case_id uuid,
      checked_on date,
      check_note text,
      primary key (tenant_id, id),
      unique (tenant_id, meeting_id, position),
      foreign key (tenant_id, meeting_id) references meeting (tenant_id, id) on delete cascade,
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, checker_id) references person (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id),
      check (checker_id <> person_id),
      check ((form = 'existing') = (case_id is not null))
    );
    create index decision_unit on decision (tenant_id, unit_id);
    create index decision_person on decision (tenant_id, person_id);
    create index decision_checker on decision (tenant_id, checker_id);
    create index decision_case_of on decision (tenant_id, case_id);

    create table decision_case (
      tenant_id int not null,
      decision_id uuid not null,
      round int not null check (round > 0),
      case_id uuid not null,
      returned_why text,
      primary key (tenant_id, decision_id, round),
      unique (tenant_id, case_id),
      foreign key (tenant_id, decision_id) references decision (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id)
    );
`

const INSTRUCTIONS = `
    create table instruction (
      tenant_id int not null references tenant (id),
      id uuid not null,
      leader_id uuid,
      leader_title text,
      on_day date not null,
      body text,
      image_id uuid,
      kind jsonb not null,
      about_kind text not null check (about_kind in ('case', 'document', 'free')),
      about_case uuid,
      about_title text,
      about_number text,
      rank text not null,
      confidentiality text not null check (confidentiality in ('open', 'internal', 'limited')),
      reply text not null,
      unit_id uuid,
      person_id uuid,
      due_on date,
      case_id uuid,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, case_id),
      foreign key (tenant_id, leader_id) references person (tenant_id, id),
      foreign key (tenant_id, image_id) references blob (tenant_id, id),
      foreign key (tenant_id, about_case) references "case" (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id),
      check ((leader_id is null) <> (leader_title is null)),
      check (body is not null or image_id is not null),
      check ((about_kind = 'case') = (about_case is not null)),
      check ((case_id is null) = (unit_id is null) and (case_id is null) = (due_on is null))
    );
    create index instruction_on on instruction (tenant_id, on_day, id);
    create index instruction_leader on instruction (tenant_id, leader_id);
    create index instruction_image on instruction (tenant_id, image_id);
    create index instruction_about on instruction (tenant_id, about_case);
    create index instruction_unit on instruction (tenant_id, unit_id);
    create index instruction_person on instruction (tenant_id, person_id);
`

/** A person has one shift a day. The swap of two shifts of one day changes both rows at once, so this is looked at when the statement has ended. */
const ROSTERS = `
    create table roster_post (
      tenant_id int not null references tenant (id),
      id uuid not null,
      unit_id uuid not null,
      name text not null,
      phone text not null,
      shifts text[] not null check (cardinality(shifts) > 0),
      valid_from date not null,
      is_public boolean not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, name),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index roster_post_unit on roster_post (tenant_id, unit_id);

    create table roster_entry (
      tenant_id int not null,
      id uuid not null,
      post_id uuid not null,
      day date not null,
      shift text not null check (shift in ('whole', 'day', 'night')),
      person_id uuid not null,
      leader_id uuid,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      unique (tenant_id, post_id, day, shift),
      constraint roster_entry_once unique (tenant_id, person_id, day) deferrable initially immediate,
      foreign key (tenant_id, post_id) references roster_post (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, leader_id) references person (tenant_id, id)
    );
    create index roster_entry_leader on roster_entry (tenant_id, leader_id);

    create table roster_swap (
      tenant_id int not null,
      id uuid not null,
      entry_id uuid not null,
      from_person uuid not null,
      to_person uuid not null,
      reason text not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, entry_id) references roster_entry (tenant_id, id),
      foreign key (tenant_id, from_person) references person (tenant_id, id),
      foreign key (tenant_id, to_person) references person (tenant_id, id),
      check (from_person <> to_person)
    );
    create index roster_swap_entry on roster_swap (tenant_id, entry_id);
    create index roster_swap_from on roster_swap (tenant_id, from_person);
    create index roster_swap_to on roster_swap (tenant_id, to_person);

    create table on_call_log (
      tenant_id int not null,
      id uuid not null,
      post_id uuid not null,
      at timestamptz not null,
      outside_hours boolean not null,
      on_duty uuid,
      what text not null,
      done text not null,
      case_id uuid,
      by_name text not null,
      recorded_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, post_id) references roster_post (tenant_id, id),
      foreign key (tenant_id, on_duty) references person (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id)
    );
    create index on_call_log_post on on_call_log (tenant_id, post_id, at);
    create index on_call_log_at on on_call_log (tenant_id, at);
    create index on_call_log_person on on_call_log (tenant_id, on_duty);
    create index on_call_log_case on on_call_log (tenant_id, case_id);

    create table overtime (
      tenant_id int not null references tenant (id),
      id uuid not null,
      person_id uuid not null,
      unit_id uuid not null,
      on_day date not null,
      hours numeric(4, 1) not null check (hours > 0 and hours <= 24),
      why text not null,
      campaign text,
      by_name text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, person_id) references person (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index overtime_person on overtime (tenant_id, person_id, on_day);
    create index overtime_unit on overtime (tenant_id, unit_id);
    create index overtime_on on overtime (tenant_id, on_day);
`
