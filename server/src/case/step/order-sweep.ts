import { INPUT } from '@banjie/contract'
import { dueOf } from '#calendar'
import { action } from '../engine/case-type.ts'
import { refuseUnfitUnit } from './dispatch.ts'
import { OPEN } from './open-stages.ts'

/** Order a sweep (同类排查、举一反三): one case, and every unit that can have the same thing says "have" or "none", signed. */
export const orderSweep = action({
  label: '同类排查',
  from: [...OPEN, 'answered', 'calledBack', 'closed'],
  to: null,
  by: ['dispatcher', 'supervisor', 'leader'],
  input: INPUT.orderSweep,
  async guard({ tx, input, by }) {
    for (const unit of input.unitIds) await refuseUnfitUnit(tx, unit, by.at)
  },
  async follow({ tx, kase, input, by, calendar, engine }) {
    const { dueAt } = dueOf(calendar, by.at, { amount: input.days, unit: 'workingDay' })
    await engine.open(
      tx,
      [...new Set(input.unitIds)].map((unit) => ({
        type: 'sweep',
        channel: kase.channel,
        parentId: kase.id,
        leadUnitId: unit,
        facts: {
          ...{ dueAt: dueAt.toISOString(), confidential: kase.confidential },
          // What was told in confidence is not told to every unit.
          title: `排查：${kase.confidential ? input.question : kase.title}`.slice(0, 80),
          content: input.question,
        },
      })),
      by,
    )
  },
})
