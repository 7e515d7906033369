import { ENTERPRISE_CASE } from '@banjie/contract'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { useEnterpriseCases } from './query.ts'

/** The cases that concern an enterprise (涉企事项), of those the caller sees. */
export function CasesSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useEnterpriseCases(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  return (
    <>
      <TableSection
        {...{ title: '事项', empty: '没有您能看到的涉及此企业的事项。' }}
        head={['编号', '事由', '来自', '环节', '主办', '日期']}
      >
        {data.pages
          .flatMap(({ items }) => items)
          .map((row) => (
            <tr key={row.id}>
              <td>
                <Link to={`/w/c/${row.number}`}>{row.number}</Link>
              </td>
              <td>{row.title}</td>
              <td>{ENTERPRISE_CASE[row.way]}</td>
              <td>{row.stageLabel}</td>
              <td>{row.leadUnit?.name ?? '—'}</td>
              <td>{dayOf(row.at)}</td>
            </tr>
          ))}
      </TableSection>
      {hasNextPage && (
        <button type="button" className="button button-small" onClick={() => void fetchNextPage()}>
          再看一些事项
        </button>
      )}
    </>
  )
}
