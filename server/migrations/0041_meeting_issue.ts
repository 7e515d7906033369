import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What enterprises raised at meetings: which case, at which meeting, whose. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, ISSUES)
  await lockByTenant(db, 'meeting_issue')
}

const ISSUES = `
    create table meeting_issue (
      tenant_id int not null,
      case_id uuid not null,
      meeting_id uuid not null,
      enterprise_id uuid not null,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, case_id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id),
      foreign key (tenant_id, meeting_id) references meeting (tenant_id, id),
      foreign key (tenant_id, enterprise_id) references liaison_target (tenant_id, id)
    );
    create index meeting_issue_meeting on meeting_issue (tenant_id, meeting_id);
    create index meeting_issue_enterprise on meeting_issue (tenant_id, enterprise_id);
`
