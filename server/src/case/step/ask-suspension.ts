import { ASK, SUSPENSION_REASON } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import type { CaseClock } from '../engine/state.ts'
import type { Rules } from '../rules.ts'
import { asking, levelAbove } from './ask.ts'

/**
 * Ask for a suspension (申请暂停计时): an allowed reason, evidence, a day on which it ends by itself, and the words for the person. A stop that
 * begins before today is decided one level up and stays visible as backdated.
 */
export const askSuspension = asking(ASK.suspension, {
  label: '申请暂停计时',
  from: ['inHand', 'drafted'],
  by: ['handler', 'head'],
  kind: () => 'suspension',
  guard({ input, rules, clocks, by }) {
    const today = dayOf(by.at)
    const from = input.from ?? today
    refuseReason(rules, input.reason, from, input.until)
    if (from > today || input.until < today) throw new Fault('suspension.dates', { today })
    const handle = runningHandle(clocks)
    if (handle !== undefined && from < dayOf(handle.startedAt))
      throw new Fault('suspension.before_start', { start: dayOf(handle.startedAt) })
    // A stopped day is stopped whole: from the evening of the due day on it would make the day unmissed.
    if (handle !== undefined && from === today && by.at > handle.dueAt && dayOf(handle.dueAt) === today)
      throw new Fault('suspension.overdue')
  },
  level: ({ input, rules, by }) =>
    (input.from ?? dayOf(by.at)) < dayOf(by.at) ? levelAbove(rules.suspension.level) : rules.suspension.level,
  content: ({ reason, evidence, until, from }) =>
    `理由：${SUSPENSION_REASON[reason]}\n依据：${evidence}\n期间：${from ?? '今天'}至${until}`,
})

const DAY = 86_400_000

function refuseReason(rules: Rules, reason: string, from: string, until: string): void {
  const rule = rules.suspension.reasons[reason]
  const allowed = Object.keys(rules.suspension.reasons)
    .map((id) => SUSPENSION_REASON[id as keyof typeof SUSPENSION_REASON])
    .join('、')
  if (rule === undefined) throw new Fault('suspension.reason', { allowed })
  if (Date.parse(until) - Date.parse(from) > rule.mostDays * DAY)
    throw new Fault('suspension.too_long', { days: rule.mostDays })
}

export const runningHandle = (clocks: readonly CaseClock[]) =>
  clocks.findLast(({ kind, endedAt }) => kind === 'handle' && endedAt === null)
