import { folded } from '#text'
import list from '../emergency.json' with { type: 'json' }

/** An emergency that a text tells of (紧急情形): its words, whom to call and what to do meanwhile. */
export interface Emergency {
  readonly kind: string
  readonly label: string
  /** The words of the list that were found. */
  readonly words: readonly string[]
  readonly call: string
  readonly advice: string
}

interface Kind {
  readonly id: string
  readonly label: string
  readonly call: string
  readonly advice: string
  readonly words: readonly string[]
  readonly harmless: readonly string[]
  /** A fear or a supposition counts: who fears a gas leak has smelled something. */
  readonly trustsFear?: boolean
  /** Nobody is left alone because the same sentence speaks of a lecture. */
  readonly trustsTalk?: boolean
}

/** A gap (…) in a word: up to so many characters of the same clause. */
const GAP = '.{0,8}?'
/** How far before a word a supposition or a date still speaks of it. */
const NEAR = 8

const escaped = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const anyOf = (words: readonly string[]) => words.map(escaped).join('|')
const sourceOf = (word: string) => word.split('…').map(escaped).join(GAP)
const pattern = (word: string) => new RegExp(sourceOf(word), 'g')

// 是不是、会不会、有没有 ask; they do not deny.
const NEGATED = new RegExp(`(?<![是会有])(?:${anyOf(list.negations)})(?:${anyOf(list.between)})*$`)
const SUPPOSED = new RegExp(anyOf(list.supposed))
const PAST = new RegExp(anyOf(list.past))
const SETTLED = new RegExp(anyOf(list.settled))
const TALK = new RegExp(anyOf(list.talk))
const CLAUSE = /[^，。！？；、：,.!?;:\n]+/g

const KINDS = (list.kinds as readonly Kind[]).map((kind) => ({
  ...kind,
  words: kind.words.map((word) => ({ word, pattern: pattern(word) })),
  harmless: kind.harmless.map(pattern),
}))
/** One look at the whole text spares the ordinary ones, nearly all, the look at every word. */
const ANY = new RegExp(list.kinds.flatMap(({ words }) => words.map(sourceOf)).join('|'))
type Prepared = (typeof KINDS)[number]

/** The word list in force, kept with the case so that a hit can be explained later. */
export const EMERGENCY_LIST = list.version

/**
 * Screens a text for emergencies (紧急情形筛查): words of the list, clause by clause. A negation, a harmless phrase around the word, a matter of
 * the past or one already settled does not count; in doubt it counts, for a person looks next.
 * @returns one entry a kind, in the order of the list; empty for a harmless text
 */
export function screen(text: string): Emergency[] {
  const tidy = folded(text).replaceAll(/[^\S\n]/g, '')
  if (!ANY.test(tidy)) return []
  const clauses: string[] = tidy.match(CLAUSE) ?? []
  return KINDS.flatMap((kind) => {
    const words = new Set(clauses.flatMap((clause) => wordsIn(clause, kind)))
    return words.size === 0 ? [] : [toldBy(kind, [...words])]
  })
}

/** Whom to call, for the kinds that a case keeps. Kinds that later lists no longer know are left out. */
export const emergenciesOf = (kinds: readonly string[]): Emergency[] =>
  KINDS.filter((kind) => kinds.includes(kind.id)).map((kind) => toldBy(kind, []))

const toldBy = ({ id, label, call, advice }: Prepared, words: readonly string[]): Emergency => ({
  ...{ kind: id, label, words, call, advice },
})

function wordsIn(clause: string, kind: Prepared): string[] {
  const harmless = kind.harmless.flatMap((phrase) => spansOf(clause, phrase))
  return kind.words.flatMap((word) =>
    spansOf(clause, word.pattern).some(
      (span) =>
        !harmless.some((other) => other.from <= span.from && span.to <= other.to) && isMeant(clause, span, kind),
    )
      ? [word.word]
      : [],
  )
}

interface Span {
  readonly from: number
  readonly to: number
}
const spansOf = (clause: string, phrase: RegExp): Span[] =>
  [...clause.matchAll(phrase)].map((match) => ({ from: match.index, to: match.index + match[0].length }))

/** False for what is denied, only supposed, past, settled or talked about. */
function isMeant(clause: string, { from, to }: Span, kind: Prepared): boolean {
  const before = clause.slice(0, from)
  const near = before.slice(-NEAR)
  if (NEGATED.test(before) || PAST.test(near) || SETTLED.test(clause.slice(to))) return false
  if (!kind.trustsFear && SUPPOSED.test(near)) return false
  return kind.trustsTalk === true || !TALK.test(clause)
}
