import type {
  CaseId,
  Channel,
  Class,
  ClockKind,
  LimitUnit,
  Outcome,
  PartyId,
  PersonId,
  UnitId,
  Urgency,
} from '@banjie/contract'

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
