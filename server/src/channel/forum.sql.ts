import type { DriveId, ForumId, ForumKind, NewForum, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'

export interface ForumRow {
  readonly id: ForumId
  readonly kind: ForumKind
  readonly title: string
  readonly heldOn: string
  readonly place: string | null
  readonly units: { id: UnitId; name: string }[]
  readonly audience: string | null
  readonly presidedBy: string | null
  readonly drive: { readonly id: DriveId; readonly title: string } | null
  readonly note: string | null
  readonly cases: number
  readonly answered: number
}
interface Wanted {
  readonly id?: string | undefined
  readonly kind?: string | undefined
  readonly drive?: string | undefined
}

/** Forums, sessions, research and visits, newest first, with the cases that came of each, as far as the caller sees them. */
export const listForums = (tx: Tx, { id, kind, drive }: Wanted, sight: ReturnType<typeof sightOf>) =>
  tx.run<ForumRow>(sql`
    select f.id, f.kind, f.title, f.held_on, f.place, f.audience, f.presided_by, f.note,
      case when d.id is not null then jsonb_build_object('id', d.id, 'title', d.title) end as drive,
      (select coalesce(jsonb_agg(jsonb_build_object('id', unit.id, 'name', unit.name) order by fu.position), '[]')
        from forum_unit fu join unit on unit.tenant_id = fu.tenant_id and unit.id = fu.unit_id
        where fu.tenant_id = f.tenant_id and fu.forum_id = f.id) as units,
      n.cases, n.answered
    from forum f
    left join drive d on d.tenant_id = f.tenant_id and d.id = f.drive_id
    left join lateral (
      select count(*) as cases, count(*) filter (where c.answered_at is not null or (c.closed_at is not null and c.stage <> 'withdrawn')) as answered
      from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
      where s.tenant_id = f.tenant_id and s.forum_id = f.id and ${visible(sight, tx.tenant)}
    ) n on true
    where f.tenant_id = ${tx.tenant} and (${id ?? null}::uuid is null or f.id = ${id ?? null}::uuid)
      and (${kind ?? null}::text is null or f.kind = ${kind ?? null}) and (${drive ?? null}::uuid is null or f.drive_id = ${drive ?? null}::uuid)
    order by f.held_on desc, f.id desc limit 500`)

/** The kinds of some forums: a case that came of one has the channel of the same name. */
export const listForumKinds = (tx: Tx, ids: readonly ForumId[]) =>
  tx.run<{ id: ForumId; kind: ForumKind }>(
    sql`select id, kind from forum where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[])`,
  )

export const putForum = (tx: Tx, id: ForumId, input: NewForum, by: { readonly name: string; readonly at: Date }) =>
  tx.run(sql`
    insert into forum (tenant_id, id, kind, title, held_on, place, audience, presided_by, drive_id, note, by_name, created_at)
    values (${tx.tenant}, ${id}, ${input.kind}, ${input.title}, ${input.heldOn}, ${input.place ?? null}, ${input.audience ?? null},
      ${input.presidedBy ?? null}, ${input.driveId ?? null}, ${input.note ?? null}, ${by.name}, ${by.at})
    on conflict (tenant_id, id) do update set kind = excluded.kind, title = excluded.title, held_on = excluded.held_on, place = excluded.place,
      audience = excluded.audience, presided_by = excluded.presided_by, drive_id = excluded.drive_id, note = excluded.note`)

/** The lead units in their order, replaced as a whole. */
export const putForumUnits = (tx: Tx, id: ForumId, units: readonly UnitId[]) =>
  tx.run(sql`
    with gone as (delete from forum_unit where tenant_id = ${tx.tenant} and forum_id = ${id} and unit_id <> all(${[...units]}::uuid[]))
    insert into forum_unit (tenant_id, forum_id, unit_id, position)
    select ${tx.tenant}, ${id}, unit_id, min(position)::int from unnest(${[...units]}::uuid[]) with ordinality as u (unit_id, position) group by unit_id
    on conflict (tenant_id, forum_id, unit_id) do update set position = excluded.position`)
