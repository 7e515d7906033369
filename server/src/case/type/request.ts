import { type CaseId, DECIDE, type PersonId, RequestFacts, type RequestKind, type UnitId } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { getCase } from '../engine/case.sql.ts'
import { action, defineCaseType, type Sequel, within } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { LEVEL_WORD, LEVELS, type Level } from '../rules.ts'
import { findApprover, levelAbove } from '../step/ask.ts'
import { handOver } from '../step/hand-over.ts'
import { issueNotice } from '../step/issue-notice.ts'
import { reproject } from '../step/reproject.ts'
import { note } from '../step/urge.ts'

/** A request's facts as `asking` writes them. */
const kindOf = (kase: CaseState) => kase.facts['kind'] as RequestKind
const levelOf = (kase: CaseState) => kase.facts['level'] as Level
const asked = (kase: CaseState) => kase.facts['input'] as Record<string, string>
const isDispute = (kase: CaseState) => kindOf(kase) === 'refusal' || kindOf(kase) === 'arbitration'

/** The level itself or one above it; never who asked. */
const mayDecide = (kase: CaseState, by: { roles: ReadonlySet<string>; personId: string | null }) =>
  kase.facts['askedBy'] !== by.personId &&
  LEVELS.slice(LEVELS.indexOf(levelOf(kase))).some((level) => by.roles.has(level))

function refuseWrongLevel({ kase, by }: Pick<Sequel<unknown>, 'kase' | 'by'>): void {
  if (kase.facts['askedBy'] === by.personId) throw new Fault('request.own')
  if (!mayDecide(kase, by)) throw new Fault('request.wrong_level', { level: LEVEL_WORD[levelOf(kase)] })
}

/** What a granted request does to the case it was asked for. */
type Effect = (request: CaseState, by: Sequel<unknown>['by']) => readonly [action: string, input: object]
const stop =
  (until: string, longTerm: boolean): Effect =>
  (request, by) => {
    const today = dayOf(request.receivedAt)
    const from = asked(request)['from'] ?? today
    return [
      'suspend',
      {
        ...{ reason: longTerm ? 'longTerm' : asked(request)['reason'], from, until: asked(request)[until] },
        ...{ notice: asked(request)['notice'], evidence: asked(request)['evidence'] ?? asked(request)['reason'] },
        ...{ approvedBy: by.name, backdated: from < today, longTerm },
      },
    ]
  }
const GRANTED: Readonly<Record<Exclude<RequestKind, 'refusal' | 'arbitration'>, Effect>> = {
  suspension: stop('until', false),
  longTerm: stop('reviewOn', true),
  extension: (request) => ['extend', { ...asked(request), level: levelOf(request) }],
  ending: (request) => ['endWithExplanation', { ...asked(request), level: levelOf(request) }],
  leadChange: (request) => ['reassign', { ...asked(request) }],
}

/** Grant (同意): the case it was asked for is acted on in the same transaction. A refusal also needs the unit that has the case from now on. */
const grant = action({
  label: '同意',
  from: ['asked'],
  to: 'granted',
  by: [...LEVELS],
  primary: true,
  input: DECIDE.grant,
  unless: (kase, by) => !mayDecide(kase, by),
  guard(context) {
    refuseWrongLevel(context)
    if (kindOf(context.kase) === 'arbitration' && context.input.basis === undefined)
      throw new Fault('arbitration.no_basis')
  },
  effect: ({ input, by }) => ({ answer: input.note ?? '同意', closedAt: by.at, authorId: by.personId }),
  async follow({ tx, kase, input, by, engine }) {
    const [name, effect] = isDispute(kase)
      ? settled(kase, true, input.unitId ?? (asked(kase)['unitId'] as UnitId), input.basis)
      : GRANTED[kindOf(kase) as keyof typeof GRANTED](kase, by)
    await engine.act(tx, { caseId: kase.parentId as CaseId, action: name, input: effect }, onBehalf(by))
  },
  propose: async ({ kase }) => (isDispute(kase) ? { unitId: asked(kase)['unitId'] } : undefined),
})

