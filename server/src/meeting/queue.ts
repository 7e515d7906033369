import type { Queue } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { countToCheck } from './decision.sql.ts'
import { countInstructions } from './instruction.sql.ts'

/** What meetings and instructions leave a person to do: decisions to check (待我查验), instructions nobody has answered (批示未反馈). */
export async function meetingQueue(tx: Tx, by: Actor): Promise<Queue[]> {
  if (by.personId === null) return []
  const toCheck = await countToCheck(tx, by.personId)
  const { open, red } = await countInstructions(tx, {}, by)
  return [
    ...(toCheck === 0
      ? []
      : [{ id: 'decisions', label: '待我查验', count: toCheck, red: 0, to: '/w/meetings?waits=me' }]),
    ...(open === 0
      ? []
      : [{ id: 'instructions', label: '批示未反馈', count: open, red, to: '/w/instructions?state=open' }]),
  ]
}
