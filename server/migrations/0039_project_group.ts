import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Which leading groups a project stands under, and since when a line of liaison holds an office: the weekly visits are owed by those alone. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, GROUPS)
  await runAll(db, OFFICES)
  await lockByTenant(db, 'project_group')
}

const GROUPS = `
    create table project_group (
      tenant_id int not null,
      project_id uuid not null,
      unit_id uuid not null,
      primary key (tenant_id, project_id, unit_id),
      foreign key (tenant_id, project_id) references project (tenant_id, id),
      foreign key (tenant_id, unit_id) references unit (tenant_id, id)
    );
    create index project_group_unit on project_group (tenant_id, unit_id);
`

/** It stands on the first liaison of a line: whoever takes the liaison over takes the office over. */
const OFFICES = `
    alter table liaison add column office_from date;
    update liaison set office_from = liaison.valid_from from project_officer o
      where o.tenant_id = liaison.tenant_id and o.line_id = liaison.id;
    update cadence_rule set code = 'officer-week', debtor = '{"kind": "officer"}'
      where code = 'project-week' and debtor ->> 'kind' = 'liaison' and sharing = 'each' and title like '包保项目每周至少到现场 % 次';
`
