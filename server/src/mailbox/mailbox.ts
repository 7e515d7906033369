import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { newRequestId } from '#kernel/http'
import { sha256 } from '#kernel/id'
import { createLimiter } from '#kernel/limiter'
import type { Log } from '#kernel/log'
import type { Store } from '#kernel/store'
import type { TenantDirectory } from '#org'
import { readMail } from './read-mail.ts'
import { spool } from './spool.ts'
import { picturesOf, type TakingIn, takeIn } from './take-in.ts'

/** Where mail is taken in (收信). */
export interface MailboxOptions {
  readonly host: string
  readonly port: number
  /** The one address that is taken. */
  readonly address: string
  /** Our own sender: what comes back from it is never a case. */
  readonly mailFrom: string | undefined
}
interface MailboxParts extends TakingIn {
  readonly store: Store
  readonly directory: TenantDirectory
  readonly dataDir: string
  readonly log: Log
}
export interface Mailbox {
  /** @returns the port it listens on */
  open(): Promise<number>
  close(): Promise<void>
}

/** The largest mail taken; a photo may have ten. */
export const MAIL_MEGABYTES = 20
const MAIL_BYTES = MAIL_MEGABYTES * 1024 * 1024
const MOST_CONNECTIONS = 10
const IDLE_MS = 60_000
const MOST_PER_SENDER_AND_HOUR = 30
const TOO_LARGE = `邮件超过 ${MAIL_MEGABYTES} MB，未接收。请压缩照片或分几封发送，也可以到网上“我要反映”上传。 Message too large.`

/** A refusal in SMTP's own terms: the number for the server, the sentence for the person who reads the bounce. */
const refusal = (responseCode: number, sentence: string) => Object.assign(new Error(sentence), { responseCode })

/** The mailbox (电子邮件渠道): an SMTP server that turns each mail into a case. It stands behind the operator's own mail server. */
export function createMailbox(parts: MailboxParts, options: MailboxOptions): Mailbox {
  const senders = createLimiter(MOST_PER_SENDER_AND_HOUR, 3600)
  // One mail is opened at a time: photos are large and the rest of the house needs the memory.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const path = await spool(stream, join(parts.dataDir, 'mail'), MAIL_BYTES)
    if (path === undefined) throw refusal(552, TOO_LARGE)
    try {
      return await inTurn(() => register(path, session))
    } finally {
      await rm(path, { force: true })
    }
  }

  async function register(path: string, session: SMTPServerSession): Promise<string> {
    const mail = await readMail(path)
    const sentBy = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
    const from = mail.from.address === '' ? { ...mail.from, address: sentBy.toLowerCase() } : mail.from
    // A bounce has no sender; a robot says so; our own mail is neither.
    if (sentBy === '' || mail.automatic || isOurs(from.address)) return '自动邮件，未登记。 Automatic mail, not filed.'
    if (mail.text === '' && mail.subject === '' && mail.pictures.length === 0)
      throw refusal(554, '邮件没有内容，未登记。请写明要反映的事情后重新发送。 Empty message.')
    const sender = sha256(from.address)
    if (senders.waitSeconds(sender, parts.clock.real()) > 0)
      throw refusal(451, '一小时内来信过多，请稍后再发。 Too many messages, try later.')
    senders.fail(sender, parts.clock.real())
    const [district] = await parts.directory.all()
    if (district === undefined) throw refusal(451, '系统尚未就绪，请稍后再发。 Not ready.')
    const pictures = await picturesOf(mail, parts.blobs)
    const { number } = await parts.store.tx(
      district.id,
      (tx) => takeIn(parts, tx, district, { ...mail, ...pictures, from, requestId: newRequestId() }),
      { repeatable: true },
    )
    return `已收到，编号 ${number}`
  }

  const isOurs = (address: string) =>
    [options.address, options.mailFrom].some((own) => own?.replace(/^.*<|>$/g, '').toLowerCase() === address)

  const server: SMTPServer = new SMTPServer({
    ...{ size: MAIL_BYTES, authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true },
    ...{ maxClients: MOST_CONNECTIONS, socketTimeout: IDLE_MS, closeTimeout: 1000, banner: 'Banjie' },
    onConnect(session, done) {
      for (const connection of server.connections) if (connection.id === session.id) inPlainWords(connection)
      done()
    },
    onRcptTo({ address }, _, done) {
      done(
        address.toLowerCase() === options.address.toLowerCase()
          ? null
          : refusal(550, `这里只接收发往 ${options.address} 的邮件。 No such mailbox.`),
      )
    },
    onData(stream, session, done) {
      receive(stream, session).then(
        (said) => done(null, said),
        (error: Error & { responseCode?: number }) => {
          if (error.responseCode === undefined) parts.log.error({ err: error }, 'mail not taken in')
          done(error.responseCode === undefined ? refusal(451, '系统正忙，请稍后再发。 Try again later.') : error)
        },
      )
    },
  })
  server.on('error', (error: Error) => parts.log.warn({ err: error }, 'mailbox connection failed'))

  return {
    open: () =>
      new Promise((opened, fail) => {
        server.once('error', fail)
        server.listen(options.port, options.host, () => {
          server.off('error', fail)
          const address = server.server.address()
          opened(typeof address === 'object' && address !== null ? address.port : options.port)
        })
      }),
    close: () => (server.server.listening ? new Promise((closed) => server.close(() => closed())) : Promise.resolve()),
  }
}

/** The server refuses an announced size by itself, in English only; the person who reads the bounce is owed the sentence. */
function inPlainWords(connection: Pick<SMTPServer['connections'] extends Set<infer C> ? C : never, 'send'>): void {
  const send = connection.send.bind(connection)
  connection.send = (code, data, context) => send(code, code === 552 ? TOO_LARGE : data, context)
}
