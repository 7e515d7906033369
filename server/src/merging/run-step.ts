import type { CaseId, MergeStepId, NewMergeStep, TenantId } from '@banjie/contract'
import { type CaseState, type Engine, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Log } from '#kernel/log'
import type { Store, Tx } from '#kernel/store'
import { dropLinks, type LinkRow, listLinksAmong, pairOf, putLinks } from './link.sql.ts'
import { hasVoices, listStanding } from './opinion.sql.ts'
import {
  addToStep,
  type Failure,
  failInterrupted,
  type Moved,
  type StepRow,
  setStep,
  takeFromStep,
} from './step.sql.ts'

/** Puts a problem that was opened at the merge desk on a list. @throws Fault when there is no such list or aspect, or it takes no more */
export type Enlist = (
  tx: Tx,
  wanted: { readonly listId: string; readonly problem: CaseState; readonly aspect: string },
  by: Actor,
) => Promise<unknown>

export interface StepParts {
  readonly engine: Engine
  readonly store: Store
  readonly log: Log
  readonly enlist: Enlist
}

/** Carries out steps after the request that began them was answered. */
export interface StepRunner {
  run(tenant: TenantId, step: StepRow, wanted: NewMergeStep, by: Actor): Promise<void>
  undo(tenant: TenantId, step: StepRow, by: Actor): Promise<void>
  /** The steps this process is at. */
  underWay(): readonly MergeStepId[]
  /** Resolves when nothing is under way: the house does not close in the middle of a step. */
  settled(): Promise<unknown>
}

const BATCH = 200

export function createStepRunner({ engine, store, log, enlist }: StepParts): StepRunner {
  const underWay = new Map<MergeStepId, Promise<void>>()

  /** Runs once; whatever breaks is told in the step, for nobody waits for the promise. Where even that fails, the job tells it later. */
  function guarded(tenant: TenantId, step: StepRow, broken: Broken, work: () => Promise<void>): Promise<void> {
    const running = carriedOut(tenant, step, broken, work)
      .catch((error: unknown) => log.error({ err: error, step: step.id }, 'merge step was lost'))
      .finally(() => underWay.delete(step.id))
    underWay.set(step.id, running)
    return running
  }

  async function carriedOut(tenant: TenantId, step: StepRow, broken: Broken, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Fault)) log.error({ err: error, step: step.id }, 'merge step broke off')
      const fault = error instanceof Fault ? error : new Fault('mergeStep.interrupted')
      const failures = step.caseIds.map((id) => ({ id, number: null, code: fault.code, detail: fault.message }))
      await store.tx(tenant, (tx) => setStep(tx, step.id, { ...broken, failures }))
    }
  }

  /**
   * Acts on opinions in batches. A batch that is refused is halved until the refused ones stand alone: nine hundred good ones must not wait for
   * one bad one, and one by one they would take too long.
   */
  async function inBatches<T extends { readonly id: CaseId }>(
    tenant: TenantId,
    things: readonly T[],
    work: (tx: Tx, some: readonly T[]) => Promise<void>,
    refused: (tx: Tx, one: T, fault: Fault) => Promise<unknown>,
  ): Promise<void> {
    const waiting: (readonly T[])[] = []
    for (let i = 0; i < things.length; i += BATCH) waiting.push(things.slice(i, i + BATCH))
    for (let some = waiting.shift(); some !== undefined; some = waiting.shift()) {
      const batch = some
      try {
        await store.tx(tenant, (tx) => work(tx, batch))
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        const [only] = batch
        const half = Math.ceil(batch.length / 2)
        if (batch.length > 1) waiting.unshift(batch.slice(0, half), batch.slice(half))
        else if (only !== undefined) await store.tx(tenant, (tx) => refused(tx, only, error))
      }
    }
  }

  const attach = (tenant: TenantId, step: StepRow, into: CaseId, by: Actor) =>
    inBatches(
      tenant,
      step.caseIds.map((id) => ({ id, problemId: into })),
      (tx, some) => mergeAll(tx, step.id, some, by),
      (tx, one, fault) => refuse(tx, step.id, one.id, fault, by),
    )

  async function mergeAll(tx: Tx, stepId: MergeStepId, some: readonly Into[], by: Actor): Promise<void> {
    const moved = await withLinks(tx, some)
    await engine.actAll(
      tx,
      some.map(({ id, problemId }) => ({ caseId: id, action: 'merge', input: { into: problemId }, by })),
    )
    await addToStep(tx, stepId, moved, [])
  }

  const split = (tenant: TenantId, step: StepRow, reason: string, by: Actor) =>
    inBatches(
      tenant,
      step.caseIds.map((id) => ({ id })),
      async (tx, some) => {
        const ids = some.map(({ id }) => id)
        const merged = (await listStanding(tx, ids, sightOf(by))).flatMap(({ id, problemId }) =>
          problemId === null ? [] : [{ id, problemId }],
        )
        const moved = await withLinks(tx, merged)
        await engine.actAll(
          tx,
          ids.map((id) => ({ caseId: id, action: 'unmerge', input: { reason }, by })),
        )
        await addToStep(tx, step.id, moved, [])
        const [first] = moved
        if (first !== undefined) await setStep(tx, step.id, { state: 'running', at: null, problemId: first.problemId })
      },
      (tx, one, fault) => refuse(tx, step.id, one.id, fault, by),
    )

  /** The problem and all its voices in one transaction: a problem without the voices it was made of would be a claim without ground. */
  const create = (tenant: TenantId, step: StepRow, wanted: NewProblem, by: Actor) =>
    store.tx(tenant, async (tx) => {
      const voices = await listStanding(tx, step.caseIds, sightOf(by))
      const problem = await openProblem(
        tx,
        wanted,
        voices.length > 0 && voices.every(({ confidential }) => confidential),
        by,
      )
      for (let i = 0; i < step.caseIds.length; i += BATCH) {
        const some = step.caseIds.slice(i, i + BATCH).map((id) => ({ id, problemId: problem.id }))
        await mergeAll(tx, step.id, some, by)
      }
      await setStep(tx, step.id, { state: 'running', at: null, problemId: problem.id })
    })

  async function openProblem(tx: Tx, wanted: NewProblem, isConfidential: boolean, by: Actor): Promise<CaseState> {
    const { title, content, category, aspect, urgency, confidential, listId } = wanted
    const facts = { title, content, category, aspect, urgency, confidential: confidential || isConfidential }
    const [problem] = await engine.open(tx, [{ type: 'problem', facts, channel: 'window' }], by)
    if (problem === undefined) throw new Error('nothing was opened')
    if (listId !== undefined) {
      if (aspect === undefined) throw new Fault('merge.aspect_wanted')
      await enlist(tx, { listId, problem, aspect }, by)
    }
    return problem
  }

  /** Puts back what a step has moved. What has been answered since stays where it is and is told. */
  const putBack = (tenant: TenantId, step: StepRow, by: Actor) =>
    inBatches(
      tenant,
      step.moved,
      async (tx, some) => {
        await engine.actAll(
          tx,
          some.map(({ id, problemId }) =>
            step.kind === 'split'
              ? { caseId: id, action: 'merge', input: { into: problemId }, by }
              : { caseId: id, action: 'unmerge', input: { reason: UNDONE }, by },
          ),
        )
        await restoreLinks(tx, some)
        await takeFromStep(
          tx,
          step.id,
          some.map(({ id }) => id),
        )
      },
      (tx, one, fault) => refuse(tx, step.id, one.id, fault, by),
    )

  /** A problem opened by the step that nobody else has used goes with it. */
  const withdrawProblem = (tenant: TenantId, step: StepRow, by: Actor) =>
    store.tx(tenant, async (tx) => {
      const problem = step.problemId === null ? undefined : await engine.get(tx, step.problemId, by)
      if (problem?.stage !== 'accepted' || (await hasVoices(tx, problem.id))) return
      await engine.act(tx, { caseId: problem.id, action: 'withdraw', input: { reason: UNDONE } }, by)
    })

  return {
    run: (tenant, step, wanted, by) =>
      guarded(tenant, step, { state: 'failed', at: by.at }, async () => {
        if (wanted.kind === 'create') await create(tenant, step, wanted, by)
        else if (wanted.kind === 'split') await split(tenant, step, wanted.reason, by)
        else if (step.problemId !== null) await attach(tenant, step, step.problemId, by)
        await store.tx(tenant, (tx) => setStep(tx, step.id, { state: 'done', at: by.at }))
      }),
    undo: (tenant, step, by) =>
      guarded(tenant, step, { state: 'done', at: step.finishedAt ?? by.at }, async () => {
        await putBack(tenant, step, by)
        if (step.kind === 'create') await withdrawProblem(tenant, step, by)
        await store.tx(tenant, (tx) => setStep(tx, step.id, { state: 'undone', at: by.at }))
      }),
    underWay: () => [...underWay.keys()],
    settled: () => Promise.all(underWay.values()),
  }
}

