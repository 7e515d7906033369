import { INPUT } from '@banjie/contract'
import { dayOf } from '#org'
import { action } from '../engine/case-type.ts'
import { openStops, stoppedUntil } from './suspend.ts'

/**
 * Resume (恢复计时): what was waited for has come, or the stop's last day is over. The system ends only the stops whose day has come; a person
 * ends them all.
 */
export const resume = action({
  label: '恢复计时',
  // Also while a new lead unit has not signed yet: a stop's day does not wait for it.
  from: ['dispatched', 'inHand', 'drafted'],
  to: null,
  by: ['handler', 'head', 'dispatcher', 'system'],
  input: INPUT.resume,
  unless: (kase) => !kase.paused,
  effect({ kase, by }) {
    const today = dayOf(by.at)
    const stops =
      by.kind === 'system'
        ? kase.stops.map((stop) => (stop.to === null && stop.until <= today ? { ...stop, to: stop.until } : stop))
        : stoppedUntil(kase, today)
    return { stops, paused: openStops({ stops }).length > 0 }
  },
})
