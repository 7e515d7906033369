import type { EnterpriseId, NeedId, NeedKind, NeedState, NewNeed } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'

export interface NeedRow {
  readonly id: NeedId
  readonly enterpriseId: EnterpriseId
  readonly enterpriseName: string
  readonly kind: NeedKind
  readonly words: string
  readonly onDay: string
  readonly state: NeedState
  readonly reply: string | null
  readonly byName: string
  readonly answeredOn: string | null
  readonly answeredBy: string | null
}
const NEED = sql`n.id, n.enterprise_id, t.name as enterprise_name, n.kind, n.words, n.on_day, n.state, n.reply, n.by_name, n.answered_on, n.answered_by
    from enterprise_need n join liaison_target t on t.tenant_id = n.tenant_id and t.id = n.enterprise_id`
/** What one enterprise needs, the newest first. */
export const listNeedsOf = (tx: Tx, enterprise: EnterpriseId) =>
  tx.run<NeedRow>(
    sql`select ${NEED} where n.tenant_id = ${tx.tenant} and n.enterprise_id = ${enterprise} order by n.on_day desc, n.id`,
  )
const MOST = 500
/** What enterprises need: what is still asked first, the longest waiting before the others; then what was answered, the newest first. */
export const listNeeds = (tx: Tx, state: NeedState | undefined) =>
  tx.run<NeedRow>(sql`
    select ${NEED} where n.tenant_id = ${tx.tenant} and (${state ?? null}::text is null or n.state = ${state ?? null}::text)
    order by n.state <> 'asked', case when n.state = 'asked' then n.on_day end, n.answered_on desc nulls last, n.id limit ${MOST}`)
export const findNeed = async (tx: Tx, id: NeedId) =>
  (await tx.run<NeedRow>(sql`select ${NEED} where n.tenant_id = ${tx.tenant} and n.id = ${id} for update of n`))[0]
export const insertNeed = (tx: Tx, enterprise: EnterpriseId, need: NewNeed, by: Actor) =>
  tx.run(sql`
    insert into enterprise_need (tenant_id, id, enterprise_id, kind, words, on_day, state, by_name, at)
    values (${tx.tenant}, ${newId()}, ${enterprise}, ${need.kind}, ${need.words}, ${need.on}, 'asked', ${by.name}, ${by.at})`)
export const closeNeed = (
  tx: Tx,
  id: NeedId,
  { state, reply, day }: { readonly state: NeedState; readonly reply: string; readonly day: string },
  by: Actor,
) =>
  tx.run(sql`
    update enterprise_need set state = ${state}, reply = ${reply}, answered_on = ${day}, answered_by = ${by.name}
    where tenant_id = ${tx.tenant} and id = ${id}`)
