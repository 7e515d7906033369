import type { FaultCode, HandlingMode } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { listEvents } from '../engine/case.sql.ts'
import type { Context } from '../engine/case-type.ts'
import type { CaseEvent, CaseState } from '../engine/state.ts'
import type { Rules } from '../rules.ts'

/** What a handling mode (办理方式) demands before an answer; the others only change the clock. */
type Duty = (done: readonly CaseEvent[], kase: CaseState, rules: Rules, at: Date) => FaultCode | undefined
const DAY = 86_400_000

const DUTY: Partial<Readonly<Record<HandlingMode, Duty>>> = {
  onSite: (done) =>
    done.some(
      ({ action, input }) =>
        action === 'survey' || (action === 'contact' && input['channel'] === 'visit' && input['reached'] === true),
    )
      ? undefined
      : 'mode.visit_first',
  flexible: (done, { ways }) =>
    ways.some(({ lawful }) => lawful) && done.some(({ action }) => action === 'minute')
      ? undefined
      : 'mode.opinion_first',
  open: (done, _, { openCommentDays }, at) =>
    done.some(
      ({ action, input, at: told }) =>
        action === 'note' && input['public'] === true && at.getTime() - told.getTime() >= openCommentDays * DAY,
    )
      ? undefined
      : 'mode.publish_first',
}

const MOST_EVENTS = 1000

/** @throws Fault when the handling mode asks for something that was not done in this round */
export async function refuseUndone({ tx, kase, rules, by }: Context<unknown>): Promise<void> {
  const duty = kase.mode === null ? undefined : DUTY[kase.mode]
  if (duty === undefined) return
  const done = (await listEvents(tx, kase.id, 0, MOST_EVENTS)).filter(({ round }) => round === kase.round)
  const missing = duty(done, kase, rules, by.at)
  if (missing !== undefined) throw new Fault(missing, { days: rules.openCommentDays })
}
