import { EFFECT, type NoticeKind } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import type { CaseClock } from '../engine/state.ts'
import { rungOf } from '../rules.ts'
import { issueNotice } from './issue-notice.ts'
import { OPEN } from './open-stages.ts'

const COLOURS: readonly NoticeKind[] = ['reminder', 'yellow', 'red', 'leader']

/** Escalate (到期升级): an overdue clock climbs the ladder of the rule set; each rung is a numbered notice that somebody signs for and answers. */
export const escalate = action({
  label: '到期升级',
  from: [...OPEN, 'merged'],
  to: null,
  by: ['system'],
  input: EFFECT.escalate,
  effect({ kase, clocks, rules, by }) {
    const { kind } = rungOf(rules, dueOnLadder(clocks, by.at)?.rung ?? 0)
    return { supervised: higher(kase.supervised, kind) }
  },
  async follow(sequel) {
    const { kase, clocks, rules, before } = sequel
    const clock = clocks.findLast(({ endedAt, rung }) => endedAt === null && rung > 0)
    const { kind, to } = rungOf(rules, (clock?.rung ?? 1) - 1)
    const since = clock === undefined ? '' : `，应于${DAY.format(clock.dueAt)}前办结`
    await issueNotice(sequel, {
      kind,
      to,
      text: `${kase.number}“${before.title}”已超过办理时限${since}，请说明原因和办结日期。`,
    })
  },
})

const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' })

const dueOnLadder = (clocks: readonly CaseClock[], at: Date) =>
  clocks.find(({ endedAt, nextAlertAt }) => endedAt === null && nextAlertAt !== null && nextAlertAt <= at)

/** The colour a case has been raised to never fades while it is open. */
export const higher = (present: string | null, kind: NoticeKind): string =>
  present !== null && COLOURS.indexOf(present as NoticeKind) > COLOURS.indexOf(kind) ? present : kind
