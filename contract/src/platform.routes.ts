import { z } from 'zod'
import { EnterpriseId, MeetingId, PlatformPersonId } from './brand.ts'
import { MeetingIssues, NewMeetingIssue, NewPlatformPerson, PlatformOverview, PlatformPerson } from './platform.ts'
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
  meetingIssues: route({
    method: 'GET',
    path: '/api/v1/meetings/:id/issues',
    summary: '企业在会上提出的问题，及其答复情况',
    open: 'person',
    status: 200,
    params: z.object({ id: MeetingId }),
    response: MeetingIssues,
  }),
  newMeetingIssue: route({
    method: 'POST',
    path: '/api/v1/meetings/:id/issues',
    summary: '登记企业在会上提出的问题，即为该企业的诉求',
    open: 'person',
    status: 201,
    params: z.object({ id: MeetingId }),
    body: NewMeetingIssue,
    response: MeetingIssues,
  }),
} as const satisfies Record<string, Route>
