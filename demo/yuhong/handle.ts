import { actOn, at, idIn } from '../replay/stage.ts'
import { dayAt, type Stage } from './stage.ts'

/** A case that was raised on a visit: who handles it, and whether it comes to its end. */
export interface Raised {
  readonly id: string
  readonly unit: string
  readonly solved: boolean
}
interface Batch {
  /** Filled when the visits have been entered. */
  readonly raised: readonly Raised[]
  readonly weight: number
}
const ANSWER = { text: '已会同有关单位到现场处理完毕，请继续监督。', outcome: 'solved' }
const CONTENT = { reached: true, satisfied: true, solved: true, grade: 5 }
const CONTACTED = { reached: true, channel: 'visit', note: '已约定现场查看。' }

/** What was raised goes the way of every appeal (走访问题办理): taken in hand the next days, and, unless it is to stay open, answered and closed. */
export function planHandling(stage: Stage, entered: number, batch: Batch): void {
  const step = (days: number, time: string, what: string, run: () => Promise<void>) =>
    stage.add({ at: at(dayAt(stage, entered + days), time), what, weight: batch.weight, run })
  const idsOf = (some: readonly Raised[]) => some.map(({ id }) => id)
  const byUnit = async (some: readonly Raised[], run: (unit: string, ids: string[]) => Promise<void>) => {
    for (const [unit, own] of Map.groupBy(some, (one) => one.unit)) await run(unit, idsOf(own))
  }
  const solved = () => batch.raised.filter((one) => one.solved)
  step(1, '09:30', '受理交办', async () => {
    await actOn(stage, 'clerk', 'accept', { ids: idsOf(batch.raised) })
    await byUnit(batch.raised, (unit, ids) =>
      actOn(stage, 'dispatcher', 'dispatch', { ids, input: { leadUnitId: idIn(stage.ids.unit, unit) } }),
    )
  })
  step(1, '10:20', '签收联系', () =>
    byUnit(batch.raised, async (unit, ids) => {
      await actOn(stage, `${unit}-handler`, 'sign', { ids })
      await actOn(stage, `${unit}-handler`, 'contact', { ids, input: CONTACTED })
    }),
  )
  step(3, '10:00', '拟答复', () =>
    byUnit(solved(), (unit, ids) => actOn(stage, `${unit}-handler`, 'draftAnswer', { ids, input: ANSWER })),
  )
  step(3, '15:00', '审签答复', () =>
    byUnit(solved(), (unit, ids) => actOn(stage, `${unit}-head`, 'approveAnswer', { ids })),
  )
  step(4, '10:00', '回访办结', async () => {
    await actOn(stage, 'caller', 'callBack', { ids: idsOf(solved()), input: CONTENT })
    await actOn(stage, 'caller', 'close', { ids: idsOf(solved()) })
  })
}
