import type { Routes } from '@banjie/contract'
import type { z } from 'zod'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listEvents } from './engine/case.sql.ts'
import type { Engine } from './engine/engine.ts'
import type { CaseState } from './engine/state.ts'
import { listNames } from './view.sql.ts'

const WHOLE = 1000

/**
 * Return to the superior (回复上级): under its number, the result and the whole timeline, so that nobody above has to ask again.
 * @throws Fault 'case.no_superior'
 */
export async function returnUp(
  engine: Engine,
  tx: Tx,
  kase: CaseState,
): Promise<z.input<Routes['returnUp']['response']>> {
  if (kase.superior === null) throw new Fault('case.no_superior')
  const { number, superior, outcome, answer, quantities } = kase
  const { actions } = engine.typeOf(kase)
  const names = await listNames(tx, { units: [kase.leadUnitId], people: [] })
  const events = await listEvents(tx, kase.id, 0, WHOLE)
  return {
    ...{ superior, number },
    result: {
      ...{ outcome, answer, quantities: [...quantities] },
      answeredAt: kase.answeredAt?.toISOString() ?? null,
      unit: names.get(kase.leadUnitId ?? '') ?? null,
    },
    timeline: events.map(({ at, action, byName, unitName, round }) => ({
      ...{ at: at.toISOString(), action, by: byName, unit: unitName, round },
      label: action === 'open' ? '登记' : (actions[action]?.label ?? action),
    })),
  }
}
