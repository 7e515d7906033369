import type { TenantId } from '@banjie/contract'
import { sql } from 'kysely'
import pg from 'pg'
import type { Tx } from '../../server/src/kernel/store.ts'
import { listLedger, weigh } from '../../server/src/ledger/ledger.sql.ts'
import { FREQUENT_WORD, fill, RARE_WORD } from './fill.ts'
import { house, median, NOW } from './house.ts'

const ROUNDS = 25
const QUESTIONS = {
  firstPage: '/api/v1/ledger?limit=50',
  newest: '/api/v1/ledger?limit=50&sort=-received',
  searchFrequent: `/api/v1/ledger?limit=50&sort=-received&q=${encodeURIComponent(FREQUENT_WORD)}`,
  // Five rows, so that every size renders the same page.
  searchRare: `/api/v1/ledger?limit=5&sort=-received&q=${encodeURIComponent(RARE_WORD)}`,
} as const

/**
 * The ledger's first pages and two-character searches over HTTP at several sizes, asked in turn so that a noisy minute hits all alike.
 * @returns question → size → milliseconds relative to the smallest size
 */
export async function ledgerRatios(
  server: pg.ClientConfig,
  dataDir: string,
  sizes: readonly number[],
  tell: (line: string) => void,
) {
  const towns = []
  for (const size of sizes) {
    const town = await house(server, `bench_${size}`, dataDir)
    const client = new pg.Client(town.connection)
    await client.connect()
    try {
      await fill(client, size, NOW, (done) =>
        tell(
          `
${size}: ${done} 件 `,
        ),
      )
    } finally {
      await client.end()
    }
    towns.push({ ...town, size })
  }
  tell('\n')
  const took = new Map<string, number[]>()
  for (let round = -3; round < ROUNDS; round++)
    for (const [name, url] of Object.entries(QUESTIONS))
      for (const { app, cookie, size } of towns) {
        const start = performance.now()
        const reply = await app.http.inject({ url, headers: { cookie, host: 'localhost' } })
        if (reply.statusCode !== 200 || reply.json().items.length === 0)
          throw new Error(`${name}: ${reply.body.slice(0, 300)}`)
        const key = `${name} ${size}`
        if (round >= 0) took.set(key, [...(took.get(key) ?? []), performance.now() - start])
      }
  const largest = towns.at(-1)
  if (largest) tell(`${await explainSearch(largest.app.store)}\n`)
  for (const { app } of towns) await app.close()
  const base = sizes[0] ?? 0
  return Object.fromEntries(
    Object.keys(QUESTIONS).map((name) => {
      const of = (size: number) => median(took.get(`${name} ${size}`) ?? [])
      tell(`${name}: ${sizes.map((size) => `${size}: ${of(size).toFixed(1)} ms`).join(', ')}\n`)
      return [name, Object.fromEntries(sizes.slice(1).map((size) => [size, round2(of(size) / of(base))]))]
    }),
  )
}
const round2 = (n: number) => Math.round(n * 100) / 100

/** The plan of the ledger's own search as the app's role, with row-level security on. */
async function explainSearch(store: {
  tx<T>(tenant: TenantId, work: (tx: Tx) => Promise<T>, options?: object): Promise<T>
}): Promise<string> {
  return store.tx(1 as TenantId, async (tx) => {
    const plan: string[] = []
    const explaining: Tx = {
      ...{ tenant: tx.tenant, hot: tx.hot.bind(tx), afterCommit: () => undefined },
      async run(statement) {
        for (const row of await tx.run<Record<string, string>>(
          sql`explain (analyze, buffers, costs off, timing off) ${statement}`,
        ))
          plan.push(Object.values(row).join(''))
        return []
      },
    }
    const who = await tx.run<{ role: string; rls: boolean }>(
      sql`select current_user as role, (select relrowsecurity from pg_class where oid = '"case"'::regclass) as rls`,
    )
    await listLedger(
      explaining,
      { q: RARE_WORD, hits: await weigh(tx, RARE_WORD) },
      { kind: 'all', confidential: true },
      { sort: '-received', limit: 51, now: NOW },
    )
    const text = plan.join('\n')
    if (!text.includes('case_search_grams')) throw new Error(`the search does not use its index:\n${text}`)
    return `EXPLAIN as ${who[0]?.role}, row-level security on "case": ${who[0]?.rls}\n${text}`
  })
}
