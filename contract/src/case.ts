import { z } from 'zod'
import { CaseId, Day, Instant, PartyId, PersonId, UnitId } from './brand.ts'
import { OutcomeQuantity } from './quantity.ts'
import { JsonSchema, pageOf } from './shape.ts'
import { Channel, Class, ClockKind, HandlingMode, Light, LimitUnit, Outcome, PartyLinkState, Urgency } from './term.ts'

export const Named = z.object({ id: UnitId, name: z.string() })
export const NamedPerson = z.object({ id: PersonId, name: z.string() })

export const Remaining = z.object({ amount: z.number(), unit: LimitUnit })

/** A row of the ledger (台账): what a list shows of a case. */
export const CaseRow = z
  .object({
    id: CaseId,
    number: z.string(),
    superiorNumber: z
      .string()
      .nullable()
      .meta({ description: 'The number of the superior’s order; it is shown first' }),
    type: z.string(),
    title: z.string(),
    stage: z.string(),
    stageLabel: z.string(),
    round: z.number().int(),
    version: z.number().int(),
    light: Light,
    dueAt: Instant.nullable(),
    remaining: Remaining.nullable(),
    category: z.string().nullable(),
    categoryLabel: z.string().nullable(),
    channel: Channel,
    urgency: Urgency,
    leadUnit: Named.nullable(),
    handler: NamedPerson.nullable(),
    confidential: z.boolean(),
    urged: z.number().int(),
    paused: z.boolean(),
    supervised: z.string().nullable().meta({ description: 'The colour of the highest notice issued' }),
    outcome: Outcome.nullable(),
    satisfied: z.boolean().nullable(),
    tags: z.array(z.string()).meta({ description: 'Ids of the tag dictionary' }),
    receivedAt: Instant,
    answeredAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    updatedAt: Instant,
  })
  .meta({ id: 'CaseRow' })
export type CaseRow = z.infer<typeof CaseRow>

/** One round (轮次) of a case; the facts of an earlier round never change. */
export const Round = z.object({
  round: z.number().int(),
  startedAt: Instant,
  leadUnit: Named.nullable(),
  dueAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  answer: z.string().nullable(),
  outcome: Outcome.nullable(),
  satisfied: z.boolean().nullable(),
  solved: z.boolean().nullable(),
  grade: z.number().int().nullable(),
})

export const Attachment = z.object({
  id: z.uuid(),
  name: z.string(),
  bytes: z.number().int(),
  mediaType: z.string(),
  url: z.string(),
})

/** Who speaks for the person (代办人), masked like the person. */
const MaskedProxy = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  relation: z.string().nullable(),
})

/** A case beside another: its parent, its problem, a task, a request. */
export const RelatedCase = z
  .object({
    id: CaseId,
    number: z.string(),
    type: z.string(),
    typeLabel: z.string(),
    kind: z.string().nullable(),
    kindLabel: z.string().nullable(),
    title: z.string(),
    stage: z.string(),
    stageLabel: z.string(),
    light: Light,
    dueAt: Instant.nullable(),
    unit: z.string().nullable(),
    handler: z.string().nullable(),
    documentNumber: z.string().nullable(),
    answer: z.string().nullable(),
    link: z.enum(['parent', 'problem', 'owned', 'merged']),
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'RelatedCase' })
export type RelatedCase = z.infer<typeof RelatedCase>

