import type { CaseId, PersonId, UnitId, Urgency } from '@banjie/contract'
import { sql } from 'kysely'
import { type CaseState, type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

/** What is remembered of a case. */
export type Remembered = Pick<
  CaseState,
  | 'id'
  | 'type'
  | 'title'
  | 'content'
  | 'address'
  | 'lng'
  | 'lat'
  | 'category'
  | 'divisionCode'
  | 'confidential'
  | 'leadUnitId'
  | 'assistingUnitIds'
  | 'receivedAt'
  | 'closedAt'
>
/** An event as far as something is learned from it. */
export interface Told {
  readonly id: string
  readonly caseId: CaseId
  readonly at: Date
  readonly action: string
  readonly byKind: string
  readonly byPerson: PersonId | null
  readonly category: string | null
  readonly unit: UnitId | null
  readonly urgency: Urgency | null
}

const COLUMNS = sql`c.id, c.type, c.title, c.content, c.address, c.lng, c.lat, c.category, c.division_code, c.confidential, c.lead_unit_id,
  c.assisting_unit_ids, c.received_at, c.closed_at`
const TOLD = sql`e.id, e.case_id, e.at, e.action, e.by_kind, e.by_person, e.patch ->> 'category' as category, e.patch ->> 'leadUnitId' as unit,
  e.patch ->> 'urgency' as urgency`
const REPORTED = sql`c.type in ('appeal', 'problem')`

/** Reported cases in the order in which they were opened. One range scan of the primary key. */
export const listReported = (tx: Tx, after: string, limit: number) =>
  tx.run<Remembered>(sql`
    select ${COLUMNS} from "case" c where c.tenant_id = ${tx.tenant} and c.id > ${after}::uuid and ${REPORTED} order by c.id limit ${limit}`)

/** How many reported cases there are, and the id before the newest so many. */
export const findBeginning = async (tx: Tx, most: number) =>
  (
    await tx.run<{ count: number; before: string | null }>(sql`
    select (select count(*) from "case" c where c.tenant_id = ${tx.tenant} and ${REPORTED}) as count,
      (select c.id from "case" c where c.tenant_id = ${tx.tenant} and ${REPORTED} order by c.id desc offset ${most} limit 1) as before`)
  )[0] ?? { count: 0, before: null }

/** Before every id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'
export interface Cursor {
  readonly at: Date
  readonly id: string
}
/** Events of reported cases from which something is learned, in the order in which they happened, with the words of their cases. */
export const listLessons = (tx: Tx, after: Cursor, until: Date, limit: number) =>
  tx.run<Told & Pick<CaseState, 'title' | 'content' | 'divisionCode'>>(sql`
    select ${TOLD}, c.title, c.content, c.division_code
    from case_event e join "case" c on c.tenant_id = e.tenant_id and c.id = e.case_id
    where e.tenant_id = ${tx.tenant} and e.at >= ${after.at} and e.at <= ${until} and (e.at, e.id) > (${after.at}::timestamptz, ${after.id}::uuid) and ${REPORTED}
      and (e.patch ->> 'category' is not null or e.action in ('accept', 'dispatch', 'reassign', 'settle'))
    order by e.at, e.id limit ${limit}`)

/** Ids of events since an instant, oldest first: what another process wrote, or what was committed late. */
export const listEventIds = (tx: Tx, after: Cursor, limit: number) =>
  tx.run<Cursor>(sql`
    select e.id, e.at from case_event e
    where e.tenant_id = ${tx.tenant} and e.at >= ${after.at} and (e.at, e.id) > (${after.at}::timestamptz, ${after.id}::uuid)
    order by e.at, e.id limit ${limit}`)

/** These events, oldest first. */
export const listTold = (tx: Tx, events: readonly Cursor[]) =>
  tx.run<Told>(sql`
    select ${TOLD} from case_event e
    where e.tenant_id = ${tx.tenant} and e.at = any(${events.map(({ at }) => at)}::timestamptz[]) and e.id = any(${events.map(({ id }) => id)}::uuid[])
    order by e.at, e.id`)

export const listRemembered = (tx: Tx, ids: readonly CaseId[]) =>
  tx.run<Remembered>(sql`
    select ${COLUMNS} from "case" c where c.tenant_id = ${tx.tenant} and c.id = any(${[...new Set(ids)]}::uuid[]) and ${REPORTED}`)

/** Cases by id as far as the caller may see them: the same condition as every list. */
export const listSeen = (tx: Tx, ids: readonly string[], sight: Sight) =>
  tx.run<CaseState & { unitName: string | null; categoryLabel: string | null }>(sql`
    select c.*, unit.name as unit_name, topic.label as category_label from "case" c
    left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    left join topic on topic.tenant_id = c.tenant_id and topic.id = c.category
    where c.tenant_id = ${tx.tenant} and c.id = any(${[...ids]}::uuid[]) and ${visible(sight, tx.tenant)}`)
