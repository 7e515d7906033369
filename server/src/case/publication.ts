import type { Publication } from '@banjie/contract'
import type { z } from 'zod'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import type { CaseState } from './engine/state.ts'
import { getKnownWords } from './publication.sql.ts'
import { deidentify, type KnownWords, placesOf } from './text/deidentify.ts'

/** The reviewed words that the public reads (公开稿); the file keeps its own. */
export interface PublicWords {
  readonly title: string
  readonly question: string | null
  readonly text: string
}
/** A correction (更正) of a published answer that waits for a second person. */
export interface PendingCorrection {
  readonly text: string
  readonly reason: string
  readonly author: string
  readonly authorId: string | null
  readonly at: string
}

export const publicWordsOf = ({ facts }: CaseState) => facts['publication'] as PublicWords | undefined
export const correctionOf = ({ facts, publishedAt }: CaseState) =>
  publishedAt === null ? undefined : (facts['correction'] as PendingCorrection | undefined)

/** What would be published of a case, with every masked place (公开稿与脱敏位置). */
export async function publicationOf(tx: Tx, kase: CaseState): Promise<z.input<typeof Publication>> {
  const known = await getKnownWords(tx, kase.id)
  const propose = (text: string) => {
    const found = deidentify(text, known)
    return { text: found.text, spots: [...found.spots] }
  }
  const why = refusal(kase)
  const correction = correctionOf(kase)
  return {
    ...{ title: propose(kase.title), question: propose(kase.content), answer: propose(kase.answer ?? '') },
    ...{ publishable: why === null, why },
    correction:
      correction === undefined
        ? null
        : { text: correction.text, reason: correction.reason, author: correction.author, at: correction.at },
  }
}

const refusal = ({ confidential, answeredAt, publishedAt }: CaseState): string | null => {
  if (confidential) return '保密件不能公开。'
  if (answeredAt === null) return '尚未答复，答复后才能公开。'
  return publishedAt === null ? null : '已经公开；要改动请先更正答复。'
}

/** @throws Fault 'publish.personal' naming every place in these texts that tells who somebody is */
export async function refuseIdentifying(tx: Tx, kase: CaseState, ...texts: readonly string[]): Promise<void> {
  refusePlaces('publish.personal', await getKnownWords(tx, kase.id), texts)
}

/** @throws Fault with the places */
export function refusePlaces(
  code: 'publish.personal' | 'text.personal',
  known: KnownWords,
  texts: readonly string[],
): void {
  const spots = texts.flatMap((text) => deidentify(text, known).spots.filter(({ must }) => must))
  if (spots.length > 0) throw new Fault(code, { places: placesOf(spots) })
}
