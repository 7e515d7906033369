import { z } from 'zod'
import { Phone } from './appeal.ts'
import { CaseId, Day, EnterpriseId, Instant } from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { Month } from './indicator.ts'
import { Money } from './money.ts'
import { optionalText, pageOf, text } from './shape.ts'
import {
  ENTERPRISE_CASE,
  ENTERPRISE_FIGURE,
  ENTERPRISE_GROUP,
  ENTERPRISE_GROWTH,
  ENTERPRISE_SIZE,
  FIGURES_CLASS,
  IMPORT_ROW_STATE,
  idsOf,
  PARTY_ORGANISATION,
} from './term.ts'
import { Uscc } from './uscc.ts'

const count = z.number().int()
export const SizeOfEnterprise = z.enum(idsOf(ENTERPRISE_SIZE))
export const PartyOrganised = z.enum(idsOf(PARTY_ORGANISATION))
const FigureCode = z.enum(idsOf(ENTERPRISE_FIGURE))
export const GroupOfEnterprises = z.enum(idsOf(ENTERPRISE_GROUP))
export const GrowthMark = z.enum(idsOf(ENTERPRISE_GROWTH))
const Year = z.number().int().min(2000).max(2100)

/** A year of an enterprise (年度情况): its size and whether it is above the statistical scale (规上) that year. */
export const EnterpriseYear = z.strictObject({
  year: Year,
  size: SizeOfEnterprise.nullable().default(null),
  aboveScale: z.boolean(),
  staff: z.number().int().min(0).max(1_000_000).nullable().default(null),
  source: text(100),
})
export type EnterpriseYear = z.infer<typeof EnterpriseYear>
/** A title of an enterprise (资质), from a day to a day. */
export const EnterpriseTitle = z.strictObject({
  title: text(60),
  from: Day,
  to: Day.nullable().default(null),
  source: text(100),
})
export type EnterpriseTitle = z.infer<typeof EnterpriseTitle>
/** Whom to call there (联系人); read by an audited act alone. */
export const EnterpriseContact = z.strictObject({ name: optionalText(50), role: optionalText(30), phone: Phone })
export type EnterpriseContact = z.infer<typeof EnterpriseContact>
/** A contact that was read; `platform`: whoever acts for the enterprise on the platform, and is kept there. */
export const RevealedContact = EnterpriseContact.extend({ platform: z.literal(true).optional() })

const SHEET = {
  name: text(100),
  uscc: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    Uscc.optional(),
  ),
  usccConfirmed: z
    .strictObject({ note: text(200) })
    .optional()
    .meta({ description: 'The licence was seen: the code stands although its check digit does not fit' }),
  divisionCode: optionalText(12),
  industry: optionalText(60),
  chain: optionalText(40).meta({ description: '产业链' }),
  registeredOn: Day.optional(),
  address: optionalText(200),
  partyOrganisation: PartyOrganised.nullable()
    .default(null)
    .meta({ description: 'Null where nobody has recorded it, which is not the same as none' }),
  partyMembers: z.number().int().min(0).max(100_000).default(0),
  partyInstructor: optionalText(50).meta({ description: '党建指导员' }),
  figuresClass: z.enum(idsOf(FIGURES_CLASS)).default('bound'),
  years: z.array(EnterpriseYear).max(30).optional(),
  titles: z
    .array(EnterpriseTitle)
    .max(50)
    .optional()
    .meta({ description: 'Given and empty: it is on record that there are none' }),
  contacts: z.array(EnterpriseContact).max(10).optional(),
}
/** An enterprise (企业) as it is registered. */
export const NewEnterprise = z.strictObject(SHEET).meta({ id: 'NewEnterprise' })
export type NewEnterprise = z.infer<typeof NewEnterprise>
/** The sheet anew. `years`, `titles` and `contacts` stay as they are where they are left out; `basedOn` is the `updatedAt` that was read. */
export const EditEnterprise = z.strictObject({ ...SHEET, basedOn: Instant.nullable() }).meta({ id: 'EditEnterprise' })
export type EditEnterprise = z.infer<typeof EditEnterprise>

export const EnterpriseRow = z
  .object({
    id: EnterpriseId,
    name: z.string(),
    uscc: z.string().nullable(),
    divisionCode: z.string().nullable(),
    chain: z.string().nullable(),
    size: SizeOfEnterprise.nullable(),
    aboveScale: z.boolean(),
    partyOrganisation: PartyOrganised.nullable().meta({ description: 'Null is not recorded' }),
    partyInstructor: z.string().nullable(),
    main: NamedPerson.nullable().meta({ description: 'The main liaison today; null is a gap' }),
    closedOn: Day.nullable(),
  })
  .meta({ id: 'EnterpriseRow' })
export type EnterpriseRow = z.infer<typeof EnterpriseRow>
/** Figures over the register on the day (企业家底), each with its rows behind it. */
export const EnterpriseCounts = z.object({
  enterprises: count,
  covered: count.meta({ description: 'With a main liaison today' }),
  aboveScale: count,
  aboveScaleCovered: count,
  partyOrganised: count.meta({ description: 'Organisation coverage (组织覆盖): own or joint' }),
  partyWorked: count.meta({ description: 'Work coverage (工作覆盖): an organisation, or an instructor' }),
})
export type EnterpriseCounts = z.infer<typeof EnterpriseCounts>
export const EnterprisePage = pageOf(EnterpriseRow)
  .extend({ year: Year, counts: EnterpriseCounts, chains: z.array(z.string()) })
  .meta({ id: 'EnterprisePage' })

