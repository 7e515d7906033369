import { z } from 'zod'
import { CampaignId, CaseId, Day, Instant, LiaisonTargetId, PersonId, UnitId } from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { KindOfVisit, TargetKind, Visit } from './duty.ts'
import { optionalText, text } from './shape.ts'
import { CAMPAIGN_KIND, CAMPAIGN_PROBLEM, CAMPAIGN_SCOPE, CAMPAIGN_STATE, idsOf } from './term.ts'

const count = z.number().int()
const MOST_NAMED = 500
const targetIds = z.array(LiaisonTargetId).max(MOST_NAMED)
const unitIds = z.array(UnitId).max(MOST_NAMED)

/**
 * Scope (活动范围): the liaison targets or units that are to be reached. `kind` and `division` follow the register; `list` and `unit` are named, and
 * more of them can be added; `children` has none of its own and adds up what the campaigns under it reach.
 */
export const NewCampaignScope = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('kind'), kinds: z.array(TargetKind).min(1) }),
  z.strictObject({
    by: z.literal('division'),
    divisionCodes: z.array(text(12)).min(1).max(100),
    kinds: z.array(TargetKind).min(1),
  }),
  z.strictObject({ by: z.literal('list'), targetIds: targetIds.default([]) }),
  z.strictObject({ by: z.literal('unit'), unitIds: unitIds.default([]) }),
  z.strictObject({ by: z.literal('children') }),
])
export type NewCampaignScope = z.infer<typeof NewCampaignScope>

/** The word that visits carry: no spaces, no separators. */
const Tag = text(20).refine((word) => !/[\s,，、；;]/.test(word), 'campaign.tag_separated')

/**
 * A campaign (专项活动) or special rectification (专项整治). A target is reached with at least `least` completed contacts of the kinds that count,
 * within the dates, recorded with its tag. `parentId` names the campaign it is part of, `superior` whose activity the topmost one follows.
 */
export const NewCampaign = z
  .strictObject({
    title: text(60),
    kind: z.enum(idsOf(CAMPAIGN_KIND)).default('campaign'),
    tag: Tag,
    banner: optionalText(60).meta({ description: 'Banner words (活动口号)' }),
    superior: optionalText(100).meta({
      description: 'Whose activity it follows, where the superior’s is not kept here',
    }),
    parentId: CampaignId.optional(),
    ownerUnitId: UnitId,
    ownerId: PersonId,
    checkUnitId: UnitId,
    from: Day,
    to: Day,
    scope: NewCampaignScope,
    least: z.number().int().min(1).max(50).default(1),
    counts: z.array(KindOfVisit).min(1).max(4).default(['onSite', 'phone', 'online', 'activity']),
  })
  .meta({ id: 'NewCampaign' })
export type NewCampaign = z.infer<typeof NewCampaign>

/** What may change while it runs (调整活动), with the reason on record. */
export const AmendCampaign = z
  .strictObject({
    title: text(60).optional(),
    banner: optionalText(60),
    to: Day.optional(),
    ownerUnitId: UnitId.optional(),
    ownerId: PersonId.optional(),
    checkUnitId: UnitId.optional(),
    reason: text(200),
  })
  .meta({ id: 'AmendCampaign' })
export type AmendCampaign = z.infer<typeof AmendCampaign>

/** More that are to be reached (补充名单): targets of a named list, or units. */
export const MoreScope = z.strictObject({ targetIds: targetIds.default([]), unitIds: unitIds.default([]) }).meta({
  id: 'MoreCampaignScope',
})
export type MoreScope = z.infer<typeof MoreScope>
/** Takes one out of the scope (移出范围); it stays on record with the reason. */
export const LeaveScope = z
  .strictObject({ targetId: LiaisonTargetId.optional(), unitId: UnitId.optional(), reason: text(200) })
  .refine(({ targetId, unitId }) => (targetId === undefined) !== (unitId === undefined), 'campaign.one_subject')
  .meta({ id: 'LeaveCampaignScope' })
export type LeaveScope = z.infer<typeof LeaveScope>

/** The figures of a campaign (活动数据): computed from rows whenever they are asked for, those of the campaigns under it included, each once. */
export const CampaignFigures = z
  .object({
    inScope: count.meta({ description: 'Targets and units to be reached (应对接)' }),
    reached: count.meta({ description: 'Of these, reached (已对接)' }),
    excluded: count.meta({ description: 'Taken out of the scope' }),
    visits: count.meta({ description: 'Visits that count (次), each once' }),
    personTimes: count.meta({ description: 'Officials on them (人次)' }),
    visited: count.meta({ description: 'Targets visited (户), in scope or not' }),
    meetings: count.meta({ description: 'Meetings held (会议) that carry its tag, each once' }),
    problems: count.meta({ description: 'Problems collected (收集问题)' }),
    solved: count.meta({ description: 'Closed as solved (已解决)' }),
    open: count.meta({ description: 'Still open (在办)' }),
    otherwise: count.meta({ description: 'Closed otherwise (其他办结)' }),
  })
  .meta({ id: 'CampaignFigures' })
