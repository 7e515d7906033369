import { type ReactNode, useState } from 'react'
import { groupNumber } from '../../shared/number.ts'
import { Link } from '../link.tsx'
import type { SimilarCase, Suggestion } from './use-suggestion.ts'
import './suggestion.css'

interface SimilarListProps {
  readonly items: readonly SimilarCase[]
  /** Shows one beside what is being typed; without it the title leads to its page. */
  readonly open?: (one: SimilarCase) => void
  /** Buttons for what may be done with an earlier one. */
  readonly acts?: (one: SimilarCase) => ReactNode
}

const AT_FIRST = 3

/** Reported before? (是否反映过): the likeliest first, each with why it is thought so; a look at one loses nothing that was typed. */
export function SimilarList({ items, open, acts }: SimilarListProps) {
  const [all, setAll] = useState(false)
  if (items.length === 0) return null
  return (
    <section className="suggestion" aria-label="是否反映过">
      <header className="suggestion-head">
        <h2>是否反映过</h2>
        <span className="hint">{countOf(items)}</span>
      </header>
      <ul className="similar">
        {(all ? items : items.slice(0, AT_FIRST)).map((one) => (
          <li key={one.id}>
            {open ? (
              <button type="button" className="similar-open" onClick={() => open(one)}>
                <Name one={one} />
              </button>
            ) : (
              <Link to={`/w/c/${one.number}`} className="similar-open">
                <Name one={one} />
              </Link>
            )}
            <p className="hint">{one.reasons.join(' · ')}</p>
            {one.answer && <p className="similar-answer">答复：{one.answer}</p>}
            {acts?.(one)}
          </li>
        ))}
      </ul>
      {!all && items.length > AT_FIRST && (
        <button type="button" className="button button-small button-plain" onClick={() => setAll(true)}>
          再看 {items.length - AT_FIRST} 件
        </button>
      )}
    </section>
  )
}

/** How many, and how many of them are of this place. */
function countOf(items: readonly SimilarCase[]): string {
  const here = items.filter(({ samePlace }) => samePlace).length
  return `${items.length} 件类似${here > 0 ? `，${here} 件同一地点` : ''}`
}

const Name = ({ one }: { readonly one: SimilarCase }) => (
  <>
    <span className="similar-title">{one.title}</span>
    <span className="similar-facts">
      <span className="number">{groupNumber(one.number)}</span>
      <span className="row-stage">{one.stageLabel}</span>
      {one.unit && <span>{one.unit}</span>}
    </span>
  </>
)

/** The same place and matter came back after it was closed (复发). The earlier one opens beside, so that nothing typed is lost. */
export function RecurrenceNote({ recurrence }: { readonly recurrence: NonNullable<Suggestion['recurrence']> }) {
  const [last] = recurrence.earlier
  if (last === undefined) return null
  return (
    <div className="notice notice-warn recurrence" role="status">
      <p>
        <b>疑似复发</b>：同一地点、同一类别 {recurrence.months} 个月内已办结过 {recurrence.times} 次，最近一次{' '}
        {last.daysSinceClosed === 0 ? '今天' : `${last.daysSinceClosed} 天前`}由{last.unit ?? '受理机构'}办结（
        <a className="number" href={`/w/c/${last.number}`} target="_blank" rel="noopener">
          {groupNumber(last.number)}
        </a>
        ）。
      </p>
      <p className="hint">立案后计入办结单位的复发率；交办时请查明上次为何没有根治。</p>
    </div>
  )
}
