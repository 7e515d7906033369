import { z } from 'zod'
import { ProblemFacts } from './appeal.ts'
import { CaseId, Day, Instant, UnitId } from './brand.ts'
import { Named } from './case.ts'
import { attachments, label, lines } from './field.ts'
import { optionalText, pageOf, text } from './shape.ts'
import { CommitmentState, FOUND_BY, FoundBy, Light, ListChangeKind, ListKind, ListOrigin, ListState } from './term.ts'

/** A list's own id; a goal's too. */
export const ProblemListId = z.uuid().brand('ProblemListId').meta({ description: 'ProblemListId' })
export type ProblemListId = z.infer<typeof ProblemListId>

const symptom = optionalText(2000).meta(lines('病灶（问题表现）'))
const rootCause = optionalText(2000).meta(lines('根源'))
const measures = optionalText(2000).meta(lines('整改措施'))
const foundBy = FoundBy.meta(label('发现途径', { labels: FOUND_BY }))

/** Inputs of what is done to a problem as an item of a list. Nobody types `enlist` and `delist`: the list does. */
export const LISTING = {
  enlist: z.object({
    ...{ listId: ProblemListId, list: text(100).meta(label('清单')), aspect: text(60).meta(label('方面')) },
    ...{ symptom, rootCause, measures, foundBy: foundBy.optional() },
    deadline: Day.optional().meta(label('整改期限')),
    reason: text(500).meta(lines('列入理由')),
  }),
  delist: z.object({ list: text(100).meta(label('清单')), reason: text(500).meta(lines('移出理由')) }),
  diagnose: z.object({
    symptom: text(2000).meta(lines('病灶（问题表现）')),
    rootCause: text(2000).meta(lines('根源')),
    measures: text(2000).meta(lines('整改措施')),
  }),
  setDeadline: z.object({
    deadline: Day.meta(label('整改期限')),
    reason: text(500).meta(lines('调整理由（公开）')),
  }),
  strikeOff: z.object({
    note: optionalText(500).meta(lines('验收情况')),
    attachmentIds: attachments('验收照片'),
  }),
} as const

/** Inputs of the actions on a commitment. */
export const COMMITMENT = {
  revise: z.object({
    text: text(1000).meta(lines('承诺内容（将公开）')),
    deadline: Day.meta(label('承诺完成日期')),
  }),
  sign: z.object({ note: optionalText(300).meta(lines('审签意见')) }),
  handBack: z.object({ reason: text(300).meta(lines('退回理由')) }),
  publish: z.object({ note: optionalText(300).meta(lines('公开审核意见')) }),
  correct: z.object({
    text: text(1000).meta(lines('更正后的承诺（将公开）')),
    deadline: Day.meta(label('承诺完成日期')),
    reason: text(500).meta(lines('更正原因（公开）')),
  }),
  fulfil: z.object({
    text: text(1000).meta(lines('兑现情况（公开）')),
    attachmentIds: attachments('证明照片'),
  }),
  break: z.object({}),
  withdraw: z.object({ reason: text(500).meta(lines('撤回原因（公开）')) }),
} as const

/** The facts of a commitment (公开承诺). */
export const CommitmentFacts = z.looseObject({
  title: text(80),
  content: text(1000).meta(lines('承诺内容（将公开）')),
  deadline: Day.meta(label('承诺完成日期')),
  confidential: z.boolean().default(false),
})

/** A version of a commitment that was public; what came later does not replace it silently. */
export const CommitmentVersion = z.object({
  text: z.string(),
  deadline: Day,
  signedBy: z.string(),
  at: Instant,
  reason: z.string().nullable(),
})
export const Breach = z.object({ deadline: Day, at: Instant })

/** A commitment (公开承诺) of a unit to an item or to a whole list. */
export const Commitment = z
  .object({
    id: CaseId,
    number: z.string(),
    unit: Named,
    caseId: CaseId.nullable().meta({ description: 'The item; null for a commitment to the whole list' }),
    item: z.string().nullable(),
    state: CommitmentState,
    stateLabel: z.string(),
    text: z.string(),
    deadline: Day,
    light: Light,
    draftedBy: z.string(),
    signedBy: z.string().nullable(),
    publishedAt: Instant.nullable(),
    versions: z.array(CommitmentVersion),
    breaches: z.array(Breach),
    outcome: z.string().nullable().meta({ description: 'How it was kept, or why it was taken back' }),
    version: z.number().int(),
  })
  .meta({ id: 'Commitment' })
