import { FAULT, type FaultCode, type FaultPlace, sentenceOf } from '@banjie/contract'

/** Fault (拒绝): a refusal with a stable code. Bugs throw ordinary errors; nobody catches to log. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly status: number
  /** Extra members of the problem document: `errors`, or the case's present state. */
  readonly extra: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: FaultCode,
    params: Readonly<Record<string, unknown>> = {},
    extra: Readonly<{ errors?: readonly FaultPlace[] } & Record<string, unknown>> = {},
  ) {
    super(sentenceOf(code, params))
    this.name = 'Fault'
    this.code = code
    this.status = FAULT[code][0]
    this.extra = extra
    this.retryAfterSeconds = typeof params['seconds'] === 'number' ? params['seconds'] : undefined
  }
}

/** One faulty place in the input. */
export const placeOf = (path: string, code: FaultCode, params: Readonly<Record<string, unknown>> = {}): FaultPlace => ({
  path,
  code,
  detail: sentenceOf(code, params),
})

/** Refuses bad input at one place. */
export const invalid = (path: string, code: FaultCode, params: Readonly<Record<string, unknown>> = {}) =>
  new Fault('request.invalid', { count: 1 }, { errors: [placeOf(path, code, params)] })
