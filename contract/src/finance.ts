import { z } from 'zod'
import {
  Day,
  DisbursementId,
  EnterpriseId,
  FinancingId,
  Instant,
  MeetingId,
  PolicyId,
  QualityRequestId,
  UnitId,
  WhitelistId,
} from './brand.ts'
import { Named } from './case.ts'
import { Month } from './indicator.ts'
import { MONEY_UNIT, Money, PositiveMoney } from './money.ts'
import { optionalText, text } from './shape.ts'
import {
  DISBURSEMENT_BY,
  FINANCING_BY,
  FINANCING_STATE,
  idsOf,
  Light,
  QUALITY_SERVICE,
  QUALITY_STATE,
  SCREENING_STATE,
} from './term.ts'

const count = z.number().int()
const year = z.coerce.number().int().min(2000).max(2100)
const StateOfFinancing = z.enum(idsOf(FINANCING_STATE))

/** A disbursement (资金拨付): money that went to one enterprise, under a programme, on a voucher. */
export const NewDisbursement = z
  .strictObject({
    enterpriseId: EnterpriseId,
    fen: PositiveMoney,
    on: Day,
    programme: text(100),
    policyId: PolicyId.optional().meta({ description: 'Whose entitlement it pays (兑现哪项政策)' }),
    unitId: UnitId,
    voucher: text(40),
    note: optionalText(200),
  })
  .meta({ id: 'NewDisbursement' })
export type NewDisbursement = z.infer<typeof NewDisbursement>
/** One that was entered wrongly is voided (作废) with the reason and stays readable; it counts nowhere. */
export const VoidDisbursement = z.strictObject({ reason: text(200) }).meta({ id: 'VoidDisbursement' })
export const Disbursement = z
  .object({
    id: DisbursementId,
    enterprise: Named,
    fen: PositiveMoney,
    on: Day,
    programme: z.string(),
    policyId: PolicyId.nullable(),
    unit: Named,
    voucher: z.string(),
    note: z.string().nullable(),
    by: z.string(),
    at: Instant,
    voided: z.object({ reason: z.string(), by: z.string(), at: Instant }).nullable(),
    mayVoid: z.boolean(),
  })
  .meta({ id: 'Disbursement' })
export const DisbursementFilter = z.object({
  year: year.optional(),
  month: Month.optional(),
  programme: z.string().trim().max(100).optional(),
  policy: z.uuid().or(z.literal('none')).optional(),
  unit: UnitId.optional(),
  enterprise: EnterpriseId.optional(),
})
/** Rows and what they come to: `fen`, `rows` and `enterprises` are of all rows, also those that are not listed; a voided one is listed, not counted. */
export const Disbursements = z
  .object({ items: z.array(Disbursement), fen: Money, rows: count, enterprises: count, mayKeep: z.boolean() })
  .meta({ id: 'Disbursements' })
/** What was paid, by year, month, policy, programme, unit or enterprise; each line drills to its rows under the same key. */
export const DisbursementTotals = z
  .object({
    by: z.enum(idsOf(DISBURSEMENT_BY)),
    items: z.array(z.object({ key: z.string(), label: z.string(), fen: Money, rows: count, enterprises: count })),
  })
  .meta({ id: 'DisbursementTotals' })

/** What a file of disbursements says (拨付表试读): read on trial first, stored as a whole or not at all. */
export const DisbursementImport = z
  .object({
    fileName: z.string(),
    dryRun: z.boolean(),
    moneyUnit: z.enum(idsOf(MONEY_UNIT)),
    read: count,
    enterprises: count,
    fen: Money,
    added: count,
    faults: z.array(z.object({ row: count, column: z.string(), detail: z.string() })),
  })
  .meta({ id: 'DisbursementImport' })
export type DisbursementImport = z.infer<typeof DisbursementImport>

/** A financing product (融资产品), named by whoever keeps the dictionary: 园区贷, 担保贷款. */
export const FinancingProduct = z
  .strictObject({ code: z.string().regex(/^[a-z][A-Za-z0-9-]{0,29}$/, 'finance.product_code'), label: text(40) })
  .meta({ id: 'FinancingProduct' })
