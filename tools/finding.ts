/** What a check has found: where, and what to do about it. */
export interface Finding {
  readonly where: string
  readonly what: string
}
