import { z } from 'zod'
import { Day, EnterpriseId, Instant, LiaisonId, PersonId, ProjectId, UnitId } from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { Money, PositiveMoney } from './money.ts'
import { optionalText, text } from './shape.ts'
import {
  BASELINE_STATE,
  BOTTLENECK,
  DAYS_SAVED_GAP,
  INVESTMENT_MEASURE,
  idsOf,
  LIGHT,
  OFFICER_FAULT,
  PROJECT_FACTOR,
  PROJECT_MATURITY,
  PROJECT_OFFICER,
  PROJECT_STAGE,
  PROJECT_STATE,
  PROJECT_TYPE,
  RANK_MATCH,
} from './term.ts'

const count = z.number().int()
export const StageOfProject = z.enum(idsOf(PROJECT_STAGE))
export const TypeOfProject = z.enum(idsOf(PROJECT_TYPE))
export const Maturity = z.enum(idsOf(PROJECT_MATURITY))
const OfficerRole = z.enum(idsOf(PROJECT_OFFICER))
const NamedProject = z.object({ id: ProjectId, name: z.string() })

/** What a person says of a project (项目台账); the amount is in fen and cannot be left out. */
const SHEET = {
  enterpriseId: EnterpriseId.optional().meta({ description: 'The owner, where it is registered' }),
  amountFen: z
    .preprocess((value) => (value === null || value === '' ? undefined : value), PositiveMoney.optional())
    .meta({ description: 'Investment in fen; without it the project is refused' }),
  type: TypeOfProject.default('new'),
  maturity: Maturity.default('wanted'),
  single: z.boolean().default(true).meta({ description: 'A single project (单体项目), not a batch or a frame' }),
  chain: optionalText(40).meta({ description: 'Industry chain (产业链)' }),
  divisionCode: optionalText(12),
  unitId: UnitId.meta({ description: 'The unit in charge' }),
  personId: PersonId.optional().meta({ description: 'Who answers for the stages' }),
  groupIds: z
    .array(UnitId)
    .max(5)
    .optional()
    .meta({ description: 'Leading groups (领导小组、专班) it stands under; they stay as they are where left out' }),
  agent: optionalText(60).meta({ description: 'Social agent (社会招商): the name of an organisation, no person' }),
}
export const NewProject = z
  .strictObject({
    name: optionalText(100),
    targetId: ProjectId.optional().meta({ description: 'A liaison target of kind project that has no sheet yet' }),
    ...SHEET,
  })
  .meta({ id: 'NewProject' })
export type NewProject = z.infer<typeof NewProject>
export const EditProject = z.strictObject(SHEET).meta({ id: 'EditProject' })
export type EditProject = z.infer<typeof EditProject>

/** The dates of one stage: planned holds on the ledger, expected can be frozen, actual has happened. */
const SetProjectStage = z.strictObject({
  stage: StageOfProject,
  plannedOn: Day.optional(),
  expectedOn: Day.optional(),
  actualOn: Day.optional(),
  days: z.number().int().min(1).max(2000).optional().meta({ description: 'Working days that lead to it' }),
  redLine: z.boolean().default(false).meta({ description: 'A hard date (时间红线)' }),
})
export const SetProjectStages = z
  .strictObject({ stages: z.array(SetProjectStage).max(7) })
  .meta({ id: 'SetProjectStages' })
export type SetProjectStages = z.infer<typeof SetProjectStages>
const ProjectStageRow = z.object({
  stage: StageOfProject,
  label: z.string(),
  plannedOn: Day.nullable(),
  expectedOn: Day.nullable(),
  frozenOn: Day.nullable().meta({ description: 'The date that was frozen first' }),
  actualOn: Day.nullable(),
  days: count.nullable(),
  redLine: z.boolean(),
  late: z.boolean().meta({ description: 'Planned for a day that is over, and not reached' }),
})
export type ProjectStageRow = z.infer<typeof ProjectStageRow>

/** A chief or first secretary as it stands today. */
const OfficerRow = z.object({
  liaisonId: LiaisonId,
  role: OfficerRole,
  person: NamedPerson,
  rank: z.string().nullable(),
  fits: z.boolean().nullable().meta({ description: 'Whether the rank is that of the rule; null where no rule asks' }),
  from: Day,
})
export type ProjectOfficerRow = z.infer<typeof OfficerRow>
const Shortfall = z.object({
  role: OfficerRole,
  fault: z.enum(idsOf(OFFICER_FAULT)),
  since: Day.nullable().meta({ description: 'Since when nobody holds the office, where somebody did' }),
  words: z.string(),
})
export type OfficerShortfall = z.infer<typeof Shortfall>

