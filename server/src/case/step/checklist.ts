import type { INPUT } from '@banjie/contract'
import type { z } from 'zod'
import { Fault } from '#kernel/fault'
import type { CaseState } from '../engine/state.ts'
import type { Rules } from '../rules.ts'

/** What an answer must address (必答项): the list for the category, else for the class, else for any; none where the rules have none. */
export const pointsFor = (
  { checklist }: Pick<Rules, 'checklist'>,
  { category, class: itsClass }: Pick<CaseState, 'category' | 'class'>,
): readonly string[] => checklist?.[category ?? ''] ?? checklist?.[itsClass ?? ''] ?? checklist?.['any'] ?? []

type Checked = z.output<(typeof INPUT)['draftAnswer']>['checked']

/** @throws Fault 'answer.points' naming what is neither addressed nor, with a reason, not applicable */
export function refuseUnaddressed(rules: Rules, kase: CaseState, checked: Checked): void {
  const settled = new Set(
    (checked ?? [])
      .filter(({ state, reason }) => state === 'addressed' || reason !== undefined)
      .map(({ point }) => point),
  )
  const open = pointsFor(rules, kase).filter((point) => !settled.has(point))
  if (open.length > 0) throw new Fault('answer.points', { points: open.join('、') })
}
