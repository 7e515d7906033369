import { BACKLOG_AGE, type Backlog, type BacklogAge, type UnitId } from '@banjie/contract'
import { type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { afterOf, type Paged, paged } from '#kernel/page'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { countBacklog, listBacklog } from './backlog.sql.ts'

const AGES = Object.keys(BACKLOG_AGE) as BacklogAge[]

/** Open matters of enterprises that the caller sees (涉企积压), by age and unit; each figure is the number of its rows. */
export async function backlogOf(tx: Tx, by: Actor): Promise<Backlog> {
  const counts = await countBacklog(tx, sightOf(by), dayOf(by.at))
  const sum = (rows: typeof counts) => rows.reduce((total, { count }) => total + count, 0)
  const inAge = (rows: typeof counts, age: BacklogAge) => sum(rows.filter((row) => row.age === age))
  const units = Map.groupBy(counts, ({ unitId }) => unitId)
  return {
    ages: AGES.map((age) => ({ age, count: inAge(counts, age) })),
    units: [...units].flatMap(([id, rows]) =>
      id === null
        ? []
        : [
            {
              unit: { id, name: rows[0]?.unit ?? '' },
              total: sum(rows),
              ages: Object.fromEntries(AGES.map((age) => [age, inAge(rows, age)])) as Record<BacklogAge, number>,
            },
          ],
    ),
    total: sum(counts),
  }
}

interface Wanted extends Paged {
  readonly age?: BacklogAge | undefined
  readonly unit?: UnitId | undefined
}
/** A page of the matters behind a figure, the oldest first, and how many there are. @throws Fault 'request.invalid' for a cursor that is none */
export async function backlogRows(tx: Tx, engine: Engine, { age, unit, ...page }: Wanted, by: Actor) {
  const [sight, today] = [sightOf(by), dayOf(by.at)]
  const rows = await listBacklog(tx, { age, unit }, sight, today, { after: afterOf(page), limit: page.limit })
  const counts = await countBacklog(tx, sight, today)
  const meant = counts.filter(
    (one) => (age === undefined || one.age === age) && (unit === undefined || one.unitId === unit),
  )
  const { items, nextCursor } = paged(rows, page.limit)
  return {
    nextCursor,
    total: { value: meant.reduce((sum, { count }) => sum + count, 0), exact: true },
    items: items.map(({ type, stage, enterpriseId, enterpriseName, unitId: _, ...row }) => ({
      ...{ ...row, stageLabel: stageWord(engine.typeOf({ type }), stage) },
      enterprise: { id: enterpriseId, name: enterpriseName, kind: 'enterprise' as const },
    })),
  }
}
