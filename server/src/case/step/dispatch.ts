import { INPUT, type UnitId } from '@banjie/contract'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { findCatalogueRow } from '../dictionary.sql.ts'
import { action, type Sequel } from '../engine/case-type.ts'
import { assistDue } from './retime.ts'

/** Dispatch (交办): hands an accepted case to its lead unit (主办单位); the dispatch catalogue proposes which. Every co-unit gets a task of its own. */
export const dispatch = action({
  label: '交办',
  from: ['accepted'],
  to: 'dispatched',
  by: ['dispatcher'],
  primary: true,
  input: INPUT.dispatch,
  async guard({ tx, input, by }) {
    for (const id of [input.leadUnitId, ...(input.assistingUnitIds ?? [])]) await refuseUnfitUnit(tx, id, by.at)
  },
  effect: ({ kase, input, by }) => ({
    leadUnitId: input.leadUnitId,
    assistingUnitIds: [...new Set(input.assistingUnitIds)].filter((id) => id !== input.leadUnitId),
    class: input.class ?? kase.class,
    mode: input.mode ?? kase.mode,
    dispatchedAt: by.at,
    holderUnitId: input.leadUnitId,
    signedAt: null,
    handlerId: null,
  }),
  follow: openAssistTasks,
  async propose({ tx, kase, by }) {
    if (kase.category === null) return undefined
    const row = await findCatalogueRow(tx, kase.category, kase.divisionCode, by.at)
    return row && { ...row, class: kase.class ?? undefined }
  },
})

/** One task (协办任务) for each co-unit, due before the lead unit. What was told in confidence only the lead unit reads. */
export async function openAssistTasks(sequel: Sequel<unknown>): Promise<void> {
  const { tx, kase, by, engine } = sequel
  const dueAt = assistDue(sequel)
  if (dueAt === null || kase.assistingUnitIds.length === 0) return
  await engine.open(
    tx,
    kase.assistingUnitIds.map((unit) => ({
      type: 'task',
      channel: kase.channel,
      parentId: kase.id,
      leadUnitId: unit,
      facts: {
        ...{ kind: 'assist', confidential: kase.confidential, dueAt: dueAt.toISOString() },
        ...(kase.confidential
          ? { title: '协办：保密件', content: '保密件，需协助的事项由主办单位告知。' }
          : { title: `协办：${kase.title}`.slice(0, 80), content: kase.content }),
      },
    })),
    by,
  )
}

/** @throws Fault for a unit that is not there, was dissolved, or whose term has not begun; it names who took over */
export async function refuseUnfitUnit(tx: Tx, unit: UnitId, at: Date): Promise<void> {
  await getUnitInForce(tx, unit, dayOf(at))
}
