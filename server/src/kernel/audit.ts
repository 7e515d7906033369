import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import { newId } from './id.ts'
import type { Tx } from './store.ts'

/** Audit (审计): who looked at what, when and why; append only, in the transaction of the act itself. */
export const audit = (
  tx: Tx,
  by: Actor,
  entry: { action: string; objectKind: string; objectId: string; note: string },
) =>
  tx.run(sql`
    insert into audit (tenant_id, id, at, action, by_person, by_name, object_kind, object_id, note, request_id)
    values (${tx.tenant}, ${newId()}, ${by.at}, ${entry.action}, ${by.personId}, ${by.name}, ${entry.objectKind}, ${entry.objectId}, ${entry.note}, ${by.requestId})`)