export type Commitment = z.infer<typeof Commitment>

/** What a new list says of itself. */
export const NewProblemList = z
  .object({
    kind: ListKind,
    title: text(100),
    from: Day.optional(),
    to: Day.optional(),
    origin: ListOrigin.default('own'),
    sourceDocument: optionalText(200),
    sourceOn: Day.optional(),
    ownerUnitId: UnitId.optional().meta({ description: 'The unit that keeps the list; the caller’s own by default' }),
    aspects: z.array(text(60)).min(1).max(20),
    note: optionalText(1000),
  })
  .meta({ id: 'NewProblemList' })
export type NewProblemList = z.infer<typeof NewProblemList>

/** A problem list (问题清单) with its figures; each figure is the number of rows its page shows. */
export const ProblemList = z
  .object({
    id: ProblemListId,
    kind: ListKind,
    title: z.string(),
    from: Day.nullable(),
    to: Day.nullable(),
    origin: ListOrigin,
    sourceDocument: z.string().nullable(),
    sourceOn: Day.nullable(),
    ownerUnit: Named.nullable(),
    aspects: z.array(z.string()),
    note: z.string().nullable(),
    state: ListState,
    version: z.number().int(),
    createdAt: Instant,
    publishedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    items: z.number().int(),
    accepted: z.number().int(),
    overdue: z.number().int(),
  })
  .meta({ id: 'ProblemList' })
export type ProblemList = z.infer<typeof ProblemList>

/** An item (问题) of a list as its row shows it. */
export const ListItem = z
  .object({
    id: CaseId,
    number: z.string(),
    version: z.number().int(),
    title: z.string(),
    content: z.string(),
    aspect: z.string(),
    symptom: z.string().nullable(),
    rootCause: z.string().nullable(),
    measures: z.string().nullable(),
    foundBy: FoundBy.nullable(),
    deadline: Day.nullable(),
    leadUnit: Named.nullable(),
    stage: z.string(),
    stageLabel: z.string(),
    light: Light,
    dueAt: Instant.nullable(),
    accepted: z.boolean(),
    acceptedAt: Instant.nullable(),
    progress: z.string().nullable().meta({ description: 'The latest word that is meant for everybody' }),
    voices: z.number().int().nullable().meta({ description: 'Merged voices; null in a snapshot' }),
    meToo: z.number().int().nullable(),
    commitments: z.array(Commitment),
    confidential: z.boolean(),
  })
  .meta({ id: 'ListItem' })
export type ListItem = z.infer<typeof ListItem>

/** Counts of a list (清单统计): by aspect and by how its items were found; the shares are of all items. */
export const ListStats = z.object({
  byAspect: z.array(z.object({ aspect: z.string(), items: z.number().int(), accepted: z.number().int() })),
  byFound: z.array(
    z.object({ foundBy: FoundBy, items: z.number().int(), accepted: z.number().int(), share: z.number() }),
  ),
  unknown: z.number().int().meta({ description: 'Items of which nobody has said how they were found' }),
  selfFound: z.number().nullable().meta({ description: 'Percent found by the units themselves; null without items' }),
  voices: z.number().int().nullable(),
})

/** A list with its items: now, or as it stood at the end of a day. */
export const ProblemListView = z
  .object({
    list: ProblemList,
    items: z.array(ListItem),
    stats: ListStats,
    asOf: Day.nullable(),
    editable: z.boolean().meta({ description: 'May the caller keep this list' }),
  })
  .meta({ id: 'ProblemListView' })
export type ProblemListView = z.infer<typeof ProblemListView>

/** A change of a list (清单变动), newest first: who, when, why. */
export const ListChange = z
  .object({
    at: Instant,
    kind: ListChangeKind,
    label: z.string(),
    by: z.string(),
    item: z.object({ id: CaseId, number: z.string(), title: z.string() }).nullable(),
    unit: z.string().nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: 'ListChange' })
export type ListChange = z.infer<typeof ListChange>

