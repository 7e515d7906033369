import type { Indicator } from './figure.ts'

/** How every indicator is counted, for whoever wants to read it all; the columns point here. */
export function Formulas({ indicators }: { readonly indicators: readonly Indicator[] }) {
  return (
    <details className="mapping formulas">
      <summary>指标怎么算</summary>
      <dl>
        {indicators.map(({ id, label, axisLabel, formula }) => (
          <div key={id}>
            <dt>
              {label}
              <span className="muted">{axisLabel}</span>
            </dt>
            <dd id={`formula-${id}`}>{formula}。</dd>
          </div>
        ))}
      </dl>
      <p className="hint">没有可比的事项时显示“—”，不算 0，也不算 100%。同比与上年同期比，比率按百分点。</p>
    </details>
  )
}
