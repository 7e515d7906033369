import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** The holiday notices that a district has published for itself, year by year, with their source. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    create table calendar_year (
      tenant_id int not null references tenant (id),
      year int not null,
      source text not null,
      published_at timestamptz not null,
      by_name text not null,
      primary key (tenant_id, year)
    );
    create index case_clock_running on case_clock (tenant_id, due_at) where ended_at is null;
    `,
  )
  await lockByTenant(db, 'calendar_year')
}
