import type { UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface TaskForceFacts {
  readonly unitId: UnitId
  readonly subject: string
  readonly leadUnitId: UnitId
  readonly memberUnitIds: readonly UnitId[]
  readonly charter: string | null
  readonly validFrom: string
  readonly validTo: string | null
}

/** Writes task forces whose units are there. Members are replaced. */
export async function putTaskForces(tx: Tx, forces: readonly TaskForceFacts[]): Promise<void> {
  const list = JSON.stringify(forces)
  await tx.run(sql`
    insert into task_force (tenant_id, unit_id, subject, lead_unit_id, charter, valid_from, valid_to)
    select ${tx.tenant}, "unitId", subject, "leadUnitId", charter, "validFrom", "validTo"
    from jsonb_to_recordset(${list}::jsonb)
      as f ("unitId" uuid, subject text, "leadUnitId" uuid, charter text, "validFrom" date, "validTo" date)
    on conflict (tenant_id, unit_id) do update
      set subject = excluded.subject, lead_unit_id = excluded.lead_unit_id, charter = excluded.charter,
          valid_from = excluded.valid_from, valid_to = excluded.valid_to`)
  await tx.run(sql`
    delete from task_force_member where tenant_id = ${tx.tenant}
      and unit_id in (select "unitId" from jsonb_to_recordset(${list}::jsonb) as f ("unitId" uuid))`)
  await tx.run(sql`
    insert into task_force_member (tenant_id, unit_id, member_unit_id)
    select distinct ${tx.tenant}::int, f."unitId", member from jsonb_to_recordset(${list}::jsonb) as f ("unitId" uuid, "memberUnitIds" uuid[]), unnest(f."memberUnitIds") as member`)
}

interface Named {
  readonly id: UnitId
  readonly name: string
}
export interface TaskForceRow extends Named {
  readonly code: string
  readonly subject: string
  readonly leadUnit: Named
  readonly members: Named[]
  readonly charter: string | null
  readonly validFrom: string
  readonly validTo: string | null
}

/** All task forces, the current and the past, newest term first; or one. A district has a few dozen. */
export const listTaskForces = (tx: Tx, id: UnitId | null = null) =>
  tx.run<TaskForceRow>(sql`
    select unit.id, unit.code, unit.name, f.subject, f.charter, f.valid_from, f.valid_to,
      jsonb_build_object('id', lead.id, 'name', lead.name) as lead_unit,
      coalesce((select jsonb_agg(jsonb_build_object('id', member.id, 'name', member.name) order by member.code)
        from task_force_member m join unit member on member.tenant_id = m.tenant_id and member.id = m.member_unit_id
        where m.tenant_id = f.tenant_id and m.unit_id = f.unit_id), '[]') as members
    from task_force f
    join unit on unit.tenant_id = f.tenant_id and unit.id = f.unit_id
    join unit lead on lead.tenant_id = f.tenant_id and lead.id = f.lead_unit_id
    where f.tenant_id = ${tx.tenant} and (${id}::uuid is null or f.unit_id = ${id})
    order by f.valid_from desc, unit.code limit 500`)
