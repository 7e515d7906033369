import { INPUT, STAGE, type Stage } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { isAnsweredByCode } from './by-code.ts'

const CONTENT_GRADE = 3
const RATABLE: readonly string[] = ['answered', 'calledBack', 'closed']
const HOUR = 3_600_000

/** Whether the person is content; a round can be dissatisfied once, however often it is said. */
const verdict = (kase: CaseState, satisfied: boolean | null) => ({
  satisfied,
  dissatisfied: kase.dissatisfied + (satisfied === false && kase.satisfied !== false ? 1 : 0),
})

/** Call back (回访): ask the person. Whoever cannot be reached is tried again, until the rule set says enough. */
export const callBack = action({
  label: '回访',
  from: ['answered'],
  to: 'calledBack',
  by: ['caller', 'clerk'],
  primary: true,
  input: INPUT.callBack,
  outside: async ({ tx, kase }) =>
    kase.stage === 'calledBack' && (await isAnsweredByCode(tx, kase)) ? 'case.anonymous_no_call_back' : undefined,
  guard({ kase, input, by, rules }) {
    // Three calls in one minute are one try.
    const hours = (by.at.getTime() - (kase.reachTriedAt?.getTime() ?? 0)) / HOUR
    if (!input.reached && hours < rules.callBackGapHours)
      throw new Fault('callBack.too_soon', { hours: rules.callBackGapHours })
  },
  effect({ kase, input, by, rules }) {
    const reachTries = kase.reachTries + 1
    const tried = {
      ...{ reachTries, reachTriedAt: by.at, calledBackAt: by.at },
      ...(input.reached &&
        input.serviceGrade !== undefined && { facts: { ...kase.facts, serviceGrade: input.serviceGrade } }),
    }
    if (!input.reached) return { ...tried, stage: reachTries >= rules.callBackTries ? 'calledBack' : 'answered' }
    const satisfied = input.satisfied ?? (input.grade === undefined ? null : input.grade >= CONTENT_GRADE)
    return { ...tried, ...verdict(kase, satisfied), solved: input.solved ?? null, grade: input.grade ?? null }
  },
})

/**
 * Verify the finish (核实收尾): whoever went back, or telephoned, after the answer says what the person found. It stands for a call-back; the record
 * of the visit is kept by who made it.
 */
export const verifyFinish = action({
  label: '核实收尾',
  from: ['answered', 'calledBack'],
  to: 'calledBack',
  by: ['system'],
  input: INPUT.verifyFinish,
  effect: ({ kase, input, by }) => ({
    ...verdict(kase, input.satisfied),
    solved: input.solved ?? kase.solved,
    calledBackAt: by.at,
  }),
})

/**
 * Rate (评价): the person's own word, with number and code. Of the matter (一事一评) it stands for a call-back; of the contact (一次一评) it is kept
 * beside, at any time and once.
 */
export const rate = action({
  label: '评价',
  from: Object.keys(STAGE) as Stage[],
  to: null,
  by: ['citizen'],
  input: INPUT.rate,
  guard({ kase, input }) {
    if (input.kind === 'service') {
      if (kase.facts['serviceGrade'] !== undefined) throw new Fault('rate.service_given')
    } else if (!RATABLE.includes(kase.stage)) throw new Fault('track.not_ratable')
    else if (input.solved === undefined) throw new Fault('rate.solved_missing')
  },
  effect: ({ kase, input, by }) =>
    input.kind === 'service'
      ? { facts: { ...kase.facts, serviceGrade: input.grade } }
      : {
          ...verdict(kase, input.grade >= CONTENT_GRADE),
          solved: input.solved ?? null,
          grade: input.grade,
          calledBackAt: by.at,
          stage: kase.stage === 'answered' ? 'calledBack' : kase.stage,
        },
})
