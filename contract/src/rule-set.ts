import { z } from 'zod'
import { Day } from './brand.ts'
import { text } from './shape.ts'
import { ClockKind, LimitUnit, NoticeKind, SuspensionReason } from './term.ts'

const Limit = z.object({ amount: z.number().positive().max(2000), unit: LimitUnit })
const Level = z.enum(['head', 'dispatcher', 'supervisor', 'leader'])
const count = (most: number) => z.number().int().min(0).max(most)

/** What a rule set says; a part left out is as in the default profile. */
const RuleParts = z
  .object({
    limits: z.partialRecord(ClockKind, z.record(z.string(), Limit)),
    callBackTries: count(20),
    callBackGapHours: count(100),
    citizenReopens: count(20),
    margins: z.object({ assist: count(30), superior: count(30) }),
    refusal: z.object({ within: Limit, level: Level, arbitration: Level }),
    suspension: z.object({
      level: Level,
      reasons: z.partialRecord(SuspensionReason, z.object({ mostDays: count(400), basis: text(200) })),
    }),
    extension: z.object({ levels: z.array(Level).max(5), most: z.number().positive().max(400) }),
    longTerm: z.object({ level: Level, mostDays: count(90) }),
    ending: z.object({ level: Level }),
    /** Who signs an answer that says “cannot”: one level above the unit's head. */
    cannot: z.object({ level: Level.exclude(['head']) }),
    /** What an answer must address, by category, class or `any`. */
    checklist: z.record(z.string().max(60), z.array(text(30)).max(20)),
    leadChange: z.object({ level: Level }),
    ladder: z
      .array(z.object({ after: count(400), kind: NoticeKind, to: z.enum(['head', 'superior', 'leader']) }))
      .min(1),
    ladderRepeats: z.number().int().min(1).max(100),
    openCommentDays: count(100),
    /** Percentage points behind the line at which the light of a target or task turns (进度灯阈值). */
    progress: z
      .object({ redPoints: z.number().int().min(1).max(100), yellowPoints: z.number().int().min(1).max(100) })
      .refine(({ redPoints, yellowPoints }) => yellowPoints <= redPoints, {
        error: 'rules.progress_order',
        path: ['yellowPoints'],
      }),
    recurrence: z.object({ months: z.number().int().min(1).max(120) }),
  })
  .partial()
  .strict()

/** A new version of the rules (办理规则): dated and sourced; running cases keep the version they started with. */
export const NewRuleSet = z
  .object({ version: text(40), validFrom: Day, source: text(300), rules: RuleParts })
  .meta({ id: 'NewRuleSet' })
export const RuleSetView = z
  .object({
    version: z.string(),
    validFrom: Day,
    source: z.string(),
    rules: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RuleSet' })
