import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** What the person may see around the case: the unit's phone and the public photos. */
export const getPublicSide = async (tx: Tx, caseId: CaseId, unitId: string | null) =>
  (
    await tx.run<{ unit: string | null; phone: string | null; photos: { id: string; name: string }[] | null }>(sql`
    select (select name from unit where tenant_id = ${tx.tenant} and id = ${unitId}) as unit,
      (select phone from unit where tenant_id = ${tx.tenant} and id = ${unitId}) as phone,
      (select jsonb_agg(jsonb_build_object('id', id, 'name', name)) from blob where tenant_id = ${tx.tenant} and attached_id = ${caseId} and is_public) as photos`)
  )[0]

export interface PublicNumbers {
  readonly unanswered: number
  readonly received: number
  readonly dueCount: number
  readonly onTime: number
  readonly rated: number
  readonly satisfied: number
}
/**
 * The three public numbers. Unanswered: open past the promised day. Promised dates kept (按时办结率) counts the open overdue as missed:
 * kept / (answered + open overdue), so that what was never answered cannot hide. Satisfaction leaves out the anonymous whom nobody could have
 * called: what cannot be checked does not count.
 */
export const getPublicNumbers = async (tx: Tx, now: Date, since: Date) =>
  (
    await tx.run<PublicNumbers>(sql`
    with handled as (
      select ended_at is not null as ended, state = 'met' as met, due_at from case_clock
      where tenant_id = ${tx.tenant} and kind = 'handle' and started_at >= ${since} and (ended_at is not null or due_at < ${now})
    ), rated as (
      select r.satisfied from case_round r join "case" c on c.tenant_id = r.tenant_id and c.id = r.case_id
      where r.tenant_id = ${tx.tenant} and r.satisfied is not null and r.started_at >= ${since}
        and not (c.anonymous and not exists (select from party p where p.tenant_id = r.tenant_id and p.case_id = r.case_id
          and (p.phone is not null or p.proxy_phone is not null)))
    )
    select
      (select count(*) from "case" where tenant_id = ${tx.tenant} and closed_at is null and answered_at is null and due_at < ${now}) as unanswered,
      (select count(*) from "case" where tenant_id = ${tx.tenant} and type = 'appeal' and received_at >= ${since}) as received,
      (select count(*) from handled) as due_count,
      (select count(*) from handled where met) as on_time,
      (select count(*) from rated) as rated,
      (select count(*) from rated where satisfied) as satisfied`)
  )[0]
