import type {
  AskDraft,
  AskPreview,
  Burden,
  BurdenRows,
  BurdenSource,
  Burdens,
  ContactLimit,
  UnitId,
} from '@banjie/contract'
import { BURDEN_SOURCE, idsOf } from '@banjie/contract'
import { dayAfter, periodAround } from '#cadence'
import { countPutTo, listPutTo, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf, findUnit, listGrassRoots } from '#org'
import { countAsks, countWaiting, listSentAsks, type NamedUnitRow } from './ask.sql.ts'
import { limitOn, limitVersions } from './limit.ts'

/** Cases that one unit puts to another; what a citizen asks for is no burden of this kind. */
const CASE_SOURCES = ['sweep', 'task'] as const satisfies readonly BurdenSource[]
const SOURCES = idsOf(BURDEN_SOURCE)
const MIDNIGHT = 'T00:00:00+08:00'

interface Week {
  readonly from: string
  readonly to: string
  readonly limit: ContactLimit
}
/** The week of a day (周一至周日) with the limits that hold in it. */
async function weekOf(tx: Tx, day: string): Promise<Week> {
  const { from, to } = periodAround('week', day)
  return { from, to, limit: limitOn(await limitVersions(tx), day) }
}
const instantsOf = ({ from, to }: Week) => ({
  from: new Date(`${from}${MIDNIGHT}`),
  to: new Date(`${dayAfter(to)}${MIDNIGHT}`),
})

const isAbove = (
  { total, fields }: { readonly total: number; readonly fields: number },
  { asksPerWeek, fieldsPerWeek }: ContactLimit,
) => total > asksPerWeek || fields > fieldsPerWeek

/** What some units are asked for in a week (基层负担), counted from the cases put to them and the asks sent to them. */
async function burdensIn(tx: Tx, units: readonly NamedUnitRow[], week: Week): Promise<Burden[]> {
  const ids = units.map(({ id }) => id)
  const within = { units: ids, ...instantsOf(week) }
  const cases = await countPutTo(tx, { ...within, types: CASE_SOURCES })
  const asks = await countAsks(tx, within)
  const waiting = new Map((await countWaiting(tx, ids)).map(({ unitId, count }) => [unitId, count]))
  return units.map(({ id, name }) => {
    const own = [
      ...cases.filter(({ unitId }) => unitId === id).map(({ type, count }) => ({ source: type, count, fields: 0 })),
      ...asks.filter(({ unitId }) => unitId === id).map(({ kind, ...rest }) => ({ source: kind, ...rest })),
    ]
    const sum = (of: readonly { readonly count: number }[]) => of.reduce((all, { count }) => all + count, 0)
    const total = sum(own)
    const fields = own.reduce((all, one) => all + one.fields, 0)
    return {
      ...{ unit: { id, name }, total, fields, waiting: waiting.get(id) ?? 0 },
      counts: SOURCES.map((source) => ({ source, count: sum(own.filter((one) => one.source === source)) })).filter(
        ({ count }) => count > 0,
      ),
      over: isAbove({ total, fields }, week.limit),
    }
  })
}

/** What every grass-roots unit is asked for in the week of a day. */
export async function burdensOf(tx: Tx, day: string | undefined, by: Actor): Promise<Burdens> {
  const today = dayOf(by.at)
  const week = await weekOf(tx, day ?? today)
  return { ...week, items: await burdensIn(tx, await listGrassRoots(tx, today), week) }
}

/** Every row behind one unit's count. @throws Fault 'case.unit_unknown' */
export async function burdenRowsOf(tx: Tx, id: UnitId, day: string | undefined, by: Actor): Promise<BurdenRows> {
  const unit = await findUnit(tx, id)
  if (unit === undefined) throw new Fault('case.unit_unknown')
  const week = await weekOf(tx, day ?? dayOf(by.at))
  const within = { units: [id], ...instantsOf(week) }
  const cases = await listPutTo(tx, { ...within, types: CASE_SOURCES }, sightOf(by))
  const asks = await listSentAsks(tx, within)
  return {
    ...week,
    unit: { id, name: unit.name },
    items: [
      ...cases.map(({ type, at, ...row }) => ({ ...row, source: type as BurdenSource, asker: null, at, fields: 0 })),
      ...asks.map(({ kind, ...row }) => ({ ...row, source: kind, number: null })),
    ]
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ at, ...row }) => ({ ...row, on: dayOf(at) })),
  }
}

/**
 * What the asker is told before it is sent (先看再发): each unit's week so far, and with this ask.
 * @throws Fault 'case.unit_unknown' | 'ask.not_grass_roots' | 'ask.to_itself'
 */
export async function askPreviewOf(tx: Tx, { unitIds, fields }: AskDraft, by: Actor): Promise<AskPreview> {
  const today = dayOf(by.at)
  const grassRoots = new Map((await listGrassRoots(tx, today)).map((unit) => [unit.id, unit]))
  const units = []
  for (const id of new Set(unitIds)) units.push(grassRoots.get(id) ?? (await refuseUnit(tx, id)))
  const own = units.find(({ id }) => id === by.unitId)
  if (own !== undefined) throw new Fault('ask.to_itself', { unit: own.name })
  const week = await weekOf(tx, today)
  const items = (await burdensIn(tx, units, week)).map((burden) => {
    const after = { total: burden.total + 1, fields: burden.fields + fields }
    return { ...burden, after: { ...after, over: isAbove(after, week.limit) } }
  })
  return { ...week, items, needsAgreement: items.some(({ after }) => after.over) }
}
async function refuseUnit(tx: Tx, id: UnitId): Promise<never> {
  const unit = await findUnit(tx, id)
  throw unit === undefined ? new Fault('case.unit_unknown') : new Fault('ask.not_grass_roots', { unit: unit.name })
}
