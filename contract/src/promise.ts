import { z } from 'zod'
import { CaseId, Day, EnterpriseId, Instant, PersonId, PromiseId, PromisePaymentId, UnitId } from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { NamedTarget } from './duty.ts'
import { Money, PositiveMoney } from './money.ts'
import { optionalText, pageOf, text } from './shape.ts'
import {
  BACKLOG_AGE,
  INSTALMENT_STATE,
  idsOf,
  PROMISE_CAUSE,
  PROMISE_KIND,
  PROMISE_PLAN_STATE,
  PROMISE_STATE,
} from './term.ts'

const count = z.number().int()
const flag = z.boolean()
export const KindOfPromise = z.enum(idsOf(PROMISE_KIND))
export const CauseOfPromise = z.enum(idsOf(PROMISE_CAUSE))
export const StateOfPromise = z.enum(idsOf(PROMISE_STATE))
export const AgeOfBacklog = z.enum(idsOf(BACKLOG_AGE))
/** A contract may say otherwise than thirty days, and never more than this. */
const MOST_CONTRACT_DAYS = 60

const promiseFields = {
  kind: KindOfPromise,
  words: text(500).meta({ description: 'What was promised (承诺内容)' }),
  source: z
    .strictObject({ no: text(80), on: Day, by: text(80) })
    .meta({ description: 'Document or contract (依据文件)' }),
  fen: PositiveMoney.nullish().meta({ description: 'Null where the promise is no money' }),
  disputed: z
    .strictObject({ fen: Money, reason: text(300) })
    .nullish()
    .meta({ description: 'The part in dispute (争议部分); the rest is to be paid' }),
  unitId: UnitId.meta({ description: 'Who answers for it (责任单位); the debtor is the government' }),
  personId: PersonId.nullish(),
  checkUnitId: UnitId.nullish(),
  cause: CauseOfPromise,
  basis: text(300).meta({ description: 'Legal basis (法律依据)' }),
  deliveredOn: Day.nullish().meta({ description: 'Day of delivery (交付日), from which the law counts' }),
  contractDays: z
    .int()
    .min(1)
    .max(MOST_CONTRACT_DAYS, 'promise.over_cap')
    .nullish()
    .meta({ description: 'Natural days that the contract gives, at most 60; 30 where it says nothing' }),
  measures: text(500),
  deadline: Day.meta({ description: 'By when it is to be kept after all (解决期限)' }),
  criminal: optionalText(120).meta({ description: 'The competent organ’s word on a criminal matter, nothing more' }),
}
interface PromiseMoney {
  readonly fen?: number | null | undefined
  readonly disputed?: { readonly fen: number } | null | undefined
}
const disputesWithin = ({ fen, disputed }: PromiseMoney) => (disputed?.fen ?? 0) <= (fen ?? 0)
const DISPUTED_ABOVE = { error: 'promise.disputed_above', path: ['disputed'] }

/** A promise to an enterprise that the government has broken (失信违诺). */
export const NewPromise = z
  .strictObject({ enterpriseId: EnterpriseId, ...promiseFields })
  .refine(disputesWithin, DISPUTED_ABOVE)
  .meta({ id: 'NewPromise' })
export type NewPromise = z.infer<typeof NewPromise>
/** A correction (更正) replaces what was written; the change and its reason stay in the history. */
export const CorrectPromise = z
  .strictObject({ ...promiseFields, version: z.int().positive(), reason: text(300) })
  .refine(disputesWithin, DISPUTED_ABOVE)
  .meta({ id: 'CorrectPromise' })
export type CorrectPromise = z.infer<typeof CorrectPromise>

/** A plan of instalments (分期计划) for what is still to be paid. */
export const NewPromisePlan = z
  .strictObject({
    instalments: z
      .array(z.strictObject({ due: Day, fen: PositiveMoney }))
      .min(1)
      .max(60),
    reason: text(300),
  })
  .meta({ id: 'NewPromisePlan' })
export type NewPromisePlan = z.infer<typeof NewPromisePlan>
export const NewPromisePayment = z
  .strictObject({ on: Day, fen: PositiveMoney, voucher: text(80), note: optionalText(200) })
  .meta({ id: 'NewPromisePayment' })
export type NewPromisePayment = z.infer<typeof NewPromisePayment>
/** The enterprise's word (企业确认), noted by somebody who does not owe. Closed only when it says so. */
export const ConfirmPromise = z
  .strictObject({ kept: z.boolean(), by: text(60), on: Day, words: text(300) })
  .meta({ id: 'ConfirmPromise' })
export type ConfirmPromise = z.infer<typeof ConfirmPromise>

const Instalment = z.object({
  no: count,
  due: Day,
  fen: Money,
  paidFen: Money.meta({ description: 'Payments fill instalments in the order of their days' }),
  state: z.enum(idsOf(INSTALMENT_STATE)),
})
export type Instalment = z.infer<typeof Instalment>

