import { COMMITMENT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import { contentOf, refusePersonalWords, refuseUnfitWords, withContent } from './draft-commitment.ts'
import { refusePastDay } from './set-deadline.ts'

/** Correct (更正承诺): proposes other words or another day. Until the head has signed, the public reads the ones before. */
export const correctCommitment = action({
  label: '更正承诺',
  from: ['published'],
  to: null,
  by: ['handler', 'head', 'supervisor', 'dispatcher'],
  input: COMMITMENT.correct,
  guard(context) {
    refuseUnfitWords(context)
    refusePersonalWords(context.input.reason)
  },
  effect: ({ kase, input, by }) => withContent(kase, { proposal: { ...input, by: by.name, byId: by.personId } }),
  propose: async ({ kase }) => ({ text: contentOf(kase).text, deadline: contentOf(kase).deadline }),
})

/** Sign a correction (审签更正): a new version, shown with its reason beside the one before. */
export const signCorrection = action({
  label: '审签更正',
  from: ['published'],
  to: null,
  by: ['head'],
  primary: true,
  input: COMMITMENT.sign,
  unless: (kase, by) => {
    const { proposal } = contentOf(kase)
    return proposal === null || proposal.byId === by.personId
  },
  guard({ kase, by }) {
    const { proposal } = contentOf(kase)
    if (proposal === null) throw new Fault('commitment.no_correction')
    if (proposal.byId === by.personId) throw new Fault('commitment.own')
    refusePastDay(proposal.deadline, by.at)
  },
  effect({ kase, by }) {
    const { proposal, versions } = contentOf(kase)
    if (proposal === null) throw new Fault('commitment.no_correction')
    const { text, deadline, reason } = proposal
    const version = { text, deadline, reason, signedBy: by.name, at: by.at.toISOString() }
    return {
      ...{ answer: text, promisedOn: deadline },
      ...withContent(kase, { text, deadline, signedBy: by.name, proposal: null, versions: [...versions, version] }),
    }
  },
})
