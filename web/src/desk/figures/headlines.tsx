import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { usePlace } from '../router.ts'
import { type Choice, drillAddress, monthText } from './choice.ts'
import { type Figures, figureText, HEADLINES, type Indicator } from './figure.ts'
import { useMonths } from './query.ts'
import { Spark } from './spark.tsx'

interface HeadlinesProps {
  readonly session: Session
  readonly choice: Choice
  readonly indicators: readonly Indicator[]
  readonly figures: Figures
}

/** The whole at a glance: value, the same days of last year, the months before. */
export function Headlines({ session, choice, indicators, figures }: HeadlinesProps) {
  const { query } = usePlace()
  const { data: months = [] } = useMonths(choice.month ?? choice.to.slice(0, 7), choice.month !== null)
  const isDistrict = months.some(({ now }) => now.figures.some(({ key }) => key === 'all'))
  const span = isDistrict ? '近六个月' : '本单位近六个月'
  return (
    <ul className="headlines" aria-label="总体情况">
      {HEADLINES.map((id) => {
        const figure = figures[id]
        const indicator = indicators.find((one) => one.id === id)
        if (figure === undefined || indicator === undefined) return null
        const values = months.map(({ now }) => ownFigure(now.figures, id, session.unitId))
        const spoken = months.map(
          ({ month }, place) => `${monthText(month)} ${figureText(values[place] ?? null, indicator.unit)}`,
        )
        return (
          <li key={id}>
            <Link
              to={drillAddress(query, { show: id })}
              className={`headline ${id === 'overdueOpen' && (figure.value ?? 0) > 0 ? 'is-bad' : ''}`}
            >
              <span className="headline-label">{indicator.label}</span>
              <b>
                {figureText(figure.value, indicator.unit)}
                {indicator.unit === '件' && <small>件</small>}
              </b>
            </Link>
            <span className="headline-base">同比 {figure.base?.text ?? '—'}</span>
            {values.length > 1 && (
              <>
                <Spark values={values} label={`${span}：${spoken.join('，')}`} />
                <span className="headline-base">{span}</span>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

type MonthFigures = readonly { readonly indicator: string; readonly key: string; readonly value: number | null }[]

/** The district's figure; where only units are shown, that of the person's own unit. */
function ownFigure(figures: MonthFigures, id: string, unit: string | null): number | null {
  const of = figures.filter(({ indicator }) => indicator === id)
  return (of.find(({ key }) => key === 'all') ?? of.find(({ key }) => key === unit))?.value ?? null
}
