import type { Problem, Routes } from '@banjie/contract'

/**
 * The routes the desk calls. The strings are checked against the contract by the compiler; the contract itself, with its schemas,
 * stays out of the bundle.
 */
const PATH = {
  district: 'GET /api/v1/public/district',
  attach: 'POST /api/v1/public/attachments',
  signIn: 'POST /api/v1/session',
  session: 'GET /api/v1/session',
  signOut: 'DELETE /api/v1/session',
  units: 'GET /api/v1/units',
  people: 'GET /api/v1/people',
  categories: 'GET /api/v1/categories',
  knowledge: 'GET /api/v1/knowledge',
  knowledgeEntries: 'GET /api/v1/knowledge-entries',
  knowledgeEntry: 'GET /api/v1/knowledge-entries/:id',
  newKnowledge: 'POST /api/v1/knowledge-entries',
  reviseKnowledge: 'PUT /api/v1/knowledge-entries/:id',
  approveKnowledge: 'POST /api/v1/knowledge-entries/:id/approval',
  returnKnowledge: 'POST /api/v1/knowledge-entries/:id/return',
  withdrawKnowledge: 'POST /api/v1/knowledge-entries/:id/withdrawal',
  knowledgeFromCase: 'POST /api/v1/cases/:id/knowledge',
  publication: 'GET /api/v1/cases/:id/publication',
  answerMany: 'POST /api/v1/answers',
  personalParts: 'POST /api/v1/cases/:id/personal-parts',
  mergedAnswers: 'GET /api/v1/cases/:id/merged-answers',
  caseTypes: 'GET /api/v1/case-types',
  ledger: 'GET /api/v1/ledger',
  cases: 'GET /api/v1/cases',
  obligation: 'GET /api/v1/obligations/:id',
  explainObligation: 'POST /api/v1/obligations/:id/actions/explain',
  clearObligation: 'POST /api/v1/obligations/:id/actions/clear',
  queues: 'GET /api/v1/queues',
  openCase: 'POST /api/v1/cases',
  getCase: 'GET /api/v1/cases/:id',
  caseEvents: 'GET /api/v1/cases/:id/events',
  relatedCases: 'GET /api/v1/cases/:id/related',
  act: 'POST /api/v1/cases/:id/actions/:action',
  actOnMany: 'POST /api/v1/case-actions',
  reveal: 'POST /api/v1/parties/:id/reveal',
  newImport: 'POST /api/v1/imports',
  imports: 'GET /api/v1/imports',
  getImport: 'GET /api/v1/imports/:id',
  remapImport: 'PUT /api/v1/imports/:id/mapping',
  commitImport: 'POST /api/v1/imports/:id/actions/commit',
  undoImport: 'POST /api/v1/imports/:id/actions/undo',
  indicators: 'GET /api/v1/indicators',
  indicator: 'GET /api/v1/indicators/:id',
  indicatorRows: 'GET /api/v1/indicators/:id/rows',
  period: 'GET /api/v1/periods/:month',
  freezePeriod: 'POST /api/v1/periods/:month/actions/freeze',
  outcomes: 'GET /api/v1/outcomes',
  outcomeRows: 'GET /api/v1/outcomes/rows',
  calendarYear: 'GET /api/v1/calendar/years/:year',
  publishYear: 'PUT /api/v1/calendar/years/:year',
  handovers: 'GET /api/v1/handovers',
  signHandover: 'POST /api/v1/handovers/:id/actions/sign',
  handOverPerson: 'POST /api/v1/person-handovers',
  newStandIn: 'POST /api/v1/stand-ins',
  ownershipGaps: 'GET /api/v1/ownership-gaps',
  reorganise: 'POST /api/v1/reorganisations',
  ruleSets: 'GET /api/v1/rule-sets',
  newRuleSet: 'POST /api/v1/rule-sets',
  cityReturns: 'GET /api/v1/exchange/12345/returns',
  acknowledgeReturns: 'POST /api/v1/exchange/12345/returns/actions/acknowledge',
  open311Keys: 'GET /api/v1/open311-keys',
  newOpen311Key: 'POST /api/v1/open311-keys',
  revokeOpen311Key: 'POST /api/v1/open311-keys/:id/actions/revoke',
  problemLists: 'GET /api/v1/problem-lists',
  newProblemList: 'POST /api/v1/problem-lists',
  problemList: 'GET /api/v1/problem-lists/:id',
  editProblemList: 'PUT /api/v1/problem-lists/:id',
  turnProblemList: 'POST /api/v1/problem-lists/:id/actions/:action',
  listHistory: 'GET /api/v1/problem-lists/:id/history',
  enlist: 'POST /api/v1/problem-lists/:id/items',
  delist: 'POST /api/v1/problem-lists/:id/items/:caseId/actions/delist',
  commit: 'POST /api/v1/problem-lists/:id/commitments',
  listCommitments: 'GET /api/v1/problem-lists/:id/commitments',
  commitmentCoverage: 'GET /api/v1/commitment-coverage',
  brokenCommitments: 'GET /api/v1/broken-commitments',
  crosswalk: 'GET /api/v1/problem-lists/:id/crosswalk',
  match: 'POST /api/v1/problem-lists/:id/crosswalk',
  unmatch: 'POST /api/v1/problem-lists/:id/crosswalk/actions/unmatch',
  orderSelfCheck: 'POST /api/v1/problem-lists/:id/self-checks',
  selfChecks: 'GET /api/v1/problem-lists/:id/self-checks',
  goals: 'GET /api/v1/goals',
  newGoal: 'POST /api/v1/goals',
  channels: 'GET /api/v1/channels',
  newChannel: 'POST /api/v1/channels',
  editChannel: 'PUT /api/v1/channels/:id',
  testChannel: 'POST /api/v1/channels/:id/tests',
  channelTests: 'GET /api/v1/channels/:id/tests',
  drives: 'GET /api/v1/drives',
  newDrive: 'POST /api/v1/drives',
  drive: 'GET /api/v1/drives/:id',
  editDrive: 'PUT /api/v1/drives/:id',
  noteDrive: 'PUT /api/v1/drives/:id/notes/:line',
  claimFigure: 'POST /api/v1/drives/:id/claims',
  dropClaim: 'DELETE /api/v1/drives/:id/claims/:claim',
  issues: 'GET /api/v1/drives/:id/issues',
  issueSheets: 'POST /api/v1/drives/:id/issues',
  sheets: 'GET /api/v1/drives/:id/sheets',
  importSheets: 'POST /api/v1/drives/:id/sheets/import',
  readChat: 'POST /api/v1/intake/chat/actions/read',
  fileChat: 'POST /api/v1/intake/chat',
  findByTelephone: 'POST /api/v1/intake/telephone/actions/find',
  rateByTelephone: 'POST /api/v1/intake/telephone/:id/rating',
  logException: 'POST /api/v1/service-exceptions',
  serviceExceptions: 'GET /api/v1/service-exceptions',
  forums: 'GET /api/v1/forums',
  newForum: 'POST /api/v1/forums',
  editForum: 'PUT /api/v1/forums/:id',
  caseSource: 'GET /api/v1/cases/:id/source',
  suggest: 'POST /api/v1/suggestions',
  similarCases: 'GET /api/v1/cases/:id/similar',
  suggestionState: 'GET /api/v1/suggestions/state',
  draftText: 'POST /api/v1/cases/:id/draft',
  meTooCounts: 'GET /api/v1/me-too',
  outbox: 'GET /api/v1/outbox',
  retryOutbox: 'POST /api/v1/outbox/:id/retry',
  opinions: 'GET /api/v1/opinions',
  mergeCount: 'GET /api/v1/opinions/count',
  problemsToMerge: 'GET /api/v1/problems-to-merge',
  newGrouping: 'POST /api/v1/groupings',
  grouping: 'GET /api/v1/groupings/:id',
  newMergeStep: 'POST /api/v1/merge-steps',
  mergeSteps: 'GET /api/v1/merge-steps',
  mergeStep: 'GET /api/v1/merge-steps/:id',
  undoMergeStep: 'POST /api/v1/merge-steps/:id/actions/undo',
  newOpinionLinks: 'POST /api/v1/opinion-links',
  hotIssues: 'GET /api/v1/hot-issues',
  tagSets: 'GET /api/v1/tag-sets',
  disclosures: 'GET /api/v1/disclosures',
  disclosureGaps: 'GET /api/v1/disclosure-gaps',
  newObligedBody: 'POST /api/v1/disclosures',
  disclosure: 'GET /api/v1/disclosures/:id',
  editObligedBody: 'PUT /api/v1/disclosures/:id',
  submitDisclosure: 'POST /api/v1/disclosures/:id/texts',
  publishText: 'POST /api/v1/public-texts/:id/actions/publish',
  returnText: 'POST /api/v1/public-texts/:id/actions/return',
  publicNotices: 'GET /api/v1/public-notices',
  newPublicNotice: 'POST /api/v1/public-notices',
  submitNotice: 'POST /api/v1/public-notices/:id/texts',
  withdrawNotice: 'POST /api/v1/public-notices/:id/actions/withdraw',
  mediaSubjects: 'GET /api/v1/media-subjects',
  mediaProposal: 'GET /api/v1/media-subjects/:kind',
  mediaItems: 'GET /api/v1/media-items',
  newMediaItem: 'POST /api/v1/media-items',
  mediaVisits: 'GET /api/v1/media-items/:id/visits',
  duties: 'GET /api/v1/duties',
  liaisonTargets: 'GET /api/v1/liaison-targets',
  newLiaisonTarget: 'POST /api/v1/liaison-targets',
  liaisonTarget: 'GET /api/v1/liaison-targets/:id',
  revealLiaisonContact: 'POST /api/v1/liaison-targets/:id/actions/reveal',
  newLiaison: 'POST /api/v1/liaisons',
  handOverLiaison: 'POST /api/v1/liaisons/:id/actions/handOver',
  liaisonCoverage: 'GET /api/v1/liaison-coverage',
  newVisit: 'POST /api/v1/visits',
  campaigns: 'GET /api/v1/campaigns',
  newCampaign: 'POST /api/v1/campaigns',
  campaignTags: 'GET /api/v1/campaign-tags',
  campaign: 'GET /api/v1/campaigns/:id',
  amendCampaign: 'POST /api/v1/campaigns/:id/actions/amend',
  extendCampaignScope: 'POST /api/v1/campaigns/:id/scope',
  leaveCampaignScope: 'POST /api/v1/campaigns/:id/scope/actions/leave',
  importCampaignScope: 'POST /api/v1/campaigns/:id/scope-import',
  campaignSubjects: 'GET /api/v1/campaigns/:id/subjects',
  campaignProblems: 'GET /api/v1/campaigns/:id/problems',
  campaignVisits: 'GET /api/v1/campaigns/:id/visits',
  tagCampaignCase: 'POST /api/v1/campaigns/:id/cases',
  untagCampaignCase: 'POST /api/v1/campaigns/:id/cases/:caseId/actions/untag',
  caseCampaigns: 'GET /api/v1/cases/:id/campaigns',
  newCampaignResult: 'POST /api/v1/campaigns/:id/results',
  promises: 'GET /api/v1/promises',
  newPromise: 'POST /api/v1/promises',
  promise: 'GET /api/v1/promises/:id',
  correctPromise: 'PUT /api/v1/promises/:id',
  newPromisePlan: 'POST /api/v1/promises/:id/plans',
  approvePromisePlan: 'POST /api/v1/promises/:id/plans/:version/actions/approve',
  returnPromisePlan: 'POST /api/v1/promises/:id/plans/:version/actions/return',
  newPromisePayment: 'POST /api/v1/promises/:id/payments',
  voidPromisePayment: 'POST /api/v1/promise-payments/:id/actions/void',
  keepPromise: 'POST /api/v1/promises/:id/actions/keep',
  confirmPromise: 'POST /api/v1/promises/:id/actions/confirm',
  promiseSummary: 'GET /api/v1/promise-summary',
  enterprisePromises: 'GET /api/v1/enterprises/:id/promises',
  backlog: 'GET /api/v1/enterprise-backlog',
  backlogRows: 'GET /api/v1/enterprise-backlog/rows',
  policies: 'GET /api/v1/policies',
  newPolicy: 'POST /api/v1/policies',
  policyPreview: 'POST /api/v1/policy-previews',
  policy: 'GET /api/v1/policies/:id',
  policyGaps: 'GET /api/v1/policies/:id/gaps',
  newPolicyVersion: 'POST /api/v1/policies/:id/versions',
  publishPolicy: 'POST /api/v1/policies/:id/versions/:version/actions/publish',
  endPolicy: 'POST /api/v1/policies/:id/actions/end',
  entitlements: 'GET /api/v1/entitlements',
  enterprisePolicies: 'GET /api/v1/enterprises/:id/policies',
  newNeed: 'POST /api/v1/enterprises/:id/needs',
  needs: 'GET /api/v1/enterprise-needs',
  answerNeed: 'POST /api/v1/enterprise-needs/:id/actions/answer',
  offerPolicyToAll: 'POST /api/v1/policies/:id/actions/offer',
  offerPolicy: 'POST /api/v1/policies/:id/entitlements/:enterprise/actions/offer',
  confirmEntitlement: 'POST /api/v1/policies/:id/entitlements/:enterprise/actions/confirm',
  declineEntitlement: 'POST /api/v1/policies/:id/entitlements/:enterprise/actions/decline',
  payEntitlement: 'POST /api/v1/policies/:id/entitlements/:enterprise/actions/pay',
  disbursements: 'GET /api/v1/disbursements',
  disbursementTotals: 'GET /api/v1/disbursement-totals',
  newDisbursement: 'POST /api/v1/disbursements',
  voidDisbursement: 'POST /api/v1/disbursements/:id/actions/void',
  importDisbursements: 'POST /api/v1/disbursement-imports',
  enterpriseMoney: 'GET /api/v1/enterprises/:id/money',
  financings: 'GET /api/v1/financings',
  financingFigures: 'GET /api/v1/financing-figures',
  newFinancing: 'POST /api/v1/financings',
  moveFinancing: 'POST /api/v1/financings/:id/actions/move',
  financingProducts: 'GET /api/v1/financing-products',
  newFinancingProduct: 'POST /api/v1/financing-products',
  enterpriseFinancing: 'GET /api/v1/enterprises/:id/financing',
  whitelists: 'GET /api/v1/whitelists',
  newWhitelist: 'POST /api/v1/whitelists',
  addCandidates: 'POST /api/v1/whitelists/:id/candidates',
  screenCandidate: 'POST /api/v1/whitelists/:id/actions/screen',
  qualityRequests: 'GET /api/v1/quality-requests',
  newQualityRequest: 'POST /api/v1/quality-requests',
  moveQualityRequest: 'POST /api/v1/quality-requests/:id/actions/move',
  qualityProviders: 'GET /api/v1/quality-providers',
  newQualityProvider: 'POST /api/v1/quality-providers',
  visits: 'GET /api/v1/visits',
  visitProblems: 'GET /api/v1/visit-problems',
  tagVisit: 'POST /api/v1/visits/:id/actions/tag',
  cadenceRules: 'GET /api/v1/cadence-rules',
  newCadenceRule: 'POST /api/v1/cadence-rules',
  endCadenceRule: 'POST /api/v1/cadence-rules/:id/actions/end',
  cadenceExemptions: 'GET /api/v1/cadence-exemptions',
  newCadenceExemption: 'POST /api/v1/cadence-exemptions',
  closeLiaisonTarget: 'POST /api/v1/liaison-targets/:id/actions/close',
  setPipeline: 'POST /api/v1/liaison-targets/:id/actions/setPipeline',
  endLiaison: 'POST /api/v1/liaisons/:id/actions/end',
  askNormalTrack: 'POST /api/v1/liaison-targets/:id/normal-tracks',
  normalTracks: 'GET /api/v1/normal-tracks',
  approveNormalTrack: 'POST /api/v1/normal-tracks/:id/actions/approve',
  returnNormalTrack: 'POST /api/v1/normal-tracks/:id/actions/return',
  visitRoles: 'GET /api/v1/visit-roles',
  fourOnes: 'GET /api/v1/four-ones',
  newFourOnesQuota: 'POST /api/v1/four-ones-quotas',
  liaisonGaps: 'GET /api/v1/liaison-gaps',
  plans: 'GET /api/v1/plans',
  newPlan: 'POST /api/v1/plans',
  plan: 'GET /api/v1/plans/:id',
  newPlanField: 'POST /api/v1/plans/:id/fields',
  publishPlan: 'POST /api/v1/plans/:id/actions/publish',
  newTarget: 'POST /api/v1/plan-fields/:id/targets',
  target: 'GET /api/v1/targets/:id',
  editTarget: 'PUT /api/v1/targets/:id',
  newTargetObjects: 'POST /api/v1/targets/:id/objects',
  checkIn: 'POST /api/v1/targets/:id/check-ins',
  voidCheckIn: 'POST /api/v1/check-ins/:id/actions/void',
  proposeTarget: 'POST /api/v1/targets/:id/versions',
  approveTarget: 'POST /api/v1/targets/:id/versions/:version/actions/approve',
  returnTarget: 'POST /api/v1/targets/:id/versions/:version/actions/return',
  newTask: 'POST /api/v1/targets/:id/tasks',
  editTask: 'PUT /api/v1/plan-tasks/:id',
  meetingDictionaries: 'GET /api/v1/meeting-dictionaries',
  meetings: 'GET /api/v1/meetings',
  newMeeting: 'POST /api/v1/meetings',
  meeting: 'GET /api/v1/meetings/:id',
  editMeeting: 'PUT /api/v1/meetings/:id',
  draftMinutes: 'PUT /api/v1/meetings/:id/minutes',
  approveMinutes: 'POST /api/v1/meetings/:id/actions/approve',
  returnMinutes: 'POST /api/v1/meetings/:id/actions/return',
  issueMinutes: 'POST /api/v1/meetings/:id/actions/issue',
  checkDecision: 'POST /api/v1/decisions/:id/actions/check',
  caseOrigins: 'GET /api/v1/cases/:id/origins',
  instructions: 'GET /api/v1/instructions',
  newInstruction: 'POST /api/v1/instructions',
  roster: 'GET /api/v1/roster',
  newRosterPost: 'POST /api/v1/roster-posts',
  rotateRoster: 'POST /api/v1/roster-posts/:id/actions/rotate',
  newRosterEntry: 'POST /api/v1/roster-posts/:id/entries',
  swapRoster: 'POST /api/v1/roster-entries/:id/actions/swap',
  rosterSwaps: 'GET /api/v1/roster-swaps',
  onDuty: 'GET /api/v1/on-duty',
  onCallLogs: 'GET /api/v1/on-call-logs',
  newOnCallLog: 'POST /api/v1/on-call-logs',
  overtime: 'GET /api/v1/overtime',
  newOvertime: 'POST /api/v1/overtime',
  contactMonth: 'GET /api/v1/contact-months',
  contactCalendar: 'GET /api/v1/contact-calendars/:id',
  contactPreview: 'GET /api/v1/contact-preview',
  newContactPlan: 'POST /api/v1/contact-plans',
  recordContact: 'POST /api/v1/contact-records',
  mergeContact: 'POST /api/v1/contact-plans/:id/actions/mergeInto',
  joinContact: 'POST /api/v1/contact-plans/:id/actions/join',
  contactDone: 'POST /api/v1/contact-plans/:id/actions/done',
  cancelContact: 'POST /api/v1/contact-plans/:id/actions/cancel',
  newDoNotDisturb: 'POST /api/v1/do-not-disturbs',
  endDoNotDisturb: 'POST /api/v1/do-not-disturbs/:id/actions/end',
  contactSavings: 'GET /api/v1/contact-savings',
  contactLimits: 'GET /api/v1/contact-limits',
  newContactLimit: 'POST /api/v1/contact-limits',
  burdens: 'GET /api/v1/burdens',
  burdenRows: 'GET /api/v1/burdens/:id/rows',
  asks: 'GET /api/v1/asks',
  askPreview: 'POST /api/v1/asks/actions/preview',
  newAsk: 'POST /api/v1/asks',
  agreeAsk: 'POST /api/v1/asks/:id/actions/agree',
  declineAsk: 'POST /api/v1/asks/:id/actions/decline',
  withdrawAsk: 'POST /api/v1/asks/:id/actions/withdraw',
  readAsk: 'POST /api/v1/asks/:id/actions/read',
  task: 'GET /api/v1/plan-tasks/:id',
  openTask: 'POST /api/v1/plan-tasks/:id/actions/open',
  proposeTask: 'POST /api/v1/plan-tasks/:id/versions',
  approveTask: 'POST /api/v1/plan-tasks/:id/versions/:version/actions/approve',
  returnTask: 'POST /api/v1/plan-tasks/:id/versions/:version/actions/return',
  planChanges: 'GET /api/v1/plan-changes',
  slip: 'GET /api/v1/plans/:id/slip',
  linkProblem: 'POST /api/v1/plan-tasks/:id/problems',
  unlinkProblem: 'POST /api/v1/plan-tasks/:id/problems/:caseId/actions/unlink',
  tasksOfCase: 'GET /api/v1/cases/:id/plan-tasks',
  newSpending: 'POST /api/v1/plan-tasks/:id/spendings',
  projects: 'GET /api/v1/projects',
  project: 'GET /api/v1/projects/:id',
  newProject: 'POST /api/v1/projects',
  editProject: 'POST /api/v1/projects/:id/actions/edit',
  setProjectStages: 'POST /api/v1/projects/:id/actions/setStages',
  pauseProject: 'POST /api/v1/projects/:id/actions/pause',
  dropProject: 'POST /api/v1/projects/:id/actions/drop',
  setFactor: 'POST /api/v1/projects/:id/actions/setFactor',
  appointOfficer: 'POST /api/v1/projects/:id/actions/appoint',
  endOfficer: 'POST /api/v1/projects/:id/officers/:liaison/actions/end',
  newBottleneck: 'POST /api/v1/projects/:id/actions/raiseBottleneck',
  newBaseline: 'POST /api/v1/projects/:id/actions/proposeBaseline',
  decideBaseline: 'POST /api/v1/projects/:id/baselines/:version/actions/decide',
  projectSchedule: 'GET /api/v1/projects/:id/schedule',
  daysSaved: 'GET /api/v1/projects/days-saved',
  projectViolations: 'GET /api/v1/projects/violations',
  projectRules: 'GET /api/v1/project-rules',
  newProjectRule: 'POST /api/v1/project-rules',
  investmentTargets: 'GET /api/v1/investment-targets',
  newInvestmentTargets: 'POST /api/v1/investment-targets',
  enterpriseProjects: 'GET /api/v1/enterprises/:id/projects',
  voidSpending: 'POST /api/v1/spendings/:id/actions/void',
  dutyTree: 'GET /api/v1/plans/:id/duty-tree',
  taskOrders: 'GET /api/v1/task-orders',
  importPlan: 'POST /api/v1/plan-imports',
  enterprises: 'GET /api/v1/enterprises',
  newEnterprise: 'POST /api/v1/enterprises',
  enterprise: 'GET /api/v1/enterprises/:id',
  editEnterprise: 'PUT /api/v1/enterprises/:id',
  revealEnterpriseContacts: 'POST /api/v1/enterprises/:id/actions/reveal',
  enterpriseCases: 'GET /api/v1/enterprises/:id/cases',
  enterpriseVisits: 'GET /api/v1/enterprises/:id/visits',
  enterpriseFigures: 'GET /api/v1/enterprises/:id/figures',
  platform: 'GET /api/v1/platform',
  meetingIssues: 'GET /api/v1/meetings/:id/issues',
  newMeetingIssue: 'POST /api/v1/meetings/:id/issues',
  enterprisePlatform: 'GET /api/v1/enterprises/:id/platform',
  newPlatformPerson: 'POST /api/v1/enterprises/:id/platform-people',
  revokePlatformPerson: 'POST /api/v1/platform-people/:id/revoke',
  importEnterprises: 'POST /api/v1/enterprise-imports',
  importEnterpriseFigures: 'POST /api/v1/enterprise-figure-imports',
  enterpriseGrowth: 'GET /api/v1/enterprise-growth',
  enterpriseGrowthRows: 'GET /api/v1/enterprise-growth/rows',
} as const satisfies { readonly [K in keyof Routes]?: `${Routes[K]['method']} ${Routes[K]['path']}` }

