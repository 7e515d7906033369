import { createReadStream } from 'node:fs'
import { type AttachmentStream, type HeaderValue, MailParser, type MessageText } from 'mailparser'
import { PHOTO_MEGABYTES } from '#kernel/blob'
import { sha256 } from '#kernel/id'

/** A mail (来信) as far as the house takes it in. */
export interface Mail {
  /** What it is known by: a hash of its message id, or of what it says. */
  readonly key: string
  readonly refersTo: readonly string[]
  readonly from: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  /** A robot's, a list's or a bounce: never answered and never a case. */
  readonly automatic: boolean
  readonly pictures: readonly { readonly name: string; readonly data: Buffer }[]
  /** Why something was left out, in sentences for the file. */
  readonly leftOut: readonly string[]
}

const MOST_PICTURES = 9
const PICTURE_BYTES = PHOTO_MEGABYTES * 1024 * 1024
const PICTURE = /\.(jpe?g|png|webp|heic|heif|avif)$/i
const PROGRAM =
  /\.(exe|com|scr|pif|bat|cmd|msi|dll|js|jse|vbs|vbe|wsf|ps1|hta|lnk|jar|apk|sh|app|dmg|iso|docm|xlsm|pptm)$/i
const MOST_HTML = 1024 * 1024

type Headers = ReadonlyMap<string, HeaderValue>

/** Reads a mail from its file. HTML becomes text; of the attachments only pictures are kept. */
export async function readMail(path: string): Promise<Mail> {
  const parser = new MailParser({ maxHtmlLengthToParse: MOST_HTML, skipTextToHtml: true, skipImageLinks: true })
  let headers: Headers = new Map()
  let text = ''
  const kept: { pictures: Mail['pictures'][number][]; leftOut: string[] } = { pictures: [], leftOut: [] }
  parser.on('headers', (read) => {
    headers = read
  })
  parser.on('data', (part: AttachmentStream | MessageText) => {
    if (part.type === 'text') text = part.text || plain(part.html || '')
    else void keep(part, kept).finally(() => part.release?.())
  })
  await new Promise<void>((done, fail) => {
    parser.on('end', done)
    parser.on('error', (error: Error) =>
      /HTML/i.test(error.message) ? kept.leftOut.push('正文的网页格式过大，未收录。') : fail(error),
    )
    createReadStream(path).on('error', fail).pipe(parser)
  })
  return { ...envelopeOf(headers, text), ...kept, text: clean(text).trim() }
}

function envelopeOf(headers: Headers, text: string) {
  const from = senderOf(headers.get('reply-to')) ?? senderOf(headers.get('from')) ?? { name: '', address: '' }
  const messageId = wordOf(headers.get('message-id'))
  const subject = clean(wordOf(headers.get('subject')))
    .replaceAll(/\s+/g, ' ')
    .trim()
  return {
    key: sha256(messageId === '' ? `${from.address}\n${String(headers.get('date'))}\n${subject}\n${text}` : messageId),
    refersTo: `${wordOf(headers.get('in-reply-to'))} ${wordOf(headers.get('references'))}`.split(/\s+/).filter(Boolean),
    ...{ from, subject, automatic: isAutomatic(headers) },
  }
}

const wordOf = (value: HeaderValue | undefined): string =>
  Array.isArray(value) ? value.map(String).join(' ') : typeof value === 'string' ? value : ''

function senderOf(value: HeaderValue | undefined): Mail['from'] | undefined {
  const [first] = typeof value === 'object' && 'value' in value && Array.isArray(value.value) ? value.value : []
  const { address, name } = (first ?? {}) as { address?: string; name?: string }
  return address
    ? {
        address: address.trim().toLowerCase(),
        name: clean(name ?? '')
          .trim()
          .slice(0, 50),
      }
    : undefined
}

/** RFC 3834, and what older robots say. */
function isAutomatic(headers: Headers): boolean {
  const automatic = wordOf(headers.get('auto-submitted')).toLowerCase()
  return (
    (automatic !== '' && !automatic.startsWith('no')) ||
    /bulk|junk|list|auto/i.test(wordOf(headers.get('precedence'))) ||
    ['list', 'list-id', 'x-autoreply', 'x-autorespond', 'x-loop'].some((name) => headers.has(name)) ||
    /multipart\/report/i.test(JSON.stringify(headers.get('content-type') ?? ''))
  )
}

const ENTITY: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&' }
/** The words of a page; the parser makes them itself only where the mail has no other part. */
const plain = (page: string) =>
  page
    .replaceAll(/<(script|style|head|title)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replaceAll(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(nbsp|lt|gt|quot|amp);/g, (_, name: string) => ENTITY[name] ?? '')
    .replaceAll(/\n{3,}/g, '\n\n')

/** Without the characters that are none; half of a pair would break the database. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|\p{Surrogate}/gu
const clean = (text: string) => text.replaceAll('\r\n', '\n').replaceAll(CONTROL, '')

async function keep(
  part: AttachmentStream,
  kept: { pictures: Mail['pictures'][number][]; leftOut: string[] },
): Promise<void> {
  const name =
    clean(part.filename ?? '')
      .replaceAll(/[/\\]/g, '')
      .slice(0, 60) || '未命名'
  const isPicture = /^image\/(?!svg)/.test(part.contentType) || PICTURE.test(name)
  const why = PROGRAM.test(name)
    ? '是可执行文件，未接收'
    : !isPicture
      ? '不是照片，未接收'
      : kept.pictures.length >= MOST_PICTURES
        ? `超过 ${MOST_PICTURES} 张，未接收`
        : undefined
  const data = await contentOf(part, why === undefined ? PICTURE_BYTES : 0)
  if (why !== undefined) kept.leftOut.push(`附件“${name}”${why}。`)
  else if (data === undefined) kept.leftOut.push(`附件“${name}”超过 ${PHOTO_MEGABYTES} MB，未接收。`)
  else kept.pictures.push({ name, data })
}

/** The content up to a limit; the rest passes unread, for the parser waits until all of it is taken. */
async function contentOf(part: AttachmentStream, mostBytes: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of part.content as NodeJS.ReadableStream) {
    bytes += (piece as Buffer).length
    if (bytes <= mostBytes) pieces.push(piece as Buffer)
  }
  return bytes <= mostBytes ? Buffer.concat(pieces) : undefined
}
