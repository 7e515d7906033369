import type { CaseId, OpinionLinkKind, PersonId } from '@banjie/contract'
import { sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

/** A decision about two cases. The smaller id stands first: a pair has one decision, the newest. */
export interface LinkRow {
  readonly caseId: CaseId
  readonly otherId: CaseId
  readonly kind: OpinionLinkKind
  readonly reason: string | null
  readonly byPerson: PersonId | null
  readonly byName: string
  readonly at: string
}

export const pairOf = (one: CaseId, other: CaseId) =>
  one < other ? { caseId: one, otherId: other } : { caseId: other, otherId: one }

const PAIRS = (links: readonly object[]) => sql`
  jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l ("caseId" uuid, "otherId" uuid, kind text, reason text, "byPerson" uuid, "byName" text, at timestamptz)`

export const putLinks = (tx: Tx, links: readonly LinkRow[]) =>
  tx.run(sql`
    insert into opinion_link (tenant_id, case_id, other_id, kind, reason, by_person, by_name, at)
    select distinct on ("caseId", "otherId") ${tx.tenant}, "caseId", "otherId", kind, reason, "byPerson", "byName", at from ${PAIRS(links)}
    on conflict (tenant_id, case_id, other_id) do update
      set kind = excluded.kind, reason = excluded.reason, by_person = excluded.by_person, by_name = excluded.by_name, at = excluded.at`)

/** Takes decisions back, of one kind or whatever they are. */
export const dropLinks = (
  tx: Tx,
  pairs: readonly Pick<LinkRow, 'caseId' | 'otherId'>[],
  kind: OpinionLinkKind | null,
) =>
  tx.run(sql`
    delete from opinion_link k using ${PAIRS(pairs)}
    where k.tenant_id = ${tx.tenant} and k.case_id = l."caseId" and k.other_id = l."otherId" and (${kind}::text is null or k.kind = ${kind})`)

/** Decisions between any two of these cases, the newest first. */
export const listLinksAmong = (tx: Tx, ids: readonly CaseId[]) =>
  tx.run<LinkRow>(sql`
    select case_id, other_id, kind, reason, by_person, by_name, at from opinion_link
    where tenant_id = ${tx.tenant} and case_id = any(${[...ids]}::uuid[]) and other_id = any(${[...ids]}::uuid[])
    order by at desc, case_id, other_id`)

interface Numbered {
  readonly id: CaseId
  readonly number: string
  readonly title: string
}

/** Decisions about a case, with the other side as far as the viewer sees it. */
export const listLinksOf = (tx: Tx, id: CaseId, sight: Sight) =>
  tx.run<Omit<LinkRow, 'at'> & { at: Date; other: Numbered }>(sql`
    select k.*, jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title) as other from (
      select case_id, other_id, kind, reason, by_person, by_name, at, other_id as beside, tenant_id from opinion_link
      where tenant_id = ${tx.tenant} and case_id = ${id}
      union all
      select case_id, other_id, kind, reason, by_person, by_name, at, case_id, tenant_id from opinion_link
      where tenant_id = ${tx.tenant} and other_id = ${id}
    ) as k join "case" c on c.tenant_id = k.tenant_id and c.id = k.beside
    where ${visible(sight, tx.tenant)} order by k.at desc limit 500`)
