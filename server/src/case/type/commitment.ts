import { COMMITMENT_STATE, CommitmentFacts } from '@banjie/contract'
import { defineCaseType, within } from '../engine/case-type.ts'
import { correctCommitment, signCorrection } from '../step/correct-commitment.ts'
import { publishCommitment, returnCommitment, reviseCommitment, signCommitment } from '../step/draft-commitment.ts'
import { breakCommitment, fulfilCommitment, withdrawCommitment } from '../step/end-commitment.ts'
import { escalate } from '../step/escalate.ts'
import { handOver } from '../step/hand-over.ts'
import { note } from '../step/urge.ts'
import { endOf } from './shared-clocks.ts'

/**
 * Commitment (公开承诺): a unit's word about an item of a list, or about a whole list, owned by that item. Written by one, signed by its head,
 * published by the office; kept, or broken by itself when its day has passed.
 */
export const commitment = defineCaseType({
  id: 'commitment',
  label: '公开承诺',
  prefix: 'CN',
  facts: CommitmentFacts,
  stages: COMMITMENT_STATE,
  first: 'drafted',
  ends: ['fulfilled', 'withdrawn'],
  opens: ['system'],
  begins: ({ facts, content }) => ({
    facts: {
      ...{ draftedBy: '', draftedById: null, signedBy: null, listId: null },
      ...facts,
      ...{ text: content, versions: [], breaches: [], proposal: null, ending: null },
    },
  }),
  actions: {
    ...{ reviseCommitment, signCommitment, returnCommitment, publishCommitment },
    ...{ correctCommitment, signCorrection, fulfilCommitment, breakCommitment, withdrawCommitment },
    escalate: within(escalate, 'broken'),
    note: within(note, 'drafted', 'reviewed', 'published', 'broken', 'fulfilled'),
    handOver: within(handOver, 'drafted', 'reviewed', 'published', 'broken'),
  },
  clocks: {
    approve: {
      starts: ['open', 'reviseCommitment', 'signCommitment', 'returnCommitment'],
      ends: ['publishCommitment', 'withdrawCommitment'],
      shows: ['drafted', 'reviewed'],
    },
    promise: {
      starts: ['publishCommitment'],
      adjusts: ['signCorrection'],
      ends: ['fulfilCommitment', 'breakCommitment', 'withdrawCommitment'],
      dueOn: ({ promisedOn }) => (promisedOn === null ? null : endOf(promisedOn)),
      shows: ['published'],
      onDue: 'breakCommitment',
      inOfficeHours: true,
    },
    // What is broken is still owed: kept late, given again by a new day, or it climbs the ladder.
    handle: {
      starts: ['breakCommitment'],
      ends: ['fulfilCommitment', 'reviseCommitment', 'withdrawCommitment'],
      shows: ['broken'],
      ladder: () => true,
    },
  },
})
