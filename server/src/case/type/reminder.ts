import { INPUT, ReminderFacts } from '@banjie/contract'
import { action, defineCaseType, within } from '../engine/case-type.ts'
import { note } from '../step/urge.ts'

const read = action({
  label: '阅知',
  from: ['sent'],
  to: 'closed',
  by: ['leader', 'dispatcher', 'supervisor'],
  primary: true,
  input: INPUT.close,
  effect: ({ by }) => ({ closedAt: by.at }),
})

/** Reminder (提示函): a supervisor's word to the office that has to be read by a day; the smallest type there can be. */
export const reminder = defineCaseType({
  id: 'reminder',
  label: '提示函',
  prefix: 'TS',
  facts: ReminderFacts,
  stages: { sent: '待阅知', closed: '已阅知' },
  first: 'sent',
  ends: ['closed'],
  opens: ['supervisor'],
  actions: { read, note: within(note, 'sent', 'closed') },
  clocks: { close: { starts: ['open'], ends: ['read'], shows: ['sent'] } },
})
