import { COMMITMENT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action, type Context } from '../engine/case-type.ts'
import type { CaseState, Patch } from '../engine/state.ts'
import { maskPersonal } from '../text/personal.ts'
import { refusePastDay } from './set-deadline.ts'

/** A version of a commitment that was public. */
export interface CommitmentVersion {
  readonly text: string
  readonly deadline: string
  readonly signedBy: string
  readonly at: string
  readonly reason: string | null
}
/** What a commitment carries beside its row. */
export interface CommitmentContent {
  readonly text: string
  readonly deadline: string
  readonly draftedBy: string
  readonly draftedById: string | null
  readonly signedBy: string | null
  readonly versions: readonly CommitmentVersion[]
  readonly breaches: readonly { readonly deadline: string; readonly at: string }[]
  readonly proposal: { text: string; deadline: string; reason: string; by: string; byId: string | null } | null
  /** How it was kept, or why it was taken back. */
  readonly ending: string | null
  readonly listId: string | null
}

export const contentOf = ({ facts }: Pick<CaseState, 'facts'>) => facts as unknown as CommitmentContent
export const withContent = (kase: CaseState, change: Partial<CommitmentContent>): Patch => ({
  facts: { ...kase.facts, ...change },
})

/** Revise (修改承诺): whoever writes is the drafter; a signature under other words is void. A broken word is given again by a new day. */
export const reviseCommitment = action({
  label: '修改承诺',
  from: ['drafted', 'reviewed', 'broken'],
  to: 'drafted',
  by: ['handler', 'head', 'dispatcher', 'supervisor'],
  input: COMMITMENT.revise,
  guard: refuseUnfitWords,
  effect: ({ kase, input, by }) =>
    withContent(kase, { ...input, draftedBy: by.name, draftedById: by.personId, signedBy: null }),
  propose: async ({ kase }) => ({ text: contentOf(kase).text, deadline: contentOf(kase).deadline }),
})

/** Sign (审签承诺): the unit's head gives the unit's word; never whoever wrote it. */
export const signCommitment = action({
  label: '审签承诺',
  from: ['drafted'],
  to: 'reviewed',
  by: ['head'],
  primary: true,
  input: COMMITMENT.sign,
  unless: (kase, by) => contentOf(kase).draftedById === by.personId,
  guard({ kase, by }) {
    if (contentOf(kase).draftedById === by.personId) throw new Fault('commitment.own')
    refusePastDay(contentOf(kase).deadline, by.at)
  },
  effect: ({ kase, by }) => withContent(kase, { signedBy: by.name }),
})

/** Hand back (退回承诺): it needs other words before it can be signed or published. */
export const returnCommitment = action({
  label: '退回承诺',
  from: ['drafted', 'reviewed'],
  to: 'drafted',
  by: ['head', 'supervisor', 'dispatcher'],
  input: COMMITMENT.handBack,
  effect: ({ kase }) => withContent(kase, { signedBy: null }),
})

/** Publish (公开承诺): from now on everybody reads it, and its day is armed. */
export const publishCommitment = action({
  label: '公开承诺',
  from: ['reviewed'],
  to: 'published',
  by: ['supervisor', 'dispatcher', 'leader'],
  primary: true,
  input: COMMITMENT.publish,
  guard({ kase, by }) {
    if (kase.confidential) throw new Fault('commitment.confidential')
    refusePastDay(contentOf(kase).deadline, by.at)
  },
  effect({ kase, by }) {
    const { text, deadline, signedBy, versions, breaches } = contentOf(kase)
    const reason = breaches.length > 0 ? '逾期未兑现，重新承诺' : null
    const version = { text, deadline, signedBy: signedBy ?? by.name, at: by.at.toISOString(), reason }
    return {
      ...{ answer: text, promisedOn: deadline, publishedAt: by.at },
      ...withContent(kase, { versions: [...versions, version] }),
    }
  },
})

/** @throws Fault for a day that has passed, or for somebody's data in what everybody will read */
export function refuseUnfitWords({ input, by }: Context<{ text: string; deadline: string }>): void {
  refusePastDay(input.deadline, by.at)
  refusePersonalWords(input.text)
}
/** @throws Fault 'commitment.personal' */
export function refusePersonalWords(...texts: readonly string[]): void {
  for (const text of texts) if (maskPersonal(text) !== text) throw new Fault('commitment.personal')
}
