import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What is told to the outside: the outbox, who asked to be told, who said “me too”, and which mails came in. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(
    db,
    `
    alter table party add column email text, add column webhook_url text,
      add column role text not null default 'asker' check (role in ('asker', 'follower'));
    create index party_email on party (tenant_id, email) where email is not null;

    create table outbox (
      tenant_id int not null references tenant (id),
      id uuid not null,
      kind text not null check (kind in ('mail', 'sms', 'webhook')),
      key text not null,
      created_at timestamptz not null,
      run_at timestamptz not null,
      payload jsonb not null,
      attempts int not null default 0,
      state text not null check (state in ('waiting', 'done', 'dead')),
      last_error text,
      done_at timestamptz,
      primary key (tenant_id, id),
      unique (tenant_id, key)
    );
    create index outbox_due on outbox (tenant_id, run_at) where state = 'waiting';
    create index outbox_dead on outbox (tenant_id, id) where state = 'dead';
    create index outbox_done on outbox (tenant_id, done_at) where state = 'done';

    create table subscription (
      tenant_id int not null,
      id uuid not null,
      case_id uuid not null,
      party_id uuid not null,
      via text not null check (via in ('mail', 'sms', 'webhook')),
      own boolean not null,
      events text[] not null,
      created_at timestamptz not null,
      confirmed_at timestamptz,
      ended_at timestamptz,
      primary key (tenant_id, id),
      unique (tenant_id, party_id, via),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade,
      foreign key (tenant_id, party_id) references party (tenant_id, id) on delete cascade
    );
    create index subscription_case on subscription (tenant_id, case_id);

    create table me_too (
      tenant_id int not null,
      case_id uuid not null,
      device_hash text not null,
      address_hash text not null,
      at timestamptz not null,
      primary key (tenant_id, case_id, device_hash),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );

    create table mail_received (
      tenant_id int not null,
      message_hash text not null,
      case_id uuid not null,
      at timestamptz not null,
      primary key (tenant_id, message_hash),
      foreign key (tenant_id, case_id) references "case" (tenant_id, id) on delete cascade
    );
    create index mail_received_case on mail_received (tenant_id, case_id);
    `,
  )
  await lockByTenant(db, 'outbox', 'subscription', 'me_too', 'mail_received')
}
