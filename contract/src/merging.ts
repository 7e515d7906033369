import { z } from 'zod'
import { CaseId, Day, Instant } from './brand.ts'
import { pageOf, text } from './shape.ts'
import { Channel, idsOf, MERGE_STEP, MERGE_STEP_STATE, OPINION_LINK, Urgency } from './term.ts'

const count = z.number().int().min(0)
const ids = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : value.split(',')))
  .optional()

/** A run of grouping (归并建议) and a step at the merge desk have ids of their own. */
export const GroupingId = z.uuid().brand('GroupingId').meta({ description: 'GroupingId' })
export type GroupingId = z.infer<typeof GroupingId>
export const MergeStepId = z.uuid().brand('MergeStepId').meta({ description: 'MergeStepId' })
export type MergeStepId = z.infer<typeof MergeStepId>

/** Which raw opinions (原始意见) are meant: the same for the pool, its count and a grouping. */
export const OpinionFilter = z.object({
  drive: z.uuid().optional().meta({ description: 'A collection drive' }),
  list: z.uuid().optional().meta({ description: 'Merged into a problem of this list, or not merged at all' }),
  problem: z.string().max(40).optional().meta({ description: 'Number or id: merged into this problem' }),
  category: ids,
  channel: ids,
  tag: ids,
  days: z.coerce.number().int().min(1).max(3660).optional().meta({ description: 'Received in the last n days' }),
  from: Day.optional(),
  to: Day.optional(),
  q: z.string().trim().max(100).optional(),
  merged: z
    .enum(['yes', 'no', 'open'])
    .optional()
    .meta({ description: 'open: neither merged nor answered, so that it can be merged' }),
})
export type OpinionFilter = z.infer<typeof OpinionFilter>

const NumberedCase = z.object({ id: CaseId, number: z.string(), title: z.string() })

/** A raw opinion (原始意见): one report as it came, its text masked as it is stored. */
export const Opinion = z
  .object({
    id: CaseId,
    number: z.string(),
    title: z.string(),
    content: z.string().meta({ description: 'The first 300 characters' }),
    category: z.string().nullable(),
    categoryLabel: z.string().nullable(),
    channel: Channel,
    address: z.string().nullable(),
    stage: z.string(),
    stageLabel: z.string(),
    mergeable: z.boolean().meta({ description: 'It still waits for an answer of its own' }),
    confidential: z.boolean(),
    tags: z.array(z.string()),
    receivedAt: Instant,
    problem: NumberedCase.nullable(),
  })
  .meta({ id: 'Opinion' })
export type Opinion = z.infer<typeof Opinion>
export const OpinionPage = pageOf(Opinion).meta({ id: 'OpinionPage' })

/** The counter (归并对账): every figure is the number of rows behind it; `merged + unmerged = raw`. */
export const MergeCount = z
  .object({
    raw: count,
    merged: count,
    unmerged: count,
    open: count.meta({ description: 'Of the unmerged: still to be merged or answered' }),
    problems: count,
    aspects: z.array(z.object({ aspect: z.string().nullable(), problems: count, merged: count })),
  })
  .meta({ id: 'MergeCount' })
export type MergeCount = z.infer<typeof MergeCount>

/** A problem as the merge desk shows it: how many voices it has, of how many people. */
export const ProblemToMerge = z
  .object({
    id: CaseId,
    number: z.string(),
    title: z.string(),
    aspect: z.string().nullable(),
    category: z.string().nullable(),
    categoryLabel: z.string().nullable(),
    stageLabel: z.string(),
    confidential: z.boolean(),
    listId: z.string().nullable(),
    leadUnit: z.string().nullable(),
    voices: count,
    receivedAt: Instant,
  })
  .meta({ id: 'ProblemToMerge' })
export type ProblemToMerge = z.infer<typeof ProblemToMerge>

/** One matter within a problem (同一件事): likely the same reporter or the same thing. */
const SameMatter = z.object({ ids: z.array(CaseId).min(1), title: z.string() })

