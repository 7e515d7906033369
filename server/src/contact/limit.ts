import type { ContactLimit, NewContactLimit } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { insertLimit, listLimits } from './limit.sql.ts'
import { refuseUnlessOverseer } from './planner.ts'

/**
 * What holds before a district has set its own (默认上限). More than three contacts in a month is what Chengdu marks as too many; the cap of asks
 * has no such model and is a cautious guess that a district is expected to replace.
 */
const DEFAULT_LIMIT: ContactLimit = {
  ...{ version: 0, perMonth: 3, nearDays: 7, windowDays: 30, asksPerWeek: 5, fieldsPerWeek: 60 },
  ...{ basis: '系统默认，请按本区规定发布', validFrom: '2007-01-01', by: '系统' },
}

/** Every version of the limits (打扰上限), newest first, down to what holds by default. */
export const limitVersions = async (tx: Tx): Promise<ContactLimit[]> => [...(await listLimits(tx)), DEFAULT_LIMIT]

/** The limits in force on a day. */
export const limitOn = (versions: readonly ContactLimit[], day: string): ContactLimit =>
  versions.find(({ validFrom }) => validFrom <= day) ?? DEFAULT_LIMIT

/**
 * Publishes the next version of the limits (发布新一版上限): the past keeps its own.
 * @throws Fault 'forbidden' | 'contact.limit_past' | 'contact.limit_later'
 */
export async function putLimit(tx: Tx, input: NewContactLimit, by: Actor): Promise<ContactLimit> {
  refuseUnlessOverseer(by)
  const today = dayOf(by.at)
  if (input.validFrom < today) throw new Fault('contact.limit_past', { today })
  const [newest = DEFAULT_LIMIT] = await listLimits(tx)
  const limit = { ...input, version: newest.version + 1 }
  if (input.validFrom < newest.validFrom || !(await insertLimit(tx, limit, by)))
    throw new Fault('contact.limit_later', { day: newest.validFrom })
  const note = `第${limit.version}版 自${limit.validFrom}：${limit.basis}`
  await audit(tx, by, { action: 'newContactLimit', objectKind: 'contactLimit', objectId: String(limit.version), note })
  return { ...limit, by: by.name }
}
