import type { CaseId, PersonId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'
import { actsFor } from '#org'

/** A case on a handover sheet (交接单). */
export interface OwedCase {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly confidential: boolean
  readonly leadUnitId: UnitId | null
  /** The unit for which the person has it in hand. */
  readonly unitId: UnitId
  readonly unitName: string
  readonly assistingUnitIds: readonly UnitId[]
  readonly dueAt: Date | null
  readonly promisedOn: string | null
  readonly closedAt: Date | null
}

/** What a person owes: open cases in hand, and promises whose day has not come. In id order, as the cases are locked. Uses case_handler. */
export const listOwed = (tx: Tx, person: PersonId, on: string) =>
  tx.run<OwedCase>(sql`
    select c.id, c.number, c.title, c.type, c.stage, c.confidential, c.lead_unit_id, unit.id as unit_id, unit.name as unit_name, c.assisting_unit_ids,
      c.due_at, c.promised_on, c.closed_at
    from "case" c join unit on unit.tenant_id = c.tenant_id and unit.id = coalesce(c.holder_unit_id, c.lead_unit_id)
    where c.tenant_id = ${tx.tenant} and c.handler_id = ${person} and (c.closed_at is null or c.promised_on >= ${on})
    order by c.id`)

export interface GapRow {
  readonly case: { id: CaseId; number: string; title: string }
  readonly unit: { id: UnitId; name: string }
  readonly handler: { id: PersonId; name: string }
  readonly since: string | null
  readonly days: number
  readonly head: { id: PersonId; name: string } | null
}

/**
 * Ownership gaps (责任空档): open cases whose handler has not acted for the unit that owes them for more than `days` days, longest first. The gap begins
 * after the handler's last day there, or, where there was no such day, with the day the case was given.
 */
export const listGaps = (tx: Tx, sight: ReturnType<typeof sightOf>, days: number, today: string) =>
  tx.run<GapRow>(sql`
    with held as (
      select c.*, coalesce(c.holder_unit_id, c.lead_unit_id) as owing_unit_id from "case" c
      where c.tenant_id = ${tx.tenant} and c.closed_at is null and c.handler_id is not null and ${visible(sight, tx.tenant)}
    ), gap as (
      select c.id, c.number, c.title, c.owing_unit_id, c.handler_id,
        coalesce(f.lead_unit_id, c.owing_unit_id) as answering_unit_id,
        (select max(post.valid_to) from post where post.tenant_id = c.tenant_id and post.person_id = c.handler_id
          and post.unit_id in (c.owing_unit_id, f.lead_unit_id) and post.valid_to < ${today}) as last_post,
        (select max(s.valid_to) from stand_in s where s.tenant_id = c.tenant_id and s.stand_in_id = c.handler_id and s.valid_to < ${today}) as last_stand_in,
        (coalesce(c.dispatched_at, c.received_at) at time zone 'Asia/Shanghai')::date as given
      from held c left join task_force f on f.tenant_id = c.tenant_id and f.unit_id = c.owing_unit_id
      where c.owing_unit_id is not null and not ${actsFor(tx, sql`c.handler_id`, sql`c.owing_unit_id`, today)}
    ), dated as (
      select gap.*, greatest(last_post, last_stand_in) as since,
        ${today}::date - coalesce(greatest(last_post, last_stand_in), given) as days
      from gap
    )
    select jsonb_build_object('id', dated.id, 'number', dated.number, 'title', dated.title) as "case",
      jsonb_build_object('id', unit.id, 'name', unit.name) as unit,
      jsonb_build_object('id', person.id, 'name', person.name) as handler,
      since, days,
      (select jsonb_build_object('id', head.id, 'name', head.name) from post
        join post_role on post_role.tenant_id = post.tenant_id and post_role.post_id = post.id and post_role.role = 'head'
        join person head on head.tenant_id = post.tenant_id and head.id = post.person_id
        where post.tenant_id = ${tx.tenant} and post.unit_id = dated.answering_unit_id
          and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})
        order by post.valid_from, head.code limit 1) as head
    from dated
    join unit on unit.tenant_id = ${tx.tenant} and unit.id = dated.owing_unit_id
    join person on person.tenant_id = ${tx.tenant} and person.id = dated.handler_id
    where days > ${days} order by days desc, dated.number limit 500`)
