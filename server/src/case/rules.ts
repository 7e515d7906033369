import type { Class, ClockKind, LimitUnit, Urgency } from '@banjie/contract'
import type { Limit } from '#calendar'
import type { Tx } from '#kernel/store'
import standard from './rules.json' with { type: 'json' }
import { insertRuleSet, listRuleSets } from './rules.sql.ts'

/** A rule set (规则版本): limits and thresholds as data; a running case keeps the version it started with. */
export interface Rules {
  readonly version: string
  readonly source: string
  readonly limits: Readonly<Partial<Record<ClockKind, Readonly<Record<string, { amount: number; unit: LimitUnit }>>>>>
  readonly callBackTries: number
  readonly citizenReopens: number
  /** When many voices are one alarm; a rule set without it follows the default profile. */
  readonly cluster?: ClusterRule
}

/** So many distinct reporters on one matter in one place within so many hours. */
export interface ClusterRule {
  readonly hours: number
  readonly reporters: number
}
/** The threshold of a rule set (聚集阈值). */
export const clusterRuleOf = (rules: Rules): ClusterRule => rules.cluster ?? standard.rules.cluster

/** The limit of a clock: the urgency decides before the class, the class before the type. @throws Error if the rule set knows none */
export function limitOf(
  rules: Rules,
  kind: ClockKind,
  kase: { urgency: Urgency; class: Class | null; type: string },
): Limit & { rule: string } {
  const limits = rules.limits[kind] ?? {}
  const key = [kase.urgency, kase.class, kase.type, 'any'].find((name) => name !== null && name in limits)
  const limit = key == null ? undefined : limits[key]
  if (limit === undefined) throw new Error(`rule set ${rules.version} has no limit for clock ${kind}`)
  return { ...limit, rule: `${rules.source} · ${rules.version}` }
}

/** The rule sets of every district (规则簿). Versions never change, so they are remembered. */
export interface RuleBook {
  /** @throws Error if the version is unknown */
  of(tx: Tx, version: string): Promise<Rules>
  /** The rule set in force on a day; an installation without one gets the default profile. */
  inForce(tx: Tx, day: string): Promise<Rules>
}

export function ruleBook(): RuleBook {
  const known = new Map<string, Rules>()
  const today = new Map<number, { day: string; version: string }>()

  async function of(tx: Tx, version: string): Promise<Rules> {
    const key = `${tx.tenant} ${version}`
    if (!known.has(key))
      for (const set of await listRuleSets(tx))
        known.set(`${tx.tenant} ${set.version}`, { ...set.rules, version: set.version, source: set.source })
    const rules = known.get(key)
    if (rules === undefined) throw new Error(`rule set ${version} is unknown`)
    return rules
  }

  return {
    of,
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
