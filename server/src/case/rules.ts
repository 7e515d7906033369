import type { Class, ClockKind, HandlingMode, LimitUnit, NoticeKind, Urgency } from '@banjie/contract'
import type { Limit } from '#calendar'
import type { Tx } from '#kernel/store'
import standard from './rules.json' with { type: 'json' }
import { insertRuleSet, listRuleSets } from './rules.sql.ts'

/** Level (审批层级): who may grant; one level up is the next of `LEVELS`. */
export type Level = 'head' | 'dispatcher' | 'supervisor' | 'leader'
export const LEVELS: readonly Level[] = ['head', 'dispatcher', 'supervisor', 'leader']
export const LEVEL_WORD = {
  head: '单位负责人',
  dispatcher: '分办中心',
  supervisor: '督查室',
  leader: '区领导',
} as const satisfies Record<Level, string>

/** Rung (督办梯级): so many working days after the due date, which notice goes to whom. */
export interface Rung {
  readonly after: number
  readonly kind: NoticeKind
  readonly to: 'head' | 'superior' | 'leader'
}

/** A rule set (规则版本): limits and thresholds as data; a running case keeps the version it started with. */
export interface Rules {
  readonly version: string
  readonly source: string
  readonly limits: Readonly<Partial<Record<ClockKind, Readonly<Record<string, { amount: number; unit: LimitUnit }>>>>>
  readonly callBackTries: number
  /** Hours between two tries to reach a person that count as different times. */
  readonly callBackGapHours: number
  readonly citizenReopens: number
  /** Working days by which a co-unit and the district itself are due earlier than the lead unit and the superior's date. */
  readonly margins: { readonly assist: number; readonly superior: number }
  readonly refusal: { readonly within: Limit; readonly level: Level; readonly arbitration: Level }
  readonly suspension: {
    readonly level: Level
    readonly reasons: Readonly<Record<string, { readonly mostDays: number; readonly basis: string }>>
  }
  /** `levels[n]` grants the n-th extension; there is none beyond. `most` in the handling clock's unit. */
  readonly extension: { readonly levels: readonly Level[]; readonly most: number }
  readonly longTerm: { readonly level: Level; readonly mostDays: number }
  readonly ending: { readonly level: Level }
  /** Who signs an answer that says “cannot”; a leader where the rule set is silent. */
  readonly cannot?: { readonly level: Level }
  /** What an answer must address (必答项), by category, class or `any`; absent lists ask for nothing. */
  readonly checklist?: Readonly<Record<string, readonly string[]>>
  readonly leadChange: { readonly level: Level }
  readonly ladder: readonly Rung[]
  /** Working days after which the last rung is climbed again. */
  readonly ladderRepeats: number
  /** Natural days for which an open matter lies before the public before it is answered. */
  readonly openCommentDays: number
  /** When many voices are one alarm; a rule set without it follows the default profile. */
  readonly cluster?: ClusterRule
  /** Percentage points behind the line at which lights of progress turn; a rule set without it follows the default profile. */
  readonly progress?: ProgressRule
  /** Months after closing in which the same matter at the same place is a recurrence (复发). */
  readonly recurrence: { readonly months: number }
}

/** So many distinct reporters on one matter in one place within so many hours. */
export interface ClusterRule {
  readonly hours: number
  readonly reporters: number
}
/** The threshold of a rule set (聚集阈值). */
export const clusterRuleOf = (rules: Rules): ClusterRule => rules.cluster ?? standard.rules.cluster

/** So many percentage points behind the line make a light of progress red or yellow (进度灯阈值). */
export interface ProgressRule {
  readonly redPoints: number
  readonly yellowPoints: number
}
/** The thresholds of the default profile. */
export const STANDARD_PROGRESS: ProgressRule = standard.rules.progress
/** The thresholds in force on a day: of the rule set that is valid then. */
export async function progressRuleOn(tx: Tx, day: string): Promise<ProgressRule> {
  const set = (await listRuleSets(tx)).findLast(({ validFrom }) => validFrom <= day)
  return set?.rules.progress ?? STANDARD_PROGRESS
}

