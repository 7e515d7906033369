import { z } from 'zod'
import { Contact, FileAppeal, Message, Party, ProxyContact } from './appeal.ts'
import { BlobId, CaseId, Day, ImportId, Instant, PartyId, UnitId } from './brand.ts'
import { campaignRoutes } from './campaign.routes.ts'
import {
  CaseAnswer,
  CaseEvent,
  ClockDay,
  ClockView,
  EmergencyAdvice,
  LedgerFilter,
  LedgerPage,
  RelatedCase,
  SamePerson,
} from './case.ts'
import { channelRoutes } from './channel.routes.ts'
import { contactRoutes } from './contact.routes.ts'
import { disclosureRoutes } from './disclosure.routes.ts'
import { District } from './district.ts'
import { dutyRoutes } from './duty.routes.ts'
import { enterpriseRoutes } from './enterprise.routes.ts'
import { exchangeRoutes } from './exchange.routes.ts'
import { financeRoutes } from './finance.routes.ts'
import { HandOverPerson, HandoverList, HandoverSheet, OwnershipGap, Reorganise, Reorganised } from './handover.ts'
import { Import, ImportMapping } from './import.ts'
import {
  Indicator,
  IndicatorAnswer,
  IndicatorQuery,
  IndicatorRows,
  IndicatorRowsQuery,
  Month,
  OutcomeRows,
  OutcomeRowsQuery,
  Outcomes,
  OutcomesQuery,
  Period,
  Periods,
} from './indicator.ts'
import { INPUT } from './input.ts'
import { intakeRoutes } from './intake.routes.ts'
import { knowledgeRoutes } from './knowledge.routes.ts'
import { liaisonRoutes } from './liaison.routes.ts'
import { meetingRoutes } from './meeting.routes.ts'
import { mergingRoutes } from './merging.routes.ts'
import { noticeRoutes } from './notice.routes.ts'
import { obligationRoutes } from './obligation.routes.ts'
import { LedgerItemPage } from './obligation.ts'
import { open311Routes } from './open311.routes.ts'
import { Category, NewStandIn, NewTaskForce, Person, Queue, Session, SignIn, TaskForce, Unit } from './org.ts'
import { planRoutes } from './plan.routes.ts'
import { platformRoutes } from './platform.routes.ts'
import { policyRoutes } from './policy.routes.ts'
import { problemRoutes } from './problem.routes.ts'
import { projectRoutes } from './project.routes.ts'
import { promiseRoutes } from './promise.routes.ts'
import { OutcomeQuantity } from './quantity.ts'
import { rosterRoutes } from './roster.routes.ts'
import { type Route, route } from './route.ts'
import { NewRuleSet, RuleSetView } from './rule-set.ts'
import { JsonSchema, listOf, Paging, text } from './shape.ts'
import { suggestionRoutes } from './suggestion.routes.ts'
import { taskRoutes } from './task.routes.ts'
import { Channel, ClockKind, Outcome, PartyLinkState } from './term.ts'

const number = z.object({ number: z.string().min(1).max(40) })
const code = z.object({ code: z.string().max(40).default('') })
const idOrNumber = z.object({ id: z.string().min(1).max(40) })

