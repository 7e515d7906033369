import type { LiaisonGap } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/**
 * Targets without a main liaison on a day (无人主包保), longest first. The gap begins the day after the last one's last day, be it that of the
 * liaison or of the post; where there was none, on the day the target was registered.
 * @param days only gaps that have lasted longer
 */
export const listLiaisonGaps = (tx: Tx, today: string, days: number) =>
  tx.run<LiaisonGap>(sql`
    with served as (
      select l.target_id, l.person_id, l.valid_from, least(l.valid_to, (select case when bool_or(post.valid_to is null) then null else max(post.valid_to) end
          from post where post.tenant_id = l.tenant_id and post.person_id = l.person_id)) as last_day
      from liaison l where l.tenant_id = ${tx.tenant} and l.role = 'main' and l.valid_from <= ${today}
    ), gap as (
      select t.id, t.name, t.kind, last.person_id, coalesce(last.last_day + 1, (t.created_at at time zone interval '8 hours')::date) as since
      from liaison_target t left join lateral (
        select s.person_id, s.last_day from served s where s.target_id = t.id order by s.last_day desc nulls first, s.valid_from desc limit 1
      ) last on true
      where t.tenant_id = ${tx.tenant} and (t.closed_on is null or t.closed_on >= ${today})
        and not exists (select from served s where s.target_id = t.id and (s.last_day is null or s.last_day >= ${today}))
    )
    select jsonb_build_object('id', gap.id, 'name', gap.name, 'kind', gap.kind) as target, since, ${today}::date - since as days,
      (select jsonb_build_object('id', p.id, 'name', p.name) from person p where p.tenant_id = ${tx.tenant} and p.id = gap.person_id) as last
    from gap where ${today}::date - since > ${days} order by since, gap.name limit 2000`)
