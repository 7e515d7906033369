import type { NoticeKind, TenantId, UnitId } from '@banjie/contract'
import { dueOf, officeTime } from '#calendar'
import { type Engine, issueNotice, type Rung, rungAfter, rungOf } from '#case'
import { system } from '#kernel/actor'
import type { Store, Tx } from '#kernel/store'
import { dayOf } from '#org'
import { claimLate, climb, type LateRow } from './obligation.sql.ts'

const BATCH = 500
const TOLD = 20

interface Told {
  readonly rung: Rung
  readonly unit: UnitId | null
  readonly rows: readonly LateRow[]
}

/**
 * Alarms (到期升级) for what is owed beside cases: a missed period or a target that turned red climbs the same ladder of working days as an overdue
 * case. Whoever is told is told once a sweep, of everything at once: ten missed visits of one unit are one notice and not ten.
 * @returns how many obligations climbed a rung
 */
export const obligationAlarm = (engine: Engine, store: Store) => async (tenant: TenantId, now: Date) => {
  let climbed = 0
  for (;;) {
    const done = await store.tx(tenant, (tx) => alarmSome(tx, engine, now))
    climbed += done
    if (done < BATCH) return climbed
  }
}

async function alarmSome(tx: Tx, engine: Engine, now: Date): Promise<number> {
  const late = await claimLate(tx, now, BATCH)
  if (late.length === 0) return 0
  const by = system(now)
  const rules = await engine.rules.inForce(tx, dayOf(now))
  const calendar = await engine.calendarOf(tx.tenant)
  const groups = Map.groupBy(late, (row) => `${rungOf(rules, row.rung).kind} ${row.leadUnitId}`)
  for (const rows of groups.values()) {
    const [first] = rows
    if (first === undefined) continue
    const rung = rungOf(rules, first.rung)
    await tell(tx, engine, { rung, unit: first.leadUnitId, rows }, by)
    const next = rows.map((row) => ({ id: row.id, supervised: rung.kind, nextAlertAt: nextRung(row) }))
    await climb(tx, next)
  }
  return late.length

  function nextRung({ redAt, rung }: LateRow): Date {
    const limit = { amount: rungAfter(rules, rung + 1), unit: 'workingDay' as const }
    const at = officeTime(calendar, dueOf(calendar, redAt, limit).dueAt)
    // What was late before anybody knew of it climbs from now on, a day at a time.
    return at > now ? at : officeTime(calendar, dueOf(calendar, now, { amount: 1, unit: 'workingDay' }).dueAt)
  }
}

async function tell(tx: Tx, engine: Engine, { rung, unit, rows }: Told, by: ReturnType<typeof system>): Promise<void> {
  const lines = rows.slice(0, TOLD).map(({ title, dueDay }) => `· ${title}（应于 ${dueDay}）`)
  const rest = rows.length > TOLD ? [`· 另有 ${rows.length - TOLD} 项，见台账红灯清单`] : []
  const title = rows.length === 1 ? (rows[0]?.title ?? '') : `${rows.length} 项责任未按期完成`
  await issueNotice(
    {
      tx,
      by,
      engine,
      kase: { id: null, title, leadUnitId: unit, channel: 'other', confidential: false, urgency: 'normal' },
    },
    {
      kind: rung.kind as NoticeKind,
      to: rung.to,
      text: ['以下责任未按期完成或已经滞后，请说明原因并写明完成日期：', ...lines, ...rest].join('\n'),
      facts: { obligationIds: rows.map(({ id }) => id) },
    },
  )
}
