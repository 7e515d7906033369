import { PROJECT_STAGE, type ProjectId, type ProjectSchedule, type ProjectStage } from '@banjie/contract'
import { dayAfter } from '#cadence'
import { type Calendar, type WorkdayLine, workdayLine } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { backSchedule, slipOf, type Work } from '#plan'
import { getSheet } from './keeper.ts'
import { listStages, type StageRow } from './project.sql.ts'
import { STAGES } from './strip.ts'

/** Days to either side of which the line of working days reaches. */
const REACH = 2200
const [FIRST, LAST] = ['2007-01-01', '2045-12-31']

interface Delay {
  readonly stage?: ProjectStage | undefined
  readonly slip?: number | undefined
}
/**
 * Schedules what is left of a project back from its day of production (倒排工期): latest starts by working days, red lines; and what a delay would do.
 * @throws Fault 'project.not_found' | 'project.no_production' | 'project.no_days' | 'project.too_long'
 */
export async function scheduleOf(
  tx: Tx,
  id: ProjectId,
  delay: Delay,
  calendar: Calendar,
  by: Actor,
): Promise<ProjectSchedule> {
  await getSheet(tx, id, by.at)
  const rows = await listStages(tx, [id])
  const productionOn = rows.find(({ stage }) => stage === 'production')?.plannedOn ?? null
  if (productionOn === null) throw new Fault('project.no_production')
  const today = dayOf(by.at)
  const line = lineAround([today, productionOn], calendar)
  const left = STAGES.flatMap((stage) => {
    const row = rows.find((one) => one.stage === stage)
    return row === undefined || row.actualOn !== null || row.days === null ? [] : { ...row, days: row.days }
  })
  if (left.length === 0) throw new Fault('project.no_days')
  const works = worksOf(left, productionOn, line)
  return {
    productionOn,
    items: itemsOf(left, works, line, today),
    slip: slipIn(left, works, line, { ...delay, today }),
  }
}

/** Working days around some days, as far as the calendar goes. */
function lineAround(days: readonly string[], calendar: Calendar): WorkdayLine {
  const around = days.flatMap((day) => [dayAfter(day, -REACH), dayAfter(day, REACH)])
  const known = around.filter((day) => day >= FIRST && day <= LAST).sort()
  return workdayLine(calendar, known[0] ?? FIRST, known.at(-1) ?? LAST)
}

type LeftRow = StageRow & { readonly days: number }
/** One stage after the other; a red line binds the stage by itself. */
const worksOf = (rows: readonly LeftRow[], productionOn: string, line: WorkdayLine): Work[] =>
  rows.map(({ stage, days, redLine, plannedOn }, i) => {
    const due = redLine && plannedOn !== null && plannedOn < productionOn ? plannedOn : productionOn
    const before = rows[i - 1]
    return { id: stage, days, due: line.until(due), after: before === undefined ? [] : [before.stage] }
  })

/** @throws Fault 'project.too_long' */
function dayAt(line: WorkdayLine, at: number, stage: ProjectStage): string {
  const day = line.days[at]
  if (day === undefined) throw new Fault('project.too_long', { stage: PROJECT_STAGE[stage] })
  return day
}

function itemsOf(rows: readonly LeftRow[], works: readonly Work[], line: WorkdayLine, today: string) {
  const slots = backSchedule(works)
  return rows.map(({ stage, days, plannedOn, redLine }) => {
    const { start, finish } = slots.get(stage) ?? { start: -1, finish: -1 }
    const latestStart = dayAt(line, start, stage)
    return {
      ...{ stage, days, latestStart, latestFinish: dayAt(line, finish, stage), plannedOn, redLine },
      ...{
        late: latestStart < today,
        short: plannedOn === null ? 0 : Math.max(0, line.until(plannedOn) - finish),
      },
    }
  })
}

function slipIn(
  rows: readonly LeftRow[],
  works: readonly Work[],
  line: WorkdayLine,
  { stage, slip, today }: Delay & { readonly today: string },
): ProjectSchedule['slip'] {
  if (stage === undefined || slip === undefined || !rows.some((row) => row.stage === stage)) return null
  const begin = line.from(today)
  const { slack, moves } = slipOf(works, () => begin, { id: stage, slip })
  const shown = moves.map(({ id, now, lastDay, late }) => {
    const row = rows.find((one) => one.stage === id)
    const moved = id as ProjectStage
    const end = dayAt(line, now.finish, moved)
    return {
      ...{ stage: moved, end, lastDay: dayAt(line, lastDay, moved), late },
      redLine: row?.redLine === true && row.plannedOn !== null && end > row.plannedOn,
    }
  })
  const late = shown.filter((move) => move.late > 0).length
  const words =
    late === 0
      ? `${PROJECT_STAGE[stage]}后延 ${slip} 个工作日，在机动时间（${Math.max(0, slack)} 个工作日）之内。`
      : `${PROJECT_STAGE[stage]}后延 ${slip} 个工作日，${late} 个环节超过最迟日期。`
  return { stage, days: slip, words, moves: shown }
}
