import { z } from 'zod'
import { Day, LiaisonTargetId, QuotaId } from './brand.ts'
import { Named, NamedPerson } from './case.ts'
import { TargetKind } from './duty.ts'
import { text } from './shape.ts'
import { FOUR_ONES_OWNER, idsOf, PIPELINE } from './term.ts'

const count = z.number().int()

/** What one officer was to the targets (四员) and what their visits brought (四项), each figure a number of visits. */
export const VisitRoleRow = z
  .object({
    person: NamedPerson,
    visits: count,
    service: count,
    contact: count,
    information: count,
    coordination: count,
    policies: count,
    facts: count,
    problems: count,
    wishes: count,
  })
  .meta({ id: 'VisitRoleRow' })
export type VisitRoleRow = z.infer<typeof VisitRoleRow>

const LinkedTarget = z.object({ id: LiaisonTargetId, name: z.string(), kind: TargetKind })
const quotas = z.object({ planned: count, negotiated: count, served: count, linked: count })
const some = z.number().int().min(0).max(20)

/** A version of the quotas of the four ones (四个一定额): who owes, and how many of each. */
export const NewFourOnesQuota = z
  .strictObject({
    owner: z.enum(idsOf(FOUR_ONES_OWNER)).default('person'),
    planned: some.default(1),
    negotiated: some.default(1),
    served: some.default(1),
    linked: some.default(1),
    basis: text(200),
    validFrom: Day,
  })
  .meta({ id: 'NewFourOnesQuota' })
export type NewFourOnesQuota = z.infer<typeof NewFourOnesQuota>
export const FourOnesQuota = z
  .object({
    id: QuotaId,
    version: count,
    owner: z.enum(idsOf(FOUR_ONES_OWNER)),
    ...quotas.shape,
    basis: z.string(),
    validFrom: Day,
    by: z.string(),
  })
  .meta({ id: 'FourOnesQuota' })
export type FourOnesQuota = z.infer<typeof FourOnesQuota>

const Ones = z.object({ quota: count, targets: z.array(LinkedTarget), short: count })
/** Four ones (四个一) on a day: what each owner has of what they owe; computed from who is bound to what. */
export const FourOnesSheet = z
  .object({
    on: Day,
    quota: FourOnesQuota.nullable().meta({ description: 'The version in force that day' }),
    versions: z.array(FourOnesQuota),
    rows: z.array(
      z.object({
        person: NamedPerson.nullable(),
        unit: Named.nullable(),
        planned: Ones,
        negotiated: Ones,
        served: Ones,
        linked: Ones,
        short: count,
      }),
    ),
    gaps: count.meta({ description: 'Owners who are short of something' }),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'FourOnesSheet' })
export type FourOnesSheet = z.infer<typeof FourOnesSheet>

/** A target without a main liaison (无人主包保), and since when. */
export const LiaisonGap = z
  .object({ target: LinkedTarget, since: Day, days: count, last: NamedPerson.nullable() })
  .meta({ id: 'LiaisonGap' })
export type LiaisonGap = z.infer<typeof LiaisonGap>

/** Which stage of the pipeline (项目阶段) a project is at; null takes the mark off. */
export const SetPipeline = z.strictObject({ pipeline: z.enum(idsOf(PIPELINE)).nullable() }).meta({ id: 'SetPipeline' })
