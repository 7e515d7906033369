import type { CaseId, MergeStepId, MergeStepKind, MergeStepState, PersonId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { LinkRow } from './link.sql.ts'

/** What a step has done to one opinion, and what it needs to be undone. */
export interface Moved {
  readonly id: CaseId
  /** The problem it was taken out of, or merged into. */
  readonly problemId: CaseId
  /** What a person had decided about the two before. */
  readonly link: LinkRow | null
}
export interface Failure {
  readonly id: CaseId
  readonly number: string | null
  readonly code: string
  readonly detail: string
}
/** A step at the merge desk (归并操作). */
export interface StepRow {
  readonly id: MergeStepId
  readonly kind: MergeStepKind
  readonly state: MergeStepState
  readonly problemId: CaseId | null
  readonly caseIds: readonly CaseId[]
  readonly moved: readonly Moved[]
  readonly failures: readonly Failure[]
  readonly byPerson: PersonId
  readonly byName: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  /** The problem with its words, where it was read from the table. */
  readonly problem?: { readonly id: CaseId; readonly number: string; readonly title: string } | null
}

export const insertStep = (tx: Tx, step: StepRow) =>
  tx.run(sql`
    insert into merge_step (tenant_id, id, kind, state, problem_id, case_ids, moved, failures, by_person, by_name, started_at, finished_at)
    values (${tx.tenant}, ${step.id}, ${step.kind}, ${step.state}, ${step.problemId}, ${[...step.caseIds]}::uuid[], ${JSON.stringify(step.moved)}::jsonb,
      ${JSON.stringify(step.failures)}::jsonb, ${step.byPerson}, ${step.byName}, ${step.startedAt}, ${step.finishedAt})`)

const PARTS = sql`s.id, s.kind, s.state, s.problem_id, s.case_ids, s.moved, s.failures, s.by_person, s.by_name, s.started_at, s.finished_at,
  (select jsonb_build_object('id', p.id, 'number', p.number, 'title', p.title) from "case" p
   where p.tenant_id = s.tenant_id and p.id = s.problem_id) as problem`

export const findStep = async (tx: Tx, id: string, person: PersonId | null) =>
  (
    await tx.run<StepRow>(
      sql`select ${PARTS} from merge_step s where s.tenant_id = ${tx.tenant} and s.id = ${id}::uuid and s.by_person = ${person}`,
    )
  )[0]

/** A step, locked until the commit. */
export const lockStep = async (tx: Tx, id: string, person: PersonId | null) =>
  (
    await tx.run<StepRow>(
      sql`select ${PARTS} from merge_step s where s.tenant_id = ${tx.tenant} and s.id = ${id}::uuid and s.by_person = ${person} for update`,
    )
  )[0]

/** A person's steps, the last first. */
export const listSteps = (tx: Tx, person: PersonId | null, limit: number) =>
  tx.run<StepRow>(sql`
    select ${PARTS} from merge_step s where s.tenant_id = ${tx.tenant} and s.by_person = ${person}
    order by s.started_at desc, s.id desc limit ${limit}`)

/** What happened in a batch, told in the batch's own transaction: a process that dies leaves a true account. */
export const addToStep = (tx: Tx, id: MergeStepId, moved: readonly Moved[], failures: readonly Failure[]) =>
  tx.run(sql`
    update merge_step set moved = moved || ${JSON.stringify(moved)}::jsonb, failures = failures || ${JSON.stringify(failures)}::jsonb
    where tenant_id = ${tx.tenant} and id = ${id}`)

/** Of what a step has moved these are back. */
export const takeFromStep = (tx: Tx, id: MergeStepId, back: readonly CaseId[]) =>
  tx.run(sql`
    update merge_step set moved = (
      select coalesce(jsonb_agg(m), '[]') from jsonb_array_elements(moved) as m where not m ->> 'id' = any(${[...back]}::text[]))
    where tenant_id = ${tx.tenant} and id = ${id}`)

export const setStep = (
  tx: Tx,
  id: MergeStepId,
  to: { state: MergeStepState; at: Date | null; problemId?: CaseId | undefined; failures?: readonly Failure[] },
) =>
  tx.run(sql`
    update merge_step set state = ${to.state}, finished_at = ${to.at}, problem_id = coalesce(${to.problemId ?? null}::uuid, problem_id)
      ${to.failures === undefined ? sql`` : sql`, failures = ${JSON.stringify(to.failures)}::jsonb`}
    where tenant_id = ${tx.tenant} and id = ${id}`)

/** Steps whose process has died: what it had done stays done, the rest is told as not done. */
export const failInterrupted = (
  tx: Tx,
  before: Date,
  alive: readonly string[],
  failure: { code: string; detail: string },
) =>
  tx.run(sql`
    update merge_step s set state = case when jsonb_array_length(moved) = 0 then 'failed' else 'done' end, finished_at = coalesce(finished_at, started_at),
      failures = failures || (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'number', null, 'code', ${failure.code}::text, 'detail', ${failure.detail}::text)), '[]')
        from unnest(case_ids) as id
        where not exists (select from jsonb_array_elements(moved || failures) as m where m ->> 'id' = id::text))
    where tenant_id = ${tx.tenant} and state in ('running', 'undoing') and started_at < ${before} and id <> all(${[...alive]}::uuid[]) returning id`)
