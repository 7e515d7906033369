/** A faulty or doubtful place of a file, as the sender sees it: the row from 1, the column by its head. */
export interface FilePlace {
  readonly row: number
  readonly column: string
  readonly code: string
  readonly detail: string
}
