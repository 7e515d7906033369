import { ASK } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { asking } from './ask.ts'
import { refuseUnfitUnit } from './dispatch.ts'

/** Ask for another lead (申请变更主办): the lead unit of a joint case says who should lead instead. */
export const askLeadChange = asking(ASK.leadChange, {
  label: '申请变更主办',
  from: ['inHand'],
  by: ['head'],
  kind: () => 'leadChange',
  async guard({ tx, kase, input, by }) {
    if (input.unitId === kase.leadUnitId) throw new Fault('refusal.same_unit')
    await refuseUnfitUnit(tx, input.unitId, by.at)
  },
  level: ({ rules }) => rules.leadChange.level,
  content: ({ reason }) => `理由：${reason}`,
})
