import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { CaseEvent, CaseState, Sight } from '#case'
import { countOfVoices, visible } from '#case'
import type { Tx } from '#kernel/store'
import { isItem } from './list.sql.ts'

/** An item (清单问题): a problem with what its row shows beside its own state. */
export interface ItemRow extends CaseState {
  readonly unitName: string | null
  readonly voices: number
  readonly progress: string | null
}

/** Who reads: a person of the house with a sight, or everybody. What a published list says openly, every person of the house reads too. */
export type Reader = { readonly sight: Sight; readonly published: boolean } | 'everybody'

/** Items of a list in the order in which they were listed. Uses index case_listed; at most 2,000. */
export const listItems = (tx: Tx, listId: string, reader: Reader) =>
  tx.run<ItemRow>(sql`
    select c.*, unit.name as unit_name,
      (${countOfVoices(tx, sql.ref('c.id'))}) as voices,
      (select e.input ->> 'text' from case_event e where e.tenant_id = c.tenant_id and e.case_id = c.id and e.action = 'note'
        and e.input -> 'public' = 'true'::jsonb order by e.seq desc limit 1) as progress
    from "case" c left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    where c.tenant_id = ${tx.tenant} and c.facts ? 'listId' and c.facts ->> 'listId' = ${listId} and ${isItem} and ${readable(tx, reader)}
    order by c.facts ->> 'listedAt', c.number limit 2000`)

const readable = (tx: Tx, reader: Reader) =>
  reader === 'everybody'
    ? sql`not c.confidential`
    : sql`((${reader.published} and not c.confidential) or ${visible(reader.sight, tx.tenant)})`

/** Events of every problem that ever stood on a list, and of the commitments about them and about the list, until an instant; in order. Uses index case_event_listed. */
export const listEventsOf = (tx: Tx, listId: string, until: Date) =>
  tx.run<CaseEvent & { type: string; unitName: string | null }>(sql`
    with ever as (
      select distinct case_id from case_event
      where tenant_id = ${tx.tenant} and patch -> 'facts' ? 'listId' and patch -> 'facts' ->> 'listId' = ${listId}
    ), wanted as (
      select id, type from "case" c where c.tenant_id = ${tx.tenant} and c.type in ('problem', 'commitment')
        and (c.id in (select case_id from ever) or (c.type = 'commitment' and c.parent_id in (select case_id from ever)))
    )
    select e.*, wanted.type, unit.name as unit_name from case_event e join wanted on wanted.id = e.case_id
    left join unit on unit.tenant_id = e.tenant_id and unit.id = e.by_unit
    where e.tenant_id = ${tx.tenant} and e.at <= ${until} order by e.at, e.case_id, e.seq limit 50000`)

/** Commitments about these items, and about the whole list; oldest first. Uses indexes case_parent and case_listed. */
export const listCommitmentsOf = (tx: Tx, listId: string | null, itemIds: readonly CaseId[]) =>
  tx.run<CaseState & { unitName: string | null; itemTitle: string | null }>(sql`
    select c.*, unit.name as unit_name, item.title as item_title
    from "case" c left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    left join "case" item on item.tenant_id = c.tenant_id and item.id = c.parent_id
    where c.tenant_id = ${tx.tenant} and c.type = 'commitment'
      and (c.parent_id = any(${[...itemIds]}::uuid[]) or (c.parent_id is null and c.facts ? 'listId' and c.facts ->> 'listId' = ${listId}))
    order by c.received_at, c.id limit 5000`)

/** Names of units by id. */
export const listUnitNames = async (tx: Tx, ids: readonly (string | null)[]) =>
  new Map(
    (
      await tx.run<{ id: string; name: string }>(sql`
      select id, name from unit where tenant_id = ${tx.tenant} and id = any(${ids.filter((id) => id !== null)}::uuid[])`)
    ).map(({ id, name }) => [id, name]),
  )
