import { z } from 'zod'
import {
  BlobId,
  CaseId,
  Day,
  DecisionId,
  Instant,
  InstructionId,
  LiaisonTargetId,
  MeetingId,
  PersonId,
  UnitId,
} from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { optionalText, text } from './shape.ts'
import {
  CONFIDENTIALITY,
  DECISION_FORM,
  DECISION_STATE,
  INSTRUCTION_STATE,
  idsOf,
  Light,
  MINUTES_STATE,
  PLAN_LACK,
  PRESENCE,
  REPLY_FORMAT,
  SOURCE_RANK,
} from './term.ts'

const count = z.number().int()
const code = text(40)
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请填几点几分，如 09:30')
const Workdays = z.number().int().min(1).max(250)
export const StateOfMinutes = z.enum(idsOf(MINUTES_STATE))
export const StateOfInstruction = z.enum(idsOf(INSTRUCTION_STATE))

/** A kind of meeting (会议种类) and the series its minutes are numbered in (纪要字号). */
const KindOfMeeting = z.object({ code, label: text(40), series: text(40) })
/** A kind of instruction (批示种类): only an actionable one becomes a task. */
const KindOfInstruction = z.object({ code, label: text(40), actionable: z.boolean() })
/** The next version of the kinds (种类表); what was recorded before keeps the kinds of its time. */
export const NewMeetingDictionary = z
  .strictObject({
    version: text(20),
    validFrom: Day,
    basis: text(200),
    meetings: z.array(KindOfMeeting).min(1).max(60),
    instructions: z.array(KindOfInstruction).min(1).max(60),
  })
  .meta({ id: 'NewMeetingDictionary' })
export type NewMeetingDictionary = z.infer<typeof NewMeetingDictionary>
export const MeetingDictionary = NewMeetingDictionary.extend({ by: z.string() }).meta({ id: 'MeetingDictionary' })
export type MeetingDictionary = z.infer<typeof MeetingDictionary>

/** A meeting (会议): when, where, who led it, who came, about what. */
export const NewMeeting = z
  .strictObject({
    title: text(80),
    kind: code,
    on: Day,
    at: TimeOfDay,
    place: text(100),
    chairId: PersonId,
    tags: z.array(text(20)).max(10).default([]).meta({ description: 'Words of campaigns that run on its day' }),
    attendance: z
      .array(
        z.strictObject({
          unitId: UnitId,
          personId: PersonId.optional(),
          presence: z.enum(idsOf(PRESENCE)).default('present'),
          reason: optionalText(60),
        }),
      )
      .max(200)
      .default([]),
    agenda: z.array(text(200)).max(30).default([]),
    firms: z.array(text(100)).max(100).default([]).meta({ description: 'Enterprises present, by name' }),
    targetIds: z.array(LiaisonTargetId).max(100).default([]),
    caseNumbers: z.array(text(40)).max(50).default([]),
  })
  .meta({ id: 'NewMeeting' })
export type NewMeeting = z.infer<typeof NewMeeting>

/** A decision (议定事项) as it is written down: who owes it, by when, who checks. What is missing may be filled in until the minutes are issued. */
export const NewDecision = z
  .strictObject({
    text: text(1000),
    form: z.enum(idsOf(DECISION_FORM)).default('task'),
    unitId: UnitId.optional(),
    personId: PersonId.optional(),
    dueOn: Day.optional(),
    dueWorkdays: Workdays.optional().meta({ description: 'Working days after the day of the meeting' }),
    checkerId: PersonId.optional(),
    caseNumber: optionalText(40).meta({ description: 'The case it is added to' }),
  })
  .meta({ id: 'NewDecision' })
export type NewDecision = z.infer<typeof NewDecision>
export const DraftMinutes = z
  .strictObject({ text: text(8000), decisions: z.array(NewDecision).max(50).default([]) })
  .meta({ id: 'DraftMinutes' })
export type DraftMinutes = z.infer<typeof DraftMinutes>

/** What stands for a decision or an instruction on the ledger, as far as the caller sees it. */
export const OwedCase = z.object({
  id: CaseId,
  number: z.string(),
  title: z.string(),
  stageLabel: z.string(),
  light: Light,
  dueAt: Instant.nullable(),
  closed: z.boolean(),
  mayOpen: z.boolean().meta({ description: 'The caller sees the case itself' }),
})
export type OwedCase = z.infer<typeof OwedCase>
export const Decision = z
  .object({
    id: DecisionId,
    position: count,
    text: z.string(),
    form: z.enum(idsOf(DECISION_FORM)),
    unit: Named.nullable(),
    person: NamedPerson.nullable(),
    dueOn: Day.nullable(),
    checker: NamedPerson.nullable(),
    lacks: z.array(z.enum(idsOf(PLAN_LACK))),
    state: z.enum(idsOf(DECISION_STATE)),
    case: OwedCase.nullable(),
    opened: z.boolean().meta({ description: 'The case was opened for it when the minutes were issued' }),
    answer: z.string().nullable(),
    returned: count.meta({ description: 'How many times the check sent it back' }),
    checkedOn: Day.nullable(),
    checkNote: z.string().nullable(),
    mayCheck: z.boolean(),
  })
  .meta({ id: 'Decision' })
export type Decision = z.infer<typeof Decision>

