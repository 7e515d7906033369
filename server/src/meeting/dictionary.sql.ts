import type { MeetingDictionary, NewMeetingDictionary } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

/** Versions of the kinds, the latest first. */
export const listDictionaries = (tx: Tx) =>
  tx.run<MeetingDictionary>(sql`
    select version, valid_from, basis, meetings, instructions, by_name as by from meeting_dictionary
    where tenant_id = ${tx.tenant} order by valid_from desc, created_at desc limit 100`)

/** @returns false where the version is known */
export const insertDictionary = async (tx: Tx, given: NewMeetingDictionary, by: Actor) =>
  (
    await tx.run(sql`
    insert into meeting_dictionary (tenant_id, version, valid_from, basis, meetings, instructions, by_name, created_at)
    values (${tx.tenant}, ${given.version}, ${given.validFrom}, ${given.basis}, ${JSON.stringify(given.meetings)}::jsonb,
      ${JSON.stringify(given.instructions)}::jsonb, ${by.name}, ${by.at})
    on conflict (tenant_id, version) do nothing returning 1 as one`)
  ).length > 0
