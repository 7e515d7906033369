import { type MergedAnswers, REPLY_CHANNEL, type ReplyChannel } from '@banjie/contract'
import type { z } from 'zod'
import type { Tx } from '#kernel/store'
import { listRelated } from './engine/case.sql.ts'
import type { CaseState } from './engine/state.ts'
import { listWithNumber } from './publication.sql.ts'
import { composed, personalOf } from './step/fill-in.ts'

/** Every person's answer as it would go out, or as it went out (并案答复预览), with what is lacking. Cost: one look-up, the texts of one page. */
export async function mergedAnswers(
  tx: Tx,
  problem: CaseState,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<z.input<typeof MergedAnswers>> {
  const voices = (await listRelated(tx, problem.id)).filter(({ problemId }) => problemId === problem.id)
  const from = Math.max(0, Number(cursor ?? 0) || 0)
  const page = voices.slice(from, from + limit)
  const reachable = await listWithNumber(
    tx,
    page.map(({ id }) => id),
  )
  const waiting = voices.filter(({ stage }) => stage === 'merged')
  return {
    items: page.map((kase) => {
      const draft = composed(problem, kase)
      const answered = kase.stage !== 'merged'
      const channel = channelOf(kase, reachable.has(kase.id))
      return {
        ...{ id: kase.id, number: kase.number, title: kase.title, personal: personalOf(kase), answered },
        ...{ text: answered ? (kase.answer ?? '') : draft.text, lacking: answered ? [] : [...draft.lacking] },
        ...{ channel, channelLabel: REPLY_CHANNEL[channel] },
      }
    }),
    nextCursor: from + limit < voices.length ? String(from + limit) : null,
    total: voices.length,
    lacking: waiting
      .map((kase) => ({ number: kase.number, fields: [...composed(problem, kase).lacking] }))
      .filter(({ fields }) => fields.length > 0),
  }
}

/** How the person wants to be told; else by telephone where there is a number, else with number and code. */
const channelOf = ({ facts }: CaseState, hasNumber: boolean): ReplyChannel =>
  (facts['replyBy'] as ReplyChannel | undefined) ?? (hasNumber ? 'phone' : 'code')
