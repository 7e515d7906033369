import type { DaysSaved, DaysSavedGap, ProjectId, ProjectStage, ProjectType } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type BaselineRow, listBaselines } from './baseline.sql.ts'
import { firstFrozen } from './baseline.ts'
import { listPauses, listSheets, listStages, type PauseRow, type SheetRow } from './project.sql.ts'

const DAY_MS = 86_400_000
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS

interface Wanted {
  readonly stage: ProjectStage
  readonly type?: ProjectType | undefined
  readonly ids?: readonly ProjectId[] | undefined
}
/** Days saved to a stage (缩短天数) over a group: each project with what it rests on, the least of them, and what cannot be judged. */
export async function daysSaved(tx: Tx, { stage, type, ids }: Wanted, by: Actor): Promise<DaysSaved> {
  const sheets = await listSheets(tx, { type, ids }, dayOf(by.at))
  const all = sheets.map(({ id }) => id)
  const baselines = Map.groupBy(await listBaselines(tx, all), ({ projectId }) => projectId)
  const pauses = Map.groupBy(await listPauses(tx, all), ({ projectId }) => projectId)
  const actual = new Map(
    (await listStages(tx, all)).flatMap((row) => (row.stage === stage ? [[row.projectId, row.actualOn] as const] : [])),
  )
  const judged = sheets.map((sheet) => {
    const rows = { baselines: baselines.get(sheet.id) ?? [], pauses: pauses.get(sheet.id) ?? [] }
    return judge(sheet, stage, { ...rows, actualOn: actual.get(sheet.id) ?? null })
  })
  const items = judged.flatMap((one) => ('days' in one ? one : [])).toSorted((a, b) => a.days - b.days)
  const left = judged.flatMap((one) => ('why' in one ? one : []))
  const [least] = items
  return { stage, least: least ? { project: least.project, days: least.days } : null, n: items.length, items, left }
}

interface Known {
  readonly baselines: readonly BaselineRow[]
  readonly pauses: readonly PauseRow[]
  readonly actualOn: string | null
}
/** A sound figure, or why there is none: the expectation must have been frozen before it was known how things went. */
function judge(
  { id, name, state, stateNote }: SheetRow,
  stage: ProjectStage,
  { baselines, pauses, actualOn }: Known,
): DaysSaved['items'][number] | DaysSaved['left'][number] {
  const project = { id, name }
  const not = (why: DaysSavedGap, note: string | null = null) => ({ project, why, note })
  if (state !== 'active') return not('cancelled', stateNote)
  const frozen = firstFrozen(baselines).get(stage)
  if (frozen === undefined || frozen.row.decidedAt === null) return not('notFrozen')
  if (actualOn === null) return not('notReached', `预期 ${frozen.on}`)
  const frozenOn = dayOf(frozen.row.decidedAt)
  if (frozenOn >= actualOn) return not('lateFrozen', `${frozenOn} 冻结，${actualOn} 已实际发生`)
  return {
    ...{ project, expectedOn: frozen.on, actualOn, days: daysBetween(actualOn, frozen.on) },
    ...{ version: frozen.row.version, frozenBy: frozen.row.decidedName ?? '', frozenOn, document: frozen.row.document },
    pausedDays: pausedDays(pauses, actualOn),
    later: baselines.filter((row) => row.state === 'frozen' && row.version > frozen.row.version).length,
  }
}

/** Calendar days of pauses up to a day, each once however many pauses it lies in. */
function pausedDays(pauses: readonly PauseRow[], until: string): number {
  const days = new Set<number>()
  for (const { from, to } of pauses)
    for (let day = Date.parse(from); day <= Date.parse(to < until ? to : until); day += DAY_MS) days.add(day)
  return days.size
}
