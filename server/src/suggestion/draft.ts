import type { Draft, DraftKind } from '@banjie/contract'
import { z } from 'zod'
import { type CaseState, maskPersonal } from '#case'
import { Fault } from '#kernel/fault'
import type { Log } from '#kernel/log'

/** An OpenAI-compatible endpoint (模型接口); without one nothing leaves the house. */
export interface Assistant {
  readonly url: string
  readonly key?: string | undefined
  readonly model: string
  readonly timeoutMs: number
}

/** Stands on every draft. */
const DRAFT_MARK = '机器草稿，须人工核改'
const MOST_CHARACTERS = 4000
const ASKED = {
  summary: '请用一句话（不超过 60 字）概括下面这件诉求，只写事实，不推测。',
  answer: '请为承办单位拟一份给诉求人的答复草稿，三百字以内，语气诚恳；尚不清楚的事实用【】留空，不得编造。',
} as const satisfies Record<DraftKind, string>

const Completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })

/**
 * A machine's draft (机器草稿) of a summary or an answer. Sent are the words of the report with phones, identity
 * numbers, cards and names that introduce themselves masked; never its number, its address field or whose it is.
 * @throws Fault 'draft.off' | 'draft.confidential' | 'draft.unavailable'
 */
export async function draftFor(
  assistant: Assistant | undefined,
  kase: Pick<CaseState, 'title' | 'content' | 'confidential'>,
  kind: DraftKind,
  log: Log,
): Promise<z.input<typeof Draft>> {
  if (assistant === undefined) throw new Fault('draft.off')
  if (kase.confidential) throw new Fault('draft.confidential')
  const words = maskPersonal(`${kase.title}\n${kase.content}`).slice(0, MOST_CHARACTERS)
  try {
    const text = await complete(assistant, ASKED[kind], words)
    return { text, mark: DRAFT_MARK, model: assistant.model }
  } catch (error) {
    // The endpoint is another house: what it does wrong is no fault of ours and says nothing to the person.
    log.warn({ err: error }, 'the drafting endpoint did not answer')
    throw new Fault('draft.unavailable')
  }
}

async function complete({ url, key, model, timeoutMs }: Assistant, system: string, user: string): Promise<string> {
  const answer = await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({
      model,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
    }),
  })
  if (!answer.ok) throw new Error(`the endpoint answered ${answer.status}`)
  const [first] = Completion.parse(await answer.json()).choices
  return maskPersonal(first?.message.content.trim() ?? '')
}
