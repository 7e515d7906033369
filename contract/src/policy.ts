import { z } from 'zod'
import { Day, DisbursementId, EnterpriseId, Instant, NeedId, PolicyId, UnitId } from './brand.ts'
import { Named } from './case.ts'
import { NamedTarget } from './duty.ts'
import { Money, PositiveMoney } from './money.ts'
import { text } from './shape.ts'
import {
  ELIGIBILITY,
  ENTERPRISE_FIGURE,
  ENTERPRISE_SIZE,
  ENTITLEMENT_STATE,
  FACT_YEAR,
  idsOf,
  NEED_KIND,
  NEED_STATE,
  PARTY_ORGANISATION,
  POLICY_MODE,
  POLICY_STATE,
} from './term.ts'

const count = z.number().int()
const flag = z.boolean()
const year = z.enum(idsOf(FACT_YEAR)).default('last')
const figure = z.enum(idsOf(ENTERPRISE_FIGURE))
const bounds = { min: z.int().min(0).max(10_000_000).optional(), max: z.int().min(0).max(10_000_000).optional() }
const isBounded = ({ min, max }: { readonly min?: number | undefined; readonly max?: number | undefined }) =>
  (min !== undefined || max !== undefined) && (min ?? 0) <= (max ?? Number.MAX_SAFE_INTEGER)
const BOUNDED = { error: 'policy.bounds', path: ['min'] }
/** Every condition names the words of the document that ask for it (依据条款). */
const cite = text(200)

const condition = [
  z.strictObject({ fact: z.literal('size'), in: z.array(z.enum(idsOf(ENTERPRISE_SIZE))).min(1), year, cite }),
  z.strictObject({ fact: z.literal('aboveScale'), is: flag, year, cite }),
  z.strictObject({ fact: z.literal('chain'), in: z.array(text(30)).min(1).max(20), cite }),
  z.strictObject({
    fact: z.literal('industry'),
    prefix: z
      .string()
      .regex(/^[A-Z]?\d{0,4}$/, 'policy.industry')
      .min(1),
    cite,
  }),
  z.strictObject({ fact: z.literal('division'), prefix: z.string().regex(/^\d{2,12}$/, 'policy.division'), cite }),
  z
    .strictObject({ fact: z.literal('age'), ...bounds, cite })
    .meta({ description: 'Whole months since registration' })
    .refine(isBounded, BOUNDED),
  z.strictObject({ fact: z.literal('staff'), ...bounds, year, cite }).refine(isBounded, BOUNDED),
  z.strictObject({ fact: z.literal('party'), in: z.array(z.enum(idsOf(PARTY_ORGANISATION))).min(1), cite }),
  z.strictObject({ fact: z.literal('title'), title: text(40), cite }),
  z
    .strictObject({
      fact: z.literal('figure'),
      code: figure,
      min: z.int().optional(),
      max: z.int().optional(),
      year,
      cite,
    })
    .refine(({ min, max }) => min !== undefined || max !== undefined, BOUNDED)
    .meta({ description: 'Fen over the months of the year; last year needs all twelve' }),
  z.strictObject({ fact: z.literal('growth'), code: figure, percent: z.int().min(-100).max(10_000), cite }).meta({
    description: 'Last year against the year before, at least so many percent; both need all twelve months',
  }),
  z.strictObject({ fact: z.literal('bound'), is: flag, cite }),
] as const
/** One condition on a fact of the register (条件). */
export const PolicyCondition = z.union(condition).meta({ id: 'PolicyCondition' })
export type PolicyCondition = z.infer<typeof PolicyCondition>
/** A rule of eligibility (符合规则): all of these, any of these, none, or one condition. */
export type PolicyRule =
  | PolicyCondition
  | { readonly all: readonly PolicyRule[] }
  | { readonly any: readonly PolicyRule[] }
  | { readonly not: PolicyRule }
