import type { OutcomeQuantityKind } from '../../contract/src/index.ts'
import type { Answer } from '../caller.ts'
import { checkFigures, type Figure, type Reading } from '../replay/figure.ts'
import { rowsOf } from '../replay/stage.ts'
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

/** What a work brought about (办理成效): on the page of its case, and in the rows behind the year's outcome. */
async function brought({ ask, story: { told } }: Stage, kind: OutcomeQuantityKind, what: string): Promise<Reading> {
  const { items } = await ask('leader', 'outcomeRows', { query: { from: told.from, to: told.until, kind } })
  const rows = items.filter(({ quantities }) => quantities.some((one) => one.what === what))
  const sum = (quantities: readonly { readonly what?: string | null | undefined; readonly value: string }[]) =>
    quantities.filter((one) => one.what === what).reduce((total, { value }) => total + Number(value), 0)
  const pages = await Promise.all(rows.map(({ id }) => ask('leader', 'getCase', { params: { id } })))
  return {
    computed: pages.reduce((total, { case: kase }) => total + sum(kase.quantities), 0),
    ...{ rows: rows.length, adds: rows.reduce((total, { quantities }) => total + sum(quantities), 0) },
  }
}

const READ = {
  /** Enterprises above the scale that year with a main liaison, as the register counts them, and its list under the same filter. */
  boundAboveScale: async ({ ask, story: { told } }: Stage) => {
    const year = Number(told.from.slice(0, 4))
    const { counts } = await ask('leader', 'enterprises', { query: { year } })
    const query = { year, aboveScale: 'yes' as const, gap: 'no' as const, limit: 200 }
    const { items } = await ask('leader', 'enterprises', { query })
    const against =
      counts.aboveScale === counts.aboveScaleCovered ? undefined : `规上 ${counts.aboveScale} 户没有全部包联`
    return { computed: counts.aboveScaleCovered, rows: items.length, adds: items.length, against }
  },
  foundAndClosed: async (stage: Stage) => {
    const filter = { type: 'appeal', channel: 'staffFound', stage: 'closed' }
    const { total } = await stage.ask('supervisor', 'ledger', { query: { ...filter, limit: 1 } })
    const rows = await rowsOf(stage, filter)
    return { computed: total.value, rows: rows.length, adds: rows.length }
  },
  residents: (stage: Stage) => brought(stage, 'residents', '社区居民'),
  detour: (stage: Stage) => brought(stage, 'length', '不再绕行'),
  pathLength: (stage: Stage) => brought(stage, 'length', '便道长'),
  pathWidth: (stage: Stage) => brought(stage, 'width', '便道宽'),
  households: (stage: Stage) => brought(stage, 'households', '恢复排污'),
  sewer: (stage: Stage) => brought(stage, 'length', '排污管道'),
  pipes: (stage: Stage) => brought(stage, 'pieces', '淤堵管道'),
  wells: (stage: Stage) => brought(stage, 'pieces', '检修井'),
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
