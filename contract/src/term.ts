import { z } from 'zod'

/** The keys of a dictionary as the tuple that `z.enum` wants. */
export const idsOf = <T extends Record<string, unknown>>(terms: T) =>
  Object.keys(terms) as [keyof T & string, ...(keyof T & string)[]]

/**
 * The words of the field: one English id, one Chinese word. Every id has a row in GLOSSARY.md; a check compares them.
 * Order is the order in which screens list them.
 */

/** Stage (环节): where a case stands in the loop. */
export const STAGE = {
  received: '待受理',
  accepted: '待交办',
  dispatched: '待签收',
  inHand: '办理中',
  drafted: '待审签',
  answered: '待回访',
  calledBack: '待办结',
  closed: '已办结',
  declined: '不予受理',
  withdrawn: '已撤回',
  merged: '已并案',
} as const
export type Stage = keyof typeof STAGE

/** Action (动作): what a person may do with a case. */
export const ACTION = {
  open: '登记',
  accept: '受理',
  decline: '不予受理',
  answerAtOnce: '即办',
  dispatch: '交办',
  sign: '签收',
  deemSigned: '视同签收',
  assign: '指派',
  contact: '首次联系',
  draftAnswer: '拟答复',
  approveAnswer: '审签',
  returnAnswer: '退回修改',
  callBack: '回访',
  rate: '评价',
  close: '办结',
  reopen: '重办',
  withdraw: '撤回',
  urge: '催办',
  note: '备注',
  askSuspension: '申请暂停计时',
  askExtension: '申请延期',
  askLongTerm: '申请挂账',
  askEnding: '申请解释终结',
  askLeadChange: '申请变更主办',
  refuse: '退单',
  suspend: '暂停计时',
  resume: '恢复计时',
  extend: '延期',
  reassign: '改派',
  settle: '请示已决',
  endWithExplanation: '解释终结',
  merge: '并案',
  unmerge: '拆出',
  answerMerged: '并案答复',
  supplement: '补充',
  reRaise: '重提',
  survey: '现场勘查',
  minute: '会商纪要',
  opine: '法律意见',
  markLegacy: '列为历史遗留',
  judgeDemand: '合理性判断',
  reviewDemand: '合理性复核',
  escalate: '到期升级',
  supervise: '督办',
  coordinate: '外部协调',
  orderSweep: '同类排查',
  fulfilPromise: '兑现承诺',
  breakPromise: '承诺逾期',
  correctAnswer: '更正答复',
  publishAnswer: '公开答复',
  takeDown: '撤下公开',
  reproject: '重排时限',
  handOver: '移交',
  reportProgress: '进展报告',
  grant: '同意',
  deny: '不同意',
  lapse: '失效',
  raise: '升级审批',
  report: '反馈',
  remind: '催函',
  cancel: '撤销',
  retime: '调整时限',
  receive: '签收督办',
  reply: '回复督办',
  replyHave: '上报有',
  replyNone: '上报无',
  spotCheck: '抽查',
  callEmergency: '紧急联动',
  giveAnswer: '告知答复',
  draftPersonal: '个人说明',
  deliverAnswer: '告知答复',
  publishCorrection: '公开更正',
  dropCorrection: '退回更正',
  annulRating: '评价复核',
  renew: '续期',
  retire: '停用',
  settled: '已另行处理',
  tag: '打标签',
} as const
export type Action = keyof typeof ACTION

/** Light (灯): how a deadline stands; always shown as word, shape and colour. */
export const LIGHT = { red: '超期', yellow: '临期', green: '正常', paused: '暂停计时', done: '已完成' } as const
export const Light = z.enum(idsOf(LIGHT))
export type Light = z.infer<typeof Light>
/** The shape beside the word, so that colour never stands alone. */
export const LIGHT_SHAPE = { red: '■', yellow: '▲', green: '●', paused: '◇', done: '✓' } as const satisfies Record<
  Light,
  string
>

/** Role (角色): what a post allows; always with a scope. */
export const ROLE = {
  clerk: '受理员',
  dispatcher: '分办员',
  handler: '承办人',
  head: '单位负责人',
  caller: '回访员',
  supervisor: '督查员',
  leader: '区领导',
  evaluator: '评议员',
  window: '窗口人员',
  auditor: '审计员',
  admin: '管理员',
} as const
export const Role = z.enum(idsOf(ROLE))
export type Role = z.infer<typeof Role>

/** Unit kind (单位类别). */
export const UNIT_KIND = {
  office: '办公室',
  department: '委办局',
  street: '街道',
  community: '社区',
  taskForce: '专班',
  leadingGroup: '领导小组',
  massOrganisation: '群团组织',
  utility: '公用企业',
  contractor: '承包单位',
  court: '法院',
  external: '外部单位',
} as const
export const UnitKind = z.enum(idsOf(UNIT_KIND))
export type UnitKind = z.infer<typeof UnitKind>

/** Channel (渠道): how a voice reached us. */
export const CHANNEL = {
  portal: '网上',
  snap: '随手拍',
  hotline: '热线',
  window: '窗口',
  leaderWindow: '领导坐窗口',
  wechat: '微信群',
  app: '手机应用',
  'mayor-mailbox': '领导信箱',
  mail: '电子邮件',
  questionnaire: '调查问卷',
  forum: '座谈会',
  suggestion: '建言献策',
  visit: '走访',
  meeting: '会议',
  platform: '政企平台',
  leaderResearch: '领导调研',
  staffFound: '主动发现',
  monitoring: '监测点',
  massOrganisation: '群团组织',
  media: '媒体',
  open311: '开放接口',
  import: '台账导入',
  other: '其他',
} as const
export const Channel = z.enum(idsOf(CHANNEL))
export type Channel = z.infer<typeof Channel>

/** Class (办理类别): decides the handling limit. */
export const CLASS = { consult: '咨询', help: '求助', complaint: '投诉', suggestion: '建议', complex: '复杂' } as const
export const Class = z.enum(idsOf(CLASS))
export type Class = z.infer<typeof Class>

/** Urgency (紧急程度). */
export const URGENCY = { normal: '一般', urgent: '紧急', critical: '特急' } as const
export const Urgency = z.enum(idsOf(URGENCY))
export type Urgency = z.infer<typeof Urgency>

