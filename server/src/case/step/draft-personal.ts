import { INPUT } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { findCase } from '../engine/case.sql.ts'
import { action } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { getKnownWords } from '../publication.sql.ts'
import { refusePlaces } from '../publication.ts'
import { refuseUnfilled } from './fill-in.ts'

/** Personal part (个人说明): what is said to this person alone, beside the answer that everybody gets. */
export const draftPersonal = action({
  label: '个人说明',
  from: ['merged'],
  to: null,
  by: ['clerk', 'dispatcher', 'handler', 'head', 'system'],
  input: INPUT.draftPersonal,
  async guard({ tx, kase, input }) {
    refuseUnfilled(input.text)
    refusePlaces('text.personal', await getKnownWords(tx, kase.id), [input.text])
  },
  effect: ({ kase, input }) => ({ facts: { ...kase.facts, personal: input.text } }),
})

/** The same from the problem's side, for the handler who writes the answer: which number, and what. */
export const draftPersonalFor = action({
  label: '个人说明',
  from: ['inHand', 'drafted'],
  to: null,
  by: ['handler', 'head', 'dispatcher'],
  input: INPUT.draftPersonal,
  guard: async ({ tx, kase, input }) => void (await voiceOf(tx, kase, input.number)),
  async follow({ tx, kase, input, by, engine }) {
    const { id } = await voiceOf(tx, kase, input.number)
    await engine.act(tx, { caseId: id, action: 'draftPersonal', input: { text: input.text } }, onBehalf(by))
  },
})

/** @throws Fault 'answer.not_merged' */
async function voiceOf(tx: Tx, problem: CaseState, number = ''): Promise<CaseState> {
  const voice = await findCase(tx, number.trim().toUpperCase())
  if (voice === undefined || voice.problemId !== problem.id || voice.stage !== 'merged' || voice.type !== 'appeal')
    throw new Fault('answer.not_merged', { number: number === '' ? '（未填编号）' : number })
  return voice
}
