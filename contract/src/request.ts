import { z } from 'zod'
import { CaseId, Day, UnitId } from './brand.ts'
import { attachments, label, lines, planStep, toThePerson } from './field.ts'
import { OutcomeQuantity } from './quantity.ts'
import { optionalText, text } from './shape.ts'
import { HANDLING_MODE, idsOf, NOTICE_KIND, REQUEST_KIND, RequestKind, SUSPENSION_REASON, TaskKind } from './term.ts'

/** What may be asked of somebody who may grant it (请示). */
export const ASK = {
  suspension: z.object({
    reason: z.enum(idsOf(SUSPENSION_REASON)).meta(label('暂停理由', { labels: SUSPENSION_REASON })),
    evidence: text(1000).meta(lines('依据与证明')),
    until: Day.meta(label('预计暂停到')),
    from: Day.optional().meta(label('从哪天起（早于今天须上一级审批）')),
    notice: toThePerson,
    attachmentIds: attachments('证明材料'),
  }),
  extension: z.object({
    amount: z.number().positive().max(60).multipleOf(0.5).meta(label('延长多少（与办理时限同单位）')),
    reason: text(500).meta(lines('延期理由')),
    basis: text(300).meta(lines('法律或制度依据')),
    notice: toThePerson,
  }),
  longTerm: z.object({
    reason: text(500).meta(lines('挂账理由')),
    reviewOn: Day.meta(label('复核日期（90 天内）')),
    milestones: z.array(planStep).min(1).max(20).meta(label('分步计划')),
    notice: toThePerson,
  }),
  ending: z.object({
    explanation: text(3000).meta(lines('向诉求人的解释')),
    basis: text(500).meta(lines('法律或政策依据')),
    alternatives: text(1000).meta(lines('已尝试的其他办法')),
  }),
  leadChange: z.object({
    unitId: UnitId.meta(label('建议主办单位', { format: 'unit' })),
    reason: text(500).meta(lines('理由')),
  }),
  refusal: z.object({
    reason: text(500).meta(lines('退单理由')),
    basis: text(300).meta(lines('依据（分办目录、法规或辖区界线）')),
    unitId: UnitId.meta(label('建议承办单位', { format: 'unit' })),
  }),
} as const

/** The decision on a request (审批). `unitId` and `basis` decide a refusal. */
export const DECIDE = {
  grant: z.object({
    note: optionalText(500).meta(lines('审批意见')),
    unitId: UnitId.optional().meta(label('裁定承办单位', { format: 'unit' })),
    basis: optionalText(300).meta(lines('裁定依据（写入分办目录）')),
  }),
  deny: z.object({ reason: text(500).meta(lines('不同意的理由')) }),
  lapse: z.object({}),
} as const

/** What the system does to a case once a request is granted, or a date has passed; nobody types it. */
export const EFFECT = {
  suspend: z.object({
    reason: text(60).meta(label('暂停理由', { labels: { ...SUSPENSION_REASON, longTerm: '挂账' } })),
    from: Day.meta(label('从')),
    until: Day.meta(label('到')),
    notice: toThePerson,
    evidence: optionalText(1000).meta(lines('依据与证明')),
    approvedBy: text(60).meta(label('批准人')),
    backdated: z.boolean(),
    longTerm: z.boolean().default(false),
  }),
  extend: z.object({
    amount: z.number().meta(label('延长')),
    reason: text(500).meta(lines('延期理由')),
    basis: text(300).meta(lines('法律或制度依据')),
    notice: toThePerson,
    level: text(20),
  }),
  reassign: z.object({
    unitId: UnitId.meta(label('改派给', { format: 'unit' })),
    reason: text(500).meta(lines('理由')),
  }),
  settle: z.object({
    requestId: CaseId,
    kind: RequestKind.meta(label('请示', { labels: REQUEST_KIND })),
    granted: z.boolean().meta(label('同意')),
    unitId: UnitId.optional().meta(label('承办单位', { format: 'unit' })),
    reason: optionalText(500).meta(lines('意见')),
  }),
  endWithExplanation: z.object({
    explanation: text(3000).meta(lines('向诉求人的解释')),
    basis: text(500).meta(lines('法律或政策依据')),
    level: text(20),
  }),
  answerMerged: z.object({
    text: text(8000).meta(lines('答复')),
    addressed: z.boolean().optional().meta(label('开头有称呼')),
    outcome: text(20),
    problem: text(40).meta(label('所并问题')),
    promisedOn: Day.optional().meta(label('承诺完成日期')),
  }),
  escalate: z.object({}),
  breakPromise: z.object({}),
  reproject: z.object({ notice: toThePerson }),
  retime: z.object({ dueAt: text(40) }),
} as const

/** Inputs of tasks, notices and sweeps. */
export const JOINT = {
  report: z.object({
    text: text(3000).meta(lines('完成情况')),
    attachmentIds: attachments('附件'),
  }),
  remind: z.object({ text: text(500).meta(lines('催问情况')), letterNumber: optionalText(60).meta(label('函号')) }),
  cancel: z.object({ reason: text(300).meta(lines('撤销理由')) }),
  receive: z.object({}),
  reply: z.object({ text: text(3000).meta(lines('回复')) }),
  replyHave: z.object({
    places: z
      .array(
        z.object({
          title: text(60).meta(label('问题')),
          content: text(1000).meta(lines('情况')),
          address: optionalText(200).meta(label('地点')),
        }),
      )
      .min(1)
      .max(50)
      .meta(label('发现的同类问题')),
  }),
  replyNone: z.object({ statement: text(500).meta(lines('“经排查未发现”的说明')) }),
  spotCheck: z.object({
    found: z.boolean().meta(label('抽查发现存在')),
    note: text(500).meta(lines('抽查情况')),
  }),
} as const

/** Facts of the small types that other cases own. */
export const RequestFacts = z.looseObject({
  kind: RequestKind,
  title: text(80),
  content: text(5000),
  level: z.enum(['head', 'dispatcher', 'supervisor', 'leader']),
  askedBy: z.string().nullable(),
  unitId: UnitId.nullable(),
  input: z.record(z.string(), z.unknown()),
  confidential: z.boolean().default(false),
})
export const TaskFacts = z.looseObject({
  kind: TaskKind,
  title: text(80),
  content: text(5000),
  dueAt: z.string(),
  confidential: z.boolean().default(false),
  body: optionalText(100),
  letterNumber: optionalText(60),
})
export const NoticeFacts = z.looseObject({
  kind: z.enum(idsOf(NOTICE_KIND)),
  title: text(80),
  content: text(2000),
  documentNumber: text(60),
  confidential: z.boolean().default(false),
})
export const SweepFacts = z.looseObject({
  title: text(80),
  content: text(1000),
  dueAt: z.string(),
  confidential: z.boolean().default(false),
})
/** The superior's order (上级交办) that an appeal came with. */
export const SuperiorFacts = z.object({
  body: text(60).meta(label('上级单位')),
  number: text(60).meta(label('上级编号')),
  dueOn: Day.meta(label('上级要求日期')),
  class: optionalText(60).meta(label('上级类别')),
})
export const Mode = z
  .enum(idsOf(HANDLING_MODE))
  .optional()
  .meta(label('办理方式', { labels: HANDLING_MODE }))
export const Quantities = z.array(OutcomeQuantity).max(20).optional().meta(label('办理成效'))
