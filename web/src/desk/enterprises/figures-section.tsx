import { ENTERPRISE_FIGURE, type EnterpriseFigure, FIGURES_CLASS, moneyText } from '@banjie/contract'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Figure, useEnterpriseFigures } from './query.ts'

const CODES = Object.keys(ENTERPRISE_FIGURE) as EnterpriseFigure[]
/** Columns in which a month has something. */
const codesOf = (items: readonly Figure[]) => CODES.filter((code) => items.some((one) => one.code === code))
const SHOWN_MONTHS = 12

/** The last months of an enterprise (月度指标), where their class lets the caller read them. */
export function FiguresSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useEnterpriseFigures(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  const months = [...Map.groupBy(data.items, ({ month }) => month)].slice(0, SHOWN_MONTHS)
  const last = data.items[0]
  const codes = codesOf(data.items)
  const words = codes.map((code) => ENTERPRISE_FIGURE[code])
  return (
    <TableSection
      {...{ title: '月度指标', counts: words }}
      note={`密级：${FIGURES_CLASS[data.figuresClass]}${last ? `。最近来自${last.unit.name}“${last.source}”` : ''}`}
      head={['月份', ...words, ...(codes.includes('output') ? ['产值走势'] : [])]}
      empty={data.readable ? '还没有指标，由统计部门导入。' : '按密级，此企业的指标您不能查看。'}
    >
      {months.map(([month, figures]) => (
        <tr key={month}>
          <td className="number">{month}</td>
          {codes.map((code) => (
            <td key={code} className="is-count">
              {textOf(figures, code)}
            </td>
          ))}
          {codes.includes('output') && (
            <td>
              <Bar fen={fenOf(figures, 'output') ?? 0} most={mostOf(data.items)} />
            </td>
          )}
        </tr>
      ))}
    </TableSection>
  )
}

const fenOf = (figures: readonly Figure[], wanted: EnterpriseFigure) => figures.find(({ code }) => code === wanted)?.fen
const textOf = (figures: readonly Figure[], code: EnterpriseFigure) => {
  const fen = fenOf(figures, code)
  return fen === undefined ? '—' : moneyText(fen)
}
const mostOf = (figures: readonly Figure[]) =>
  Math.max(1, ...figures.filter(({ code }) => code === 'output').map(({ fen }) => fen))

const Bar = ({ fen, most }: { readonly fen: number; readonly most: number }) => (
  <svg className="enterprise-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect width={(fen / most) * 100} height="10" />
  </svg>
)
