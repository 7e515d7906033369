import {
  bandOf,
  bandWords,
  type InvestmentItem,
  type InvestmentTargets,
  type NewInvestmentTargets,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { mayKeepTargets } from '#liaison'
import { findInvestmentTargets, insertInvestmentTargets, listSigned, type SignedRow } from './rule.sql.ts'

/** Investment targets of a year (招商目标) as the projects signed in it make them; nothing is typed. */
export async function investmentTargets(tx: Tx, year: number, by: Actor): Promise<InvestmentTargets> {
  const version = await findInvestmentTargets(tx, year)
  const signed = await listSigned(tx, year)
  const counted = signed.filter(({ out }) => out === null)
  const items = version?.items ?? []
  return {
    ...{ year, version: version?.version ?? 0, basis: version?.basis ?? null, by: version?.by ?? null },
    items: items.map((item) => {
      const band = bandOf(item, items)
      const projects = counted.filter((row) => isIn(row, item, band))
      return {
        ...{ ...item, done: projects.length, words: bandWords(year, item, items) },
        projects: projects.map(({ id, name, amountFen, signedOn, agent }) => ({
          id,
          name,
          amountFen,
          signedOn,
          agent,
        })),
      }
    }),
    agents: agentsOf(counted),
    out: signed.flatMap(({ id, name, out }) => (out === null ? [] : { id, name, note: out })),
    mayKeep: mayKeepTargets(by),
  }
}

const isIn = ({ amountFen, single }: SignedRow, { measure, thresholdFen }: InvestmentItem, below: number | null) =>
  (measure === 'size' || single) && amountFen >= thresholdFen && (below === null || amountFen < below)

/** How many projects, and how much, came by each social agent (社会招商). */
function agentsOf(rows: readonly SignedRow[]): InvestmentTargets['agents'] {
  const groups = Map.groupBy(
    rows.filter(({ agent }) => agent !== null),
    ({ agent }) => agent ?? '',
  )
  return [...groups].map(([agent, own]) => ({
    ...{ agent, projects: own.length },
    amountFen: own.reduce((sum, { amountFen }) => sum + amountFen, 0),
  }))
}

/** Puts up a version of a year's investment targets (发布招商目标). @throws Fault 'forbidden' | 'investment.same_title' */
export async function putInvestmentTargets(
  tx: Tx,
  { year, items, basis }: NewInvestmentTargets,
  by: Actor,
): Promise<InvestmentTargets> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const titles = items.map(({ title }) => title)
  const twice = titles.find((title, i) => titles.indexOf(title) !== i)
  if (twice !== undefined) throw new Fault('investment.same_title', { title: twice })
  const version = ((await findInvestmentTargets(tx, year))?.version ?? 0) + 1
  await insertInvestmentTargets(tx, { year, version, items, basis }, by)
  const entry = { action: 'newInvestmentTargets', objectKind: 'investmentTarget', objectId: String(year) }
  await audit(tx, by, { ...entry, note: `${year} 年第${version}版：${basis}` })
  return investmentTargets(tx, year, by)
}
