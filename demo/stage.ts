/** What the loader gives to those who plan a course: the API, the units, and the calendar of steps. `Answered`: what they read of the answers. */
export interface Stage<Answered> {
  readonly call: (account: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => Promise<Answered>
  /** Sends a form with one file. */
  readonly send: (account: string, url: string, payload: Buffer, type: string) => Promise<void>
  /** Puts a step on the calendar; one after the demo's last day is left out. */
  readonly plan: (at: Date, run: () => Promise<void>) => void
  readonly end: Date
  /** Codes of the units by id and by name, and their ids by code. */
  readonly codes: ReadonlyMap<string, string>
  readonly codesByName: ReadonlyMap<string, string>
  readonly unitIds: ReadonlyMap<string, string>
  readonly units: readonly { readonly id: string; readonly code: string }[]
  /** Who acts for a unit, by its code. */
  readonly heads: ReadonlyMap<string, { readonly handler: string; readonly head: string }>
  /** The people of the district file: whose account and whose name. */
  readonly people: readonly { readonly name: string; readonly account?: string | null | undefined }[]
  /** Numbers of the problems, in the file's order. */
  readonly numbers: readonly string[]
}
