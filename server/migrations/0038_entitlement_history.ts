import type { Kysely } from 'kysely'
import { lockByTenant, runAll } from '../src/kernel/tenancy.ts'

/** What nobody recorded is not a no; entitlements keep every day they stood; a payment of the funds ledger pays one entitlement. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, RECORDED)
  await runAll(db, PAYMENTS)
  await runAll(db, NEEDS)
  await runAll(db, HISTORY)
  await lockByTenant(db, 'entitlement_history')
}

/** 'none' was what a sheet began with: it is kept only where somebody has counted members or named an instructor. */
const RECORDED = `
    alter table enterprise alter column party_organisation drop not null;
    update enterprise set party_organisation = null where party_organisation = 'none' and party_members = 0 and party_instructor is null;
    alter table enterprise add column titles_recorded boolean not null default false;
    update enterprise e set titles_recorded = true
      where exists (select from enterprise_title t where t.tenant_id = e.tenant_id and t.enterprise_id = e.id);
`

/** `by_unit`: the unit entered the voucher itself; the ledger of funds may tell of the same payment later.
 * A policy that is not in the library is dropped from the payment; its programme still says what it was for. */
const PAYMENTS = `
    update disbursement d set policy_id = null
      where policy_id is not null and not exists (select from policy p where p.tenant_id = d.tenant_id and p.id = d.policy_id);
    alter table disbursement add foreign key (tenant_id, policy_id) references policy (tenant_id, id);
    create index disbursement_policy on disbursement (tenant_id, policy_id);

    alter table entitlement add column disbursement_id uuid, add column by_unit boolean not null default false;
    update entitlement set by_unit = true where paid_on is not null;
    alter table entitlement add check (paid_on is not null or not by_unit);
    alter table entitlement add foreign key (tenant_id, disbursement_id) references disbursement (tenant_id, id);
    alter table entitlement add check (disbursement_id is null or paid_on is not null);
    create unique index entitlement_disbursement on entitlement (tenant_id, disbursement_id);
`

const NEEDS = `
    alter table enterprise_need add column answered_on date, add column answered_by text;
    create index enterprise_need_state on enterprise_need (tenant_id, state, on_day);
`

/** Every state an entitlement was in, as it then stood; the last of a pair is the entitlement itself. */
const HISTORY = `
    create table entitlement_history (
      tenant_id int not null,
      policy_id uuid not null,
      enterprise_id uuid not null,
      seq int not null check (seq > 0),
      on_day date not null,
      version int not null,
      state text not null check (state in ('eligible', 'offered', 'confirmed', 'declined', 'paid', 'lapsed')),
      since date not null,
      why jsonb not null,
      offered_on date,
      confirmed_on date,
      declined_reason text,
      paid_on date,
      paid_fen bigint,
      voucher text,
      disbursement_id uuid,
      by_name text not null,
      at timestamptz not null,
      primary key (tenant_id, policy_id, enterprise_id, seq),
      foreign key (tenant_id, policy_id, enterprise_id) references entitlement (tenant_id, policy_id, enterprise_id),
      foreign key (tenant_id, policy_id, version) references policy_version (tenant_id, policy_id, version),
      foreign key (tenant_id, disbursement_id) references disbursement (tenant_id, id)
    );
    create index entitlement_history_version on entitlement_history (tenant_id, policy_id, version);
    create index entitlement_history_disbursement on entitlement_history (tenant_id, disbursement_id);

    insert into entitlement_history (tenant_id, policy_id, enterprise_id, seq, on_day, version, state, since, why, offered_on, confirmed_on,
      declined_reason, paid_on, paid_fen, voucher, by_name, at)
    select n.tenant_id, n.policy_id, n.enterprise_id, row_number() over (partition by n.tenant_id, n.policy_id, n.enterprise_id order by s.no), s.on_day,
      n.version, s.state, n.since, n.why, case when s.no >= 2 then n.offered_on end, case when s.no >= 3 then n.confirmed_on end,
      case when s.no = 4 then n.declined_reason end, case when s.no = 4 then n.paid_on end, case when s.no = 4 then n.paid_fen end,
      case when s.no = 4 then n.voucher end, n.by_name, n.updated_at
    from entitlement n cross join lateral (values (1, 'eligible', n.since), (2, 'offered', n.offered_on), (3, 'confirmed', n.confirmed_on),
      (4, n.state, case n.state when 'declined' then n.declined_on when 'paid' then n.paid_on
        when 'lapsed' then (n.updated_at at time zone 'Asia/Shanghai')::date end)) as s (no, state, on_day)
    where s.on_day is not null;
`
