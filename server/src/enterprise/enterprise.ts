import type { Enterprise, EnterpriseId } from '@banjie/contract'
import { type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { afterOf, type Paged, paged } from '#kernel/page'
import type { Tx } from '#kernel/store'
import { isBoundTo, mayKeepTargets, overseesTargets } from '#liaison'
import { dayOf } from '#org'
import { countOpenCases, listTiedCases } from './case.sql.ts'
import {
  countEnterprises,
  type EnterpriseFilter,
  findSheet,
  findYear,
  listChains,
  listEnterprises,
  type Seen,
} from './enterprise.sql.ts'
import { doubtOf } from './register.ts'

const seenOn = async (tx: Tx, by: Actor, year?: number): Promise<Seen> => {
  const day = dayOf(by.at)
  return { day, year: year ?? (await findYear(tx, Number(day.slice(0, 4)))) }
}

/** A page of the register (企业名录), and the counts over all of it. */
export async function enterprisesOf(
  tx: Tx,
  { limit, cursor, year, ...filter }: Paged & EnterpriseFilter & { readonly year?: number | undefined },
  by: Actor,
) {
  const seen = await seenOn(tx, by, year)
  const rows = await listEnterprises(tx, filter, seen, { after: afterOf({ limit, cursor }), limit })
  const counts = await countEnterprises(tx, {}, seen)
  const isFiltered = Object.values(filter).some((value) => value !== undefined && value !== '')
  const { enterprises } = isFiltered ? await countEnterprises(tx, filter, seen) : counts
  return {
    ...paged(rows, limit),
    ...{ total: { value: enterprises, exact: true }, year: seen.year },
    ...{ counts, chains: await listChains(tx) },
  }
}

/** One enterprise (企业): its sheet, and who answers for it. @throws Fault 'enterprise.not_found' */
export async function enterpriseOf(tx: Tx, id: EnterpriseId, by: Actor): Promise<Enterprise> {
  const seen = await seenOn(tx, by)
  const [row] = await listEnterprises(tx, { id }, seen, { after: undefined, limit: 1 })
  const sheet = await findSheet(tx, id, seen.day)
  if (row === undefined || sheet === undefined) throw new Fault('enterprise.not_found')
  const { usccConfirmedBy, usccNote, updatedAt, ...rest } = sheet
  return {
    ...row,
    ...rest,
    usccFlaw: row.uscc !== null && doubtOf(row.uscc) !== undefined,
    usccConfirmed: usccConfirmedBy === null ? null : { by: usccConfirmedBy, note: usccNote ?? '' },
    updatedAt: updatedAt?.toISOString() ?? null,
    openCases: await countOpenCases(tx, id, sightOf(by)),
    ...{ mayEdit: mayKeepTargets(by), mayCall: overseesTargets(by) || (await isBoundTo(tx, id, by)) },
  }
}

/** @throws Fault 'enterprise.not_found' */
export async function refuseUnlessEnterprise(tx: Tx, id: EnterpriseId, by: Actor): Promise<void> {
  if ((await findSheet(tx, id, dayOf(by.at))) === undefined) throw new Fault('enterprise.not_found')
}

/** The cases that concern an enterprise and that the caller sees (涉企事项), newest first. @throws Fault 'enterprise.not_found' */
export async function casesOf(tx: Tx, engine: Engine, id: EnterpriseId, page: Paged, by: Actor) {
  await refuseUnlessEnterprise(tx, id, by)
  const { limit } = page
  const rows = await listTiedCases(tx, id, sightOf(by), { after: afterOf(page), limit })
  const { items, nextCursor } = paged(rows, limit)
  return {
    nextCursor,
    items: items.map(({ type, stage, at, ...row }) => ({
      ...{ ...row, stageLabel: stageWord(engine.typeOf({ type }), stage), at: at.toISOString() },
    })),
  }
}
