import { createTextIndex, groupTexts } from '../../server/src/text/index.ts'
import type { TextData } from './text-data.ts'

/** Shown to a clerk under "reported before?". */
const SHOWN = 5

/**
 * "Reported before?": every message of a matter that has at least two is looked up among all others. A matter is what the pairs judged the same and
 * the hot groups join. Recall is the share of its companions, of five at most, among the first five; hit, whether there is one at all.
 */
export function recallFigures({ messages, pairs, hot }: TextData) {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const matters = mattersOf(
    pairs
      .filter(({ same }) => same === 1)
      .map(({ a, b }) => [a, b])
      .concat(hot.map((ids) => [...ids])),
  )
  const index = createTextIndex()
  for (const message of messages) index.add({ ...message, at: Date.parse(message.time) })
  const shares: number[] = []
  for (const ids of matters.map((matter) => matter.filter((id) => byId.has(id))))
    for (const id of ids) {
      const message = byId.get(id)
      if (!message || ids.length < 2) continue
      const accept = (other: string) => other !== id
      const found = index.search({ ...message, at: Date.parse(message.time), limit: SHOWN, accept })
      shares.push(found.filter((hit) => ids.includes(hit.id)).length / Math.min(SHOWN, ids.length - 1))
    }
  return {
    recallAt5: shares.reduce((a, b) => a + b, 0) / shares.length,
    hitAt5: shares.filter((share) => share > 0).length / shares.length,
  }
}

function mattersOf(links: readonly (readonly string[])[]): string[][] {
  const matters = new Map<string, Set<string>>()
  for (const link of links) {
    const joined = new Set(link.flatMap((id) => [id, ...(matters.get(id) ?? [])]))
    for (const id of joined) matters.set(id, joined)
  }
  return [...new Set(matters.values())].map((matter) => [...matter])
}

/**
 * F1 over the pairs of the file: wanted are those judged the same matter, found are those in one problem (同一问题), the wider level of `groupTexts`,
 * all messages being grouped together. Several people telling of one matter in their own words are one problem; the strict level, the same case
 * (同一事项), joins near copies only and finds few of these pairs, so its F1 is told beside. A pair with an unknown message is left out; pairs that are
 * not in the file count neither way. Nothing was learned from the pairs but the thresholds, and these on this very file.
 */
export function pairFigures({ messages, pairs }: TextData, tell: (line: string) => void) {
  const { cases, problems } = groupTexts(messages.map((message) => ({ ...message, at: Date.parse(message.time) })))
  tell(`groups: ${messages.length} messages, ${cases.length} cases, ${problems.length} problems\n`)
  tell(`groups: pair F1 of the strict level ${pairF1(cases, pairs).toFixed(3)}\n`)
  return { pairF1: pairF1(problems, pairs) }
}

function pairF1(groups: readonly (readonly string[])[], pairs: TextData['pairs']): number {
  const groupOf = new Map(groups.flatMap((ids, group) => ids.map((id) => [id, group] as const)))
  const known = pairs.filter(({ a, b }) => groupOf.has(a) && groupOf.has(b))
  const joined = known.filter(({ a, b }) => groupOf.get(a) === groupOf.get(b))
  const hits = joined.filter(({ same }) => same === 1).length
  return (2 * hits) / (joined.length + known.filter(({ same }) => same === 1).length)
}
