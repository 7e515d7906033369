import { z } from 'zod'
import { Day, DoNotDisturbId, LiaisonTargetId, UnitId, VisitId } from './brand.ts'
import { Named } from './case.ts'
import { TargetKind } from './duty.ts'
import { optionalText, text } from './shape.ts'
import { CONTACT_KIND, CONTACT_STATE, idsOf } from './term.ts'

const count = z.number().int()
const flag = z.boolean()
const ContactTarget = z.object({ id: LiaisonTargetId, name: z.string(), kind: TargetKind })
const KindOfContact = z.enum(idsOf(CONTACT_KIND))

/** What one unit comes for (来意). A statutory check names the law that asks for it. */
const errand = {
  kind: KindOfContact,
  purpose: text(200),
  statutory: z.boolean().default(false),
  basis: optionalText(200).meta({ description: 'Legal basis; a statutory contact needs it' }),
  unitId: UnitId.optional().meta({ description: 'One of the caller’s units; the own one if absent' }),
}
interface Errand {
  readonly statutory: boolean
  readonly basis?: string | undefined
}
const namesItsBasis = ({ statutory, basis }: Errand) => !statutory || basis !== undefined
const NO_BASIS = { error: 'contact.no_basis', path: ['basis'] }

/** A contact that is planned (计划接触): whom, how, on which day, by which unit and what for. */
export const NewContactPlan = z
  .strictObject({
    ...errand,
    targetId: LiaisonTargetId,
    on: Day,
    reason: optionalText(200).meta({ description: 'Why it is needed above the budget' }),
  })
  .refine(namesItsBasis, NO_BASIS)
  .meta({ id: 'NewContactPlan' })
export type NewContactPlan = z.infer<typeof NewContactPlan>

/** An inspection, a questionnaire or a call that has happened (接触记录). A visit is recorded as a visit. */
export const NewContactRecord = z
  .strictObject({
    ...errand,
    kind: z.enum(idsOf(CONTACT_KIND)).exclude(['visit']),
    targetId: LiaisonTargetId,
    on: Day,
  })
  .refine(namesItsBasis, NO_BASIS)
  .meta({ id: 'NewContactRecord' })
export type NewContactRecord = z.infer<typeof NewContactRecord>

/** A unit that goes along on somebody else's contact (合并走访). */
export const JoinContact = z.strictObject(errand).refine(namesItsBasis, NO_BASIS).meta({ id: 'JoinContact' })
export type JoinContact = z.infer<typeof JoinContact>

/** One contact (接触), planned or past: several units on it are still one. A visit nobody had planned is one too. */
export const ContactEntry = z
  .object({
    id: z.uuid().meta({ description: 'Of the planned contact, or of the visit where it was not planned' }),
    planned: flag.meta({ description: 'It was planned here; else it is a bare visit' }),
    target: ContactTarget,
    kind: KindOfContact,
    on: Day,
    state: z.enum(idsOf(CONTACT_STATE)),
    units: z.array(
      z.object({
        ...Named.shape,
        kind: KindOfContact,
        purpose: z.string(),
        statutory: flag,
        basis: z.string().nullable(),
      }),
    ),
    statutory: flag,
    reason: z.string().nullable().meta({ description: 'Why it was planned above the budget' }),
    visitIds: z.array(VisitId).meta({ description: 'The visits that were made of it' }),
    counts: flag.meta({ description: 'Counts toward the budget: done, or planned for a day that is still to come' }),
    lapsed: flag.meta({ description: 'Its day is over and nobody went' }),
    disturbs: flag.meta({ description: 'Within do-not-disturb and not statutory' }),
    may: z.object({ join: flag, done: flag, cancel: flag }),
  })
  .meta({ id: 'ContactEntry' })
export type ContactEntry = z.infer<typeof ContactEntry>

/** Do not disturb, I will call (免打扰): at the target's own word, from a day to a day. */
export const NewDoNotDisturb = z
  .strictObject({
    targetId: LiaisonTargetId,
    from: Day,
    to: Day,
    words: text(200).meta({ description: 'What the target said; telephone numbers are masked' }),
  })
  .meta({ id: 'NewDoNotDisturb' })