/** A check of a decision (查验): passed, or sent back with so many working days. */
export const CheckDecision = z
  .strictObject({ passed: z.boolean(), note: text(500), dueWorkdays: Workdays.optional() })
  .meta({ id: 'CheckDecision' })
export type CheckDecision = z.infer<typeof CheckDecision>

export const MeetingRow = z
  .object({
    id: MeetingId,
    title: z.string(),
    kind: z.object({ code: z.string(), label: z.string() }),
    on: Day,
    at: z.string(),
    place: z.string(),
    chair: NamedPerson,
    tags: z.array(z.string()),
    state: StateOfMinutes,
    number: z.string().nullable(),
    decisions: z.object({ all: count, open: count, red: count, done: count }),
  })
  .meta({ id: 'MeetingRow' })
export type MeetingRow = z.infer<typeof MeetingRow>
export const Meetings = z
  .object({
    items: z.array(MeetingRow),
    kinds: z.array(z.object({ code: z.string(), label: z.string(), meetings: count })).meta({
      description: 'How many of each kind were held; each is the list with that kind',
    }),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'Meetings' })
export const Meeting = z
  .object({
    ...MeetingRow.shape,
    attendance: z.array(
      z.object({
        unit: Named,
        person: NamedPerson.nullable(),
        presence: z.enum(idsOf(PRESENCE)),
        reason: z.string().nullable(),
      }),
    ),
    agenda: z.array(z.string()),
    firms: z.array(z.string()),
    targets: z.array(z.object({ id: LiaisonTargetId, name: z.string() })),
    cases: z.array(OwedCase),
    text: z.string().nullable(),
    draftedBy: NamedPerson.nullable(),
    draftedAt: Instant.nullable(),
    approvedBy: NamedPerson.nullable(),
    approvedAt: Instant.nullable(),
    returnedWhy: z.string().nullable(),
    issuedBy: NamedPerson.nullable(),
    issuedOn: Day.nullable(),
    list: z.array(Decision),
    may: z.object({ edit: z.boolean(), draft: z.boolean(), approve: z.boolean(), issue: z.boolean() }),
  })
  .meta({ id: 'Meeting' })
export type Meeting = z.infer<typeof Meeting>

/** From where a case comes (来由): the meeting that decided it, or the leader who instructed it. */
export const CaseOrigin = z
  .object({
    kind: z.enum(['meeting', 'instruction']),
    id: z.uuid(),
    title: z.string(),
    number: z.string().nullable(),
    on: Day,
    text: z.string(),
  })
  .meta({ id: 'CaseOrigin' })
export type CaseOrigin = z.infer<typeof CaseOrigin>

/** What an instruction is written on (批示对象). */
const About = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('case'), number: text(40) }),
  z.strictObject({ kind: z.literal('document'), title: text(100), number: optionalText(60) }),
  z.strictObject({ kind: z.literal('free'), title: text(100) }),
])
/**
 * A leader's instruction (批示) as the secretary records it. Exactly one of `leaderId` and `leaderTitle`: a superior's leader is not in our register.
 * An actionable kind needs the unit and one of `dueOn` and `dueWorkdays`; a kind that is only to be read has neither.
 */
export const NewInstruction = z
  .strictObject({
    leaderId: PersonId.optional(),
    leaderTitle: optionalText(40),
    on: Day,
    text: optionalText(2000),
    imageId: BlobId.optional(),
    kind: code,
    about: About,
    rank: z.enum(idsOf(SOURCE_RANK)).default('district'),
    confidentiality: z.enum(idsOf(CONFIDENTIALITY)).default('internal'),
    reply: z.enum(idsOf(REPLY_FORMAT)).default('written'),
    unitId: UnitId.optional(),
    personId: PersonId.optional(),
    dueOn: Day.optional(),
    dueWorkdays: Workdays.optional(),
  })
  .meta({ id: 'NewInstruction' })
export type NewInstruction = z.infer<typeof NewInstruction>
export const Instruction = z
  .object({
    id: InstructionId,
    leader: z.string(),
    on: Day,
    text: z.string().nullable(),
    hasImage: z.boolean(),
    kind: z.object({ code: z.string(), label: z.string(), actionable: z.boolean() }),
    about: z.object({ kind: z.enum(['case', 'document', 'free']), title: z.string(), number: z.string().nullable() }),
    rank: z.enum(idsOf(SOURCE_RANK)),
    confidentiality: z.enum(idsOf(CONFIDENTIALITY)),
    reply: z.enum(idsOf(REPLY_FORMAT)),
    unit: Named.nullable(),
    person: NamedPerson.nullable(),
    dueOn: Day.nullable(),
    state: StateOfInstruction,
    case: OwedCase.nullable().meta({ description: 'The task that answers it' }),
    answer: z.string().nullable(),
    answeredAt: Instant.nullable(),
    by: z.string(),
  })
  .meta({ id: 'Instruction' })
export type Instruction = z.infer<typeof Instruction>
export const Instructions = z
  .object({
    items: z.array(Instruction),
    counts: z.object({ open: count, red: count, answered: count, read: count }).meta({
      description: 'Of all that the caller sees; only `open` and `answered` count as instructions to be carried out',
    }),
    mayRecord: z.boolean(),
  })
  .meta({ id: 'Instructions' })
