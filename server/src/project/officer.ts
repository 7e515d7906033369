import {
  OFFICER_FAULT,
  type OfficerShortfall,
  PROJECT_OFFICER,
  type ProjectOfficer,
  type ProjectOfficerRow,
  type ProjectRule,
} from '@banjie/contract'
import { dayAfter } from '#cadence'
import type { OfficeRow, SheetRow } from './project.sql.ts'
import type { RankRow } from './rule.sql.ts'

/** The rule of a day with the order of ranks it speaks of. */
export interface RuleAt {
  readonly rule: ProjectRule | undefined
  readonly ranks: readonly RankRow[]
  readonly today: string
}

/** Whether the rule asks for officers of a project (亿元项目): its amount reaches the threshold and it goes on. */
export const isBig = ({ amountFen, state }: Pick<SheetRow, 'amountFen' | 'state'>, rule: ProjectRule | undefined) =>
  rule !== undefined && state === 'active' && amountFen >= rule.thresholdFen

const holds = (office: OfficeRow, day: string) =>
  office.from <= day && (office.servedTo === null || office.servedTo >= day)

function fits({ role, rank }: OfficeRow, { rule, ranks }: RuleAt): boolean | null {
  if (rule === undefined) return null
  const wanted = role === 'chief' ? rule.chiefRank : rule.secretaryRank
  if (rank === null) return false
  if (rule.rankMatch === 'exactly') return rank.code === wanted
  const least = ranks.find(({ code }) => code === wanted)?.level
  return least !== undefined && rank.level >= least
}

/** Whoever holds an office of the project on the day (现任负责人), each held to the rank of the rule. */
export const officersOn = (offices: readonly OfficeRow[], at: RuleAt): ProjectOfficerRow[] =>
  offices
    .filter((office) => holds(office, at.today))
    .map((office) => ({
      ...{ liaisonId: office.liaisonId, role: office.role, person: office.person, from: office.from },
      ...{ rank: office.rank?.name ?? null, fits: fits(office, at) },
    }))

const ROLES: readonly ProjectOfficer[] = ['chief', 'secretary']
/** What the rule asks for and the project does not have (配备违规): of each office exactly one, current, of the rank. */
export function shortfallsOf(sheet: SheetRow, offices: readonly OfficeRow[], at: RuleAt): OfficerShortfall[] {
  if (!isBig(sheet, at.rule)) return []
  const current = officersOn(offices, at)
  return ROLES.flatMap((role) => {
    const held = current.filter((one) => one.role === role)
    const [only] = held
    if (held.length === 1 && only?.fits === true) return []
    const fault = held.length === 0 ? 'none' : held.length > 1 ? 'several' : 'rank'
    const since = fault === 'none' ? vacantSince(offices, role, at.today) : null
    return { role, fault, since, words: wordsOf(role, fault, held, at) + (since === null ? '' : `，自 ${since} 空缺`) }
  })
}

function vacantSince(offices: readonly OfficeRow[], role: ProjectOfficer, today: string): string | null {
  const last = offices
    .flatMap((one) => (one.role === role && one.servedTo !== null && one.servedTo < today ? one.servedTo : []))
    .sort()
    .at(-1)
  return last === undefined ? null : dayAfter(last)
}

function wordsOf(
  role: ProjectOfficer,
  fault: OfficerShortfall['fault'],
  held: readonly ProjectOfficerRow[],
  { rule, ranks }: RuleAt,
): string {
  const office = PROJECT_OFFICER[role]
  const code = role === 'chief' ? rule?.chiefRank : rule?.secretaryRank
  const wanted = ranks.find((rank) => rank.code === code)?.name ?? ''
  const names = held.map(({ person }) => person.name).join('、')
  if (fault === 'none') return `${OFFICER_FAULT.none}${office}（${wanted}）`
  if (fault === 'several') return `${office}${OFFICER_FAULT.several}：${names}`
  return `${office}${names}${OFFICER_FAULT.rank}：现为${held[0]?.rank ?? '无职级'}，应为${wanted}`
}