export type CampaignFigures = z.infer<typeof CampaignFigures>

const NamedCampaign = z.object({ id: CampaignId, title: z.string() })
export const CampaignRow = z
  .object({
    ...NamedCampaign.shape,
    kind: z.enum(idsOf(CAMPAIGN_KIND)),
    tag: z.string(),
    banner: z.string().nullable(),
    superior: z.string().nullable(),
    parent: NamedCampaign.nullable(),
    ownerUnit: Named,
    owner: NamedPerson,
    checkUnit: Named,
    from: Day,
    to: Day,
    state: z.enum(idsOf(CAMPAIGN_STATE)),
    scope: z.object({
      by: z.enum(idsOf(CAMPAIGN_SCOPE)),
      kinds: z.array(TargetKind),
      divisions: z.array(z.object({ code: z.string(), name: z.string() })),
    }),
    least: count,
    counts: z.array(KindOfVisit),
    figures: CampaignFigures,
    partial: z
      .boolean()
      .meta({ description: 'The caller does not see every case, so the problems are only those they see' }),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'CampaignRow' })
export type CampaignRow = z.infer<typeof CampaignRow>

/** Stage result (阶段性成果): a dated text. Its figures are those of the moment it was published, taken by the house, never typed. */
export const NewCampaignResult = z.strictObject({ text: text(1000) }).meta({ id: 'NewCampaignResult' })
export const CampaignResult = z
  .object({
    id: z.uuid(),
    at: Instant,
    by: z.string(),
    text: z.string(),
    sentence: z.string().meta({ description: 'The figures in one sentence' }),
    figures: CampaignFigures,
  })
  .meta({ id: 'CampaignResult' })
export type CampaignResult = z.infer<typeof CampaignResult>

export const Campaign = z
  .object({
    ...CampaignRow.shape,
    children: z.array(CampaignRow),
    byUnit: z
      .array(z.object({ unit: Named, visits: count, personTimes: count }))
      .meta({ description: 'A joint visit stands at each unit that went; the sum may exceed the visits' }),
    weeks: z
      .array(z.object({ from: Day, to: Day, visits: count, reached: count, problems: count, solved: count }))
      .meta({ description: 'What each week added, Monday to Sunday' }),
    results: z.array(CampaignResult),
  })
  .meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof Campaign>

/** One that is to be reached (活动对象). */
export const CampaignSubject = z
  .object({
    id: z.union([LiaisonTargetId, UnitId]),
    name: z.string(),
    kind: z.union([TargetKind, z.literal('unit')]),
    main: NamedPerson.nullable().meta({ description: 'The main liaison today' }),
    reached: z.boolean(),
    reachedOn: Day.nullable(),
    contacts: count.meta({ description: 'Contacts that count' }),
    lastOn: Day.nullable(),
    closedOn: Day.nullable(),
    excluded: z.string().nullable().meta({ description: 'Why it was taken out' }),
  })
  .meta({ id: 'CampaignSubject' })
export type CampaignSubject = z.infer<typeof CampaignSubject>
export const CampaignSubjects = z
  .object({ items: z.array(CampaignSubject), total: count })
  .meta({ id: 'CampaignSubjects' })

/** A problem a campaign has collected (活动问题). */
export const CampaignProblem = z
  .object({
    id: CaseId,
    number: z.string(),
    title: z.string(),
    state: z.enum(idsOf(CAMPAIGN_PROBLEM)),
    stageLabel: z.string(),
    leadUnit: Named.nullable(),
    dueAt: Instant.nullable(),
    receivedAt: Instant,
    closedAt: Instant.nullable(),
    target: z.string().nullable().meta({ description: 'Where it was raised' }),
  })
  .meta({ id: 'CampaignProblem' })
export type CampaignProblem = z.infer<typeof CampaignProblem>
export const CampaignProblems = z
  .object({ items: z.array(CampaignProblem), total: count })
  .meta({ id: 'CampaignProblems' })

export const CampaignVisits = z.object({ items: z.array(Visit), total: count }).meta({ id: 'CampaignVisits' })

/** A tag that a visit of a day may carry (可选标签). */
export const CampaignTag = z
  .object({
    ...NamedCampaign.shape,
    tag: z.string(),
    suits: z.boolean().meta({ description: 'The target is in its scope' }),
  })
  .meta({ id: 'CampaignTag' })

/** The campaigns a case belongs to (所属活动), and the running ones the caller may count it for. */
export const CaseCampaigns = z
  .object({
    items: z.array(
      z.object({
        ...NamedCampaign.shape,
        state: z.enum(idsOf(CAMPAIGN_STATE)),
        raised: z.boolean().meta({ description: 'Raised on a visit that counts for it, and so part of it for good' }),
        mayLeave: z.boolean(),
      }),
    ),
    mayJoin: z.array(NamedCampaign),
  })
  .meta({ id: 'CaseCampaigns' })
export type CaseCampaigns = z.infer<typeof CaseCampaigns>
