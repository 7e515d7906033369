import type { PromiseId } from '@banjie/contract'
import type { Tx } from '#kernel/store'
import { holdObligations, keepObligations, type Owed, termOf } from '#obligation'
import { dayOf } from '#org'
import { balanceOf } from './balance.ts'
import { listPromises, type PromiseFacts } from './promise.sql.ts'

const DAY_MS = 86_400_000
const WARN_DAYS = 7
const FEN = 100

/** Settles what is owed on broken promises (失信违诺入账): every instalment by its day, and by the deadline what no plan says. */
export async function settlePromises(tx: Tx, now: Date, ids?: readonly PromiseId[]): Promise<void> {
  await holdObligations(tx, 'promise', 'whole')
  const owed = (await listPromises(tx, { ids })).flatMap((facts) => owedOf(facts, dayOf(now)))
  await keepObligations(tx, owed, { kinds: ['instalment'], subjects: ids }, now)
}

function owedOf(facts: PromiseFacts, today: string): Owed[] {
  const { id, fen, deadline, closedAt, keptOn, createdAt, enterpriseName, words } = facts
  const { instalments, unplannedFen } = balanceOf(facts, today)
  const begun = dayOf(createdAt)
  const owed = (key: string, title: string, due: string, amount: Pick<Owed, 'done' | 'needed' | 'unitWord'>): Owed => {
    const term = termOf(begun < due ? begun : due, due)
    const isMet = amount.done >= amount.needed
    const unit = (facts.now ?? facts.unit).id
    return {
      ...{ key: `promise ${id} ${key}`, form: 'quantity', kind: 'instalment', title, subjectId: id, ruleId: null },
      ...{ leadUnitId: unit, unitIds: [unit], personIds: facts.person === null ? [] : [facts.person.id] },
      ...{ checkUnitId: facts.checkUnit?.id ?? null, ...term, redAt: term.dueAt },
      yellowAt: new Date(Math.max(term.beginsAt.getTime(), term.dueAt.getTime() - WARN_DAYS * DAY_MS)),
      ...amount,
      ...{ state: isMet ? 'met' : 'running', cause: null },
    }
  }
  const short = words.length > 30 ? `${words.slice(0, 30)}…` : words
  const rows = instalments.map(({ no, due, fen: whole, paidFen }) =>
    owed(`${no}`, `${enterpriseName}：${short}（第${no}期）`, due, {
      ...{ done: paidFen / FEN, needed: whole / FEN, unitWord: '元' },
    }),
  )
  // Money that is paid stays on record as met; what is no money is met when it is reported kept.
  const rest =
    fen === null
      ? { done: closedAt !== null || keptOn !== null ? 1 : 0, needed: 1, unitWord: '项' }
      : unplannedFen > 0 || instalments.length === 0
        ? {
            done: (fen - facts.disputedFen - unplannedFen) / FEN,
            needed: (fen - facts.disputedFen) / FEN,
            unitWord: '元',
          }
        : undefined
  return rest === undefined || rest.needed === 0
    ? rows
    : [...rows, owed('rest', `${enterpriseName}：${short}`, deadline, rest)]
}
