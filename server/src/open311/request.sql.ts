import { type RawBuilder, sql } from 'kysely'
import type { CaseState } from '#case'
import type { Tx } from '#kernel/store'

/** A case as the open interface reads it. */
export interface RequestRow
  extends Pick<
    CaseState,
    | 'id'
    | 'number'
    | 'type'
    | 'stage'
    | 'title'
    | 'content'
    | 'answer'
    | 'address'
    | 'lng'
    | 'lat'
    | 'receivedAt'
    | 'updatedAt'
    | 'closedAt'
    | 'publishedAt'
    | 'dueAt'
    | 'ruleSet'
  > {
  readonly serviceCode: string
  readonly serviceName: string
  readonly agency: string | null
  readonly mediaUrl: string | null
  /** Filed with the key that asks. */
  readonly own: boolean
  /** The promised date once the case is accepted. */
  readonly promisedAt: Date | null
}

export interface RequestFilter {
  readonly numbers?: readonly string[] | undefined
  readonly services?: readonly string[] | undefined
  readonly status?: 'open' | 'closed' | undefined
  readonly from: Date
  readonly to: Date
  readonly limit: number
  readonly offset: number
}

/** Never listed: what was said in confidence or without a name. The key that filed a request still finds it by its number. */
const listable = sql`not c.confidential and not c.anonymous`

/** The answer in its own words for the key it was filed with, in the reviewed words once it is public, and for nobody else. */
const readableAnswer = (key: string | null) => sql`case
  when ${key}::uuid is not null and r.key_id is not null and r.key_id = ${key}::uuid then c.answer
  when c.published_at is not null then coalesce(c.facts -> 'publication' ->> 'text', c.answer) end`

/**
 * Requests, newest first. Asked for by number, dates and the other conditions do not count.
 * Cost: one range of `case_received`, or one look-up a number; the clock of each row.
 */
export function listRequests(tx: Tx, key: string | null, filter: RequestFilter): Promise<RequestRow[]> {
  const { numbers, services, status, from, to } = filter
  const wanted: RawBuilder<unknown> =
    numbers === undefined
      ? sql`${listable} and c.received_at >= ${from} and c.received_at <= ${to}
        and (${services ?? null}::text[] is null or c.category = any(${services ?? null}::text[]))
        and (${status ?? null}::text is null or (c.closed_at is null) = (${status ?? null}::text = 'open'))`
      : sql`c.number = any(${[...numbers]}::text[]) and ((${listable}) or (${key}::uuid is not null and r.key_id = ${key}::uuid))`
  return tx.run<RequestRow>(sql`
    select c.id, c.number, c.type, c.stage, coalesce(c.facts -> 'publication' ->> 'title', c.title) as title, c.content, ${readableAnswer(key)} as answer, c.address, c.lng, c.lat, c.received_at, c.updated_at, c.closed_at,
      c.published_at, c.due_at, c.rule_set, t.id as service_code, t.label as service_name, u.name as agency, r.media_url,
      (${key}::uuid is not null and r.key_id is not null and r.key_id = ${key}::uuid) as own,
      (select k.due_at from case_clock k where k.tenant_id = c.tenant_id and k.case_id = c.id and k.kind = 'handle'
        order by k.started_at desc, k.id desc limit 1) as promised_at
    from "case" c
    join topic t on t.tenant_id = c.tenant_id and t.id = c.category
    left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
    left join open311_request r on r.tenant_id = c.tenant_id and r.case_id = c.id
    where c.tenant_id = ${tx.tenant} and c.type = 'appeal' and ${wanted}
    order by c.received_at desc, c.id desc limit ${filter.limit} offset ${filter.offset}`)
}

/** A request and the key it was filed with. */
export const insertRequest = (
  tx: Tx,
  filed: { caseId: string; keyId: string; mediaUrl: string | undefined; at: Date },
) =>
  tx.run(sql`
    insert into open311_request (tenant_id, case_id, key_id, media_url, filed_at)
    values (${tx.tenant}, ${filed.caseId}, ${filed.keyId}, ${filed.mediaUrl ?? null}, ${filed.at})`)

/** The key a request was filed with, if any. */
export const findFiler = async (tx: Tx, number: string) =>
  (
    await tx.run<{ keyId: string | null; listable: boolean }>(sql`
    select r.key_id, (${listable}) as listable from "case" c
    left join open311_request r on r.tenant_id = c.tenant_id and r.case_id = c.id
    where c.tenant_id = ${tx.tenant} and c.number = ${number} and c.type = 'appeal'`)
  )[0]

export interface UpdateRow {
  readonly id: string
  readonly number: string
  readonly action: string
  readonly at: Date
  readonly closed: boolean
  readonly answer: string | null
}

/** What happened to requests (进展), oldest first. Cost: the events of the span. */
export const listUpdates = (
  tx: Tx,
  key: string | null,
  filter: {
    numbers?: readonly string[] | undefined
    from: Date
    to: Date
    actions: readonly string[]
    ends: readonly string[]
    limit: number
    offset: number
  },
) =>
  tx.run<UpdateRow>(sql`
    select e.id, c.number, e.action, e.at, e.stage = any(${[...filter.ends]}::text[]) as closed, ${readableAnswer(key)} as answer
    from case_event e
    join "case" c on c.tenant_id = e.tenant_id and c.id = e.case_id
    left join open311_request r on r.tenant_id = c.tenant_id and r.case_id = c.id
    where e.tenant_id = ${tx.tenant} and e.at >= ${filter.from} and e.at <= ${filter.to} and e.action = any(${[...filter.actions]}::text[])
      and not (e.action = 'correctAnswer' and e.patch ->> 'answer' is null)
      and c.type = 'appeal' and c.category is not null and (${filter.numbers ?? null}::text[] is null or c.number = any(${filter.numbers ?? null}::text[]))
      and ((${listable}) or (${key}::uuid is not null and r.key_id = ${key}::uuid))
    order by e.at, e.case_id, e.seq limit ${filter.limit} offset ${filter.offset}`)

/** The last event of a case: what was just done. */
export const findLastEvent = async (tx: Tx, caseId: string) =>
  (
    await tx.run<{ id: string }>(
      sql`select id from case_event where tenant_id = ${tx.tenant} and case_id = ${caseId} order by seq desc limit 1`,
    )
  )[0]?.id
