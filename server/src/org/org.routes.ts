import { routes } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import { listPeople, listUnits } from './org.sql.ts'
import { dayOf, type SignIn } from './sign-in.ts'
import { nameStandIn } from './stand-in.ts'
import { listTaskForces } from './task-force.sql.ts'
import { setUpTaskForce } from './task-force.ts'
import type { TenantDirectory } from './tenant.ts'

/** Sign-in, units and people. */
export function orgRoutes({ serve, serveRaw }: Server, signIn: SignIn, directory: TenantDirectory): void {
  const sessionOf = async (tenant: Parameters<SignIn['holderOf']>[0], account: string) => {
    const [holder, district] = await Promise.all([signIn.holderOf(tenant, account), directory.byId(tenant)])
    const { personId, name, unitId, unitName, roles } = holder
    return {
      account,
      personId,
      name,
      unitId,
      unitName,
      roles: [...roles],
      district: district.name,
      demo: district.demo,
    }
  }

  serveRaw(routes.signIn, async ({ tenant, request, reply, body }) => {
    await signIn.signIn(tenant, request, reply, body.account, body.password)
    return sessionOf(tenant, body.account)
  })
  serveRaw(routes.session, ({ tenant, by }) => sessionOf(tenant, by.account ?? ''))
  serveRaw(routes.signOut, ({ request, reply }) => signIn.signOut(request, reply))
  serve(routes.newToken, async ({ tx, by, body }) => {
    if (!by.roles.has('admin')) throw new Fault('forbidden')
    await signIn.holderOf(tx.tenant, body.account)
    const { expiresAt, ...token } = await signIn.issueToken(tx, body.name, body.account, body.validDays)
    return { ...token, expiresAt: expiresAt.toISOString() }
  })
  serve(routes.units, async ({ tx, query, by }) => ({ items: (await listUnits(tx, query, dayOf(by.at))) as never }))
  serve(routes.people, async ({ tx, query, by }) => ({ items: await listPeople(tx, query, dayOf(by.at)) }))
  serve(routes.taskForces, async ({ tx }) => ({ items: await listTaskForces(tx) }))
  serve(routes.newTaskForce, async ({ tx, by, body }) => {
    tx.afterCommit(signIn.forget)
    return setUpTaskForce(tx, body, by)
  })
  serve(routes.newStandIn, async ({ tx, by, body }) => {
    tx.afterCommit(signIn.forget)
    return nameStandIn(tx, body, by)
  })
}
