import { appeal, 
  appeal,type CaseType, 
  type CaseType,commitment, 
  commitment,notice, 
  notice,problem, 
  problem,reminder, 
  reminder,request, 
  request,sweepOrder, 
  sweepOrder,
  taggable,task, 
  task,} from '#case'
import { review } from '#knowledge'

/** Every case type of the house. */
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
].map(taggable)
