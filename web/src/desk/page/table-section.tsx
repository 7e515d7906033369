import { type CSSProperties, type ReactNode, useId } from 'react'

interface TableSectionProps {
  readonly title: string
  readonly count?: number
  readonly note?: ReactNode
  readonly head: readonly string[]
  /** Those of the heads over numbers, which stand to the right. */
  readonly counts?: readonly string[]
  /** Said in place of an empty table. */
  readonly empty: string
  readonly children: readonly ReactNode[]
}

/** The words of the head as `--column-1` …: where rows are stacked as cards, each cell says what it is. */
const labelsOf = (head: readonly string[]) =>
  Object.fromEntries(head.map((word, i) => [`--column-${i + 1}`, JSON.stringify(word)])) as CSSProperties

/** A titled list as a table; it scrolls by itself where the screen is narrow. */
export function TableSection({ title, count, note, head, counts = [], empty, children }: TableSectionProps) {
  const id = useId()
  return (
    <section className="table-section" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {count !== undefined && <span className="table-count">{count.toLocaleString('zh-CN')}</span>}
      </h2>
      {note !== undefined && <p className="hint">{note}</p>}
      {children.length === 0 ? (
        <p className="muted">{empty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className="table-scroll" tabIndex={0} aria-label={`${title}，表格`}>
          <table className="table" style={labelsOf(head)}>
            <thead>
              <tr>
                {head.map((word) => (
                  <th key={word} scope="col" className={counts.includes(word) ? 'is-count' : undefined}>
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </section>
      )}
    </section>
  )
}
