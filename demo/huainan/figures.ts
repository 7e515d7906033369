import type { Answer } from '../caller.ts'
import { checkFigures, type Figure, type Reading } from '../replay/figure.ts'
import type { Stage } from './replay.ts'

const FEN = 100
type Sum = Answer<'financingFigures'>['items'][number]
type Row = Answer<'financings'>['items'][number]
const NOTHING = { key: '', label: '', rows: 0, enterprises: 0, intendedFen: 0, approvedFen: 0, lentFen: 0 }

/** A figure of financings under a filter, and the rows of the list under the same filter. */
async function financed(
  { ask }: Stage,
  query: { readonly product: string; readonly state?: Row['state'] },
): Promise<{ sum: Sum; rows: readonly Row[] }> {
  const { items } = await ask('leader', 'financingFigures', { query: { ...query, by: 'product' } })
  return { sum: items[0] ?? NOTHING, rows: (await ask('leader', 'financings', { query })).items }
}
const yuanOf = (rows: readonly Row[], of: (row: Row) => number | null) =>
  rows.reduce((sum, row) => sum + (of(row) ?? 0), 0) / FEN
const firmsOf = (rows: readonly { readonly enterprise: { readonly id: string } }[]) =>
  new Set(rows.map(({ enterprise }) => enterprise.id)).size

async function met({ ask, story: { told } }: Stage, kind: string): Promise<Reading> {
  const { kinds, items } = await ask('leader', 'meetings', { query: { kind, from: told.from, to: told.until } })
  const computed = kinds.find(({ code }) => code === kind)?.meetings ?? 0
  return { computed, rows: items.length, adds: items.length }
}

const READ = {
  dispatchMeetings: (stage: Stage) => met(stage, 'dispatch'),
  bankMeetings: (stage: Stage) => met(stage, 'bank'),
  /** Enterprises that were at any of the bank–enterprise meetings, each once. */
  bankFirms: async ({ ask, ids }: Stage) => {
    const pages = await Promise.all(ids.meetings.map((id) => ask('leader', 'meeting', { params: { id } })))
    const present = pages.flatMap(({ targets }) => targets.map(({ id }) => id))
    return { computed: new Set(present).size, rows: present.length, adds: new Set(present).size }
  },
  paidYuan: async ({ ask, story: { told } }: Stage) => {
    const { fen, items } = await ask('leader', 'disbursements', { query: { year: Number(told.from.slice(0, 4)) } })
    const counted = items.filter(({ voided }) => voided === null)
    return { computed: fen / FEN, rows: counted.length, adds: counted.reduce((sum, row) => sum + row.fen, 0) / FEN }
  },
  guaranteedYuan: async (stage: Stage) => {
    const { sum, rows } = await financed(stage, { product: 'guarantee' })
    return { computed: sum.lentFen / FEN, rows: rows.length, adds: yuanOf(rows, ({ lentFen }) => lentFen) }
  },
  intents: async (stage: Stage) => {
    const { sum, rows } = await financed(stage, { product: 'bank-loan', state: 'intent' })
    return { computed: sum.rows, rows: rows.length, adds: rows.length }
  },
  intendedYuan: async (stage: Stage) => {
    const { sum, rows } = await financed(stage, { product: 'bank-loan', state: 'intent' })
    return { computed: sum.intendedFen / FEN, rows: rows.length, adds: yuanOf(rows, ({ intendedFen }) => intendedFen) }
  },
  parkDone: async (stage: Stage) => {
    const { sum, rows } = await financed(stage, { product: 'park-loan', state: 'lent' })
    return { computed: sum.enterprises, rows: rows.length, adds: firmsOf(rows) }
  },
  parkDoneYuan: async (stage: Stage) => {
    const { sum, rows } = await financed(stage, { product: 'park-loan', state: 'lent' })
    return { computed: sum.lentFen / FEN, rows: rows.length, adds: yuanOf(rows, ({ lentFen }) => lentFen) }
  },
  parkInProcess: async (stage: Stage) => {
    const { sum, rows } = await financed(stage, { product: 'park-loan', state: 'approval' })
    const waiting = (await stage.ask('leader', 'whitelists')).items.flatMap(({ candidates }) => candidates)
    const against =
      waiting.length > 0 && rows.every(({ expected }) => expected !== null) ? undefined : '没有白名单或预计日期'
    return { computed: sum.enterprises, rows: rows.length, adds: firmsOf(rows), against }
  },
} as const satisfies Record<string, (stage: Stage) => Promise<Reading>>
/** Where a figure of this article is read from. */
export type Source = keyof typeof READ

/** Every figure of the article that the replay reaches, as the pages compute it. */
export const figuresOf = (stage: Stage): Promise<Figure[]> =>
  checkFigures(stage.story.figures, (source) => READ[source](stage))
