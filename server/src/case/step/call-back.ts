import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { isAnsweredByCode } from './by-code.ts'

const CONTENT_GRADE = 3

/** Call back (回访): ask the person. Whoever cannot be reached is tried again, until the rule set says enough. */
export const callBack = action({
  label: '回访',
  from: ['answered'],
  to: 'calledBack',
  by: ['caller', 'clerk'],
  primary: true,
  input: INPUT.callBack,
  outside: async ({ tx, kase }) =>
    kase.stage === 'calledBack' && (await isAnsweredByCode(tx, kase)) ? 'case.anonymous_no_call_back' : undefined,
  effect({ kase, input, by, rules }) {
    const reachTries = kase.reachTries + 1
    if (!input.reached)
      return { reachTries, calledBackAt: by.at, stage: reachTries >= rules.callBackTries ? 'calledBack' : 'answered' }
    const satisfied = input.satisfied ?? (input.grade === undefined ? null : input.grade >= CONTENT_GRADE)
    return { reachTries, calledBackAt: by.at, satisfied, solved: input.solved ?? null, grade: input.grade ?? null }
  },
})

/** Rate (评价): the person's own word, with number and code; it stands for a call-back. */
export const rate = action({
  label: '评价',
  from: ['answered', 'calledBack', 'closed'],
  to: null,
  by: ['citizen'],
  input: INPUT.rate,
  effect: ({ kase, input, by }) => ({
    satisfied: input.grade >= CONTENT_GRADE,
    solved: input.solved,
    grade: input.grade,
    calledBackAt: by.at,
    stage: kase.stage === 'answered' ? 'calledBack' : kase.stage,
  }),
})
