import { type PersonId, REQUEST_KIND, type RequestKind, type UnitId } from '@banjie/contract'
import type { z } from 'zod'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf, findRoleHolder, type Holding } from '#org'
import { type ActionType, action, type Context, type Doer } from '../engine/case-type.ts'
import type { CaseState, Patch } from '../engine/state.ts'
import { LEVELS, type Level } from '../rules.ts'

/** What is particular to one way of asking. */
interface Asking<Input> {
  readonly label: string
  readonly from: readonly string[]
  readonly by: readonly Doer[]
  readonly kind: (kase: CaseState) => RequestKind
  readonly guard?: (context: Context<Input>) => void | Promise<void>
  readonly level: (context: Context<Input>) => Level
  readonly effect?: (context: Context<Input>) => Patch
  /** What the approver reads. */
  readonly content: (input: Input) => string
}

/**
 * Ask (请示): an action that opens a request on the desk of whoever may grant it. The request is a case of its own, so that an approval that is
 * owed stands on the ledger with owner, deadline and light; until it is granted nothing changes for the person's clock.
 */
export const asking = <Input extends z.ZodObject>(input: Input, asks: Asking<z.output<Input>>): ActionType =>
  action({
    ...{ label: asks.label, from: asks.from, to: null, by: asks.by, input },
    unless: (kase) => kase.pending.includes(asks.kind(kase)),
    async guard(context) {
      const kind = asks.kind(context.kase)
      if (context.kase.pending.includes(kind)) throw new Fault('request.pending', { kind: REQUEST_KIND[kind] })
      await asks.guard?.(context)
      await approverOf(context.tx, context.kase, context, asks.level(context))
    },
    effect: (context) => ({
      pending: [...context.kase.pending, asks.kind(context.kase)],
      ...asks.effect?.(context),
    }),
    async follow(sequel) {
      const { tx, before, kase, by, engine } = sequel
      const kind = asks.kind(before)
      const { level, approver } = await approverOf(tx, kase, sequel, asks.level({ ...sequel, kase: before }))
      await engine.open(
        tx,
        [
          {
            type: 'request',
            channel: kase.channel,
            parentId: kase.id,
            leadUnitId: kase.leadUnitId,
            holderUnitId: approver.unitId,
            handlerId: approver.personId,
            facts: {
              ...{ kind, level, askedBy: by.personId, unitId: by.unitId, confidential: kase.confidential },
              title: `${REQUEST_KIND[kind]}：${kase.title}`.slice(0, 80),
              content: asks.content(sequel.input),
              input: { ...(sequel.input as object) },
            },
          },
        ],
        by,
      )
    },
  })

/** @throws Fault 'request.no_approver' where nobody is left who may decide */
async function approverOf(
  tx: Tx,
  kase: CaseState,
  { by }: Pick<Context<unknown>, 'by'>,
  from: Level,
): Promise<{ level: Level; approver: Holding }> {
  const found = await findApprover(tx, { unit: kase.leadUnitId, asker: by.personId, from, at: by.at })
  if (found === undefined) throw new Fault('request.no_approver')
  return found
}

/** Who decides: the level itself, or the next one up where the level is empty or is the asker: nobody grants what he asks. */
export async function findApprover(
  tx: Tx,
  { unit, asker, from, at }: { unit: UnitId | null; asker: PersonId | null; from: Level; at: Date },
): Promise<{ level: Level; approver: Holding } | undefined> {
  for (const level of LEVELS.slice(LEVELS.indexOf(from))) {
    if (level === 'head' && unit === null) continue
    const where = { unit: level === 'head' ? unit : null, except: asker }
    const approver = await findRoleHolder(tx, level, where, dayOf(at))
    if (approver !== undefined) return { level, approver }
  }
  return undefined
}

/** One level up (上一级). */
export const levelAbove = (level: Level): Level => LEVELS[LEVELS.indexOf(level) + 1] ?? level
