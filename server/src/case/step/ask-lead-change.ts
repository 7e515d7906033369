import { ASK } from '@banjie/contract'
import { asking } from './ask.ts'
import { refuseUnfitUnit } from './dispatch.ts'

/** Ask for another lead (申请变更主办): the lead unit of a joint case says who should lead instead. */
export const askLeadChange = asking(ASK.leadChange, {
  label: '申请变更主办',
  from: ['inHand'],
  by: ['head'],
  kind: () => 'leadChange',
  guard: ({ tx, input, by }) => refuseUnfitUnit(tx, input.unitId, by.at),
  level: ({ rules }) => rules.leadChange.level,
  content: ({ reason }) => `理由：${reason}`,
})
