import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface GoalRow {
  readonly id: string
  readonly title: string
  readonly superiorListId: string
  readonly ownListId: string
  /** When the last item of both lists was accepted; null while one is not. */
  readonly lastAcceptedAt: Date | null
}

/** Goals (目标), newest first. */
export const listGoals = (tx: Tx, id: string | null = null) =>
  tx.run<GoalRow>(sql`
    select g.id, g.title, g.superior_list_id, g.own_list_id, (
      select max(c.closed_at) from "case" c where c.tenant_id = g.tenant_id and c.facts ? 'listId'
        and c.facts ->> 'listId' in (g.superior_list_id::text, g.own_list_id::text) and c.type = 'problem' and c.stage = 'closed') as last_accepted_at
    from goal g where g.tenant_id = ${tx.tenant} and (${id}::uuid is null or g.id = ${id}) order by g.created_at desc, g.id limit 100`)

export const insertGoal = (
  tx: Tx,
  goal: { id: string; title: string; superiorListId: string; ownListId: string },
  by: Actor,
) =>
  tx.run(sql`
    insert into goal (tenant_id, id, title, superior_list_id, own_list_id, created_at, by_person, by_name)
    values (${tx.tenant}, ${goal.id}, ${goal.title}, ${goal.superiorListId}, ${goal.ownListId}, ${by.at}, ${by.personId}, ${by.name})`)
