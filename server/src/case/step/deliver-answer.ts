import { INPUT, REPLY_CHANNEL } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import { getKnownWords } from '../publication.sql.ts'
import { refusePlaces } from '../publication.ts'

/** Deliver an answer (告知答复): by call, letter or visit, logged as given, so that who has no internet counts as told. */
export const deliverAnswer = action({
  label: '告知答复',
  from: ['answered', 'calledBack', 'closed', 'declined', 'withdrawn'],
  to: null,
  by: ['clerk', 'caller', 'handler', 'head', 'dispatcher', 'window'],
  input: INPUT.deliverAnswer,
  unless: ({ answer }) => answer === null,
  async guard({ tx, kase, input, by }) {
    if (kase.answer === null || kase.answeredAt === null) throw new Fault('answer.none_to_give')
    const at = input.at === undefined ? by.at : new Date(input.at)
    if (at > by.at) throw new Fault('answer.delivered_later')
    if (at < kase.answeredAt) throw new Fault('answer.given_before')
    if (input.note !== undefined) refusePlaces('text.personal', await getKnownWords(tx, kase.id), [input.note])
  },
  effect({ kase, input, by }) {
    const told = { by: input.by, to: input.to, at: input.at ?? by.at.toISOString(), round: kase.round, who: by.name }
    return { facts: { ...kase.facts, delivered: [...deliveriesOf(kase.facts), told] } }
  },
  propose: async ({ kase }) => {
    const wanted = kase.facts['replyBy']
    return typeof wanted === 'string' && wanted !== 'code' && wanted in REPLY_CHANNEL ? { by: wanted } : undefined
  },
})

const deliveriesOf = (facts: Readonly<Record<string, unknown>>) => (facts['delivered'] as object[] | undefined) ?? []
