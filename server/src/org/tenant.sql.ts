import type { TenantId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Store, Tx } from '#kernel/store'

/** Tenant (租户): a district of this installation. */
export interface Tenant {
  readonly id: TenantId
  readonly slug: string
  readonly name: string
  readonly host: string | null
  readonly phone: string
  readonly divisionCode: string
  readonly demo: boolean
  readonly secret: Buffer
}

/** All districts, in order; a handful. */
export const listTenants = (store: Store) =>
  store.reference<Tenant>(sql`select id, slug, name, host, phone, division_code, demo, secret from tenant order by id`)

export const insertTenant = (store: Store, tenant: Omit<Tenant, 'host'>, at: Date) =>
  store.reference(sql`
    insert into tenant (id, slug, name, phone, division_code, demo, secret, created_at)
    values (${tenant.id}, ${tenant.slug}, ${tenant.name}, ${tenant.phone}, ${tenant.divisionCode}, ${tenant.demo}, ${tenant.secret}, ${at})
    on conflict do nothing`)

export const renameTenant = (tx: Tx, facts: { slug: string; name: string; phone: string; divisionCode: string }) =>
  tx.run(sql`
    update tenant set slug = ${facts.slug}, name = ${facts.name}, phone = ${facts.phone}, division_code = ${facts.divisionCode}
    where id = ${tx.tenant}`)
