import type { CaseId, Outcome } from '@banjie/contract'
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

/** What a person brought and is owed an answer to: an appeal or a proposal, through whatever channel; all of them count alike. */
const OWED_TO_PEOPLE: readonly string[] = ['appeal', 'proposal']

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
      select k.state = 'met' as met from case_clock k join "case" c on c.tenant_id = k.tenant_id and c.id = k.case_id
      where k.tenant_id = ${tx.tenant} and k.kind = 'handle' and c.type = any(${OWED_TO_PEOPLE}) and k.started_at >= ${since}
        and (k.ended_at is not null or k.due_at < ${now})
    ), rated as (
      select r.satisfied from case_round r join "case" c on c.tenant_id = r.tenant_id and c.id = r.case_id
      where r.tenant_id = ${tx.tenant} and r.satisfied is not null and r.started_at >= ${since}
        and not (c.anonymous and not exists (select from party p where p.tenant_id = r.tenant_id and p.case_id = r.case_id and p.role = 'asker'
          and (p.phone is not null or p.proxy_phone is not null)))
    )
    select
      (select count(*) from "case" where tenant_id = ${tx.tenant} and type = any(${OWED_TO_PEOPLE}) and closed_at is null and answered_at is null and due_at < ${now}) as unanswered,
      (select count(*) from "case" where tenant_id = ${tx.tenant} and type = any(${OWED_TO_PEOPLE}) and received_at >= ${since}) as received,
      (select count(*) from handled) as due_count,
      (select count(*) from handled where met) as on_time,
      (select count(*) from rated) as rated,
      (select count(*) from rated where satisfied) as satisfied`)
  )[0]

/** An answer that was made public, with what was corrected since. */
export interface PublicAnswerRow {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly category: string | null
  readonly unit: string | null
  readonly answer: string
  readonly outcome: Outcome | null
  readonly answeredAt: Date
  readonly publishedAt: Date
  readonly corrections: { at: string; reason: string; before: string | null }[] | null
}

/** Where a page of them ended: two may have been published in the same moment. */
interface PublicAnswerPlace {
  readonly at: Date
  readonly id: string
}

/** Published answers, newest first; corrections made after publication are shown as corrections. */
export const listPublicAnswers = (
  tx: Tx,
  page: { before?: PublicAnswerPlace | undefined; number?: string; limit: number },
) =>
  tx.run<PublicAnswerRow>(sql`
    select c.id, c.number, c.title, topic.label as category, unit.name as unit, c.answer, c.outcome, c.answered_at, c.published_at,
      (select jsonb_agg(jsonb_build_object('at', e.at, 'reason', e.input ->> 'reason', 'before', (
        select b.patch ->> 'answer' from case_event b where b.tenant_id = e.tenant_id and b.case_id = e.case_id and b.seq < e.seq and b.patch ->> 'answer' is not null
        order by b.seq desc limit 1)) order by e.seq) from case_event e
        where e.tenant_id = c.tenant_id and e.case_id = c.id and e.action = 'correctAnswer' and e.at >= c.published_at
          and e.seq > (select max(p.seq) from case_event p where p.tenant_id = c.tenant_id and p.case_id = c.id and p.action = 'publishAnswer')) as corrections
    from "case" c
    left join topic on topic.tenant_id = c.tenant_id and topic.id = c.category
    left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    where c.tenant_id = ${tx.tenant} and c.published_at is not null and c.answer is not null and c.answered_at is not null and not c.confidential
      and (${page.number ?? null}::text is null or c.number = ${page.number ?? null})
      and (${page.before?.at ?? null}::timestamptz is null or (c.published_at, c.id) < (${page.before?.at ?? null}, ${page.before?.id ?? null}::uuid))
    order by c.published_at desc, c.id desc limit ${page.limit}`)
