import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { findCase, lockCases } from '../engine/case.sql.ts'
import { action } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { answerMergedCases } from './answer-merged.ts'
import { OPEN } from './open-stages.ts'

/**
 * Merge (并案): a reversible link, never a move. The appeal keeps its number, its person, its own answer and its own rating; the work is done
 * once, on the problem. A late joiner gets the answer that is already there at once.
 */
export const merge = action({
  label: '并案',
  from: [...OPEN],
  to: 'merged',
  by: ['clerk', 'dispatcher', 'supervisor'],
  input: INPUT.merge,
  async guard({ tx, kase, input }) {
    const problem = await problemOf(tx, input.into)
    // A draft of what was taken back is no answer.
    if (problem.closedAt !== null && problem.answeredAt === null) throw new Fault('merge.target_ended')
    if (problem.confidential !== kase.confidential) throw new Fault('merge.confidential')
    await refuseCycle(tx, kase, problem)
  },
  async effect({ tx, kase, input, by }) {
    const problem = await problemOf(tx, input.into)
    return {
      problemId: problem.id,
      stageBefore: kase.stage === 'received' ? 'accepted' : kase.stage,
      acceptedAt: kase.acceptedAt ?? by.at,
      category: kase.category ?? problem.category,
    }
  },
  async follow(sequel) {
    const problem = await problemOf(sequel.tx, sequel.input.into)
    if (problem.answeredAt !== null) await answerMergedCases(sequel, problem, [sequel.kase])
  },
})

/** The problem, locked: an answer approved at this moment must not miss the joiner. */
async function problemOf(tx: Tx, number: string): Promise<CaseState> {
  const [problem] = await lockCases(tx, [number.trim().toUpperCase()])
  if (problem === undefined || problem.type !== 'problem') throw new Fault('merge.not_a_problem')
  return problem
}

const DEEPEST = 50
async function refuseCycle(tx: Tx, kase: CaseState, into: CaseState): Promise<void> {
  for (let above: CaseState | undefined = into, steps = 0; above !== undefined; steps++) {
    if (above.id === kase.id || steps > DEEPEST) throw new Fault('merge.cycle', { number: into.number })
    above = above.problemId === null ? undefined : await findCase(tx, above.problemId)
  }
}
