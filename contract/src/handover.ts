import { z } from 'zod'
import { CaseId, Day, Instant, LiaisonTargetId, PersonId, UnitId } from './brand.ts'
import { NamedPerson } from './case.ts'
import { text } from './shape.ts'
import { idsOf, LIAISON_ROLE, UnitKind } from './term.ts'

const code = text(60)
const toUnit = {
  unitId: UnitId.optional(),
  unitCode: code.optional().meta({ description: 'Instead of `unitId`: the code, also of one of `newUnits`' }),
}

/** Reorganisation (机构改革): which units end, who takes over what, and which people go elsewhere than the rest does. */
export const Reorganise = z
  .object({
    on: Day,
    basis: text(200),
    dryRun: z.boolean(),
    newUnits: z
      .array(
        z.object({
          code,
          name: text(60),
          kind: UnitKind,
          parentId: UnitId.optional(),
          divisionCode: text(12).optional(),
          phone: text(30).optional(),
        }),
      )
      .max(50)
      .default([]),
    moves: z
      .array(
        z.object({
          unitId: UnitId,
          successors: z
            .array(
              z.object({
                ...toUnit,
                topics: z.array(code).min(1).max(200).optional(),
                divisions: z.array(text(12)).min(1).max(200).optional(),
                rest: z.boolean().default(false),
              }),
            )
            .min(1)
            .max(30),
        }),
      )
      .min(1)
      .max(50),
    people: z
      .array(z.object({ personId: PersonId, ...toUnit }))
      .max(1000)
      .default([]),
  })
  .meta({ id: 'Reorganise' })
export type Reorganise = z.infer<typeof Reorganise>

const CodedUnit = z.object({ code: z.string(), name: z.string() })

/** What a reorganisation does, or would do: the same lists for the dry run and for the act. */
export const Reorganised = z
  .object({
    id: z.uuid().nullable(),
    dryRun: z.boolean(),
    on: Day,
    catalogueVersion: z.string().nullable(),
    units: z.array(
      z.object({
        unit: CodedUnit,
        successors: z.array(CodedUnit.extend({ rest: z.boolean() })),
        cases: z.array(
          z.object({
            id: CaseId,
            number: z.string(),
            title: z.string(),
            part: z.enum(['lead', 'holder', 'assisting']),
            from: CodedUnit,
            to: CodedUnit,
          }),
        ),
        catalogueRows: z.array(
          z.object({
            row: z.string(),
            from: z.string().nullable(),
            topic: z.string(),
            division: z.string().nullable(),
            lead: CodedUnit,
          }),
        ),
        posts: z.array(
          z.object({
            person: NamedPerson,
            title: z.string().nullable(),
            accounts: z.array(z.string()),
            to: CodedUnit,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Reorganised' })

/** Handover list (移交清单): the open cases one unit gave another; signed by the receiving unit's head. */
export const HandoverList = z
  .object({
    id: z.uuid(),
    on: Day,
    basis: z.string(),
    from: z.object({ id: UnitId, name: z.string() }),
    to: z.object({ id: UnitId, name: z.string() }),
    count: z.number().int(),
    cases: z.array(z.object({ id: CaseId, number: z.string(), title: z.string() })),
    signedBy: z.string().nullable(),
    signedAt: Instant.nullable(),
  })
  .meta({ id: 'HandoverList' })

/** Handover of a person (人员交接): what one person owes goes to another; what was done stays with who did it. */
export const HandOverPerson = z
  .object({
    fromPersonId: PersonId,
    toPersonId: PersonId,
    on: Day,
    reason: text(200),
    dryRun: z.boolean(),
    endPost: z.boolean().default(false),
    liaisons: z.boolean().default(true).meta({ description: 'Their liaisons go to the successor too' }),
  })
  .meta({ id: 'HandOverPerson' })
export type HandOverPerson = z.infer<typeof HandOverPerson>

const SheetCase = z.object({
  id: CaseId,
  number: z.string(),
  title: z.string(),
  unit: z.string(),
  stage: z.string(),
  dueAt: Instant.nullable(),
  promisedOn: Day.nullable(),
})
/** A liaison on the sheet: what is open, promised and owed there, and why it stays a gap where it cannot go over. */
const SheetLiaison = z.object({
  target: z.object({ id: LiaisonTargetId, name: z.string() }),
  role: z.enum(idsOf(LIAISON_ROLE)),
  since: Day,
  goesOver: z.boolean(),
  gap: z.string().nullable().meta({ description: 'Why it does not go over' }),
  problems: z.array(z.object({ number: z.string(), title: z.string(), promisedOn: Day.nullable() })),
  visitsDue: z.array(z.object({ rule: z.string(), short: z.number().int(), until: Day })),
})
/** Handover sheet (交接单). A promise (承诺) outlives the case it was given in, so closed cases stand among the promises too. */
export const HandoverSheet = z
  .object({
    dryRun: z.boolean(),
    from: NamedPerson,
    to: NamedPerson,
    open: z.array(SheetCase),
    promises: z.array(SheetCase),
    overdue: z.array(SheetCase),
    postsEnded: z.array(z.object({ unit: z.string(), title: z.string().nullable() })),
    liaisons: z.array(SheetLiaison),
  })
  .meta({ id: 'HandoverSheet' })

/** Ownership gap (责任空档): an open case whose handler no longer holds a post in the unit that owes it. */
export const OwnershipGap = z
  .object({
    case: z.object({ id: CaseId, number: z.string(), title: z.string() }),
    unit: z.object({ id: UnitId, name: z.string() }),
    handler: NamedPerson,
    since: Day.nullable(),
    days: z.number().int(),
    head: NamedPerson.nullable(),
  })
  .meta({ id: 'OwnershipGap' })
