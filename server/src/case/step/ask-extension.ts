import { ASK } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { asking } from './ask.ts'
import { runningHandle } from './ask-suspension.ts'
import { WITH_UNIT } from './open-stages.ts'

const OFFICE_DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'medium',
  timeStyle: 'short',
})

/** Ask for an extension (申请延期): before the due date, with reason, legal basis and the words for the person; the count is limited. */
export const askExtension = asking(ASK.extension, {
  label: '申请延期',
  from: [...WITH_UNIT],
  by: ['handler', 'head'],
  kind: () => 'extension',
  guard({ kase, input, rules, clocks, by }) {
    const handle = runningHandle(clocks)
    if (handle === undefined) throw new Fault('extension.no_clock')
    if (handle.fixed) throw new Fault('extension.fixed', { day: dayOf(handle.dueAt) })
    if (WHOLE.includes(handle.unit) && !Number.isInteger(input.amount)) throw new Fault('extension.whole')
    if (by.at > handle.dueAt) throw new Fault('extension.too_late', { due: OFFICE_DAY.format(handle.dueAt) })
    if (input.amount > rules.extension.most) throw new Fault('extension.too_long', { most: rules.extension.most })
    if (grantedIn(kase) >= rules.extension.levels.length)
      throw new Fault('extension.exhausted', { count: rules.extension.levels.length })
  },
  // A matter to be handled proactively (主动办) is not put off without a leader.
  level: ({ kase, rules }) =>
    kase.mode === 'proactive' ? 'leader' : (rules.extension.levels[grantedIn(kase)] ?? 'leader'),
  content: ({ amount, reason, basis }) => `延长：${amount}\n理由：${reason}\n依据：${basis}`,
})

/** Units that know no half. */
const WHOLE: readonly string[] = ['day', 'month']

const grantedIn = (kase: { round: number; extensions: readonly { round: number }[] }) =>
  kase.extensions.filter(({ round }) => round === kase.round).length