export const ProjectRow = z
  .object({
    ...NamedProject.shape,
    enterprise: NamedProject.nullable(),
    amountFen: Money,
    type: TypeOfProject,
    maturity: Maturity,
    single: z.boolean(),
    chain: z.string().nullable(),
    divisionCode: z.string().nullable(),
    unit: Named,
    groups: z.array(Named).meta({ description: 'Leading groups (领导小组、专班)' }),
    person: NamedPerson.nullable(),
    agent: z.string().nullable(),
    state: z.enum(idsOf(PROJECT_STATE)),
    stateNote: z.string().nullable(),
    stage: StageOfProject.nullable().meta({ description: 'The last stage with an actual date' }),
    stages: z.array(ProjectStageRow),
    officers: z.array(OfficerRow),
    violations: z.array(Shortfall),
    appointBy: Day.nullable().meta({ description: 'Until when both officers are owed' }),
    openBottlenecks: count,
    pausedUntil: Day.nullable(),
  })
  .meta({ id: 'ProjectRow' })
export type ProjectRow = z.infer<typeof ProjectRow>
/** Projects, and those bound as projects whose amount is unknown (待补投资额). */
export const ProjectList = z
  .object({ items: z.array(ProjectRow), without: z.array(NamedProject), mayKeep: z.boolean() })
  .meta({ id: 'ProjectList' })
export type ProjectList = z.infer<typeof ProjectList>

/** The expected dates of a project as they were put before an approver (基线). */
export const NewBaseline = z
  .strictObject({ document: text(200), reason: optionalText(300) })
  .meta({ id: 'NewBaseline' })
export type NewBaseline = z.infer<typeof NewBaseline>
export const DecideBaseline = z
  .strictObject({ freeze: z.boolean(), note: optionalText(300) })
  .meta({ id: 'DecideBaseline' })
export type DecideBaseline = z.infer<typeof DecideBaseline>
const Baseline = z.object({
  version: count,
  state: z.enum(idsOf(BASELINE_STATE)),
  dates: z.array(z.object({ stage: StageOfProject, on: Day })),
  document: z.string(),
  reason: z.string().nullable(),
  proposer: z.string(),
  proposedAt: Instant,
  decider: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
  mayDecide: z.boolean(),
})
export type Baseline = z.infer<typeof Baseline>

export const AppointOfficer = z
  .strictObject({ role: OfficerRole, personId: PersonId, from: Day, reason: text(200) })
  .meta({ id: 'AppointOfficer' })
export type AppointOfficer = z.infer<typeof AppointOfficer>
export const PauseProject = z.strictObject({ from: Day, to: Day, reason: text(200) }).meta({ id: 'PauseProject' })
export type PauseProject = z.infer<typeof PauseProject>
export const DropProject = z
  .strictObject({ state: z.enum(['cancelled', 'merged']), into: ProjectId.optional(), note: text(200) })
  .meta({ id: 'DropProject' })
export type DropProject = z.infer<typeof DropProject>

/** What holds a project up (瓶颈问题); it becomes a case. */
export const NewBottleneck = z
  .strictObject({ kind: z.enum(idsOf(BOTTLENECK)), content: text(2000), category: optionalText(60) })
  .meta({ id: 'NewBottleneck' })
export type NewBottleneck = z.infer<typeof NewBottleneck>
const BottleneckRow = z.object({
  kind: z.enum(idsOf(BOTTLENECK)),
  number: z.string(),
  title: z.string(),
  stageLabel: z.string(),
  light: z.enum(idsOf(LIGHT)),
  leadUnit: Named.nullable(),
  closed: z.boolean(),
  mayOpen: z.boolean().meta({ description: 'The caller sees the case itself' }),
  at: Instant,
})
export type BottleneckRow = z.infer<typeof BottleneckRow>

export const SetFactor = z
  .strictObject({
    factor: z.enum(idsOf(PROJECT_FACTOR)),
    needed: text(200),
    dueOn: Day.optional(),
    securedOn: Day.optional(),
  })
  .meta({ id: 'SetFactor' })
export type SetFactor = z.infer<typeof SetFactor>
const FactorRow = z.object({
  factor: z.enum(idsOf(PROJECT_FACTOR)),
  needed: z.string(),
  dueOn: Day.nullable(),
  securedOn: Day.nullable(),
  by: z.string(),
})
export type FactorRow = z.infer<typeof FactorRow>

export const Project = z
  .object({
    ...ProjectRow.shape,
    baselines: z.array(Baseline),
    pauses: z.array(z.object({ from: Day, to: Day, reason: z.string(), by: z.string() })),
    bottlenecks: z.array(BottleneckRow),
    factors: z.array(FactorRow),
    may: z.object({ keep: z.boolean(), edit: z.boolean() }),
  })
  .meta({ id: 'Project' })
export type Project = z.infer<typeof Project>

/** Back-scheduling (倒排工期) from the day of production, and what a delay would do. */
export const ProjectSchedule = z
  .object({
    productionOn: Day,
    items: z.array(
      z.object({
        stage: StageOfProject,
        days: count,
        latestStart: Day,
        latestFinish: Day,
        plannedOn: Day.nullable(),
        redLine: z.boolean(),
        late: z.boolean().meta({ description: 'Not reached, and its latest start is over' }),
        short: count.meta({ description: 'Working days by which the plan ends after the latest finish' }),
      }),
    ),
    slip: z
      .object({
        stage: StageOfProject,
        days: count,
        words: z.string(),
        moves: z.array(z.object({ stage: StageOfProject, end: Day, lastDay: Day, late: count, redLine: z.boolean() })),
      })
      .nullable(),
  })
  .meta({ id: 'ProjectSchedule' })
