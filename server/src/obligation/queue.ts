import { OBLIGATION_FORM, OBLIGATION_KIND, type ObligationKind, type Queue } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { overseesAll, seesUnits } from './say.ts'
import { countOpen } from './sight.sql.ts'

/**
 * The queues of what is owed beside cases (周期责任、定期点检、渠道测试、目标任务), each leading to the rows that it counts; absent for whoever owes nothing
 * and oversees nobody.
 */
export async function obligationQueues(tx: Tx, by: Actor): Promise<Queue[]> {
  const counted = await countOpen(tx, by)
  return queuesFor(by).flatMap(({ kinds, ...queue }) => {
    const rows = counted.filter(({ kind }) => kinds.includes(kind))
    const sum = (of: 'count' | 'red') => rows.reduce((all, row) => all + row[of], 0)
    return rows.length === 0 ? [] : [{ ...queue, count: sum('count'), red: sum('red') }]
  })
}

const queuesFor = (
  by: Actor,
): readonly (Pick<Queue, 'id' | 'label' | 'to'> & { kinds: readonly ObligationKind[] })[] => [
  {
    ...{ id: 'duties', label: OBLIGATION_FORM.recurring, kinds: ['period'] },
    to: overseesAll(by) || seesUnits(by) ? '/w/duties?of=all' : '/w/duties',
  },
  {
    ...{ id: 'checkIns', label: OBLIGATION_KIND.checkIn, kinds: ['checkIn'] },
    to: '/w/c?type=checkIn&stage=missed,running&sort=due',
  },
  {
    ...{ id: 'channelTests', label: OBLIGATION_KIND.channelTest, kinds: ['channelTest'] },
    to: '/w/c?type=channelTest&stage=missed,running&sort=due',
  },
  {
    ...{ id: 'targets', label: OBLIGATION_FORM.quantity, kinds: ['target', 'task', 'appointment', 'stage'] },
    to: '/w/c?form=quantity&stage=running&sort=due',
  },
  {
    ...{ id: 'demands', label: OBLIGATION_KIND.demand, kinds: ['demand'] },
    to: '/w/c?type=demand&stage=running&sort=due',
  },
]
