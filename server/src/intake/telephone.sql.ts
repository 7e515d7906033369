import { sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

const MOST = 20
/**
 * Matters of a person by telephone and name, the person's own or those of whom they speak for; the latest first. Many may share one telephone, so
 * the telephone alone finds nothing. Cost: two index look-ups on party.
 */
export const listByCaller = (tx: Tx, { phone, name }: { phone: string; name: string }, sight: Sight) =>
  tx.run<{ number: string }>(sql`
    select c.number from party p join "case" c on c.tenant_id = p.tenant_id and c.id = p.case_id
    where p.tenant_id = ${tx.tenant} and p.role = 'asker' and c.type in ('appeal', 'proposal') and ${visible(sight, tx.tenant)}
      and ((p.phone = ${phone} and p.name = ${name}) or (p.proxy_phone = ${phone} and p.proxy_name = ${name}))
    order by c.received_at desc, c.id desc limit ${MOST}`)

/** Name and telephone that the asker left with a case. */
export const findCaller = async (tx: Tx, caseId: string) =>
  (
    await tx.run<{ name: string | null; phone: string | null }>(
      sql`select name, phone from party where tenant_id = ${tx.tenant} and case_id = ${caseId} and role = 'asker' limit 1`,
    )
  )[0]
