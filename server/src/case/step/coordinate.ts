import { INPUT } from '@banjie/contract'
import { dueOf } from '#calendar'
import { action } from '../engine/case-type.ts'
import { WITH_UNIT } from './open-stages.ts'

/**
 * Coordinate (外部协调): a body outside our house, or above it, has to act. The case stays ours to answer; a task of our own unit carries the letter,
 * the reminders and the result.
 */
export const coordinate = action({
  label: '外部协调',
  from: [...WITH_UNIT],
  to: null,
  by: ['handler', 'head', 'dispatcher'],
  input: INPUT.coordinate,
  async follow({ tx, kase, input, by, calendar, engine }) {
    const { dueAt } = dueOf(calendar, by.at, { amount: input.days, unit: 'workingDay' })
    await engine.open(
      tx,
      [
        {
          type: 'task',
          stage: 'inHand',
          channel: kase.channel,
          parentId: kase.id,
          leadUnitId: kase.leadUnitId,
          handlerId: by.personId,
          facts: {
            ...{ kind: input.kind, confidential: kase.confidential, dueAt: dueAt.toISOString(), body: input.body },
            ...(input.letterNumber !== undefined && { letterNumber: input.letterNumber }),
            title: `${input.body}：${kase.title}`.slice(0, 80),
            content: input.text,
          },
        },
      ],
      by,
    )
  },
})
