import { EFFECT, type Outcome } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { listRelated } from '../engine/case.sql.ts'
import { action, type Sequel } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { composed, mentions, refuseLacking, templateOf } from './fill-in.ts'

/** Answer a merged case (并案答复): the problem's answer with a part of its own, to this person. */
export const answerMerged = action({
  label: '并案答复',
  from: ['merged'],
  to: 'answered',
  by: ['system'],
  input: EFFECT.answerMerged,
  effect: ({ kase, input, by }) => ({
    ...(input.addressed && { facts: { ...kase.facts, addressed: true } }),
    answer: input.text,
    outcome: input.outcome as Outcome,
    promisedOn: input.promisedOn ?? null,
    answeredAt: by.at,
    authorId: by.personId,
    contactedAt: by.at,
  }),
})

const BATCH = 200

/**
 * One work, n answers: every merged case gets the problem's answer, addressed to its own report.
 * @throws Fault 'answer.merged_lacking' before anything goes out with a gap in it
 */
export async function answerMergedCases(
  { tx, engine, by }: Pick<Sequel<unknown>, 'tx' | 'engine' | 'by'>,
  problem: CaseState,
  cases: readonly CaseState[],
): Promise<void> {
  refuseLacking(problem, cases)
  const addressed = mentions(templateOf(problem), '称呼')
  for (let i = 0; i < cases.length; i += BATCH)
    await engine.actAll(
      tx,
      cases.slice(i, i + BATCH).map((kase) => ({
        caseId: kase.id,
        action: 'answerMerged',
        by: onBehalf(by),
        input: {
          text: composed(problem, kase).text,
          ...(addressed && { addressed }),
          outcome: problem.outcome ?? 'explained',
          problem: problem.number,
          ...(problem.promisedOn !== null && { promisedOn: problem.promisedOn }),
        },
      })),
    )
}

/** The cases that wait for a problem's answer. */
export const listMerged = async (sequel: Pick<Sequel<unknown>, 'tx' | 'kase'>) =>
  (await listRelated(sequel.tx, sequel.kase.id)).filter(({ problemId }) => problemId === sequel.kase.id)
