import { invalid } from '#kernel/fault'

/** Where a page of counted rounds ends. */
export interface Cursor {
  readonly at: Date
  readonly id: string
  readonly round: number
}

export const writeCursor = (row: Cursor | undefined): string | null =>
  row === undefined ? null : Buffer.from(`${row.at.toISOString()} ${row.id} ${row.round}`).toString('base64url')

/** @throws Fault on a cursor that is not ours */
export function readCursor(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id = '', round = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id) || !/^\d{1,6}$/.test(round))
    throw invalid('cursor', 'request.not_found')
  return { at: new Date(at), id, round: Number(round) }
}
