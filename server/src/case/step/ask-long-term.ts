import { ASK } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { asking } from './ask.ts'

const DAY = 86_400_000

/** Ask for long-term treatment (申请挂账): a staged plan and a review date; only a leader grants it, and it comes back by itself. */
export const askLongTerm = asking(ASK.longTerm, {
  label: '申请挂账',
  from: ['inHand'],
  by: ['head', 'dispatcher'],
  kind: () => 'longTerm',
  guard({ input, rules, by }) {
    const days = (Date.parse(input.reviewOn) - Date.parse(dayOf(by.at))) / DAY
    if (days < 1 || days > rules.longTerm.mostDays)
      throw new Fault('longTerm.review', { days: rules.longTerm.mostDays })
  },
  level: ({ rules }) => rules.longTerm.level,
  content: ({ reason, reviewOn, milestones }) =>
    `理由：${reason}\n复核日期：${reviewOn}\n${milestones.map(({ text, on }) => `${on} ${text}`).join('\n')}`,
})
