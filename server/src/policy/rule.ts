import {
  type Eligibility,
  ENTERPRISE_FIGURE,
  ENTERPRISE_SIZE,
  FACT_YEAR,
  moneyText,
  PARTY_ORGANISATION,
  POLICY_FACT,
  type PolicyCondition,
  type PolicyReason,
  type PolicyRule,
} from '@banjie/contract'
import type { FactSheet } from './sheet.sql.ts'

/** Yes, no, or null where a fact is missing: the logic of three values that SQL speaks, too. */
type Truth = boolean | null
const YEAR_MONTHS = 12
const PERCENT = 100n

const within = (
  value: number | null,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): Truth =>
  value === null ? null : value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY)
const sumOf = (sheet: FactSheet, { code, year }: Extract<PolicyCondition, { fact: 'figure' }>): number | null => {
  const { fen, n } = sheet.figures[`${code}_${year}`]
  return n > 0 && (year === 'this' || n === YEAR_MONTHS) ? fen : null
}
/** Of what is no more than nothing there is no growth. */
function growth(sheet: FactSheet, { code, percent }: Extract<PolicyCondition, { fact: 'growth' }>): Truth {
  const [last, before] = [sheet.figures[`${code}_last`], sheet.figures[`${code}_before`]]
  if (last.n !== YEAR_MONTHS || before.n !== YEAR_MONTHS || last.fen === null || before.fen === null) return null
  return before.fen > 0 && BigInt(last.fen) * PERCENT >= BigInt(before.fen) * (PERCENT + BigInt(percent))
}

/** Whether one condition holds; null where the register does not know. */
function holds(condition: PolicyCondition, sheet: FactSheet): Truth {
  switch (condition.fact) {
    case 'size': {
      const size = condition.year === 'this' ? sheet.sizeThis : sheet.sizeLast
      return size === null ? null : condition.in.includes(size)
    }
    case 'aboveScale': {
      const scale = condition.year === 'this' ? sheet.scaleThis : sheet.scaleLast
      return scale === null ? null : scale === condition.is
    }
    case 'chain':
      return sheet.chain === null ? null : condition.in.includes(sheet.chain)
    case 'industry':
      return sheet.industry === null ? null : sheet.industry.startsWith(condition.prefix)
    case 'division':
      return sheet.division === null ? null : sheet.division.startsWith(condition.prefix)
    case 'age':
      return within(sheet.months, condition)
    case 'staff':
      return within(condition.year === 'this' ? sheet.staffThis : sheet.staffLast, condition)
    case 'party':
      return sheet.party === null ? null : condition.in.includes(sheet.party)
    case 'title':
      return sheet.titles === null ? null : sheet.titles.includes(condition.title)
    case 'figure':
      return within(sumOf(sheet, condition), condition)
    case 'growth':
      return growth(sheet, condition)
    case 'bound':
      return sheet.bound === condition.is
  }
}

/** A rule held against one enterprise (判断): a no anywhere in “all” is a no, a yes anywhere in “any” is a yes, whatever is missing beside it. */
export function judge(rule: PolicyRule, sheet: FactSheet): Truth {
  if ('fact' in rule) return holds(rule, sheet)
  if ('not' in rule) {
    const inner = judge(rule.not, sheet)
    return inner === null ? null : !inner
  }
  const isAll = 'all' in rule
  const parts = (isAll ? rule.all : rule.any).map((part) => judge(part, sheet))
  if (parts.includes(!isAll)) return !isAll
  return parts.includes(null) ? null : isAll
}
export const answerOf = (truth: Truth): Eligibility => (truth === null ? 'unknown' : truth ? 'yes' : 'no')

const range = (
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  told: (value: number) => string,
) =>
  min === undefined ? `不超过${told(max ?? 0)}` : max === undefined ? `${told(min)}以上` : `${told(min)}至${told(max)}`
