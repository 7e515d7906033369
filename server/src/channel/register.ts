import {
  CHANNEL,
  type ChannelId,
  type ChannelRecord,
  type ChannelRegister,
  type District,
  type NewChannel,
  type NewChannelTest,
  type PublicChannel,
  type Role,
  type UnitId,
} from '@banjie/contract'
import { dayAfter } from '#cadence'
import { sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson, getUnitInForce } from '#org'
import {
  type ChannelRow,
  findNamesake,
  insertTest,
  listChannels,
  listOpenChannels,
  listTests,
  putChannel,
  putChannelsByCode,
  type TestRow,
} from './register.sql.ts'
import { settleChannels } from './settle.ts'

const KEEPERS: readonly Role[] = ['clerk', 'dispatcher', 'supervisor', 'admin']
/** Whoever goes out and tries: a mystery visit may test a channel. */
const TESTERS: readonly Role[] = [...KEEPERS, 'window', 'evaluator', 'auditor', 'leader']

/** @throws Fault 'forbidden' */
export function refuseUnless(by: Actor, roles: readonly Role[]): void {
  if (!roles.some((role) => by.roles.has(role))) throw new Fault('forbidden')
}

const testView = (test: TestRow) => ({ ...test, at: new Date(test.at).toISOString() })

/** A record as the register shows it on a day: when its next test is due, and whether the last one failed (失灵). */
function recordView(row: ChannelRow, today: string): ChannelRecord {
  const { lastTest, testEveryDays, status } = row
  const tested = lastTest === null ? null : dayOf(new Date(lastTest.at))
  const nextTestOn =
    testEveryDays === null || status === 'closed' ? null : dayAfter(tested ?? row.validFrom, testEveryDays)
  return {
    ...row,
    lastTest: lastTest && testView(lastTest),
    nextTestOn,
    testOverdue: nextTestOn !== null && nextTestOn < today,
    failing: status !== 'closed' && lastTest?.worked === false,
  }
}

interface Wanted {
  readonly kind?: string | undefined
  readonly status?: string | undefined
  readonly purpose?: string | undefined
  readonly state?: 'failing' | 'testOverdue' | undefined
}
/** The register of channels (渠道台账): the records asked for, and how many there are of each kind and purpose. */
export async function channelRegister(tx: Tx, { state, ...wanted }: Wanted, by: Actor): Promise<ChannelRegister> {
  const today = dayOf(by.at)
  const all = (await listChannels(tx, wanted, sightOf(by))).map((row) => recordView(row, today))
  const items = state === undefined ? all : all.filter((record) => record[state])
  const having = (fits: (record: ChannelRecord) => boolean) => items.filter(fits).length
  const groups = <K extends string | null>(keyOf: (record: ChannelRecord) => K) =>
    [...Map.groupBy(items, keyOf)].map(([key, { length }]) => [key, length] as const)
  return {
    items,
    counts: {
      total: items.length,
      open: having(({ status }) => status === 'open'),
      failing: having(({ failing }) => failing),
      testOverdue: having(({ testOverdue }) => testOverdue),
      byKind: groups(({ kind }) => kind).map(([kind, count]) => ({ kind, label: CHANNEL[kind], count })),
      byPurpose: groups(({ purpose }) => purpose)
        .map(([purpose, count]) => ({ purpose, count }))
        .sort((a, b) => b.count - a.count),
    },
  }
}

/** @throws Fault 'channel.not_found' */
async function getChannel(tx: Tx, id: ChannelId, by: Actor): Promise<ChannelRecord> {
  const [row] = await listChannels(tx, { id }, sightOf(by))
  if (row === undefined) throw new Fault('channel.not_found')
  return recordView(row, dayOf(by.at))
}

/**
 * Registers a channel (登记渠道), or changes its record. A channel that is closed ends today, unless a day is given.
 * @throws Fault 'forbidden' | 'channel.not_found' | 'channel.name_taken' | 'term.reversed' | 'person.not_found' | what is wrong with the unit
 */
export async function keepChannel(tx: Tx, id: ChannelId | null, input: NewChannel, by: Actor): Promise<ChannelRecord> {
  refuseUnless(by, KEEPERS)
  const before = id === null ? null : await getChannel(tx, id, by)
  const today = dayOf(by.at)
  await getUnitInForce(tx, input.unitId, today)
  if (input.personId) await getPerson(tx, input.personId)
  if ((await findNamesake(tx, { ...input, id })) !== undefined)
    throw new Fault('channel.name_taken', { name: input.name })
  const validFrom = input.validFrom ?? before?.validFrom ?? today
  const validTo = input.validTo ?? (input.status === 'closed' ? (before?.validTo ?? later(today, validFrom)) : null)
  if (validTo !== null && validTo < validFrom) throw new Fault('term.reversed')
  const key = id ?? newId<ChannelId>()
  const { name, kind, unitId, status } = input
  await putChannel(
    tx,
    {
      ...{ id: key, code: before?.code ?? null, name, kind, unitId, status, validFrom, validTo },
      ...{ personId: input.personId ?? null, place: input.place ?? null, hours: input.hours ?? null },
      ...{ audience: input.audience ?? null, purpose: input.purpose ?? null },
      testEveryDays: input.testEveryDays ?? null,
    },
    by.at,
  )
  await settleChannels(tx, by.at, [key])
  return getChannel(tx, key, by)
}
const later = (a: string, b: string) => (a > b ? a : b)

/** Records a test of a channel (渠道测试). @throws Fault 'forbidden' | 'channel.not_found' | 'channel.in_future' */
export async function testChannel(tx: Tx, id: ChannelId, input: NewChannelTest, by: Actor): Promise<ChannelRecord> {
  refuseUnless(by, TESTERS)
  await getChannel(tx, id, by)
  const at = input.at === undefined ? by.at : new Date(input.at)
  if (at > by.at) throw new Fault('channel.in_future', { at: dayOf(at) })
  await insertTest(tx, {
    ...{ id: newId(), channelId: id, at, byPerson: by.personId, byName: by.name },
    ...{ how: input.how, worked: input.worked, note: input.note ?? null },
  })
  await settleChannels(tx, by.at, [id])
  return getChannel(tx, id, by)
}

/** Tests of a channel, newest first. @throws Fault 'channel.not_found' */
export async function channelTests(tx: Tx, id: ChannelId, by: Actor) {
  await getChannel(tx, id, by)
  return (await listTests(tx, id)).map(testView)
}

/** Channels that the public can use now. */
export const publicChannels = async (tx: Tx, now: Date): Promise<PublicChannel[]> =>
  (await listOpenChannels(tx, dayOf(now))).map((row) => ({ ...row, kindLabel: CHANNEL[row.kind] }))

/** Channels of a district file (地区文件), by code: loading it again changes what it says and leaves what the desk has set. */
export async function loadChannels(
  tx: Tx,
  channels: NonNullable<District['channels']>,
  unit: (code: string) => UnitId,
  now: Date,
): Promise<void> {
  await putChannelsByCode(
    tx,
    channels.map(({ id: code, name, kind, unitId, place, hours, audience, purpose, testEveryDays, validFrom }) => ({
      ...{ id: newId<ChannelId>(), code, name, kind, unitId: unit(unitId), personId: null },
      ...{ place: place ?? null, hours: hours ?? null, audience: audience ?? null, purpose: purpose ?? null },
      ...{ status: 'open' as const, validFrom: validFrom ?? dayOf(now), validTo: null },
      testEveryDays: testEveryDays ?? null,
    })),
    now,
  )
  await settleChannels(tx, now)
}
