import type { EnterpriseId, FinancingProduct, NewWhitelist, ScreeningState, WhitelistId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface WhitelistRow {
  readonly id: WhitelistId
  readonly product: FinancingProduct
  readonly title: string
  readonly criteria: string
  readonly conditions: readonly string[]
  readonly validTo: string
  readonly candidates: readonly {
    readonly enterprise: { readonly id: EnterpriseId; readonly name: string }
    readonly state: ScreeningState
    readonly reason: string | null
    readonly by: string | null
  }[]
}
/** Whitelists with their candidates, those still to be screened first. */
export const listWhitelists = (tx: Tx, id?: WhitelistId) =>
  tx.run<WhitelistRow>(sql`
    select w.id, jsonb_build_object('code', p.code, 'label', p.label) as product, w.title, w.criteria, w.conditions, w.valid_to,
      coalesce((select jsonb_agg(jsonb_build_object('enterprise', jsonb_build_object('id', t.id, 'name', t.name), 'state', c.state, 'reason', c.reason,
          'by', c.by_name) order by c.state = 'waiting' desc, t.name)
        from whitelist_candidate c join liaison_target t on t.tenant_id = c.tenant_id and t.id = c.enterprise_id
        where c.tenant_id = w.tenant_id and c.whitelist_id = w.id), '[]') as candidates
    from whitelist w join financing_product p on p.tenant_id = w.tenant_id and p.code = w.product
    where w.tenant_id = ${tx.tenant} ${id === undefined ? sql`` : sql`and w.id = ${id}`} order by w.valid_to desc, w.id desc limit 100`)

/** The whitelists on which an enterprise stands. */
export const listWhitelistsOf = (tx: Tx, enterprise: EnterpriseId) =>
  tx.run<{ id: WhitelistId; title: string; state: ScreeningState; validTo: string }>(sql`
    select w.id, w.title, c.state, w.valid_to
    from whitelist_candidate c join whitelist w on w.tenant_id = c.tenant_id and w.id = c.whitelist_id
    where c.tenant_id = ${tx.tenant} and c.enterprise_id = ${enterprise} order by w.valid_to desc, w.id limit 100`)

export const insertWhitelist = (tx: Tx, id: WhitelistId, given: NewWhitelist, by: Actor) =>
  tx.run(sql`
    insert into whitelist (tenant_id, id, product, title, criteria, conditions, valid_to, by_name, at)
    values (${tx.tenant}, ${id}, ${given.product}, ${given.title}, ${given.criteria}, ${given.conditions}::text[], ${given.validTo}, ${by.name}, ${by.at})`)

export const insertCandidates = (tx: Tx, id: WhitelistId, firms: readonly EnterpriseId[], by: Actor) =>
  tx.run(sql`
    insert into whitelist_candidate (tenant_id, whitelist_id, enterprise_id, state, at)
    select ${tx.tenant}, ${id}, firm, 'waiting', ${by.at} from unnest(${[...firms]}::uuid[]) as firm on conflict do nothing returning 1 as one`)

interface Verdict {
  readonly enterpriseId: EnterpriseId
  readonly state: ScreeningState
  readonly reason: string
}
/** @returns false where the enterprise is no candidate */
export const setCandidate = async (tx: Tx, id: WhitelistId, { enterpriseId, state, reason }: Verdict, by: Actor) =>
  (
    await tx.run(sql`
    update whitelist_candidate set state = ${state}, reason = ${reason}, by_name = ${by.name}, at = ${by.at}
    where tenant_id = ${tx.tenant} and whitelist_id = ${id} and enterprise_id = ${enterpriseId} returning 1 as one`)
  ).length > 0
