import { z } from 'zod'
import { CaseId, Day, Instant } from './brand.ts'
import { listOf } from './shape.ts'
import { INDICATOR_AXIS, type IndicatorAxis, idsOf, OUTCOME_QUANTITY, QUALIFIER, QUANTITY_UNIT } from './term.ts'

interface IndicatorText {
  readonly label: string
  readonly formula: string
  readonly axis: IndicatorAxis
  readonly unit: '件' | '%' | '天' | '工作日'
}

/**
 * Indicator dictionary (指标目录). What is counted is the round (轮次): one piece of work, from the report or the reopening until it is closed or
 * reopened again; it belongs to its lead unit. Every figure is the number of rows that its drill-down lists.
 */
export const INDICATOR = {
  received: {
    label: '受理量',
    formula: '本期新增的轮次：首次登记的事项，加上重办的轮次',
    axis: 'received',
    unit: '件',
  },
  carriedIn: { label: '期初在办', formula: '期初零时已登记、尚未结束的轮次', axis: 'stock', unit: '件' },
  closed: {
    label: '办结量',
    formula: '本期结束的轮次：办结、不予受理、撤回，或不满意转入下一轮',
    axis: 'closed',
    unit: '件',
  },
  stock: {
    label: '期末在办',
    formula: '期末尚未结束的轮次 = 期初在办 + 受理量 − 办结量',
    axis: 'stock',
    unit: '件',
  },
  overdueOpen: {
    label: '超期未办结数',
    formula: '期末在办中，办理时限已过而尚未答复的轮次',
    axis: 'stock',
    unit: '件',
  },
  onTimeRate: {
    label: '按时办结率',
    formula: '办理时限在本期到期的轮次：按时答复的 ÷（按时答复的 + 逾期答复的 + 逾期未答复的）',
    axis: 'due',
    unit: '%',
  },
  onOriginalTimeRate: {
    label: '原时限按时办结率',
    formula: '同按时办结率，但按延期以前的原时限判断',
    axis: 'due',
    unit: '%',
  },
  callBackRate: {
    label: '回访率',
    formula: '本期结束的轮次中，已回访（含联系不上）或已由诉求人评价的 ÷ 本期结束的轮次',
    axis: 'closed',
    unit: '%',
  },
  satisfiedRate: {
    label: '满意率',
    formula: '本期表示满意的轮次 ÷ 本期就满意与否作过表示的轮次；同一轮次以本期最后一次为准，以后各期不改前期',
    axis: 'callBack',
    unit: '%',
  },
  solvedRate: {
    label: '解决率',
    formula: '本期表示已解决的轮次 ÷ 本期就解决与否作过表示的轮次；同一轮次以本期最后一次为准',
    axis: 'callBack',
    unit: '%',
  },
  reopenRate: {
    label: '重办率',
    formula: '本期新增的第二轮及以后的轮次 ÷ 本期新增的全部轮次',
    axis: 'received',
    unit: '%',
  },
  averageDays: {
    label: '平均办理时长',
    formula: '本期办结的轮次，从首次登记之日起到办结之日的自然日数之和 ÷ 轮次数',
    axis: 'closed',
    unit: '天',
  },
  medianDays: { label: '办理时长中位数', formula: '同平均办理时长，取中位数', axis: 'closed', unit: '天' },
  p90Days: {
    label: '办理时长九成位',
    formula: '同平均办理时长，九成轮次不超过的天数',
    axis: 'closed',
    unit: '天',
  },
  medianWorkingDays: {
    label: '办理工作日中位数',
    formula: '本期办结的轮次，从首次登记之日次日起到办结之日的工作日数，取中位数',
    axis: 'closed',
    unit: '工作日',
  },
  extensionRate: {
    label: '延期率',
    formula: '办理时限在本期到期的轮次中，批准过延期的 ÷ 全部',
    axis: 'due',
    unit: '%',
  },
  refusalRate: {
    label: '退单率',
    formula: '本期新增的轮次中，承办单位申请过退单的事项 ÷ 全部',
    axis: 'received',
    unit: '%',
  },
  stoppedShare: {
    label: '暂停时长占比',
    formula: '本期答复的轮次：暂停计时的自然日数 ÷ 从起算到答复的自然日数；下钻列出这些轮次，“计入”为暂停过的',
    axis: 'closed',
    unit: '%',
  },
  unanswered: {
    label: '未答复数',
    formula: '本期新增的轮次中，至统计时已过承诺的答复日期仍未答复（含逾期未受理）的，或没有任何答复就结束的；目标为零',
    axis: 'received',
    unit: '件',
  },
  matterGoodRate: {
    label: '好评率（一事一评）',
    formula: '本期对办理结果的真实评价中，基本满意及以上（3–5 分）的 ÷ 全部真实评价；没有评价的不计，经复核撤销的不计',
    axis: 'callBack',
    unit: '%',
  },
  matterStrictRate: {
    label: '满意率·严格（一事一评）',
    formula: '同一事一评好评率，只计满意及以上（4–5 分）',
    axis: 'callBack',
    unit: '%',
  },
  matterRatedShare: {
    label: '主动评价率（一事一评）',
    formula: '本期答复的轮次中，已有真实评价的 ÷ 本期答复的轮次',
    axis: 'closed',
    unit: '%',
  },
  serviceGoodRate: {
    label: '好评率（一次一评）',
    formula: '本期对接待服务的真实评价中，基本满意及以上（3–5 分）的 ÷ 全部真实评价',
    axis: 'callBack',
    unit: '%',
  },
  serviceStrictRate: {
    label: '满意率·严格（一次一评）',
    formula: '同一次一评好评率，只计满意及以上（4–5 分）',
    axis: 'callBack',
    unit: '%',
  },
  serviceRatedShare: {
    label: '主动评价率（一次一评）',
    formula: '本期首次登记的诉求中，已评价接待服务的 ÷ 本期首次登记的诉求',
    axis: 'received',
    unit: '%',
  },
  recurrence: {
    label: '复发率',
    formula:
      '本期办结的轮次中，办结后 n 个月内（n 见办理规则，默认 12）同一地点、同一类别又有人反映的（不予受理、撤回的除外）÷ 本期办结的轮次；计入办结它的单位',
    axis: 'closed',
    unit: '%',
  },
  verifiedOnSite: {
    label: '现场核实率',
    formula: '本期办结、由走访中反映的轮次：答复以后有过“现场看收尾”实地走访的 ÷ 全部',
    axis: 'closed',
    unit: '%',
  },
  longTerm: {
    label: '挂账数',
    formula: '期末在办中，经区领导批准挂账、尚未到复核日期的轮次',
    axis: 'stock',
    unit: '件',
  },
} as const satisfies Record<string, IndicatorText>
export type IndicatorId = keyof typeof INDICATOR

