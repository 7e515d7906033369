import { z } from 'zod'
import { Phone } from './appeal.ts'
import {
  CaseId,
  Day,
  Instant,
  OnCallLogId,
  OvertimeId,
  PersonId,
  RosterEntryId,
  RosterPostId,
  RosterSwapId,
  UnitId,
} from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { optionalText, text } from './shape.ts'
import { idsOf, ROSTER_AWAY, ROSTER_DAY, SHIFT } from './term.ts'

const count = z.number().int()
const ShiftId = z.enum(idsOf(SHIFT))

/** An on-call post (值班岗): a unit's, with the telephone of the post and the shifts that must be filled on each of the 365 days. */
export const NewRosterPost = z
  .strictObject({
    unitId: UnitId,
    name: text(40),
    phone: z
      .string()
      .trim()
      .regex(/^[\d-]{5,20}$/, 'import.phone_invalid')
      .refine((phone) => !/^(86)?1[3-9]\d{9}$/.test(phone.replaceAll('-', '')), 'roster.mobile'),
    shifts: z.array(ShiftId).min(1).max(2),
    from: Day,
    isPublic: z.boolean().default(false).meta({ description: 'The telephone is shown to the public' }),
  })
  .meta({ id: 'NewRosterPost' })
export type NewRosterPost = z.infer<typeof NewRosterPost>
const RosterPost = z.object({
  id: RosterPostId,
  unit: Named,
  name: z.string(),
  phone: z.string(),
  shifts: z.array(ShiftId),
  from: Day,
  isPublic: z.boolean(),
  mayKeep: z.boolean(),
})
/** A shift of a day (值班): who, under which leader. */
export const RosterEntry = z
  .object({
    id: RosterEntryId,
    day: Day,
    shift: ShiftId,
    person: NamedPerson,
    leader: NamedPerson.nullable(),
    swapped: z.boolean().meta({ description: 'It was first somebody else’s' }),
    away: z.enum(idsOf(ROSTER_AWAY)).nullable().meta({ description: 'Cannot come after all: as good as a gap' }),
  })
  .meta({ id: 'RosterEntry' })
const Slot = z.object({ day: Day, shift: ShiftId })

/** The roster (值班表) of a month with its gaps: a day without anybody is red. */
export const Roster = z
  .object({
    month: z.string(),
    today: Day,
    days: z.array(z.object({ day: Day, kind: z.enum(idsOf(ROSTER_DAY)), name: z.string().nullable() })),
    posts: z.array(RosterPost.extend({ entries: z.array(RosterEntry), gaps: z.array(Slot) })),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'Roster' })
export type Roster = z.infer<typeof Roster>

/**
 * Fills a stretch of days by turns (轮流排班). Days off and holidays have a turn of their own, so that nobody gets all the holidays; `restPeople`
 * take them, by default the same people. Shifts that are filled already stay; whoever is on leave is passed over.
 */
export const Rotate = z
  .strictObject({
    from: Day,
    to: Day,
    people: z.array(PersonId).min(1).max(100),
    restPeople: z.array(PersonId).max(100).default([]),
    leaders: z.array(PersonId).max(50).default([]),
  })
  .meta({ id: 'RotateRoster' })
export type Rotate = z.infer<typeof Rotate>
export const Rotated = z
  .object({
    made: count,
    kept: count,
    passedOver: z.array(z.object({ day: Day, person: NamedPerson })),
    gaps: z.array(Slot),
  })
  .meta({ id: 'RosterRotated' })
export type Rotated = z.infer<typeof Rotated>

export const NewRosterEntry = z
  .strictObject({ day: Day, shift: ShiftId, personId: PersonId, leaderId: PersonId.optional() })
  .meta({ id: 'NewRosterEntry' })
export type NewRosterEntry = z.infer<typeof NewRosterEntry>

/** A swap (调班): two shifts change hands, or one is taken over. Exactly one of `withEntryId` and `personId`. */
export const SwapRoster = z
  .strictObject({ withEntryId: RosterEntryId.optional(), personId: PersonId.optional(), reason: text(200) })
  .meta({ id: 'SwapRoster' })
export type SwapRoster = z.infer<typeof SwapRoster>
export const RosterSwap = z
  .object({
    id: RosterSwapId,
    post: z.string(),
    ...Slot.shape,
    from: NamedPerson,
    to: NamedPerson,
    reason: z.string(),
    by: z.string(),
    at: Instant,
  })
  .meta({ id: 'RosterSwap' })

/** Who is on duty now (现在值班): a post without anybody is a gap. */
export const OnDuty = z
  .object({
    post: z.object({ id: RosterPostId, name: z.string(), unit: Named, phone: z.string(), isPublic: z.boolean() }),
    shift: ShiftId.nullable(),
    until: Instant.nullable(),
    person: NamedPerson.nullable(),
    leader: NamedPerson.nullable(),
    gap: z.boolean(),
  })
  .meta({ id: 'OnDuty' })
export type OnDuty = z.infer<typeof OnDuty>

/**
 * A call to the post (值班电话记录). `opens` makes it a case in the same transaction; who called is kept with the case and nowhere else.
 */
export const NewOnCallLog = z
  .strictObject({
    postId: RosterPostId,
    at: Instant,
    what: text(2000),
    done: text(1000),
    opens: z.boolean().default(false),
    caller: z.strictObject({ name: optionalText(50), phone: Phone }).optional(),
  })
  .meta({ id: 'NewOnCallLog' })
export type NewOnCallLog = z.infer<typeof NewOnCallLog>
export const OnCallLog = z
  .object({
    id: OnCallLogId,
    post: z.object({ id: RosterPostId, name: z.string() }),
    at: Instant,
    outsideHours: z.boolean(),
    onDuty: NamedPerson.nullable(),
    what: z.string(),
    done: z.string(),
    case: z.object({ id: CaseId, number: z.string(), mayOpen: z.boolean() }).nullable(),
    by: z.string(),
  })
  .meta({ id: 'OnCallLog' })
export const OnCallLogs = z
  .object({ items: z.array(OnCallLog), counts: z.object({ calls: count, outsideHours: count, opened: count }) })
  .meta({ id: 'OnCallLogs' })

/** Overtime (加班): who, which day, how many hours, why. */
export const NewOvertime = z
  .strictObject({
    personId: PersonId,
    on: Day,
    hours: z.number().min(0.5).max(24).multipleOf(0.5),
    why: text(200),
    campaign: optionalText(40),
  })
  .meta({ id: 'NewOvertime' })
export type NewOvertime = z.infer<typeof NewOvertime>
export const Overtime = z
  .object({
    id: OvertimeId,
    person: NamedPerson,
    unit: Named,
    on: Day,
    kind: z.enum(idsOf(ROSTER_DAY)),
    hours: z.number(),
    why: z.string(),
    campaign: z.string().nullable(),
    by: z.string(),
  })
  .meta({ id: 'Overtime' })
export const OvertimeList = z
  .object({ items: z.array(Overtime), counts: z.object({ people: count, personTimes: count, hours: z.number() }) })
  .meta({ id: 'OvertimeList' })
