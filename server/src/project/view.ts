import type {
  EnterpriseId,
  Project,
  ProjectId,
  ProjectList,
  ProjectRow,
  ProjectStage,
  ProjectViolations,
} from '@banjie/contract'
import type { Calendar } from '#calendar'
import { type CaseState, caseLight, type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { mayKeepTargets } from '#liaison'
import { dayOf } from '#org'
import { listBaselines } from './baseline.sql.ts'
import { baselineView, firstFrozen } from './baseline.ts'
import { mayEdit } from './keeper.ts'
import { isBig, officersOn, shortfallsOf } from './officer.ts'
import {
  listBottlenecks,
  listFactors,
  listOffices,
  listPauses,
  listSheets,
  listStages,
  listWithoutSheet,
  type SheetFilter,
} from './project.sql.ts'
import { ruleAt } from './rule-at.ts'
import { appointBy } from './settle.ts'
import { stageOf, stripOf } from './strip.ts'

/** Projects with their strip, their officers and what is wrong with them, whatever asks for them. */
async function rowsOf(tx: Tx, filter: SheetFilter, calendar: Calendar, by: Actor): Promise<ProjectRow[]> {
  const today = dayOf(by.at)
  const at = await ruleAt(tx, today)
  const sheets = await listSheets(tx, filter, today)
  const ids = sheets.map(({ id }) => id)
  const stages = Map.groupBy(await listStages(tx, ids), ({ projectId }) => projectId)
  const offices = Map.groupBy(await listOffices(tx, ids, today), ({ projectId }) => projectId)
  const baselines = Map.groupBy(await listBaselines(tx, ids), ({ projectId }) => projectId)
  return sheets.map((sheet) => {
    const { lackingSince, createdAt: _, ...row } = sheet
    const own = offices.get(sheet.id) ?? []
    const dated = stages.get(sheet.id) ?? []
    const frozen = new Map([...firstFrozen(baselines.get(sheet.id) ?? [])].map(([stage, { on }]) => [stage, on]))
    const workdays = at.rule?.appointWorkdays
    return {
      ...{ ...row, stage: stageOf(dated), stages: stripOf(dated, frozen, today) },
      ...{ officers: officersOn(own, at), violations: shortfallsOf(sheet, own, at) },
      appointBy: lackingSince === null || workdays === undefined ? null : appointBy(calendar, lackingSince, workdays),
    }
  })
}

interface Wanted extends SheetFilter {
  readonly stage?: ProjectStage | undefined
}
/** The register (项目台账), what is wrong first; and the projects that are bound but have no amount. */
export async function projectsOf(
  tx: Tx,
  { stage, ...filter }: Wanted,
  calendar: Calendar,
  by: Actor,
): Promise<ProjectList> {
  const rows = await rowsOf(tx, filter, calendar, by)
  const items = rows.filter((row) => stage === undefined || row.stage === stage)
  return {
    items: items.toSorted((a, b) => Math.sign(b.violations.length) - Math.sign(a.violations.length)),
    without: await listWithoutSheet(tx, dayOf(by.at)),
    mayKeep: mayKeepTargets(by),
  }
}

/** Projects of an enterprise (企业的项目). */
export const projectsOfEnterprise = (tx: Tx, enterprise: EnterpriseId, calendar: Calendar, by: Actor) =>
  rowsOf(tx, { enterprise }, calendar, by)

/** One project with everything that hangs on it. @throws Fault 'project.not_found' */
export async function projectOf(
  tx: Tx,
  engine: Engine,
  id: ProjectId,
  calendar: Calendar,
  by: Actor,
): Promise<Project> {
  const [row] = await rowsOf(tx, { ids: [id] }, calendar, by)
  const [sheet] = await listSheets(tx, { ids: [id] }, dayOf(by.at))
  if (row === undefined || sheet === undefined) throw new Fault('project.not_found')
  const bottlenecks = await listBottlenecks(tx, id, sightOf(by))
  const goesOn = row.state === 'active'
  return {
    ...row,
    baselines: (await listBaselines(tx, [id])).map((one) => baselineView(one, by)).toReversed(),
    pauses: (await listPauses(tx, [id])).map(({ projectId: _, ...pause }) => pause),
    factors: await listFactors(tx, id),
    bottlenecks: bottlenecks.map(
      ({ kind, number, title, leadUnit, mayOpen, at, closedAt, type, stage, dueKind, ...clock }) => ({
        ...{ kind, number, title, leadUnit, mayOpen, closed: closedAt !== null, at: at.toISOString() },
        light: caseLight({ ...clock, dueKind: dueKind as CaseState['dueKind'] }, by.at),
        stageLabel: stageWord(engine.typeOf({ type }), stage),
      }),
    ),
    may: { keep: goesOn && mayKeepTargets(by), edit: goesOn && (await mayEdit(tx, sheet, by)) },
  }
}

/** Big projects without exactly one chief and one secretary of the rank (配备违规清单), the largest first. */
export async function violationsOf(tx: Tx, calendar: Calendar, by: Actor): Promise<ProjectViolations> {
  const { rule, today } = await ruleAt(tx, dayOf(by.at))
  const big = (await rowsOf(tx, {}, calendar, by)).filter((row) => isBig(row, rule))
  const items = big
    .filter(({ violations }) => violations.length > 0)
    .map(({ id, name, amountFen, unit, violations, appointBy: until }) => ({
      ...{ project: { id, name }, amountFen, unit, faults: violations, appointBy: until },
      overdue: until !== null && until < today,
    }))
  return { items, projects: big.length, rule: rule ?? null }
}
