import { LISTING } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { listRelated } from '../engine/case.sql.ts'
import { action, type Context } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { refuseSilentEnd } from './mark-legacy.ts'

const SETTLED = ['calledBack', 'closed', 'declined', 'withdrawn']

/**
 * Strike off (验收销号): somebody who did not do the work has looked, and every person whose voice was merged has been answered or could not be
 * reached. An item of a list also owes its cause, its measures and evidence.
 */
export const strikeOff = action({
  label: '验收销号',
  from: ['answered'],
  to: 'closed',
  by: ['supervisor', 'dispatcher', 'leader'],
  primary: true,
  input: LISTING.strikeOff,
  async guard(context) {
    const { tx, kase, by } = context
    refuseSilentEnd(kase, by)
    if (kase.leadUnitId !== null && by.ownUnits.includes(kase.leadUnitId)) throw new Fault('acceptance.own_unit')
    if ('listId' in kase.facts) refuseUnproved(context)
    const open = (await mergedInto(tx, kase)).filter(({ stage }) => !SETTLED.includes(stage))
    if (open.length > 0) throw new Fault('merge.children_open', { count: open.length, numbers: someOf(open) })
  },
  async effect({ tx, kase, input, by }) {
    const merged = await mergedInto(tx, kase)
    const unreachable = merged.filter(({ satisfied, reachTries }) => satisfied === null && reachTries > 0)
    const evidence = { note: input.note ?? null, photos: input.attachmentIds?.length ?? 0 }
    const logged = { merged: merged.length, unreachable: unreachable.map(({ number }) => number) }
    return { closedAt: by.at, facts: { ...kase.facts, struckOff: { ...logged, ...evidence, by: by.name } } }
  },
})

const OWED = [
  ['rootCause', '根源'],
  ['measures', '整改措施'],
] as const

/** @throws Fault where cause, measures or evidence are missing */
function refuseUnproved({ kase, input }: Context<{ note?: unknown; attachmentIds?: readonly unknown[] | undefined }>) {
  const missing = OWED.filter(([name]) => typeof kase.facts[name] !== 'string').map(([, word]) => word)
  if (missing.length > 0) throw new Fault('acceptance.no_cause', { number: kase.number, missing: missing.join('和') })
  if (input.note === undefined && (input.attachmentIds ?? []).length === 0) throw new Fault('acceptance.no_evidence')
}

const mergedInto = async (tx: Parameters<typeof listRelated>[0], kase: CaseState) =>
  (await listRelated(tx, kase.id)).filter(({ problemId }) => problemId === kase.id)
const SHOWN = 3
const someOf = (cases: readonly CaseState[]) =>
  cases
    .slice(0, SHOWN)
    .map(({ number }) => number)
    .join('、') + (cases.length > SHOWN ? '等' : '')