/** Adds an item: an existing problem by id or number, or a new one. A struck-off one comes back in a new round; then a reason is owed. */
export const Enlist = z
  .object({
    problem: z.string().min(1).max(40).optional().meta({ description: 'Id or number of a problem that exists' }),
    facts: ProblemFacts.omit({ aspect: true }).optional().meta({ description: 'A new problem' }),
    aspect: text(60),
    ...{ symptom, rootCause, measures },
    foundBy: FoundBy.optional(),
    deadline: Day.optional(),
    leadUnitId: UnitId.optional().meta({ description: 'Dispatched at once to this unit if nobody has it yet' }),
    reason: optionalText(500),
  })
  .refine(({ problem, facts }) => (problem === undefined) !== (facts === undefined), 'list.problem_or_facts')
  .meta({ id: 'Enlist' })
export type Enlist = z.infer<typeof Enlist>

/** A pair of the crosswalk (对照): an item of the superior's list and one of our own that answers to it. */
export const Match = z
  .object({ superiorId: CaseId, ownId: CaseId, note: z.string().nullable(), by: z.string(), at: Instant })
  .meta({ id: 'Match' })
export const Crosswalk = z
  .object({
    superior: z.object({ id: ProblemListId, title: z.string() }),
    own: z.object({ id: ProblemListId, title: z.string() }),
    superiorItems: z.array(ListItem),
    ownItems: z.array(ListItem),
    matches: z.array(Match),
    unmatched: z.object({ superior: z.array(CaseId), own: z.array(CaseId) }),
  })
  .meta({ id: 'Crosswalk' })
export type Crosswalk = z.infer<typeof Crosswalk>

/** What one unit owes and has given (承诺情况). */
export const UnitCommitments = z.object({
  unit: Named,
  items: z.array(z.object({ id: CaseId, number: z.string(), title: z.string() })),
  published: z.number().int(),
  broken: z.number().int(),
  commitments: z.array(Commitment),
})
/** Coverage of commitments (承诺覆盖): units with a published one out of all units that lead an item; both figures are numbers of rows. */
export const Coverage = z
  .object({
    having: z.number().int(),
    owing: z.number().int(),
    share: z.number().nullable(),
    units: z.array(UnitCommitments),
  })
  .meta({ id: 'CommitmentCoverage' })
export type Coverage = z.infer<typeof Coverage>

/** Orders a self-check (自查): units answer with what they found, or sign that they found nothing. */
export const OrderSelfCheck = z.object({
  question: text(500),
  unitIds: z.array(UnitId).min(1).max(200),
  by: Day.meta({ description: 'The last day to answer' }),
})
export const SelfCheck = z
  .object({
    id: CaseId,
    number: z.string(),
    unit: Named,
    question: z.string(),
    stage: z.string(),
    stageLabel: z.string(),
    light: Light,
    dueAt: Instant.nullable(),
    statement: z.string().nullable(),
    signedBy: z.string().nullable(),
    answeredAt: Instant.nullable(),
    found: z.array(
      z.object({
        id: CaseId,
        number: z.string(),
        title: z.string(),
        listed: z.boolean(),
        stageLabel: z.string(),
      }),
    ),
  })
  .meta({ id: 'SelfCheck' })
export type SelfCheck = z.infer<typeof SelfCheck>
export const SelfChecks = z
  .object({
    ordered: z.number().int(),
    found: z.number().int(),
    none: z.number().int(),
    missing: z.number().int(),
    items: z.array(SelfCheck),
  })
  .meta({ id: 'SelfChecks' })

/** A goal (目标) bound to two lists, as “the two solves” (两个解决); reached when every item of both is accepted. Nobody types its progress. */
export const Goal = z
  .object({
    id: z.uuid(),
    title: z.string(),
    lists: z.array(ProblemList),
    items: z.number().int(),
    accepted: z.number().int(),
    reached: z.boolean(),
    reachedAt: Instant.nullable(),
  })
  .meta({ id: 'Goal' })
export type Goal = z.infer<typeof Goal>

/** A public commitment whose day has passed at least once (逾期未兑现的公开承诺). What was promised to an enterprise stands in the register of broken promises. */
export const BrokenCommitment = z
  .object({
    id: CaseId,
    number: z.string(),
    title: z.string(),
    unit: Named.nullable(),
    text: z.string(),
    deadline: Day.nullable(),
    breaches: z.number().int(),
    stageLabel: z.string(),
    light: Light,
    settled: z.boolean(),
  })
  .meta({ id: 'BrokenCommitment' })
export const BrokenCommitments = pageOf(BrokenCommitment).meta({ id: 'BrokenCommitments' })
