import { type Kysely, sql } from 'kysely'

/** A need that could not be met is not one that nobody has any more. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table enterprise_need drop constraint enterprise_need_state_check,
    add check (state in ('asked', 'met', 'unmet', 'declined'))`.execute(db)
}
