import { JOINT, NoticeFacts } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action, type Context, defineCaseType, within } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { handOver } from '../step/hand-over.ts'
import { reproject } from '../step/reproject.ts'
import { note } from '../step/urge.ts'

const READERS = ['head', 'leader', 'supervisor', 'dispatcher'] as const

/** The person it is addressed to, or somebody of the same role in the same unit: a notice is not signed for by whoever passes. */
const isAddressee = (kase: CaseState, by: Context<unknown>['by']) =>
  kase.handlerId === null || kase.handlerId === by.personId || kase.leadUnitId === by.unitId
function refuseStranger({ kase, by }: Context<unknown>): void {
  if (!isAddressee(kase, by)) throw new Fault('notice.not_addressee')
}

/** Receive (签收督办): read, with name and time. */
const receive = action({
  label: '签收督办',
  from: ['issued'],
  to: 'received',
  by: [...READERS],
  primary: true,
  input: JOINT.receive,
  unless: (kase, by) => !isAddressee(kase, by),
  guard: refuseStranger,
  effect: ({ by }) => ({ signedAt: by.at, handlerId: by.personId }),
})

/** Reply (回复督办): what was done about it, or why not. */
const reply = action({
  label: '回复督办',
  from: ['issued', 'received'],
  to: 'closed',
  by: [...READERS],
  primary: true,
  input: JOINT.reply,
  unless: (kase, by) => !isAddressee(kase, by),
  guard: refuseStranger,
  effect: ({ kase, input, by }) => ({
    answer: input.text,
    signedAt: kase.signedAt ?? by.at,
    closedAt: by.at,
    authorId: by.personId,
  }),
})

/** Notice (督办通知): a numbered document to one person, signed for and answered, each by its own clock. */
export const notice = defineCaseType({
  id: 'notice',
  label: '督办通知',
  prefix: 'DB',
  facts: NoticeFacts,
  stages: { issued: '待签收', received: '待回复', closed: '已回复' },
  first: 'issued',
  ends: ['closed'],
  opens: ['system'],
  actions: {
    ...{ receive, reply, note: within(note, 'issued', 'received', 'closed') },
    reproject: within(reproject, 'issued', 'received'),
    handOver: within(handOver, 'issued', 'received'),
  },
  clocks: {
    receipt: { starts: ['open'], ends: ['receive', 'reply'] },
    reply: { starts: ['open'], ends: ['reply'], shows: ['issued', 'received'] },
  },
})
