import { SHIFT } from '@banjie/contract'
import { columnText } from '../../shared/moment.ts'
import { TableSection } from '../page/table-section.tsx'
import { useSwaps } from './query.ts'

/** What has changed hands in a month. */
export function SwapTable({ month }: { readonly month: string | undefined }) {
  const { data } = useSwaps(month)
  if (data === undefined || data.items.length === 0) return null
  return (
    <TableSection
      {...{ title: '调班记录', count: data.items.length, empty: '' }}
      head={['岗位', '日期', '班次', '原值班人', '现值班人', '原因', '经手', '时间']}
    >
      {data.items.map((one) => (
        <tr key={one.id}>
          <td>{one.post}</td>
          <td>{one.day}</td>
          <td>{SHIFT[one.shift]}</td>
          <td>{one.from.name}</td>
          <td>{one.to.name}</td>
          <td>{one.reason}</td>
          <td>{one.by}</td>
          <td>{columnText(one.at)}</td>
        </tr>
      ))}
    </TableSection>
  )
}
