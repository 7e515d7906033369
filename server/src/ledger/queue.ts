import type { LedgerFilter, Role } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'

/** A work queue (队列): what somebody in this role has to do next. */
interface QueueType {
  readonly label: string
  readonly roles: readonly Role[]
  readonly where: (by: Actor) => RawBuilder<unknown>
}

const stage = (...stages: string[]) => sql`c.stage = any(${stages}::text[])`
const inUnit = (by: Actor) => sql`c.lead_unit_id = any(${[...by.scope]}::uuid[])`

const ABOVE = ['dispatcher', 'supervisor', 'leader'] as const
/** The levels for which this person may sign: a higher one signs for the lower. */
const signable = (by: Actor) => ABOVE.slice(0, ABOVE.findLastIndex((role) => by.roles.has(role)) + 1)

/** Every queue of the house, in the order of the menu. */
const QUEUES: Readonly<Record<string, QueueType>> = {
  emergency: {
    label: '紧急情形',
    roles: ['clerk', 'dispatcher', 'supervisor', 'leader'],
    // Found by the words, not yet called for, and no person has lowered the urgency since: that is the human half of the screen.
    where: () =>
      sql`c.closed_at is null and c.facts ? 'emergency' and not c.facts ? 'emergencyCalledAt' and c.urgency = 'critical'`,
  },
  toAccept: {
    label: '待受理',
    roles: ['clerk', 'dispatcher'],
    // A notice that its addressee has received is at that stage too, and nobody accepts it.
    where: () => sql`${stage('received')} and c.type <> 'notice'`,
  },
  toDispatch: { label: '待交办', roles: ['dispatcher'], where: () => stage('accepted') },
  toSign: { label: '待签收', roles: ['handler', 'head'], where: (by) => sql`${stage('dispatched')} and ${inUnit(by)}` },
  inHand: { label: '办理中', roles: ['handler', 'head'], where: (by) => sql`${stage('inHand')} and ${inUnit(by)}` },
  toApprove: {
    label: '待审签',
    roles: ['head', 'dispatcher', 'supervisor', 'leader'],
    // That something cannot be done is signed above the head, by the level the draft names.
    where: (by) =>
      sql`${stage('drafted')} and case when c.outcome = 'refused' and c.type <> 'commitment' then coalesce(c.facts -> 'cannot' ->> 'level', 'leader') = any(${signable(by)}::text[])
        else ${by.roles.has('head')} and ${inUnit(by)} end`,
  },
  corrections: {
    label: '更正待公开',
    roles: ['supervisor', 'dispatcher'],
    where: () => sql`c.published_at is not null and c.facts ? 'correction'`,
  },
  reviews: {
    label: '知识复核',
    roles: ['handler', 'head', 'dispatcher', 'clerk'],
    where: (by) =>
      sql`c.type = 'review' and ${stage('inHand')} and (${inUnit(by)} or (c.lead_unit_id is null and c.holder_unit_id = ${by.unitId}))`,
  },
  toDecide: {
    label: '待审批',
    roles: ['head', 'dispatcher', 'supervisor', 'leader'],
    where: (by) =>
      sql`c.type = 'request' and ${stage('asked')} and (c.facts -> 'raisedTo' ?| ${[...by.roles]}::text[]
        or (c.facts ->> 'level' = any(${[...by.roles]}::text[]) and (c.facts ->> 'level' <> 'head' or ${inUnit(by)}))) and c.facts ->> 'askedBy' is distinct from ${by.personId}::text`,
  },
  notices: {
    label: '督办待回',
    roles: ['head', 'dispatcher', 'supervisor', 'leader'],
    where: (by) =>
      sql`c.type = 'notice' and ${stage('issued', 'received')} and (c.handler_id = ${by.personId} or c.lead_unit_id = ${by.unitId})`,
  },
  sweeps: {
    label: '排查待报',
    roles: ['handler', 'head'],
    where: (by) => sql`c.type = 'sweep' and ${stage('sent')} and ${inUnit(by)}`,
  },
  toPublish: {
    label: '待公开承诺',
    roles: ['supervisor', 'dispatcher'],
    where: () => sql`c.type = 'commitment' and ${stage('reviewed')}`,
  },
  broken: {
    label: '失信承诺',
    roles: ['supervisor', 'leader', 'head'],
    where: (by) =>
      sql`c.type = 'commitment' and ${stage('broken')} and (${by.roles.has('supervisor') || by.roles.has('leader')} or ${inUnit(by)})`,
  },
  toCallBack: {
    label: '待回访',
    roles: ['caller', 'clerk'],
    where: () => sql`${stage('answered')} and c.type = 'appeal'`,
  },
  toClose: { label: '待办结', roles: ['caller', 'clerk', 'dispatcher'], where: () => stage('calledBack') },
  assisting: {
    label: '协办',
    roles: ['handler', 'head'],
    where: (by) => sql`c.closed_at is null and c.assisting_unit_ids && ${[...by.scope]}::uuid[]`,
  },
  unsatisfied: {
    label: '不满意',
    roles: ['supervisor', 'caller'],
    where: () => sql`c.satisfied is false and c.closed_at is null`,
  },
  overdue: {
    label: '超期',
    roles: ['dispatcher', 'head', 'supervisor', 'leader'],
    where: (by) => sql`c.due_at < ${by.at}`,
  },
  urged: {
    label: '被催办',
    roles: ['supervisor', 'leader', 'head'],
    where: () => sql`c.urged > 0 and c.closed_at is null and c.answered_at is null`,
  },
  paused: {
    label: '暂停计时',
    roles: ['dispatcher', 'supervisor', 'leader', 'head'],
    where: () => sql`c.paused`,
  },
  supervised: {
    label: '督办件',
    roles: ['supervisor', 'leader'],
    where: () => sql`c.supervised is not null and c.closed_at is null`,
  },
  toStrikeOff: {
    label: '待验收',
    roles: ['supervisor', 'dispatcher'],
    where: () => sql`${stage('answered')} and c.type = 'problem'`,
  },
  open: {
    label: '全部在办',
    roles: ['leader', 'supervisor', 'auditor', 'admin', 'window', 'evaluator'],
    where: () => sql`c.closed_at is null`,
  },
}

export const queuesOf = (by: Actor) =>
  Object.entries(QUEUES).filter(([, queue]) => queue.roles.some((role) => by.roles.has(role)))

/** What narrows a list to the caller: a queue of theirs, and what they handle in person. */
export function narrowing({ queue, owner }: Pick<LedgerFilter, 'queue' | 'owner'>, by: Actor) {
  const parts = [
    queue === undefined ? [] : queueCondition(queue, by),
    owner ? sql`c.handler_id = ${by.personId}` : [],
  ].flat()
  return parts.length === 0 ? undefined : sql.join(parts, sql` and `)
}

/** The condition behind a queue; a queue of another role is empty. */
export function queueCondition(id: string, by: Actor): RawBuilder<unknown> {
  const queue = QUEUES[id]
  return queue?.roles.some((role) => by.roles.has(role)) ? queue.where(by) : sql`false`
}
