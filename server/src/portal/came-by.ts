import { DriveId } from '@banjie/contract'
import type { FastifyRequest } from 'fastify'

/** How a reader came (来路), as long as the address carries it; there is no cookie for it. */
export interface CameBy {
  /** The code of a short link. */
  readonly media?: string | undefined
  /** The drive from whose page somebody speaks up. */
  readonly drive?: DriveId | undefined
}

/** Reads it from the address; what is none is not there. */
export function cameBy(request: FastifyRequest): CameBy {
  const { m, drive } = (request.query ?? {}) as Record<string, unknown>
  const { code } = (request.params ?? {}) as Record<string, unknown>
  const given = request.url.startsWith('/m/') ? code : m
  return {
    media: typeof given === 'string' && /^[a-z0-9]{1,20}$/i.test(given) ? given : undefined,
    drive: DriveId.safeParse(drive).data,
  }
}

/** The same as the words of the next address. */
export const carriedOn = ({ media, drive }: CameBy): [name: string, value: string][] => [
  ...(media === undefined ? [] : [['m', media] as [string, string]]),
  ...(drive === undefined ? [] : [['drive', drive] as [string, string]]),
]

/** An address with these words behind it. */
export const withWords = (path: string, words: readonly (readonly [string, string])[]): string =>
  words.length === 0 ? path : `${path}?${new URLSearchParams(words.map(([name, value]) => [name, value])).toString()}`
