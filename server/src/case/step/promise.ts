import { EFFECT, HARD } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import type { CaseClock } from '../engine/state.ts'
import { nextRound } from './reopen.ts'

const AFTER_ANSWER = ['answered', 'calledBack', 'closed'] as const
const running = (clocks: readonly CaseClock[]) =>
  clocks.some(({ kind, endedAt }) => kind === 'promise' && endedAt === null)

/** Fulfil a promise (兑现承诺): what was promised by a date is done, with proof; only now is the matter solved. */
export const fulfilPromise = action({
  label: '兑现承诺',
  from: [...AFTER_ANSWER],
  to: null,
  by: ['handler', 'head'],
  input: HARD.fulfilPromise,
  unless: ({ outcome }) => outcome !== 'promised',
  guard({ clocks }) {
    if (!running(clocks)) throw new Fault('promise.none')
  },
  effect: () => ({ outcome: 'solved' }),
})

/** Break a promise (承诺逾期): the date has passed; on the next working day the case is open again, in a new round, and the breach is counted. */
export const breakPromise = action({
  label: '承诺逾期',
  from: [...AFTER_ANSWER],
  to: 'inHand',
  by: ['system'],
  input: EFFECT.breakPromise,
  effect: async (context) => ({
    ...(await nextRound(context)),
    brokenPromises: context.kase.brokenPromises + 1,
  }),
})