/** A suggested group (建议归并组) with the words and the place that made it. Nothing is merged without a person. */
export const SuggestedGroup = z
  .object({
    key: z.string(),
    title: z.string().meta({ description: 'Words of its most typical member' }),
    typicalId: CaseId,
    words: z.array(z.string()),
    place: z.string().nullable(),
    size: count,
    reporters: count.meta({ description: 'Distinct people; every anonymous voice counts once' }),
    anonymous: count.meta({ description: 'Of these, how many are anonymous' }),
    category: z.string().nullable(),
    confidential: z.boolean(),
    problem: NumberedCase.extend({ why: z.array(z.string()) })
      .nullable()
      .meta({ description: 'An existing problem it could be attached to, and the words they share' }),
    matters: z.array(SameMatter),
  })
  .meta({ id: 'SuggestedGroup' })
export type SuggestedGroup = z.infer<typeof SuggestedGroup>

/** A run of grouping. It is its starter's own, for it was made of what the starter may see. */
export const Grouping = z
  .object({
    id: GroupingId,
    state: z.enum(['running', 'done', 'failed']),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    opinions: count,
    truncated: z
      .boolean()
      .meta({ description: 'True: there were more opinions than a run takes; the newest were taken' }),
    filter: z.record(z.string(), z.unknown()),
    groups: z.array(SuggestedGroup),
    single: count.meta({ description: 'Opinions that are like no other' }),
  })
  .meta({ id: 'Grouping' })
export type Grouping = z.infer<typeof Grouping>

const someIds = z.array(CaseId).min(1).max(5000)
/** A step at the merge desk (归并操作). Many opinions go in batches; the answer tells how far it is. */
export const NewMergeStep = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('attach'), ids: someIds, into: z.string().min(1).max(40) }),
    z.strictObject({ kind: z.literal('split'), ids: someIds, reason: text(300) }),
    z.strictObject({
      kind: z.literal('create'),
      ids: someIds,
      title: text(60),
      content: text(5000),
      category: z.string().max(60).optional(),
      aspect: z.string().max(60).optional(),
      urgency: Urgency.optional(),
      confidential: z.boolean().default(false),
      listId: z.uuid().optional(),
    }),
  ])
  .meta({ id: 'NewMergeStep' })
export type NewMergeStep = z.infer<typeof NewMergeStep>

export const MergeStep = z
  .object({
    id: MergeStepId,
    kind: z.enum(idsOf(MERGE_STEP)),
    state: z.enum(idsOf(MERGE_STEP_STATE)),
    problem: NumberedCase.nullable(),
    total: count,
    moved: count,
    failures: z.array(z.object({ id: CaseId, number: z.string().nullable(), code: z.string(), detail: z.string() })),
    by: z.string(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    undoUntil: Instant.nullable().meta({ description: 'Until when its doer may undo it; null: not any more' }),
  })
  .meta({ id: 'MergeStep' })
export type MergeStep = z.infer<typeof MergeStep>

/** A person's decision about two cases (归并决定): one matter, or not. Later groupings keep to it. */
export const NewOpinionLinks = z
  .strictObject({
    kind: z.enum(idsOf(OPINION_LINK)),
    id: CaseId.meta({ description: 'The opinion' }),
    otherIds: z
      .array(CaseId)
      .min(1)
      .max(500)
      .meta({ description: 'The opinions or problems it does, or does not, belong to' }),
    reason: text(300).optional(),
  })
  .meta({ id: 'NewOpinionLinks' })
export const OpinionLink = z
  .object({
    case: NumberedCase,
    other: NumberedCase,
    kind: z.enum(idsOf(OPINION_LINK)),
    label: z.string(),
    reason: z.string().nullable(),
    by: z.string(),
    at: Instant,
  })
  .meta({ id: 'OpinionLink' })

/** A hot issue (反映集中): so many distinct people on one matter in a window; a place alone makes none. */
export const HotIssue = z
  .object({
    key: z.string(),
    topic: z.object({ id: z.string(), label: z.string() }).nullable(),
    title: z.string(),
    words: z.array(z.string()),
    reporters: count,
    anonymous: count,
    cases: count,
    places: z.array(z.object({ place: z.string(), cases: count })),
    firstAt: Instant,
    lastAt: Instant,
    numbers: z.array(z.string()).meta({ description: 'Of the newest 200 cases' }),
    ids: z.array(CaseId),
    tags: z.array(z.string()).meta({ description: 'Tags it suggests: a person decides' }),
    problem: NumberedCase.nullable(),
  })
  .meta({ id: 'HotIssue' })
export type HotIssue = z.infer<typeof HotIssue>