const balance = {
  fen: Money.nullable(),
  paidFen: Money,
  restFen: Money.meta({ description: 'Still to be paid, with what is in dispute' }),
  disputedFen: Money,
  overdueFen: Money.meta({ description: 'Of an instalment or deadline that is over' }),
  breaches: count.meta({ description: 'Second breaches (二次失信): instalments not paid when their day was over' }),
}
export const PromiseRow = z
  .object({
    id: PromiseId,
    enterprise: NamedTarget,
    kind: KindOfPromise,
    words: z.string(),
    cause: CauseOfPromise,
    noExcuse: flag.meta({ description: 'The law does not accept this cause' }),
    unit: Named.meta({ description: 'The unit that promised' }),
    now: Named.nullable().meta({ description: 'Who answers today, where that unit was taken over' }),
    person: NamedPerson.nullable(),
    deadline: Day,
    nextDue: Day.nullable().meta({ description: 'Of the next instalment that is not paid, or the deadline' }),
    overdue: flag,
    notReceived: flag.meta({ description: 'Reported as kept, and the enterprise has said it has not received it' }),
    state: StateOfPromise,
    ...balance,
  })
  .meta({ id: 'PromiseRow' })
export type PromiseRow = z.infer<typeof PromiseRow>
/** What the rows of a list amount to (合计). */
export const PromiseTotals = z
  .object({
    promises: count,
    open: count,
    overdue: count,
    breached: count,
    enterprises: count,
    fen: Money,
    paidFen: Money,
    restFen: Money,
    overdueFen: Money,
  })
  .meta({ id: 'PromiseTotals' })
export type PromiseTotals = z.infer<typeof PromiseTotals>
/** A page of the list, and what the whole list amounts to. */
export const PromiseList = z
  .object({ items: z.array(PromiseRow), nextCursor: z.string().nullable(), totals: PromiseTotals })
  .meta({ id: 'PromiseList' })

/** How the law counts (法定付款期限): thirty natural days from delivery, or what the contract says up to sixty. */
export const StatutoryTerm = z
  .object({
    deliveredOn: Day,
    days: count,
    due: Day,
    latest: Day.meta({ description: 'What no contract may exceed' }),
    source: z.string(),
    said: z.string().meta({ description: 'Why it is this day, in words' }),
  })
  .meta({ id: 'StatutoryTerm' })
export type StatutoryTerm = z.infer<typeof StatutoryTerm>

const Word = z.object({ on: Day, by: z.string(), words: z.string() })
export const PromiseDetail = PromiseRow.extend({
  source: z.object({ no: z.string(), on: Day, by: z.string() }),
  disputedReason: z.string().nullable(),
  checkUnit: Named.nullable(),
  basis: z.string(),
  measures: z.string(),
  criminal: z.string().nullable(),
  deliveredOn: Day.nullable(),
  contractDays: count.nullable(),
  statutory: StatutoryTerm.nullable(),
  version: count,
  instalments: z.array(Instalment).meta({ description: 'Of the plan in force' }),
  plans: z.array(
    z.object({
      version: count,
      state: z.enum(idsOf(PROMISE_PLAN_STATE)),
      reason: z.string(),
      instalments: z.array(Instalment.pick({ no: true, due: true, fen: true })),
      by: z.string(),
      at: Instant,
      decided: z.object({ by: z.string(), at: Instant, note: z.string().nullable() }).nullable(),
      mayDecide: flag,
    }),
  ),
  payments: z.array(
    z.object({
      id: PromisePaymentId,
      on: Day,
      fen: Money,
      voucher: z.string(),
      note: z.string().nullable(),
      by: z.string(),
      voided: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
      mayVoid: flag.meta({ description: 'By somebody else than who registered it' }),
    }),
  ),
  kept: z.object({ on: Day, evidence: z.string() }).nullable(),
  confirmed: Word.nullable().meta({ description: 'The enterprise has received it (收到)' }),
  refused: Word.nullable().meta({ description: 'What it said last where it had not (未收到)' }),
  from: z
    .object({ number: z.string(), title: z.string() })
    .nullable()
    .meta({ description: 'The problem of a list that it was recorded as before it stood here' }),
  events: z.array(z.object({ at: Instant, by: z.string(), act: z.string(), note: z.string() })),
  may: z.object({ correct: flag, plan: flag, pay: flag, keep: flag, confirm: flag }),
}).meta({ id: 'PromiseDetail' })
export type PromiseDetail = z.infer<typeof PromiseDetail>

/** Broken promises by unit, enterprise, cause or kind; each line drills to its promises. */
export const PromiseSummary = z
  .object({ items: z.array(z.object({ key: z.string(), label: z.string(), ...PromiseTotals.shape })) })
  .meta({ id: 'PromiseSummary' })

/** Open matters of enterprises by age and unit (涉企积压). */
export const Backlog = z
  .object({
    ages: z.array(z.object({ age: AgeOfBacklog, count })),
    units: z.array(z.object({ unit: Named, total: count, ages: z.record(AgeOfBacklog, count) })),
    total: count,
  })
  .meta({ id: 'Backlog' })
export type Backlog = z.infer<typeof Backlog>
export const BacklogRow = z
  .object({
    id: CaseId,
    number: z.string(),
    title: z.string(),
    enterprise: NamedTarget,
    unit: z.string().nullable(),
    stageLabel: z.string(),
    receivedOn: Day,
    days: count,
    age: AgeOfBacklog,
  })
  .meta({ id: 'BacklogRow' })
/** A page of them, the oldest first, and how many there are. */
export const BacklogRows = pageOf(BacklogRow).meta({ id: 'BacklogRows' })
