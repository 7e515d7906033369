import { pino } from 'pino'

/** The log: JSON lines to standard error, so that standard output stays for the addresses. No request bodies, no query strings, no cookies. */
export const createLog = (level: string) =>
  pino(
    {
      level,
      base: null,
      serializers: {
        req: (request: { method: string; url: string; id: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
        }),
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )
export type Log = ReturnType<typeof createLog>