/** Outcome (办理结果): what became of the matter. Closed is not solved. */
export const OUTCOME = {
  solved: '已解决',
  partly: '部分解决',
  promised: '承诺限期解决',
  explained: '解释说明',
  refused: '依法不予支持',
  transferred: '转送',
  adopted: '采纳',
  partlyAdopted: '部分采纳',
  notAdopted: '不采纳',
  withdrawn: '撤回',
} as const
export const Outcome = z.enum(idsOf(OUTCOME))
export type Outcome = z.infer<typeof Outcome>

/** Decline reason (不予受理理由): from the hotline norms and the petition boundary; each needs advice where to go. */
export const DECLINE_REASON = {
  outsideArea: '不属于本辖区',
  partyAndCongress: '属党委、人大、政协、监委等职责',
  military: '涉及军队、武警事务',
  emergency: '属110、119、120、122等紧急服务',
  litigation: '已进入或应通过诉讼、仲裁、复议等法定途径',
  petition: '属信访事项',
  disclosure: '属政府信息公开申请',
  repeated: '已依法办结，无新的事实和理由',
  other: '其他',
} as const
export type DeclineReason = keyof typeof DECLINE_REASON

/** Clock kind (时钟): what a deadline measures. */
export const CLOCK = {
  accept: '受理',
  dispatch: '交办',
  signIn: '签收',
  firstContact: '首次联系',
  handle: '办理',
  approve: '审签',
  callBack: '回访',
  close: '办结',
  suspension: '暂停',
  promise: '承诺',
  superior: '上级时限',
  decide: '审批',
  receipt: '督办签收',
  reply: '督办回复',
  progress: '进展报告',
} as const
export const ClockKind = z.enum(idsOf(CLOCK))
export type ClockKind = z.infer<typeof ClockKind>

/** Limit unit (时限单位). */
export const LIMIT_UNIT = {
  workingDay: '工作日',
  workingHour: '工作小时',
  hour: '小时',
  day: '日',
  month: '个月',
} as const
export const LimitUnit = z.enum(idsOf(LIMIT_UNIT))
export type LimitUnit = z.infer<typeof LimitUnit>

/** How a person was reached (联系方式). */
export const CONTACT_CHANNEL = {
  phone: '电话',
  visit: '上门',
  message: '短信',
  letter: '信函',
  window: '窗口面谈',
  other: '其他',
} as const
export type ContactChannel = keyof typeof CONTACT_CHANNEL

