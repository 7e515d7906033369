import type {
  CaseId,
  Channel,
  Class,
  ClockKind,
  HandlingMode,
  LimitUnit,
  Outcome,
  OutcomeQuantity,
  PartyId,
  PersonId,
  RequestKind,
  UnitId,
  Urgency,
} from '@banjie/contract'

/** A stop (暂停计时) in the suspension ledger: both days are stopped whole. `to` is null while it lasts, `until` is when it ends by itself. */
export interface Stop {
  readonly round: number
  readonly reason: string
  readonly from: string
  readonly to: string | null
  readonly until: string
  readonly approvedBy: string
  readonly backdated: boolean
  readonly longTerm: boolean
  readonly unitId: UnitId | null
}
/** An extension (延期): so much more of the handling clock's own unit. */
export interface Extension {
  readonly round: number
  readonly amount: number
  readonly approvedBy: string
  readonly level: string
}
/** A dispute (退单争议): a unit's refusal from asking to deciding; the time is charged to the unit that was wrong. */
export interface Dispute {
  readonly byUnitId: UnitId
  readonly from: string
  readonly to: string | null
  readonly chargedTo: UnitId | null
}
/** A legal opinion (法律意见) on one way of solving a matter. */
export interface Way {
  readonly way: string
  readonly opinion: string
  readonly lawful: boolean
  readonly by: string
}
/** Whether a demand is reasonable (合理性判断): a judgement of its own, with author, basis and reviewer. */
export interface Judgement {
  readonly reasonable: boolean
  readonly basis: string
  readonly authorId: PersonId | null
  readonly author: string
  readonly reviewer: string | null
  readonly agreed: boolean | null
}
/** The superior's order (上级交办): its own number, class and due date. */
export interface Superior {
  readonly body: string
  readonly number: string
  readonly dueOn: string
  readonly class: string | null
}
/** A step of the staged plan (分步方案) of a legacy issue. */
export interface PlanStep {
  readonly text: string
  readonly on: string
}

/** Everything that is true of a case (事项) now: the fold of its events. Instants are UTC. */
export interface CaseState {
  readonly id: CaseId
  readonly number: string
  readonly type: string
  readonly stage: string
  readonly round: number
  readonly version: number
  readonly ruleSet: string
  readonly title: string
  readonly content: string
  readonly summary: string | null
  readonly category: string | null
  readonly channel: Channel
  readonly class: Class | null
  readonly urgency: Urgency
  readonly divisionCode: string | null
  readonly address: string | null
  readonly lng: number | null
  readonly lat: number | null
  readonly anonymous: boolean
  readonly confidential: boolean
  readonly partyId: PartyId | null
  readonly leadUnitId: UnitId | null
  readonly assistingUnitIds: readonly UnitId[]
  /** Who owes the next step: the intake office or a unit. */
  readonly holderUnitId: UnitId | null
  readonly handlerId: PersonId | null
  readonly authorId: PersonId | null
  readonly answer: string | null
  readonly outcome: Outcome | null
  readonly promisedOn: string | null
  readonly declineReason: string | null
  readonly satisfied: boolean | null
  readonly solved: boolean | null
  readonly grade: number | null
  readonly reachTries: number
  readonly urged: number
  readonly receivedAt: Date
  readonly acceptedAt: Date | null
  readonly dispatchedAt: Date | null
  readonly signedAt: Date | null
  readonly contactedAt: Date | null
  readonly answeredAt: Date | null
  readonly calledBackAt: Date | null
  readonly closedAt: Date | null
  /** The clock that shows: its kind, when it is due and when it turns yellow. */
  readonly dueKind: ClockKind | null
  readonly dueAt: Date | null
  readonly yellowAt: Date | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly batchId: string | null
  readonly source: string | null
  readonly sourceKey: string | null
  readonly updatedAt: Date
  /** The case this one was opened for: tasks, requests, notices and sweeps are owned by it. */
  readonly parentId: CaseId | null
  /** The problem this appeal was merged into, and the stage it comes back to when unmerged. */
  readonly problemId: CaseId | null
  readonly stageBefore: string | null
  readonly mode: HandlingMode | null
  readonly paused: boolean
  readonly legacy: boolean
  /** The colour of the highest notice (督办) issued. */
  readonly supervised: string | null
  readonly superior: Superior | null
  readonly stops: readonly Stop[]
  readonly extensions: readonly Extension[]
  readonly disputes: readonly Dispute[]
  /** What has been asked for and not yet decided. */
  readonly pending: readonly RequestKind[]
  readonly ways: readonly Way[]
  readonly plan: readonly PlanStep[]
  readonly judgement: Judgement | null
  readonly quantities: readonly OutcomeQuantity[]
  readonly beneficiaries: number | null
  readonly dissatisfied: number
  readonly supplemented: number
  readonly reRaised: number
  readonly brokenPromises: number
  readonly reachTriedAt: Date | null
  readonly publishedAt: Date | null
}

export type Patch = Partial<CaseState>

/** A clock of a case (时钟). `nextAlertAt` is when the system must act by itself. */
export interface CaseClock {
  readonly id: string
  readonly caseId: CaseId
  readonly kind: ClockKind
  readonly round: number
  readonly startedAt: Date
  readonly amount: number
  readonly unit: LimitUnit
  readonly rule: string
  readonly layer: string | null
  readonly dueAt: Date
  readonly yellowAt: Date
  readonly provisional: boolean
  readonly endedAt: Date | null
  readonly state: 'running' | 'paused' | 'met' | 'missed'
  readonly nextAlertAt: Date | null
  /** Where it would be due without extensions. */
  readonly originalDueAt: Date
  /** Extensions granted, in the limit's unit. */
  readonly extra: number
  /** Days on which it did not run, inclusive. */
  readonly stops: readonly { readonly from: string; readonly to: string }[]
  /** The next rung of the escalation ladder. */
  readonly rung: number
  /** True where a date was set by somebody and no limit was counted. */
  readonly fixed: boolean
}

/** An event (事件): what was done, with what input, and what it changed. `seq` is the case's version after it. */
export interface CaseEvent {
  readonly id: string
  readonly caseId: CaseId
  readonly seq: number
  readonly at: Date
  readonly action: string
  readonly stage: string
  readonly round: number
  readonly byKind: string
  readonly byPerson: PersonId | null
  readonly byName: string
  readonly byUnit: UnitId | null
  readonly input: Readonly<Record<string, unknown>>
  readonly patch: Patch
}

/** State after an event. `fold` over all events of a case gives its row; a property test holds the engine to it. */
export const apply = (state: Partial<CaseState>, event: Pick<CaseEvent, 'patch' | 'seq' | 'at'>): CaseState =>
  ({ ...state, ...event.patch, version: event.seq, updatedAt: event.at }) as CaseState

export const fold = (events: readonly Pick<CaseEvent, 'patch' | 'seq' | 'at'>[]): CaseState =>
  events.reduce<Partial<CaseState>>(apply, {}) as CaseState
