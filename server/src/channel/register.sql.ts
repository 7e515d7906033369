import type { Channel, ChannelId, NewChannel, PersonId, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'

type Status = NewChannel['status']

/** A row of the register with its last test. */
export interface ChannelRow {
  readonly id: ChannelId
  readonly code: string | null
  readonly name: string
  readonly kind: Channel
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly person: { readonly id: PersonId; readonly name: string } | null
  readonly place: string | null
  readonly hours: string | null
  readonly audience: string | null
  readonly purpose: string | null
  readonly status: Status
  readonly validFrom: string
  readonly validTo: string | null
  readonly testEveryDays: number | null
  readonly lastTest: TestRow | null
  readonly cases: number
}
export interface TestRow {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly how: string
  readonly worked: boolean
  readonly note: string | null
}

const TEST = (alias: string) => sql`jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'at', ${sql.ref(`${alias}.at`)},
  'by', ${sql.ref(`${alias}.by_name`)}, 'how', ${sql.ref(`${alias}.how`)}, 'worked', ${sql.ref(`${alias}.worked`)}, 'note', ${sql.ref(`${alias}.note`)})`

interface Wanted {
  readonly id?: string | undefined
  readonly kind?: string | undefined
  readonly status?: string | undefined
  readonly purpose?: string | undefined
}
const MOST = 2000

/** Channels by kind and name, each with its last test and the cases that came through it, as far as the caller sees them. */
export const listChannels = (tx: Tx, { id, kind, status, purpose }: Wanted, sight: ReturnType<typeof sightOf>) => {
  const is = (column: string, value: string | undefined): RawBuilder<unknown> =>
    value === undefined ? sql`` : sql`and ${sql.ref(`ch.${column}`)} = ${value}`
  return tx.run<ChannelRow>(sql`
    select ch.id, ch.code, ch.name, ch.kind, ch.place, ch.hours, ch.audience, ch.purpose, ch.status, ch.valid_from, ch.valid_to, ch.test_every_days,
      jsonb_build_object('id', unit.id, 'name', unit.name) as unit,
      case when person.id is not null then jsonb_build_object('id', person.id, 'name', person.name) end as person,
      (select ${TEST('t')} from channel_test t where t.tenant_id = ch.tenant_id and t.channel_id = ch.id order by t.at desc, t.id desc limit 1) as last_test,
      (select count(*) from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
        where s.tenant_id = ch.tenant_id and s.channel_id = ch.id and ${visible(sight, tx.tenant)}) as cases
    from channel ch
    join unit on unit.tenant_id = ch.tenant_id and unit.id = ch.unit_id
    left join person on person.tenant_id = ch.tenant_id and person.id = ch.person_id
    where ch.tenant_id = ${tx.tenant} ${is('kind', kind)} ${is('status', status)} ${is('purpose', purpose)}
      ${id === undefined ? sql`` : sql`and ch.id = ${id}::uuid`}
    order by ch.kind, ch.name limit ${MOST}`)
}

/** Ways on which the district itself goes out: nobody can come in by them. */
const INWARD = ['staffFound', 'leaderResearch', 'monitoring', 'import']
/** Channels that the public can use on a day. */
export const listOpenChannels = (tx: Tx, day: string) =>
  tx.run<Pick<ChannelRow, 'name' | 'kind' | 'place' | 'hours' | 'audience' | 'purpose'> & { unit: string }>(sql`
    select ch.name, ch.kind, ch.place, ch.hours, ch.audience, ch.purpose, unit.name as unit
    from channel ch join unit on unit.tenant_id = ch.tenant_id and unit.id = ch.unit_id
    where ch.tenant_id = ${tx.tenant} and ch.status = 'open' and ch.kind <> all(${INWARD}::text[]) and ch.valid_from <= ${day} and (ch.valid_to is null or ch.valid_to >= ${day})
    order by ch.kind, ch.name limit ${MOST}`)

export interface ChannelFacts {
  readonly id: ChannelId
  readonly code: string | null
  readonly name: string
  readonly kind: string
  readonly unitId: UnitId
  readonly personId: PersonId | null
  readonly place: string | null
  readonly hours: string | null
  readonly audience: string | null
  readonly purpose: string | null
  readonly status: Status
  readonly validFrom: string
  readonly validTo: string | null
  readonly testEveryDays: number | null
}
const FACTS = sql`(id uuid, code text, name text, kind text, "unitId" uuid, "personId" uuid, place text, hours text, audience text, purpose text,
  status text, "validFrom" date, "validTo" date, "testEveryDays" int)`

/** Writes channels by id. */
export const putChannel = (tx: Tx, facts: ChannelFacts, at: Date) =>
  tx.run(sql`
    insert into channel (tenant_id, id, code, name, kind, unit_id, person_id, place, hours, audience, purpose, status, valid_from, valid_to, test_every_days, created_at)
    select ${tx.tenant}, id, code, name, kind, "unitId", "personId", place, hours, audience, purpose, status, "validFrom", "validTo", "testEveryDays", ${at}
    from jsonb_to_recordset(${JSON.stringify([facts])}::jsonb) as f ${FACTS}
    on conflict (tenant_id, id) do update set name = excluded.name, kind = excluded.kind, unit_id = excluded.unit_id, person_id = excluded.person_id,
      place = excluded.place, hours = excluded.hours, audience = excluded.audience, purpose = excluded.purpose, status = excluded.status,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, test_every_days = excluded.test_every_days`)

/** Channels of a district file, by code. What the desk has set since (status, person, term) stays. */
export const putChannelsByCode = (tx: Tx, facts: readonly ChannelFacts[], at: Date) =>
  tx.run(sql`
    insert into channel (tenant_id, id, code, name, kind, unit_id, person_id, place, hours, audience, purpose, status, valid_from, valid_to, test_every_days, created_at)
    select ${tx.tenant}, id, code, name, kind, "unitId", "personId", place, hours, audience, purpose, status, "validFrom", "validTo", "testEveryDays", ${at}
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f ${FACTS}
    on conflict (tenant_id, code) do update set name = excluded.name, kind = excluded.kind, unit_id = excluded.unit_id, place = excluded.place,
      hours = excluded.hours, audience = excluded.audience, purpose = excluded.purpose, test_every_days = excluded.test_every_days`)

/** Another channel of the same kind and name. */
export const findNamesake = async (tx: Tx, { id, kind, name }: { id: string | null; kind: string; name: string }) =>
  (
    await tx.run<{ id: string }>(
      sql`select id from channel where tenant_id = ${tx.tenant} and kind = ${kind} and name = ${name} and id is distinct from ${id}::uuid`,
    )
  )[0]?.id

export const insertTest = (
  tx: Tx,
  test: {
    readonly id: string
    readonly channelId: ChannelId
    readonly at: Date
    readonly byPerson: PersonId | null
    readonly byName: string
    readonly how: string
    readonly worked: boolean
    readonly note: string | null
  },
) =>
  tx.run(sql`
    insert into channel_test (tenant_id, id, channel_id, at, by_person, by_name, how, worked, note)
    values (${tx.tenant}, ${test.id}, ${test.channelId}, ${test.at}, ${test.byPerson}, ${test.byName}, ${test.how}, ${test.worked}, ${test.note})`)

/** Tests of a channel, newest first. */
/** A channel that has to be tested, with the days of its tests, oldest first. */
export interface TestDuty {
  readonly id: ChannelId
  readonly name: string
  readonly unitId: UnitId
  readonly personId: PersonId | null
  readonly validFrom: string
  readonly everyDays: number
  readonly tested: readonly string[]
  /** False once it is closed or paused: nothing more is owed. */
  readonly isOpen: boolean
}
export const listTestDuties = (tx: Tx, ids: readonly ChannelId[] | undefined) =>
  tx.run<TestDuty>(sql`
    select c.id, c.name, c.unit_id, c.person_id, c.valid_from, c.test_every_days as every_days, c.status = 'open' as is_open,
      array(select distinct ((t.at at time zone 'Asia/Shanghai')::date)::text as day from channel_test t
        where t.tenant_id = c.tenant_id and t.channel_id = c.id order by day) as tested
    from channel c where c.tenant_id = ${tx.tenant} and c.test_every_days is not null
      and (${ids === undefined} or c.id = any(${[...(ids ?? [])]}::uuid[]))`)

export const listTests = async (tx: Tx, channelId: ChannelId) =>
  (
    await tx.run<{ test: TestRow }>(sql`
    select ${TEST('t')} as test from channel_test t where t.tenant_id = ${tx.tenant} and t.channel_id = ${channelId} order by t.at desc, t.id desc limit 200`)
  ).map(({ test }) => test)
