import type { UnitId } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import type { UnitRow } from './org.sql.ts'
import { holdUnit, listStandings, unitsAsNow } from './standing.sql.ts'

/**
 * The unit, if it may be given work on a day; it stays so until the transaction ends.
 * @throws Fault 'case.unit_unknown' | 'case.unit_dissolved' naming who took over | 'case.unit_not_begun'
 */
export async function getUnitInForce(tx: Tx, id: UnitId, day: string): Promise<UnitRow> {
  await holdUnit(tx, id)
  const [unit] = await listStandings(tx, { ids: [id], codes: [] }, day)
  if (unit === undefined) throw new Fault('case.unit_unknown')
  if (unit.inForce) return unit
  if (unit.beginsOn !== null) throw new Fault('case.unit_not_begun', { unit: unit.name, day: unit.beginsOn })
  const after = (await unitsAsNow(tx, [id])).get(id)?.filter((other) => other.id !== id) ?? []
  const names = after.length > 0 ? after.map(({ name }) => name).join('、') : unit.leadUnitName
  throw new Fault('case.unit_dissolved', {
    unit: unit.name,
    day: unit.endedOn,
    successors: names === null ? '' : `，职责由${names}承接`,
  })
}
