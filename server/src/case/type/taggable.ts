import type { CaseType } from '../engine/case-type.ts'
import { tag } from '../step/tag.ts'

/** Every case can be tagged (打标签), in every stage: also what is closed is counted. */
export const taggable = (type: CaseType): CaseType => ({
  ...type,
  actions: { ...type.actions, tag: { ...tag, from: Object.keys(type.stages) } },
})
