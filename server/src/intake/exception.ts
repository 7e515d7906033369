import {
  type NewServiceException,
  SERVICE_OBSTACLE,
  type ServiceExceptionQuery,
  type ServiceExceptions,
} from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import {
  countExceptions,
  type ExceptionFilter,
  insertException,
  listExceptions,
  type ShownException,
} from './exception.sql.ts'

const KEEPERS = ['clerk', 'dispatcher', 'window', 'handler', 'head'] as const
const EVERYWHERE = ['clerk', 'dispatcher', 'window', 'supervisor', 'leader', 'auditor', 'admin'] as const
const WITHIN_UNIT = ['handler', 'head'] as const
const has = (by: Actor, roles: readonly string[]) => roles.some((role) => by.roles.has(role as never))
type View = z.input<typeof ServiceExceptions>['items'][number]

/**
 * Logs a service exception (服务特例登记): what could not be done the normal way, why, and what was done instead. It names nobody: telephone and
 * identity numbers are masked; who it was stands with the case.
 * @throws Fault 'forbidden' | 'exception.in_future' | 'case.not_found'
 */
export async function logException(
  tx: Tx,
  engine: Engine,
  entry: z.output<typeof NewServiceException>,
  by: Actor,
): Promise<View> {
  if (!has(by, KEEPERS)) throw new Fault('forbidden')
  const today = dayOf(by.at)
  if (entry.on !== undefined && entry.on > today) throw new Fault('exception.in_future')
  const kase = entry.caseNumber === undefined ? undefined : await engine.get(tx, entry.caseNumber, by)
  const row = {
    ...{ id: newId<string>(), onDay: entry.on ?? today, kind: entry.kind, done: entry.done },
    what: maskPersonal(entry.what),
    why: entry.why === undefined ? null : maskPersonal(entry.why),
    instead: maskPersonal(entry.instead),
    ...{ place: entry.place ?? null, caseId: kase?.id ?? null },
    ...{ byPerson: by.personId, byName: by.name, unitId: by.unitId, at: by.at },
  }
  await insertException(tx, row)
  return view({ ...row, caseNumber: kase?.number ?? null, unit: null })
}

/** What a list, its counts and its Excel file show. @throws Fault 'forbidden' */
export function exceptionFilter(
  { from, to, kind }: z.output<typeof ServiceExceptionQuery>,
  by: Actor,
): ExceptionFilter {
  const everywhere = has(by, EVERYWHERE)
  if (!everywhere && !has(by, WITHIN_UNIT)) throw new Fault('forbidden')
  const today = dayOf(by.at)
  return { from: from ?? `${today.slice(0, 4)}-01-01`, to: to ?? today, kind, units: everywhere ? null : by.scope }
}

const SHOWN = 500
/** Entries of a time (特例台账): the latest, and how many there are of each kind. */
export async function exceptions(tx: Tx, filter: ExceptionFilter): Promise<z.input<typeof ServiceExceptions>> {
  const counts = await countExceptions(tx, filter)
  const items = await listExceptions(tx, filter, SHOWN)
  return {
    ...{ from: filter.from, to: filter.to, items: items.map(view) },
    total: counts.reduce((sum, { count }) => sum + count, 0),
    counts: counts.map((one) => ({ ...one, label: SERVICE_OBSTACLE[one.kind] })),
  }
}

const view = ({ onDay, kind, byName, caseNumber, unit, ...row }: ShownException): View => ({
  ...{ id: row.id, on: onDay, kind, kindLabel: SERVICE_OBSTACLE[kind], what: row.what, why: row.why },
  ...{ instead: row.instead, done: row.done, place: row.place, caseNumber, by: byName, unit },
})
