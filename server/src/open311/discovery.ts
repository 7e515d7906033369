import type { Tenant } from '#org'
import type { Answer } from './answer.ts'

const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2'
/** When the interface last changed. */
const CHANGESET = '2026-11-25T00:00:00+08:00'

/** Service discovery (接口发现): where the interface lies, in which forms, and whom to ask for a key. */
export function discovery(tenant: Tenant, origin: string): Answer {
  const contact = `${tenant.name}，电话 ${tenant.phone}`
  const key_service = `提交诉求须有 api_key，请向${tenant.name}管理员申请；电话 ${tenant.phone}`
  const endpoint = {
    specification: SPECIFICATION,
    url: `${origin}/open311/v2`,
    changeset: CHANGESET,
    type: 'production',
  }
  const formats = ['application/json', 'text/xml']
  return {
    json: { changeset: CHANGESET, contact, key_service, endpoints: [{ ...endpoint, formats }] },
    xml: {
      discovery: {
        ...{ changeset: CHANGESET, contact, key_service },
        endpoints: { endpoint: [{ ...endpoint, formats: { format: formats } }] },
      },
    },
  }
}
