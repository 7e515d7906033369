import type { UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { ActionType, Doer } from './case-type.ts'
import type { CaseState } from './state.ts'

/** What a person sees (可见范围): one answer for lists, counts, exports, search and single cases. */
export type Sight =
  | { readonly kind: 'all'; readonly confidential: boolean }
  | { readonly kind: 'units'; readonly units: readonly UnitId[]; readonly own: readonly UnitId[] }
  | { readonly kind: 'closed' }
  | { readonly kind: 'none' }

/** The offices through which every case passes. */
const EVERYWHERE: readonly Doer[] = ['clerk', 'dispatcher', 'caller', 'supervisor', 'leader']
/** See all but what was reported in confidence. */
const OPENLY: readonly Doer[] = ['window', 'auditor', 'admin']
const WITHIN_UNIT: readonly Doer[] = ['handler', 'head']

const has = (by: Actor, roles: readonly Doer[]) => roles.some((role) => by.roles.has(role as never))

export function sightOf(by: Actor): Sight {
  if (by.kind === 'system') return { kind: 'all', confidential: true }
  if (has(by, EVERYWHERE)) return { kind: 'all', confidential: true }
  if (has(by, OPENLY)) return { kind: 'all', confidential: false }
  if (has(by, WITHIN_UNIT)) return { kind: 'units', units: by.scope, own: by.ownUnits }
  return by.roles.has('evaluator') ? { kind: 'closed' } : { kind: 'none' }
}

/** The sight as a condition on the alias `c` of the case table. */
export function visible(sight: Sight, tenant: number): RawBuilder<unknown> {
  switch (sight.kind) {
    case 'all':
      return sight.confidential ? sql`true` : sql`not c.confidential`
    case 'units':
      return sql`(exists (select from case_unit u where u.tenant_id = ${tenant} and u.case_id = c.id and u.unit_id = any(${[...sight.units]}::uuid[]))
        and (not c.confidential or c.lead_unit_id = any(${[...sight.own]}::uuid[])))`
    case 'closed':
      return sql`(c.closed_at is not null and not c.confidential)`
    case 'none':
      return sql`false`
  }
}

/** The same answer for one case in hand. */
export function sees(
  sight: Sight,
  kase: Pick<CaseState, 'confidential' | 'leadUnitId' | 'assistingUnitIds' | 'closedAt'>,
): boolean {
  switch (sight.kind) {
    case 'all':
      return sight.confidential || !kase.confidential
    case 'units':
      return (
        [kase.leadUnitId, ...kase.assistingUnitIds].some((unit) => unit !== null && sight.units.includes(unit)) &&
        (!kase.confidential || (kase.leadUnitId !== null && sight.own.includes(kase.leadUnitId)))
      )
    case 'closed':
      return kase.closedAt !== null && !kase.confidential
    case 'none':
      return false
  }
}

/** May this person do this action to this case: the role fits, and unit roles act for the lead unit. */
export function mayAct(action: ActionType, kase: CaseState, by: Actor): boolean {
  if (by.kind === 'citizen' || by.kind === 'system') return action.by.includes(by.kind)
  return action.by.some(
    (role) =>
      by.roles.has(role as never) &&
      (!WITHIN_UNIT.includes(role) || (kase.leadUnitId !== null && by.scope.includes(kase.leadUnitId))),
  )
}
