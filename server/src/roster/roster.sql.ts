import type {
  NewRosterPost,
  PersonId,
  RosterAway,
  RosterEntryId,
  RosterPostId,
  RosterSwapId,
  Shift,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

interface PersonName {
  readonly id: PersonId
  readonly name: string
}
export interface PostFacts {
  readonly id: RosterPostId
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly name: string
  readonly phone: string
  readonly shifts: readonly Shift[]
  readonly from: string
  readonly isPublic: boolean
}
/** On-call posts in the order of their units. */
export const listPosts = (
  tx: Tx,
  { id, unit }: { readonly id?: RosterPostId; readonly unit?: UnitId | undefined } = {},
) =>
  tx.run<PostFacts>(sql`
    select p.id, jsonb_build_object('id', u.id, 'name', u.name) as unit, p.name, p.phone, p.shifts, p.valid_from as from, p.is_public
    from roster_post p join unit u on u.tenant_id = p.tenant_id and u.id = p.unit_id
    where p.tenant_id = ${tx.tenant} and (${id ?? null}::uuid is null or p.id = ${id ?? null}) and (${unit ?? null}::uuid is null or p.unit_id = ${unit ?? null})
    order by u.code, p.name limit 500`)

/** Holds a post until the transaction ends: two who fill its days do it one after the other. */
export const lockPost = (tx: Tx, id: RosterPostId) =>
  tx.run(sql`select 1 from roster_post where tenant_id = ${tx.tenant} and id = ${id} for update`)

/** Holds the turns of people until the transaction ends, in the order of their ids: a person has one shift a day, whatever the post. */
export const lockTurns = (tx: Tx, people: readonly PersonId[]) =>
  tx.run(sql`
    select pg_advisory_xact_lock(${tx.tenant}, hashtext('roster ' || p)) from (select p from unnest(${[...people]}::text[]) as p order by p) as held`)

/** @returns false where a post has that name */
export const insertPost = async (tx: Tx, id: RosterPostId, given: NewRosterPost, at: Date) =>
  (
    await tx.run(sql`
    insert into roster_post (tenant_id, id, unit_id, name, phone, shifts, valid_from, is_public, created_at)
    values (${tx.tenant}, ${id}, ${given.unitId}, ${given.name}, ${given.phone}, ${given.shifts}::text[], ${given.from}, ${given.isPublic}, ${at})
    on conflict (tenant_id, name) do nothing returning 1 as one`)
  ).length > 0

export interface EntryRow {
  readonly id: RosterEntryId
  readonly postId: RosterPostId
  readonly day: string
  readonly shift: Shift
  readonly person: PersonName
  readonly leader: PersonName | null
  readonly swapped: boolean
  readonly away: RosterAway | null
}
interface EntryFilter {
  readonly id?: RosterEntryId
  readonly post?: RosterPostId
  readonly people?: readonly PersonId[]
  readonly from?: string
  readonly to?: string
}
/** Shifts that are filled, by day. */
export const listEntries = (tx: Tx, { id, post, people, from, to }: EntryFilter) =>
  tx.run<EntryRow>(sql`
    select e.id, e.post_id, e.day, e.shift, jsonb_build_object('id', p.id, 'name', p.name) as person,
      case when l.id is not null then jsonb_build_object('id', l.id, 'name', l.name) end as leader,
      exists (select from roster_swap s where s.tenant_id = e.tenant_id and s.entry_id = e.id) as swapped,
      case when exists (select from cadence_exemption x where x.tenant_id = e.tenant_id and x.person_id = e.person_id and e.day between x.from_day and x.to_day)
          then 'leave'
        when not exists (select from post o where o.tenant_id = e.tenant_id and o.person_id = e.person_id and (o.valid_to is null or o.valid_to >= e.day))
          then 'noPost' end as away
    from roster_entry e join person p on p.tenant_id = e.tenant_id and p.id = e.person_id
    left join person l on l.tenant_id = e.tenant_id and l.id = e.leader_id
    where e.tenant_id = ${tx.tenant} and (${id ?? null}::uuid is null or e.id = ${id ?? null}) and (${post ?? null}::uuid is null or e.post_id = ${post ?? null})
      and (${people === undefined} or e.person_id = any(${[...(people ?? [])]}::uuid[]))
      and (${from ?? null}::date is null or e.day >= ${from ?? null}) and (${to ?? null}::date is null or e.day <= ${to ?? null})
    order by e.day, e.post_id, array_position(array['whole', 'day', 'night'], e.shift) limit 20000`)

interface NewEntry {
  readonly id: RosterEntryId
  readonly day: string
  readonly shift: Shift
  readonly person: PersonId
  readonly leader: PersonId | null
}
export const insertEntries = (tx: Tx, post: RosterPostId, entries: readonly NewEntry[], at: Date) =>
  tx.run(sql`
    insert into roster_entry (tenant_id, id, post_id, day, shift, person_id, leader_id, created_at)
    select ${tx.tenant}, e.id, ${post}, e.day, e.shift, e.person, e.leader, ${at}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e (id uuid, day date, shift text, person uuid, leader uuid)`)

/** Gives shifts to other people, all in one statement: two that change hands on one day are never both one person's. */
export const reassignEntries = (tx: Tx, to: readonly { readonly id: RosterEntryId; readonly person: PersonId }[]) =>
  tx.run(sql`
    update roster_entry set person_id = n.person
    from jsonb_to_recordset(${JSON.stringify(to)}::jsonb) as n (id uuid, person uuid)
    where roster_entry.tenant_id = ${tx.tenant} and roster_entry.id = n.id`)

export const insertSwap = (
  tx: Tx,
  swap: {
    readonly id: RosterSwapId
    readonly entry: RosterEntryId
    readonly from: PersonId
    readonly to: PersonId
    readonly reason: string
  },
  by: Actor,
) =>
  tx.run(sql`
    insert into roster_swap (tenant_id, id, entry_id, from_person, to_person, reason, by_name, at)
    values (${tx.tenant}, ${swap.id}, ${swap.entry}, ${swap.from}, ${swap.to}, ${swap.reason}, ${by.name}, ${by.at})`)

/** What has changed hands (调班记录) on the shifts of some days, the latest first. */
export const listSwaps = (tx: Tx, { from, to }: { readonly from: string; readonly to: string }) =>
  tx.run<{
    id: RosterSwapId
    post: string
    day: string
    shift: Shift
    from: PersonName
    to: PersonName
    reason: string
    by: string
    at: Date
  }>(sql`
    select s.id, r.name as post, e.day, e.shift, jsonb_build_object('id', f.id, 'name', f.name) as from, jsonb_build_object('id', t.id, 'name', t.name) as to,
      s.reason, s.by_name as by, s.at
    from roster_swap s join roster_entry e on e.tenant_id = s.tenant_id and e.id = s.entry_id
    join roster_post r on r.tenant_id = e.tenant_id and r.id = e.post_id
    join person f on f.tenant_id = s.tenant_id and f.id = s.from_person join person t on t.tenant_id = s.tenant_id and t.id = s.to_person
    where s.tenant_id = ${tx.tenant} and e.day between ${from} and ${to} order by s.at desc, s.id desc limit 500`)

/** People by id with the last day of their posts: null while one has no end, absent where they never had one. */
export const listServing = (tx: Tx, ids: readonly PersonId[]) =>
  tx.run<{ id: PersonId; name: string; unitId: UnitId | null; hasPost: boolean; to: string | null }>(sql`
    select p.id, p.name, (array_agg(post.unit_id order by post.valid_from desc))[1] as unit_id, count(post.id) > 0 as has_post,
      case when bool_or(post.valid_to is null) then null else max(post.valid_to) end as to
    from person p left join post on post.tenant_id = p.tenant_id and post.person_id = p.id
    where p.tenant_id = ${tx.tenant} and p.id = any(${[...ids]}::uuid[]) group by p.id, p.name`)
