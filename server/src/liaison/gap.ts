import type { LiaisonGap, Queue } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listLiaisonGaps } from './gap.sql.ts'
import { mayKeep } from './keeper.ts'

/** A gap is not an alarm on its first days: a successor is being found. */
const ALARM_DAYS = 3

export const liaisonGaps = (tx: Tx, days: number, by: Actor): Promise<LiaisonGap[]> =>
  listLiaisonGaps(tx, dayOf(by.at), days)

/** Targets that nobody answers for, before whoever binds people to them (无人主包保); red once that has lasted. */
export async function liaisonGapQueue(tx: Tx, by: Actor): Promise<Queue[]> {
  if (!mayKeep(by)) return []
  const gaps = await liaisonGaps(tx, -1, by)
  if (gaps.length === 0) return []
  const red = gaps.filter(({ days }) => days > ALARM_DAYS).length
  return [{ id: 'liaisonGaps', label: '包保空档', count: gaps.length, red, to: '/w/liaison?gap=yes' }]
}
