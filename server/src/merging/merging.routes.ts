import { type OpinionFilter, routes } from '@banjie/contract'
import { type Engine, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import type { Server } from '#kernel/http'
import { type Grouper, groupingView, membersOf } from './grouping.ts'
import type { HotWatch } from './hot.ts'
import { decideLinks, linkViews } from './link.ts'
import type { Scope } from './opinion.sql.ts'
import { mergeCount, opinionPage, problemPage } from './opinion.ts'
import type { StepRunner } from './run-step.ts'
import { beginStep, beginUndo, getStep, stepView, stepViews } from './step.ts'

export interface MergingParts {
  readonly engine: Engine
  readonly grouper: Grouper
  readonly runner: StepRunner
  readonly hot: HotWatch
}

/** The merge desk (归并台): the pool, its counter, suggested groups, steps and their undoing, decisions, hot issues. */
export function mergingRoutes({ serve, serveRaw }: Server, { engine, grouper, runner, hot }: MergingParts): void {
  serve(routes.opinions, async ({ tx, by, query }) => {
    const { limit, cursor, grouping, group, ...filter } = query
    const run = grouping === undefined ? undefined : await grouper.get(tx, grouping, by)
    const only = run === undefined ? undefined : membersOf(run, group ?? '')
    return opinionPage(engine, tx, { ...scopeOf(filter, by), only }, { limit, cursor })
  })
  serve(routes.mergeCount, ({ tx, by, query }) => mergeCount(tx, scopeOf(query, by)))
  serve(routes.problemsToMerge, ({ tx, by, query }) => problemPage(engine, tx, query, by))

  serve(routes.newGrouping, ({ tx, by, body }) => grouper.begin(tx, body, by))
  serve(routes.grouping, async ({ tx, by, params }) => groupingView(await grouper.get(tx, params.id, by)))

  serve(routes.newMergeStep, async ({ tx, by, body }) => {
    const step = await beginStep(engine, tx, body, by)
    tx.afterCommit(() => void runner.run(tx.tenant, step, body, by))
    return stepView(tx, step, by)
  })
  serve(routes.mergeSteps, async ({ tx, by }) => ({ items: await stepViews(tx, by) }))
  serve(routes.mergeStep, async ({ tx, by, params }) => stepView(tx, await getStep(tx, params.id, by), by))
  serve(routes.undoMergeStep, async ({ tx, by, params }) => {
    const step = await beginUndo(tx, params.id, by)
    tx.afterCommit(() => void runner.undo(tx.tenant, step, by))
    return stepView(tx, step, by)
  })

  serve(routes.newOpinionLinks, async ({ tx, by, body }) => ({ items: await decideLinks(engine, tx, body, by) }))
  serve(routes.opinionLinks, async ({ tx, by, query }) => ({ items: await linkViews(engine, tx, query.case, by) }))
  // Comparing may take seconds; no transaction waits for it.
  serveRaw(routes.hotIssues, async ({ tenant, by, query }) => ({ items: await hot.list(tenant, query, by) }))
}

const scopeOf = (filter: OpinionFilter, by: Actor): Scope => ({ filter, sight: sightOf(by), now: by.at })
