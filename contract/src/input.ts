import { z } from 'zod'
import { BlobId, Day, Instant, PersonId, UnitId } from './brand.ts'
import { attachments, label, lines, planStep } from './field.ts'
import { Mode, Quantities } from './request.ts'
import { optionalText, text } from './shape.ts'
import {
  CLASS,
  Class,
  CONTACT_CHANNEL,
  DECLINE_REASON,
  idsOf,
  NOTICE_KIND,
  OUTCOME,
  RATING_KIND,
  REPLY_CHANNEL,
  TaskKind,
  TOLD_TO,
  URGENCY,
  Urgency,
} from './term.ts'

/** What a proposal (建言献策) is owed: adopted, partly or not, because. */
export const PROPOSAL = {
  draftAnswer: z.object({
    outcome: z.enum(['adopted', 'partlyAdopted', 'notAdopted']).meta(label('采纳情况', { labels: OUTCOME })),
    reason: text(2000).meta(lines('理由（采纳哪些，为何；不采纳的，为何）')),
    text: text(5000).meta(lines('答复内容')),
    promisedOn: Day.optional().meta(label('采纳的，哪天前落实')),
    attachmentIds: attachments('照片'),
  }),
} as const

/** Inputs of the actions on appeals and problems. */
export const INPUT = {
  accept: z.object({
    category: optionalText(60).meta(label('事项类别', { format: 'category' })),
    urgency: Urgency.optional().meta(label('紧急程度', { labels: URGENCY })),
    summary: optionalText(200).meta(lines('一句话摘要')),
    mode: Mode,
  }),
  decline: z.object({
    reason: z.enum(idsOf(DECLINE_REASON)).meta(label('理由', { labels: DECLINE_REASON })),
    advice: text(500).meta(lines('告知诉求人该去哪里办')),
  }),
  answerAtOnce: z.object({
    text: text(5000).meta(lines('答复')),
    knowledgeId: optionalText(60).meta(label('知识库条目', { format: 'knowledge' })),
    addressed: z.boolean().optional().meta({ format: 'hidden', description: '答复中的“诉求人”在本人查看时换成其称呼' }),
  }),
  dispatch: z.object({
    leadUnitId: UnitId.meta(label('主办单位', { format: 'unit' })),
    assistingUnitIds: z
      .array(UnitId)
      .max(20)
      .optional()
      .meta(label('协办单位', { format: 'units' })),
    class: Class.optional().meta(label('办理类别', { labels: CLASS })),
    mode: Mode,
    note: optionalText(500).meta(lines('交办意见')),
  }),
  sign: z.object({}),
  assign: z.object({
    personId: PersonId.meta(label('指派给', { format: 'person' })),
    note: optionalText(500).meta(lines('说明')),
  }),
  contact: z.object({
    at: Instant.optional().meta(label('联系时间')),
    reached: z.boolean().meta(label('已联系上')),
    channel: z.enum(idsOf(CONTACT_CHANNEL)).meta(label('方式', { labels: CONTACT_CHANNEL })),
    note: text(1000).meta(lines('沟通情况')),
  }),
  draftAnswer: z.object({
    text: text(5000).meta(lines('答复内容')),
    outcome: z
      .enum(['solved', 'partly', 'promised', 'explained', 'refused', 'transferred'])
      .meta(label('办理结果', { labels: OUTCOME })),
    promisedOn: Day.optional().meta(label('承诺完成日期')),
    quantities: Quantities,
    beneficiaries: z.number().int().positive().optional().meta(label('受益人数')),
    contractors: optionalText(300).meta(label('施工、监理等参建单位')),
    basis: optionalText(500).meta(lines('不能办的，写明法律依据')),
    alternatives: optionalText(1000).meta(lines('不能办的，写明已尝试的其他办法')),
    knowledgeId: optionalText(60).meta(label('引用知识库条目', { format: 'knowledge' })),
    addressed: z.boolean().optional().meta({ format: 'hidden', description: '答复中的“诉求人”在本人查看时换成其称呼' }),
    template: optionalText(1000).meta(
      lines('并案答复的开头（可用 {称呼} {反映日期} {事项} {编号} {地点} {个人说明} {问题编号} {答复}）'),
    ),
    checked: z
      .array(
        z.object({
          point: text(30).meta(label('必答项')),
          state: z
            .enum(['addressed', 'notApplicable'])
            .meta(label('情况', { labels: { addressed: '已写明', notApplicable: '不适用' } })),
          reason: optionalText(200).meta(label('不适用的理由')),
        }),
      )
      .max(20)
      .optional()
      .meta(label('必答项核对', { format: 'checklist' })),
    attachmentIds: z
      .array(BlobId)
      .max(9, 'file.too_many')
      .optional()
      .meta(label('照片', { format: 'attachments' })),
  }),
  approveAnswer: z.object({ note: optionalText(500).meta(lines('审签意见')) }),
  returnAnswer: z.object({ reason: text(500).meta(lines('退回理由')) }),
  callBack: z.object({
    reached: z.boolean().meta(label('已联系上')),
    satisfied: z.boolean().optional().meta(label('是否满意')),
    solved: z.boolean().optional().meta(label('是否解决')),
    grade: z.number().int().min(1).max(5).optional().meta(label('评分（1–5）')),
    serviceGrade: z.number().int().min(1).max(5).optional().meta(label('对接待服务的评分（1–5）')),
    note: optionalText(1000).meta(lines('回访记录')),
  }),
  verifyFinish: z.object({
    satisfied: z.boolean().meta(label('是否满意')),
    solved: z.boolean().optional().meta(label('是否解决')),
    onSite: z.boolean().meta(label('上门核实')),
  }),
  rate: z.object({
    grade: z.number().int().min(1).max(5).meta(label('满意度（1–5）')),
    solved: z.boolean().optional().meta(label('是否解决')),
    text: optionalText(500).meta(lines('想说的话')),
    kind: z
      .enum(idsOf(RATING_KIND))
      .default('matter')
      .meta(label('评价对象', { labels: RATING_KIND })),
  }),
  annulRating: z.object({
    kind: z
      .enum(idsOf(RATING_KIND))
      .default('matter')
      .meta(label('评价对象', { labels: RATING_KIND })),
    reason: text(500).meta(lines('经核实为误评或不实的依据')),
  }),
  draftPersonal: z.object({
    number: optionalText(40).meta(label('给哪一件（编号）')),
    text: text(1000).meta(lines('单独对这位诉求人说的话')),
  }),
  deliverAnswer: z.object({
    by: z.enum(['phone', 'letter', 'visit', 'sms', 'mail']).meta(label('怎样告知', { labels: REPLY_CHANNEL })),
    to: z
      .enum(idsOf(TOLD_TO))
      .default('asker')
      .meta(label('告知了谁', { labels: TOLD_TO })),
    at: Instant.optional().meta(label('什么时候（不填即现在）')),
    letterNumber: optionalText(60).meta(label('函号或挂号信编号')),
    note: optionalText(500).meta(lines('对方怎么说')),
  }),
  close: z.object({ note: optionalText(500).meta(lines('办结说明')) }),
  reopen: z.object({ reason: text(500).meta(lines('重办理由')) }),
  withdraw: z.object({ reason: text(500).meta(lines('撤回理由')) }),
  urge: z.object({ text: optionalText(2000).meta(lines('催办内容')) }),
  note: z.object({
    text: text(2000).meta(lines('备注')),
    public: z.boolean().optional().meta(label('诉求人可见')),
  }),
  callEmergency: z.object({
    service: text(60).meta(label('联动单位')),
    reached: z.boolean().meta(label('已接通')),
    note: optionalText(1000).meta(lines('联动情况')),
  }),
  handOver: z.object({
    fromUnitId: UnitId.optional().meta(label('移出单位', { format: 'unit' })),
    unitId: UnitId.optional().meta(label('接收单位', { format: 'unit' })),
    personId: PersonId.optional().meta(label('接收人', { format: 'person' })),
    basis: text(200).meta(label('依据')),
  }),
  resume: z.object({ note: optionalText(500).meta(lines('恢复说明')) }),
  merge: z.object({
    into: text(40).meta(label('并入哪个问题（编号）')),
    reason: optionalText(300).meta(lines('理由')),
  }),
  unmerge: z.object({ reason: text(300).meta(lines('拆出理由')) }),
  supplement: z.object({
    text: text(2000).meta(lines('补充的事实')),
    category: optionalText(60).meta(label('改为事项类别', { format: 'category' })),
    attachmentIds: attachments('照片'),
  }),
  reRaise: z.object({
    text: text(2000).meta(lines('再次反映的内容')),
    newFacts: z.boolean().meta(label('有新的事实或证据')),
    attachmentIds: attachments('新证据'),
  }),
  survey: z.object({
    place: text(200).meta(label('地点')),
    present: z.array(text(60)).min(1).max(30).meta(label('参加人员和单位')),
    text: text(3000).meta(lines('勘查情况')),
    attachmentIds: attachments('现场照片'),
  }),
  minute: z.object({
    present: z.array(text(60)).min(1).max(50).meta(label('参会人员和单位')),
    decisions: text(3000).meta(lines('议定事项')),
    attachmentIds: attachments('会议材料'),
  }),
  opine: z.object({
    way: text(300).meta(lines('拟采取的办法')),
    opinion: text(2000).meta(lines('法律意见')),
    lawful: z.boolean().meta(label('合法合规、不违背政策')),
  }),
  markLegacy: z.object({
    reason: text(500).meta(lines('为何属历史遗留')),
    plan: z.array(planStep).min(1).max(20).meta(label('分步方案')),
  }),
  judgeDemand: z.object({
    reasonable: z.boolean().meta(label('诉求合理')),
    basis: text(1000).meta(lines('判断依据')),
  }),
  reviewDemand: z.object({
    agree: z.boolean().meta(label('同意判断')),
    note: optionalText(500).meta(lines('复核意见')),
  }),
  supervise: z.object({
    kind: z.enum(['reminder', 'yellow', 'red']).meta(label('督办等级', { labels: NOTICE_KIND })),
    text: text(1000).meta(lines('督办要求')),
  }),
  coordinate: z.object({
    kind: TaskKind.exclude(['assist', 'decision', 'instruction'])
      .default('external')
      .meta(label('对谁', { labels: { external: '外部单位', superior: '上级单位' } })),
    body: text(100).meta(label('对方单位')),
    letterNumber: optionalText(60).meta(label('函号')),
    text: text(2000).meta(lines('商请事项')),
    days: z.number().int().min(1).max(90).default(10).meta(label('请在多少个工作日内答复')),
  }),
  orderSweep: z.object({
    question: text(500).meta(lines('排查什么')),
    unitIds: z
      .array(UnitId)
      .min(1)
      .max(200)
      .meta(label('排查单位', { format: 'units' })),
    days: z.number().int().min(1).max(60).default(5).meta(label('几个工作日内上报')),
  }),
  fulfilPromise: z.object({
    text: text(2000).meta(lines('兑现情况')),
    attachmentIds: attachments('证明照片'),
  }),
  correctAnswer: z.object({
    text: text(5000).meta(lines('更正后的答复')),
    reason: text(500).meta(lines('更正原因（公开）')),
  }),
  publishAnswer: z.object({
    title: optionalText(100).meta(label('公开的标题')),
    question: optionalText(5000).meta(lines('公开的问题（可不公开）')),
    text: optionalText(5000).meta(lines('公开的答复')),
    note: optionalText(300).meta(lines('公开审核意见')),
  }),
  publishCorrection: z.object({
    text: optionalText(5000).meta(lines('公开的更正文本')),
    note: optionalText(300).meta(lines('公开审核意见')),
  }),
  dropCorrection: z.object({ reason: text(300).meta(lines('退回理由')) }),
  takeDown: z.object({ reason: text(300).meta(lines('撤下理由')) }),
  reportProgress: z.object({ text: text(2000).meta(lines('进展')) }),
} as const
