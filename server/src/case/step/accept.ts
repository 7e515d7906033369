import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { findTopic } from '../dictionary.sql.ts'
import { action } from '../engine/case-type.ts'

/** Accept (受理): the matter is ours; from now on the person is owed an answer by a day. */
export const accept = action({
  label: '受理',
  from: ['received'],
  to: 'accepted',
  by: ['clerk', 'dispatcher'],
  primary: true,
  input: INPUT.accept,
  async effect({ tx, kase, input, by }) {
    const id = input.category ?? kase.category
    const topic = id === null ? undefined : await findTopic(tx, id)
    if (id !== null && topic === undefined) throw new Fault('case.category_unknown', { category: id })
    return {
      acceptedAt: by.at,
      category: topic?.id ?? null,
      class: topic?.class ?? kase.class,
      urgency: input.urgency ?? kase.urgency,
      summary: input.summary ?? kase.summary,
      mode: input.mode ?? kase.mode,
      holderUnitId: by.unitId,
    }
  },
})
