import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { KnownWords } from './text/deidentify.ts'

const someOf = (...words: readonly (string | null | undefined)[]) =>
  words.filter((word): word is string => typeof word === 'string' && word !== '')

type Said = Record<'name' | 'phone' | 'proxyName' | 'proxyPhone', string | null>

/** The names and numbers that the people of some cases gave, and the numbers that units have made public. Cost: two look-ups, however many cases. */
export async function listKnownWords(tx: Tx, caseIds: readonly CaseId[]): Promise<(caseId: CaseId) => KnownWords> {
  const parties = await tx.run<Said & { caseId: CaseId }>(sql`
    select case_id, name, phone, proxy_name, proxy_phone from party where tenant_id = ${tx.tenant} and case_id = any(${[...caseIds]}::uuid[])`)
  const units = await tx.run<{ phone: string }>(
    sql`select distinct phone from unit where tenant_id = ${tx.tenant} and phone is not null`,
  )
  const publicPhones = units.map(({ phone }) => phone)
  const of = Map.groupBy(parties, ({ caseId }) => caseId)
  return (caseId) => {
    const people = of.get(caseId) ?? []
    return {
      names: people.flatMap(({ name, proxyName }) => someOf(name, proxyName)),
      phones: people.flatMap(({ phone, proxyPhone }) => someOf(phone, proxyPhone)),
      publicPhones,
    }
  }
}
/** The same for one case. */
export const getKnownWords = async (tx: Tx, caseId: CaseId): Promise<KnownWords> =>
  (await listKnownWords(tx, [caseId]))(caseId)
/** Numbers that units have made public, for a text that belongs to no case. */
export const getPublicWords = async (tx: Tx): Promise<KnownWords> => (await listKnownWords(tx, []))('' as CaseId)

/** Which of the cases have an asker with a number; a follower is never called. */
export const listWithNumber = async (tx: Tx, caseIds: readonly CaseId[]): Promise<ReadonlySet<CaseId>> => {
  const rows = await tx.run<{ caseId: CaseId }>(sql`
    select distinct case_id from party where tenant_id = ${tx.tenant} and case_id = any(${[...caseIds]}::uuid[]) and role = 'asker'
      and (phone is not null or proxy_phone is not null)`)
  return new Set(rows.map(({ caseId }) => caseId))
}