/** What decides which limit a case gets. */
interface Limited {
  readonly urgency: Urgency
  readonly class: Class | null
  readonly type: string
  readonly mode: HandlingMode | null
  readonly facts: Readonly<Record<string, unknown>>
}

/** The limit of a clock: handling mode before urgency before kind before class before type. @throws Error if the rule set knows none */
export function limitOf(rules: Rules, clock: ClockKind, kase: Limited): Limit & { rule: string } {
  const limits = rules.limits[clock] ?? {}
  const kind = typeof kase.facts['kind'] === 'string' ? kase.facts['kind'] : null
  const key = [kase.mode, kase.urgency, kind, kase.class, kase.type, 'any'].find(
    (name) => name !== null && name in limits,
  )
  const limit = key == null ? undefined : limits[key]
  if (limit === undefined) throw new Error(`rule set ${rules.version} has no limit for clock ${clock}`)
  return { ...limit, rule: `${rules.source} · ${rules.version}` }
}

/** The rung to climb after `climbed` others; the last one is climbed again and again. */
export const rungOf = (rules: Rules, climbed: number): Rung => {
  const rung = rules.ladder[Math.min(climbed, rules.ladder.length - 1)]
  if (rung === undefined) throw new Error(`rule set ${rules.version} has an empty ladder`)
  return rung
}
/** Working days from the due date to the next rung. */
export const rungAfter = (rules: Rules, climbed: number): number =>
  rungOf(rules, climbed).after + Math.max(0, climbed - rules.ladder.length + 1) * rules.ladderRepeats

/** The rule sets of every district (规则簿). Versions never change, so they are remembered. */
export interface RuleBook {
  /** @throws Error if the version is unknown */
  of(tx: Tx, version: string): Promise<Rules>
  /** The rule set in force on a day; an installation without one gets the default profile. */
  inForce(tx: Tx, day: string): Promise<Rules>
  /** Forgets which one is in force today: a new version was published. */
  forget(): void
}

/** The limits of a version over those of the default profile, clock by clock and key by key. */
const limitsOver = (base: Rules['limits'], own: Rules['limits'] = {}): Rules['limits'] =>
  Object.fromEntries(
    (Object.keys({ ...base, ...own }) as ClockKind[]).map((clock) => [clock, { ...base[clock], ...own[clock] }]),
  )

export function ruleBook(): RuleBook {
  const known = new Map<string, Rules>()
  const today = new Map<number, { day: string; version: string }>()

  async function of(tx: Tx, version: string): Promise<Rules> {
    const key = `${tx.tenant} ${version}`
    if (!known.has(key))
      // A version from before a rule existed answers that rule as the default profile does.
      for (const set of await listRuleSets(tx))
        known.set(`${tx.tenant} ${set.version}`, {
          ...(standard.rules as unknown as Rules),
          ...set.rules,
          limits: limitsOver(standard.rules.limits as Rules['limits'], set.rules.limits),
          version: set.version,
          source: set.source,
        })
    const rules = known.get(key)
    if (rules === undefined) throw new Error(`rule set ${version} is unknown`)
    return rules
  }

  return {
    of,
    forget: () => today.clear(),
    async inForce(tx, day) {
      const found = today.get(tx.tenant)
      if (found?.day === day) return of(tx, found.version)
      let sets = await listRuleSets(tx)
      if (sets.length === 0) {
        await insertRuleSet(tx, standard)
        sets = await listRuleSets(tx)
      }
      const set = sets.findLast((candidate) => candidate.validFrom <= day) ?? sets[0]
      const version = set?.version ?? standard.version
      tx.afterCommit(() => today.set(tx.tenant, { day, version }))
      return of(tx, version)
    },
  }
}
