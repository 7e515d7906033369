import type { Answer } from '../../shared/api.ts'

export type Read = Answer<'readChat'>

/** A message on the clerk's desk: what was read of it, and what the clerk makes of it. */
export interface Message {
  readonly id: string
  readonly key: string | undefined
  readonly nickname: string
  readonly at: string | null
  readonly timeText: string | null
  readonly content: string
  readonly type: 'appeal' | 'proposal'
  readonly placeholder: boolean
  /** The case it has become. */
  readonly filed: string | null
  readonly ticked: boolean
}
/** A line of the block that is in no message. */
export type LeftLine = Read['left'][number]

export const messagesOf = ({ drafts }: Read): readonly Message[] =>
  drafts.map(({ nickname, at, timeText, content, key, placeholder, filed }, i) => ({
    ...{ id: `m${i}`, key, nickname: nickname ?? '', at, timeText, content, placeholder, filed },
    ...{ type: 'appeal' as const, ticked: false },
  }))

/** A line that nobody was known to have said, as a message of its own. */
export const messageOfLine = ({ line, text }: LeftLine): Message => ({
  ...{ id: `l${line}`, key: undefined, nickname: '', at: null, timeText: null, content: text },
  ...{ type: 'appeal', placeholder: false, filed: null, ticked: true },
})

/**
 * The message joined to the one above (并入上一条): people say one thing in several. It stays the same message as the one above, so that the block
 * pasted again knows it.
 */
export function joinedToAbove(messages: readonly Message[], id: string): readonly Message[] {
  const at = messages.findIndex((one) => one.id === id)
  const above = messages[at - 1]
  const own = messages[at]
  if (above === undefined || own === undefined) return messages
  const joined = { ...above, content: [above.content, own.content].filter(Boolean).join('\n'), ticked: true }
  return [...messages.slice(0, at - 1), joined, ...messages.slice(at + 1)]
}

/** What is sent for the ticked ones. */
export const tickedOf = (messages: readonly Message[]) =>
  messages
    .filter(({ ticked, filed }) => ticked && filed === null)
    .map(({ key, nickname, at, content, type }) => ({
      ...{ type, content },
      ...(key !== undefined && { key }),
      ...(nickname.trim() !== '' && { nickname }),
      ...(at !== null && { at }),
    }))
