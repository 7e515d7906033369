import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { WITH_UNIT } from './open-stages.ts'

/** Survey (现场勘查): the units looked at the place together; who was there and what was found belongs to the case. */
export const survey = action({
  label: '现场勘查',
  from: [...WITH_UNIT],
  to: null,
  by: ['handler', 'head', 'dispatcher', 'leader'],
  input: INPUT.survey,
})

/** Minute (会商纪要): a meeting decided something about the case. */
export const minute = action({
  label: '会商纪要',
  from: ['accepted', ...WITH_UNIT],
  to: null,
  by: ['handler', 'head', 'dispatcher', 'supervisor', 'leader'],
  input: INPUT.minute,
})