/** The loop itself: intake, ledger, calendar, figures, organisation. */
const houseRoutes = {
  fileAppeal: route({
    method: 'POST',
    path: '/api/v1/public/appeals',
    summary: '提交诉求（无需账号）',
    open: 'anyone',
    status: 201,
    body: FileAppeal,
    response: z
      .object({
        number: z.string(),
        pickupCode: z.string(),
        dueAt: Instant,
        emergency: z.array(EmergencyAdvice).optional(),
      })
      .meta({ id: 'Receipt' }),
  }),
  attach: route({
    method: 'POST',
    path: '/api/v1/public/attachments',
    summary: '上传照片或录音',
    open: 'anyone',
    status: 201,
    accepts: 'multipart',
    response: z
      .object({ id: BlobId, name: z.string(), bytes: z.number().int(), mediaType: z.string() })
      .meta({ id: 'AttachmentReceipt' }),
  }),
  attachment: route({
    method: 'GET',
    path: '/api/v1/attachments/:id',
    summary: '查看附件',
    open: 'anyone',
    status: 200,
    sends: 'binary',
    params: z.object({ id: BlobId }),
    query: z.object({ number: z.string().optional(), code: z.string().optional() }),
  }),
  track: route({
    method: 'GET',
    path: '/api/v1/public/appeals/:number',
    summary: '查询进度',
    open: 'anyone',
    status: 200,
    params: number,
    query: code,
    response: z
      .object({
        number: z.string(),
        type: z.string(),
        title: z.string(),
        stage: z.string(),
        stageLabel: z.string(),
        round: z.number().int(),
        steps: z.array(z.object({ at: Instant, text: z.string() })),
        unit: z.string().nullable(),
        unitPhone: z.string().nullable(),
        dueAt: Instant.nullable(),
        answer: z.string().optional(),
        ratable: z.boolean(),
        serviceRatable: z.boolean().meta({ description: 'The contact itself (接待服务) is not rated yet' }),
        grade: z.number().int().nullable(),
        photos: z.array(z.object({ id: BlobId, name: z.string() })),
      })
      .meta({ id: 'Tracking' }),
  }),
  publicAnswers: route({
    method: 'GET',
    path: '/api/v1/public/answers',
    summary: '公开的答复及其更正',
    open: 'anyone',
    status: 200,
    query: Paging,
    response: z.object({
      items: z.array(
        z
          .object({
            number: z.string(),
            title: z.string(),
            category: z.string().nullable(),
            unit: z.string().nullable(),
            answer: z.string(),
            outcome: Outcome.nullable(),
            answeredAt: Instant,
            publishedAt: Instant,
            corrections: z.array(
              z.object({
                at: Instant,
                reason: z.string(),
                before: z.string().nullable().meta({ description: 'What the answer said until then' }),
              }),
            ),
            question: z
              .string()
              .nullable()
              .meta({ description: 'What was asked, de-identified, where it was published' }),
          })
          .meta({ id: 'PublicAnswer' }),
      ),
      nextCursor: z.string().nullable(),
    }),
  }),
  speakUp: route({
    method: 'POST',
    path: '/api/v1/public/appeals/:number/messages',
    summary: '催办、补充或再次反映',
    open: 'anyone',
    status: 200,
    params: number,
    query: code,
    body: Message,
    response: z
      .object({
        number: z.string(),
        stage: z.string(),
        stageLabel: z.string(),
        round: z.number().int(),
        counted: z.enum(['urge', 'supplement', 'reRaise', 'newRound']),
      })
      .meta({ id: 'MessageTaken' }),
  }),
  rate: route({
    method: 'POST',
    path: '/api/v1/public/appeals/:number/rating',
    summary: '评价',
    open: 'anyone',
    status: 200,
    params: number,
    query: code,
    body: INPUT.rate,
    response: z
      .object({ number: z.string(), stage: z.string(), stageLabel: z.string(), round: z.number().int() })
      .meta({ id: 'Rated' }),
  }),
  district: route({
    method: 'GET',
    path: '/api/v1/public/district',
    summary: '本地区与公开数字',
    open: 'anyone',
    status: 200,
    response: z
      .object({
        name: z.string(),
        phone: z.string(),
        demo: z.boolean(),
        numbers: z.object({
          unanswered: z.number().int(),
          received: z.number().int(),
          onTime: z.number().nullable(),
          satisfied: z.number().nullable(),
        }),
      })
      .meta({ id: 'PublicDistrict' }),
  }),

  signIn: route({
    method: 'POST',
    path: '/api/v1/session',
    summary: '登录',
    open: 'anyone',
    status: 200,
    body: SignIn,
    response: Session,
  }),
  session: route({
    method: 'GET',
    path: '/api/v1/session',
    summary: '当前登录人',
    open: 'person',
    status: 200,
    response: Session,
  }),
  signOut: route({ method: 'DELETE', path: '/api/v1/session', summary: '退出登录', open: 'person', status: 204 }),
  newToken: route({
    method: 'POST',
    path: '/api/v1/tokens',
    summary: '为机器签发令牌',
    open: 'person',
    status: 201,
    body: z.object({ name: text(60), account: text(60), validDays: z.number().int().min(1).max(365).default(90) }),
    response: z.object({ id: z.uuid(), token: z.string(), expiresAt: Instant }).meta({ id: 'Token' }),
  }),
  setDistrict: route({
    method: 'PUT',
    path: '/api/v1/district',
    summary: '装入地区文件（单位、人员、类别、分办目录）',
    open: 'person',
    status: 200,
    body: District,
    response: z
      .object({
        units: z.number().int(),
        people: z.number().int(),
        topics: z.number().int(),
        catalogueRows: z.number().int(),
      })
      .meta({ id: 'DistrictLoaded' }),
  }),
  units: route({
    method: 'GET',
    path: '/api/v1/units',
    summary: '单位',
    open: 'person',
    status: 200,
    query: z.object({ q: z.string().max(60).optional(), kind: z.string().optional() }),
    response: listOf(Unit),
  }),
  people: route({
    method: 'GET',
    path: '/api/v1/people',
    summary: '人员',
    open: 'person',
    status: 200,
    query: z.object({ q: z.string().max(60).optional(), unit: UnitId.optional() }),
    response: listOf(Person),
  }),
  categories: route({
    method: 'GET',
    path: '/api/v1/categories',
    summary: '事项类别',
    open: 'anyone',
    status: 200,
    response: listOf(Category),
  }),

  caseTypes: route({
    method: 'GET',
    path: '/api/v1/case-types',
    summary: '事项类型、环节、动作与表单',
    open: 'person',
    status: 200,
    response: listOf(
      z
        .object({
          id: z.string(),
          label: z.string(),
          facts: JsonSchema,
          stages: z.array(z.object({ id: z.string(), label: z.string(), end: z.boolean() })),
          actions: z.array(
            z.object({
              name: z.string(),
              label: z.string(),
              from: z.array(z.string()),
              to: z.string().nullable(),
              roles: z.array(z.string()),
              input: JsonSchema,
            }),
          ),
        })
        .meta({ id: 'CaseType' }),
    ),
  }),
  ledger: route({
    method: 'GET',
    path: '/api/v1/ledger',
    summary: '台账',
    open: 'person',
    status: 200,
    query: LedgerFilter.extend(Paging.shape),
    response: LedgerItemPage,
  }),
  cases: route({
    method: 'GET',
    path: '/api/v1/cases',
    summary: '事项列表',
    open: 'person',
    status: 200,
    query: LedgerFilter.extend(Paging.shape),
    response: LedgerPage,
  }),
  ledgerWorkbook: route({
    method: 'GET',
    path: '/api/v1/ledger.xlsx',
    summary: '台账导出',
    open: 'person',
    status: 200,
    sends: 'binary',
    query: LedgerFilter,
  }),
  queues: route({
    method: 'GET',
    path: '/api/v1/queues',
    summary: '我的队列与件数',
    open: 'person',
    status: 200,
    response: listOf(Queue),
  }),
  openCase: route({
    method: 'POST',
    path: '/api/v1/cases',
    summary: '登记事项',
    open: 'person',
    status: 201,
    body: z.object({
      type: z.string(),
      facts: z.record(z.string(), z.unknown()),
      party: Party.partial({ kind: true }).extend(Contact.shape).extend({ proxy: ProxyContact.optional() }).optional(),
      channel: Channel.optional(),
    }),
    response: CaseAnswer,
  }),
  getCase: route({
    method: 'GET',
    path: '/api/v1/cases/:id',
    summary: '一个事项',
    open: 'person',
    status: 200,
    params: idOrNumber,
    response: CaseAnswer,
  }),
  caseEvents: route({
    method: 'GET',
    path: '/api/v1/cases/:id/events',
    summary: '办理过程',
    open: 'person',
    status: 200,
    params: idOrNumber,
    query: Paging.extend({ limit: z.coerce.number().int().min(1).max(200).default(200) }),
    response: z.object({ items: z.array(CaseEvent), nextCursor: z.string().nullable() }),
  }),
  caseClocks: route({
    method: 'GET',
    path: '/api/v1/cases/:id/clocks',
    summary: '时限与逐日说明',
    open: 'person',
    status: 200,
    params: idOrNumber,
    response: listOf(ClockView),
  }),
  relatedCases: route({
    method: 'GET',
    path: '/api/v1/cases/:id/related',
    summary: '关联事项：上级事项、并案、协办、请示、督办、排查',
    open: 'person',
    status: 200,
    params: idOrNumber,
    response: listOf(RelatedCase),
  }),
  returnUp: route({
    method: 'GET',
    path: '/api/v1/cases/:id/return',
    summary: '回复上级：上级编号、结果与完整过程',
    open: 'person',
    status: 200,
    params: idOrNumber,
    response: z
      .object({
        superior: z.object({ body: z.string(), number: z.string(), dueOn: Day, class: z.string().nullable() }),
        number: z.string(),
        result: z.object({
          outcome: Outcome.nullable(),
          answer: z.string().nullable(),
          answeredAt: Instant.nullable(),
          unit: z.string().nullable(),
          quantities: z.array(OutcomeQuantity),
        }),
        timeline: z.array(
          z.object({
            at: Instant,
            action: z.string(),
            label: z.string(),
            by: z.string(),
            unit: z.string().nullable(),
            round: z.number().int(),
          }),
        ),
      })
      .meta({ id: 'ReturnUp' }),
  }),
  ruleSets: route({
    method: 'GET',
    path: '/api/v1/rule-sets',
    summary: '办理规则的各个版本',
    open: 'person',
    status: 200,
    response: listOf(RuleSetView),
  }),
  newRuleSet: route({
    method: 'POST',
    path: '/api/v1/rule-sets',
    summary: '发布办理规则的新版本（在办事项仍按原版本）',
    open: 'person',
    status: 201,
    body: NewRuleSet,
    response: RuleSetView,
  }),
  act: route({
    method: 'POST',
    path: '/api/v1/cases/:id/actions/:action',
    summary: '办理动作',
    open: 'person',
    status: 200,
    params: idOrNumber.extend({ action: z.string().min(1).max(40) }),
    body: z.object({ version: z.number().int(), input: z.record(z.string(), z.unknown()).default({}) }),
    response: CaseAnswer,
  }),
  actOnMany: route({
    method: 'POST',
    path: '/api/v1/case-actions',
    summary: '批量办理',
    open: 'person',
    status: 200,
    body: z.object({
      action: z.string(),
      ids: z.array(CaseId).min(1).max(500),
      input: z.record(z.string(), z.unknown()).default({}),
    }),
    response: listOf(
      z.object({
        id: CaseId,
        ok: z.boolean(),
        stage: z.string().nullable(),
        code: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  }),
  reveal: route({
    method: 'POST',
    path: '/api/v1/parties/:id/reveal',
    summary: '查看联系方式（留痕）',
    open: 'person',
    status: 200,
    params: z.object({ id: PartyId }),
    body: z.object({ reason: text(200) }),
    response: z
      .object({
        name: z.string().nullable(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
        uscc: z.string().nullable(),
        said: z.string().nullable(),
        proxy: z
          .object({ name: z.string().nullable(), phone: z.string().nullable(), relation: z.string().nullable() })
          .nullable(),
      })
      .meta({ id: 'RevealedParty' }),
  }),
  samePerson: route({
    method: 'GET',
    path: '/api/v1/cases/:id/same-person',
    summary: '可能是同一人的其他事项',
    open: 'person',
    status: 200,
    params: idOrNumber,
    response: listOf(SamePerson),
  }),
  linkParties: route({
    method: 'POST',
    path: '/api/v1/parties/:id/links',
    summary: '确认或否认是同一人（留痕）',
    open: 'person',
    status: 200,
    params: z.object({ id: PartyId }),
    body: z.object({ otherId: PartyId, same: z.boolean() }),
    response: z
      .object({
        partyId: PartyId,
        otherId: PartyId,
        confidence: z.number(),
        state: PartyLinkState,
        byName: z.string(),
        at: Instant,
      })
      .meta({ id: 'PartyLink' }),
  }),

  newImport: route({
    method: 'POST',
    path: '/api/v1/imports',
    summary: '导入台账',
    open: 'person',
    status: 202,
    accepts: 'multipart',
    response: z.object({ id: ImportId }),
  }),
  imports: route({
    method: 'GET',
    path: '/api/v1/imports',
    summary: '导入批次',
    open: 'person',
    status: 200,
    response: listOf(Import),
  }),
  getImport: route({
    method: 'GET',
    path: '/api/v1/imports/:id',
    summary: '导入批次与进度',
    open: 'person',
    status: 200,
    params: z.object({ id: ImportId }),
    response: Import,
  }),
  remapImport: route({
    method: 'PUT',
    path: '/api/v1/imports/:id/mapping',
    summary: '改正栏目对应后重新试读',
    open: 'person',
    status: 202,
    params: z.object({ id: ImportId }),
    body: z.object({ mapping: ImportMapping }),
    response: z.object({ id: ImportId }),
  }),
  commitImport: route({
    method: 'POST',
    path: '/api/v1/imports/:id/actions/commit',
    summary: '确认导入',
    open: 'person',
    status: 202,
    params: z.object({ id: ImportId }),
    response: Import,
  }),
  undoImport: route({
    method: 'POST',
    path: '/api/v1/imports/:id/actions/undo',
    summary: '整批撤销',
    open: 'person',
    status: 200,
    params: z.object({ id: ImportId }),
    response: Import,
  }),
  returnedImport: route({
    method: 'GET',
    path: '/api/v1/imports/:id/returned.xlsx',
    summary: '退回的表（错误处标红）',
    open: 'person',
    status: 200,
    params: z.object({ id: ImportId }),
    sends: 'binary',
  }),

  indicators: route({
    method: 'GET',
    path: '/api/v1/indicators',
    summary: '指标目录',
    open: 'person',
    status: 200,
    response: listOf(Indicator),
  }),
  indicator: route({
    method: 'GET',
    path: '/api/v1/indicators/:id',
    summary: '一个指标的数值',
    open: 'person',
    status: 200,
    params: z.object({ id: z.string().max(40) }),
    query: IndicatorQuery,
    response: IndicatorAnswer,
  }),
  indicatorRows: route({
    method: 'GET',
    path: '/api/v1/indicators/:id/rows',
    summary: '指标背后的事项',
    open: 'person',
    status: 200,
    params: z.object({ id: z.string().max(40) }),
    query: IndicatorRowsQuery,
    response: IndicatorRows,
  }),
  periods: route({
    method: 'GET',
    path: '/api/v1/periods',
    summary: '已封存的月份',
    open: 'person',
    status: 200,
    response: Periods,
  }),
  period: route({
    method: 'GET',
    path: '/api/v1/periods/:month',
    summary: '一个月的封存数、现数与调整',
    open: 'person',
    status: 200,
    params: z.object({ month: Month }),
    response: Period,
  }),
  freezePeriod: route({
    method: 'POST',
    path: '/api/v1/periods/:month/actions/freeze',
    summary: '封存一个月的统计',
    open: 'person',
    status: 200,
    params: z.object({ month: Month }),
    response: Period,
  }),
  outcomes: route({
    method: 'GET',
    path: '/api/v1/outcomes',
    summary: '办理成效合计',
    open: 'person',
    status: 200,
    query: OutcomesQuery,
    response: Outcomes,
  }),
  outcomeRows: route({
    method: 'GET',
    path: '/api/v1/outcomes/rows',
    summary: '办理成效背后的事项',
    open: 'person',
    status: 200,
    query: OutcomeRowsQuery,
    response: OutcomeRows,
  }),

  due: route({
    method: 'GET',
    path: '/api/v1/calendar/due',
    summary: '计算时限并说明',
    open: 'person',
    status: 200,
    query: z.object({
      from: z.union([Instant, Day]),
      amount: z.coerce.number().positive().max(2000),
      unit: z.enum(['workingDay', 'workingHour', 'hour', 'day', 'month']),
    }),
    response: z.object({ dueAt: Instant, provisional: z.boolean(), days: z.array(ClockDay) }).meta({ id: 'Due' }),
  }),
  calendarYear: route({
    method: 'GET',
    path: '/api/v1/calendar/years/:year',
    summary: '一年的放假与调休上班',
    open: 'person',
    status: 200,
    params: z.object({ year: z.coerce.number().int().min(2007).max(2044) }),
    response: z
      .object({
        year: z.number().int(),
        published: z
          .boolean()
          .meta({ description: 'False: only the statutory days, dates that reach it are provisional' }),
        off: z.record(Day, z.string()),
        work: z.record(Day, z.string()),
      })
      .meta({ id: 'CalendarYear' }),
  }),
  publishYear: route({
    method: 'PUT',
    path: '/api/v1/calendar/years/:year',
    summary: '公布一年的放假安排：先试算会调整哪些期限，再执行',
    open: 'person',
    status: 200,
    params: z.object({ year: z.coerce.number().int().min(2025).max(2044) }),
    body: z.object({
      source: text(200),
      off: z.record(Day, text(60)),
      work: z.record(Day, text(60)).default({}),
      dryRun: z.boolean().default(true),
    }),
    response: z
      .object({
        year: z.number().int(),
        source: z.string(),
        dryRun: z.boolean(),
        moved: z.array(
          z.object({
            id: CaseId,
            number: z.string(),
            title: z.string(),
            clock: ClockKind,
            from: Instant,
            to: Instant,
            applied: z.boolean().meta({ description: 'False: it would come earlier, so the told date stays' }),
          }),
        ),
        confirmed: z.number().int().meta({ description: 'Cases whose dates do not move' }),
      })
      .meta({ id: 'YearPublished' }),
  }),
  setClock: route({
    method: 'PUT',
    path: '/api/v1/clock',
    summary: '拨动测试时钟',
    open: 'person',
    status: 200,
    body: z.object({ now: Instant }),
    response: z.object({ now: Instant, fired: z.number().int() }),
  }),

  newTaskForce: route({
    method: 'POST',
    path: '/api/v1/task-forces',
    summary: '成立工作专班',
    open: 'person',
    status: 201,
    body: NewTaskForce,
    response: TaskForce,
  }),
  taskForces: route({
    method: 'GET',
    path: '/api/v1/task-forces',
    summary: '工作专班',
    open: 'person',
    status: 200,
    response: listOf(TaskForce),
  }),
  reorganise: route({
    method: 'POST',
    path: '/api/v1/reorganisations',
    summary: '机构改革（可先试算）',
    open: 'person',
    status: 200,
    body: Reorganise,
    response: Reorganised,
  }),
  handovers: route({
    method: 'GET',
    path: '/api/v1/handovers',
    summary: '移交清单',
    open: 'person',
    status: 200,
    response: listOf(HandoverList),
  }),
  signHandover: route({
    method: 'POST',
    path: '/api/v1/handovers/:id/actions/sign',
    summary: '签收移交清单',
    open: 'person',
    status: 200,
    params: z.object({ id: z.uuid() }),
    response: HandoverList,
  }),
  handOverPerson: route({
    method: 'POST',
    path: '/api/v1/person-handovers',
    summary: '人员交接（可先试算）',
    open: 'person',
    status: 200,
    body: HandOverPerson,
    response: HandoverSheet,
  }),
  newStandIn: route({
    method: 'POST',
    path: '/api/v1/stand-ins',
    summary: '指定代理人',
    open: 'person',
    status: 201,
    body: NewStandIn,
    response: NewStandIn.extend({ id: z.uuid() }).meta({ id: 'StandIn' }),
  }),
  ownershipGaps: route({
    method: 'GET',
    path: '/api/v1/ownership-gaps',
    summary: '责任空档（经办人已离岗的在办事项）',
    open: 'person',
    status: 200,
    query: z.object({ days: z.coerce.number().int().min(0).max(3650).default(3) }),
    response: listOf(OwnershipGap),
  }),
} as const satisfies Record<string, Route>

/** The routes by what they are for; each group has a test that calls every one of them (`server/test/contract-<group>.test.ts`). */
export const ROUTE_GROUPS = {
  house: houseRoutes,
  open311: open311Routes,
  exchange: exchangeRoutes,
  problem: problemRoutes,
  channel: channelRoutes,
  intake: intakeRoutes,
  knowledge: knowledgeRoutes,
  suggestion: suggestionRoutes,
  notice: noticeRoutes,
  merging: mergingRoutes,
  disclosure: disclosureRoutes,
  duty: dutyRoutes,
  obligation: obligationRoutes,
  liaison: liaisonRoutes,
  plan: planRoutes,
  campaign: campaignRoutes,
  meeting: meetingRoutes,
  roster: rosterRoutes,
  contact: contactRoutes,
  task: taskRoutes,
  project: projectRoutes,
  promise: promiseRoutes,
  platform: platformRoutes,
  policy: policyRoutes,
  enterprise: enterpriseRoutes,
  finance: financeRoutes,
} as const satisfies Record<string, Record<string, Route>>

/** The whole API. The server registers exactly these routes. */
export const routes = {
  ...houseRoutes,
  ...open311Routes,
  ...exchangeRoutes,
  ...problemRoutes,
  ...channelRoutes,
  ...intakeRoutes,
  ...knowledgeRoutes,
  ...suggestionRoutes,
  ...noticeRoutes,
  ...mergingRoutes,
  ...disclosureRoutes,
  ...dutyRoutes,
  ...obligationRoutes,
  ...liaisonRoutes,
  ...planRoutes,
  ...campaignRoutes,
  ...meetingRoutes,
  ...rosterRoutes,
  ...contactRoutes,
  ...taskRoutes,
  ...projectRoutes,
  ...promiseRoutes,
  ...platformRoutes,
  ...policyRoutes,
  ...enterpriseRoutes,
  ...financeRoutes,
} as const satisfies Record<string, Route>

export type Routes = typeof routes
export type RouteName = keyof Routes
