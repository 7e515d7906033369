import { EFFECT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { OPEN } from './open-stages.ts'

/** Reproject (重排时限): a holiday notice was published; the dates that rested on a guess are set anew, and the person is told. */
export const reproject = action({
  label: '重排时限',
  from: [...OPEN, 'merged', 'answered', 'calledBack'],
  to: null,
  by: ['system'],
  input: EFFECT.reproject,
})
