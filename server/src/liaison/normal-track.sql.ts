import type { AskNormalTrack, LiaisonTargetId, NormalTrackId, NormalTrackState, PersonId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

/** A request as it is stored. */
export interface TrackRow extends AskNormalTrack {
  readonly id: NormalTrackId
  readonly target: { readonly id: LiaisonTargetId; readonly name: string }
  readonly state: NormalTrackState
  readonly byPerson: PersonId | null
  readonly askedBy: string
  readonly askedAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly reason: string | null
}
interface TrackFilter {
  readonly id?: NormalTrackId
  readonly target?: LiaisonTargetId
  readonly state?: NormalTrackState | undefined
}

/** Requests, newest first. */
export function listTracks(tx: Tx, { id, target, state }: TrackFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`n.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`n.id = ${id}`)
  if (target !== undefined) conditions.push(sql`n.target_id = ${target}`)
  if (state !== undefined) conditions.push(sql`n.state = ${state}`)
  return tx.run<TrackRow>(sql`
    select n.id, jsonb_build_object('id', t.id, 'name', t.name) as target, n.ground, n.confirmed_by, n.confirmed_on, n.words, n.may_quote,
      n.on_day as on, n.state, n.by_person, n.by_name as asked_by, n.asked_at, n.decided_name as decided_by, n.decided_at, n.reason
    from normal_track n join liaison_target t on t.tenant_id = n.tenant_id and t.id = n.target_id
    where ${sql.join(conditions, sql` and `)} order by n.asked_at desc, n.id desc limit 500`)
}

export const insertTrack = (tx: Tx, id: NormalTrackId, target: LiaisonTargetId, asked: AskNormalTrack, by: Actor) =>
  tx.run(sql`
    insert into normal_track (tenant_id, id, target_id, ground, confirmed_by, confirmed_on, words, may_quote, on_day, state, by_person, by_name, asked_at)
    values (${tx.tenant}, ${id}, ${target}, ${asked.ground}, ${asked.confirmedBy}, ${asked.confirmedOn}, ${asked.words}, ${asked.mayQuote},
      ${asked.on}, 'waiting', ${by.personId}, ${by.name}, ${by.at})`)

export const decideTrack = (
  tx: Tx,
  id: NormalTrackId,
  { state, reason }: { readonly state: NormalTrackState; readonly reason: string | null },
  by: Actor,
) =>
  tx.run(sql`
    update normal_track set state = ${state}, reason = ${reason}, decided_person = ${by.personId}, decided_name = ${by.name}, decided_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id}`)
