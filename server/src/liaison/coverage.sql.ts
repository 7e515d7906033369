import type { LiaisonTargetKind, PersonId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { TargetRow } from './target.sql.ts'

/**
 * The targets of a day (`open`) and who is bound to them on it (`bound`). Whoever has left every post answers for nothing, however long the
 * liaison was to last.
 */
const onDay = (tx: Tx, on: string): RawBuilder<unknown> => sql`
  open as materialized (
    select id, kind, name from liaison_target where tenant_id = ${tx.tenant} and (closed_on is null or closed_on >= ${on})
  ), serving as materialized (
    select distinct person_id from post where tenant_id = ${tx.tenant} and (valid_to is null or valid_to >= ${on})
  ), bound as materialized (
    select l.target_id, l.person_id, l.role, o.kind from liaison l join open o on o.id = l.target_id join serving s on s.person_id = l.person_id
    where l.tenant_id = ${tx.tenant} and l.valid_from <= ${on} and (l.valid_to is null or l.valid_to >= ${on})
  )`

/** Leaders × kinds of targets on a day. Cost: the liaisons of the day once. */
export const countByLeader = (tx: Tx, on: string) =>
  tx.run<{
    personId: PersonId
    name: string
    post: string | null
    enterprise: number
    project: number
    organisation: number
    assisting: number
  }>(sql`
    with ${onDay(tx, on)}, counted as (
      select person_id, count(*) filter (where role = 'main' and kind = 'enterprise') as enterprise,
        count(*) filter (where role = 'main' and kind = 'project') as project,
        count(*) filter (where role = 'main' and kind = 'organisation') as organisation,
        count(*) filter (where role = 'assisting') as assisting
      from bound group by person_id
    )
    select c.*, p.name, (select title from post where post.tenant_id = p.tenant_id and post.person_id = p.id and post.valid_from <= ${on}
        and (post.valid_to is null or post.valid_to >= ${on}) order by post.valid_from desc limit 1) as post
    from counted c join person p on p.tenant_id = ${tx.tenant} and p.id = c.person_id order by p.code`)

/** Targets of a day by kind: all, those with a main liaison, those that were ever visited. */
export const countByKind = (tx: Tx, on: string) =>
  tx.run<{ kind: LiaisonTargetKind; targets: number; covered: number; contacted: number }>(sql`
    with ${onDay(tx, on)}
    select o.kind, count(*) as targets, count(m.target_id) as covered,
      count(*) filter (where exists (select from visit v where v.tenant_id = ${tx.tenant} and v.target_id = o.id)) as contacted
    from open o left join bound m on m.target_id = o.id and m.role = 'main' group by o.kind`)

/** Targets that nobody answers for on a day, by name. */
export const listUncovered = (tx: Tx, on: string, most: number) =>
  tx.run<Pick<TargetRow, 'id' | 'name' | 'kind'>>(sql`
    with ${onDay(tx, on)}
    select o.id, o.name, o.kind from open o
    where not exists (select from bound m where m.target_id = o.id and m.role = 'main')
    order by array_position(array['enterprise','project','organisation'], o.kind), o.name, o.id limit ${most}`)
