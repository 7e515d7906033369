import { type DestinationStream, pino } from 'pino'

/** The log: JSON lines to standard error, so that standard output stays for the addresses. No request bodies, no query strings, no cookies. */
export const createLog = (level: string, destination: DestinationStream = pino.destination({ dest: 2, sync: false })) =>
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
        err: told,
      },
    },
    destination,
  )

/**
 * What an error may tell. A driver's error carries its client, the statement, and in `detail` the very values that collided: what citizens wrote
 * must not reach the log.
 */
function told(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'not an error' }
  const { name, message, stack, cause } = error
  const fields = error as { code?: unknown; constraint?: unknown; table?: unknown; routine?: unknown }
  const { code, constraint, table, routine } = fields
  return {
    type: name,
    message,
    stack,
    code,
    constraint,
    table,
    routine,
    ...(cause !== undefined && { cause: told(cause) }),
  }
}
export type Log = ReturnType<typeof createLog>
