import { moneyText, QUALITY_SERVICE, QUALITY_STATE } from '@banjie/contract'
import { LightMark } from '../light-mark.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type QualityRequest, useQuality } from './query.ts'

/** Requests to the quality one-stop, row by row. */
export const QualityRows = ({
  items,
  count,
}: {
  readonly items: readonly QualityRequest[]
  readonly count: number
}) => (
  <TableSection
    {...{ title: '质量服务需求', count, empty: '还没有质量服务需求。' }}
    head={['企业', '服务', '责任单位', '期限', '状态', '机构和费用']}
  >
    {items.map((one) => (
      <tr key={one.id}>
        <td>{one.enterprise.name}</td>
        <td>{one.services.map((service) => QUALITY_SERVICE[service]).join('、')}</td>
        <td>{one.unit.name}</td>
        <td>
          {one.dueOn} <LightMark light={one.light} />
        </td>
        <td>{QUALITY_STATE[one.state]}</td>
        <td>{one.provider ? `${one.provider.name}，${moneyText(one.feeFen ?? 0)}` : '—'}</td>
      </tr>
    ))}
  </TableSection>
)

/** The quality one-stop (质量基础设施“一站式”服务). */
export function QualityTab() {
  const { data, error, isPending, refetch } = useQuality()
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={6} />
  return (
    <>
      <FigureList
        label="质量服务"
        figures={[
          { label: '需求', value: data.total, unit: '项' },
          { label: '已完成', value: data.done, unit: '项' },
          { label: '服务企业', value: data.served, unit: '户' },
        ]}
      />
      <QualityRows items={data.items} count={data.total} />
    </>
  )
}
