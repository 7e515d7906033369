import type { DriveId, SheetId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'

export interface IssueRow {
  readonly id: string
  readonly quantity: number
  readonly recipients: string
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly on: string
  readonly by: string
}
/** What was handed out in a drive, in the order of the days. */
export const listIssues = (tx: Tx, driveId: DriveId) =>
  tx.run<IssueRow>(sql`
    select i.id, i.quantity, i.recipients, jsonb_build_object('id', unit.id, 'name', unit.name) as unit, i.issued_on as "on", i.by_name as by
    from questionnaire_issue i join unit on unit.tenant_id = i.tenant_id and unit.id = i.unit_id
    where i.tenant_id = ${tx.tenant} and i.drive_id = ${driveId} order by i.issued_on, i.id limit 1000`)

export const insertIssue = (
  tx: Tx,
  issue: {
    readonly id: string
    readonly driveId: DriveId
    readonly quantity: number
    readonly recipients: string
    readonly unitId: UnitId
    readonly on: string
    readonly by: string
    readonly at: Date
  },
) =>
  tx.run(sql`
    insert into questionnaire_issue (tenant_id, id, drive_id, quantity, recipients, unit_id, issued_on, by_name, at)
    values (${tx.tenant}, ${issue.id}, ${issue.driveId}, ${issue.quantity}, ${issue.recipients}, ${issue.unitId}, ${issue.on}, ${issue.by}, ${issue.at})`)

/** Sheets handed out and sheets that came back. */
export const countSheets = async (tx: Tx, driveId: DriveId) =>
  (
    await tx.run<{ issued: number; returned: number }>(sql`
    select (select coalesce(sum(quantity), 0)::int from questionnaire_issue where tenant_id = ${tx.tenant} and drive_id = ${driveId}) as issued,
      (select count(*) from questionnaire_sheet where tenant_id = ${tx.tenant} and drive_id = ${driveId}) as returned`)
  )[0] ?? { issued: 0, returned: 0 }

export interface SheetRow {
  readonly id: SheetId
  readonly number: string
  readonly on: string
  readonly valid: boolean
  readonly voidReason: string | null
  /** What an import read from it; null where only the return was registered. */
  readonly fingerprint: string | null
}
/** Sheets of a drive by their numbers; `used`: opinions were taken from it. */
export const listSheetsOf = (tx: Tx, driveId: DriveId, numbers: readonly string[]) =>
  tx.run<SheetRow & { readonly used: boolean }>(sql`
    select q.id, q.number, q.returned_on as "on", q.valid, q.void_reason, q.fingerprint,
      exists (select from case_source s where s.tenant_id = q.tenant_id and s.sheet_id = q.id) as used
    from questionnaire_sheet q where q.tenant_id = ${tx.tenant} and q.drive_id = ${driveId} and q.number = any(${[...numbers]}::text[])`)

/** Returned sheets with the opinions taken from each, as far as the caller sees them. */
export const listSheets = (tx: Tx, driveId: DriveId, valid: boolean | null, sight: ReturnType<typeof sightOf>) =>
  tx.run<Omit<SheetRow, 'fingerprint'> & { opinions: number }>(sql`
    select q.id, q.number, q.returned_on as "on", q.valid, q.void_reason,
      (select count(*) from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
        where s.tenant_id = q.tenant_id and s.sheet_id = q.id and ${visible(sight, tx.tenant)}) as opinions
    from questionnaire_sheet q
    where q.tenant_id = ${tx.tenant} and q.drive_id = ${driveId} and (${valid}::boolean is null or q.valid = ${valid}) order by q.number limit 5000`)

/** How many sheets came back on each day, the void ones by their reason, and the opinions taken from them. */
export const listReturns = (tx: Tx, driveId: DriveId) =>
  tx.run<{ on: string; voidReason: string | null; sheets: number; opinions: number }>(sql`
    select q.returned_on as "on", q.void_reason, count(distinct q.id) as sheets, count(s.case_id) as opinions
    from questionnaire_sheet q left join case_source s on s.tenant_id = q.tenant_id and s.sheet_id = q.id
    where q.tenant_id = ${tx.tenant} and q.drive_id = ${driveId}
    group by q.returned_on, q.void_reason order by q.returned_on, q.void_reason nulls first limit 1000`)

/** Writes sheets; one that is there and had not been read gets its fingerprint. */
export const putSheets = (
  tx: Tx,
  driveId: DriveId,
  sheets: readonly SheetRow[],
  by: { readonly name: string; readonly at: Date },
) =>
  tx.run(sql`
    insert into questionnaire_sheet (tenant_id, id, drive_id, number, returned_on, valid, void_reason, fingerprint, by_name, at)
    select ${tx.tenant}, id, ${driveId}, number, "on", valid, "voidReason", fingerprint, ${by.name}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(sheets)}::jsonb) as s (id uuid, number text, "on" date, valid boolean, "voidReason" text, fingerprint text)
    on conflict (tenant_id, drive_id, number) do update set fingerprint = excluded.fingerprint`)
