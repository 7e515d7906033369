import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What could not be done the normal way, and how it was done all the same. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, EXCEPTIONS)
  await lockByTenant(db, 'service_exception')
}

const EXCEPTIONS = `
    create table service_exception (
      tenant_id int not null references tenant (id),
      id uuid not null,
      on_day date not null,
      kind text not null,
      what text not null,
      why text,
      instead text not null,
      done boolean not null,
      place text,
      case_id uuid,
      by_person uuid,
      by_name text not null,
      unit_id uuid,
      created_at timestamptz not null,
      primary key (tenant_id, id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index service_exception_day on service_exception (tenant_id, on_day, id);
    create index service_exception_case on service_exception (tenant_id, case_id);
    create index service_exception_unit on service_exception (tenant_id, unit_id);
`
