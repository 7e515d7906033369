import { z } from 'zod'
import { EnterpriseId, PlatformPersonId } from './brand.ts'
import { NewPlatformPerson, PlatformOverview, PlatformPerson } from './platform.ts'
import { type Route, route } from './route.ts'
import { text } from './shape.ts'

/** The government–enterprise platform (政企互动平台), on the side of the desk. */
export const platformRoutes = {
  platform: route({
    method: 'GET',
    path: '/api/v1/platform',
    summary: '政企互动平台：企业用户、平台诉求、超期未答',
    open: 'person',
    status: 200,
    response: PlatformOverview,
  }),
  enterprisePlatform: route({
    method: 'GET',
    path: '/api/v1/enterprises/:id/platform',
    summary: '一户企业的平台用户和平台诉求',
    open: 'person',
    status: 200,
    params: z.object({ id: EnterpriseId }),
    response: PlatformOverview,
  }),
  newPlatformPerson: route({
    method: 'POST',
    path: '/api/v1/enterprises/:id/platform-people',
    summary: '邀请企业人员使用政企互动平台',
    open: 'person',
    status: 201,
    params: z.object({ id: EnterpriseId }),
    body: NewPlatformPerson,
    response: PlatformPerson,
  }),
  revokePlatformPerson: route({
    method: 'POST',
    path: '/api/v1/platform-people/:id/revoke',
    summary: '停用一名企业用户，其登录立即失效',
    open: 'person',
    status: 200,
    params: z.object({ id: PlatformPersonId }),
    body: z.strictObject({ reason: text(200) }),
    response: PlatformPerson,
  }),
} as const satisfies Record<string, Route>
