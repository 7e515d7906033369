import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail server of somebody else's: what it takes it keeps. */
export async function postOffice() {
  const mails: ParsedMail[] = []
  const state = { refusing: false }
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, closeTimeout: 100 },
    onRcptTo: (_, __, done) =>
      done(state.refusing ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
    onData(stream, _, done) {
      simpleParser(stream).then((mail) => {
        mails.push(mail)
        done()
      }, done)
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.server.address() as AddressInfo
  return {
    ...{ mails, state, url: `smtp://127.0.0.1:${port}` },
    to: (address: string) => mails.filter((mail) => JSON.stringify(mail.to).includes(address)),
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: as the receiver reads it
  readonly body: any
}

/** Somebody else's web server: what is posted it keeps, and answers as it is told. */
export async function receiver() {
  const received: Received[] = []
  const state: { status: number; headers: Record<string, string>; silent: boolean } = {
    ...{ status: 200, headers: {}, silent: false },
  }
  const server = createServer((request, reply) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString()
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        text,
        body: text === '' ? null : JSON.parse(text),
      })
      if (!state.silent) reply.writeHead(state.status, state.headers).end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    ...{ received, state, url: `http://127.0.0.1:${port}` },
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}
