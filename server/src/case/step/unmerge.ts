import { INPUT } from '@banjie/contract'
import { action, type Sequel } from '../engine/case-type.ts'
import { openAssistTasks } from './dispatch.ts'
import { WITH_UNIT } from './open-stages.ts'

/** Unmerge (拆出): the link is undone; the case stands where it stood, on its own clocks. */
export const unmerge = action({
  label: '拆出',
  from: ['merged'],
  to: null,
  by: ['clerk', 'dispatcher', 'supervisor', 'system'],
  input: INPUT.unmerge,
  effect: ({ kase }) => ({ stage: kase.stageBefore ?? 'accepted', stageBefore: null, problemId: null }),
  follow: askCoUnitsAgain,
})

/** Merging took the co-units' tasks back. */
async function askCoUnitsAgain(sequel: Sequel<unknown>): Promise<void> {
  if ((WITH_UNIT as readonly string[]).includes(sequel.kase.stage)) await openAssistTasks(sequel)
}
