import { appeal, type CaseType, commitment, notice, problem, reminder, request, sweepOrder, task } from '#case'
import { review } from '#knowledge'

/** Every case type of the house; one line each. */
export const CASE_TYPES: readonly CaseType[] = [
  appeal,
  problem,
  reminder,
  request,
  task,
  notice,
  sweepOrder,
  commitment,
  review,
]
