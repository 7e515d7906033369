import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { CaseName } from '../page/case-name.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'

/** What happened to a list (变动): who, when, why; newest first. */
export function HistoryTab({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['lists', id, 'history'],
    queryFn: ({ signal }) => api('listHistory', { params: { id }, signal }),
  })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-text" />
  return (
    <TableSection
      title="变动"
      count={data.items.length}
      head={['时间', '变动', '问题', '谁', '为何']}
      empty="还没有变动。"
    >
      {data.items.map(({ at, kind, label, item, by, unit, why }) => (
        <tr key={`${at} ${kind} ${item?.id ?? ''} ${why ?? ''}`}>
          <td>{columnText(at)}</td>
          <td>{label}</td>
          <td>{item ? <CaseName number={item.number} title={item.title} /> : '—'}</td>
          <td>
            {by}
            {unit && <span className="muted"> {unit}</span>}
          </td>
          <td className="is-reason">{why ?? ''}</td>
        </tr>
      ))}
    </TableSection>
  )
}
