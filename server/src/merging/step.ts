import type { CaseId, MergeStep, MergeStepId, NewMergeStep } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { refuseUnlessMerger } from './link.ts'
import { listStanding } from './opinion.sql.ts'
import { findStep, insertStep, listSteps, lockStep, type StepRow, setStep } from './step.sql.ts'

/** So long after a step its doer may still take it back as a whole (撤销). */
const UNDO_MINUTES = 10
const SHOWN = 20

type View = z.input<typeof MergeStep>

/**
 * Begins a step (归并操作): what can be refused for all of it is refused now; the opinions follow in batches.
 * @throws Fault 'forbidden' | 'merge.not_a_problem' | 'merge.mixed' | 'case.not_found'
 */
export async function beginStep(engine: Engine, tx: Tx, wanted: NewMergeStep, by: Actor): Promise<StepRow> {
  refuseUnlessMerger(by)
  const caseIds = [...new Set(wanted.ids)]
  const problemId = wanted.kind === 'attach' ? await problemFor(engine, tx, wanted.into, by) : null
  if (wanted.kind === 'create') await refuseNewProblem(engine, tx, caseIds, by)
  if (by.personId === null) throw new Fault('forbidden')
  const step: StepRow = {
    ...{ id: newId<MergeStepId>(), kind: wanted.kind, state: 'running', problemId, caseIds, moved: [], failures: [] },
    ...{ byPerson: by.personId, byName: by.name, startedAt: by.at, finishedAt: null },
  }
  await insertStep(tx, step)
  return step
}

async function problemFor(engine: Engine, tx: Tx, into: string, by: Actor): Promise<CaseId> {
  const problem = await engine.get(tx, into.trim(), by).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'case.not_found') throw new Fault('merge.not_a_problem')
    throw error
  })
  if (problem.type !== 'problem') throw new Fault('merge.not_a_problem')
  return problem.id
}

/** A problem for a group is opened by whoever may open problems, and holds only confidential voices or none. */
async function refuseNewProblem(engine: Engine, tx: Tx, ids: readonly CaseId[], by: Actor): Promise<void> {
  if (!engine.typeOf({ type: 'problem' }).opens.some((doer) => by.roles.has(doer as never)))
    throw new Fault('forbidden')
  const seen = await listStanding(tx, ids, sightOf(by))
  if (seen.length < ids.length) throw new Fault('case.not_found')
  if (new Set(seen.map(({ confidential }) => confidential)).size > 1) throw new Fault('merge.mixed')
}

/** A person's own step. @throws Fault 'mergeStep.not_found' */
export async function getStep(tx: Tx, id: string, by: Actor, find = findStep): Promise<StepRow> {
  const step = await find(tx, id, by.personId)
  if (step === undefined) throw new Fault('mergeStep.not_found')
  return step
}

/** A person's last steps, the last first. */
export const stepViews = async (tx: Tx, by: Actor): Promise<View[]> => {
  const steps = await listSteps(tx, by.personId, SHOWN)
  return steps.map((step) => shown(step, lastOf(steps)?.id, by))
}

/**
 * Begins to take a step back (撤销): only one's own last, only for ten minutes.
 * @throws Fault 'mergeStep.not_found' | 'mergeStep.running' | 'mergeStep.not_last' | 'mergeStep.too_late'
 */
export async function beginUndo(tx: Tx, id: string, by: Actor): Promise<StepRow> {
  const step = await getStep(tx, id, by, lockStep)
  if (step.state !== 'done') throw new Fault('mergeStep.running')
  if (lastOf(await listSteps(tx, by.personId, SHOWN))?.id !== id) throw new Fault('mergeStep.not_last')
  if (by.at > undoUntil(step)) throw new Fault('mergeStep.too_late', { minutes: UNDO_MINUTES })
  await setStep(tx, step.id, { state: 'undoing', at: step.finishedAt, failures: [] })
  return { ...step, state: 'undoing', failures: [] }
}

const lastOf = (steps: readonly StepRow[]) => steps.find(({ state }) => state !== 'undone' && state !== 'failed')
const undoUntil = ({ finishedAt, startedAt }: StepRow) =>
  new Date((finishedAt ?? startedAt).getTime() + UNDO_MINUTES * 60_000)

/** A step as its doer sees it. */
export async function stepView(tx: Tx, step: StepRow, by: Actor): Promise<View> {
  const steps = await listSteps(tx, by.personId, SHOWN)
  return shown(steps.find(({ id }) => id === step.id) ?? step, lastOf(steps)?.id, by)
}

function shown(step: StepRow, last: MergeStepId | undefined, by: Actor): View {
  const { id, kind, state, moved, failures, startedAt, finishedAt, problem } = step
  const isOpen = state === 'done' && moved.length > 0 && id === last && by.at <= undoUntil(step)
  return {
    ...{ id, kind, state, failures: [...failures], total: step.caseIds.length, moved: moved.length },
    problem: problem ?? null,
    by: step.byName,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    undoUntil: isOpen ? undoUntil(step).toISOString() : null,
  }
}
