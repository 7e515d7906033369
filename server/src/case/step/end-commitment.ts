import { COMMITMENT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { contentOf, refusePersonalWords, withContent } from './draft-commitment.ts'

/** Fulfil (兑现承诺): somebody outside the unit has seen that the word was kept; late, it stays told that it was broken. */
export const fulfilCommitment = action({
  label: '确认兑现',
  from: ['published', 'broken'],
  to: 'fulfilled',
  by: ['supervisor', 'dispatcher', 'leader', 'system'],
  input: COMMITMENT.fulfil,
  guard: ({ input }) => refusePersonalWords(input.text),
  effect: ({ kase, input, by }) => ({
    closedAt: by.at,
    ...withContent(kase, { ending: input.text, proposal: null }),
  }),
})

/** Break (承诺失信): the day has passed. Nobody has to say so. */
export const breakCommitment = action({
  label: '承诺失信',
  from: ['published'],
  to: 'broken',
  by: ['system'],
  input: COMMITMENT.break,
  effect({ kase, by }) {
    const { deadline, breaches } = contentOf(kase)
    return {
      brokenPromises: kase.brokenPromises + 1,
      ...withContent(kase, { proposal: null, breaches: [...breaches, { deadline, at: by.at.toISOString() }] }),
    }
  },
})

/** Take back (撤回承诺): with a reason that everybody reads where everybody read the promise. */
export const withdrawCommitment = action({
  label: '撤回承诺',
  from: ['drafted', 'reviewed', 'published', 'broken'],
  to: 'withdrawn',
  by: ['supervisor', 'dispatcher', 'leader', 'system'],
  input: COMMITMENT.withdraw,
  guard: ({ input }) => refusePersonalWords(input.reason),
  effect: ({ kase, input, by }) => ({
    closedAt: by.at,
    outcome: 'withdrawn',
    ...withContent(kase, { ending: input.reason, proposal: null }),
  }),
})
