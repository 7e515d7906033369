import type { Kysely } from 'kysely'
import { runAll } from '../src/kernel/tenancy.ts'

/** Broken promises stand in one register: what lists of problems had recorded moves there, who registered a payment and what an enterprise refused are kept. */
export async function up(db: Kysely<never>): Promise<void> {
  await runAll(db, COLUMNS)
  await runAll(db, REFUSED)
  await runAll(db, RECORDED)
  await runAll(db, LISTS)
}

const COLUMNS = `
    alter table promise_payment add column by_person uuid;
    alter table broken_promise add column refused_words text, add column refused_on date, add column refused_by text, add column case_id uuid,
      add foreign key (tenant_id, case_id) references "case" (tenant_id, id),
      add check ((refused_on is null) = (refused_words is null) and (refused_on is null) = (refused_by is null));
    create unique index broken_promise_case on broken_promise (tenant_id, case_id);
`

/** An enterprise that had said no was told in the history alone: “who（day）：words”. */
const REFUSED = `
    update broken_promise b set refused_by = m[1], refused_on = m[2]::date, refused_words = m[3]
    from (select distinct on (tenant_id, promise_id) tenant_id, promise_id, regexp_match(note, '^(.*?)（(\\d{4}-\\d\\d-\\d\\d)）：(.*)$') as m
      from promise_event where act = '企业说没有兑现，退回' order by tenant_id, promise_id, at desc, id desc) e
    where e.tenant_id = b.tenant_id and e.promise_id = b.id and e.m is not null;
`

/**
 * A problem that was recorded as a broken promise becomes one in the register, with the enterprise by its name. What the record did not ask for is said
 * to be missing, so that it is corrected and not believed; the problem itself stays as it is. Instalments that add up become the plan in force.
 */
const RECORDED = `
    create temporary table moved on commit drop as
      select c.tenant_id, c.id as case_id, gen_random_uuid() as id, c.number, c.closed_at, c.received_at, f.*,
        nullif((f.broken ->> 'amountFen')::bigint, 0) as fen,
        coalesce(c.lead_unit_id, l.owner_unit_id, (select u.id from unit u where u.tenant_id = c.tenant_id order by u.valid_from, u.id limit 1)) as unit_id,
        coalesce(c.facts ->> 'measures', '原清单没有写明，请更正') as measures,
        greatest((c.facts ->> 'deadline')::date, (select max((i ->> 'on')::date) from jsonb_array_elements(f.broken -> 'instalments') i),
          (c.received_at at time zone 'Asia/Shanghai')::date) as deadline
      from "case" c
      cross join lateral (select c.facts -> 'broken' as broken) f
      left join problem_list l on l.tenant_id = c.tenant_id and l.id::text = c.facts ->> 'listId'
      where c.type = 'problem' and c.facts ? 'broken' and c.stage not in ('withdrawn', 'merged');

    insert into liaison_target (tenant_id, id, kind, name, by_name, created_at)
    select distinct on (m.tenant_id, m.broken ->> 'enterprise') m.tenant_id, gen_random_uuid(), 'enterprise', m.broken ->> 'enterprise', '系统升级', m.received_at
    from moved m order by m.tenant_id, m.broken ->> 'enterprise', m.received_at
    on conflict (tenant_id, kind, name) do nothing;

    insert into broken_promise (tenant_id, id, enterprise_id, kind, words, source_no, source_on, source_by, fen, disputed_fen, unit_id, cause, basis,
      measures, deadline, version, kept_evidence, kept_on, confirmed_words, confirmed_on, confirmed_by, closed_at, by_name, created_at, case_id)
    select m.tenant_id, m.id, t.id, case when m.fen is null then 'other' else 'arrears' end, m.broken ->> 'promise',
      coalesce(m.broken ->> 'document', '清单问题 ' || m.number), (m.received_at at time zone 'Asia/Shanghai')::date, '问题清单', m.fen, 0, m.unit_id,
      'procedure', coalesce(m.broken ->> 'legalBasis', '原清单没有写明，请更正'), m.measures, m.deadline, 1,
      case when m.closed_at is not null then '清单问题已验收销号' end, (m.closed_at at time zone 'Asia/Shanghai')::date,
      case when m.closed_at is not null then '按清单验收销号转入，当时没有记企业的话' end, (m.closed_at at time zone 'Asia/Shanghai')::date,
      case when m.closed_at is not null then '清单验收' end, m.closed_at, '系统升级', m.received_at, m.case_id
    from moved m join liaison_target t on t.tenant_id = m.tenant_id and t.kind = 'enterprise' and t.name = m.broken ->> 'enterprise';

    insert into promise_plan (tenant_id, promise_id, version, reason, state, by_name, at, decided_by, decided_at)
    select m.tenant_id, m.id, 1, '清单上的分期', 'approved', '系统升级', m.received_at, '系统升级', m.received_at
    from moved m where m.closed_at is null and m.fen >= (select sum((i ->> 'amountFen')::bigint) from jsonb_array_elements(m.broken -> 'instalments') i);

    insert into promise_instalment (tenant_id, promise_id, version, no, due, fen)
    select p.tenant_id, p.promise_id, 1, row_number() over (partition by p.tenant_id, p.promise_id order by i.due), i.due, i.fen
    from promise_plan p join moved m on m.tenant_id = p.tenant_id and m.id = p.promise_id
    cross join lateral (select (i ->> 'on')::date as due, sum((i ->> 'amountFen')::bigint)::bigint as fen
      from jsonb_array_elements(m.broken -> 'instalments') i group by 1) i;

    insert into promise_event (tenant_id, id, promise_id, act, note, by_name, at)
    select m.tenant_id, gen_random_uuid(), m.id, '由清单转入', '原为清单问题 ' || m.number || '。清单没有写明违诺原因，暂记“程序瑕疵”，请核实后更正'
      || coalesce('；清单上的分期：' || (select string_agg((i ->> 'on') || ' ' || round((i ->> 'amountFen')::numeric / 100, 2) || '元', '、')
        from jsonb_array_elements(m.broken -> 'instalments') i), ''), '系统升级', now()
    from moved m;
`

/** A list of that kind is closed and stays to be read: the register is the list. */
const LISTS = `
    with closed as (
      update problem_list set state = 'closed', closed_at = now(), version = version + 1 where kind = 'brokenPromise' and state <> 'closed'
      returning tenant_id, id, version, closed_at
    )
    insert into problem_list_change (tenant_id, id, list_id, at, kind, by_name, why, data)
    select tenant_id, gen_random_uuid(), id, closed_at, 'close', '系统升级', '失信违诺改由登记册统一管理',
      jsonb_build_object('state', 'closed', 'closedAt', closed_at, 'version', version) from closed;
`
