import { INPUT } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'

/** Mark as legacy (列为历史遗留): a staged plan, a legal opinion on every way tried, and no closing without a leader. */
export const markLegacy = action({
  label: '列为历史遗留',
  from: ['accepted', 'inHand'],
  to: null,
  by: ['head', 'dispatcher', 'supervisor', 'leader'],
  input: INPUT.markLegacy,
  unless: ({ legacy }) => legacy,
  effect: ({ input }) => ({ legacy: true, plan: input.plan }),
})

/** @throws Fault when a legacy issue would be closed without a leader, or without a legal opinion */
export function refuseSilentEnd(kase: CaseState, by: Actor): void {
  if (!kase.legacy) return
  if (kase.ways.length === 0) throw new Fault('legacy.no_opinion')
  if (!by.roles.has('leader')) throw new Fault('legacy.needs_leader')
}
