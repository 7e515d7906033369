import { instantBefore, type Spoken } from './chat-time.ts'

/** A message (消息) of a pasted chat: who, when, what, and the lines of the block it was made of, header included; counted from 1. */
export interface ChatMessage {
  readonly nickname: string | null
  /** When it was sent; null where the block does not say, or says a time that is still to come. */
  readonly at: Date | null
  /** The time as it was written. */
  readonly timeText: string | null
  readonly content: string
  readonly lines: readonly number[]
}
/** Why a line is in no message: it only tells the day, the chat's own software says it, or nobody is known to have said it. */
export type LeftWhy = 'day' | 'system' | 'noSender'
export interface LeftLine {
  readonly line: number
  readonly text: string
  readonly why: LeftWhy
}
export interface ReadChat {
  readonly messages: readonly ChatMessage[]
  readonly left: readonly LeftLine[]
}

const DAY =
  '(?:\\d{4} ?[年/.-] ?\\d{1,2} ?[月/.-] ?\\d{1,2} ?日?|\\d{1,2} ?月 ?\\d{1,2} ?日|\\d{1,2}[/-]\\d{1,2}|今天|昨天|前天|(?:星期|周)[一二三四五六日天])'
const CLOCK = '(?:(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上) ?)?\\d{1,2}[:：]\\d{2}(?:[:：]\\d{2})?(?: ?[AaPp][Mm])?'
const WEEKDAY = '(?:,? ?(?:星期|周)[一二三四五六日天])?'
/** A nickname is no sentence. */
const NAME = '[^，。！？；,!?;]{1,40}?'
const ON_DAY = `(?<day>${DAY})${WEEKDAY},? *(?<clock>${CLOCK})`
/** `2026-03-05 09:12 昵称`, and with the words on the same line. */
const TIME_FIRST = new RegExp(`^[[【(（]?${ON_DAY}[\\]】)）]? +(?<name>${NAME})(?:[:：] *(?<rest>.*))?$`, 'u')
/** `昵称 2026年3月5日 09:12`, `昵称  3/5 上午9:12`. */
const NAME_FIRST = new RegExp(`^(?<name>${NAME}) +[[【(（]?${ON_DAY}[\\]】)）]?[:：]?$`, 'u')
/** `昵称  09:12`: the day stands above, or it is the last such hour. */
const NAME_AND_CLOCK = new RegExp(`^(?<name>${NAME})(?<gap> +)(?<clock>${CLOCK})[:：]?$`, 'u')
/** `昵称:`, the words below. */
const NAME_ALONE = /^(?<name>[^，。！？；,!?;:：]{1,40})[:：]$/u
/** A line between messages that tells the day or the time of those below. */
const DAY_LINE = new RegExp(`^[-—–─=*· ]*(?<day>${DAY})${WEEKDAY}(?:,? *(?<clock>${CLOCK}))?[-—–─=*· ]*$`, 'u')
const CLOCK_LINE = new RegExp(`^[-—–─=*· ]*(?<clock>${CLOCK})[-—–─=*· ]*$`, 'u')
const SYSTEM =
  /^(?:[-—–─=*· ]+|-*以[下上](?:为|是)(?:新|历史)?消息-*|.{1,60}(?:撤回了一条消息|加入了?群聊|退出了?群聊|移出了?群聊|修改群名为.*|邀请.{1,200}加入了?群聊)[。”"]?|\d+条新消息)$/u

type Style = 'timeFirst' | 'nameFirst' | 'nameAlone'
interface Header {
  readonly style: Style
  readonly name: string
  readonly day: string | null
  readonly clock: string | null
  readonly rest: string
}

/**
 * Reads a pasted chat (聊天记录): one message per header, whatever stands below it belongs to it. Nothing is lost: every line that is not empty is
 * in exactly one message or among those left over.
 * @param now the clock, by which 昨天 and a day without its year are understood
 */
export function readChat(text: string, now: Date): ReadChat {
  const lines = text.split(/\r\n|\r|\n/).map((raw, i) => ({ raw, plain: plainOf(raw), number: i + 1 }))
  const headers = headersIn(lines.map(({ plain }) => plain))
  const messages: (Omit<ChatMessage, 'content' | 'lines'> & { body: string[]; lines: number[] })[] = []
  const left: LeftLine[] = []
  let spoken: Spoken = { day: null, clock: null }
  lines.forEach(({ raw, plain, number }, i) => {
    const leave = (why: LeftWhy) => left.push({ line: number, text: raw.trim(), why })
    const header = headers[i]
    const current = messages.at(-1)
    if (header !== undefined) {
      const said = { day: header.day ?? spoken.day, clock: header.clock ?? spoken.clock }
      messages.push({
        ...{ nickname: header.name, at: instantBefore(said, now), lines: [number] },
        timeText: wordsOf(said),
        body: header.rest === '' ? [] : [header.rest],
      })
    } else if (plain === '') current?.body.push('')
    else if (SYSTEM.test(plain)) leave('system')
    else if (isDayLine(plain, lines[i - 1]?.plain)) {
      const told = (DAY_LINE.exec(plain) ?? CLOCK_LINE.exec(plain))?.groups ?? {}
      spoken = { day: told['day'] ?? (told['clock'] === undefined ? spoken.day : null), clock: told['clock'] ?? null }
      leave('day')
    } else if (current === undefined) leave('noSender')
    else {
      current.body.push(raw.trimEnd())
      current.lines.push(number)
    }
  })
  return {
    messages: messages.map(({ body, nickname, ...message }) => ({
      ...message,
      nickname: nickname === null ? null : shown(nickname),
      content: shown(body.join('\n').trim()),
    })),
    left,
  }
}

/** Old telephones send their faces in the private use area; nobody else has a picture for them. */
const shown = (text: string) => text.replaceAll(/\p{Co}/gu, '□')

/** What the eye does not see is not compared: marks of width and direction, odd blanks. */
const plainOf = (raw: string) =>
  raw
    .replaceAll(/[\u200B-\u200F\u2060\uFEFF]/g, '')
    .replaceAll(/[\t\u00A0\u2000-\u200A\u3000]/g, ' ')
    .trim()

/** A line of figures inside somebody's words is part of them; between messages there is an empty line before it. */
const isDayLine = (plain: string, before: string | undefined) =>
  (before === undefined || before === '') && (DAY_LINE.test(plain) || CLOCK_LINE.test(plain))

/** The headers of a block, which is of one style throughout: a line in another style belongs to what somebody said. */
function headersIn(lines: readonly string[]): readonly (Header | undefined)[] {
  const found = lines.map((line, i) => headerOf(line, lines[i - 1]))
  const count = (style: Style) => found.filter((header) => header?.style === style).length
  const [first, second] = [count('timeFirst'), count('nameFirst')]
  const style: Style = first + second === 0 ? 'nameAlone' : first > second ? 'timeFirst' : 'nameFirst'
  return found.map((header) => (header?.style === style ? header : undefined))
}

function headerOf(line: string, before: string | undefined): Header | undefined {
  if (DAY_LINE.test(line) || CLOCK_LINE.test(line)) return undefined
  const begins = before === undefined || before === ''
  const timeFirst = TIME_FIRST.exec(line)?.groups
  if (timeFirst) return header('timeFirst', timeFirst)
  const nameFirst = NAME_FIRST.exec(line)?.groups
  if (nameFirst) return header('nameFirst', nameFirst)
  const hour = NAME_AND_CLOCK.exec(line)?.groups
  if (hour && (begins || (hour['gap'] ?? '').length > 1)) return header('nameFirst', hour)
  const alone = NAME_ALONE.exec(line)?.groups
  const follows = begins || (before !== undefined && (DAY_LINE.test(before) || CLOCK_LINE.test(before)))
  return alone && follows ? header('nameAlone', alone) : undefined
}

const header = (style: Style, groups: Readonly<Record<string, string | undefined>>): Header => ({
  style,
  name: (groups['name'] ?? '').trim(),
  day: groups['day'] ?? null,
  clock: groups['clock'] ?? null,
  rest: (groups['rest'] ?? '').trim(),
})
const wordsOf = ({ day, clock }: Spoken) => [day, clock].filter((word) => word !== null).join(' ') || null

/** What stands where a picture, a voice or a file was; the chat's text does not carry them. */
const PLACEHOLDER = /\[(?:图片|视频|语音|文件|表情|动画表情|链接|位置|名片|聊天记录|小程序|红包|转账)[^\]]{0,80}\]/g
/** True if a message is made of placeholders only: its content has to be looked at in the chat. */
export const isPlaceholder = (content: string): boolean =>
  content !== '' && content.replaceAll(PLACEHOLDER, '').trim() === ''
