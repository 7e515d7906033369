import { routes } from '@banjie/contract'
import type { Engine } from '#case'
import type { Server } from '#kernel/http'
import type { TenantDirectory } from '#org'
import { overviewOf } from './demand.ts'
import { issuesOf, raiseIssue } from './issue.ts'
import { invite, revoke, type Ways } from './person.ts'

const ALL: Ways = new Set(['mail', 'sms'])

/** The platform (政企互动平台) on the side of the desk. */
export function platformRoutes(
  { serve }: Server,
  engine: Engine,
  { directory, configured }: { readonly directory: TenantDirectory; readonly configured: Ways },
): void {
  serve(routes.platform, ({ tx, by }) => overviewOf(tx, engine, undefined, by))
  serve(routes.enterprisePlatform, ({ tx, by, params }) => overviewOf(tx, engine, params.id, by))
  serve(routes.newPlatformPerson, async ({ tx, by, params, body }) =>
    invite(tx, params.id, body, (await directory.byId(tx.tenant)).demo ? ALL : configured, by),
  )
  serve(routes.revokePlatformPerson, ({ tx, by, params, body }) => revoke(tx, params.id, body.reason, by))
  serve(routes.meetingIssues, ({ tx, by, params }) => issuesOf(tx, engine, params.id, by))
  serve(routes.newMeetingIssue, async ({ tx, by, params, body }) => {
    await raiseIssue(tx, engine, params.id, body, by)
    return issuesOf(tx, engine, params.id, by)
  })
}
