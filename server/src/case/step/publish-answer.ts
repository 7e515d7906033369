import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import { maskPersonal } from '../text/personal.ts'

const ANSWERED = ['answered', 'calledBack', 'closed'] as const

/** Publish an answer (公开答复): reviewed by somebody who did not write it, and without anybody's data in it. */
export const publishAnswer = action({
  label: '公开答复',
  from: [...ANSWERED],
  to: null,
  by: ['supervisor', 'dispatcher'],
  input: INPUT.publishAnswer,
  unless: ({ publishedAt, confidential }) => publishedAt !== null || confidential,
  guard({ kase, by }) {
    if (kase.confidential) throw new Fault('publish.confidential')
    if (kase.authorId !== null && kase.authorId === by.personId) throw new Fault('publish.own')
    refusePersonal(kase.answer ?? '')
  },
  effect: ({ by }) => ({ publishedAt: by.at }),
})

/** Correct an answer (更正答复): openly. The earlier text stays in the file, and the public sees that and why it was corrected. */
export const correctAnswer = action({
  label: '更正答复',
  from: [...ANSWERED],
  to: null,
  by: ['head', 'dispatcher', 'supervisor'],
  input: INPUT.correctAnswer,
  guard({ kase, input }) {
    if (kase.publishedAt !== null) refusePersonal(input.text)
  },
  effect: ({ input, by }) => ({ answer: input.text, authorId: by.personId }),
})

/** Take down (撤下公开): with a reason; that something stood here stays visible. */
export const takeDown = action({
  label: '撤下公开',
  from: [...ANSWERED, 'inHand'],
  to: null,
  by: ['supervisor', 'dispatcher'],
  input: INPUT.takeDown,
  unless: ({ publishedAt }) => publishedAt === null,
  guard({ kase }) {
    if (kase.publishedAt === null) throw new Fault('publish.none')
  },
  effect: () => ({ publishedAt: null }),
})

function refusePersonal(text: string): void {
  if (maskPersonal(text) !== text) throw new Fault('publish.personal')
}
