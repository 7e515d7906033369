import type { Routes } from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar, CalendarBook, HolidayNotice } from '#calendar'
import { type Actor, onBehalf } from '#kernel/actor'
import { invalid } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listClocksOf, lockDueFrom } from './engine/case.sql.ts'
import { type Arming, wouldBeDue } from './engine/clocks.ts'
import type { Engine } from './engine/engine.ts'
import type { CaseClock, CaseState } from './engine/state.ts'

type Published = z.input<Routes['publishYear']['response']>
type Moved = Published['moved'][number]
const BATCH = 200
const LOWEST = '00000000-0000-0000-0000-000000000000'
const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' })

/**
 * Publish a year's holiday notice (公布放假安排): shows which dates it moves, and, unless it is a dry run, writes the calendar and sets the dates of
 * the open cases anew in the same transaction. A date moves later with a notice to the person; a date that would come earlier stays.
 */
export async function publishYear(
  tx: Tx,
  { engine, calendars }: { engine: Engine; calendars: CalendarBook },
  notice: HolidayNotice & { readonly dryRun: boolean },
  by: Actor,
): Promise<Published> {
  refuseOddDays(notice)
  const calendar = await calendars.with(tx.tenant, notice)
  const from = new Date(`${notice.year}-01-01T00:00:00+08:00`)
  const moved: Moved[] = []
  let confirmed = 0
  for (let after = LOWEST; ; ) {
    const cases = await lockDueFrom(tx, from, after, BATCH)
    const diffs = await diffsOf(tx, engine, calendar, { cases, from })
    moved.push(...diffs.flatMap(({ moves }) => moves))
    confirmed += diffs.filter(({ moves }) => moves.length === 0).length
    if (!notice.dryRun) await reprojectAll(tx, engine, calendar, diffs, by)
    after = cases.at(-1)?.id ?? ''
    if (cases.length < BATCH) break
  }
  if (!notice.dryRun) await calendars.publish(tx, notice, by)
  return { year: notice.year, source: notice.source, dryRun: notice.dryRun, moved, confirmed }
}

interface Diff {
  readonly kase: CaseState
  readonly moves: readonly Moved[]
}

/** Which dates of the cases the new calendar moves. */
async function diffsOf(
  tx: Tx,
  engine: Engine,
  calendar: Calendar,
  { cases, from }: { cases: readonly CaseState[]; from: Date },
): Promise<readonly Diff[]> {
  const ids = cases.map(({ id }) => id)
  const running = (await listClocksOf(tx, ids)).filter(
    ({ endedAt, dueAt, fixed }) => endedAt === null && !fixed && dueAt >= from,
  )
  const clocks = Map.groupBy(running, ({ caseId }) => caseId)
  const diffs: Diff[] = []
  for (const kase of cases) {
    const rules = await engine.rules.of(tx, kase.ruleSet)
    const arming = { type: engine.typeOf(kase), calendar, rules, kase }
    diffs.push({ kase, moves: (clocks.get(kase.id) ?? []).flatMap((clock) => moveOf(clock, arming)) })
  }
  return diffs
}

/** Where the new calendar moves a date, if it does. */
function moveOf(clock: CaseClock, arming: Arming): readonly Moved[] {
  const to = wouldBeDue(clock, arming)
  if (to.getTime() === clock.dueAt.getTime()) return []
  const { id, number, title } = arming.kase
  const dates = { from: clock.dueAt.toISOString(), to: to.toISOString() }
  return [{ id, number, title, clock: clock.kind, ...dates, applied: to > clock.dueAt }]
}

async function reprojectAll(tx: Tx, engine: Engine, calendar: Calendar, diffs: readonly Diff[], by: Actor) {
  const able = diffs.filter(({ kase }) => engine.typeOf(kase).actions['reproject']?.from.includes(kase.stage))
  await engine.actAll(
    tx,
    able.map(({ kase, moves }) => ({
      caseId: kase.id,
      action: 'reproject',
      input: { notice: wordsFor(moves) },
      by: onBehalf(by),
    })),
    calendar,
  )
}

function wordsFor(moves: readonly Moved[]): string {
  const later =
    moves.findLast(({ applied, clock }) => applied && clock === 'handle') ?? moves.find(({ applied }) => applied)
  return later === undefined
    ? '放假安排已公布，办理期限不变'
    : `因放假安排公布，办理期限由${DAY.format(new Date(later.from))}调整为${DAY.format(new Date(later.to))}`
}

function refuseOddDays({ year, off, work }: HolidayNotice): void {
  const odd = [...Object.keys(off), ...Object.keys(work)].find((day) => !day.startsWith(`${year}-`))
  if (odd !== undefined) throw invalid('off', 'calendar.other_year', { day: odd, year })
  const both = Object.keys(off).find((day) => day in work)
  if (both !== undefined) throw invalid('work', 'calendar.both', { day: both })
}
