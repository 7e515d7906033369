import { INPUT } from '@banjie/contract'
import { dayOf, getUnitInForce } from '#org'
import { findCatalogueRow } from '../dictionary.sql.ts'
import { action } from '../engine/case-type.ts'

/** Dispatch (交办): hands an accepted case to its lead unit (主办单位); the dispatch catalogue proposes which. */
export const dispatch = action({
  label: '交办',
  from: ['accepted'],
  to: 'dispatched',
  by: ['dispatcher'],
  primary: true,
  input: INPUT.dispatch,
  async effect({ tx, kase, input, by }) {
    for (const id of [input.leadUnitId, ...(input.assistingUnitIds ?? [])]) await getUnitInForce(tx, id, dayOf(by.at))
    return {
      leadUnitId: input.leadUnitId,
      assistingUnitIds: (input.assistingUnitIds ?? []).filter((id) => id !== input.leadUnitId),
      class: input.class ?? kase.class,
      dispatchedAt: by.at,
      holderUnitId: input.leadUnitId,
      signedAt: null,
      handlerId: null,
    }
  },
  async propose({ tx, kase, by }) {
    if (kase.category === null) return undefined
    const row = await findCatalogueRow(tx, kase.category, kase.divisionCode, by.at)
    return row && { ...row, class: kase.class ?? undefined }
  },
})
