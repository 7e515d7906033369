import { type Actor, onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listRelated } from './engine/case.sql.ts'
import type { Engine } from './engine/engine.ts'
import type { CaseState } from './engine/state.ts'

const SHOWN = 5

/**
 * Writes personal parts (个人说明) for many merged cases of a problem, one event on each; they go out with the problem's answer.
 * @returns how many
 * @throws Fault 'answer.not_merged' naming those that are not merged into it | 'answer.twice' | what is wrong with a text; nothing is written
 */
export async function personalParts(
  engine: Engine,
  tx: Tx,
  problem: CaseState,
  items: readonly { readonly number: string; readonly text: string }[],
  by: Actor,
): Promise<number> {
  if (!engine.actionsFor(problem, by).some(([name]) => name === 'draftPersonal')) throw new Fault('forbidden')
  const voices = new Map(
    (await listRelated(tx, problem.id))
      .filter(({ problemId, stage, type }) => problemId === problem.id && stage === 'merged' && type === 'appeal')
      .map((kase) => [kase.number, kase]),
  )
  const written = items.map(({ number, text }) => ({ number: number.trim().toUpperCase(), text }))
  const twice = written.find(({ number }, i) => written.findIndex((other) => other.number === number) !== i)
  if (twice !== undefined) throw new Fault('answer.twice', { number: twice.number })
  const strange = written.filter(({ number }) => !voices.has(number)).map(({ number }) => number)
  if (strange.length > 0)
    throw new Fault('answer.not_merged', {
      number: strange.slice(0, SHOWN).join('、') + (strange.length > SHOWN ? ` 等 ${strange.length} 件` : ''),
    })
  await engine.actAll(
    tx,
    written.map(({ number, text }) => ({
      ...{ caseId: number, action: 'draftPersonal', input: { text }, by: onBehalf(by) },
    })),
  )
  return written.length
}
