import { INPUT } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { type ActionType, action } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { LEVEL_WORD, LEVELS, type Level } from '../rules.ts'
import { pointsFor, refuseUnaddressed } from './checklist.ts'
import { refuseUndone } from './duty.ts'
import { refuseUnfilled, refuseUnknownFields } from './fill-in.ts'

/** Draft an answer (拟答复): what was done, what came of it, in figures where there are any. A small matter needs no second signature. */
export const draftAnswer = action({
  label: '拟答复',
  from: ['inHand'],
  to: 'drafted',
  by: ['handler', 'head'],
  primary: true,
  input: INPUT.draftAnswer,
  async guard(context) {
    const { input } = context
    if (input.outcome === 'promised' && input.promisedOn === undefined) throw new Fault('answer.promise_without_day')
    refusePast(input, context.by.at)
    if (input.outcome === 'refused' && (input.basis === undefined || input.alternatives === undefined))
      throw new Fault('answer.cannot_without_basis')
    refuseUnfilled(input.text)
    if (input.template !== undefined) refuseUnknownFields(input.template)
    refuseUnaddressed(context.rules, context.kase, input.checked)
    await refuseUndone(context)
  },
  effect: ({ kase, input, by, rules }) => ({
    answer: input.text,
    facts: draftedWith(kase, input, rules.cannot?.level ?? 'leader'),
    outcome: input.outcome,
    promisedOn: input.promisedOn ?? null,
    quantities: input.quantities ?? [],
    beneficiaries: input.beneficiaries ?? null,
    authorId: by.personId,
    ...(kase.mode === 'small' && input.outcome !== 'refused' && { stage: 'answered', answeredAt: by.at }),
  }),
  propose: async ({ rules, kase }) => {
    const points = pointsFor(rules, kase)
    return points.length === 0 ? undefined : { checked: points.map((point) => ({ point })) }
  },
})

/** The same for a single person (单件): nothing begins for many. */
export const draftOwnAnswer: ActionType = { ...draftAnswer, input: INPUT.draftAnswer.omit({ template: true }) }

/** What the head reads beside the draft: how it begins, what it addresses, and why it cannot be done. */
function draftedWith(
  { facts }: CaseState,
  {
    outcome,
    ...input
  }: {
    outcome: string
    template?: string | undefined
    addressed?: boolean | undefined
    checked?: readonly object[] | undefined
    basis?: string | undefined
    alternatives?: string | undefined
  },
  level: Level,
): CaseState['facts'] {
  const { template: _, checked: __, cannot: ___, addressed: ____, ...rest } = facts
  return {
    ...rest,
    ...(input.template !== undefined && { template: input.template }),
    ...(input.addressed === true && { addressed: true }),
    ...(input.checked !== undefined && { checked: input.checked }),
    ...(outcome === 'refused' && { cannot: { basis: input.basis, alternatives: input.alternatives, level } }),
  }
}

/** The level that must sign (审签层级): the unit's head, or for “cannot” the one above that the rules name. */
const signingLevel = ({ outcome, facts }: CaseState): Level =>
  outcome === 'refused' ? ((facts['cannot'] as { level?: Level } | undefined)?.level ?? 'leader') : 'head'
const maySign = (kase: CaseState, by: Actor): boolean => {
  const level = signingLevel(kase)
  if (level === 'head') return by.roles.has('head') && kase.leadUnitId !== null && by.scope.includes(kase.leadUnitId)
  return LEVELS.slice(LEVELS.indexOf(level)).some((role) => by.roles.has(role))
}

/**
 * Approve an answer (审签): the unit's head signs; never the author. That something cannot be done is signed one level up: the head alone does not
 * send people away.
 */
export const approveAnswer = action({
  label: '审签',
  from: ['drafted'],
  to: 'answered',
  by: ['head', 'dispatcher', 'supervisor', 'leader'],
  primary: true,
  input: INPUT.approveAnswer,
  unless: (kase, by) => kase.authorId === by.personId || !maySign(kase, by),
  guard({ kase, by }) {
    if (kase.authorId !== null && kase.authorId === by.personId) throw new Fault('case.own_answer')
    if (!maySign(kase, by)) {
      const level = signingLevel(kase)
      throw level === 'head' ? new Fault('forbidden') : new Fault('answer.needs_superior', { level: LEVEL_WORD[level] })
    }
    refuseUnfilled(kase.answer ?? '')
    refusePast(kase, by.at)
  },
  effect: ({ by }) => ({ answeredAt: by.at }),
})

/** Return an answer (退回修改): it goes back to its author with the reason. */
export const returnAnswer = action({
  label: '退回修改',
  from: ['drafted'],
  to: 'inHand',
  by: ['head', 'dispatcher', 'supervisor', 'leader'],
  input: INPUT.returnAnswer,
  unless: (kase, by) => !by.roles.has('head') && !maySign(kase, by),
  guard({ kase, by }) {
    if (!by.roles.has('head') && !maySign(kase, by)) throw new Fault('forbidden')
  },
})

/** A promise for a day that has passed would be broken before anybody reads it. */
function refusePast(promise: { outcome: string | null; promisedOn?: string | null | undefined }, at: Date): void {
  const { outcome, promisedOn } = promise
  if (outcome === 'promised' && promisedOn != null && promisedOn < dayOf(at))
    throw new Fault('answer.promise_past', { day: promisedOn })
}