export type Call = keyof typeof PATH

type Output<S> = S extends { readonly _zod: { readonly output: infer O } } ? O : never
type Input<S> = S extends { readonly _zod: { readonly input: infer I } } ? I : never
type Given<R> = (R extends { readonly params: infer P } ? { readonly params: Input<P> } : unknown) &
  (R extends { readonly query: infer Q } ? { readonly query?: Partial<Input<Q>> } : unknown) &
  (R extends { readonly body: infer B } ? { readonly body: Input<B> } : unknown) &
  (R extends { readonly accepts: 'multipart' } ? { readonly form: FormData } : unknown)

export type Answer<K extends Call> = Routes[K] extends { readonly response: infer S } ? Output<S> : undefined
export type Request<K extends Call> = Given<Routes[K]> & { readonly signal?: AbortSignal; readonly key?: string }
type Arguments<K extends Call> = object extends Given<Routes[K]> ? [request?: Request<K>] : [request: Request<K>]

/** A refusal of the server, or a network that is not there. `problem` carries extra members such as `case` with `case.version_stale`. */
export class ApiFault extends Error {
  readonly status: number
  readonly code: string
  readonly problem: Partial<Problem>
  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? `系统没有答复（${status}），请稍后重试。`)
    this.name = 'ApiFault'
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.problem = problem
  }
  get places() {
    return this.problem.errors ?? []
  }
}

