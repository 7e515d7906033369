import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { usePolicyGaps } from './query.ts'

/** Of which enterprises the policy cannot be said yet, and which bureau has to bring the data (缺数据企业). */
export function GapRows({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = usePolicyGaps(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  return (
    <TableSection
      title="缺数据的企业"
      count={data.items.length}
      note="说不清是否符合，不算不符合；数据由所列部门补，补齐后次日自动列入。"
      head={['企业', '缺什么']}
      empty="没有企业缺数据。"
    >
      {data.items.map(({ enterprise, missing }) => (
        <tr key={enterprise.id}>
          <td>
            <Link to={`/w/enterprises/${enterprise.id}`}>{enterprise.name}</Link>
          </td>
          <td>{missing.join('；')}</td>
        </tr>
      ))}
    </TableSection>
  )
}
