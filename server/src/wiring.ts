import { appeal, type CaseType, notice, problem, reminder, request, sweepOrder, taggable, task } from '#case'

/** Every case type of the house; one line each. */
export const CASE_TYPES: readonly CaseType[] = [appeal, problem, reminder, request, task, notice, sweepOrder].map(
  taggable,
)
