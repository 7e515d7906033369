import { PROJECT_STAGE, type ProjectId } from '@banjie/contract'
import { type Calendar, dueOf, yellowAt } from '#calendar'
import type { Tx } from '#kernel/store'
import { keepObligations, type Owed, termOf } from '#obligation'
import { dayOf } from '#org'
import { type RuleAt, shortfallsOf } from './officer.ts'
import {
  holdProjects,
  listOffices,
  listSheets,
  listStages,
  type OfficeRow,
  type SheetRow,
  type StageRow,
  saveLacking,
} from './project.sql.ts'
import { ruleAt } from './rule-at.ts'
import { STAGES } from './strip.ts'

interface Ground {
  readonly calendar: Calendar
  readonly at: RuleAt
}
/**
 * Settles projects (项目入账): the officers that a big one lacks and its planned stages stand on the ledger as they now are, in the transaction of the
 * change. What is settled is also judged: from which day a project lacks officers is kept, since the days to appoint them run from it.
 * @param ids of the projects that changed; all where absent, as every morning, when ranks and posts may have changed
 */
export async function settleProjects(tx: Tx, calendar: Calendar, now: Date, ids?: readonly ProjectId[]): Promise<void> {
  await holdProjects(tx)
  const today = dayOf(now)
  const at = await ruleAt(tx, today)
  const sheets = await listSheets(tx, { ids }, today)
  const all = sheets.map(({ id }) => id)
  const offices = Map.groupBy(await listOffices(tx, all, today), ({ projectId }) => projectId)
  const stages = Map.groupBy(await listStages(tx, all), ({ projectId }) => projectId)
  const judged = sheets.map((sheet) => ({ sheet, lack: lackOf(sheet, offices.get(sheet.id) ?? [], at) }))
  await saveLacking(
    tx,
    judged.map(({ sheet, lack }) => ({ id: sheet.id, since: lack?.since ?? null })),
  )
  const owed = judged.flatMap(({ sheet, lack }) => [
    ...(lack === undefined ? [] : appointmentOf(sheet, lack, { calendar, at })),
    ...stagesOf(sheet, stages.get(sheet.id) ?? [], calendar),
  ])
  await keepObligations(tx, owed, { kinds: ['appointment', 'stage'], subjects: ids }, now)
}

interface Lack {
  readonly since: string
  /** Offices that are filled as the rule asks. */
  readonly done: number
}
function lackOf(sheet: SheetRow, offices: readonly OfficeRow[], at: RuleAt): Lack | undefined {
  const lacking = shortfallsOf(sheet, offices, at).length
  return lacking === 0 ? undefined : { since: sheet.lackingSince ?? at.today, done: 2 - lacking }
}

/** The last day for appointing (配备期限) what is lacking since a day: so many working days after it. */
export const appointBy = (calendar: Calendar, since: string, workdays: number): string =>
  dayOf(dueOf(calendar, termOf(since, since).beginsAt, { amount: workdays, unit: 'workingDay' }).dueAt)

function appointmentOf({ id, name, unit }: SheetRow, { since, done }: Lack, { calendar, at }: Ground): Owed[] {
  const workdays = at.rule?.appointWorkdays
  if (workdays === undefined) return []
  const term = termOf(since, appointBy(calendar, since, workdays))
  return [
    {
      ...{ key: `appointment ${id} ${since}`, form: 'quantity', kind: 'appointment', subjectId: id, ruleId: null },
      ...{ title: `配备首席负责人和首办秘书：${name}`, leadUnitId: unit.id, unitIds: [unit.id], personIds: [] },
      ...{
        checkUnitId: null,
        ...term,
        redAt: term.dueAt,
        done,
        needed: 2,
        unitWord: '名',
        state: 'running',
        cause: null,
      },
      yellowAt: yellowAt(calendar, term.beginsAt, term.dueAt, { amount: workdays, unit: 'workingDay' }),
    },
  ]
}

/** Planned stages of a project that somebody answers for, from the stage before on. */
function stagesOf(sheet: SheetRow, rows: readonly StageRow[], calendar: Calendar): Owed[] {
  const { id, name, person, unit, state } = sheet
  if (person === null || state !== 'active') return []
  const byStage = new Map(rows.map((row) => [row.stage, row]))
  let before = dayOf(sheet.createdAt)
  return STAGES.flatMap((stage): Owed[] => {
    const row = byStage.get(stage)
    if (row === undefined || row.plannedOn === null) return []
    const term = termOf([before, row.plannedOn].sort()[0] ?? before, row.plannedOn)
    before = row.plannedOn
    const isMet = row.actualOn !== null
    return [
      {
        ...{ key: `stage ${id} ${stage}`, form: 'quantity', kind: 'stage', subjectId: id, ruleId: null },
        title: `${PROJECT_STAGE[stage]}${row.redLine ? '（红线）' : ''}：${name}`,
        ...{ leadUnitId: unit.id, unitIds: [unit.id], personIds: [person.id], checkUnitId: null },
        ...{ ...term, redAt: term.dueAt },
        yellowAt: yellowAt(calendar, term.beginsAt, term.dueAt, { amount: row.days ?? 30, unit: 'workingDay' }),
        ...{ done: isMet ? 1 : 0, needed: 1, unitWord: '项', state: isMet ? 'met' : 'running', cause: null },
      },
    ]
  })
}
