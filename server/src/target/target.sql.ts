import type {
  BlobId,
  CheckCadence,
  CheckInId,
  NewCheckIn,
  NewTarget,
  PersonId,
  TargetDefinition,
  TargetId,
  TargetObjectId,
  TargetVersionState,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

interface NamedUnit {
  readonly id: UnitId
  readonly name: string
}
/** A target with the definition that holds: the latest approved one, or the draft. */
export interface TargetFacts {
  readonly id: TargetId
  readonly title: string
  readonly unit: NamedUnit | null
  readonly person: { readonly id: PersonId; readonly name: string } | null
  readonly duty: string | null
  readonly checkUnit: NamedUnit | null
  readonly cadence: CheckCadence | null
  readonly fixedAt: Date | null
  readonly version: number
  readonly definition: TargetDefinition
  readonly changeWaits: boolean
  /** What check-ins of the target itself add up to. */
  readonly quantity: number
  readonly lastOn: string | null
}

/** Targets with what their check-ins add up to; a task's quantity is counted for the task. */
export const listTargets = (tx: Tx, ids: readonly TargetId[]) =>
  tx.run<TargetFacts>(sql`
    select t.id, t.title, t.duty, t.cadence, t.fixed_at, v.version, v.definition,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
      case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person,
      case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end as check_unit,
      coalesce(c.quantity, 0) as quantity, c.last_on,
      exists (select from target_version w where w.tenant_id = t.tenant_id and w.target_id = t.id and w.state = 'proposed' and w.version > 1)
        as change_waits
    from target t
    join lateral (
      select version, definition from target_version v
      where v.tenant_id = t.tenant_id and v.target_id = t.id and (v.state = 'approved' or v.version = 1)
      order by version desc limit 1) v on true
    left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
    left join person p on p.tenant_id = t.tenant_id and p.id = t.person_id
    left join unit k on k.tenant_id = t.tenant_id and k.id = t.check_unit_id
    left join lateral (
      select sum(quantity) filter (where task_id is null and object_id is null) as quantity, max(day) as last_on
      from check_in c where c.tenant_id = t.tenant_id and c.target_id = t.id and c.voided_at is null) c on true
    where t.tenant_id = ${tx.tenant} and t.id = any(${[...ids]}::uuid[]) order by t.id`)

export interface ObjectRow {
  readonly id: TargetObjectId
  readonly targetId: TargetId
  readonly name: string
  readonly unitId: UnitId | null
  readonly unit: NamedUnit | null
  readonly quantity: number
  readonly measured: number | null
  readonly words: readonly string[]
  readonly done: boolean
  readonly lastOn: string | null
}
/** Objects of targets with what their check-ins say; what was measured last holds. */
export const listObjects = (tx: Tx, targets: readonly TargetId[]) =>
  tx.run<ObjectRow>(sql`
    select o.id, o.target_id, o.name, o.unit_id,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
      coalesce(c.quantity, 0) as quantity, c.measured, coalesce(c.done, false) as done, c.last_on,
      array(select distinct w from check_in e, unnest(e.words) w
        where e.tenant_id = o.tenant_id and e.object_id = o.id and e.voided_at is null order by w) as words
    from target_object o
    left join unit u on u.tenant_id = o.tenant_id and u.id = o.unit_id
    left join lateral (
      select sum(quantity) as quantity, bool_or(done) as done, max(day) as last_on,
        (array_agg(measured order by day desc, at desc, id desc) filter (where measured is not null))[1] as measured
      from check_in c where c.tenant_id = o.tenant_id and c.object_id = o.id and c.voided_at is null) c on true
    where o.tenant_id = ${tx.tenant} and o.target_id = any(${[...targets]}::uuid[]) order by o.target_id, o.position`)

/** Holds a target until the transaction ends: two check-ins at once must not pass it together. */
export const lockTarget = async (tx: Tx, id: TargetId) =>
  (await tx.run(sql`select 1 from target where tenant_id = ${tx.tenant} and id = ${id} for update`)).length > 0

export const putTarget = (tx: Tx, id: TargetId, target: NewTarget, at: Date) =>
  tx.run(sql`
    insert into target (tenant_id, id, title, unit_id, person_id, duty, check_unit_id, cadence, created_at)
    values (${tx.tenant}, ${id}, ${target.title}, ${target.unitId ?? null}, ${target.personId ?? null}, ${target.duty ?? null},
      ${target.checkUnitId ?? null}, ${target.cadence ?? null}, ${at})
    on conflict (tenant_id, id) do update set title = excluded.title, unit_id = excluded.unit_id, person_id = excluded.person_id,
      duty = excluded.duty, check_unit_id = excluded.check_unit_id, cadence = excluded.cadence`)

/** The draft that stands until the target is fixed. */
export const putDraft = (tx: Tx, id: TargetId, definition: TargetDefinition, by: Actor) =>
  tx.run(sql`
    insert into target_version (tenant_id, target_id, version, state, definition, proposer_id, proposer_name, proposed_at)
    values (${tx.tenant}, ${id}, 1, 'proposed', ${JSON.stringify(definition)}, ${by.personId}, ${by.name}, ${by.at})
    on conflict (tenant_id, target_id, version) do update set definition = excluded.definition, proposer_id = excluded.proposer_id,
      proposer_name = excluded.proposer_name, proposed_at = excluded.proposed_at`)

/** Fixes targets: their drafts become the first version, and from now on they run. */
export const fixAll = async (tx: Tx, ids: readonly TargetId[], by: Actor) => {
  await tx.run(sql`
    update target set fixed_at = ${by.at} where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[]) and fixed_at is null`)
  await tx.run(sql`
    update target_version set state = 'approved', approver_id = ${by.personId}, approver_name = ${by.name}, decided_at = ${by.at}
    where tenant_id = ${tx.tenant} and target_id = any(${[...ids]}::uuid[]) and version = 1 and state = 'proposed'`)
}

export const insertObjects = (
  tx: Tx,
  target: TargetId,
  objects: readonly { readonly id: TargetObjectId; readonly name: string; readonly unitId: UnitId | null }[],
  after: number,
) =>
  tx.run(sql`
    insert into target_object (tenant_id, id, target_id, name, unit_id, position)
    select ${tx.tenant}, id, ${target}, name, "unitId", ${after} + (row_number() over ())
    from jsonb_to_recordset(${JSON.stringify(objects)}::jsonb) as o (id uuid, name text, "unitId" uuid)`)
export const dropObjects = (tx: Tx, target: TargetId) =>
  tx.run(sql`delete from target_object where tenant_id = ${tx.tenant} and target_id = ${target}`)

/** A version of something that changes by approval. */
export interface VersionRow<Definition = TargetDefinition> {
  readonly version: number
  readonly state: TargetVersionState
  readonly definition: Definition
  readonly reason: string | null
  readonly proposerId: PersonId | null
  readonly proposerName: string
  readonly proposedAt: Date
  readonly approverName: string | null
  readonly decidedAt: Date | null
  readonly note: string | null
}
/** Every version of a target, newest first. */
export const listVersions = (tx: Tx, id: TargetId) =>
  tx.run<VersionRow>(sql`
    select version, state, definition, reason, proposer_id, proposer_name, proposed_at, approver_name, decided_at, note
    from target_version where tenant_id = ${tx.tenant} and target_id = ${id} order by version desc`)

export const insertVersion = (
  tx: Tx,
  id: TargetId,
  { version, definition, reason }: { version: number; definition: TargetDefinition; reason: string },
  by: Actor,
) =>
  tx.run(sql`
    insert into target_version (tenant_id, target_id, version, state, definition, reason, proposer_id, proposer_name, proposed_at)
    values (${tx.tenant}, ${id}, ${version}, 'proposed', ${JSON.stringify(definition)}, ${reason}, ${by.personId}, ${by.name}, ${by.at})`)

export const decideVersion = (
  tx: Tx,
  id: TargetId,
  { version, state, note }: { version: number; state: 'approved' | 'returned'; note: string | null },
  by: Actor,
) =>
  tx.run(sql`
    update target_version set state = ${state}, approver_id = ${by.personId}, approver_name = ${by.name}, decided_at = ${by.at}, note = ${note}
    where tenant_id = ${tx.tenant} and target_id = ${id} and version = ${version}`)

export interface CheckInRow {
  readonly id: CheckInId
  readonly targetId: TargetId
  readonly day: string
  readonly object: string | null
  readonly taskId: string | null
  readonly milestoneId: string | null
  readonly quantity: number | null
  readonly measured: number | null
  readonly words: readonly string[]
  readonly done: boolean
  readonly evidence: string | null
  readonly files: readonly { readonly id: BlobId; readonly name: string; readonly mediaType: string }[]
  readonly note: string | null
  readonly issues: string | null
  readonly next: string | null
  readonly byId: PersonId | null
  readonly byName: string
  readonly at: Date
  readonly voidedAt: Date | null
  readonly voidedBy: string | null
  readonly voidReason: string | null
}
const CHECK_IN = sql`c.id, c.target_id, c.day, o.name as object, c.task_id, c.milestone_id, c.quantity, c.measured, c.words, c.done,
  c.evidence, c.note, c.issues, c.next, c.by_id, c.by_name, c.at, c.voided_at, c.voided_by, c.void_reason,
  (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'mediaType', b.media_type) order by b.created_at, b.id), '[]')
    from blob b where b.tenant_id = c.tenant_id and b.attached_kind = 'checkIn' and b.attached_id = c.id) as files`
const WITH_OBJECT = sql`check_in c left join target_object o on o.tenant_id = c.tenant_id and o.id = c.object_id`
/** Check-ins of a target and its tasks, newest first. */
export const listCheckIns = (tx: Tx, target: TargetId) =>
  tx.run<CheckInRow>(sql`
    select ${CHECK_IN} from ${WITH_OBJECT} where c.tenant_id = ${tx.tenant} and c.target_id = ${target}
    order by c.day desc, c.at desc, c.id desc limit ${MOST_CHECK_INS}`)
const MOST_CHECK_INS = 1000
export const findCheckIn = async (tx: Tx, id: CheckInId) =>
  (
    await tx.run<CheckInRow>(
      sql`select ${CHECK_IN} from ${WITH_OBJECT} where c.tenant_id = ${tx.tenant} and c.id = ${id}`,
    )
  )[0]

export const insertCheckIn = (tx: Tx, id: CheckInId, target: TargetId, input: NewCheckIn, by: Actor) =>
  tx.run(sql`
    insert into check_in (tenant_id, id, target_id, object_id, task_id, milestone_id, day, quantity, measured, words, done,
      evidence, note, issues, next, by_id, by_name, at)
    values (${tx.tenant}, ${id}, ${target}, ${input.objectId ?? null}, ${input.taskId ?? null}, ${input.milestoneId ?? null}, ${input.day},
      ${input.quantity ?? null}, ${input.measured ?? null}, ${[...input.words]}, ${input.done}, ${input.evidence ?? null}, ${input.note ?? null},
      ${input.issues ?? null}, ${input.next ?? null}, ${by.personId}, ${by.name}, ${by.at})`)

export const voidIn = (tx: Tx, id: CheckInId, reason: string, by: Actor) =>
  tx.run(sql`
    update check_in set voided_at = ${by.at}, voided_by = ${by.name}, void_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`)

export interface CheckDay {
  readonly id: CheckInId
  readonly targetId: TargetId
  readonly taskId: string | null
  readonly day: string
}
/** The days on which something was reported, of targets and their tasks. */
export const listCheckDays = (tx: Tx, targets: readonly TargetId[]) =>
  tx.run<CheckDay>(sql`
    select id, target_id, task_id, day from check_in
    where tenant_id = ${tx.tenant} and target_id = any(${[...targets]}::uuid[]) and voided_at is null order by day, id`)

export interface TaskTally {
  readonly taskId: string
  readonly quantity: number
  readonly lastOn: string
  readonly reached: readonly { readonly id: string; readonly on: string }[]
}
/** What check-ins say of tasks: quantities, milestones reached, and when something was last reported. */
export const listTaskTallies = (tx: Tx, targets: readonly TargetId[]) =>
  tx.run<TaskTally>(sql`
    select task_id, coalesce(sum(quantity), 0) as quantity, max(day) as last_on,
      coalesce(jsonb_agg(jsonb_build_object('id', milestone_id, 'on', day)) filter (where milestone_id is not null), '[]') as reached
    from check_in where tenant_id = ${tx.tenant} and target_id = any(${[...targets]}::uuid[]) and task_id is not null and voided_at is null
    group by task_id order by task_id`)

/** The milestones of a task that some check-in names, voided ones too: their rows must stay. */
export const listNamedMilestones = (tx: Tx, task: string) =>
  tx.run<{ id: string }>(sql`
    select distinct milestone_id as id from check_in where tenant_id = ${tx.tenant} and task_id = ${task} and milestone_id is not null`)

export interface WaitingVersion {
  readonly id: TargetId
  readonly title: string
  readonly version: number
  readonly was: TargetDefinition
  readonly definition: TargetDefinition
  readonly reason: string
  readonly proposerId: PersonId | null
  readonly proposerName: string
  readonly proposedAt: Date
}
/** Changes of targets that wait for approval (待批变更) with what holds until then, the oldest first. */
export const listWaitingVersions = (tx: Tx) =>
  tx.run<WaitingVersion>(sql`
    select t.id, t.title, v.version, v.definition, v.reason, v.proposer_id, v.proposer_name, v.proposed_at,
      (select w.definition from target_version w where w.tenant_id = t.tenant_id and w.target_id = t.id and w.state = 'approved'
        order by w.version desc limit 1) as was
    from target_version v join target t on t.tenant_id = v.tenant_id and t.id = v.target_id
    where v.tenant_id = ${tx.tenant} and v.state = 'proposed' and v.version > 1 order by v.proposed_at, t.id limit 500`)