const settled = (request: CaseState, granted: boolean, unitId?: UnitId, reason?: string) =>
  [
    'settle',
    { requestId: request.id, kind: kindOf(request), granted, ...(unitId && { unitId }), ...(reason && { reason }) },
  ] as const

/** Deny (不同意): with the reason; the case stands as it stood. */
const deny = action({
  label: '不同意',
  from: ['asked'],
  to: 'denied',
  by: [...LEVELS],
  input: DECIDE.deny,
  unless: (kase, by) => !mayDecide(kase, by),
  guard: refuseWrongLevel,
  effect: ({ input, by }) => ({ answer: input.reason, closedAt: by.at, authorId: by.personId }),
  async follow({ tx, kase, input, by, engine }) {
    const parent = await getCase(tx, kase.parentId as CaseId)
    const [name, effect] = settled(kase, false, undefined, input.reason)
    if (parent.pending.includes(kindOf(kase)))
      await engine.act(tx, { caseId: parent.id, action: name, input: effect }, onBehalf(by))
  },
})

/** Lapse (失效): the case it was asked for has ended. */
const lapse = action({
  label: '失效',
  from: ['asked'],
  to: 'lapsed',
  by: ['system'],
  input: DECIDE.lapse,
  effect: ({ by }) => ({ closedAt: by.at }),
})

/** The levels it was raised to, lowest first; it stays on the desks below. */
const raisedTo = (kase: CaseState) => (kase.facts['raisedTo'] as readonly Level[] | undefined) ?? []
const deskOf = (kase: CaseState) => raisedTo(kase).at(-1) ?? levelOf(kase)

/**
 * Raise (升级审批): nobody has decided in time, so the request stands on the desk one level up as well. Where there is no desk above, the
 * supervision office is alarmed, once.
 */
const raise = action({
  label: '升级审批',
  from: ['asked'],
  to: null,
  by: ['system'],
  input: DECIDE.lapse,
  async effect({ tx, kase, by }) {
    const asker = kase.facts['askedBy'] as PersonId | null
    const above = levelAbove(deskOf(kase))
    const up =
      above === deskOf(kase)
        ? undefined
        : await findApprover(tx, { unit: kase.leadUnitId, asker, from: above, at: by.at })
    if (up === undefined) return { facts: { ...kase.facts, alarmed: true } }
    const { level, approver } = up
    return {
      holderUnitId: approver.unitId,
      handlerId: approver.personId,
      facts: { ...kase.facts, raisedTo: [...raisedTo(kase), level] },
    }
  },
  async follow(sequel) {
    const { before, kase } = sequel
    if (kase.facts['alarmed'] !== true || before.facts['alarmed'] === true) return
    const text = `${kase.number}“${kase.title}”已逐级升级，仍无人审批，请督查室督促。`
    await issueNotice(sequel, { kind: 'alarm', to: 'supervisor', text })
  },
})

/** Request (请示): what is asked of somebody who may grant it: a suspension, an extension, a refusal, an arbitration; itself owed by a time. */
export const request = defineCaseType({
  id: 'request',
  label: '请示',
  prefix: 'QS',
  facts: RequestFacts,
  stages: { asked: '待审批', granted: '已同意', denied: '未同意', lapsed: '已失效' },
  first: 'asked',
  ends: ['granted', 'denied', 'lapsed'],
  opens: ['system'],
  actions: {
    ...{ grant, deny, lapse, raise, note: within(note, 'asked') },
    reproject: within(reproject, 'asked'),
    handOver: within(handOver, 'asked'),
  },
  clocks: {
    decide: {
      starts: ['open', 'raise'],
      ends: ['grant', 'deny', 'lapse'],
      shows: ['asked'],
      onDue: 'raise',
      inOfficeHours: true,
    },
  },
})
