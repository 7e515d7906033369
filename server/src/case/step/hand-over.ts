import { INPUT } from '@banjie/contract'
import type { z } from 'zod'
import { dayOf, holdsPostIn } from '#org'
import type { Context } from '../engine/case-type.ts'
import { action } from '../engine/case-type.ts'
import type { Patch } from '../engine/state.ts'
import { OPEN } from './open-stages.ts'

type Input = Context<z.output<typeof INPUT.handOver>>

/**
 * Hand over (移交): another unit, or another person, owes what this one owed. Deadlines, promises and all that was done stay as they are.
 * Done by the system when a unit is dissolved or a person leaves; the event names who ordered it.
 */
export const handOver = action({
  label: '移交',
  from: [...OPEN, 'answered', 'calledBack', 'merged'],
  to: null,
  by: ['system'],
  input: INPUT.handOver,
  effect: (context) => (context.input.personId === undefined ? toUnit(context) : { handlerId: context.input.personId }),
})

async function toUnit({ tx, kase, input, by }: Input): Promise<Patch> {
  const from = input.fromUnitId ?? kase.leadUnitId
  const to = input.unitId ?? null
  const passed = <Id extends string | null>(unit: Id) => (unit === from ? (to as Id) : unit)
  const leadUnitId = passed(kase.leadUnitId)
  const assisting = new Set(kase.assistingUnitIds.map(passed))
  const stays =
    kase.handlerId === null ||
    leadUnitId === null ||
    // Whoever holds it for another unit, such as the leader who is asked to approve, is not touched.
    kase.holderUnitId !== from ||
    (await holdsPostIn(tx, kase.handlerId, leadUnitId, dayOf(by.at)))
  return {
    leadUnitId,
    assistingUnitIds: [...assisting].filter((unit) => unit !== leadUnitId),
    holderUnitId: passed(kase.holderUnitId),
    // Whoever did not go along cannot act for the new unit; its head assigns anew.
    handlerId: stays ? kase.handlerId : null,
  }
}
