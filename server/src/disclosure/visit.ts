import { createHmac, randomBytes } from 'node:crypto'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { findByCode, insertVisit, type LinkedItem, saltOf } from './media.sql.ts'

/** Where a request comes from. Nothing of it is stored. */
export interface Visitor {
  readonly address: string
  readonly agent: string
  /** A browser that fetches a page before anybody asked for it. */
  readonly prefetches: boolean
}

/** Machines that say so, and programs that are no browser; every browser calls itself Mozilla. A Cubot is a telephone. */
const MACHINE =
  /(?<!cu)bot|crawl|spider|slurp|preview|scan|monitor|fetch|headless|lighthouse|externalhit|embed|archiv|http-?client/i
const isMachine = ({ agent, prefetches }: Visitor) => prefetches || !agent.startsWith('Mozilla/') || MACHINE.test(agent)

const SALT_BYTES = 32
const DEVICE_BYTES = 16

/** The item a short link leads to. @throws Fault 'media.not_found' */
export async function linkedItem(tx: Tx, code: string): Promise<LinkedItem> {
  const item = await findByCode(tx, code.toLowerCase())
  if (item === undefined) throw new Fault('media.not_found')
  return item
}

/**
 * Counts a visit (访问) through a short link: a device once a day. Machines and the district's own people are not counted.
 * The device is a hash with a salt that is thrown away when the day is over; neither address nor browser is stored.
 */
export async function countVisit(tx: Tx, item: LinkedItem, visitor: Visitor, by: Actor): Promise<void> {
  if (by.personId !== null || isMachine(visitor)) return
  const day = dayOf(by.at)
  const salt = await saltOf(tx, day, randomBytes(SALT_BYTES))
  const device = createHmac('sha256', salt).update(`${visitor.address}\n${visitor.agent}`).digest()
  await insertVisit(tx, { itemId: item.id, day, device: device.subarray(0, DEVICE_BYTES) })
}
