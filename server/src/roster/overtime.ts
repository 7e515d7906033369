import type { NewOvertime, OvertimeId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { daysOf } from './day.ts'
import { mayKeep, oversees } from './keeper.ts'
import {
  countOvertime,
  insertOvertime,
  listOvertime,
  lockHours,
  type OvertimeFilter,
  type OvertimeRow,
} from './overtime.sql.ts'
import { listServing } from './roster.sql.ts'

const DAY_HOURS = 24

function overtimeView(calendar: Calendar, row: OvertimeRow) {
  const [day] = daysOf(calendar, row.on, row.on)
  return { ...row, kind: day?.kind ?? ('work' as const) }
}

/** Overtime (加班记录) with its sums: everybody sees their own, heads their people's, overseers all. */
export async function overtimeOf(tx: Tx, calendar: Calendar, filter: OvertimeFilter, by: Actor) {
  const seenBy = oversees(by) ? undefined : { person: by.personId, units: by.roles.has('head') ? by.scope : [] }
  const items = (await listOvertime(tx, { ...filter, seenBy })).map((row) => overtimeView(calendar, row))
  return { items, counts: await countOvertime(tx, { ...filter, seenBy }) }
}

/**
 * Records overtime (记加班), one's own or that of one's people.
 * @throws Fault 'person.not_found' | 'roster.no_post' | 'overtime.future' | 'overtime.too_long' | 'forbidden'
 */
export async function recordOvertime(tx: Tx, calendar: Calendar, given: NewOvertime, by: Actor) {
  const { personId, on, hours } = given
  const [person] = await listServing(tx, [personId])
  if (person === undefined) throw new Fault('person.not_found')
  const { name, unitId } = person
  if (unitId === null || (person.to !== null && person.to < on)) throw new Fault('roster.no_post', { name, day: on })
  refuseUnless(personId === by.personId || mayKeep(by, unitId))
  if (on > dayOf(by.at)) throw new Fault('overtime.future', { day: on })
  const sum = (await lockHours(tx, personId, on)) + hours
  if (sum > DAY_HOURS) throw new Fault('overtime.too_long', { name, day: on, hours: sum })
  const id = newId<OvertimeId>()
  await insertOvertime(tx, id, { ...given, unitId, why: maskPersonal(given.why) }, by)
  await audit(tx, by, {
    action: 'newOvertime',
    objectKind: 'overtime',
    objectId: id,
    note: `${name} ${on} ${hours} 小时`,
  })
  const [row] = await listOvertime(tx, { id })
  if (row === undefined) throw new Error('overtime that was just written is not there')
  return overtimeView(calendar, row)
}