const MOST_PARTS = 20
export const PolicyRule: z.ZodType<PolicyRule> = z
  .lazy(() =>
    z.union(
      [
        PolicyCondition,
        z.strictObject({ all: z.array(PolicyRule).min(1).max(MOST_PARTS) }),
        z.strictObject({ any: z.array(PolicyRule).min(1).max(MOST_PARTS) }),
        z.strictObject({ not: PolicyRule }),
      ],
      'policy.rule',
    ),
  )
  .meta({ id: 'PolicyRule' })

/** A policy (惠企政策), or its next version; published by somebody who did not write it. */
export const NewPolicy = z
  .strictObject({
    title: text(100),
    documentNo: text(80),
    issuer: text(80),
    sourceUrl: z.url().max(300).optional(),
    validFrom: Day,
    validTo: Day.nullish(),
    benefit: text(300).meta({ description: 'What is given (扶持内容)' }),
    fen: PositiveMoney.nullish().meta({ description: 'Where it is one amount for everybody' }),
    mode: z.enum(idsOf(POLICY_MODE)),
    unitId: UnitId,
    payWithin: z.int().min(1).max(250).meta({ description: 'Working days from eligible to paid' }),
    rule: PolicyRule,
  })
  .refine(({ validFrom, validTo }) => validTo == null || validFrom <= validTo, {
    error: 'term.reversed',
    path: ['validTo'],
  })
  .meta({ id: 'NewPolicy' })
export type NewPolicy = z.infer<typeof NewPolicy>

const Answer = z.enum(idsOf(ELIGIBILITY))
/** Why one condition holds or not (逐条说明): the value that was found, and which file is missing where none was. */
export const PolicyReason = z
  .object({
    answer: Answer,
    asked: z.string().meta({ description: 'The condition in words' }),
    found: z.string().nullable().meta({ description: 'The value on record; null is missing' }),
    missing: z
      .string()
      .nullable()
      .meta({ description: 'Which bureau’s data is missing; the enterprise is not asked for it' }),
    cite: z.string(),
  })
  .meta({ id: 'PolicyReason' })
export type PolicyReason = z.infer<typeof PolicyReason>

export const PolicyRow = z
  .object({
    id: PolicyId,
    title: z.string(),
    documentNo: z.string(),
    issuer: z.string(),
    benefit: z.string(),
    fen: Money.nullable(),
    mode: z.enum(idsOf(POLICY_MODE)),
    unit: Named,
    validFrom: Day,
    validTo: Day.nullable(),
    state: z.enum(idsOf(POLICY_STATE)),
    version: count,
    entitled: count.meta({ description: 'Found eligible and not lapsed or declined (应享)' }),
    paid: count.meta({ description: '已享' }),
    paidFen: Money,
    waiting: count.meta({ description: 'Eligible and not yet told' }),
  })
  .meta({ id: 'PolicyRow' })
export type PolicyRow = z.infer<typeof PolicyRow>

export const Entitlement = z
  .object({
    policyId: PolicyId,
    title: z.string(),
    enterprise: NamedTarget,
    version: count,
    state: z.enum(idsOf(ENTITLEMENT_STATE)),
    since: Day,
    why: z.array(PolicyReason),
    offeredOn: Day.nullable(),
    confirmedOn: Day.nullable(),
    declined: z.string().nullable(),
    paid: z
      .object({
        ...{ on: Day, fen: Money, voucher: z.string(), days: count },
        disbursementId: DisbursementId.nullable().meta({ description: 'The payment of the funds ledger that paid it' }),
      })
      .nullable(),
    may: z.object({ offer: flag, confirm: flag, decline: flag, pay: flag }),
  })
  .meta({ id: 'Entitlement' })
export type Entitlement = z.infer<typeof Entitlement>

