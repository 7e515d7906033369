import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import { mergedUnder } from '#case'
import type { Tx } from '#kernel/store'

/** Counts a device once. @returns whether it was counted */
export const insertMeToo = async (
  tx: Tx,
  voice: { readonly caseId: CaseId; readonly device: string; readonly address: string; readonly at: Date },
): Promise<boolean> =>
  (
    await tx.run(sql`
    insert into me_too (tenant_id, case_id, device_hash, address_hash, at) values (${tx.tenant}, ${voice.caseId}, ${voice.device}, ${voice.address}, ${voice.at})
    on conflict (tenant_id, case_id, device_hash) do nothing returning 1 as counted`)
  ).length > 0

export const hasMeToo = async (tx: Tx, caseId: CaseId, device: string): Promise<boolean> =>
  (
    await tx.run(
      sql`select 1 as one from me_too where tenant_id = ${tx.tenant} and case_id = ${caseId} and device_hash = ${device}`,
    )
  ).length > 0

/** Voices on a case from one address since. Locks the address until the commit, so that a flood is counted one by one. */
export async function countFrom(tx: Tx, caseId: CaseId, address: string, since: Date): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext(${`${caseId} ${address}`}))`)
  const [found] = await tx.run<{ count: number }>(
    sql`select count(*) as count from me_too where tenant_id = ${tx.tenant} and case_id = ${caseId} and address_hash = ${address} and at > ${since}`,
  )
  return found?.count ?? 0
}

/** Times (人次) of some cases; a problem counts its own and those of what was merged into it. */
export const listCounts = (tx: Tx, cases: readonly CaseId[]) =>
  tx.run<{ caseId: CaseId; count: number }>(sql`
    select t.id as case_id,
      (select count(*) from me_too m where m.tenant_id = ${tx.tenant} and m.case_id = t.id)
      + (select count(*) from (${mergedUnder(tx, sql.ref('t.id'))}) merged join me_too m on m.tenant_id = ${tx.tenant} and m.case_id = merged.id) as count
    from unnest(${[...cases]}::uuid[]) as t(id)`)
