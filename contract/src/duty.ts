import { z } from 'zod'
import { Phone } from './appeal.ts'
import {
  BlobId,
  CadenceExemptionId,
  CadenceRuleId,
  CaseId,
  Day,
  Instant,
  LiaisonId,
  LiaisonTargetId,
  ObligationId,
  PersonId,
  UnitId,
  VisitId,
} from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { NormalTrack } from './normal-track.ts'
import { optionalText, text } from './shape.ts'
import {
  CADENCE_PER,
  DUTY_SHARING,
  EXEMPT_CAUSE,
  idsOf,
  LIAISON_ROLE,
  LIAISON_TARGET_KIND,
  PERIOD_STATE,
  PIPELINE,
  VISIT_BLOCK,
  VISIT_KIND,
  VISIT_PURPOSE,
  VISIT_ROLE,
} from './term.ts'
import { Uscc } from './uscc.ts'

const count = z.number().int()
export const TargetKind = z.enum(idsOf(LIAISON_TARGET_KIND))
export const KindOfVisit = z.enum(idsOf(VISIT_KIND))
const Per = z.enum(idsOf(CADENCE_PER))
const Sharing = z.enum(idsOf(DUTY_SHARING))
export const StateOfPeriod = z.enum(idsOf(PERIOD_STATE))
const StageOfPipeline = z.enum(idsOf(PIPELINE))
export const RoleOfVisit = z.enum(idsOf(VISIT_ROLE))
export const BlockOfVisit = z.enum(idsOf(VISIT_BLOCK))
const RoleOfLiaison = z.enum(idsOf(LIAISON_ROLE))
export const NamedTarget = z.object({ id: LiaisonTargetId, name: z.string(), kind: TargetKind })

/** Who owes (责任主体): whoever is bound to the target, those of them who hold an office with it, a person, whoever holds a post, or the people of a unit. */
export const Debtor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('liaison') }),
  z.strictObject({ kind: z.literal('officer') }),
  z.strictObject({ kind: z.literal('person'), personId: PersonId }),
  z.strictObject({ kind: z.literal('post'), unitId: UnitId, title: text(60) }),
  z.strictObject({ kind: z.literal('unit'), unitId: UnitId }),
])
export type Debtor = z.infer<typeof Debtor>

/**
 * A rule of a recurring duty (责任规则), or its next version: who owes, toward what, at least how many in which span, and what counts. Exactly
 * one of `towardKind` and `targetId`. `leastWorkdays`: a period in which fewer working days were left to do it is exempt; by default half of it.
 */
export const NewCadenceRule = z
  .strictObject({
    code: text(40),
    title: text(80),
    debtor: Debtor,
    sharing: Sharing.default('either'),
    towardKind: TargetKind.optional(),
    targetId: LiaisonTargetId.optional(),
    min: z.number().int().min(1).max(100),
    per: Per,
    counts: z.array(KindOfVisit).min(1).max(4),
    leastWorkdays: z.number().int().min(1).max(60).optional(),
    basis: text(200),
    validFrom: Day,
  })
  .meta({ id: 'NewCadenceRule' })
export type NewCadenceRule = z.infer<typeof NewCadenceRule>
export const CadenceRule = z
  .object({
    id: CadenceRuleId,
    code: z.string(),
    version: count,
    title: z.string(),
    debtor: Debtor,
    sharing: Sharing,
    towardKind: TargetKind.nullable(),
    target: NamedTarget.nullable(),
    min: count,
    per: Per,
    counts: z.array(KindOfVisit),
    leastWorkdays: count,
    basis: z.string(),
    validFrom: Day,
    validTo: Day.nullable(),
    by: z.string(),
  })
  .meta({ id: 'CadenceRule' })
export type CadenceRule = z.infer<typeof CadenceRule>

