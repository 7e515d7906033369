import { SCREENING_STATE } from '@banjie/contract'
import { TableSection } from '../page/table-section.tsx'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { useWhitelists } from './query.ts'

/** Whitelists (白名单): what is asked for, and who passed, did not, or waits. */
export function WhitelistsTab() {
  const { data, error, isPending, refetch } = useWhitelists()
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={6} />
  if (data.items.length === 0) return <EmptyView>还没有白名单。设了白名单，待筛企业和筛选结果就列在这里。</EmptyView>
  return data.items.map((list) => (
    <TableSection
      key={list.id}
      title={list.title}
      count={list.candidates.length}
      note={`${list.product.label}：${[list.criteria, ...list.conditions].join('；')}。有效期至 ${list.validTo}${list.inForce ? '' : '，已到期'}`}
      head={['企业', '筛选', '理由', '筛选人']}
      empty="还没有待筛企业。"
    >
      {list.candidates.map(({ enterprise, state, reason, by }) => (
        <tr key={enterprise.id}>
          <td>{enterprise.name}</td>
          <td>{SCREENING_STATE[state]}</td>
          <td>{reason ?? '—'}</td>
          <td>{by ?? '—'}</td>
        </tr>
      ))}
    </TableSection>
  ))
}
