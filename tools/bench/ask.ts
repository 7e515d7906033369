import type pg from 'pg'
import type { App } from '../../server/src/app.ts'
import { median } from './house.ts'

const ROUNDS = 9

/** What is asked over HTTP, and the same question as one plain statement of a person who knows the tables. */
export interface Question {
  readonly url: string
  readonly sql: string
  readonly values?: readonly unknown[]
  /** The figure both must agree on, so that a fast wrong answer is no answer. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer as a client reads it
  readonly agree: readonly [ofAnswer: (body: any) => number, ofRows: (rows: any[]) => number]
}

export const sum = (numbers: readonly unknown[]) => numbers.reduce<number>((all, one) => all + Number(one), 0)

/**
 * Each question over HTTP and in SQL on the same database, in turn.
 * @returns question → milliseconds of the product relative to those of the statement
 * @throws where the two disagree, or have nothing to agree on
 */
export async function askAll(
  app: App,
  client: pg.Client,
  cookie: string,
  questions: Readonly<Record<string, Question>>,
  tell: (line: string) => void,
): Promise<Record<string, number>> {
  const ratios: Record<string, number> = {}
  for (const [name, { url, sql, values, agree }] of Object.entries(questions)) {
    const took = { http: [] as number[], sql: [] as number[] }
    for (let round = -2; round < ROUNDS; round++) {
      const start = performance.now()
      const reply = await app.http.inject({ url, headers: { cookie, host: 'localhost' } })
      const between = performance.now()
      const { rows } = await client.query(sql, [...(values ?? [])])
      const end = performance.now()
      if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body.slice(0, 300)}`)
      const [ours, theirs] = [agree[0](reply.json()), agree[1](rows)]
      if (ours !== theirs || ours === 0) throw new Error(`${name}: ${ours} over HTTP, ${theirs} in SQL`)
      if (round < 0) continue
      took.http.push(between - start)
      took.sql.push(end - between)
    }
    const [http, plain] = [median(took.http), median(took.sql)]
    tell(`${name}: ${http.toFixed(1)} ms over HTTP, ${plain.toFixed(1)} ms in SQL\n`)
    ratios[name] = Math.round((http / plain) * 100) / 100
  }
  return ratios
}
