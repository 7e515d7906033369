import type { CaseId, TenantId } from '@banjie/contract'
import { system } from '#kernel/actor'
import { isTransient, type Store, type Tx } from '#kernel/store'
import { claimDueCases, listClocksOf } from './engine/case.sql.ts'
import type { Act, Engine } from './engine/engine.ts'
import type { CaseClock, CaseState } from './engine/state.ts'

/** Cases are locked for the time of one batch, so that somebody who opens one just now waits for a tenth of a second. */
const BATCH = 300
const EVER = new Date(0)

/** What a clock demands of the system. */
interface Due extends Act {
  readonly clockId: string
}

/**
 * Sweep (到点处理): does what the clocks demand of the system itself: deems an unsigned case signed, climbs the escalation ladder, ends a
 * suspension, tells a broken promise. Claims with SKIP LOCKED, so any number of processes may sweep; a claim that dies is claimed again. An act
 * happens at the moment its clock called for it, not when the sweep came by.
 * @returns how many clocks fired
 * @throws Error naming the first case that could not be acted on, with its error as the cause, after all others were
 */
export async function sweep(engine: Engine, store: Store, tenant: TenantId, now: Date, batch = BATCH): Promise<number> {
  const stuck = new Map<CaseId, { number: string; error: unknown }>()
  let [fired, size, from, last]: [number, number, Date, readonly Due[]] = [0, batch, EVER, []]
  for (;;) {
    let claimed: readonly CaseState[] = []
    try {
      const due = await store.tx(tenant, async (tx) => {
        claimed = await claim(tx, { from, to: now }, size, [...stuck.keys()])
        return fire(engine, tx, claimed, now, last)
      })
      // Nothing from here on; what another process held, or what was armed earlier meanwhile, lies before.
      if (claimed.length === 0 && from === EVER) break
      fired += due.length
      from = claimed.length === 0 ? EVER : earliest(due, from)
      last = [...last.filter(({ by }) => by.at >= from), ...due]
      size = Math.min(batch, size * 2)
    } catch (error) {
      const [first] = claimed
      if (isTransient(error) || first === undefined) throw error
      // One case that cannot be acted on must not hold up the others: the batch is halved until it is alone, set aside, and told at the end.
      if (claimed.length === 1) stuck.set(first.id, { number: first.number, error })
      size = claimed.length === 1 ? batch : Math.ceil(claimed.length / 2)
    }
  }
  for (const { number, error } of stuck.values())
    throw new Error(`a clock of ${number} and of ${stuck.size - 1} other cases cannot fire`, { cause: error })
  return fired
}

/** Cases of which a clock is due, locked, each once. */
async function claim(tx: Tx, alert: { from: Date; to: Date }, size: number, except: readonly CaseId[]) {
  const cases = await claimDueCases(tx, alert, size, except)
  return [...new Map(cases.map((kase) => [kase.id, kase])).values()]
}

/** Acts on the claimed cases, one clock of a case at a time: what the first does may end the second. @returns what was done */
async function fire(engine: Engine, tx: Tx, cases: readonly CaseState[], now: Date, last: readonly Due[]) {
  if (cases.length === 0) return []
  const clocks = await listClocksOf(
    tx,
    cases.map(({ id }) => id),
  )
  const due = Map.groupBy(
    // Read under the lock: another process may have fired a clock just before it let the case go.
    clocks.filter(({ nextAlertAt }) => nextAlertAt !== null && nextAlertAt <= now),
    ({ caseId }) => caseId,
  )
  const acts = cases.flatMap((kase) => {
    const own = due.get(kase.id)
    return own === undefined ? [] : [demandOf(engine, kase, own.reduce(earlier))]
  })
  refuseRepetition(acts, last)
  await engine.actOn(tx, { cases, clocks }, acts)
  return acts
}

/** @throws Error when the clock has nothing to ask for */
function demandOf(engine: Engine, kase: CaseState, { id, kind, nextAlertAt }: CaseClock): Due {
  const rule = engine.typeOf(kase).clocks[kind]
  const action = rule?.onDue ?? (rule?.ladder ? 'escalate' : undefined)
  if (action === undefined || nextAlertAt === null) throw new Error(`clock ${kind} has an alert but nothing to do`)
  return { caseId: kase.id, action, input: {}, by: system(nextAlertAt), clockId: id }
}

/** @throws Error when an act has left its own clock due at the same instant: it would fire for ever */
function refuseRepetition(acts: readonly Due[], last: readonly Due[]): void {
  const before = new Map(last.map(({ clockId, by }) => [clockId, by.at.getTime()]))
  for (const { clockId, by, action } of acts)
    if (before.get(clockId) === by.at.getTime()) throw new Error(`${action} does not move the clock that asked for it`)
}

const earlier = (a: CaseClock, b: CaseClock) =>
  (a.nextAlertAt?.getTime() ?? 0) <= (b.nextAlertAt?.getTime() ?? 0) ? a : b

const earliest = (acts: readonly Due[], otherwise: Date): Date =>
  acts.reduce<Date | undefined>((first, { by }) => (first === undefined || by.at < first ? by.at : first), undefined) ??
  otherwise