export const Indicator = z
  .object({
    id: z.string(),
    label: z.string(),
    formula: z.string(),
    axis: z.enum(idsOf(INDICATOR_AXIS)),
    axisLabel: z.string(),
    unit: z.string(),
  })
  .meta({ id: 'Indicator' })

/** A figure (数值): a value with what it was made from. Nothing to divide by is `null`, never 0 or 100. */
const Figure = z.object({
  value: z.number().nullable(),
  numerator: z.number().int().nullable(),
  denominator: z.number().int().nullable(),
})
export type Figure = z.infer<typeof Figure>
const KeyedFigure = Figure.extend({ key: z.string(), label: z.string() })

export const GROUPING = ['unit', 'category', 'channel', 'none'] as const

const period = {
  from: Day,
  to: Day,
  asOf: Instant.optional().meta({ description: 'Figures as they were known at this instant; now if absent' }),
}
const indicator = {
  ...period,
  by: z.enum(GROUPING).default('none'),
  type: z.string().max(40).default('appeal').meta({ description: 'Case type; `all` for every type' }),
}
const drill = {
  key: z.string().max(60).optional().meta({ description: 'Key of the group; all groups if absent' }),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
const isForwards = ({ from, to }: { from: string; to: string }) => from <= to
const REVERSED = { error: 'report.period_reversed', path: ['to'] }

export const IndicatorQuery = z
  .object({ ...indicator, base: z.enum(['none', 'yearBefore']).default('none') })
  .refine(isForwards, REVERSED)
export const IndicatorRowsQuery = z
  .object({ ...indicator, ...drill, part: z.enum(['numerator', 'denominator']).default('denominator') })
  .refine(isForwards, REVERSED)
export type IndicatorQuery = z.output<typeof IndicatorQuery>
export type IndicatorRowsQuery = z.output<typeof IndicatorRowsQuery>

/** Comparison (同比) with the same days a year before. */
const Base = Figure.extend({
  from: Day,
  to: Day,
  partial: z.boolean().meta({ description: 'The period still runs: both are taken up to the same day' }),
  change: z.number().nullable(),
  changePercent: z.number().nullable(),
  text: z.string(),
})

export const IndicatorAnswer = Figure.extend({
  id: z.string(),
  label: z.string(),
  unit: z.string(),
  from: Day,
  to: Day,
  asOf: Instant,
  rows: z.array(KeyedFigure),
  base: Base.nullable(),
}).meta({ id: 'IndicatorAnswer' })

const CountedCase = z.object({
  id: CaseId,
  number: z.string(),
  title: z.string(),
  unit: z.string().meta({ description: 'Lead unit; the intake office where there is none yet' }),
  round: z.number().int(),
  at: Instant.meta({ description: 'The date that counted' }),
})
export const IndicatorRows = z
  .object({
    items: z.array(CountedCase.extend({ counted: z.boolean(), days: z.number().nullable() })),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
  })
  .meta({ id: 'IndicatorRows' })

export const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
const UnitFigure = KeyedFigure.extend({ indicator: z.string() })
export type UnitFigure = z.infer<typeof UnitFigure>
/** Period (期): a month as it was frozen, as it is known now, and what has changed in between (调整). */
export const Period = z
  .object({
    month: Month,
    frozen: z.object({ at: Instant, byName: z.string(), figures: z.array(UnitFigure) }).nullable(),
    now: z.object({ at: Instant, figures: z.array(UnitFigure) }),
    adjustments: z.array(
      z.object({
        indicator: z.string(),
        label: z.string(),
        unit: z.object({ key: z.string(), label: z.string() }),
        frozen: Figure.nullable(),
        now: Figure.nullable(),
      }),
    ),
  })
  .meta({ id: 'Period' })
export const Periods = listOf(z.object({ month: Month, at: Instant, byName: z.string() }))

const Summed = z.object({
  kind: z.enum(idsOf(OUTCOME_QUANTITY)),
  value: z.string(),
  unit: z.enum(idsOf(QUANTITY_UNIT)),
  qualifier: z.enum(idsOf(QUALIFIER)),
  text: z.string(),
})
export const OutcomesQuery = z
  .object({ ...period, by: z.enum(['unit', 'none']).default('none') })
  .refine(isForwards, REVERSED)
export const OutcomeRowsQuery = z
  .object({ ...period, ...drill, kind: z.enum(idsOf(OUTCOME_QUANTITY)).optional() })
  .refine(isForwards, REVERSED)
export type OutcomesQuery = z.output<typeof OutcomesQuery>
export type OutcomeRowsQuery = z.output<typeof OutcomeRowsQuery>
/** Outcome in figures (办理成效) of the cases answered in a period. */
export const Outcomes = z
  .object({
    cases: z.number().int(),
    sums: z.array(Summed),
    rows: z.array(z.object({ key: z.string(), label: z.string(), cases: z.number().int(), sums: z.array(Summed) })),
  })
  .meta({ id: 'Outcomes' })
export const OutcomeRows = z
  .object({
    items: z.array(
      CountedCase.extend({
        quantities: z.array(Summed.partial({ unit: true }).extend({ what: z.string().nullable() })),
      }),
    ),
    nextCursor: z.string().nullable(),
    total: z.number().int(),
  })
  .meta({ id: 'OutcomeRows' })
