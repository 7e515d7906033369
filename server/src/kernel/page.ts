import { invalid } from './fault.ts'

/** Which page of a list is asked for: the cursor is the id of the last row that was read. */
export interface Paged {
  readonly limit: number
  readonly cursor?: string | undefined
}
const CURSOR = /^[0-9a-f-]{36}$/
/** @throws Fault 'request.invalid' for a cursor that is none */
export const afterOf = ({ cursor }: Paged) => {
  if (cursor !== undefined && !CURSOR.test(cursor)) throw invalid('cursor', 'request.not_found')
  return cursor
}
/** A page of what was asked for with one row to spare. */
export const paged = <Row extends { readonly id: string }>(rows: readonly Row[], limit: number) => ({
  items: rows.slice(0, limit),
  nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
})