export type FinancingProduct = z.infer<typeof FinancingProduct>

/** When money is expected (预计到位): days from and to, beside the words in which it was promised. */
const Expected = z
  .strictObject({ from: Day, to: Day, words: optionalText(40) })
  .refine(({ from, to }) => from <= to, { error: 'finance.expected_reversed', path: ['to'] })

/** A financing (融资) begins as an intent (意向): who wants how much from whom. */
export const NewFinancing = z
  .strictObject({
    enterpriseId: EnterpriseId,
    partner: text(60),
    product: z.string().max(30),
    intendedFen: PositiveMoney,
    on: Day,
    meetingId: MeetingId.optional().meta({ description: 'The bank–enterprise meeting it came from' }),
    expected: Expected.optional(),
    note: optionalText(200),
  })
  .meta({ id: 'NewFinancing' })
export type NewFinancing = z.infer<typeof NewFinancing>
/** The next state of a financing: approval and lending name an amount, failing a reason. */
export const MoveFinancing = z
  .strictObject({
    to: z.enum(['approval', 'lent', 'repaid', 'failed']),
    on: Day,
    fen: PositiveMoney.optional().meta({ description: 'What was approved or lent' }),
    expected: Expected.optional(),
    note: optionalText(200),
  })
  .meta({ id: 'MoveFinancing' })
export type MoveFinancing = z.infer<typeof MoveFinancing>
export const Financing = z
  .object({
    id: FinancingId,
    enterprise: Named,
    partner: z.string(),
    product: z.object({ code: z.string(), label: z.string() }),
    state: StateOfFinancing,
    intendedFen: PositiveMoney,
    approvedFen: PositiveMoney.nullable(),
    lentFen: PositiveMoney.nullable(),
    expected: z.object({ from: Day, to: Day, words: z.string().nullable() }).nullable(),
    late: z.boolean().meta({ description: 'Expected by now and not lent' }),
    meeting: z.object({ id: MeetingId, title: z.string(), on: Day }).nullable(),
    events: z.array(
      z.object({
        state: StateOfFinancing,
        on: Day,
        fen: PositiveMoney.nullable(),
        note: z.string().nullable(),
        by: z.string(),
      }),
    ),
    next: z
      .array(z.enum(['approval', 'lent', 'repaid', 'failed']))
      .meta({ description: 'Only what the caller may do now' }),
  })
  .meta({ id: 'Financing' })
export type Financing = z.infer<typeof Financing>
export const FinancingFilter = z.object({
  state: StateOfFinancing.optional(),
  product: z.string().max(30).optional(),
  meeting: MeetingId.optional(),
  enterprise: EnterpriseId.optional(),
})
export const Financings = z
  .object({ items: z.array(Financing), total: count, mayKeep: z.boolean() })
  .meta({ id: 'Financings' })
/** How many, of how many distinct enterprises, and how much was intended, approved and lent; by state, product or meeting. */
export const FinancingFigures = z
  .object({
    by: z.enum(idsOf(FINANCING_BY)),
    items: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        rows: count,
        enterprises: count,
        intendedFen: Money,
        approvedFen: Money,
        lentFen: Money,
      }),
    ),
  })
  .meta({ id: 'FinancingFigures' })

/** A whitelist (白名单): what a product asks for, and the enterprises that are screened against it. */
export const NewWhitelist = z
  .strictObject({
    product: z.string().max(30),
    title: text(60),
    criteria: text(500),
    conditions: z.array(text(100)).max(20).default([]),
    validTo: Day,
  })
  .meta({ id: 'NewWhitelist' })
export type NewWhitelist = z.infer<typeof NewWhitelist>
export const AddCandidates = z
  .strictObject({ enterpriseIds: z.array(EnterpriseId).min(1).max(500) })
  .meta({ id: 'AddCandidates' })
