import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface MatchRow {
  readonly superiorId: CaseId
  readonly ownId: CaseId
  readonly note: string | null
  readonly byName: string
  readonly at: Date
}

/** Pairs between these items of the superior and these of our own. */
export const listMatches = (tx: Tx, superior: readonly CaseId[], own: readonly CaseId[]) =>
  tx.run<MatchRow>(sql`
    select superior_id, own_id, note, by_name, at from crosswalk_match
    where tenant_id = ${tx.tenant} and superior_id = any(${[...superior]}::uuid[]) and own_id = any(${[...own]}::uuid[])
    order by at, superior_id, own_id`)

/** @returns the pair; undefined if it was there already */
export const insertMatch = async (
  tx: Tx,
  pair: { superiorId: CaseId; ownId: CaseId; note?: string | undefined },
  by: Actor,
) =>
  (
    await tx.run<MatchRow>(sql`
    insert into crosswalk_match (tenant_id, superior_id, own_id, note, by_person, by_name, at)
    values (${tx.tenant}, ${pair.superiorId}, ${pair.ownId}, ${pair.note ?? null}, ${by.personId}, ${by.name}, ${by.at})
    on conflict (tenant_id, superior_id, own_id) do nothing returning superior_id, own_id, note, by_name, at`)
  )[0]

/** @returns false if there was no such pair */
export const deleteMatch = async (tx: Tx, pair: { superiorId: CaseId; ownId: CaseId }) =>
  (
    await tx.run(sql`
    delete from crosswalk_match where tenant_id = ${tx.tenant} and superior_id = ${pair.superiorId} and own_id = ${pair.ownId} returning 1`)
  ).length > 0
