import { REVIEW, ReviewFacts, type TenantId } from '@banjie/contract'
import { action, type CaseType, defineCaseType, type Engine, escalate, handOver, note, within } from '#case'
import { system } from '#kernel/actor'
import type { Store } from '#kernel/store'
import { dayOf } from '#org'
import { daysAfter, REVIEW_DAYS } from './entry.ts'
import { renewEntry, retireEntry } from './keep.ts'
import { fillGrams, listToReview } from './knowledge.sql.ts'

const KEEPERS = ['handler', 'head', 'clerk', 'dispatcher'] as const
const entryOf = ({ facts }: { facts: Readonly<Record<string, unknown>> }) => String(facts['knowledgeId'])

/** Renew (续期): looked at again and still right. */
const renew = action({
  label: '续期',
  from: ['inHand'],
  to: 'closed',
  by: [...KEEPERS],
  primary: true,
  input: REVIEW.renew,
  effect: ({ input, by }) => ({
    answer: `续期至 ${input.expiresOn}：${input.basis}`,
    closedAt: by.at,
    authorId: by.personId,
  }),
  follow: ({ tx, kase, input, by }) => renewEntry(tx, entryOf(kase), input.expiresOn, input.basis, by),
})

/** Retire (停用): no longer right, or no longer needed. */
const retire = action({
  label: '停用',
  from: ['inHand'],
  to: 'closed',
  by: [...KEEPERS],
  input: REVIEW.retire,
  effect: ({ input, by }) => ({ answer: `停用：${input.reason}`, closedAt: by.at, authorId: by.personId }),
  follow: ({ tx, kase, input, by }) => retireEntry(tx, entryOf(kase), input.reason, by),
})

/** Settled (已另行处理): the entry itself was approved anew or withdrawn. */
const settled = action({
  label: '已另行处理',
  from: ['inHand'],
  to: 'closed',
  by: ['system'],
  input: REVIEW.settled,
  effect: ({ input, by }) => ({ answer: input.reason, closedAt: by.at }),
})

/** Review (到期复核): an entry of the knowledge base that is about to expire is owed a look by its owner, by its last day. */
export const review: CaseType = defineCaseType({
  id: 'review',
  label: '到期复核',
  prefix: 'FH',
  facts: ReviewFacts,
  stages: { inHand: '待复核', closed: '已复核' },
  first: 'inHand',
  ends: ['closed'],
  opens: ['system'],
  actions: {
    ...{ renew, retire, settled },
    escalate: within(escalate, 'inHand'),
    note: within(note, 'inHand', 'closed'),
    handOver: within(handOver, 'inHand'),
  },
  clocks: {
    handle: {
      starts: ['open'],
      ends: ['renew', 'retire', 'settled'],
      shows: ['inHand'],
      dueOn: ({ facts }) => new Date(`${String(facts['expiresOn'])}T23:59:59+08:00`),
      ladder: () => true,
    },
  },
})

/**
 * Watches last days (到期提醒): every entry within thirty days of its own, or past it, becomes a case of its owner. Nothing expires unnoticed.
 * @returns how many were put on a desk
 */
export const reviewWatch = (engine: Engine, store: Store) => (tenant: TenantId, now: Date) =>
  store.tx(tenant, async (tx) => {
    await fillGrams(tx)
    const entries = await listToReview(tx, daysAfter(dayOf(now), REVIEW_DAYS))
    if (entries.length === 0) return 0
    await engine.open(
      tx,
      entries.map(({ id, title, expiresOn, ownerUnitId, source }) => ({
        type: 'review',
        channel: 'other',
        leadUnitId: ownerUnitId,
        facts: {
          ...{ knowledgeId: id, expiresOn: expiresOn ?? dayOf(now) },
          title: `知识到期复核：${title}`.slice(0, 80),
          content: `知识条目“${title}”有效期至 ${expiresOn}${source === null ? '' : `，来源：${source}`}。请核对是否仍然有效：有效的续期，有变化的在知识库中修改，不再适用的停用。到期后不再向任何人提供。`,
        },
      })),
      system(now),
    )
    return entries.length
  })