/** What a hard case carries beside its loop: stops, extensions, disputes, judgements, plans and counts. */
const Hardship = z.object({
  mode: HandlingMode.nullable(),
  modeLabel: z.string().nullable(),
  legacy: z.boolean(),
  superior: z.object({ body: z.string(), number: z.string(), dueOn: Day, class: z.string().nullable() }).nullable(),
  pending: z.array(z.object({ kind: z.string(), label: z.string() })),
  stops: z.array(
    z.object({
      round: z.number().int(),
      reason: z.string(),
      reasonLabel: z.string(),
      from: Day,
      to: Day.nullable(),
      until: Day,
      approvedBy: z.string(),
      backdated: z.boolean(),
      longTerm: z.boolean(),
    }),
  ),
  extensions: z.array(
    z.object({ round: z.number().int(), amount: z.number(), approvedBy: z.string(), level: z.string() }),
  ),
  disputes: z.array(
    z.object({ byUnit: Named.nullable(), from: Instant, to: Instant.nullable(), chargedTo: Named.nullable() }),
  ),
  unitTimes: z
    .array(z.object({ unit: Named.nullable(), workingHours: z.number() }))
    .meta({ description: 'Working hours each unit has used; null is the intake office' }),
  ways: z.array(z.object({ way: z.string(), opinion: z.string(), lawful: z.boolean(), by: z.string() })),
  plan: z.array(z.object({ text: z.string(), on: Day })),
  judgement: z
    .object({
      reasonable: z.boolean(),
      basis: z.string(),
      author: z.string(),
      reviewer: z.string().nullable(),
      agreed: z.boolean().nullable(),
    })
    .nullable(),
  quantities: z.array(OutcomeQuantity),
  beneficiaries: z.number().int().nullable(),
  dissatisfied: z.number().int(),
  supplemented: z.number().int(),
  reRaised: z.number().int(),
  brokenPromises: z.number().int(),
  publishedAt: Instant.nullable(),
  merged: z
    .object({ total: z.number().int(), answered: z.number().int(), unreachable: z.number().int() })
    .meta({ description: 'Appeals merged into this problem' }),
})

/** A case (事项) as its page shows it. Contact data are not here: they are revealed one by one. */
export const Case = CaseRow.extend({
  content: z.string(),
  class: Class.nullable(),
  summary: z.string().nullable(),
  location: z.object({ address: z.string().nullable(), lng: z.number().nullable(), lat: z.number().nullable() }),
  divisionCode: z.string().nullable(),
  assistingUnits: z.array(Named),
  holder: z.object({ unit: Named.nullable(), person: NamedPerson.nullable() }),
  anonymous: z.boolean(),
  party: z
    .object({
      id: z.uuid(),
      kind: z.string(),
      masked: z.object({ name: z.string().nullable(), phone: z.string().nullable(), email: z.string().nullable() }),
      proxy: MaskedProxy.nullable(),
    })
    .nullable(),
  answer: z.string().nullable(),
  promisedOn: Day.nullable(),
  declineReason: z.string().nullable(),
  acceptedAt: Instant.nullable(),
  dispatchedAt: Instant.nullable(),
  rounds: z.array(Round),
  attachments: z.array(Attachment),
  facts: z.record(z.string(), z.unknown()),
  ruleSet: z.string(),
  ...Hardship.shape,
}).meta({ id: 'Case' })
export type Case = z.infer<typeof Case>

export const ClockDay = z.object({ date: Day, counted: z.number(), why: z.string() })
/** A clock (时钟) with its explanation, one row for every date from its start. */
export const ClockView = z
  .object({
    kind: ClockKind,
    label: z.string(),
    round: z.number().int(),
    startedAt: Instant,
    dueAt: Instant,
    endedAt: Instant.nullable(),
    state: z.enum(['running', 'paused', 'met', 'missed']),
    provisional: z.boolean(),
    light: Light,
    originalDueAt: Instant.meta({ description: 'Without extensions' }),
    extra: z.number().meta({ description: 'Extensions granted, in the unit of the limit' }),
    stops: z.array(z.object({ from: Day, to: Day })),
    limit: z.object({ amount: z.number(), unit: LimitUnit }),
    remaining: Remaining.nullable(),
    rule: z.string().meta({ description: 'Where the limit comes from, in Chinese' }),
    days: z.array(ClockDay),
  })
  .meta({ id: 'Clock' })
export type ClockView = z.infer<typeof ClockView>

