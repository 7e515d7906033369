import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { nextRound, reportDissatisfaction } from './reopen.ts'

/**
 * Re-raise (重提): the person comes again after the end. New facts make a new round; without them the earlier answer is referred to, and the
 * repetition is counted beside the statistics, not in them.
 */
export const reRaise = action({
  label: '重提',
  from: ['calledBack', 'closed', 'declined', 'withdrawn'],
  to: null,
  by: ['citizen', 'clerk', 'dispatcher', 'caller'],
  input: INPUT.reRaise,
  effect: (context) => (context.input.newFacts ? nextRound(context) : { reRaised: context.kase.reRaised + 1 }),
  async follow(sequel) {
    if (sequel.input.newFacts) await reportDissatisfaction(sequel)
  },
})