export type NewDoNotDisturb = z.infer<typeof NewDoNotDisturb>
export const DoNotDisturb = z
  .object({
    id: DoNotDisturbId,
    from: Day,
    to: Day,
    words: z.string(),
    by: z.string().meta({ description: 'Who took it down' }),
    ended: z.string().nullable(),
  })
  .meta({ id: 'DoNotDisturb' })
export type DoNotDisturb = z.infer<typeof DoNotDisturb>

/** A version of the limits (打扰上限): contacts per target and month, asks and fields per grass-roots unit and week. */
export const NewContactLimit = z
  .strictObject({
    perMonth: z.int().min(1).max(100).meta({ description: 'Contact budget (接触预算) of a target in a month' }),
    nearDays: z.int().min(0).max(31).meta({ description: 'How near another contact has to be to offer joining it' }),
    windowDays: z.int().min(1).max(92).meta({ description: 'How many days before and after the planner is shown' }),
    asksPerWeek: z.int().min(1).max(100),
    fieldsPerWeek: z.int().min(1).max(5000),
    basis: text(200),
    validFrom: Day,
  })
  .meta({ id: 'NewContactLimit' })
export type NewContactLimit = z.infer<typeof NewContactLimit>
export const ContactLimit = z
  .object({
    ...NewContactLimit.shape,
    version: count.meta({ description: '0 is what holds before a district has set its own' }),
    by: z.string(),
  })
  .meta({ id: 'ContactLimit' })
export type ContactLimit = z.infer<typeof ContactLimit>

const MonthUse = z.object({
  month: z.string().meta({ description: 'YYYY-MM' }),
  used: count,
  budget: count,
})
/** The contact calendar (接触日历) of one target: everything by every unit, past and planned, oldest first. */
export const ContactCalendar = z
  .object({
    target: ContactTarget.extend({ closedOn: Day.nullable() }),
    from: Day,
    to: Day,
    today: Day,
    items: z.array(ContactEntry),
    quiets: z.array(DoNotDisturb),
    months: z.array(MonthUse),
    may: z.object({ plan: flag, quiet: flag }),
  })
  .meta({ id: 'ContactCalendar' })
export type ContactCalendar = z.infer<typeof ContactCalendar>

/** What a planner is told before anything is stored (先看再定). */
export const ContactPreview = z
  .object({
    target: ContactTarget,
    on: Day,
    limit: ContactLimit,
    month: MonthUse,
    overBudget: flag.meta({ description: 'One more would be above the budget of the month' }),
    needsReason: flag,
    around: z.array(ContactEntry).meta({ description: 'Contacts within the window, oldest first' }),
    near: z.array(ContactEntry).meta({ description: 'Planned ones close by that the unit may join, nearest first' }),
    quiet: DoNotDisturb.nullable(),
    refused: flag.meta({ description: 'Do-not-disturb holds on that day and the contact is not statutory' }),
  })
  .meta({ id: 'ContactPreview' })
export type ContactPreview = z.infer<typeof ContactPreview>

/** How much each target is contacted in a month, most first. */
export const ContactMonth = z
  .object({
    month: z.string(),
    items: z.array(
      z.object({ target: ContactTarget, used: count, budget: count, over: flag, quiet: flag, next: Day.nullable() }),
    ),
    cut: flag.meta({ description: 'There are more targets than are shown' }),
  })
  .meta({ id: 'ContactMonth' })
export type ContactMonth = z.infer<typeof ContactMonth>

/** Visits saved by joining (合并少跑): over the joined contacts of a period, their units less one each. */
export const ContactSavings = z
  .object({
    from: Day,
    to: Day,
    saved: count,
    done: count.meta({ description: 'Of them, those of contacts that have taken place' }),
    items: z.array(ContactEntry.extend({ saved: count })),
  })
  .meta({ id: 'ContactSavings' })
export type ContactSavings = z.infer<typeof ContactSavings>
