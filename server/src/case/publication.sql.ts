import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { KnownWords } from './text/deidentify.ts'

const someOf = (...words: readonly (string | null | undefined)[]) =>
  words.filter((word): word is string => typeof word === 'string' && word !== '')

/** The names and numbers that the person gave, and the numbers that units have made public. */
export async function getKnownWords(tx: Tx, caseId: CaseId | null): Promise<KnownWords> {
  const parties = await tx.run<Record<'name' | 'phone' | 'proxyName' | 'proxyPhone', string | null>>(
    sql`select name, phone, proxy_name, proxy_phone from party where tenant_id = ${tx.tenant} and case_id = ${caseId}`,
  )
  const units = await tx.run<{ phone: string }>(
    sql`select distinct phone from unit where tenant_id = ${tx.tenant} and phone is not null`,
  )
  return {
    names: parties.flatMap(({ name, proxyName }) => someOf(name, proxyName)),
    phones: parties.flatMap(({ phone, proxyPhone }) => someOf(phone, proxyPhone)),
    publicPhones: units.map(({ phone }) => phone),
  }
}

/** Which of the cases have somebody with a number. */
export const listWithNumber = async (tx: Tx, caseIds: readonly CaseId[]): Promise<ReadonlySet<CaseId>> => {
  const rows = await tx.run<{ caseId: CaseId }>(sql`
    select distinct case_id from party where tenant_id = ${tx.tenant} and case_id = any(${[...caseIds]}::uuid[]) and (phone is not null or proxy_phone is not null)`)
  return new Set(rows.map(({ caseId }) => caseId))
}
