import type { LiaisonTargetKind, PersonId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { TargetRow } from './target.sql.ts'

interface CoverageRows {
  readonly leaders: readonly {
    readonly id: PersonId
    readonly name: string
    readonly post: string | null
    readonly enterprise: number
    readonly project: number
    readonly organisation: number
    readonly assisting: number
  }[]
  readonly kinds: readonly {
    readonly kind: LiaisonTargetKind
    readonly targets: number
    readonly covered: number
    readonly contacted: number
  }[]
  readonly uncovered: readonly Pick<TargetRow, 'id' | 'name' | 'kind'>[]
}

/**
 * Leaders × kinds, targets by kind, and those nobody answers for, on a day. `open` are the targets of the day, `bound` who is bound to them on it;
 * whoever has left every post answers for nothing, however long the liaison was to last. Cost: targets and liaisons of the day once.
 */
export async function readCoverage(tx: Tx, on: string, most: number): Promise<CoverageRows> {
  const [rows] = await tx.run<CoverageRows>(sql`
    with open as materialized (
      select id, kind, name, visited_on from liaison_target where tenant_id = ${tx.tenant} and (closed_on is null or closed_on >= ${on})
    ), serving as materialized (
      select distinct person_id from post where tenant_id = ${tx.tenant} and (valid_to is null or valid_to >= ${on})
    ), bound as materialized (
      select l.target_id, l.person_id, l.role, o.kind from liaison l join open o on o.id = l.target_id join serving s on s.person_id = l.person_id
      where l.tenant_id = ${tx.tenant} and l.valid_from <= ${on} and (l.valid_to is null or l.valid_to >= ${on})
    ), held as materialized (
      select o.id, o.kind, o.name, o.visited_on, m.target_id is not null as covered from open o left join bound m on m.target_id = o.id and m.role = 'main'
    ), by_leader as (
      select person_id, count(*) filter (where role = 'main' and kind = 'enterprise') as enterprise,
        count(*) filter (where role = 'main' and kind = 'project') as project,
        count(*) filter (where role = 'main' and kind = 'organisation') as organisation, count(*) filter (where role = 'assisting') as assisting
      from bound group by person_id
    ), by_kind as (
      select kind, count(*) as targets, count(*) filter (where covered) as covered, count(*) filter (where visited_on <= ${on}) as contacted
      from held group by kind
    ), without as (
      select id, name, kind from held where not covered order by array_position(array['enterprise','project','organisation'], kind), name, id limit ${most}
    )
    select
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'enterprise', b.enterprise, 'project', b.project, 'organisation', b.organisation,
          'assisting', b.assisting, 'post', (select title from post where post.tenant_id = p.tenant_id and post.person_id = p.id and post.valid_from <= ${on}
            and (post.valid_to is null or post.valid_to >= ${on}) order by post.valid_from desc limit 1)) order by p.code), '[]')
        from by_leader b join person p on p.tenant_id = ${tx.tenant} and p.id = b.person_id) as leaders,
      (select coalesce(jsonb_agg(to_jsonb(k)), '[]') from by_kind k) as kinds,
      (select coalesce(jsonb_agg(to_jsonb(w)), '[]') from without w) as uncovered`)
  if (rows === undefined) throw new Error('an aggregate without a row')
  return rows
}
