import {
  appeal,
  type CaseType,
  commitment,
  notice,
  problem,
  proposal,
  reminder,
  request,
  sweepOrder,
  taggable,
  task,
} from '#case'

/** Every case type of the house. */
export const CASE_TYPES: readonly CaseType[] = [
  appeal,
  proposal,
  problem,
  reminder,
  request,
  task,
  notice,
  sweepOrder,
  commitment,
].map(taggable)
