import {
  ENTERPRISE_GROUP,
  ENTERPRISE_GROWTH,
  type EnterpriseGroup,
  type EnterpriseGrowthMark,
  moneyText,
} from '@banjie/contract'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, type Place, usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Growth, type Span, useGrowth, useGrowthRows } from './query.ts'
import '../page/page.css'
import './enterprises.css'

const REPORTERS = ['supervisor', 'handler', 'head'] as const
const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/

/** Growth against the same months a year before (指标同比), each figure with its enterprises. */
export function GrowthPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  useTitle('指标同比')
  const span = spanOf(place)
  const mark = (place.query.get('mark') ?? 'grew') as EnterpriseGrowthMark
  const { data, error, isPending, refetch } = useGrowth(span)
  const change = (changes: Readonly<Record<string, string>>) => go(withQuery(place, changes), { replace: true })
  return (
    <div className="page page-wide enterprises table-cards">
      <header className="page-head">
        <h1>指标同比</h1>
        <div className="page-acts">
          <Link to="/w/enterprises" className="button button-small">
            企业名录
          </Link>
          {REPORTERS.some((role) => session.roles.includes(role)) && (
            <Link to="/w/enterprises/figure-import" className="button button-small button-primary">
              导入月度指标
            </Link>
          )}
        </div>
      </header>
      <div className="enterprise-filters">
        <PlainField label="从" type="month" value={span.from} set={(from) => MONTH.test(from) && change({ from })} />
        <PlainField label="到" type="month" value={span.to} set={(to) => MONTH.test(to) && change({ to })} />
        <SelectField<EnterpriseGroup>
          label="范围"
          value={span.group}
          set={(group) => change({ group })}
          words={ENTERPRISE_GROUP}
        />
      </div>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={3} />}
      {data && <Marks growth={data} place={place} />}
      {data && <Rows span={span} mark={mark in ENTERPRISE_GROWTH ? mark : 'grew'} />}
    </div>
  )
}

function spanOf({ query }: Place): Span {
  const [year, month] = dayOf(new Date()).split('-')
  const last = Number(month) === 1 ? `${Number(year) - 1}-12` : `${year}-${String(Number(month) - 1).padStart(2, '0')}`
  const group = query.get('group') ?? 'all'
  return {
    ...{ from: query.get('from') ?? `${last.slice(0, 4)}-01`, to: query.get('to') ?? last },
    group: (group in ENTERPRISE_GROUP ? group : 'all') as EnterpriseGroup,
  }
}

const Marks = ({ growth, place }: { readonly growth: Growth; readonly place: Place }) => {
  const { marks, output, profitBase, missing } = growth
  const to = (mark: string) => withQuery(place, { mark })
  const shown = (mark: keyof typeof marks, base: number) => ({
    ...{ label: ENTERPRISE_GROWTH[mark], value: marks[mark], unit: '户', under: `可比 ${base} 户`, to: to(mark) },
  })
  return (
    <>
      <FigureList
        label="同比"
        figures={[
          ...[shown('grew', output.base), shown('grewByHalf', output.base)],
          ...[shown('lossCutOrTurned', profitBase), shown('turned', profitBase)],
          { label: '缺月份', value: missing, unit: '户', bad: missing > 0, to: to('missing') },
        ]}
      />
      <p className="hint">
        产值合计 {output.now === null ? '—（按密级不显示）' : moneyText(output.now)}，上年同期{' '}
        {output.before === null ? '—' : moneyText(output.before)}。只比较两年都有数的月份。
      </p>
    </>
  )
}

function Rows({ span, mark }: { readonly span: Span; readonly mark: EnterpriseGrowthMark }) {
  const { data, error, isPending, refetch } = useGrowthRows({ ...span, mark })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={5} />
  const told = (sums: { readonly now: number; readonly before: number } | null, key: 'now' | 'before') =>
    sums === null ? '—' : moneyText(sums[key])
  return (
    <TableSection
      {...{ title: ENTERPRISE_GROWTH[mark], count: data.items.length, empty: '没有这样的企业。' }}
      note="“—”：按密级不能查看，或没有可比的月份。"
      head={['企业', '可比月数', '产值', '上年同期产值', '利润', '上年同期利润']}
      counts={['可比月数', '产值', '上年同期产值', '利润', '上年同期利润']}
    >
      {data.items.map(({ id, name, months, output, profit }) => (
        <tr key={id}>
          <td>
            <Link to={`/w/enterprises/${id}`}>{name}</Link>
          </td>
          <td className="is-count">{months}</td>
          <td className="is-count">{told(output, 'now')}</td>
          <td className="is-count">{told(output, 'before')}</td>
          <td className="is-count">{told(profit, 'now')}</td>
          <td className="is-count">{told(profit, 'before')}</td>
        </tr>
      ))}
    </TableSection>
  )
}
