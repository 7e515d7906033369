import type { TenantId } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { isTransient, type Store } from '#kernel/store'
import type { Act, Engine } from './engine.ts'
import type { CaseState } from './state.ts'

/** What became of one act: the case after it, or why it was refused. */
export type EachResult =
  | { readonly act: Act; readonly kase: CaseState; readonly fault?: undefined }
  | { readonly act: Act; readonly kase?: undefined; readonly fault: Fault }

/**
 * Acts on each case by itself (逐件办理), many in one transaction: a batch with a refusal in it is taken back and tried again in halves, so that
 * what is refused is found and holds up nothing else. No case may come twice.
 * @returns in the order asked. Cost: one transaction where nothing is refused, about 2·log₂(n) more for each refusal
 */
export async function actOnEach(
  { store, engine }: { readonly store: Store; readonly engine: Engine },
  tenant: TenantId,
  acts: readonly Act[],
): Promise<readonly EachResult[]> {
  try {
    const cases = await store.tx(tenant, (tx) => engine.actAll(tx, acts))
    return acts.map((act, i) => ({ act, kase: cases[i] as CaseState }))
  } catch (error) {
    if (!(error instanceof Fault) || isTransient(error)) throw error
    const [first, ...others] = acts
    if (first === undefined || others.length === 0) return first === undefined ? [] : [{ act: first, fault: error }]
    const half = Math.ceil(acts.length / 2)
    const parts = { store, engine }
    return [
      ...(await actOnEach(parts, tenant, acts.slice(0, half))),
      ...(await actOnEach(parts, tenant, acts.slice(half))),
    ]
  }
}
