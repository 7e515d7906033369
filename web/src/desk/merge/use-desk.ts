import { useEffect, useState } from 'react'
import { ApiFault, api } from '../../shared/api.ts'
import { announce } from '../announce.tsx'
import { type NewStep, refreshMerge, type Step, useNewStep, useStep, useUndo } from './query.ts'
import type { Selection } from './selection.ts'

/** What is done at the merge desk: steps begun, watched to their end, told and undone. */
export function useDesk(selection: Selection) {
  const [stepId, setStepId] = useState<string | null>(null)
  /** What each step was given: suggested groups are not computed anew after every press. */
  const [given, setGiven] = useState<ReadonlyMap<string, readonly string[]>>(new Map())
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const { data: step } = useStep(stepId)
  const begun = ({ id }: Step) => setStepId(id)
  const begin = useNewStep(begun)
  const undo = useUndo(begun)
  const fail = (error: Error) => announce(error instanceof ApiFault ? error.message : '没有成功，请重试。', 'bad')
  const run = (body: NewStep, then?: () => void) =>
    begin.mutate(body, {
      onError: fail,
      onSuccess: ({ id }) => {
        if (body.kind !== 'split') setGiven((before) => new Map(before).set(id, body.ids))
        selection.toggle(body.ids, false)
        then?.()
      },
    })
  const state = step?.state
  useEffect(() => {
    if (step === undefined || state === 'running' || state === 'undoing') return
    refreshMerge()
    const failed = new Set(step.failures.map(({ id }) => id as string))
    const ids = (given.get(step.id) ?? []).filter((id) => !failed.has(id))
    setGone((before) => (state === 'done' ? before.union(new Set(ids)) : before.difference(new Set(ids))))
  }, [state, step, given])
  const busy = begin.isPending || undo.isPending || state === 'running' || state === 'undoing'
  return {
    step,
    busy,
    /** Opinions that this page has merged since it was opened. */
    gone,
    run,
    attach: (ids: readonly string[], into: string) => run({ kind: 'attach', ids: ids as never, into }),
    split: (ids: readonly string[]) => run({ kind: 'split', ids: ids as never, reason: '经核对，不是一回事' }),
    undo: () => step && undo.mutate(step.id, { onError: fail }),
    close: () => setStepId(null),
  }
}

/** Says that some opinions of a group are not of one matter with the others: no later grouping puts them together. */
export async function keepApart(some: readonly string[], others: readonly string[]): Promise<void> {
  for (const id of some)
    await api('newOpinionLinks', { body: { kind: 'cannot', id: id as never, otherIds: others.slice(0, 500) as never } })
}
