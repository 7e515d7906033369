import { randomBytes } from 'node:crypto'
import type { TenantId } from '@banjie/contract'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import type { Store } from '#kernel/store'
import { insertTenant, listTenants, type Tenant } from './tenant.sql.ts'

/** Tenant directory (租户目录): which district answers to which host. With one district always that one. */
export interface TenantDirectory {
  ofHost(host: string): Promise<Tenant>
  byId(id: TenantId): Promise<Tenant>
  all(): Promise<readonly Tenant[]>
  forget(): void
}

const FRESH_MS = 5000

export function tenantDirectory(store: Store, clock: Clock): TenantDirectory {
  let known: { at: number; tenants: readonly Tenant[] } | undefined
  const all = async () => {
    const now = clock.real().getTime()
    if (known === undefined || now - known.at > FRESH_MS) known = { at: now, tenants: await listTenants(store) }
    return known.tenants
  }
  const required = (tenant: Tenant | undefined) => {
    if (tenant === undefined) throw new Fault('tenant.unknown')
    return tenant
  }
  return {
    all,
    async ofHost(host) {
      const tenants = await all()
      if (tenants.length === 1) return required(tenants[0])
      const name = host.replace(/:\d+$/, '').toLowerCase()
      return required(tenants.find((tenant) => tenant.host === name))
    },
    byId: async (id) => required((await all()).find((tenant) => tenant.id === id)),
    forget: () => {
      known = undefined
    },
  }
}

/** Makes the first district of an empty installation; does nothing if it is there. */
export const ensureTenant = (store: Store, clock: Clock, facts: { name: string; demo: boolean }) =>
  insertTenant(
    store,
    {
      id: 1 as TenantId,
      slug: 'district',
      name: facts.name,
      phone: '12345',
      divisionCode: '',
      demo: facts.demo,
      secret: randomBytes(32),
    },
    clock.now(),
  )
