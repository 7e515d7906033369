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
 * F1 of the pairs that are joined in one problem (同一问题), the wider level of `groupTexts`, against "the same matter" as the reader judged it: those
 * pairs are of one matter told by several people, which the strict level, the same case (同一事项), is not meant to join; its F1 is told beside, and
 * low because it finds few of them. All messages are grouped together; a pair counts when both its messages are there. The pairs were chosen among
 * likely ones, so this is not the F1 of all pairs. Nothing was learned from them but the thresholds, which were chosen on this very file: on other
 * pairs expect 0.87, the least F1 for thresholds from 0.27 to 0.40.
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
