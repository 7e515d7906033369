import { z } from 'zod'
import { Email, Phone } from './appeal.ts'
import { CaseId, EnterpriseId, Instant, PlatformPersonId } from './brand.ts'
import { OwedCase } from './meeting.ts'
import { optionalText, text } from './shape.ts'
import { ENTERPRISE_CASE, idsOf, LIGHT, PLATFORM_PERSON } from './term.ts'

const StateOfPlatformPerson = z.enum(idsOf(PLATFORM_PERSON))

/** Invites somebody of an enterprise to the platform (邀请): the code for signing in goes to this address. */
export const NewPlatformPerson = z
  .strictObject({ name: text(50), email: Email, phone: Phone })
  .refine((one) => (one.email === undefined) !== (one.phone === undefined), 'platform.one_address')
  .meta({ id: 'NewPlatformPerson' })
export type NewPlatformPerson = z.infer<typeof NewPlatformPerson>

/** Somebody who may act for an enterprise on the platform (企业用户). */
export const PlatformPerson = z
  .object({
    id: PlatformPersonId,
    enterpriseId: EnterpriseId,
    enterprise: z.string(),
    name: z.string(),
    state: StateOfPlatformPerson,
    invitedBy: z.string(),
    invitedAt: z.iso.datetime(),
    lastSignedInAt: z.iso.datetime().nullable(),
    revokedWhy: z.string().nullable(),
  })
  .meta({ id: 'PlatformPerson' })
export type PlatformPerson = z.infer<typeof PlatformPerson>

/** What an enterprise brought (企业诉求): through the platform, or at a meeting. */
export const PlatformDemand = z
  .object({
    id: CaseId,
    number: z.string(),
    title: z.string(),
    enterpriseId: EnterpriseId,
    enterprise: z.string(),
    stageLabel: z.string(),
    light: z.enum(idsOf(LIGHT)),
    at: z.iso.datetime(),
    answered: z.boolean(),
    way: z.enum(idsOf(ENTERPRISE_CASE)),
  })
  .meta({ id: 'PlatformDemand' })
export type PlatformDemand = z.infer<typeof PlatformDemand>

/** The platform as its keepers see it: who is on it, and what was brought. `unanswered` counts the demands past their day without an answer. */
export const PlatformOverview = z
  .object({
    people: z.array(PlatformPerson),
    demands: z.array(PlatformDemand),
    unanswered: z.number().int(),
    mayInvite: z.boolean(),
    mayRevoke: z.boolean(),
  })
  .meta({ id: 'PlatformOverview' })
export type PlatformOverview = z.infer<typeof PlatformOverview>

/** What an enterprise raised at a meeting (会上提出的问题): its own case from then on, owed an answer like any other. */
export const NewMeetingIssue = z
  .strictObject({ enterpriseId: EnterpriseId, content: text(2000), category: optionalText(60) })
  .meta({ id: 'NewMeetingIssue' })
export type NewMeetingIssue = z.infer<typeof NewMeetingIssue>
const NamedEnterprise = z.object({ id: EnterpriseId, name: z.string() })
export const MeetingIssue = z
  .object({ enterprise: NamedEnterprise, case: OwedCase, answered: z.boolean(), by: z.string(), at: Instant })
  .meta({ id: 'MeetingIssue' })
export type MeetingIssue = z.infer<typeof MeetingIssue>
/** The issues of a meeting. `enterprises` are those of the register that took part: only they raise something. */
export const MeetingIssues = z
  .object({
    items: z.array(MeetingIssue),
    unanswered: z.number().int(),
    enterprises: z.array(NamedEnterprise),
    mayRaise: z.boolean(),
  })
  .meta({ id: 'MeetingIssues' })
export type MeetingIssues = z.infer<typeof MeetingIssues>
