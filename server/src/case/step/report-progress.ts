import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { WITH_UNIT } from './open-stages.ts'

/** Report progress (进展报告): owed every week while a matter is handled proactively (主动办). */
export const reportProgress = action({
  label: '进展报告',
  from: [...WITH_UNIT],
  to: null,
  by: ['handler', 'head'],
  input: INPUT.reportProgress,
})
