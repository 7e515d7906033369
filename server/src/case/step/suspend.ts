import { EFFECT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import type { CaseState, Stop } from '../engine/state.ts'

/** Suspend (暂停计时): granted; the stop enters the suspension ledger with who approved it. */
export const suspend = action({
  label: '暂停计时',
  from: ['inHand', 'drafted'],
  to: null,
  by: ['system'],
  instead: 'askSuspension',
  input: EFFECT.suspend,
  effect({ kase, input }) {
    const { reason, from, until, approvedBy, backdated, longTerm } = input
    const stop: Stop = {
      ...{ round: kase.round, reason, from, to: null, until, approvedBy, backdated, longTerm },
      unitId: kase.leadUnitId,
    }
    return {
      stops: [...kase.stops, stop],
      paused: true,
      pending: kase.pending.filter((kind) => kind !== (longTerm ? 'longTerm' : 'suspension')),
    }
  },
})

export const openStops = (kase: Pick<CaseState, 'stops'>) => kase.stops.filter(({ to }) => to === null)

/** The stops with every open one ended on `day`, or on its own last day if that is earlier. */
export const stoppedUntil = (kase: CaseState, day: string): readonly Stop[] =>
  kase.stops.map((stop) => (stop.to === null ? { ...stop, to: day < stop.until ? day : stop.until } : stop))
