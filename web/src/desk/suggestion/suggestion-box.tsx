import { CONFIDENCE, URGENCY } from '@banjie/contract'
import type { ReactNode } from 'react'
import { KeyMark } from '../../shared/key-mark.tsx'
import { type Suggestion, useSuggestionState } from './use-suggestion.ts'
import './suggestion.css'

interface SuggestionBoxProps {
  readonly suggestion: Suggestion
  readonly category: string
  readonly urgency: string
  readonly choose: (change: { category?: string; urgency?: Suggestion['urgency']['value'] }) => void
  readonly accept: () => void
}

/** What the words suggest, how sure it is and which words decided. Nothing is filled in before the clerk says so. */
export function SuggestionBox({ suggestion, category, urgency, choose, accept }: SuggestionBoxProps) {
  const { categories, units, urgency: pressing, learning } = suggestion
  const [unit] = units
  const isTaken = (categories[0]?.id ?? category) === category && pressing.value === urgency
  if (categories.length === 0 && pressing.value === 'normal') return null
  return (
    <section className="suggestion" aria-label="建议">
      <header className="suggestion-head">
        <h2>建议</h2>
        {!learning.ready && <span className="hint">正在学习历史事项 {Math.round(learning.share * 100)}%</span>}
        <button
          type="button"
          className="button button-small"
          aria-keyshortcuts="Alt+Enter"
          disabled={isTaken}
          onClick={accept}
        >
          {isTaken ? '已采用' : '采用'}
          {!isTaken && <KeyMark>Alt Enter</KeyMark>}
        </button>
      </header>
      <dl className="suggestion-lines">
        {categories.length > 0 && (
          <Line term="类别">
            {categories.map((one) => (
              <span key={one.id} className="suggestion-choice">
                <button
                  type="button"
                  className="chip"
                  aria-pressed={category === one.id}
                  onClick={() => choose({ category: one.id })}
                >
                  {one.label}
                </button>
                <Why confidence={one.confidence} words={one.words} />
              </span>
            ))}
            <Kept confidence={categories[0]?.confidence} />
          </Line>
        )}
        {unit && (
          <Line term="交办">
            <span className="suggestion-choice">
              <b>{unit.name}</b>
              <Why confidence={unit.confidence} words={unit.words} />
              <span className="hint">{unit.basis}</span>
            </span>
          </Line>
        )}
        {pressing.value !== 'normal' && (
          <Line term="紧急">
            <span className="suggestion-choice">
              <button
                type="button"
                className="chip"
                aria-pressed={urgency === pressing.value}
                onClick={() => choose({ urgency: pressing.value })}
              >
                {URGENCY[pressing.value]}
              </button>
              <Why confidence={pressing.confidence} words={pressing.words} />
            </span>
            {pressing.calls.map((call) => (
              <p key={call} className="suggestion-call">
                请马上联系：{call}
              </p>
            ))}
          </Line>
        )}
      </dl>
    </section>
  )
}

const LEAST_JUDGED = 20
/** How far to trust it (命中): how often such a suggestion was what the clerk then decided; with too few it says nothing. */
function Kept({ confidence }: { readonly confidence: keyof typeof CONFIDENCE | undefined }) {
  const one = useSuggestionState()?.hits.find((hit) => hit.confidence === confidence)
  if (one === undefined || one.of < LEAST_JUDGED) return null
  return (
    <p className="hint suggestion-kept">
      最近 {one.of} 件“{CONFIDENCE[one.confidence]}”的建议，{Math.round((100 * one.right) / one.of)}% 与人工认定一致
    </p>
  )
}

const Line = ({ term, children }: { readonly term: string; readonly children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)

/** How sure, in words, and the words that decided. */
export const Why = ({
  confidence,
  words,
}: {
  readonly confidence: keyof typeof CONFIDENCE
  readonly words: readonly string[]
}) => (
  <span className="hint">
    <span className={`tag ${confidence === 'sure' ? 'tag-good' : ''}`}>{CONFIDENCE[confidence]}</span>
    {words.length > 0 && ` ${words.slice(0, 4).join('、')}`}
  </span>
)
