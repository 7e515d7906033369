import type { Kysely } from 'kysely'
import { runAll } from '../src/kernel/tenancy.ts'

/** A meeting carries the words of campaigns, as visits do; what was written as its campaign stays as a word. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, TAGS)
}

const TAGS = `
    alter table meeting add column tags text[] not null default '{}';
    update meeting set tags = array[left(campaign, 20)] where campaign is not null;
    alter table meeting drop column campaign;
    alter table meeting alter column tags drop default;
`