const yearOf = (condition: PolicyCondition) => ('year' in condition ? FACT_YEAR[condition.year] : '')
/** A condition in words. */
function wordsOf(condition: PolicyCondition): string {
  const name = `${yearOf(condition)}${POLICY_FACT[condition.fact]}`
  switch (condition.fact) {
    case 'size':
      return `${name}为${condition.in.map((one) => ENTERPRISE_SIZE[one]).join('、')}`
    case 'aboveScale':
      return `${yearOf(condition)}${condition.is ? '是' : '不是'}规上企业`
    case 'chain':
      return `${name}为${condition.in.join('、')}`
    case 'industry':
    case 'division':
      return `${name}以 ${condition.prefix} 开头`
    case 'age':
      return `${name}${range(condition, (value) => `${value}个月`)}`
    case 'staff':
      return `${name}${range(condition, (value) => `${value}人`)}`
    case 'party':
      return `${name}为${condition.in.map((one) => PARTY_ORGANISATION[one]).join('、')}`
    case 'title':
      return `有“${condition.title}”资质`
    case 'figure':
      return `${yearOf(condition)}${ENTERPRISE_FIGURE[condition.code]}${range(condition, moneyText)}`
    case 'growth':
      return `上年${ENTERPRISE_FIGURE[condition.code]}比前年增长${condition.percent}%以上`
    case 'bound':
      return condition.is ? '有主包保人' : '没有主包保人'
  }
}

/** Whose file a fact comes from: who is asked when it is missing; never the enterprise. */
const HOLDER: Readonly<Record<PolicyCondition['fact'], string>> = {
  ...{
    size: '统计部门的企业规模',
    aboveScale: '统计部门的规上名录',
    staff: '统计部门的从业人数',
    figure: '统计、税务部门的月度指标',
  },
  ...{ growth: '统计、税务部门两年的月度指标', chain: '工信部门的产业链归属', industry: '市场监管部门的行业代码' },
  ...{
    division: '企业名录中的所在区划',
    age: '市场监管部门的成立日期',
    party: '组织部门的党组织信息',
    title: '认定部门的资质名录',
  },
  bound: '包保名单',
}
/** What is on record, in words. Of figures only whether they reach it: the amount has a class of its own. */
function foundOf(condition: PolicyCondition, sheet: FactSheet): string | null {
  switch (condition.fact) {
    case 'size': {
      const size = condition.year === 'this' ? sheet.sizeThis : sheet.sizeLast
      return size === null ? null : ENTERPRISE_SIZE[size]
    }
    case 'aboveScale': {
      const scale = condition.year === 'this' ? sheet.scaleThis : sheet.scaleLast
      return scale === null ? null : scale ? '规上' : '不在规上'
    }
    case 'chain':
    case 'industry':
    case 'division':
      return sheet[condition.fact]
    case 'age':
      return sheet.months === null ? null : `${sheet.months}个月`
    case 'staff': {
      const staff = condition.year === 'this' ? sheet.staffThis : sheet.staffLast
      return staff === null ? null : `${staff}人`
    }
    case 'party':
      return sheet.party === null ? null : PARTY_ORGANISATION[sheet.party]
    case 'title':
      return sheet.titles === null ? null : sheet.titles.length === 0 ? '没有资质' : sheet.titles.join('、')
    case 'bound':
      return sheet.bound ? '有' : '没有'
    default: {
      const truth = holds(condition, sheet)
      return truth === null ? null : truth ? '达到' : '没有达到'
    }
  }
}

/** Every condition of a rule held against an enterprise, in the order of the rule (逐条说明). */
export function reasonsOf(rule: PolicyRule, sheet: FactSheet): PolicyReason[] {
  if (!('fact' in rule)) {
    const parts = 'not' in rule ? [rule.not] : 'all' in rule ? rule.all : rule.any
    return parts.flatMap((part) => reasonsOf(part, sheet))
  }
  const answer = answerOf(holds(rule, sheet))
  const missing = answer === 'unknown' ? `缺${HOLDER[rule.fact]}` : null
  return [{ answer, asked: wordsOf(rule), found: foundOf(rule, sheet), missing, cite: rule.cite }]
}

export interface RuleLine {
  readonly depth: number
  readonly words: string
  readonly cite: string | null
}
/** A rule as an indented list (规则条文). */
export function linesOf(rule: PolicyRule, depth = 0): RuleLine[] {
  if ('fact' in rule) return [{ depth, words: wordsOf(rule), cite: rule.cite }]
  const [words, parts] =
    'not' in rule ? ['不得：', [rule.not]] : 'all' in rule ? ['同时符合：', rule.all] : ['符合其中一项：', rule.any]
  return [{ depth, words, cite: null }, ...parts.flatMap((part) => linesOf(part, depth + 1))]
}

const OF_FIGURES: readonly PolicyCondition['fact'][] = ['figure', 'growth']
/** Whether a rule asks for figures, which have a class of their own (指标密级). */
export function asksFigures(rule: PolicyRule): boolean {
  if ('fact' in rule) return OF_FIGURES.includes(rule.fact)
  return ('not' in rule ? [rule.not] : 'all' in rule ? rule.all : rule.any).some(asksFigures)
}
