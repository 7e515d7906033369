import { appeal, type CaseType, problem, reminder } from '#case'

/** Every case type of the house; one line each. */
export const CASE_TYPES: readonly CaseType[] = [appeal, problem, reminder]
