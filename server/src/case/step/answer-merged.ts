import { EFFECT, type Outcome } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { listRelated } from '../engine/case.sql.ts'
import { action, type Sequel } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'

/** Answer a merged case (并案答复): the problem's answer with a part of its own, to this person. */
export const answerMerged = action({
  label: '并案答复',
  from: ['merged'],
  to: 'answered',
  by: ['system'],
  input: EFFECT.answerMerged,
  effect: ({ input, by }) => ({
    answer: input.text,
    outcome: input.outcome as Outcome,
    promisedOn: input.promisedOn ?? null,
    answeredAt: by.at,
    authorId: by.personId,
    contactedAt: by.at,
  }),
})

const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' })
const BATCH = 200

/** One work, n answers: every merged case gets the problem's answer, addressed to its own report. */
export async function answerMergedCases(
  { tx, engine, by }: Pick<Sequel<unknown>, 'tx' | 'engine' | 'by'>,
  problem: CaseState,
  cases: readonly CaseState[],
): Promise<void> {
  for (let i = 0; i < cases.length; i += BATCH)
    await engine.actAll(
      tx,
      cases.slice(i, i + BATCH).map((kase) => ({
        caseId: kase.id,
        action: 'answerMerged',
        by: onBehalf(by),
        input: {
          text: `您于${DAY.format(kase.receivedAt)}反映的“${kase.title}”，已与同类诉求并案办理（${problem.number}）。\n${problem.answer}`,
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
