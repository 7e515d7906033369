import type { CaseId, ListChangeKind, ProblemListId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'

/** A problem list (问题清单) as it lies in its table. */
export interface ListRow {
  readonly id: ProblemListId
  readonly kind: string
  readonly title: string
  readonly periodFrom: string | null
  readonly periodTo: string | null
  readonly origin: string
  readonly sourceDocument: string | null
  readonly sourceOn: string | null
  readonly ownerUnitId: UnitId | null
  readonly aspects: readonly string[]
  readonly note: string | null
  readonly state: string
  readonly version: number
  readonly createdAt: Date
  readonly publishedAt: Date | null
  readonly closedAt: Date | null
}
/** A list with the name of its keeper and the figures of its items. */
export interface ListWithFigures extends ListRow {
  readonly ownerName: string | null
  readonly items: number
  readonly accepted: number
  readonly overdue: number
}
/** A change of a list; `data` is what it changed in the list's row. */
export interface ListChangeRow {
  readonly id: string
  readonly at: Date
  readonly kind: ListChangeKind
  readonly byName: string
  readonly item: { id: CaseId; number: string; title: string } | null
  readonly confidential: boolean | null
  readonly why: string | null
  readonly data: Readonly<Record<string, unknown>>
}

/** What counts as an item (alias `c`): a problem that stands on a list and was neither taken back nor merged into another. */
export const isItem = sql`c.type = 'problem' and c.stage not in ('withdrawn', 'merged')`

/** Lists, published ones first, newest first; with figures. At most 500. Uses index case_listed. */
export const listLists = (
  tx: Tx,
  now: Date,
  wanted: { id?: string | undefined; kind?: string | undefined; state?: string | undefined; public?: boolean } = {},
) =>
  tx.run<ListWithFigures>(sql`
    select l.*, unit.name as owner_name, f.items, f.accepted, f.overdue
    from problem_list l
    left join unit on unit.tenant_id = l.tenant_id and unit.id = l.owner_unit_id
    left join lateral (
      select count(*) as items, count(*) filter (where c.stage = 'closed') as accepted,
        count(*) filter (where c.stage <> 'closed' and c.due_at < ${now}) as overdue
      from "case" c where c.tenant_id = l.tenant_id and c.facts ? 'listId' and c.facts ->> 'listId' = l.id::text and ${isItem}
        and not (c.confidential and ${wanted.public === true})
    ) f on true
    where l.tenant_id = ${tx.tenant}
      and (${wanted.id ?? null}::uuid is null or l.id = ${wanted.id ?? null})
      and (${wanted.kind ?? null}::text is null or l.kind = ${wanted.kind ?? null})
      and (${wanted.state ?? null}::text is null or l.state = ${wanted.state ?? null})
      and (${wanted.public !== true} or l.state <> 'draft')
    order by l.state = 'published' desc, l.created_at desc, l.id limit 500`)

/** The list, locked until the transaction ends. */
export const lockList = async (tx: Tx, id: string) =>
  (await tx.run<ListRow>(sql`select * from problem_list where tenant_id = ${tx.tenant} and id = ${id} for update`))[0]

export const insertList = (tx: Tx, row: ListRow) =>
  tx.run(sql`
    insert into problem_list (tenant_id, id, kind, title, period_from, period_to, origin, source_document, source_on, owner_unit_id, aspects, note,
      state, version, created_at)
    values (${tx.tenant}, ${row.id}, ${row.kind}, ${row.title}, ${row.periodFrom}, ${row.periodTo}, ${row.origin}, ${row.sourceDocument},
      ${row.sourceOn}, ${row.ownerUnitId}, ${[...row.aspects]}::text[], ${row.note}, ${row.state}, ${row.version}, ${row.createdAt})`)

export const updateList = (tx: Tx, row: ListRow) =>
  tx.run(sql`
    update problem_list set kind = ${row.kind}, title = ${row.title}, period_from = ${row.periodFrom}, period_to = ${row.periodTo},
      origin = ${row.origin}, source_document = ${row.sourceDocument}, source_on = ${row.sourceOn}, owner_unit_id = ${row.ownerUnitId},
      aspects = ${[...row.aspects]}::text[], note = ${row.note}, state = ${row.state}, version = ${row.version},
      published_at = ${row.publishedAt}, closed_at = ${row.closedAt}
    where tenant_id = ${tx.tenant} and id = ${row.id}`)

/** Writes a change into the list's log. Ids are ordered by time, so they order what happened at one instant. */
export const insertChange = (
  tx: Tx,
  change: {
    listId: string
    kind: ListChangeKind
    why?: string | null | undefined
    caseId?: string | undefined
    data?: object
  },
  by: Actor,
) =>
  tx.run(sql`
    insert into problem_list_change (tenant_id, id, list_id, at, kind, by_person, by_name, case_id, why, data)
    values (${tx.tenant}, ${newId()}, ${change.listId}, ${by.at}, ${change.kind}, ${by.personId}, ${by.name}, ${change.caseId ?? null},
      ${change.why ?? null}, ${JSON.stringify(change.data ?? {})})`)

/** The log of a list, oldest first. */
export const listChanges = (tx: Tx, listId: string) =>
  tx.run<ListChangeRow>(sql`
    select h.id, h.at, h.kind, h.by_name, h.why, h.data, c.confidential,
      case when c.id is not null then jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title) end as item
    from problem_list_change h left join "case" c on c.tenant_id = h.tenant_id and c.id = h.case_id
    where h.tenant_id = ${tx.tenant} and h.list_id = ${listId} order by h.id limit 5000`)

/** How many items stand under each aspect of a list; the merged and withdrawn ones too, for they may come back. */
export const countAspects = (tx: Tx, listId: string) =>
  tx.run<{ aspect: string }>(sql`
    select distinct c.facts ->> 'aspect' as aspect from "case" c
    where c.tenant_id = ${tx.tenant} and c.facts ? 'listId' and c.facts ->> 'listId' = ${listId} and c.type = 'problem'`)

/** Which of these problems everybody may read on a published list. */
export const listListed = (tx: Tx, ids: readonly CaseId[]) =>
  tx.run<{ id: CaseId }>(sql`
    select c.id from "case" c join problem_list l on l.tenant_id = c.tenant_id and l.id::text = c.facts ->> 'listId'
    where c.tenant_id = ${tx.tenant} and c.id = any(${[...ids]}::uuid[]) and ${isItem} and not c.confidential
      and l.state <> 'draft' and l.published_at is not null`)
