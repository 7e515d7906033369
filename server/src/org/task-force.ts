import type { NewTaskForce, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { idsByCode, putUnits } from './district.sql.ts'
import { dayOf } from './sign-in.ts'
import { getUnitInForce } from './standing.ts'
import { listTaskForces, putTaskForces, type TaskForceRow } from './task-force.sql.ts'

const FOUNDERS = ['admin', 'dispatcher', 'leader'] as const

/**
 * Sets up a task force (成立工作专班): a unit to dispatch to, for which the people of the lead unit act.
 * @throws Fault 'forbidden' | 'term.reversed' | 'taskForce.code_taken' | what `getUnitInForce` says of the lead or a member
 */
export async function setUpTaskForce(tx: Tx, input: NewTaskForce, by: Actor): Promise<TaskForceRow> {
  if (!FOUNDERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  if (input.validTo !== undefined && input.validTo < input.validFrom) throw new Fault('term.reversed')
  for (const unit of [input.leadUnitId, ...input.memberUnitIds]) await getUnitInForce(tx, unit, dayOf(by.at))
  const id = newId<UnitId>()
  const code = input.code ?? `force-${id.slice(-8)}`
  if ((await idsByCode(tx, 'unit')).has(code)) throw new Fault('taskForce.code_taken', { code })
  const { name, subject, leadUnitId, memberUnitIds, validFrom } = input
  const facts = { id, code, name, shortName: null, kind: 'taskForce', parentId: null, divisionCode: null, phone: null }
  await putUnits(tx, [facts], validFrom)
  const charter = input.charter ?? null
  const validTo = input.validTo ?? null
  await putTaskForces(tx, [{ unitId: id, subject, leadUnitId, memberUnitIds, charter, validFrom, validTo }])
  const [force] = await listTaskForces(tx, id)
  if (force === undefined) throw new Error('the task force was not written')
  return force
}
