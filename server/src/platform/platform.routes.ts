import { routes } from '@banjie/contract'
import type { Engine } from '#case'
import type { Server } from '#kernel/http'
import { overviewOf } from './demand.ts'
import { issuesOf, raiseIssue } from './issue.ts'
import { invite, revoke } from './person.ts'

/** The platform (政企互动平台) on the side of the desk. */
export function platformRoutes({ serve }: Server, engine: Engine): void {
  serve(routes.platform, ({ tx, by }) => overviewOf(tx, engine, undefined, by))
  serve(routes.enterprisePlatform, ({ tx, by, params }) => overviewOf(tx, engine, params.id, by))
  serve(routes.newPlatformPerson, ({ tx, by, params, body }) => invite(tx, params.id, body, by))
  serve(routes.revokePlatformPerson, ({ tx, by, params, body }) => revoke(tx, params.id, body.reason, by))
  serve(routes.meetingIssues, ({ tx, by, params }) => issuesOf(tx, engine, params.id, by))
  serve(routes.newMeetingIssue, async ({ tx, by, params, body }) => {
    await raiseIssue(tx, engine, params.id, body, by)
    return issuesOf(tx, engine, params.id, by)
  })
}