const UNDONE = '撤销归并操作'
/** What becomes of a step that broke off. */
interface Broken {
  readonly state: 'failed' | 'done'
  readonly at: Date
}
type NewProblem = Extract<NewMergeStep, { kind: 'create' }>
interface Into {
  readonly id: CaseId
  readonly problemId: CaseId
}

/** What a person had decided about each pair before this step. */
async function withLinks(tx: Tx, pairs: readonly Into[]): Promise<Moved[]> {
  const ids = [...new Set(pairs.flatMap(({ id, problemId }) => [id, problemId]))]
  const known = new Map((await listLinksAmong(tx, ids)).map((link) => [`${link.caseId} ${link.otherId}`, link]))
  return pairs.map(({ id, problemId }) => {
    const { caseId, otherId } = pairOf(id, problemId)
    return { id, problemId, link: known.get(`${caseId} ${otherId}`) ?? null }
  })
}

/** Undoing is no decision about the opinion: what was decided before the step holds again. */
async function restoreLinks(tx: Tx, moved: readonly Moved[]): Promise<void> {
  const before = moved.flatMap(({ link }): LinkRow[] => (link === null ? [] : [link]))
  await dropLinks(
    tx,
    moved.map(({ id, problemId }) => pairOf(id, problemId)),
    null,
  )
  if (before.length > 0) await putLinks(tx, before)
}

async function refuse(tx: Tx, stepId: MergeStepId, id: CaseId, fault: Fault, by: Actor): Promise<void> {
  const [seen] = await listStanding(tx, [id], sightOf(by))
  const failure: Failure = { id, number: seen?.number ?? null, code: fault.code, detail: fault.message }
  await addToStep(tx, stepId, [], [failure])
}

/** A step of another process is given so long before it counts as lost. */
const PATIENCE_MS = 10 * 60_000

/** Tells steps whose process has died as not done; what they had done stays done. @returns how many */
export const failInterruptedSteps = (
  store: Store,
  tenant: TenantId,
  now: Date,
  alive: readonly MergeStepId[],
): Promise<number> =>
  store.tx(tenant, async (tx) => {
    const { code, message } = new Fault('mergeStep.interrupted')
    const before = new Date(now.getTime() - PATIENCE_MS)
    return (await failInterrupted(tx, before, alive, { code, detail: message })).length
  })
