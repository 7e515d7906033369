import { type Project, type ProjectId, routes } from '@banjie/contract'
import type { CalendarBook } from '#calendar'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import type { Server } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { appoint, endOffice } from './appoint.ts'
import { decideBaseline, proposeBaseline } from './baseline.ts'
import { daysSaved } from './days-saved.ts'
import { investmentTargets, putInvestmentTargets } from './investment.ts'
import { listProjectRules, listRanks } from './rule.sql.ts'
import { putProjectRule } from './rule.ts'
import { scheduleOf } from './schedule.ts'
import { dropProject, editProject, pauseProject, raiseBottleneck, registerProject, setFactor } from './sheet.ts'
import { setStages } from './stage.ts'
import { projectOf, projectsOf, projectsOfEnterprise, violationsOf } from './view.ts'

interface Deps {
  readonly engine: Engine
  readonly calendars: CalendarBook
}
/** The register of projects: sheets, stages, officers, what holds them up, days saved, investment targets. */
export function projectRoutes({ serve }: Server, { engine, calendars }: Deps): void {
  const days = (tx: Tx) => calendars.of(tx.tenant, null)
  const one = async (tx: Tx, id: ProjectId, by: Actor): Promise<Project> =>
    projectOf(tx, engine, id, await days(tx), by)

  serve(routes.projects, async ({ tx, by, query }) => projectsOf(tx, query, await days(tx), by))
  serve(routes.newProject, async ({ tx, by, body }) => one(tx, await registerProject(tx, body, await days(tx), by), by))
  serve(routes.project, ({ tx, by, params }) => one(tx, params.id, by))
  serve(routes.editProject, async ({ tx, by, params, body }) => {
    await editProject(tx, params.id, body, await days(tx), by)
    return one(tx, params.id, by)
  })
  serve(routes.setProjectStages, async ({ tx, by, params, body }) => {
    await setStages(tx, params.id, body, await days(tx), by)
    return one(tx, params.id, by)
  })
  serve(routes.pauseProject, async ({ tx, by, params, body }) => {
    await pauseProject(tx, params.id, body, await days(tx), by)
    return one(tx, params.id, by)
  })
  serve(routes.dropProject, async ({ tx, by, params, body }) => {
    await dropProject(tx, params.id, body, await days(tx), by)
    return one(tx, params.id, by)
  })
  serve(routes.setFactor, async ({ tx, by, params, body }) => {
    await setFactor(tx, params.id, body, by)
    return one(tx, params.id, by)
  })
  serve(routes.appointOfficer, async ({ tx, by, params, body }) => {
    await appoint(tx, params.id, body, await days(tx), by)
    return one(tx, params.id, by)
  })
  serve(routes.endOfficer, async ({ tx, by, params, body }) => {
    await endOffice(tx, params.id, { ...body, liaison: params.liaison }, await days(tx), by)
    return one(tx, params.id, by)
  })
  serve(routes.newBottleneck, async ({ tx, by, params, body }) => {
    await raiseBottleneck(tx, engine, params.id, body, by)
    return one(tx, params.id, by)
  })
  serve(routes.newBaseline, async ({ tx, by, params, body }) => {
    await proposeBaseline(tx, params.id, body, by)
    return one(tx, params.id, by)
  })
  serve(routes.decideBaseline, async ({ tx, by, params, body }) => {
    await decideBaseline(tx, params.id, { ...body, version: params.version }, by)
    return one(tx, params.id, by)
  })
  serve(routes.projectSchedule, async ({ tx, by, params, query }) =>
    scheduleOf(tx, params.id, query, await days(tx), by),
  )
  serve(routes.daysSaved, ({ tx, by, query }) => daysSaved(tx, query, by))
  serve(routes.projectViolations, async ({ tx, by }) => violationsOf(tx, await days(tx), by))
  serve(routes.projectRules, async ({ tx }) => ({ items: await listProjectRules(tx), ranks: await listRanks(tx) }))
  serve(routes.newProjectRule, async ({ tx, by, body }) => putProjectRule(tx, body, await days(tx), by))
  serve(routes.investmentTargets, ({ tx, by, query }) => investmentTargets(tx, query.year, by))
  serve(routes.newInvestmentTargets, ({ tx, by, body }) => putInvestmentTargets(tx, body, by))
  serve(routes.enterpriseProjects, async ({ tx, by, params }) => ({
    items: await projectsOfEnterprise(tx, params.id, await days(tx), by),
  }))
}
