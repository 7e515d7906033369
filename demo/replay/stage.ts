import type { Answer, Ask } from '../caller.ts'

/** Something that happens at a moment; the weight tells the progress bar how many cases it touches. */
export interface Step {
  readonly at: Date
  readonly what: string
  readonly weight: number
  readonly run: () => Promise<void>
}

/** Puts a step among those of a replay; it weighs one unless it says more. */
export type AddStep = (step: Omit<Step, 'weight'> & { readonly weight?: number }) => void

/** Whoever asks the API. */
export interface Asking {
  readonly ask: Ask
}

/** The instant of a local day and time. */
export const at = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`)

/** What was to be there. @throws Error naming what is missing */
export function idIn(known: ReadonlyMap<string, string>, key: string): string {
  const id = known.get(key)
  if (id === undefined) throw new Error(`${key} is not there yet`)
  return id
}

const BATCH = 200
/** The same action on many cases. @throws Error with the first refusal */
export async function actOn(
  { ask }: Asking,
  account: string,
  action: string,
  given: { readonly ids: readonly string[]; readonly input?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { ids, input = {} } = given
  for (let i = 0; i < ids.length; i += BATCH) {
    const { items } = await ask(account, 'actOnMany', { body: { action, ids: ids.slice(i, i + BATCH), input } })
    const refused = items.find(({ ok }) => !ok)
    if (refused) throw new Error(`${account} ${action} ${refused.id}: ${refused.detail}`)
  }
}

type Row = Answer<'ledger'>['items'][number]
/** All rows of the ledger under a filter, page by page. */
export async function rowsOf({ ask }: Asking, filter: Readonly<Record<string, string>>): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = { ...filter, limit: BATCH, ...(cursor !== '' && { cursor }) }
    const page: Answer<'ledger'> = await ask('supervisor', 'ledger', { query })
    rows.push(...page.items)
    cursor = page.nextCursor
  }
  return rows
}

/** Runs through things in so many lanes at once. */
export async function inLanes<T>(
  things: readonly T[],
  lanes: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const waiting = things.values()
  const lane = async () => {
    for (const thing of waiting) await work(thing)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
