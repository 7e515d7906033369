import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { getKnownWords } from '../publication.sql.ts'
import { correctionOf, type PublicWords, publicationOf, publicWordsOf, refuseIdentifying } from '../publication.ts'
import { deidentify } from '../text/deidentify.ts'
import { refuseUnfilled } from './fill-in.ts'

const ANSWERED = ['answered', 'calledBack', 'closed'] as const

/**
 * Publish an answer (公开答复): reviewed by somebody who did not write it, in words without anybody's data in them. The words for the public may
 * differ from those in the file; a title that nobody wrote anew is de-identified.
 */
export const publishAnswer = action({
  label: '公开答复',
  from: [...ANSWERED],
  to: null,
  by: ['supervisor', 'dispatcher'],
  input: INPUT.publishAnswer,
  unless: ({ publishedAt, confidential }) => publishedAt !== null || confidential,
  async guard({ tx, kase, input, by }) {
    if (kase.confidential) throw new Fault('publish.confidential')
    if (kase.authorId !== null && kase.authorId === by.personId) throw new Fault('publish.own')
    const { title, question, text } = wordsFor(kase, input, input.title ?? '')
    refuseUnfilled(text)
    await refuseIdentifying(tx, kase, text, title, question ?? '')
  },
  async effect({ tx, kase, input, by }) {
    const title = input.title ?? deidentify(kase.title, await getKnownWords(tx, kase.id)).text
    const { correction: _, ...facts } = kase.facts
    return { publishedAt: by.at, facts: { ...facts, publication: wordsFor(kase, input, title), corrections: [] } }
  },
  async propose({ tx, kase }) {
    const { title, answer } = await publicationOf(tx, kase)
    return { title: title.text, text: answer.text, masked: [...title.spots, ...answer.spots] }
  },
})

const wordsFor = (
  kase: CaseState,
  input: { question?: string | undefined; text?: string | undefined },
  title: string,
): PublicWords => ({ title, question: input.question ?? null, text: input.text ?? kase.answer ?? '' })

/**
 * Correct an answer (更正答复): openly. The earlier text stays in the file. What the public reads is changed only after somebody else has looked
 * at the correction.
 */
export const correctAnswer = action({
  label: '更正答复',
  from: [...ANSWERED],
  to: null,
  by: ['head', 'dispatcher', 'supervisor'],
  input: INPUT.correctAnswer,
  async guard({ tx, kase, input }) {
    refuseUnfilled(input.text)
    if (kase.publishedAt !== null) await refuseIdentifying(tx, kase, input.text, input.reason)
  },
  effect({ kase, input, by }) {
    if (kase.publishedAt === null) return { answer: input.text, authorId: by.personId }
    const correction = { ...input, author: by.name, authorId: by.personId, at: by.at.toISOString() }
    return { facts: { ...kase.facts, correction } }
  },
})

/** Publish a correction (公开更正): a second person has read it; the public sees that and why something was corrected. */
export const publishCorrection = action({
  label: '公开更正',
  from: [...ANSWERED],
  to: null,
  by: ['supervisor', 'dispatcher'],
  primary: true,
  input: INPUT.publishCorrection,
  unless: (kase, by) => correctionOf(kase) === undefined || correctionOf(kase)?.authorId === by.personId,
  async guard({ tx, kase, input, by }) {
    const correction = correctionOf(kase)
    if (correction === undefined) throw new Fault('publish.no_correction')
    if (correction.authorId === by.personId) throw new Fault('publish.own')
    if (input.text !== undefined) await refuseIdentifying(tx, kase, input.text)
  },
  effect({ kase, input, by }) {
    const { correction: _, ...facts } = kase.facts
    const correction = correctionOf(kase)
    if (correction === undefined) throw new Fault('publish.no_correction')
    const words = publicWordsOf(kase) ?? { title: kase.title, question: null, text: '' }
    const corrections = [
      ...((facts['corrections'] as object[] | undefined) ?? []),
      { at: by.at.toISOString(), reason: correction.reason, before: words.text || null },
    ]
    return {
      ...{ answer: correction.text, authorId: correction.authorId as CaseState['authorId'] },
      facts: { ...facts, publication: { ...words, text: input.text ?? correction.text }, corrections },
    }
  },
  propose: async ({ kase }) => ({ text: correctionOf(kase)?.text }),
})

/** Drop a correction (退回更正): what the public reads stays as it was. */
export const dropCorrection = action({
  label: '退回更正',
  from: [...ANSWERED],
  to: null,
  by: ['supervisor', 'dispatcher'],
  input: INPUT.dropCorrection,
  unless: (kase) => correctionOf(kase) === undefined,
  guard({ kase }) {
    if (correctionOf(kase) === undefined) throw new Fault('publish.no_correction')
  },
  effect({ kase }) {
    const { correction: _, ...facts } = kase.facts
    return { facts }
  },
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
