import { OBLIGATION_FORM, type Queue } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { overseesAll, seesUnits } from './say.ts'
import { countOpen } from './sight.sql.ts'

/** The queues of what is owed beside cases (周期责任、目标任务); absent for whoever owes nothing and oversees nobody. */
export async function obligationQueues(tx: Tx, by: Actor): Promise<Queue[]> {
  const duties = overseesAll(by) || seesUnits(by) ? '/w/duties?of=all' : '/w/duties'
  const to = { recurring: duties, quantity: '/w/c?form=quantity&sort=due' }
  return (await countOpen(tx, by)).map(({ form, count, red }) => ({
    ...{ id: form === 'recurring' ? 'duties' : 'targets', label: OBLIGATION_FORM[form], count, red, to: to[form] },
  }))
}
