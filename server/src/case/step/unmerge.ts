import { HARD } from '@banjie/contract'
import { action } from '../engine/case-type.ts'

/** Unmerge (拆出): the link is undone; the case stands where it stood, on its own clock. */
export const unmerge = action({
  label: '拆出',
  from: ['merged'],
  to: null,
  by: ['clerk', 'dispatcher', 'supervisor', 'system'],
  input: HARD.unmerge,
  effect: ({ kase }) => ({ stage: kase.stageBefore ?? 'accepted', stageBefore: null, problemId: null }),
})
