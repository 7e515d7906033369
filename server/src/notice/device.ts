import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { newSecret, sha256 } from '#kernel/id'

const COOKIE = 'device'
const COOKIE_SECONDS = 2 * 365 * 86_400

const signatureOf = (secret: Buffer, id: string) =>
  createHmac('sha256', secret).update(`device ${id}`).digest('base64url')

function known(secret: Buffer, value: string): string | undefined {
  const [id = '', signature = ''] = value.split('.')
  const right = Buffer.from(signatureOf(secret, id))
  const given = Buffer.from(signature)
  return given.length === right.length && timingSafeEqual(given, right) ? id : undefined
}

/**
 * The device (设备) a request comes from, as a hash: a random id in a signed cookie that scripts cannot read; a made-up one is replaced. It says
 * nothing about the person.
 */
export function deviceOf(request: FastifyRequest, reply: FastifyReply, secret: Buffer, isSecure: boolean): string {
  const given = known(secret, request.cookies[COOKIE] ?? '')
  const id = given ?? newSecret()
  if (given === undefined)
    reply.setCookie(COOKIE, `${id}.${signatureOf(secret, id)}`, {
      ...{ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: COOKIE_SECONDS },
    })
  return sha256(`device ${id}`)
}

/** The network address of a request, as a keyed hash: it can be counted and not read back. */
export const addressHash = (secret: Buffer, ip: string) =>
  createHmac('sha256', secret).update(`address ${ip}`).digest('base64url').slice(0, 22)
