import { z } from 'zod'
import { optionalText } from './shape.ts'
import { idsOf } from './term.ts'

/** Outcome quantity (办理成效): what was built or who was served, as a figure that adds up. */
export const OUTCOME_QUANTITY = {
  length: '长度（米）',
  width: '宽度（米）',
  area: '面积（平方米）',
  households: '受益户数（户）',
  residents: '受益人数（人）',
  pieces: '件数（处）',
  amount: '金额（分）',
} as const
/** Qualifier (约数): how exact a figure is. */
export const QUALIFIER = { exact: '', about: '约', over: '余', atLeast: '以上', under: '不足' } as const

export const OutcomeQuantity = z.object({
  kind: z.enum(idsOf(OUTCOME_QUANTITY)),
  what: optionalText(40),
  value: z
    .union([z.number(), z.string()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,15}(\.\d{1,4})?$/, 'quantity.invalid')),
  qualifier: z.enum(idsOf(QUALIFIER)).default('exact'),
})
export type OutcomeQuantity = z.infer<typeof OutcomeQuantity>
