import { CHAT_LEFT, type ChatFiled, type ChatRead, type FileChat } from '@banjie/contract'
import type { z } from 'zod'
import type { Engine, Opening } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { sha256 } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { listFiled, lockChats } from './chat.sql.ts'
import { isPlaceholder, readChat } from './chat-text.ts'

/** The source under which messages are filed: pasted twice, a message is the same message. */
const SOURCE = 'chat'

/** Who said what when, and in which group: two people may say 顶 in the same minute. */
const keyOf = (
  group: string | undefined,
  { nickname, at, content }: { nickname?: string | null | undefined; at?: string | null | undefined; content: string },
) => sha256(JSON.stringify([group ?? '', nickname ?? '', at ?? '', content.trim()]))

/** Reads a pasted block (粘贴聊天记录); stores nothing. What is a case already says so. */
export async function readBlock(
  tx: Tx,
  { text, channelId }: { text: string; channelId?: string | undefined },
  by: Actor,
): Promise<z.input<typeof ChatRead>> {
  const { messages, left } = readChat(text, by.at)
  const drafts = messages.map(({ nickname, at, timeText, content, lines }) => {
    const draft = { nickname, at: at?.toISOString() ?? null, timeText, content, lines: [...lines] }
    return { ...draft, placeholder: isPlaceholder(content), key: keyOf(channelId, draft) }
  })
  const keys = drafts.map(({ key }) => key)
  const filed = new Map((await listFiled(tx, SOURCE, keys)).map(({ key, number }) => [key, number]))
  return {
    drafts: drafts.map((draft) => ({ ...draft, filed: filed.get(draft.key) ?? null })),
    left: left.map((line) => ({ ...line, whyLabel: CHAT_LEFT[line.why] })),
  }
}

/**
 * Files the ticked messages (登记勾选的消息), each as a case of its own, all or none. What was filed before is told and not filed again. The
 * nickname is the asker's name and stays with the contact data.
 * @throws Fault 'forbidden' | 'chat.in_future' | what the facts or the source say
 */
export async function fileChat(
  tx: Tx,
  engine: Engine,
  { channel, channelId, driveId, link, messages }: z.output<typeof FileChat>,
  by: Actor,
): Promise<z.input<typeof ChatFiled>> {
  const early = messages.findIndex(({ at }) => at !== undefined && new Date(at) > by.at)
  if (early >= 0) throw new Fault('chat.in_future', { row: early + 1 })
  for (const type of new Set(messages.map((one) => one.type)))
    if (!engine.typeOf({ type }).opens.some((doer) => OPENERS.includes(doer as never) && by.roles.has(doer as never)))
      throw new Fault('forbidden')
  const keyed = messages.map((message) => ({ message, key: message.key ?? keyOf(channelId, message) }))
  await lockChats(tx)
  const before = new Map(
    (
      await listFiled(
        tx,
        SOURCE,
        keyed.map(({ key }) => key),
      )
    ).map((row) => [row.key, row]),
  )
  const fresh = [...new Map(keyed.filter(({ key }) => !before.has(key)).map((one) => [one.key, one])).values()]
  const given = [channelId, driveId, link].some((one) => one !== undefined)
  const source = given ? { source: { channelId, driveId, link } } : {}
  const opened = await engine.open(
    tx,
    fresh.map(({ message, key }): Opening => {
      const { nickname, at, key: _, type, ...facts } = message
      return {
        ...{ type, channel, source: { name: SOURCE, key, batchId: null } },
        ...(nickname !== undefined && { party: { kind: 'person', name: nickname } }),
        facts: { ...facts, ...source, ...(at !== undefined && { receivedAt: at }) },
      }
    }),
    by,
  )
  const now = new Map(fresh.map(({ key }, i) => [key, opened[i]]))
  return {
    opened: opened.length,
    items: keyed.flatMap(({ key }) => {
      const kase = before.get(key) ?? now.get(key)
      return kase === undefined ? [] : [{ id: kase.id, number: kase.number, known: before.has(key) }]
    }),
  }
}
const OPENERS = ['clerk', 'dispatcher', 'window'] as const
