import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'

/** Give an answer (告知答复): told by call, by letter, at the door, for whoever reads no screen; who told whom, when and how. */
export const giveAnswer = action({
  label: '告知答复',
  from: ['answered', 'calledBack', 'closed', 'declined'],
  to: null,
  by: ['clerk', 'dispatcher', 'caller', 'window', 'handler', 'head'],
  input: INPUT.giveAnswer,
  unless: ({ answer }) => answer === null,
  guard({ kase, input, by }) {
    if (kase.answer === null || kase.answeredAt === null) throw new Fault('answer.none_to_give')
    const at = input.at === undefined ? by.at : new Date(input.at)
    if (at > by.at) throw new Fault('answer.given_in_future')
    if (at < kase.answeredAt) throw new Fault('answer.given_before')
    if (input.how === 'letter' && input.letterNumber === undefined) throw new Fault('answer.letter_number')
  },
})
