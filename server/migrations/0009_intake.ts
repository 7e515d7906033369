import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Who speaks for whom, which records are perhaps one person, and the emergencies that nobody has called about. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    alter table party add column proxy_name text, add column proxy_phone text, add column proxy_relation text;
    create index party_name on party (tenant_id, name) where name is not null;

    create table party_link (
      tenant_id int not null,
      party_id uuid not null,
      other_id uuid not null,
      confidence numeric not null,
      state text not null check (state in ('proposed', 'confirmed', 'rejected')),
      by_person uuid,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, party_id, other_id),
      foreign key (tenant_id, party_id) references party (tenant_id, id) on delete cascade,
      foreign key (tenant_id, other_id) references party (tenant_id, id) on delete cascade,
      check (party_id < other_id)
    );
    create index party_link_other on party_link (tenant_id, other_id);

    create index case_emergency on "case" (tenant_id, received_at, id) where closed_at is null and facts ? 'emergency';
    create index case_cluster_alarm on "case" (tenant_id, received_at)
      where type = 'notice' and closed_at is null and facts ->> 'kind' = 'cluster';
    `,
  )
  await lockByTenant(db, 'party_link')
}
