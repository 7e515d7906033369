import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { WITH_UNIT } from './open-stages.ts'

/** Opine (法律意见): whether one way of solving the matter is lawful; a legacy issue needs one on every way tried. */
export const opine = action({
  label: '法律意见',
  from: [...WITH_UNIT],
  to: null,
  by: ['head', 'handler', 'dispatcher', 'supervisor'],
  input: INPUT.opine,
  effect: ({ kase, input, by }) => ({ ways: [...kase.ways, { ...input, by: by.name }] }),
})
