import type { NewProjectRule, ProjectRule } from '@banjie/contract'
import { dayAfter, listRules, periodAround, putRule } from '#cadence'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { mayKeepTargets, settleDuties } from '#liaison'
import { holdProjects } from './project.sql.ts'
import { insertProjectRule, listProjectRules, listRanks } from './rule.sql.ts'
import { settleProjects } from './settle.ts'

/**
 * Puts up a version of the rule for big projects (发布亿元项目规则): who has to be appointed, of which rank, within which time, and the visits that each
 * owes. What it asks stands on the ledger at once.
 * @throws Fault 'forbidden' | 'project.no_rank' | 'project.rule_later'
 */
export async function putProjectRule(
  tx: Tx,
  input: NewProjectRule,
  calendar: Calendar,
  by: Actor,
): Promise<ProjectRule> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  await holdProjects(tx)
  const codes = (await listRanks(tx)).map(({ code }) => code)
  const unknown = [input.chiefRank, input.secretaryRank].find((code) => !codes.includes(code))
  if (unknown !== undefined) throw new Fault('project.no_rank', { code: unknown })
  const [latest] = await listProjectRules(tx)
  if (latest !== undefined && input.validFrom <= latest.validFrom)
    throw new Fault('project.rule_later', { day: latest.validFrom })
  const version = (latest?.version ?? 0) + 1
  await insertProjectRule(tx, version, input, by)
  const note = `第${version}版 自${input.validFrom}：${input.basis}`
  await audit(tx, by, { action: 'newProjectRule', objectKind: 'projectRule', objectId: String(version), note })
  await putVisits(tx, input, calendar, by)
  await settleProjects(tx, calendar, by.at)
  return { version, ...input, by: by.name }
}

/** A duty of its own: a rule that the district put up for all its projects stays beside it. */
const VISITS = 'officer-week'
/** The visits on site that each officer of a project owes a week, and no other liaison of it; a version of the duty only where it changes. */
async function putVisits(tx: Tx, rule: NewProjectRule, calendar: Calendar, by: Actor): Promise<void> {
  if (rule.weeklyVisits === 0) return
  const before = (await listRules(tx)).find(({ code }) => code === VISITS)
  const isSame = before?.validTo === null && before.min === rule.weeklyVisits && before.debtor.kind === 'officer'
  if (isSame) return
  const monday = periodAround('week', rule.validFrom).from
  const validFrom = before !== undefined && before.validFrom >= monday ? dayAfter(before.validFrom, 7) : monday
  const duty = {
    code: VISITS,
    title: `首席负责人、首办秘书每周至少到现场 ${rule.weeklyVisits} 次`,
    debtor: { kind: 'officer' as const },
  }
  await putRule(
    tx,
    {
      ...{ ...duty, sharing: 'each', towardKind: 'project', min: rule.weeklyVisits, per: 'week', counts: ['onSite'] },
      ...{ basis: rule.basis, validFrom },
    },
    by,
  )
  await settleDuties(tx, calendar, { from: validFrom }, by.at)
}