/** A stretch in which a person is on leave (请假) or a target is suspended (对象暂停): days in it are not owed. */
export const NewCadenceExemption = z
  .strictObject({
    personId: PersonId.optional(),
    targetId: LiaisonTargetId.optional(),
    from: Day,
    to: Day,
    reason: text(200),
  })
  .meta({ id: 'NewCadenceExemption' })
export type NewCadenceExemption = z.infer<typeof NewCadenceExemption>
export const CadenceExemption = z
  .object({
    id: CadenceExemptionId,
    person: NamedPerson.nullable(),
    target: NamedTarget.nullable(),
    from: Day,
    to: Day,
    reason: z.string(),
    by: z.string(),
  })
  .meta({ id: 'CadenceExemption' })

/** A liaison target (包保对象). The contact is kept apart and read by an audited act. */
export const NewLiaisonTarget = z
  .strictObject({
    kind: TargetKind,
    name: text(100),
    uscc: z.preprocess(
      (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
      Uscc.optional(),
    ),
    divisionCode: optionalText(12),
    pipeline: StageOfPipeline.optional().meta({ description: 'Projects only' }),
    contact: z.strictObject({ name: optionalText(50), phone: Phone }).optional(),
  })
  .meta({ id: 'NewLiaisonTarget' })
export type NewLiaisonTarget = z.infer<typeof NewLiaisonTarget>

/** A liaison (包保): a person is bound to a target from a day to a day, as the main one or beside them. */
export const NewLiaison = z
  .strictObject({
    targetId: LiaisonTargetId,
    personId: PersonId,
    role: RoleOfLiaison.default('main'),
    from: Day,
    to: Day.optional(),
    reason: text(200),
  })
  .meta({ id: 'NewLiaison' })
export type NewLiaison = z.infer<typeof NewLiaison>
export const Liaison = z
  .object({
    id: LiaisonId,
    target: NamedTarget,
    person: NamedPerson,
    role: RoleOfLiaison,
    from: Day,
    to: Day.nullable(),
    reason: z.string(),
    ended: z.string().nullable().meta({ description: 'Why it ended' }),
    current: z.boolean(),
    visits: count.meta({ description: 'Visits of this person to this target while bound to it' }),
  })
  .meta({ id: 'Liaison' })
export type Liaison = z.infer<typeof Liaison>

export const LiaisonTargetRow = z
  .object({
    ...NamedTarget.shape,
    uscc: z.string().nullable(),
    divisionCode: z.string().nullable(),
    pipeline: StageOfPipeline.nullable(),
    closedOn: Day.nullable(),
    main: NamedPerson.nullable().meta({ description: 'The main liaison today; null is a gap' }),
    assisting: z.array(NamedPerson),
    visits: count,
    lastVisitOn: Day.nullable(),
    openCases: count,
  })
  .meta({ id: 'LiaisonTargetRow' })

/**
 * A visit (走访): one record, counted once, with as many tags as there are campaigns that count it. `clientId` is made by the device: the same
 * one again is the same visit. What is raised on it (`problems`) becomes cases in the same transaction; `caseIds` are those it was about.
 */
export const NewVisit = z
  .strictObject({
    clientId: z.uuid(),
    targetId: LiaisonTargetId,
    kind: KindOfVisit,
    on: Day,
    officials: z.array(PersonId).min(1).max(20),
    purpose: z.enum(idsOf(VISIT_PURPOSE)).default('collect'),
    place: optionalText(100),
    present: optionalText(100),
    note: optionalText(2000),
    policies: optionalText(1000).meta({ description: '送政策' }),
    facts: optionalText(1000).meta({ description: '查实情' }),
    wishes: optionalText(1000).meta({ description: '促发展' }),
    services: optionalText(1000).meta({ description: 'What was done for them on the spot: 代办、帮办' }),
    quote: optionalText(500).meta({ description: 'Their own words' }),
    mayQuote: z.boolean().default(false),
    tags: z.array(text(20)).max(10).default([]),
    caseIds: z.array(CaseId).max(20).default([]),
    verdicts: z
      .array(z.strictObject({ caseId: CaseId, satisfied: z.boolean(), solved: z.boolean().optional() }))
      .max(20)
      .default([])
      .meta({ description: 'What the target says of the answers it was given; stands for a call-back' }),
    attachmentIds: z
      .array(BlobId)
      .max(6)
      .default([])
      .meta({ description: 'Photos, and a voice note of up to 60 seconds' }),
    problems: z
      .array(
        z.strictObject({
          content: text(2000),
          category: optionalText(60),
          aspect: optionalText(30),
        }),
      )
      .max(20)
      .default([]),
  })
  .meta({ id: 'NewVisit' })
export type NewVisit = z.infer<typeof NewVisit>
const VisitCase = z.object({
  id: CaseId,
  number: z.string(),
  title: z.string(),
  stageLabel: z.string(),
  closed: z.boolean(),
  mayVerify: z.boolean().meta({ description: 'It has been answered, and waits for somebody to look or to close it' }),
  aspect: z.string().nullable(),
  raised: z.boolean().meta({ description: 'Raised on this visit' }),
  ordinal: count.meta({ description: 'Which visit this is for the case, counted by day: 1 is the first' }),
  mayOpen: z.boolean().meta({ description: 'The caller sees the case itself' }),
})
/** A tag that was forgotten (补记活动), added to a visit that is on record. */
export const TagVisit = z.strictObject({ tags: z.array(text(20)).min(1).max(10) }).meta({ id: 'TagVisit' })
export const Visit = z
  .object({
    id: VisitId,
    target: NamedTarget,
    ordinal: count.meta({ description: 'Which visit this is to the target, counted by day: 1 is the first' }),
    kind: KindOfVisit,
    on: Day,
    officials: z.array(NamedPerson),
    purpose: z.enum(idsOf(VISIT_PURPOSE)),
    place: z.string().nullable(),
    present: z.string().nullable(),
    note: z.string().nullable(),
    policies: z.string().nullable(),
    facts: z.string().nullable(),
    wishes: z.string().nullable(),
    services: z.string().nullable(),
    quote: z.string().nullable().meta({ description: 'Without consent only who was there reads it' }),
    mayQuote: z.boolean(),
    tags: z.array(z.string()),
    cases: z.array(VisitCase),
    roles: z.array(RoleOfVisit).meta({ description: 'What the officers were on it (四员), from what it brought' }),
    attachments: z
      .array(z.object({ id: BlobId, name: z.string(), mediaType: z.string(), url: z.string() }))
      .meta({ description: 'For who was there and for overseers' }),
    by: z.string(),
    recordedAt: Instant,
    mayTag: z.boolean().meta({ description: 'The caller may add a forgotten tag (补记活动)' }),
  })
  .meta({ id: 'Visit' })
export type Visit = z.infer<typeof Visit>

/** Figures over visits (走访统计): each visit once (次), each official on it (人次), each target once (户). */
export const VisitCounts = z
  .object({
    visits: count,
    personTimes: count,
    targets: count,
    byKind: z.object({ onSite: count, phone: count, online: count, activity: count }),
    problems: count,
    solved: count.meta({ description: 'Raised problems that are closed as solved' }),
    advanced: count.meta({
      description:
        'Raised problems advanced or solved (推进解决): solved or partly solved by the answer, or still in hand with progress reported since',
    }),
    byAspect: z.array(z.object({ aspect: z.string().nullable(), problems: count })),
    closed: count.meta({ description: 'Raised problems that are closed by an answer' }),
    verifiedOnSite: count.meta({ description: 'Of these, looked at on site after the answer' }),
    closingVisits: count.meta({ description: 'Visits that these took in all, however long ago' }),
  })
  .meta({ id: 'VisitCounts' })
export type VisitCounts = z.infer<typeof VisitCounts>
/** A problem raised on visits (走访问题). */
export const VisitProblem = z
  .object({
    id: CaseId,
    number: z.string(),
    title: z.string(),
    target: NamedTarget,
    on: Day,
    aspect: z.string().nullable(),
    stageLabel: z.string(),
    leadUnit: Named.nullable(),
    solved: z.boolean(),
    advanced: z.boolean(),
    mayOpen: z.boolean().meta({ description: 'The caller sees the case itself' }),
  })
  .meta({ id: 'VisitProblem' })
export type VisitProblem = z.infer<typeof VisitProblem>
export const VisitProblems = z.object({ items: z.array(VisitProblem), total: count }).meta({ id: 'VisitProblems' })

export const VisitPage = z.object({ items: z.array(Visit), counts: VisitCounts }).meta({ id: 'VisitPage' })

/** One period of a recurring duty (责任周期), with the records that prove what it is. */
export const Duty = z
  .object({
    rule: z.object({ id: CadenceRuleId, title: z.string(), version: count, per: Per, min: count, basis: z.string() }),
    target: NamedTarget.nullable().meta({ description: 'Null: any target of the kind' }),
    towardKind: TargetKind.nullable(),
    debtors: z.array(NamedPerson),
    unit: Named.nullable(),
    from: Day,
    to: Day,
    state: StateOfPeriod,
    cause: z.enum(idsOf(EXEMPT_CAUSE)).nullable(),
    done: count,
    workdays: count.meta({ description: 'Working days of the period on which it was owed' }),
    ledger: z
      .object({
        id: ObligationId,
        explanation: z.string().nullable(),
        cleared: z.string().nullable().meta({ description: 'What whoever checks noted when it left the red list' }),
        may: z.object({ explain: z.boolean(), clear: z.boolean() }),
      })
      .nullable()
      .meta({ description: 'Its row of the ledger (台账)' }),
    proof: z.array(
      z.object({
        visitId: VisitId,
        on: Day,
        kind: KindOfVisit,
        target: z.string(),
        credited: z.array(NamedPerson).meta({ description: 'Who went, of those who owed it that day' }),
        late: z.boolean().meta({ description: 'Entered after the period was over' }),
      }),
    ),
  })
  .meta({ id: 'Duty' })
export type Duty = z.infer<typeof Duty>
export const DutyList = z
  .object({
    items: z.array(Duty),
    counts: z.object({ met: count, missed: count, exempt: count, running: count }),
    from: Day,
    to: Day,
    cut: z.boolean().meta({ description: 'There are more rows than are shown; the counts are of all' }),
  })
  .meta({ id: 'DutyList' })
export type DutyList = z.infer<typeof DutyList>

export const LiaisonTarget = z
  .object({
    ...LiaisonTargetRow.shape,
    hasContact: z.boolean(),
    liaisons: z.array(Liaison),
    history: z.array(Visit),
    duties: z.array(Duty),
    normalTracks: z.array(NormalTrack).meta({ description: 'Newest first' }),
    mayAskNormalTrack: z.boolean(),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'LiaisonTarget' })

const KindCounts = z.object({ enterprise: count, project: count, organisation: count })
/** Coverage (包保覆盖) on a day: leaders × targets, and the targets nobody answers for. An expired liaison is not counted. */
export const LiaisonCoverage = z
  .object({
    on: Day,
    leaders: count,
    targets: KindCounts,
    covered: KindCounts,
    contacted: KindCounts.meta({ description: 'Targets with at least one visit' }),
    rows: z.array(z.object({ person: NamedPerson, post: z.string().nullable(), main: KindCounts, assisting: count })),
    uncovered: z.array(NamedTarget).meta({ description: 'The first 300' }),
    uncoveredCount: count,
  })
  .meta({ id: 'LiaisonCoverage' })
export type LiaisonCoverage = z.infer<typeof LiaisonCoverage>