/** Satisfaction (满意度), five grades. */
export const GRADE = { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' } as const

/** Indicator axis (统计口径): the date by which an indicator assigns its rows to a period. */
export const INDICATOR_AXIS = {
  received: '按受理日期',
  due: '按到期日期',
  closed: '按办结日期',
  callBack: '按回访日期',
  stock: '按时点',
} as const
export type IndicatorAxis = keyof typeof INDICATOR_AXIS

/** Outcome quantity (办理成效): what a case brought about, in figures. */
export const OUTCOME_QUANTITY = {
  length: '长度',
  width: '宽度',
  area: '面积',
  households: '受益户数',
  residents: '受益人数',
  pieces: '件数',
  amount: '金额',
} as const
export type OutcomeQuantityKind = keyof typeof OUTCOME_QUANTITY

/** Unit of an outcome quantity (计量单位). */
export const QUANTITY_UNIT = {
  m: '米',
  km: '公里',
  m2: '平方米',
  mu: '亩',
  ha: '公顷',
  household: '户',
  person: '人',
  place: '处',
  stick: '根',
  block: '座',
  piece: '件',
  set: '套',
  lamp: '盏',
  tree: '棵',
  fen: '分',
  yuan: '元',
  wanYuan: '万元',
  yiYuan: '亿元',
} as const
export type QuantityUnit = keyof typeof QUANTITY_UNIT

/** Qualifier (约数): how surely a quantity is known. */
export const QUALIFIER = { exact: '', about: '约', over: '余', atLeast: '以上', under: '不足' } as const
export type Qualifier = keyof typeof QUALIFIER
/** Handling mode (办理方式): the five ways of S29 and the fast lane for small matters; each with its own clock and duties. */
export const HANDLING_MODE = {
  atOnce: '马上办',
  proactive: '主动办',
  onSite: '上门办',
  flexible: '灵活办',
  open: '公开透明办',
  small: '小事快办',
} as const
export const HandlingMode = z.enum(idsOf(HANDLING_MODE))
export type HandlingMode = z.infer<typeof HandlingMode>

/** Request (请示): what is asked of somebody who may grant it. */
export const REQUEST_KIND = {
  suspension: '暂停计时申请',
  extension: '延期申请',
  longTerm: '挂账申请',
  ending: '解释终结申请',
  leadChange: '变更主办申请',
  refusal: '退单申请',
  arbitration: '退单仲裁',
} as const
export const RequestKind = z.enum(idsOf(REQUEST_KIND))
export type RequestKind = z.infer<typeof RequestKind>

/** Suspension reason (暂停理由): only these stop a clock; each rule set says for how long. */
export const SUSPENSION_REASON = {
  applicant: '等待诉求人补充材料',
  expert: '专家评审或鉴定',
  season: '季节性施工',
  thirdParty: '等待第三方',
  procedure: '法定程序',
} as const
export const SuspensionReason = z.enum(idsOf(SUSPENSION_REASON))

/** Notice (督办通知): a numbered document that is signed for and answered. */
export const NOTICE_KIND = {
  reminder: '催办通知',
  yellow: '黄色督办',
  red: '红色督办',
  leader: '呈报区领导',
  dissatisfied: '不满意呈报',
  alarm: '无人负责警报',
  cluster: '群体诉求警报',
} as const
export const NoticeKind = z.enum(idsOf(NOTICE_KIND))
export type NoticeKind = z.infer<typeof NoticeKind>

/** Task (协同任务): what somebody else owes the lead unit. */
export const TASK_KIND = {
  assist: '协办',
  external: '外部协调',
  superior: '请示上级',
  decision: '议定事项',
  instruction: '批示件',
} as const
export const TaskKind = z.enum(idsOf(TASK_KIND))
export type TaskKind = z.infer<typeof TaskKind>

/** Party link (同一人): what is known about two people being one. */
export const PARTY_LINK = { proposed: '待确认', confirmed: '同一人', rejected: '不是同一人' } as const
export const PartyLinkState = z.enum(idsOf(PARTY_LINK))

/** What a key of the open interface allows (开放接口权限). */
export const OPEN311_RIGHT = { file: '提交诉求', update: '补充情况' } as const
export type Open311Right = keyof typeof OPEN311_RIGHT

/** What became of an order of the city (工单接收结果). */
export const ORDER_RESULT = {
  opened: '已立件',
  unchanged: '已有此件，内容未变',
  supplemented: '已有此件，变更内容作为补充',
  reRaised: '已有此件且已办结，变更内容作为再次反映',
} as const
export type OrderResult = keyof typeof ORDER_RESULT
/** List kind (清单种类): every list of problems is one of these; a district may need more. */
export const LIST_KIND = {
  own: '自查排查清单',
  superior: '上级点题清单',
  rectification: '作风整治清单',
  deeds: '为民实事清单',
  brokenPromise: '失信违诺清单',
  weakOrganisation: '软弱涣散整顿清单',
  other: '专项清单',
} as const
export const ListKind = z.enum(idsOf(LIST_KIND))
export type ListKind = z.infer<typeof ListKind>

/** List origin (清单来源): who found what stands on it. */
export const LIST_ORIGIN = { own: '自查', superior: '上级', thirdParty: '第三方' } as const
export const ListOrigin = z.enum(idsOf(LIST_ORIGIN))

/** List state (清单状态). */
export const LIST_STATE = { draft: '拟定中', published: '已公布', closed: '已结束' } as const
export const ListState = z.enum(idsOf(LIST_STATE))
export type ListState = z.infer<typeof ListState>

/** Found by (发现途径): the five ways in which a list of problems comes about. */
export const FOUND_BY = {
  people: '群众提',
  self: '自己找',
  superior: '上级点',
  mutual: '互相帮',
  collective: '集体议',
} as const
export const FoundBy = z.enum(idsOf(FOUND_BY))
export type FoundBy = z.infer<typeof FoundBy>

/** List change (清单变动): what happened to a list, to its items and to what was promised about them. */
export const LIST_CHANGE = {
  create: '建立清单',
  edit: '修订清单',
  publish: '公布清单',
  close: '结束清单',
  enlist: '列入',
  delist: '移出',
  strikeOff: '销号',
  relist: '重新列入',
  withdraw: '撤回',
  merge: '并案',
  diagnose: '剖析',
  setDeadline: '调整期限',
  match: '对照',
  unmatch: '取消对照',
  commit: '公开承诺',
  correct: '更正承诺',
  fulfil: '兑现承诺',
  break: '承诺失信',
  takeBack: '撤回承诺',
} as const
export const ListChangeKind = z.enum(idsOf(LIST_CHANGE))
export type ListChangeKind = z.infer<typeof ListChangeKind>

/** Commitment state (承诺状态): from a unit's draft to what became of its word. */
export const COMMITMENT_STATE = {
  drafted: '待审签',
  reviewed: '待公开',
  published: '已公开',
  fulfilled: '已兑现',
  broken: '已失信',
  withdrawn: '已撤回',
} as const
export const CommitmentState = z.enum(idsOf(COMMITMENT_STATE))
export type CommitmentState = z.infer<typeof CommitmentState>
/** Channel group (渠道归类): the lines by which a drive reconciles. */
export const CHANNEL_GROUP = {
  window: '窗口当面',
  online: '网上',
  questionnaire: '问卷提取',
  other: '其他来源',
} as const
export type ChannelGroup = keyof typeof CHANNEL_GROUP
/** Which line a kind of channel counts to; whatever is not named is another source. */
export const GROUP_OF: Readonly<Partial<Record<Channel, ChannelGroup>>> = {
  window: 'window',
  leaderWindow: 'window',
  portal: 'online',
  snap: 'online',
  app: 'online',
  wechat: 'online',
  'mayor-mailbox': 'online',
  mail: 'online',
  open311: 'online',
  questionnaire: 'questionnaire',
}

/** Channel status (渠道状态). Broken (失灵) is not a status: it is what the last test found. */
export const CHANNEL_STATUS = { open: '开放', paused: '暂停', closed: '关闭' } as const

/** Drive status (征集状态). */
export const DRIVE_STATUS = { open: '征集中', closed: '已结束' } as const

/** Line of a drive (征集对账项): what can be noted, and what others have stated a figure for. */
export const DRIVE_LINE = {
  total: '意见合计',
  window: '窗口当面',
  online: '网上',
  questionnaire: '问卷提取',
  other: '其他来源',
  issued: '发放问卷',
  returned: '收回问卷',
  valid: '有效问卷',
  problems: '归并问题',
  aspects: '归并方面',
  answered: '已答复',
  unanswered: '未答复',
} as const
export type DriveLine = keyof typeof DRIVE_LINE

/** Forum (座谈调研): occasions on which opinions are heard together. */
export const FORUM_KIND = {
  forum: '座谈会',
  leaderWindow: '领导坐窗口',
  leaderResearch: '领导调研',
  visit: '走访',
} as const
export type ForumKind = keyof typeof FORUM_KIND

/** Why a line of a pasted chat is in no message (未识别的行). */
export const CHAT_LEFT = { day: '日期或时间', system: '系统提示', noSender: '没有发送人' } as const

/** What stood in the way of the normal procedure (办不成的情形). */
export const SERVICE_OBSTACLE = {
  fingerprint: '指纹录不上',
  face: '人脸识别不过',
  phone: '没有或不会用智能手机',
  papers: '证件不全或不符',
  rareCharacter: '姓名生僻字',
  mobility: '行动不便',
  senses: '听不清或看不清',
  language: '方言或语言不通',
  system: '系统故障',
  other: '其他',
} as const
export type ServiceObstacle = keyof typeof SERVICE_OBSTACLE

/** To whom an answer was told (告知对象). */
export const TOLD_TO = { asker: '本人', proxy: '代办人', family: '家属' } as const
/** Knowledge kind (知识类别): what an entry is made from. */
export const KNOWLEDGE_KIND = { policy: '政策', question: '问答', answer: '已审答复' } as const
/** Knowledge state (知识状态): an expired entry is offered to nobody. */
export const KNOWLEDGE_STATE = { draft: '待审', approved: '在用', expired: '已到期', retired: '已停用' } as const
export type KnowledgeState = keyof typeof KNOWLEDGE_STATE

/** Rating kind (评价对象): the contact (一次一评) and the matter (一事一评) are rated apart. */
export const RATING_KIND = { matter: '办理结果', service: '接待服务' } as const

/** Reply channel (答复方式): how a person wants to be told. */
export const REPLY_CHANNEL = {
  code: '凭码查询',
  phone: '电话',
  sms: '短信',
  mail: '电子邮件',
  letter: '信函',
  visit: '上门',
} as const
export type ReplyChannel = keyof typeof REPLY_CHANNEL

/** Answer field (答复字段): what a template for many answers may name in braces. */
export const ANSWER_FIELD = {
  salutation: '称呼',
  receivedOn: '反映日期',
  matter: '事项',
  number: '编号',
  place: '地点',
  personal: '个人说明',
  problem: '问题编号',
  answer: '答复',
} as const
/** Confidence (可信度) of a suggestion, in three steps. */
export const CONFIDENCE = { sure: '很有把握', likely: '较有把握', unsure: '仅供参考' } as const

/** What a machine may draft (机器草稿). */
export const DRAFT_KIND = { summary: '摘要草稿', answer: '答复草稿' } as const
export type DraftKind = keyof typeof DRAFT_KIND
/** Subscription event (进展): what a person who follows a number is told. */
export const SUBSCRIPTION_EVENT = {
  received: '收到',
  accepted: '受理',
  dispatched: '交办',
  dateMoved: '期限变动',
  answered: '答复',
  reopened: '重新办理',
  corrected: '答复更正',
  struckOff: '销号',
} as const
export const SubscriptionEvent = z.enum(idsOf(SUBSCRIPTION_EVENT))
export type SubscriptionEvent = z.infer<typeof SubscriptionEvent>

/** Subscription (关注): whether somebody who asked to be told is told. */
export const SUBSCRIPTION_STATE = { unconfirmed: '待确认', active: '已开通', ended: '已退订' } as const
export const SubscriptionState = z.enum(idsOf(SUBSCRIPTION_STATE))

/** Outbox kind (发送方式): by which way a message leaves the house. */
export const OUTBOX_KIND = { mail: '邮件', sms: '短信', webhook: '接口推送' } as const
export const OutboxKind = z.enum(idsOf(OUTBOX_KIND))
export type OutboxKind = z.infer<typeof OutboxKind>

/** Outbox state (待发箱): what became of a message. */
export const OUTBOX_STATE = { waiting: '待发', unset: '未配置', done: '已发出', dead: '未能送达' } as const
export const OutboxState = z.enum(idsOf(OUTBOX_STATE))
export type OutboxState = z.infer<typeof OutboxState>
/** Opinion link (归并决定): what a person has decided about two cases; it survives every new grouping. */
export const OPINION_LINK = { must: '是一回事', cannot: '不是一回事' } as const
export type OpinionLinkKind = keyof typeof OPINION_LINK

/** Merge step (归并操作): what is done at the merge desk with one press. */
export const MERGE_STEP = { attach: '并入问题', split: '移出问题', create: '立项并入' } as const
export type MergeStepKind = keyof typeof MERGE_STEP
export const MERGE_STEP_STATE = {
  running: '正在归并',
  done: '已完成',
  failed: '没有完成',
  undoing: '正在撤销',
  undone: '已撤销',
} as const
export type MergeStepState = keyof typeof MERGE_STEP_STATE
/** Disclosure part (公开事项): the four things that utilities and service trades publish. */
export const DISCLOSURE_PART = {
  serviceStandard: '服务标准',
  procedure: '办事程序',
  charges: '收费标准',
  legalConditions: '法定条件',
} as const
export type DisclosurePart = keyof typeof DISCLOSURE_PART

/** Trade (行业) of a body that owes a disclosure: utilities first, then the service trades. */
export const OBLIGED_TRADE = {
  electricity: '电力',
  gas: '燃气',
  heating: '供热',
  water: '供水',
  fire: '消防',
  tourism: '旅游',
  transport: '营运',
  hotel: '宾馆',
  catering: '餐饮',
  otherTrade: '其他行业',
} as const
export type ObligedTrade = keyof typeof OBLIGED_TRADE

/** State of a text that is to be published (公开文本状态): one person writes it, another publishes it. */
export const PUBLIC_TEXT_STATE = { submitted: '待审核', returned: '已退回', published: '已公开' } as const
export type PublicTextState = keyof typeof PUBLIC_TEXT_STATE

/** Why a part is missing (缺项原因). */
export const GAP_CAUSE = { never: '从未公开', pending: '尚未生效', expired: '已过有效期' } as const
export type GapCause = keyof typeof GAP_CAUSE

/** Public notice kind (告知类别). */
export const PUBLIC_NOTICE_KIND = { initiative: '倡议书', advice: '告知书', tradeRule: '行业规范' } as const
export type PublicNoticeKind = keyof typeof PUBLIC_NOTICE_KIND

/** Kind of organisation (组织类别) that a public notice speaks to. */
export const ORGANISATION_KIND = {
  enterprise: '企业',
  soleTrader: '个体工商户',
  tradeAssociation: '行业协会商会',
  school: '学校',
  hospital: '医院',
  village: '村',
  neighbourhood: '居民社区',
  stateOrgan: '机关事业单位',
  socialOrganisation: '社会组织',
  tradeUnion: '工会组织',
  youthLeague: '共青团组织',
  womensFederation: '妇联组织',
  industryFederation: '工商联组织',
} as const
export type OrganisationKind = keyof typeof ORGANISATION_KIND

/** Media subject (宣传对象): what a public item for the district's own media tells of. */
export const MEDIA_SUBJECT = { problem: '清单问题', list: '问题清单', answer: '公开答复', drive: '集中征集' } as const
export type MediaSubjectKind = keyof typeof MEDIA_SUBJECT

/** Kind of liaison target (包保对象类别): whom or what leaders are bound to. */
export const LIAISON_TARGET_KIND = { enterprise: '重点企业', project: '重点项目', organisation: '基层党组织' } as const
export type LiaisonTargetKind = keyof typeof LIAISON_TARGET_KIND

/** Liaison role (包保角色): exactly one main liaison at a time, others beside them. */
export const LIAISON_ROLE = { main: '主包保', assisting: '协同包保' } as const
export type LiaisonRole = keyof typeof LIAISON_ROLE

/** Kind of visit (走访方式): how contact was made; counted apart. */
export const VISIT_KIND = {
  onSite: '实地走访',
  phone: '电话联系',
  online: '线上联系',
  activity: '参加组织活动',
} as const
export type VisitKind = keyof typeof VISIT_KIND

/** Purpose of a visit (走访目的). */
export const VISIT_PURPOSE = { collect: '了解情况', coordinate: '协调解决', verify: '现场看收尾' } as const
export type VisitPurpose = keyof typeof VISIT_PURPOSE

/** Liaison duty (四员): what whoever goes there is to an enterprise; a visit may carry the word as a tag. */
export const LIAISON_DUTY = {
  server: '服务员',
  contact: '联络员',
  informant: '信息员',
  coordinator: '协调员',
} as const
export type LiaisonDuty = keyof typeof LIAISON_DUTY

/** A problem raised on a visit (走访问题): advanced includes solved. */
export const VISIT_PROBLEM = { advanced: '推进解决', solved: '已解决' } as const
export type VisitProblemState = keyof typeof VISIT_PROBLEM

/** Kind of campaign (活动种类). */
export const CAMPAIGN_KIND = { campaign: '专项活动', rectification: '专项整治' } as const
export type CampaignKind = keyof typeof CAMPAIGN_KIND

/** State of a campaign (活动状态): by its dates alone. */
export const CAMPAIGN_STATE = { running: '进行中', coming: '未开始', over: '已结束' } as const
export type CampaignState = keyof typeof CAMPAIGN_STATE

/** Scope of a campaign (活动范围): how it is told whom it is to reach. */
export const CAMPAIGN_SCOPE = {
  kind: '按类别',
  division: '按区划',
  list: '按名单',
  unit: '按单位',
  children: '汇总下级活动',
} as const
export type CampaignScopeKind = keyof typeof CAMPAIGN_SCOPE

/** State of a problem a campaign has collected (活动问题状态): closed is not solved. */
export const CAMPAIGN_PROBLEM = { open: '在办', solved: '已解决', otherwise: '其他办结' } as const
export type CampaignProblemState = keyof typeof CAMPAIGN_PROBLEM
/** Liaison officer's role (四员): what a liaison officer was to a target on a visit; one visit may be several. */
export const VISIT_ROLE = {
  service: '服务员',
  contact: '联络员',
  information: '信息员',
  coordination: '协调员',
} as const
export type VisitRole = keyof typeof VISIT_ROLE

/** Action of a visit (走访四项): what a visit brought or took along. */
export const VISIT_BLOCK = { policies: '送政策', facts: '查实情', problems: '解难题', wishes: '促发展' } as const
export type VisitBlock = keyof typeof VISIT_BLOCK

/** Pipeline (项目阶段) of a project that somebody is bound to. */
export const PIPELINE = { planned: '谋划', negotiated: '洽谈', landed: '落地' } as const
export type Pipeline = keyof typeof PIPELINE

/** Four ones (四个一): what each owner owes at least one of. */
export const FOUR_ONES = {
  planned: '谋划重点项目',
  negotiated: '洽谈招商项目',
  served: '服务落地项目',
  linked: '联系重点企业',
} as const
export type FourOnes = keyof typeof FOUR_ONES

/** Who owes the four ones (四个一责任主体). */
export const FOUR_ONES_OWNER = { person: '每名领导和部门负责人', unit: '每个单位' } as const
export type FourOnesOwner = keyof typeof FOUR_ONES_OWNER

/** Why the liaison with an enterprise ends (结束依据). */
export const LIAISON_END_GROUND = { normalTrack: '步入正常轨道', dissolved: '注销或迁出' } as const
export type LiaisonEndGround = keyof typeof LIAISON_END_GROUND

/** State of a normal-track request (步入正常轨道申请): one asks, another approves. */
export const NORMAL_TRACK_STATE = { waiting: '待批准', approved: '已批准', returned: '已退回' } as const
export type NormalTrackState = keyof typeof NORMAL_TRACK_STATE

/** Cadence (节律): in what span of time so many are owed. */
export const CADENCE_PER = { day: '每日', week: '每周', month: '每月', quarter: '每季' } as const
export type CadencePer = keyof typeof CADENCE_PER

/** Debtor (责任主体) of a recurring duty. */
export const DEBTOR_KIND = {
  liaison: '包保人',
  officer: '首席负责人、首办秘书',
  person: '指定人员',
  post: '指定岗位',
  unit: '指定单位',
} as const
export type DebtorKind = keyof typeof DEBTOR_KIND

/** Sharing (分担) of a duty between the liaisons of one target: one for all, or each line by itself. */
export const DUTY_SHARING = { either: '任一包保人完成即可', each: '每名包保人各自完成' } as const
export type DutySharing = keyof typeof DUTY_SHARING

/** State of a period (周期状态) of a recurring duty; each period has exactly one. */
export const PERIOD_STATE = { met: '已完成', missed: '未完成', exempt: '免除', running: '进行中' } as const
export type PeriodState = keyof typeof PERIOD_STATE

/** Form of an obligation (责任形态): owed once, again and again, or by quantity. */
export const OBLIGATION_FORM = { once: '事项', recurring: '周期责任', quantity: '目标任务' } as const
export type ObligationForm = keyof typeof OBLIGATION_FORM
/** Kind of an obligation that is no case (责任种类). */
export const OBLIGATION_KIND = {
  period: '周期责任',
  checkIn: '定期点检',
  channelTest: '渠道测试',
  target: '目标',
  task: '任务',
  appointment: '配备项目负责人',
  stage: '项目节点',
  instalment: '失信违诺兑现',
  disbursement: '惠企政策兑现',
  demand: '企业诉求',
} as const
export type ObligationKind = keyof typeof OBLIGATION_KIND
/** State of an obligation that is no case (责任状态); a period that nobody made up for and that was answered for is cleared. */
export const OBLIGATION_STATE = { ...PERIOD_STATE, cleared: '已说明' } as const
export type ObligationState = keyof typeof OBLIGATION_STATE

/** Why nothing is owed in a period (免除原因). */
export const EXEMPT_CAUSE = {
  holiday: '放假',
  vacant: '无人在岗',
  suspended: '对象暂停',
  leave: '请假',
} as const
export type ExemptCause = keyof typeof EXEMPT_CAUSE
/** Kind of target (目标种类): what has to be counted. */
export const TARGET_KIND = {
  count: '数量',
  objects: '逐个完成',
  threshold: '全部达标',
  eachHas: '每个都有',
  coverage: '全覆盖',
} as const
export type TargetKind = keyof typeof TARGET_KIND

/** Cadence of check-ins (点检周期). */
export const CHECK_CADENCE = { weekly: '每周', monthly: '每月' } as const
export type CheckCadence = keyof typeof CHECK_CADENCE

/** What a target or task of a plan may lack (四定与量化): who, for what, by when, who checks, how much. */
export const PLAN_LACK = { person: '定人', duty: '定责', time: '定时', check: '定查', measure: '量化' } as const
export type PlanLack = keyof typeof PLAN_LACK

/** State of a plan (作战图状态). */
export const PLAN_STATE = { draft: '编制中', published: '已公布' } as const
export type PlanState = keyof typeof PLAN_STATE

/** State of a version of a target (目标版本状态): one person proposes it, another approves. */
export const TARGET_VERSION_STATE = { proposed: '待批准', approved: '已批准', returned: '已退回' } as const
export type TargetVersionState = keyof typeof TARGET_VERSION_STATE

/** Light of progress (进度灯): against the line over working days, not only against the last day; what lags is not overdue. */
export const PROGRESS_LIGHT = { red: '落后', yellow: '偏慢', green: LIGHT.green, done: LIGHT.done } as const
export type ProgressLight = keyof typeof PROGRESS_LIGHT

/** Presence (出席情况) at a meeting. */
export const PRESENCE = { present: '出席', leave: '请假', absent: '缺席' } as const
export type Presence = keyof typeof PRESENCE

/** State of minutes (纪要状态): one person drafts them, another approves them, then they are issued with a number. */
export const MINUTES_STATE = {
  none: '未起草',
  draft: '待审定',
  returned: '已退回',
  approved: '待印发',
  issued: '已印发',
} as const
export type MinutesState = keyof typeof MINUTES_STATE

/** What a decision becomes (议定事项去向) when the minutes are issued. */
export const DECISION_FORM = { task: '交办任务', problem: '立为突出问题', existing: '并入已有事项' } as const
export type DecisionForm = keyof typeof DECISION_FORM

/** State of a decision (议定事项状态). Reported is not done: somebody else checks. */
export const DECISION_STATE = { draft: '未交办', open: '办理中', reported: '待查验', done: '已查实' } as const
export type DecisionState = keyof typeof DECISION_STATE

/** Rank of the source (来源级别) of an instruction. */
export const SOURCE_RANK = {
  district: '区领导',
  districtHead: '区主要领导',
  city: '市领导',
  province: '省级以上领导',
} as const
export type SourceRank = keyof typeof SOURCE_RANK

/** Confidentiality (知悉范围) of an instruction. What is a state secret does not belong into this system at all. */
export const CONFIDENTIALITY = { open: '一般', internal: '内部', limited: '仅限承办单位' } as const
export type Confidentiality = keyof typeof CONFIDENTIALITY

/** Reply format (反馈形式) that an instruction asks for. */
export const REPLY_FORMAT = { written: '书面报告', brief: '一页简报', oral: '当面汇报' } as const
export type ReplyFormat = keyof typeof REPLY_FORMAT

/** State of an instruction (批示状态): what is only to be read is never open. */
export const INSTRUCTION_STATE = { read: '阅知', open: '未反馈', answered: '已反馈' } as const
export type InstructionState = keyof typeof INSTRUCTION_STATE

/** Shift (班次). A whole day and a night end on the next morning. */
export const SHIFT = { whole: '全天', day: '白班', night: '夜班' } as const
export type Shift = keyof typeof SHIFT

/** Kind of day (日期类别) on a roster. */
export const ROSTER_DAY = { work: '工作日', rest: '双休日', holiday: '节假日' } as const
export type RosterDay = keyof typeof ROSTER_DAY

/** Why somebody on the roster cannot come (不能到岗): known only after the roster was made. */
export const ROSTER_AWAY = { leave: '请假', noPost: '已离岗' } as const
export type RosterAway = keyof typeof ROSTER_AWAY
/** Kind of contact (接触方式) with an enterprise, a project or an organisation, whichever unit makes it. */
export const CONTACT_KIND = { visit: '走访', inspection: '检查', questionnaire: '问卷', call: '电话' } as const
export type ContactKind = keyof typeof CONTACT_KIND

/** State of a contact (接触状态). Joined: it went into another one, which is then made for several units at once. */
export const CONTACT_STATE = { planned: '已计划', joined: '已并入', done: '已完成', cancelled: '已取消' } as const
export type ContactState = keyof typeof CONTACT_STATE

/** Kind of ask (基层要求种类). Only an order is a duty, and only a duty may want a read receipt. */
export const ASK_KIND = {
  form: '报表',
  checkIn: '打卡填报',
  notice: '通知',
  materials: '报送材料',
  order: '工作交办',
  study: '学习',
} as const
export type AskKind = keyof typeof ASK_KIND

/** State of an ask (要求状态): above the cap it waits until a leader agrees. */
export const ASK_STATE = { waiting: '待同意', sent: '已发出', declined: '未同意', withdrawn: '已撤回' } as const
export type AskState = keyof typeof ASK_STATE

/** What a grass-roots unit's week is counted from (负担来源): cases put to it, and asks. */
export const BURDEN_SOURCE = { sweep: '同类排查', task: '协同任务', ...ASK_KIND } as const
export type BurdenSource = keyof typeof BURDEN_SOURCE

/** Size of an enterprise (企业规模) in a year, by the statistics bureau's classes. */
export const ENTERPRISE_SIZE = { large: '大型', medium: '中型', small: '小型', micro: '微型' } as const
export type EnterpriseSize = keyof typeof ENTERPRISE_SIZE

/** Party organisation of an enterprise (党组织): of its own, joint with others, or none. */
export const PARTY_ORGANISATION = { own: '单独组建', joint: '联合组建', none: '未建' } as const
export type PartyOrganisation = keyof typeof PARTY_ORGANISATION

/** Figure of an enterprise (企业指标) for a month, as a bureau's file gives it; kept in fen, profit may be below zero. */
export const ENTERPRISE_FIGURE = {
  output: '工业总产值',
  revenue: '营业收入',
  profit: '利润总额',
  tax: '入库税收',
} as const
export type EnterpriseFigure = keyof typeof ENTERPRISE_FIGURE

/** Confidentiality class of an enterprise's figures (指标密级): who else than the bureau they come from may read them. */
export const FIGURES_CLASS = { open: '全区可看', bound: '包保人和督查可看', bureau: '仅来源单位和督查可看' } as const
export type FiguresClass = keyof typeof FIGURES_CLASS

/** What ties a case to an enterprise (关联方式). */
export const ENTERPRISE_CASE = {
  filed: '企业反映',
  visit: '走访收集',
  bottleneck: '项目堵点',
  promise: '失信违诺',
  meeting: '会议提出',
  demand: '平台诉求',
} as const
export type EnterpriseCaseWay = keyof typeof ENTERPRISE_CASE

/** State of somebody of an enterprise on the platform (企业用户状态). */
export const PLATFORM_PERSON = { invited: '已邀请', active: '使用中', revoked: '已停用' } as const

/** Stage of a project (项目环节), in the order in which a project goes through them. */
export const PROJECT_STAGE = {
  planning: '谋划',
  negotiation: '洽谈',
  signing: '签约',
  landing: '落地',
  start: '开工',
  construction: '在建',
  production: '投产',
} as const
export type ProjectStage = keyof typeof PROJECT_STAGE

/** Type of a project (项目类型): begun this year, or carried on from the years before. */
export const PROJECT_TYPE = { new: '新建', continued: '续建' } as const
export type ProjectType = keyof typeof PROJECT_TYPE

/** Maturity of a project (项目成熟度): being done, can be done, wanted. */
export const PROJECT_MATURITY = { doing: '正在干', ready: '能干', wanted: '想干' } as const
export type ProjectMaturity = keyof typeof PROJECT_MATURITY

/** State of a project (项目状态): what was cancelled or merged counts in no figure. */
export const PROJECT_STATE = { active: '推进中', cancelled: '已取消', merged: '已并入' } as const
export type ProjectState = keyof typeof PROJECT_STATE

/** Project officer (项目负责人): the chief answers for the project, the first secretary runs its errands. */
export const PROJECT_OFFICER = { chief: '首席负责人', secretary: '首办秘书' } as const
export type ProjectOfficer = keyof typeof PROJECT_OFFICER

/** How a rank is held to the rule (职级口径). */
export const RANK_MATCH = { exactly: '须为该职级', atLeast: '该职级及以上' } as const
export type RankMatch = keyof typeof RANK_MATCH

/** What is wrong with the officers of a project (配备问题). */
export const OFFICER_FAULT = { none: '未配备', several: '多于一名', rank: '职级不符' } as const
export type OfficerFault = keyof typeof OFFICER_FAULT

/** Kind of bottleneck (瓶颈种类) of a project. */
export const BOTTLENECK = {
  permit: '手续办理',
  land: '征地拆迁',
  funds: '资金落实',
  emission: '环评排放',
  factor: '要素保障',
  other: '其他',
} as const
export type Bottleneck = keyof typeof BOTTLENECK

/** Factor (要素) that a project needs guaranteed. */
export const PROJECT_FACTOR = {
  land: '土地',
  funds: '资金',
  labour: '用工',
  energy: '能耗',
  permit: '手续',
  supporting: '配套',
} as const
export type ProjectFactor = keyof typeof PROJECT_FACTOR

/** State of a baseline (基线状态): one person proposes it, another freezes it. */
export const BASELINE_STATE = { proposed: '待冻结', frozen: '已冻结', returned: '已退回' } as const
export type BaselineState = keyof typeof BASELINE_STATE

/** Why no days saved are told of a project (不计缩短天数的原因). */
export const DAYS_SAVED_GAP = {
  notFrozen: '预期日期没有冻结',
  notReached: '还没有到这一环节',
  lateFrozen: '冻结晚于实际日期',
  cancelled: '项目已取消或并入',
} as const
export type DaysSavedGap = keyof typeof DAYS_SAVED_GAP

/** What an investment target counts (招商目标口径): signed projects by their amount, or signed single projects. */
export const INVESTMENT_MEASURE = { size: '按投资额', single: '单体签约项目' } as const
export type InvestmentMeasure = keyof typeof INVESTMENT_MEASURE
/** Kind of a broken promise (失信违诺类型). */
export const PROMISE_KIND = {
  arrears: '拖欠账款',
  works: '拖欠工程款',
  investment: '招商承诺不兑现',
  land: '净地不净',
  other: '其他',
} as const
export type PromiseKind = keyof typeof PROMISE_KIND

/** Why a promise was broken (违诺原因). The first four are no ground for breaking one (民营经济促进法). */
export const PROMISE_CAUSE = {
  division: '行政区划调整',
  term: '政府换届',
  organisation: '机构或者职能调整',
  person: '相关责任人更替',
  funds: '资金不足',
  policy: '政策变化',
  procedure: '程序瑕疵',
} as const
export type PromiseCause = keyof typeof PROMISE_CAUSE

/** State of a broken promise (兑现状态): follows from its payments and from the enterprise's word. */
export const PROMISE_STATE = { open: '待兑现', paying: '分期兑现中', kept: '待企业确认', closed: '已销号' } as const
export type PromiseState = keyof typeof PROMISE_STATE

/** State of a plan of instalments (分期计划状态). */
export const PROMISE_PLAN_STATE = { proposed: '待批准', approved: '已批准', returned: '已退回' } as const
export type PromisePlanState = keyof typeof PROMISE_PLAN_STATE

/** State of an instalment (分期状态): a breach is money that had not come when its day was over; it stays one for ever. */
export const INSTALMENT_STATE = { due: '未到期', paid: '已付清', breached: '逾期未付', late: '逾期后付清' } as const
export type InstalmentState = keyof typeof INSTALMENT_STATE

/** Age of an open matter of an enterprise (积压时长), in natural days. */
export const BACKLOG_AGE = {
  d30: '30天以内',
  d90: '31至90天',
  d180: '91至180天',
  d365: '181至365天',
  older: '一年以上',
} as const
export type BacklogAge = keyof typeof BACKLOG_AGE

/** Axis of the summary of broken promises (汇总口径). */
export const PROMISE_AXIS = { unit: '责任单位', enterprise: '企业', cause: '原因', kind: '类型' } as const
export type PromiseAxis = keyof typeof PROMISE_AXIS

/** Mode of a policy (享受方式): paid without an application, or applied for. */
export const POLICY_MODE = { auto: '免申即享', apply: '申报享受' } as const
export type PolicyMode = keyof typeof POLICY_MODE

/** State of a policy (政策状态). */
export const POLICY_STATE = { draft: '待发布', published: '执行中', ended: '已停止' } as const
export type PolicyState = keyof typeof POLICY_STATE

/** Fact of the register (登记事实) that a condition of a policy asks for. */
export const POLICY_FACT = {
  size: '企业规模',
  aboveScale: '规上企业',
  chain: '产业链',
  industry: '行业代码',
  division: '所在区划',
  age: '成立时间',
  staff: '从业人数',
  party: '党组织',
  title: '资质称号',
  figure: '指标金额',
  growth: '指标增幅',
  bound: '有主包保人',
} as const
export type PolicyFact = keyof typeof POLICY_FACT

/** Year of a fact (年度), seen from the day of asking. */
export const FACT_YEAR = { this: '本年', last: '上年' } as const
export type FactYear = keyof typeof FACT_YEAR

/** Whether an enterprise is eligible (符合与否): a missing fact is unknown and never a no. */
export const ELIGIBILITY = { yes: '符合', no: '不符合', unknown: '缺数据' } as const
export type Eligibility = keyof typeof ELIGIBILITY

/** State of an entitlement (应享状态): from found eligible (应享) to paid (已享). */
export const ENTITLEMENT_STATE = {
  eligible: '应享未告知',
  offered: '已告知',
  confirmed: '已确认',
  declined: '企业放弃',
  paid: '已享',
  lapsed: '不再符合',
} as const
export type EntitlementState = keyof typeof ENTITLEMENT_STATE

/** Kind of a need (企业需求). */
export const NEED_KIND = {
  funds: '资金',
  land: '用地',
  workers: '用工',
  technology: '技术',
  market: '市场',
  permits: '手续',
  other: '其他',
} as const
export type NeedKind = keyof typeof NEED_KIND
/** State of a need (需求状态). */
export const NEED_STATE = { asked: '已提出', met: '已满足', unmet: '没有办成', declined: '不需要了' } as const
export type NeedState = keyof typeof NEED_STATE
/** Which enterprises a growth is of (同比范围). */
export const ENTERPRISE_GROUP = { all: '全部企业', liaison: '现有包保的企业', aboveScale: '规上企业' } as const
export type EnterpriseGroup = keyof typeof ENTERPRISE_GROUP

/** Marks of growth against the year before (同比标志): by half is 50 % or more; a loss that became smaller, or a profit. */
export const ENTERPRISE_GROWTH = {
  base: '可比企业',
  grew: '同比增长',
  grewByHalf: '增幅五成以上',
  lossCut: '减亏',
  turned: '扭亏为盈',
  lossCutOrTurned: '减亏或扭亏',
  missing: '缺月份',
} as const
export type EnterpriseGrowthMark = keyof typeof ENTERPRISE_GROWTH

/** What a row of a file would do to the register (试读结果). */
export const IMPORT_ROW_STATE = { new: '新增', changed: '更新', same: '无变化' } as const
export type ImportRowState = keyof typeof IMPORT_ROW_STATE
/** By what disbursements are summed (拨付合计口径). */
export const DISBURSEMENT_BY = {
  year: '年度',
  month: '月份',
  policy: '政策',
  programme: '资金项目',
  unit: '拨付单位',
  enterprise: '企业',
} as const
export type DisbursementBy = keyof typeof DISBURSEMENT_BY
/** State of a financing (融资状态). */
export const FINANCING_STATE = {
  intent: '意向',
  approval: '审批',
  lent: '放款',
  repaid: '还清',
  failed: '失败',
} as const
export type FinancingState = keyof typeof FINANCING_STATE
/** By what financings are counted (融资统计口径). */
export const FINANCING_BY = { state: '状态', product: '产品', meeting: '会议' } as const
export type FinancingBy = keyof typeof FINANCING_BY
/** State of a candidate of a whitelist (筛选状态). */
export const SCREENING_STATE = { waiting: '待筛', passed: '通过', refused: '未通过' } as const
export type ScreeningState = keyof typeof SCREENING_STATE
/** Sub-service of the quality one-stop (质量服务事项). */
export const QUALITY_SERVICE = {
  metrology: '计量',
  standards: '标准',
  accreditation: '认证认可',
  testing: '检验检测',
} as const
export type QualityService = keyof typeof QUALITY_SERVICE
/** State of a request to the quality one-stop (质量服务状态). */
export const QUALITY_STATE = { requested: '已受理', quoted: '已报价', done: '已完成', withdrawn: '已撤回' } as const
export type QualityState = keyof typeof QUALITY_STATE
