import type { z } from 'zod'

/** One route of the API (接口): the server registers it, the OpenAPI document is generated from it, and the desk calls it by its name. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/api/v1/${string}`
  readonly summary: string
  /** `anyone`: no account needed. `person`: any signed-in person or machine. */
  readonly open: 'anyone' | 'person'
  readonly status: 200 | 201 | 202 | 204
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** `multipart`: a form with one file; `binary`: the answer is a file. */
  readonly accepts?: 'multipart'
  readonly sends?: 'binary'
  /** The body may be so large; the house's common limit otherwise. */
  readonly bodyMegabytes?: number
  readonly response?: z.ZodType
}

export const route = <const R extends Route>(definition: R): R => definition