export const Enterprise = z
  .object({
    ...EnterpriseRow.shape,
    usccFlaw: z.boolean().meta({ description: 'The check digit does not fit' }),
    usccConfirmed: z.object({ by: z.string(), note: z.string() }).nullable(),
    division: z.string().nullable(),
    industry: z.string().nullable(),
    registeredOn: Day.nullable(),
    address: z.string().nullable(),
    partyMembers: count,
    figuresClass: z.enum(idsOf(FIGURES_CLASS)),
    years: z.array(EnterpriseYear),
    titles: z.array(EnterpriseTitle),
    titlesRecorded: z.boolean().meta({ description: 'Without it no titles means that nobody has recorded any' }),
    assisting: z.array(NamedPerson),
    contacts: count,
    visits: count,
    lastVisitOn: Day.nullable(),
    openCases: count,
    updatedAt: Instant.nullable(),
    updatedBy: z.string().nullable(),
    mayEdit: z.boolean(),
    mayCall: z.boolean(),
  })
  .meta({ id: 'Enterprise' })
export type Enterprise = z.infer<typeof Enterprise>

/** A case that concerns an enterprise (涉企事项). */
export const EnterpriseCase = z.object({
  id: CaseId,
  number: z.string(),
  title: z.string(),
  stageLabel: z.string(),
  closed: z.boolean(),
  leadUnit: Named.nullable(),
  way: z.enum(idsOf(ENTERPRISE_CASE)),
  at: Instant,
})
export type EnterpriseCase = z.infer<typeof EnterpriseCase>
export const EnterpriseCases = z
  .object({ items: z.array(EnterpriseCase), nextCursor: z.string().nullable() })
  .meta({ id: 'EnterpriseCases' })

/** Fen, below zero for a loss. */
const SignedMoney = z.int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER)
/** Monthly figures of an enterprise (企业指标), newest first; `readable` is false where their class keeps them from the caller. */
export const EnterpriseFigures = z
  .object({
    figuresClass: z.enum(idsOf(FIGURES_CLASS)),
    readable: z.boolean(),
    items: z.array(
      z.object({
        month: Month,
        code: FigureCode,
        fen: SignedMoney,
        unit: Named,
        source: z.string(),
        by: z.string(),
        at: Instant,
      }),
    ),
  })
  .meta({ id: 'EnterpriseFigures' })
export type EnterpriseFigures = z.infer<typeof EnterpriseFigures>

/** What an import read (试读), or stored: faults stop it, warnings have to be confirmed row by row. */
const FilePlace = z.object({ row: count, column: z.string(), code: z.string(), detail: z.string() })
export const EnterpriseImport = z
  .object({
    dryRun: z.boolean(),
    fileName: z.string(),
    rows: z.array(z.object({ row: count, name: z.string(), state: z.enum(idsOf(IMPORT_ROW_STATE)) })),
    counts: z.object({ new: count, changed: count, same: count }),
    faults: z.array(FilePlace),
    warnings: z.array(FilePlace).meta({ description: 'Rows to confirm' }),
    unusedColumns: z.array(z.string()),
  })
  .meta({ id: 'EnterpriseImport' })
export type EnterpriseImport = z.infer<typeof EnterpriseImport>
export const EnterpriseFigureImport = z
  .object({
    dryRun: z.boolean(),
    fileName: z.string(),
    counts: z.object({ new: count, changed: count, same: count }),
    units: z.array(z.object({ column: z.string(), unit: z.string() })),
    faults: z.array(FilePlace),
    warnings: z.array(FilePlace).meta({ description: 'Rows to confirm' }),
    unusedColumns: z.array(z.string()),
  })
  .meta({ id: 'EnterpriseFigureImport' })
export type EnterpriseFigureImport = z.infer<typeof EnterpriseFigureImport>

const Growth = z.object({
  base: count.meta({ description: 'Enterprises with the figure in the same months of both years' }),
  now: Money.nullable().meta({ description: 'Sum over the base; null where it would tell what one enterprise has' }),
  before: Money.nullable(),
})
/**
 * Growth (同比) of a group over months against the same months a year before. Only months are compared that are on record in both years; `partial`:
 * for some enterprise of the group a month of the span is missing in one of them. Each enterprise counts once in each mark.
 */
export const EnterpriseGrowth = z
  .object({
    from: Month,
    to: Month,
    group: GroupOfEnterprises,
    chain: z.string().nullable(),
    enterprises: count,
    output: Growth,
    profitBase: count,
    partial: z.boolean(),
    missing: count.meta({ description: 'Enterprises of the group for which months are missing' }),
    marks: z.object({ grew: count, grewByHalf: count, lossCut: count, turned: count, lossCutOrTurned: count }),
  })
  .meta({ id: 'EnterpriseGrowth' })
export type EnterpriseGrowth = z.infer<typeof EnterpriseGrowth>
/** The enterprises behind a figure of growth; values null where their class keeps them from the caller. */
export const EnterpriseGrowthRows = z
  .object({
    items: z.array(
      z.object({
        id: EnterpriseId,
        name: z.string(),
        readable: z.boolean(),
        months: count,
        output: z.object({ now: SignedMoney, before: SignedMoney }).nullable(),
        profit: z.object({ now: SignedMoney, before: SignedMoney }).nullable(),
      }),
    ),
  })
  .meta({ id: 'EnterpriseGrowthRows' })
export type EnterpriseGrowthRows = z.infer<typeof EnterpriseGrowthRows>