/** An action the caller may take now; the form is rendered from `input`. */
export const ActionView = z
  .object({
    name: z.string(),
    label: z.string(),
    primary: z.boolean(),
    input: JsonSchema,
    proposal: z
      .looseObject({})
      .optional()
      .meta({ description: 'Values proposed for the form, with the row of the dictionary they come from' }),
  })
  .meta({ id: 'Action' })
export type ActionView = z.infer<typeof ActionView>

/** What a text that tells of an emergency is answered with at once (紧急提示). */
export const EmergencyAdvice = z
  .object({ label: z.string(), call: z.string(), advice: z.string() })
  .meta({ id: 'EmergencyAdvice' })

export const CaseAnswer = z
  .object({
    case: Case,
    clocks: z.array(ClockView),
    actions: z.array(ActionView),
    emergency: z.array(EmergencyAdvice).optional(),
  })
  .meta({ id: 'CaseAnswer' })
export type CaseAnswer = z.infer<typeof CaseAnswer>

export const CaseEvent = z
  .object({
    id: z.uuid(),
    seq: z.number().int(),
    at: Instant,
    action: z.string(),
    label: z.string(),
    by: z.object({ id: z.string().nullable(), name: z.string(), unit: z.string().nullable() }),
    round: z.number().int(),
    stage: z.string(),
    input: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'CaseEvent' })
export type CaseEvent = z.infer<typeof CaseEvent>

const ids = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : value.split(',')))
  .optional()

/** Filters of the ledger: the same for the list, the count and the Excel file. */
export const LedgerFilter = z.object({
  type: ids,
  stage: ids,
  unit: ids.meta({ description: 'lead or assisting unit' }),
  light: ids,
  category: ids,
  channel: ids,
  tag: ids,
  number: ids.meta({ description: 'Only these numbers' }),
  queue: z.string().max(40).optional().meta({ description: 'A work queue of the caller: see GET /queues' }),
  batch: z.uuid().optional(),
  drive: z.uuid().optional().meta({ description: 'Collection drive (征集活动) it belongs to' }),
  campaign: z.uuid().optional().meta({ description: 'Collected by this campaign (专项活动) or one under it' }),
  channelRecord: ids.meta({ description: 'Channel records (渠道台账); `none`: without one' }),
  sheet: z
    .union([z.uuid(), z.literal('any')])
    .optional()
    .meta({ description: 'From this questionnaire sheet; `any`: from a sheet' }),
  forum: z.uuid().optional().meta({ description: 'From this forum, window session or field research' }),
  media: z.uuid().optional().meta({ description: 'Filed through the short link of this item for the media' }),
  problem: ids.meta({ description: 'Merged into these problems (id or number); `any`, `none`' }),
  aspect: ids.meta({ description: 'Merged into problems of these aspects (方面); `none`: of no aspect' }),
  answered: z.enum(['yes', 'no']).optional().meta({ description: '`no`: somebody still waits for an answer' }),
  form: ids.meta({
    description: '`once`, `recurring`, `quantity`; absent: all, without the periods that are over and done',
  }),
  owner: z.literal('me').optional().meta({ description: 'Only what the caller owes in person' }),
  q: z.string().trim().max(100).optional(),
  from: Day.optional(),
  to: Day.optional(),
  sort: z.enum(['due', '-due', 'received', '-received', 'updated', '-updated']).default('-received'),
})
export type LedgerFilter = z.infer<typeof LedgerFilter>
export const LedgerPage = pageOf(CaseRow).meta({ id: 'LedgerPage' })

/** Another case of perhaps the same person (同一人线索): told, never merged; statistics stay by case. */
export const SamePerson = z
  .object({
    caseId: CaseId,
    partyId: PartyId,
    number: z.string(),
    title: z.string(),
    masked: z.object({ name: z.string().nullable() }),
    confidence: z.number().min(0).max(1),
    reasons: z.array(z.string()),
    state: PartyLinkState,
  })
  .meta({ id: 'SamePerson' })