const OFFLINE: Partial<Problem> = { code: 'network', detail: '网络不通，您填写的内容还在，请检查网络后重试。' }

/** Calls a route by its name. @throws ApiFault */
export async function api<K extends Call>(name: K, ...[request]: Arguments<K>): Promise<Answer<K>> {
  const { params, query, body, form, signal, key } = (request ?? {}) as LooseRequest
  const [method = 'GET', pattern = ''] = PATH[name].split(' ')
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: headersOf(body, method === 'GET' ? undefined : (key ?? crypto.randomUUID())),
  }
  if (signal) init.signal = signal
  if (form) init.body = form
  else if (body !== undefined) init.body = JSON.stringify(body)
  const response = await fetch(address(pattern, params, query), init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiFault(0, OFFLINE)
  })
  if (!response.ok) throw new ApiFault(response.status, await problemOf(response))
  return (response.status === 204 ? undefined : await response.json()) as Answer<K>
}

interface LooseRequest {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly form?: FormData
  readonly signal?: AbortSignal
  readonly key?: string
}

function headersOf(body: unknown, key: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key }),
  }
}

/** `/cases/:id` with its parameters and query filled in; empty values are left out, lists are joined by commas. */
export function address(
  pattern: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = queryText(query)
  return search === '' ? path : `${path}?${search}`
}

export function queryText(query: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value)
    if (text !== '') search.set(name, text)
  }
  return search.toString()
}

async function problemOf(response: Response): Promise<Partial<Problem>> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json')) return { detail: `系统没有答复（${response.status}），请稍后重试。` }
  return (await response.json().catch(() => ({}))) as Partial<Problem>
}
