const WIDTH = 96
const HEIGHT = 28
const GAP = 4

interface SparkProps {
  /** Oldest first; null where there is no value. */
  readonly values: readonly (number | null)[]
  readonly label: string
}

/** A row of small bars, one a month, the last one marked: to be looked at, not read. */
export function Spark({ values, label }: SparkProps) {
  const most = Math.max(1, ...values.map((value) => value ?? 0))
  const step = (WIDTH + GAP) / Math.max(1, values.length)
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      {values.map((value, place) => {
        const height = value === null ? 1 : Math.max(1, (value / most) * HEIGHT)
        return (
          <rect
            key={place}
            x={place * step}
            y={HEIGHT - height}
            width={step - GAP}
            height={height}
            rx={1}
            className={place === values.length - 1 ? 'is-last' : ''}
          />
        )
      })}
    </svg>
  )
}

/** How much of the whole, under a figure. */
export const Bar = ({ share, bad = false }: { readonly share: number; readonly bad?: boolean }) => (
  <svg className={`bar ${bad ? 'is-bad' : ''}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect className="bar-ground" width={100} height={4} />
    <rect width={Math.min(100, Math.max(0, share * 100))} height={4} />
  </svg>
)
