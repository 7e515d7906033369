import { type Channel, CLOCK, type ClockKind, type FaultCode, type Role } from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import type { Rules } from '../rules.ts'
import type { Engine } from './engine.ts'
import type { CaseClock, CaseState, Patch } from './state.ts'

/** Who may do an action: a role, the citizen with number and code, or the system itself. */
export type Doer = Role | 'citizen' | 'system'

/** What a step knows when it runs. */
export interface Context<Input> {
  readonly tx: Tx
  readonly kase: CaseState
  readonly input: Input
  readonly by: Actor
  readonly rules: Rules
  readonly calendar: Calendar
  readonly clocks: readonly CaseClock[]
}

/** What follows an action in the same transaction: other cases opened or acted on. `kase` is the case after the action. */
export interface Sequel<Input> extends Context<Input> {
  readonly before: CaseState
  readonly engine: Engine
}

/** An action (动作): from where to where, by whom, with what input. `to: null` stays; an effect may still choose the stage. */
export interface ActionType<Stage extends string = string, Input extends z.ZodObject = z.ZodObject> {
  readonly label: string
  readonly from: readonly Stage[]
  readonly to: Stage | null
  readonly by: readonly Doer[]
  readonly input: Input
  /** The next step of the loop, offered first. */
  readonly primary?: boolean
  /** @throws Fault when the action may not happen now */
  readonly guard?: (context: Context<z.output<Input>>) => void | Promise<void>
  readonly effect?: (context: Context<z.output<Input>>) => Patch | Promise<Patch>
  /** True if this person has already done it: a second try answers with the present state and writes nothing. */
  readonly already?: (kase: CaseState, by: Actor) => boolean
  /** Why the action is not for this case in its present stage, where “not in this stage” would not help. */
  readonly outside?: (context: Pick<Context<never>, 'tx' | 'kase'>) => Promise<FaultCode | undefined>
  readonly follow?: (sequel: Sequel<z.output<Input>>) => Promise<void>
  /** The action by which a person asks for this one, where only the system does it. */
  readonly instead?: string
  /** Not offered as a button although the stage and the role fit. */
  readonly unless?: (kase: CaseState, by: Actor) => boolean
  /** Values to fill the form with, and where they come from. */
  readonly propose?: (context: Context<undefined>) => Promise<Record<string, unknown> | undefined>
}

/** A clock (时钟): which actions start and end it, and in which stages it is the one that shows. */
export interface ClockType {
  readonly starts: readonly string[]
  /** Runs on with a new limit, from the same start. */
  readonly adjusts?: readonly string[]
  readonly ends: readonly string[]
  /** False leaves the clock running although an ending action happened. */
  readonly endsIf?: (kase: CaseState) => boolean
  readonly shows?: readonly string[]
  /** False: an action that starts it does not start it for this case. */
  readonly startsIf?: (kase: CaseState, running: boolean) => boolean
  /** A date somebody else has set; null counts the limit of the rule set. */
  readonly dueOn?: (kase: CaseState, calendar: Calendar, rules: Rules) => Date | null
  /** Stands still while the case is suspended. */
  readonly stops?: boolean
  /** The action the system takes when the limit runs out. */
  readonly onDue?: string
  /** The system acts in office hours, not at midnight. */
  readonly inOfficeHours?: boolean
  /** Climbs the escalation ladder of the rule set when it is overdue. */
  readonly ladder?: (kase: CaseState) => boolean
}

/** A case type (事项类型): a declaration, not a subsystem. */
export interface CaseType<Stage extends string = string> {
  readonly id: string
  readonly label: string
  /** Two letters before the number. */
  readonly prefix: string
  readonly facts: z.ZodObject
  readonly stages: Readonly<Record<Stage, string>>
  readonly first: Stage
  readonly ends: readonly Stage[]
  readonly opens: readonly Doer[]
  /** Who opens one only with what they found themselves, and through which channels. */
  readonly findings?: { readonly by: readonly Role[]; readonly channels: readonly Channel[] }
  /** What the type adds to the state that a case begins with. */
  readonly begins?: (kase: Omit<CaseState, 'version' | 'updatedAt'>, at: Date) => Patch
  readonly actions: Readonly<Record<string, ActionType<Stage>>>
  readonly clocks: Partial<Readonly<Record<ClockKind, ClockType>>>
}

/** An action with its input typed for guard and effect. */
export const action = <Stage extends string, Input extends z.ZodObject>(
  definition: ActionType<Stage, Input>,
): ActionType<Stage> => definition as unknown as ActionType<Stage>

/**
 * Declares and checks a case type: every stage reachable, no dead end but the ends, every waiting stage under a clock, every action done by
 * somebody, every clock started by an action that exists.
 * @throws Error naming the fault; boot stops
 */
export function defineCaseType<const Stage extends string>(type: CaseType<Stage>): CaseType {
  const fail = (why: string) => {
    throw new Error(`case type ${type.id}: ${why}`)
  }
  const actions = Object.entries<ActionType<Stage>>(type.actions)
  const reached = new Set<string>([type.first])
  for (let before = 0; before !== reached.size; ) {
    before = reached.size
    for (const [, { from, to }] of actions) if (to !== null && from.some((stage) => reached.has(stage))) reached.add(to)
  }
  for (const stage of Object.keys(type.stages) as Stage[]) {
    if (!reached.has(stage)) fail(`stage ${stage} cannot be reached`)
    const isEnd = type.ends.includes(stage)
    const leaves = actions.some(([, { from, to }]) => to !== null && to !== stage && from.includes(stage))
    if (!isEnd && !leaves) fail(`stage ${stage} is a dead end`)
    if (!isEnd && !Object.values(type.clocks).some((clock) => clock.shows?.includes(stage)))
      fail(`stage ${stage} waits without a limit`)
  }
  for (const [name, { by }] of actions) if (by.length === 0) fail(`action ${name} has nobody to do it`)
  for (const [kind, clock] of Object.entries(type.clocks)) {
    if (!(kind in CLOCK)) fail(`clock ${kind} has no word`)
    if (clock.ladder && !('escalate' in type.actions)) fail(`clock ${kind} has a ladder and nothing to climb it with`)
    for (const name of [
      ...clock.starts,
      ...clock.ends,
      ...(clock.adjusts ?? []),
      ...(clock.onDue ? [clock.onDue] : []),
    ])
      if (name !== 'open' && !(name in type.actions)) fail(`clock ${kind} names the unknown action ${name}`)
  }
  return type as unknown as CaseType
}

/** The same action in another type's stages. */
export const within = <Stage extends string>(
  step: ActionType<never> | ActionType,
  ...from: Stage[]
): ActionType<Stage> => ({ ...(step as ActionType), from }) as unknown as ActionType<Stage>
