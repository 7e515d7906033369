import type { CityOrder, OrderResult, routes } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, type Engine, findTopic, maskPersonal, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { sha256 } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { findOrder, lockNumber, putOrder } from './order.sql.ts'

type Taken = z.input<(typeof routes.takeCityOrder)['response']>

/** Orders of the city's hotline, by file or by interface: the same number is the same case. */
const HOTLINE = '12345'
const TAKERS = ['clerk', 'dispatcher'] as const
const OVER = ['calledBack', 'closed', 'declined', 'withdrawn']
const MOST = 2000

/**
 * Takes an order of the city's hotline (接收市热线工单). The city's number leads: sent again it is the same case; what has changed in it is
 * written to the case as a supplement, or, after the end, raises it again.
 * @throws Fault 'forbidden' to anybody but the intake office
 */
export async function takeOrder(engine: Engine, tx: Tx, order: CityOrder, by: Actor): Promise<Taken> {
  if (!TAKERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  await lockNumber(tx, order.number)
  const fingerprint = fingerprintOf(order)
  const known = await findOrder(tx, order.number)
  const { kase, result } =
    known === undefined
      ? { kase: await opened(engine, tx, order, by), result: 'opened' as const }
      : await again(engine, tx, order, { ...known, changed: known.fingerprint !== fingerprint }, by)
  if (known?.fingerprint !== fingerprint)
    await putOrder(tx, { number: order.number, caseId: kase.id, fingerprint, at: by.at })
  const { id, number, stage } = kase
  return { cityNumber: order.number, result, id, number, stage, stageLabel: stageWord(engine.typeOf(kase), stage) }
}

/** What makes an order another one; the person's contact data do not. */
const fingerprintOf = ({ content, title, dueOn, class: itsClass, location }: CityOrder) =>
  sha256(JSON.stringify([content, title ?? '', dueOn, itsClass ?? '', location?.address ?? '']))

async function opened(engine: Engine, tx: Tx, order: CityOrder, by: Actor): Promise<CaseState> {
  const { number, body, class: itsClass, dueOn, category, contact, ...facts } = order
  // The city has a dictionary of its own; what is not in ours is left to the clerk.
  const topic = category === undefined ? undefined : await findTopic(tx, category)
  const superior = { body, number, dueOn, ...(itsClass !== undefined && { class: itsClass }) }
  const [kase] = await engine.open(
    tx,
    [
      {
        type: 'appeal',
        facts: { ...facts, ...(topic && { category: topic.id }), superior },
        channel: 'hotline',
        party: contact,
        source: { name: HOTLINE, key: number, batchId: null },
      },
    ],
    by,
  )
  if (kase === undefined) throw new Error('nothing was opened')
  return kase
}

async function again(
  engine: Engine,
  tx: Tx,
  order: CityOrder,
  known: { caseId: string; changed: boolean },
  by: Actor,
): Promise<{ kase: CaseState; result: OrderResult }> {
  const kase = await engine.get(tx, known.caseId, by)
  const text = known.changed ? changesIn(order, kase) : ''
  if (text === '') return { kase, result: 'unchanged' }
  const isOver = OVER.includes(kase.stage)
  const action = isOver ? 'reRaise' : 'supplement'
  const input = { text, ...(isOver && { newFacts: true }) }
  const after = await engine.act(tx, { caseId: kase.id, action, input }, by)
  return { kase: after, result: isOver ? 'reRaised' : 'supplemented' }
}

/** What the order says now that the case does not say, in words; empty when nothing. */
function changesIn(order: CityOrder, kase: CaseState): string {
  const known = [order.contact?.name, order.contact?.phone].filter((word) => word !== undefined)
  const content = maskPersonal(order.content, known)
  const address = order.location?.address === undefined ? undefined : maskPersonal(order.location.address, known)
  return [
    content === kase.content ? undefined : `上级工单内容变更为：${content}`,
    order.dueOn === kase.superior?.dueOn ? undefined : `上级要求日期变更为 ${order.dueOn}`,
    order.class === undefined || order.class === kase.superior?.class ? undefined : `上级类别变更为“${order.class}”`,
    address === undefined || address === kase.address ? undefined : `地址变更为：${address}`,
  ]
    .filter((line) => line !== undefined)
    .join('\n')
    .slice(0, MOST)
}