/** The screening of a candidate (筛选): passed or not, and why. */
export const ScreenCandidate = z
  .strictObject({ enterpriseId: EnterpriseId, state: z.enum(['passed', 'refused']), reason: text(200) })
  .meta({ id: 'ScreenCandidate' })
export type ScreenCandidate = z.infer<typeof ScreenCandidate>
export const Whitelist = z
  .object({
    id: WhitelistId,
    product: z.object({ code: z.string(), label: z.string() }),
    title: z.string(),
    criteria: z.string(),
    conditions: z.array(z.string()),
    validTo: Day,
    inForce: z.boolean(),
    candidates: z.array(
      z.object({
        enterprise: Named,
        state: z.enum(idsOf(SCREENING_STATE)),
        reason: z.string().nullable(),
        by: z.string().nullable(),
      }),
    ),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'Whitelist' })

/** A provider of quality services (质量服务机构) and what it does. */
export const NewQualityProvider = z
  .strictObject({
    name: text(60),
    services: z
      .array(z.enum(idsOf(QUALITY_SERVICE)))
      .min(1)
      .max(4),
  })
  .meta({ id: 'NewQualityProvider' })
export type NewQualityProvider = z.infer<typeof NewQualityProvider>
export const QualityProvider = NewQualityProvider.extend({ id: z.uuid() }).meta({ id: 'QualityProvider' })

/** A request to the quality one-stop (质量基础设施“一站式”服务): the unit that owes it and the day on which it is due. */
export const NewQualityRequest = z
  .strictObject({
    enterpriseId: EnterpriseId,
    services: z
      .array(z.enum(idsOf(QUALITY_SERVICE)))
      .min(1)
      .max(4),
    need: text(500),
    unitId: UnitId,
    on: Day,
    dueOn: Day,
  })
  .refine(({ on, dueOn }) => on <= dueOn, { error: 'finance.due_reversed', path: ['dueOn'] })
  .meta({ id: 'NewQualityRequest' })
export type NewQualityRequest = z.infer<typeof NewQualityRequest>
/** The next step: a quote names the provider and the fee; done says what came of it; a withdrawal says why. */
export const MoveQualityRequest = z
  .strictObject({
    to: z.enum(['quoted', 'done', 'withdrawn']),
    on: Day,
    providerId: z.uuid().optional(),
    feeFen: Money.optional(),
    note: optionalText(200),
  })
  .meta({ id: 'MoveQualityRequest' })
export type MoveQualityRequest = z.infer<typeof MoveQualityRequest>
export const QualityRequest = z
  .object({
    id: QualityRequestId,
    enterprise: Named,
    services: z.array(z.enum(idsOf(QUALITY_SERVICE))),
    need: z.string(),
    unit: Named,
    state: z.enum(idsOf(QUALITY_STATE)),
    on: Day,
    dueOn: Day,
    light: Light,
    provider: Named.nullable(),
    feeFen: Money.nullable(),
    quotedOn: Day.nullable(),
    endedOn: Day.nullable(),
    note: z.string().nullable(),
    mayMove: z.boolean(),
  })
  .meta({ id: 'QualityRequest' })
export const QualityRequests = z
  .object({
    items: z.array(QualityRequest),
    total: count,
    done: count,
    served: count.meta({ description: 'Distinct enterprises with a request done' }),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'QualityRequests' })

/** What an enterprise was paid (企业获得的资金), year by year, with its rows. */
export const EnterpriseMoney = z
  .object({
    fen: Money,
    years: z.array(z.object({ year: z.number().int(), fen: Money, rows: count })),
    items: z.array(Disbursement),
  })
  .meta({ id: 'EnterpriseMoney' })
/** An enterprise's financings, whitelists and quality requests (企业融资和质量服务). */
export const EnterpriseFinancing = z
  .object({
    items: z.array(Financing),
    lentFen: Money,
    whitelists: z.array(
      z.object({ id: WhitelistId, title: z.string(), state: z.enum(idsOf(SCREENING_STATE)), validTo: Day }),
    ),
    quality: z.array(QualityRequest),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'EnterpriseFinancing' })
