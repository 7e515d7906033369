import type { CSSProperties } from 'react'
import type { PolicyDetail } from './query.ts'

export type RuleWords = PolicyDetail['ruleWords']

/** A rule in words, group within group (规则条文). */
export const RuleLines = ({ words }: { readonly words: RuleWords }) => (
  <ul className="policy-rule">
    {words.map(({ depth, words: line, cite }, i) => (
      <li key={i} style={{ '--depth': depth } as CSSProperties}>
        {line}
        {cite !== null && <span className="hint">（{cite}）</span>}
      </li>
    ))}
  </ul>
)