export const PolicyDetail = PolicyRow.extend({
  sourceUrl: z.string().nullable(),
  payWithin: count,
  rule: PolicyRule,
  ruleWords: z.array(z.object({ depth: count, words: z.string(), cite: z.string().nullable() })),
  versions: z.array(
    z.object({
      version: count,
      by: z.string(),
      at: Instant,
      published: z.object({ by: z.string(), at: Instant }).nullable(),
      body: NewPolicy,
    }),
  ),
  match: z.object({ yes: count, no: count, unknown: count }).nullable().meta({
    description:
      'Over all open enterprises today, by the newest version; null where it would tell figures the caller may not read',
  }),
  entitlements: z.array(Entitlement),
  ended: z.object({ on: Day, reason: z.string() }).nullable(),
  days: z
    .object({ median: z.number().nullable(), longest: count.nullable(), n: count })
    .meta({ description: 'From eligible to paid, natural days' }),
  may: z.object({ write: flag, publish: flag, end: flag }),
}).meta({ id: 'PolicyDetail' })
export type PolicyDetail = z.infer<typeof PolicyDetail>

/** An enterprise of which nobody can say whether a policy is for it (缺数据企业), and whose data are missing. */
export const PolicyGap = z.object({ enterprise: NamedTarget, missing: z.array(z.string()) }).meta({ id: 'PolicyGap' })
export type PolicyGap = z.infer<typeof PolicyGap>

/** A policy held against one enterprise (政策匹配). */
export const PolicyMatch = z
  .object({
    policy: PolicyRow.pick({
      id: true,
      title: true,
      documentNo: true,
      benefit: true,
      fen: true,
      mode: true,
      unit: true,
    }),
    answer: Answer,
    why: z.array(PolicyReason),
    entitlement: Entitlement.nullable(),
  })
  .meta({ id: 'PolicyMatch' })
export type PolicyMatch = z.infer<typeof PolicyMatch>

/** What an enterprise needs (企业需求), asked once and kept. */
export const NewNeed = z
  .strictObject({ kind: z.enum(idsOf(NEED_KIND)), words: text(300), on: Day })
  .meta({ id: 'NewNeed' })
export type NewNeed = z.infer<typeof NewNeed>
export const Need = z
  .object({
    id: NeedId,
    kind: z.enum(idsOf(NEED_KIND)),
    words: z.string(),
    on: Day,
    state: z.enum(idsOf(NEED_STATE)),
    reply: z.string().nullable(),
    by: z.string(),
    answered: z.object({ on: Day, by: z.string() }).nullable(),
  })
  .meta({ id: 'Need' })
/** A need in the queue of all enterprises (需求清单). */
export const QueuedNeed = Need.extend({ enterprise: NamedTarget, mayAnswer: flag }).meta({ id: 'QueuedNeed' })
export type QueuedNeed = z.infer<typeof QueuedNeed>
export const EnterprisePolicies = z
  .object({ items: z.array(PolicyMatch), needs: z.array(Need), may: z.object({ need: flag }) })
  .meta({ id: 'EnterprisePolicies' })
export type EnterprisePolicies = z.infer<typeof EnterprisePolicies>

export const PayEntitlement = z.strictObject({ on: Day, fen: PositiveMoney, voucher: text(80) })
export const ConfirmEntitlement = z.strictObject({
  accountTail: z
    .string()
    .regex(/^\d{4}$/, 'policy.account_tail')
    .meta({ description: 'The last four digits of the account' }),
})
export const DeclineEntitlement = z.strictObject({ reason: text(300) })
export const AnswerNeed = z.strictObject({ state: z.enum(idsOf(NEED_STATE)).exclude(['asked']), reply: text(300) })
export const entitlementOf = z.object({ id: PolicyId, enterprise: EnterpriseId })
export const EndPolicy = z.strictObject({ on: Day, reason: text(300) })
export const PolicyPreview = z
  .object({ yes: count, no: count, unknown: count, sample: z.array(NamedTarget) })
  .meta({ id: 'PolicyPreview' })
