import {
  ENTERPRISE_FIGURE,
  ENTERPRISE_SIZE,
  FACT_YEAR,
  PARTY_ORGANISATION,
  POLICY_FACT,
  type PolicyFact,
} from '@banjie/contract'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import type { Draft } from './condition.ts'

interface FieldsProps {
  readonly draft: Draft
  readonly no: number
  readonly change: (part: Partial<Draft>) => void
  readonly drop: (() => void) | undefined
}
const YES_NO = { yes: '是', no: '不是' } as const
const MUST = { yes: '要符合', no: '不得符合' } as const
const SIZES = { 'small、micro': '小型和微型', 'medium、small、micro': '中型及以下', ...ENTERPRISE_SIZE } as const
const PARTIES = { 'own、joint': '已建（单独或联合）', ...PARTY_ORGANISATION } as const
const CHOICES: Readonly<Partial<Record<PolicyFact, Readonly<Record<string, string>>>>> = {
  ...{ size: SIZES, aboveScale: YES_NO, party: PARTIES, bound: YES_NO },
}
const WORDS: Readonly<Partial<Record<PolicyFact, string>>> = {
  chain: '产业链名称，几个用顿号隔开',
  industry: '门类加数字，如 C 或 C35',
  division: '区划代码的开头，如 210114',
  title: '资质名称，如 专精特新',
}
const RANGES: Readonly<Partial<Record<PolicyFact, string>>> = { age: '个月', staff: '人', figure: '万元' }
const YEARLY: readonly PolicyFact[] = ['size', 'aboveScale', 'staff', 'figure']

/** What the form offers, and whatever else a rule already asks for, in the words of the form. */
const withOwn = (choices: Readonly<Record<string, string>>, words: string) =>
  words === '' || words in choices
    ? choices
    : {
        ...choices,
        [words]: words
          .split('、')
          .map((one) => choices[one] ?? one)
          .join('、'),
      }

/** One condition of a rule (一条条件), with the clause of the document that asks for it. */
export function ConditionFields({ draft, no, change, drop }: FieldsProps) {
  const { fact, must, year, words, from, to, code, cite } = draft
  const choices = CHOICES[fact]
  const range = RANGES[fact]
  return (
    <fieldset className="policy-condition">
      <legend>条件{no}</legend>
      <SelectField
        label="看什么"
        value={fact}
        set={(one) => change({ fact: one, words: Object.keys(CHOICES[one] ?? {})[0] ?? '', from: '', to: '' })}
        words={POLICY_FACT}
      />
      {(fact === 'figure' || fact === 'growth') && (
        <SelectField label="指标" value={code} set={(one) => change({ code: one })} words={ENTERPRISE_FIGURE} />
      )}
      {YEARLY.includes(fact) && (
        <SelectField label="哪一年" value={year} set={(one) => change({ year: one })} words={FACT_YEAR} />
      )}
      {choices && (
        <SelectField label="取值" value={words} set={(one) => change({ words: one })} words={withOwn(choices, words)} />
      )}
      {WORDS[fact] && (
        <PlainField label="取值" value={words} set={(one) => change({ words: one })} hint={WORDS[fact]} />
      )}
      {range && <PlainField label={`至少（${range}）`} optional value={from} set={(one) => change({ from: one })} />}
      {range && <PlainField label={`至多（${range}）`} optional value={to} set={(one) => change({ to: one })} />}
      {fact === 'growth' && <PlainField label="至少增长（%）" value={from} set={(one) => change({ from: one })} />}
      <SelectField label="要求" value={must} set={(one) => change({ must: one })} words={MUST} />
      <PlainField
        label="依据条款"
        value={cite}
        set={(one) => change({ cite: one })}
        maxLength={200}
        hint="如 第三条第一款"
      />
      {drop && (
        <button type="button" className="button button-small" onClick={drop}>
          去掉条件{no}
        </button>
      )}
    </fieldset>
  )
}
