import { EFFECT, INPUT } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import type { CaseClock } from '../engine/state.ts'
import { listMerged } from './answer-merged.ts'
import { nextRound } from './reopen.ts'

const AFTER_ANSWER = ['answered', 'calledBack', 'closed'] as const
const running = (clocks: readonly CaseClock[]) =>
  clocks.some(({ kind, endedAt }) => kind === 'promise' && endedAt === null)

/** Fulfil a promise (兑现承诺): what was promised by a date is done, with proof; only now is the matter solved. */
export const fulfilPromise = action({
  label: '兑现承诺',
  from: [...AFTER_ANSWER],
  to: null,
  by: ['handler', 'head', 'system'],
  input: INPUT.fulfilPromise,
  unless: ({ outcome }) => outcome !== 'promised',
  guard({ clocks }) {
    if (!running(clocks)) throw new Fault('promise.none')
  },
  effect: () => ({ outcome: 'solved' }),
  // What a problem promised was promised to everybody whose voice was merged.
  async follow(sequel) {
    const promised = (await listMerged(sequel)).filter(
      ({ outcome, answeredAt }) => outcome === 'promised' && answeredAt !== null,
    )
    await sequel.engine.actAll(
      sequel.tx,
      promised.map(({ id }) => ({
        ...{ caseId: id, action: 'fulfilPromise', by: onBehalf(sequel.by) },
        input: { text: sequel.input.text },
      })),
    )
  },
})

/** Break a promise (承诺逾期): the date has passed; on the next working day the case is open again, in a new round, and the breach is counted. */
export const breakPromise = action({
  label: '承诺逾期',
  from: [...AFTER_ANSWER],
  to: 'inHand',
  by: ['system'],
  input: EFFECT.breakPromise,
  async effect(context) {
    const { brokenPromises, problemId } = context.kase
    const broken = { ...(await nextRound(context)), brokenPromises: brokenPromises + 1 }
    // The work is done on the problem, which is open again at the same moment: its voices wait for it as before.
    return problemId === null ? broken : { ...broken, stage: 'merged', stageBefore: 'accepted', problemId }
  },
})
