import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** Where each report is, as one word, and which report says that a closed matter has come back. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    create table case_place (
      tenant_id int not null,
      case_id uuid not null,
      place text,
      name text,
      spot text,
      lng double precision,
      lat double precision,
      primary key (tenant_id, case_id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index case_place_place on case_place (tenant_id, place) where place is not null;
    create index case_place_lat on case_place (tenant_id, lat) where lat is not null;

    create table recurrence (
      tenant_id int not null,
      case_id uuid not null,
      earlier_id uuid not null,
      earlier_round int not null,
      months int not null,
      at timestamptz not null,
      primary key (tenant_id, case_id, earlier_id),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade,
      foreign key (tenant_id, earlier_id) references "case" (tenant_id, id) on delete cascade
    );
    create index recurrence_earlier on recurrence (tenant_id, earlier_id, earlier_round);

    insert into case_place (tenant_id, case_id, place, lng, lat)
    select tenant_id, id, place, lng, lat from (
      select tenant_id, id, lng, lat,
        substring(regexp_replace(coalesce(nullif(address, ''), content), '[\\u4e00-\\u9fff]{2}(路|街)?街道', ' ', 'g') from '[\\u4e00-\\u9fff]{2}(?:大街|路|街(?!道)|巷|小区|花园|家园|苑|村|广场)') as place
      from "case" where type in ('appeal', 'problem')
    ) as known where place is not null or lng is not null;
    `,
  )
  await lockByTenant(db, 'case_place', 'recurrence')
}