export type ProjectSchedule = z.infer<typeof ProjectSchedule>

/**
 * Days saved (缩短天数) to a stage: the date that was frozen first less the actual one. Of a group it is the least of them and never a sum; what is
 * no sound figure stands under `left` with the reason.
 */
export const DaysSaved = z
  .object({
    stage: StageOfProject,
    least: z
      .object({ project: NamedProject, days: count })
      .nullable()
      .meta({ description: 'The least of the group, and whose it is' }),
    n: count,
    items: z.array(
      z.object({
        project: NamedProject,
        expectedOn: Day,
        actualOn: Day,
        days: count,
        version: count,
        frozenBy: z.string(),
        frozenOn: Day,
        document: z.string(),
        pausedDays: count,
        later: count.meta({ description: 'Versions that were frozen later; they do not count' }),
      }),
    ),
    left: z.array(z.object({ project: NamedProject, why: z.enum(idsOf(DAYS_SAVED_GAP)), note: z.string().nullable() })),
  })
  .meta({ id: 'DaysSaved' })
export type DaysSaved = z.infer<typeof DaysSaved>

/** A version of the rule for big projects (亿元项目规则). Ranks are codes of the district's own order. */
export const NewProjectRule = z
  .strictObject({
    thresholdFen: PositiveMoney,
    chiefRank: text(60),
    secretaryRank: text(60),
    rankMatch: z.enum(idsOf(RANK_MATCH)).default('exactly'),
    appointWorkdays: z.number().int().min(1).max(60).default(5),
    weeklyVisits: z.number().int().min(0).max(7).default(1).meta({ description: 'On site, owed by each' }),
    basis: text(200),
    validFrom: Day,
  })
  .meta({ id: 'NewProjectRule' })
export type NewProjectRule = z.infer<typeof NewProjectRule>
export const ProjectRule = z
  .object({ version: count, ...NewProjectRule.shape, by: z.string() })
  .meta({ id: 'ProjectRule' })
export type ProjectRule = z.infer<typeof ProjectRule>
export const ProjectRuleList = z
  .object({
    items: z.array(ProjectRule),
    ranks: z.array(z.object({ code: z.string(), name: z.string(), level: count })),
  })
  .meta({ id: 'ProjectRuleList' })

export const ProjectViolation = z
  .object({
    project: NamedProject,
    amountFen: Money,
    unit: Named,
    faults: z.array(Shortfall),
    appointBy: Day.nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: 'ProjectViolation' })
export type ProjectViolation = z.infer<typeof ProjectViolation>
/** Violations (配备违规) of the rule in force, and over how many projects it was asked. */
export const ProjectViolations = z
  .object({ items: z.array(ProjectViolation), projects: count, rule: ProjectRule.nullable() })
  .meta({ id: 'ProjectViolations' })
export type ProjectViolations = z.infer<typeof ProjectViolations>

const InvestmentItem = z.strictObject({
  title: text(60),
  measure: z.enum(idsOf(INVESTMENT_MEASURE)).default('size'),
  thresholdFen: Money.default(0),
  nested: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether projects of the next higher band count here too; apart by default' }),
  needed: z.number().int().min(1).max(10000),
})
/** A version of a year's investment targets (招商目标). */
export const NewInvestmentTargets = z
  .strictObject({
    year: z.number().int().min(2000).max(2100),
    items: z.array(InvestmentItem).min(1).max(20),
    basis: text(200),
  })
  .meta({ id: 'NewInvestmentTargets' })
export type NewInvestmentTargets = z.infer<typeof NewInvestmentTargets>
/** Every figure is computed from the projects signed in the year; each leads to them. */
export const InvestmentTargets = z
  .object({
    year: count,
    version: count.meta({ description: '0 where none are put up' }),
    basis: z.string().nullable(),
    by: z.string().nullable(),
    items: z.array(
      z.object({
        title: z.string(),
        measure: z.enum(idsOf(INVESTMENT_MEASURE)),
        thresholdFen: Money,
        nested: z.boolean(),
        needed: count,
        done: count,
        words: z.string().meta({ description: 'How it is counted' }),
        projects: z.array(
          z.object({ ...NamedProject.shape, amountFen: Money, signedOn: Day, agent: z.string().nullable() }),
        ),
      }),
    ),
    agents: z.array(z.object({ agent: z.string(), projects: count, amountFen: Money })),
    out: z
      .array(z.object({ ...NamedProject.shape, note: z.string() }))
      .meta({ description: 'Signed in the year, but cancelled or merged' }),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'InvestmentTargets' })
export type InvestmentTargets = z.infer<typeof InvestmentTargets>
export type InvestmentItem = z.infer<typeof InvestmentItem>
