import type { LeftLine } from './messages.ts'

interface LeftLinesProps {
  readonly left: readonly LeftLine[]
  readonly raise: (line: LeftLine) => void
}

/** What is in no message, line by line with the reason; a line can be made a draft by hand. */
export const LeftLines = ({ left, raise }: LeftLinesProps) =>
  left.length === 0 ? (
    <p className="muted">没有未识别的行。</p>
  ) : (
    <details className="more-fields" open={left.some(({ why }) => why === 'noSender')}>
      <summary>未归入消息的 {left.length} 行</summary>
      <ul className="left-lines">
        {left.map((one) => (
          <li key={one.line}>
            <span className="muted number">第 {one.line} 行</span>
            <span className="left-text">{one.text}</span>
            <span className="tag">{one.whyLabel}</span>
            <button type="button" className="button button-small" onClick={() => raise(one)}>
              另立一件
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
