import { Link } from '../link.tsx'

export interface ShownFigure {
  readonly label: string
  readonly value: string | number
  readonly unit?: string
  readonly under?: string | undefined
  readonly bad?: boolean
  /** The rows behind it. */
  readonly to?: string | undefined
}

/** A few figures side by side, each leading to its rows. */
export const FigureList = ({
  figures,
  label,
}: {
  readonly figures: readonly ShownFigure[]
  readonly label: string
}) => (
  <ul className="figure-list" aria-label={label}>
    {figures.map((figure) => (
      <li key={figure.label} className={figure.bad ? 'is-bad' : ''}>
        {figure.to === undefined ? (
          <Figure {...figure} />
        ) : (
          <Link to={figure.to}>
            <Figure {...figure} />
          </Link>
        )}
        {figure.under !== undefined && <span className="figure-under">{figure.under}</span>}
      </li>
    ))}
  </ul>
)

const Figure = ({ label, value, unit }: ShownFigure) => (
  <span className="figure">
    <span className="figure-label">{label}</span>
    <b>
      {typeof value === 'number' ? value.toLocaleString('zh-CN') : value}
      {unit !== undefined && <small>{unit}</small>}
    </b>
  </span>
)
